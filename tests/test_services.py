import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Link
from generator.scalars import Wrong, read_file_or_url, read_url
from generator.services import ALIASES, SERVICES, expand, of_label, recognise, service_of


@pytest.mark.parametrize(
    ("service", "handle", "url"),
    [
        ("github", "ada", "https://github.com/ada"),
        ("github", "@ada", "https://github.com/ada"),
        ("gitlab", "group/ada", "https://gitlab.com/group/ada"),
        ("orcid", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("orcid", "0000000218250097", "https://orcid.org/0000-0002-1825-0097"),
        ("orcid", "http://www.orcid.org/0000-0002-1825-0097/", "https://orcid.org/0000-0002-1825-0097"),
        ("google_scholar", "qc6CJjYAAAAJ", "https://scholar.google.com/citations?user=qc6CJjYAAAAJ"),
        ("google_scholar", "qc6CJjYAAAAJ&hl=en", "https://scholar.google.com/citations?user=qc6CJjYAAAAJ"),
        ("semantic_scholar", "1741101", "https://www.semanticscholar.org/author/1741101"),
        ("openreview", "~Ada_Lovelace1", "https://openreview.net/profile?id=~Ada_Lovelace1"),
        ("openreview", "Ada_Lovelace1", "https://openreview.net/profile?id=~Ada_Lovelace1"),
        ("dblp", "65/9612", "https://dblp.org/pid/65/9612"),
        ("dblp", "dblp.org/pid/65/9612", "https://dblp.org/pid/65/9612"),
        ("arxiv", "lovelace_a_1", "https://arxiv.org/a/lovelace_a_1"),
        ("linkedin", "ada-lovelace", "https://www.linkedin.com/in/ada-lovelace"),
        ("linkedin", "in/ada-lovelace", "https://www.linkedin.com/in/ada-lovelace"),
        ("linkedin", "company/engines", "https://www.linkedin.com/company/engines"),
        ("linkedin", "zoë", "https://www.linkedin.com/in/zo%C3%AB"),
        ("mastodon", "@ada@mathstodon.xyz", "https://mathstodon.xyz/@ada"),
        ("mastodon", "ada@mathstodon.xyz", "https://mathstodon.xyz/@ada"),
        ("mastodon", "mathstodon.xyz/@ada", "https://mathstodon.xyz/@ada"),
        ("bluesky", "@ada.bsky.social", "https://bsky.app/profile/ada.bsky.social"),
        ("x", "@ada", "https://x.com/ada"),
        ("twitter", "ada", "https://x.com/ada"),
        ("youtube", "ada", "https://www.youtube.com/@ada"),
        ("youtube", "@ada", "https://www.youtube.com/@ada"),
        ("youtube", "UC1234567890123456789012", "https://www.youtube.com/channel/UC1234567890123456789012"),
        ("researchgate", "Ada-Lovelace", "https://www.researchgate.net/profile/Ada-Lovelace"),
        ("scopus", "7004212771", "https://www.scopus.com/authid/detail.uri?authorId=7004212771"),
        ("publons", "A-1234-2010", "https://www.webofscience.com/wos/author/record/A-1234-2010"),
        ("zotero", "ada", "https://www.zotero.org/ada"),
        ("openalex", "A5023888391", "https://openalex.org/A5023888391"),
        ("inspire", "1010907", "https://inspirehep.net/authors/1010907"),
        ("ads", "0000-0002-1825-0097", "https://ui.adsabs.harvard.edu/search/q=orcid%3A0000-0002-1825-0097"),
        ("ads", "Lovelace, A", "https://ui.adsabs.harvard.edu/search/q=author%3A%22Lovelace%2C%20A%22"),
        ("hal", "ada-lovelace", "https://cv.hal.science/ada-lovelace"),
        ("ssrn", "17654", "https://ssrn.com/author=17654"),
        ("huggingface", "ada", "https://huggingface.co/ada"),
        ("kaggle", "ada", "https://www.kaggle.com/ada"),
        ("stackoverflow", "22656/jon-skeet", "https://stackoverflow.com/users/22656/jon-skeet"),
        ("facebook", "ada.lovelace", "https://www.facebook.com/ada.lovelace"),
        ("instagram", "ada", "https://www.instagram.com/ada"),
        ("threads", "@ada", "https://www.threads.net/@ada"),
        ("medium", "@ada", "https://medium.com/@ada"),
        ("wikipedia", "Ada Lovelace", "https://en.wikipedia.org/wiki/Ada_Lovelace"),
        ("wikipedia", "de:Ada Lovelace", "https://de.wikipedia.org/wiki/Ada_Lovelace"),
        ("wikidata", "Q7259", "https://www.wikidata.org/wiki/Q7259"),
        ("homepage", "https://ada.example/", "https://ada.example/"),
        ("homepage", "ada.example/me", "https://ada.example/me"),
        ("cv", "https://ada.example/cv.pdf", "https://ada.example/cv.pdf"),
        ("cv", "/cv.pdf", "cv.pdf"),
        ("cv", "content/files/papers/cv.pdf", "papers/cv.pdf"),
        ("email", "ada@example.org", "mailto:ada@example.org"),
    ],
)
def test_a_handle_becomes_the_address(service: str, handle: str, url: str) -> None:
    assert expand(service, handle).url == url


def test_a_link_carries_label_and_service() -> None:
    assert expand("google-scholar", "abc") == Link(
        label="Google Scholar", url="https://scholar.google.com/citations?user=abc", service="google_scholar"
    )


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"orcid"}))
def test_a_whole_address_is_kept(service: str) -> None:
    url = "https://git.example.org/ada?tab=all#top"
    assert expand(service, url).url == url


@pytest.mark.parametrize(
    ("service", "handle", "hint"),
    [
        ("orcid", "0000-0002-1825-0098", "compare it"),
        ("orcid", "https://orcid.org/0000-0002-1825-0098", "compare it"),
        ("orcid", "ada", "0000-0002-1825-0097"),
        ("github", "ada lovelace", "ada-lovelace"),
        ("github", "javascript:alert(1)", "ada-lovelace"),
        ("github", "ftp://example.org/ada", "https://"),
        ("homepage", "javascript:alert(1)", "https://example.org/ada"),
        ("cv", "../cv.pdf", "content/files/"),
        ("blog", "blog.pdf", "https://example.org/ada"),
        ("mastodon", "ada", "@ada@mathstodon.xyz"),
        ("bluesky", "ada", "ada.bsky.social"),
        ("dblp", "Ada Lovelace", "/pid/"),
        ("arxiv", "2308.03395", "lovelace_a_1"),
        ("openalex", "W2741809807", "A5023888391"),
        ("scopus", "Ada", "7004212771"),
        ("ads", "ada", "Lovelace, A"),
        ("githib", "ada", "'github'"),
        ("sausage", "ada", "label and url"),
    ],
)
def test_a_wrong_handle_says_how_to_write_it(service: str, handle: str, hint: str) -> None:
    with pytest.raises(Wrong) as caught:
        expand(service, handle)
    assert hint in caught.value.hint


def test_an_empty_handle_and_an_email_without_a_mailbox_are_refused() -> None:
    with pytest.raises(Wrong):
        expand("github", " ")
    with pytest.raises(Wrong):
        expand("email", "ada")


@pytest.mark.parametrize(
    ("key", "service"),
    [
        ("github_username", "github"),
        ("gitlab_username", "gitlab"),
        ("scholar_userid", "google_scholar"),
        ("google-scholar", "google_scholar"),
        ("orcid_id", "orcid"),
        ("semanticscholar_id", "semantic_scholar"),
        ("semantic-scholar", "semantic_scholar"),
        ("inspirehep_id", "inspire"),
        ("dblp_url", "dblp"),
        ("bluesky_url", "bluesky"),
        ("twitter_username", "x"),
        ("x_username", "x"),
        ("linkedin_username", "linkedin"),
        ("research_gate_profile", "researchgate"),
        ("mastodon_username", "mastodon"),
        ("publons_id", "web_of_science"),
        ("stackoverflow_id", "stackoverflow"),
        ("lattes_id", "lattes"),
        ("acm_id", "acm"),
        ("arxiv_id", "arxiv"),
        ("cv_pdf", "cv"),
        ("work_url", "homepage"),
        ("home-page", "homepage"),
        ("website", "homepage"),
        ("Email", "email"),
        ("sausage", ""),
        ("id", ""),
        ("", ""),
    ],
)
def test_keys_of_other_generators_are_understood(key: str, service: str) -> None:
    assert service_of(key) == service


def test_every_service_is_found_by_its_own_name_and_every_alias_leads_to_one() -> None:
    assert all(service_of(name) == name for name in SERVICES)
    assert all(service_of(alias) in SERVICES for alias in ALIASES)


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if service.hosts])
def test_an_address_made_from_the_example_is_recognised(name: str) -> None:
    example = {"youtube": "@ada", "bluesky": "ada.bsky.social", "ads": "Lovelace, A", "dblp": "65/9612"}.get(
        name, SERVICES[name].example.partition(",")[0]
    )
    assert recognise(expand(name, example).url) == (name, SERVICES[name].label)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://github.com/ada", ("github", "GitHub")),
        ("https://GitHub.com/ada/engine", ("github", "GitHub")),
        ("https://gist.github.com/ada", ("github", "GitHub")),
        ("https://ada.github.io/", None),
        ("https://notgithub.com/ada", None),
        ("https://scholar.google.co.uk/citations?user=abc", ("google_scholar", "Google Scholar")),
        ("https://orcid.org/0000-0002-1825-0097", ("orcid", "ORCID")),
        ("https://orcid.org/signin", None),
        ("https://orcid.org/0000-0002-1825-0098", None),
        ("https://twitter.com/ada", ("x", "X")),
        ("https://netflix.com/", None),
        ("https://mathstodon.xyz/@ada", ("mastodon", "Mastodon")),
        ("https://mathstodon.xyz/about", None),
        ("https://tiktok.com/@ada", None),
        ("https://de.wikipedia.org/wiki/Ada_Lovelace", ("wikipedia", "Wikipedia")),
        ("mailto:ada@example.org", ("email", "Email")),
        ("https://example.org/", None),
        ("https://[broken/", None),
        ("", None),
    ],
)
def test_a_plain_address_is_recognised_by_its_host(url: str, found: tuple[str, str] | None) -> None:
    assert recognise(url) == found


@given(st.sampled_from(sorted(SERVICES)), st.text(max_size=40) | st.text("ada.@/:~-_?#&%1", max_size=20))
def test_any_handle_becomes_a_safe_address_or_is_refused(service: str, handle: str) -> None:
    try:
        link = expand(service, handle)
    except Wrong:
        return
    if service == "cv" and ":" not in link.url.partition("/")[0]:
        assert read_file_or_url(link.url) == link.url
        return
    assert link.url.startswith(("https://", "http://", "mailto:"))
    assert read_url(link.url) == link.url


@pytest.mark.parametrize(
    ("label", "service"), [("CV", "cv"), ("Résumé", ""), ("resume", "cv"), ("Blog", "blog"), ("GitHub", ""), ("", "")]
)
def test_a_label_says_what_any_host_may_have(label: str, service: str) -> None:
    assert of_label(label) == service
