"""A made-up body of papers: as many as wanted, always the same, and in the form that each generator reads.

Paper number i depends on i alone, so the corpus of 50 papers is the beginning of that of 1,000. Abstracts have about
1,000 to 1,400 characters. They are written in Markdown with formulas between dollar signs, and about one in three has
any markup; ``Paper.latex`` says the same in LaTeX.
"""

import json
import random
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

OWNER = "Edda Marlowe"
"""Author of all the papers, whose site it is."""
SEED = 7
YEARS = range(2004, 2026)
SHORTEST, LONGEST = 1000, 1400
"""Characters of an abstract; markup and the last sentence may go a little beyond."""

CATEGORIES = ("LG", "CV", "CL", "AI", "RO", "CR", "DC", "NI", "SE", "IR", "HC", "DB")
_CATEGORY_WEIGHTS = (30, 24, 14, 12, 8, 7, 6, 5, 5, 4, 3, 2)
VENUES = (
    "Journal of Patient Machines",
    "Transactions on Quiet Networks",
    "Annals of Small Models",
    "Letters on Measured Learning",
    "Journal of Field Computing",
    "Archive of Careful Experiments",
)

_FIRST = (
    *("Aino", "Anouk", "Arjun", "Astrid", "Benoit", "Carla", "Chidi", "Dagny", "Dmitri", "Ebba", "Emeka", "Esra"),
    *("Farid", "Fumiko", "Gareth", "Greta", "Hanae", "Hugo", "Ines", "Ivar", "Jelena", "Joao", "Kavya", "Kenji"),
    *("Lamia", "Leif", "Lucía", "Malik", "Mei", "Mikkel", "Nadia", "Noor", "Olga", "Oskar", "Paloma", "Pavel"),
    *("Quentin", "Rahel", "Renata", "Rufus", "Sanna", "Selim", "Soraya", "Tariq", "Thea", "Tomás", "Ulla", "Viktor"),
)
_LAST = (
    *("Abara", "Achterberg", "Bakshi", "Balint", "Castellan", "Cho", "Dorado", "Dvorak", "Eklund", "Eze", "Falk"),
    *("Farouk", "Gallo", "Grünwald", "Haddad", "Holm", "Ibarra", "Ito", "Jansson", "Jovanov", "Kaya", "Kovac"),
    *("Larsen", "Lindqvist", "Mahlangu", "Moreau", "Nakata", "Nyström", "Okoye", "Ortega", "Petrov", "Prakash"),
    *("Quist", "Rahman", "Ribeiro", "Saito", "Silva", "Tanaka", "Tesfaye", "Ueda", "Varga", "Vuong", "Wallin"),
    *("Weiss", "Xu", "Yamada", "Ylvisaker", "Zapata", "Zhou", "Zielinski"),
)
_QUALITIES = (
    *("adaptive", "amortised", "anytime", "calibrated", "causal", "compact", "contrastive", "decentralised"),
    *("delayed", "differentiable", "elastic", "federated", "frugal", "graded", "hierarchical", "implicit"),
    *("incremental", "invariant", "layered", "modular", "monotone", "pessimistic", "private", "randomised"),
    *("recurrent", "robust", "sparse", "staged", "streaming", "symmetric", "tiered", "verified"),
)
_METHODS = (
    *("alignment", "attention", "batching", "clustering", "compression", "consensus", "distillation", "embedding"),
    *("estimation", "filtering", "gating", "hashing", "indexing", "inference", "interpolation", "matching"),
    *("parsing", "planning", "pooling", "pruning", "quantisation", "ranking", "regularisation", "replay"),
    *("retrieval", "routing", "sampling", "scheduling", "segmentation", "smoothing", "tracking", "unlearning"),
)
_THINGS = (
    *("battery sensors", "campus networks", "clinical notes", "crop images", "delivery fleets", "edge clusters"),
    *("field recordings", "flood maps", "hand gestures", "harbour traffic", "household robots", "legal archives"),
    *("long documents", "mobile clients", "night scenes", "open catalogues", "patient records", "phone keyboards"),
    *("point clouds", "power grids", "product reviews", "public transport", "query logs", "radio spectra"),
    *("satellite series", "school essays", "shared caches", "sign language", "source code", "speech corpora"),
    *("traffic cameras", "weather stations"),
)
_TITLES = (
    "{Quality} {Method} for {Things}",
    "{Quality} and {quality2} {method}: the case of {things}",
    "{Method} without {method2}: {quality} learning from {things}",
    "What {quality} {method} tells about {things}",
    "Towards {quality} {method} of {things} & {things2}",
)
_SENTENCES = (
    "Systems that work on {things} are mostly built on {quality} {method}, although nobody has asked how much of it is needed.",
    "We ask when {quality} {method} can replace {method2} without a loss that a reader would notice.",
    "Earlier work treats {method} as a step of its own and tunes it by hand for every new set of {things}.",
    "This paper takes the opposite way and lets {method2} decide where {method} is worth its price.",
    "The idea is simple: whatever was learned from {things} is kept as long as it pays, and forgotten afterwards.",
    "We describe a {quality} form of {method} that needs one pass over the data and no labels beyond those at hand.",
    "Experiments on {things} and {things2} show that the gain does not depend on the size of the model.",
    "Against four strong baselines the error falls by {number} percent, while training takes {number2} minutes instead of a day.",
    "A study with {number} volunteers confirms that the answers are easier to check, and that mistakes are seen earlier.",
    "We also report where the method fails, above all when {things} change faster than {method2} can follow.",
    "An analysis of {number} runs suggests that the {quality} part matters most in the first {number2} steps.",
    "Because nothing leaves the device, the approach suits {things}, where sharing the data is out of the question.",
    "The cost of {method} grows with the number of clients, yet far more slowly than that of {method2}.",
    "Our implementation adds fewer than {number2}00 lines to a common library and runs on ordinary machines.",
    "Two negative results are included, since {quality2} variants looked promising and turned out to be no better.",
    "Taken together, the results argue for {quality} designs wherever {things} are plentiful and labels are not.",
)
_MARKED = (
    "Its cost is $O(n \\log n)$ for $n$ items, which we call *{quality}* {method} in the following.",
    "We prove that the regret is at most $\\sqrt{{T \\log K}}$ after $T$ rounds, *without* further assumptions on {things}.",
    "With a learning rate of $\\eta = 10^{{-3}}$ and $\\alpha_i \\in [0, 1]$ the bound $\\sum_{{i=1}}^{{n}} \\alpha_i \\leq 1$ is tight.",
    "The trade-off is governed by $\\lambda$: for $\\lambda \\geq \\frac{{1}}{{2}}$ the **{quality2}** solution is unique.",
    "The command `{method}-run` reproduces all tables, and $\\mathcal{{L}}(\\theta)$ is logged for every step.",
)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper of the corpus; texts hold no markup, except ``abstract`` (see the module)."""

    id: str
    title: str
    authors: tuple[str, ...]
    date: str
    """YYYY-MM-DD"""
    categories: tuple[str, ...]
    venue: str
    doi: str
    arxiv: str
    citations: int
    code: str
    """Web address, or ""."""
    abstract: str

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def latex(self) -> str:
        """The abstract with LaTeX for what Markdown marks; formulas are the same in both."""
        parts = re.split(r"(\$[^$]+\$)", self.abstract)
        for place in range(0, len(parts), 2):
            text = re.sub(r"\*\*([^*]+)\*\*", r"\\textbf{\1}", parts[place])
            text = re.sub(r"\*([^*]+)\*", r"\\emph{\1}", text)
            parts[place] = re.sub(r"`([^`]+)`", r"\\texttt{\1}", text)
        return "".join(parts)

    @property
    def plain(self) -> str:
        """The abstract without its formulas and marks: words that any page of the paper must show."""
        return re.sub(r"\$[^$]+\$|[*`]", "", self.abstract)

    def edited(self, number: int) -> "Paper":
        """The paper after its author's correction number ``number``: another title, and a sentence more."""
        return replace(
            self,
            title=f"{self.title} {revision(number)}",
            abstract=f"{self.abstract} This is revision {number}.",
        )


def revision(number: int) -> str:
    """What the title of a paper ends in after correction ``number``, and no other title."""
    return f"(revision {number})"


def papers(count: int) -> Iterator[Paper]:
    """The first ``count`` papers."""
    return map(paper, range(count))


def paper(number: int) -> Paper:
    """Paper ``number``, from 0."""
    chance = random.Random(f"{SEED}:{number}")
    title = _filled(chance, chance.choice(_TITLES))
    others = {f"{chance.choice(_FIRST)} {chance.choice(_LAST)}" for _ in range(chance.randint(1, 9))}
    authors = sorted(others)
    chance.shuffle(authors)
    authors.insert(chance.randint(0, len(authors)), OWNER)
    year = chance.choices(YEARS, weights=range(3, 3 + len(YEARS)))[0]
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    wanted = chance.choices((1, 2, 3), weights=(5, 3, 2))[0]
    categories = dict.fromkeys(chance.choices(CATEGORIES, weights=_CATEGORY_WEIGHTS, k=wanted))
    arxiv = f"{max(year, 2008) % 100:02d}{month:02d}.{number % 100_000:05d}"
    slug = re.sub(r"[^a-z]+", "-", title.lower())[:40].strip("-")
    return Paper(
        id=f"{slug}-{number + 1}",
        title=title,
        authors=tuple(authors),
        date=f"{year}-{month:02d}-{day:02d}",
        categories=tuple(categories),
        venue=chance.choice(VENUES),
        doi=f"10.5555/marlowe.{year}.{number + 1}",
        arxiv=arxiv,
        citations=int(chance.paretovariate(1.1)) - 1,
        code=f"https://code.example.org/marlowe/{slug}" if chance.random() < 0.3 else "",
        abstract=_abstract(chance),
    )


def _abstract(chance: random.Random) -> str:
    length = chance.randint(SHORTEST, LONGEST)
    patterns = list(_SENTENCES)
    chance.shuffle(patterns)
    if chance.random() < 1 / 3:
        for pattern in chance.sample(_MARKED, chance.randint(2, 4)):
            patterns.insert(chance.randint(0, 7), pattern)
    sentences: list[str] = []
    for pattern in patterns:
        sentence = _filled(chance, pattern)
        if sentences and sum(map(len, sentences)) + len(sentences) + len(sentence) > length:
            break
        sentences.append(sentence)
    return " ".join(sentences)


def _filled(chance: random.Random, pattern: str) -> str:
    quality, quality2 = chance.sample(_QUALITIES, 2)
    method, method2 = chance.sample(_METHODS, 2)
    things, things2 = chance.sample(_THINGS, 2)
    return pattern.format(
        quality=quality,
        quality2=quality2,
        method=method,
        method2=method2,
        things=things,
        things2=things2,
        Quality=quality.capitalize(),
        Method=method.capitalize(),
        Things=things,
        number=chance.randint(11, 48),
        number2=chance.randint(2, 9),
    )


def as_yaml(paper: Paper) -> str:
    """A paper as a person writes it for Paperfolio: an entry of a list.

    It is declared a preprint, so that no pages of venues are made, which the other generators do not make either.
    """
    fields = [
        f"id: {paper.id}",
        f"title: {_quoted(paper.title)}",
        f"authors: [{', '.join(paper.authors)}]",
        f"date: {paper.date}",
        f"categories: [{', '.join(paper.categories)}]",
        f"venue: {paper.venue}",
        "type: article",
        f"doi: {paper.doi}",
        f"arxiv: {paper.arxiv}",
        f"citations: {paper.citations}",
    ]
    if paper.code:
        fields.append(f"code: {paper.code}")
    fields.append("abstract: >-")
    fields += [f"  {line}" for line in _lines(paper.latex)]
    return "- " + "\n  ".join(fields) + "\n"


def as_markdown(paper: Paper) -> str:
    """A paper as a Markdown file with a head in YAML: the abstract is the body."""
    head = [
        f"id: {paper.id}",
        f"title: {_quoted(paper.title)}",
        "authors:",
        *(f"  - {author}" for author in paper.authors),
        f"date: {paper.date}",
        f"categories: [{', '.join(paper.categories)}]",
        f'years: ["{paper.year}"]',
        f"venue: {paper.venue}",
        f"doi: {paper.doi}",
        f'arxiv: "{paper.arxiv}"',
        f"citations: {paper.citations}",
    ]
    if paper.code:
        head.append(f"code: {paper.code}")
    return "\n".join(["---", *head, "---", *_lines(paper.abstract), ""])


def as_metadata(paper: Paper) -> str:
    """A paper as a Markdown file with Pelican's own head."""
    head = [
        f"Title: {paper.title}",
        f"Slug: {paper.id}",
        f"Date: {paper.date}",
        f"Authors: {'; '.join(paper.authors)}",
        f"Tags: {', '.join(paper.categories)}",
        f"Venue: {paper.venue}",
        f"Doi: {paper.doi}",
        f"Arxiv: {paper.arxiv}",
        f"Citations: {paper.citations}",
    ]
    if paper.code:
        head.append(f"Code: {paper.code}")
    return "\n".join([*head, "", *_lines(paper.abstract), ""])


def as_json(paper: Paper) -> dict[str, object]:
    """A paper as data, with the abstract in Markdown."""
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": paper.authors,
        "date": paper.date,
        "categories": paper.categories,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "citations": paper.citations,
        "code": paper.code,
        "abstract": paper.abstract,
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _lines(text: str) -> list[str]:
    return textwrap.wrap(text, 100, break_long_words=False, break_on_hyphens=False)
