"""Site and theme to all that will be written, with every address checked before anything is."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote, unquote, urlsplit

import msgspec

from generator import collisions, theme, urls
from generator.categories import AmbiguousCategory, Categories, Category
from generator.errors import MOST_COMPARED, Place, Problems, path_meant, suggestion
from generator.loaded import Loaded
from generator.model import Author, FreePage, Paper, Site
from generator.output import Asset, Output, Page
from generator.pages import (
    citation_files,
    coauthors,
    cv,
    data,
    embed,
    feeds,
    free,
    lists,
    llms,
    news,
    papers,
    people,
    pictures,
    profiles,
    redirects,
    search,
    sitemap,
    venues,
)
from generator.pages.catalog import PEOPLE, Catalog
from generator.pages.earlier import Earlier
from generator.pages.viewer import Keys
from generator.scalars import TRUTH, Wrong, read_url
from generator.theme import Theme
from generator.theme_leftovers import leftovers
from generator.views import NavView, ReferenceView, SiteView
from generator.words import Words, tags

KINDS = (
    profiles.outputs,
    people.outputs,
    coauthors.outputs,
    cv.outputs,
    papers.outputs,
    lists.outputs,
    venues.outputs,
    free.outputs,
    news.outputs,
    redirects.outputs,
    search.outputs,
    pictures.outputs,
    feeds.outputs,
    embed.outputs,
    data.outputs,
    citation_files.outputs,
    llms.outputs,
)
"""The kinds of output, each a function of the catalog."""

_MOST_SHOWN = 60
_OF_RECORDS = ("/papers/", "/authors/", "/categories/", "/years/", "/tags/", "/venues/")
"""How the addresses of pages begin that records make."""
RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi")
RIGHT_TO_LEFT_SCRIPTS = ("adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa")


class Plan(msgspec.Struct, frozen=True):
    """What will be written, in the order of ``KINDS``, and what every page knows of the site."""

    site: SiteView
    words: Words
    outputs: tuple[Output, ...]


def plan(
    loaded: Loaded,
    chosen: Theme,
    earlier: Earlier | None = None,
    references: Mapping[str, tuple[ReferenceView, ...]] | None = None,
    jobs: int = 1,
) -> Plan:
    """The outputs of a site. What is wrong with addresses, links and options is added to ``loaded.problems``.

    ``earlier`` is what builds before made of papers; ``references`` are their citations in the styles that the site
    wants, by paper id. ``jobs`` processes make what is much.
    """
    site = loaded.site
    words = theme.words(chosen, site.config.language, loaded.problems)
    languages = theme.languages(chosen)
    if not any(tag in languages for tag in tags(site.config.language)):
        loaded.warnings.add(
            _config_place(loaded, "language"),
            f"language: the theme has no words in {site.config.language!r}, so its own are English",
            f"languages: {', '.join(languages)}; or write themes/{chosen.name}/words/"
            f"{site.config.language.lower()}.yaml",
        )
    loaded.warnings.extend(leftovers(chosen))
    place = partial(_config_place, loaded, "theme_options")
    options = theme.options(chosen, site.config.theme_options, place, loaded.problems)
    accent = str(options.get("accent", ""))
    catalog = Catalog(site, _categories(site), words, earlier, references, accent, jobs)
    outputs: list[Output] = [output for kind in KINDS for output in kind(catalog)]
    listed = [output.address for output in outputs if isinstance(output, Page) and output.index]
    left_out = pictures.left_out(catalog)
    if left_out:
        loaded.warnings.add(
            _config_place(loaded, "share_images"),
            f"share_images: {left_out} of the pictures cannot be drawn: the font is Latin, Greek and Cyrillic",
            "write share_images: none, or give papers an image of their own",
        )
    outputs += sitemap.outputs(catalog, listed)
    outputs += [
        Asset(
            address=urls.file(file.path), source=loaded.folder / file.source, place=Place(f"content/files/{file.path}")
        )
        for file in site.files
    ]
    assets = dict(chosen.assets)
    if "embed" in site.config.without:
        assets.pop(embed.SCRIPT, None)
    else:
        outputs.append(embed.languages(partial(theme.words, chosen, problems=Problems()), languages, chosen.digest))
    outputs += assets.values()
    addresses = _addresses(catalog, outputs, loaded)
    unread = (*_OF_RECORDS, *loaded.unread) if loaded.problems else ()
    _check_targets(catalog, addresses, unread, loaded)
    _check_redirects(catalog, addresses, unread, loaded)
    return Plan(_site_view(catalog, options, outputs, addresses, unread, loaded), words, tuple(outputs))


def _addresses(catalog: Catalog, outputs: Sequence[Output], loaded: Loaded) -> set[str]:
    """All addresses; what is wrong with them is found again only when there are others."""
    listed = [output.address for output in outputs]
    before = catalog.earlier.remembered("addresses")
    if before and before[0] == listed:
        addresses: set[str] = before[1]
        return addresses
    addresses = collisions.addresses(outputs, loaded)
    if not loaded.problems:
        catalog.earlier.remember("addresses", (listed, addresses))
    return addresses


def _categories(site: Site) -> dict[str, Category]:
    """Every code in use with what is known of it; one that could not be resolved stands for itself."""
    used = {author.category for author in site.authors} | {
        code for paper in site.papers for code in (paper.category, *paper.categories)
    }
    known = Categories(site.config.categories)
    found: dict[str, Category] = {}
    for code in used - {""}:
        try:
            found[code] = known.resolve(code)
        except AmbiguousCategory:
            found[code] = Category(code=code, name="", group="", arxiv="")
    return found


def _check_targets(catalog: Catalog, addresses: set[str], unread: tuple[str, ...], loaded: Loaded) -> None:
    """Every link from a text to this site must lead somewhere.

    Where a record, page or file could not be read, addresses are missing for that reason alone: links to what begins
    with one of ``unread`` are let be.
    """
    known = {unquote(address) for address in addresses} if catalog.viewer.targets else set()
    missing = 0
    for owner, keys, targets in catalog.viewer.targets:
        for target in targets:
            if not target.startswith("/"):
                _tell_refused(owner, keys, target, loaded)
                continue
            path = unquote(urlsplit(target).path)
            if path in known or f"{path}/" in known or path.removesuffix("index.html") in known:
                continue
            if f"{path}/".startswith(unread):
                continue
            missing += 1
            wanted = path.removesuffix(".md")  # links of other generators name the source
            close = path_meant(wanted, known, cutoff=0.7) if missing * len(known) <= MOST_COMPARED else ""
            hint = f"did you mean {close!r}?" if close else ""
            what = f"{_called(keys)} links to {path!r}, which is no page or file of this site"
            loaded.problems.add(_place(owner, keys, urlsplit(target).path, loaded), what, hint)


def _check_redirects(catalog: Catalog, addresses: set[str], unread: tuple[str, ...], loaded: Loaded) -> None:
    """Each redirect of ``site.yaml`` must lead somewhere, and not back to itself."""
    leads = {old: target.partition("#")[0] for old, target in redirects.destinations(catalog).items()}
    for number, (old, new) in enumerate(catalog.site.config.redirects.items()):
        target = leads[old]
        what = hint = ""
        if target.startswith("/") and target not in addresses and not f"{unquote(target)}/".startswith(unread):
            what = f"leads to {new!r}, which is no page or file of this site"
            hint = suggestion(target, addresses, cutoff=0.7)
        passed = {target}
        while target in leads and leads[target] not in passed and target != old:
            target = leads[target]
            passed.add(target)
        if target == old:
            what, hint = "leads back to itself", "write where it is to lead"
        if what:
            loaded.problems.add(_config_place(loaded, "redirects", number), f"redirects: {old} {what}", hint)


def _tell_refused(owner: Paper | Author | FreePage, keys: Keys, target: str, loaded: Loaded) -> None:
    """A link that no page may have is left out, and with it its address."""
    shown = repr(target if len(target) <= _MOST_SHOWN else f"{target[:_MOST_SHOWN]}…")
    what = f"{_called(keys)} links to {shown}, which no page may link to: the link is left out"
    loaded.warnings.add(_place(owner, keys, target, loaded), what, "use http://, https:// or mailto:")


def _called(keys: Keys) -> str:
    """What messages call the text that the keys lead to: ``positions 2 note``."""
    return " ".join(str(key + 1) if isinstance(key, int) else key for key in keys) or "the text"


def _place(owner: Paper | Author | FreePage, keys: Keys, path: str, loaded: Loaded) -> Place:
    """Where a text stands; in a page, where the last part of the address is named, with as much before it as can be."""
    if not isinstance(owner, FreePage):
        return loaded.place(owner.origin, *keys)
    whole = (loaded.folder / owner.origin.file).read_text("utf-8-sig")
    # an address may be written as it is read, or with its signs encoded
    forms = [written.strip("/").split("/") for written in (path, unquote(path))]
    for first in range(len(forms[0])):
        for parts in forms:
            named = "/".join(parts[first:])
            at = whole.find(named, max(0, len(whole) - len(owner.body)))
            if at >= 0:
                at += len(named) - len(parts[-1])
                return Place(owner.origin.file, whole.count("\n", 0, at) + 1, at - whole.rfind("\n", 0, at))
    return Place(owner.origin.file, 1, 1)


def _site_view(
    catalog: Catalog,
    options: dict[str, object],
    outputs: Sequence[Output],
    addresses: set[str],
    unread: tuple[str, ...],
    loaded: Loaded,
) -> SiteView:
    config = catalog.site.config
    return SiteView(
        title=catalog.title,
        url=config.url,
        description=config.description,
        language=config.language,
        direction=_direction(config.language),
        nav=_nav(catalog, outputs, addresses, unread, loaded),
        license=urls.license_name(config.license),
        license_url=catalog.license_url,
        single=catalog.single,
        order=config.order,
        exports=config.exports,
        without=config.without,
        icon=pictures.icon(catalog),
        image=catalog.absolute(pictures.of_site(catalog)) if pictures.of_site(catalog) else "",
        options=options,
    )


def _direction(language: str) -> str:
    """That of the script, where the tag names one (``az-Arab``), else that of the language."""
    first, *others = language.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    return "rtl" if (script in RIGHT_TO_LEFT_SCRIPTS if script else first in RIGHT_TO_LEFT) else "ltr"


def _nav(
    catalog: Catalog, outputs: Sequence[Output], addresses: set[str], unread: tuple[str, ...], loaded: Loaded
) -> tuple[NavView, ...]:
    """The navigation as written, or made from the pages there are."""
    titles = {free.address(page): page.title for page in catalog.site.pages}
    words = catalog.words
    indexes = {
        "/": words("Papers"),
        PEOPLE: words("Authors"),
        "/categories/": words("Categories"),
        "/years/": words("Years"),
        "/tags/": words("Tags"),
        "/venues/": words("Venues"),
        news.ADDRESS: words("News"),
    }
    titles[search.ADDRESS] = words("Search")
    made = [address for address in indexes if address in addresses and address not in titles]
    titles |= {address: indexes[address] for address in made}
    if catalog.site.config.nav is None:
        shown = [free.address(page) for page in catalog.site.pages if page.nav and not free.is_news(page)]
        if len(catalog.by_venue) < 2:
            made = [address for address in made if address != "/venues/"]
        last = [search.ADDRESS] if search.ADDRESS in addresses else []
        return tuple(NavView(label=titles[address], address=address) for address in (*made, *shown, *last))
    found = []
    for number, item in enumerate(catalog.site.config.nav):
        address = item.url
        place = _config_place(loaded, "nav", number)
        if "://" in address or address.startswith("mailto:"):
            try:
                address = read_url(address)
            except Wrong as wrong:
                loaded.problems.add(place, f"nav {wrong.what}", wrong.hint)
        else:
            path = re.split("[?#]", address, maxsplit=1)[0]
            tail = quote(address[len(path) :], safe="%/:=&?~#+!$,;'@()*[]-._")
            path = quote(unquote(f"/{path.lstrip('/')}"))
            if path not in addresses:
                path = path.removesuffix("index.html")
            if path not in addresses and f"{path}/" in addresses:
                path = f"{path}/"
            address = f"{path}{tail}"
            if path not in addresses and not f"{unquote(path)}/".startswith(unread):
                otherwise = "write nav: [] for none" if item.url in TRUTH else ""
                hint = suggestion(path, addresses, otherwise, cutoff=0.7)
                loaded.problems.add(place, f"nav leads to {item.url!r}, which is no page or file of this site", hint)
        if not item.label and address not in titles:
            titles |= {page.address: page.title for page in outputs if isinstance(page, Page)} | titles
        label = item.label or titles.get(address) or item.url.strip("/") or words("Home")
        found.append(NavView(label=label, address=address))
    return tuple(found)


def _config_place(loaded: Loaded, *keys: str | int) -> Place:
    return loaded.place(loaded.site.config.origin, *keys)
