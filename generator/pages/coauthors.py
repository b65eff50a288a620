"""Who a person wrote with: a page for every profile, with a table and a picture of who of them wrote together.

The picture sets the names on a circle, those who wrote together side by side, and joins them by lines: it needs no
chance and no iteration, every name can be read, and the same papers always give the same picture. Where a screen is too
narrow for names on a circle, the most frequent of them stand below each other.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple
from unicodedata import east_asian_width
from urllib.parse import quote

from generator.errors import Place
from generator.output import Content, Page
from generator.pages import metadata
from generator.pages.catalog import Catalog
from generator.pages.lists import below_profile
from generator.views import (
    BylineView,
    CoauthorsData,
    CoauthorView,
    NetworkNode,
    NetworkView,
    PageView,
    ProfileView,
)
from generator.word_index import fold

MOST_DRAWN = 40
MOST_IN_COLUMN = 24
FEWEST_DRAWN = 3
NAME_ROOM = 168
"""What the pictures have room for of a name: some twenty-two Latin letters."""
RADIUS = 160
LEAST_RADIUS = 50
EACH_RADIUS = 10
"""A circle of few people is smaller: so much, and more for each of them."""
ROW = 22
"""Height of a name in the column."""
ARCS = 100
"""Width of the lines in a full column: with the longest name no wider than a screen of 320 pixels shows."""
LETTER = 7.6
WIDE_LETTER = 13.0
"""Widths of letters, the wide ones those of East Asia, in the units of the picture."""
LARGEST_DOT = 9
SMALLEST_DOT = 3
GAP = 5
"""Between the largest dot and a name."""
LEVELS = (1, 2, 4)
"""From how many papers together on a line is drawn stronger."""


class _Coauthor(NamedTuple):
    key: str
    view: CoauthorView


def address(profile: ProfileView) -> str:
    return f"{profile.address}coauthors/"


def has_coauthors(catalog: Catalog, profile: ProfileView) -> bool:
    if "coauthors" in catalog.site.config.without:
        return False
    papers = catalog.by_author.get(profile.id, ())
    return any(key != profile.address for paper in papers for key in catalog.people[paper.id])


def outputs(catalog: Catalog) -> Iterator[Page]:
    """A page for every profile that has co-authors."""
    for profile in catalog.profiles:
        if has_coauthors(catalog, profile):
            yield _page(catalog, profile)


def _page(catalog: Catalog, profile: ProfileView) -> Page:
    papers = catalog.by_author[profile.id]
    decisive = [
        (
            catalog.people[paper.id],
            paper.authors,
            [catalog.name_keys[entry.name] for entry in paper.authors],
            paper.date,
        )
        for paper in papers
    ]
    return Page(
        address=address(profile),
        template="coauthors.html",
        kind="coauthors",
        title=catalog.words("Co-authors of {name}", name=profile.name),
        make=partial(_content, catalog, profile),
        digest=catalog.digest((), profile, decisive),
        place=Place("content/papers"),
    )


def _content(catalog: Catalog, profile: ProfileView) -> Content:
    words = catalog.words
    found = _coauthors(catalog, profile)
    network, column = _networks(catalog, found, profile)
    own = address(profile)
    title = words("Co-authors of {name}", name=profile.name)
    crumbs = below_profile(catalog, profile, words("Co-authors"), own)
    return Content(
        PageView(
            kind="coauthors",
            address=own,
            title=title,
            description=words("{title}, with papers and years", title=title),
            canonical=catalog.absolute(own),
            crumbs=crumbs,
            linked_data=(
                metadata.listing(catalog, title, own, [_entry(catalog, entry.view) for entry in found]),
                metadata.breadcrumbs(catalog, crumbs),
            ),
        ),
        CoauthorsData(
            heading=title,
            coauthors=tuple(entry.view for entry in found),
            listed=profile.listed,
            network=network,
            column=column,
        ),
    )


def _entry(catalog: Catalog, view: CoauthorView) -> tuple[str, str]:
    return view.name, catalog.absolute(view.address) if view.address.startswith("/") else view.address


def _coauthors(catalog: Catalog, profile: ProfileView) -> list[_Coauthor]:
    """All who stand beside the person on a paper, by number of papers, then by family name."""
    printed: dict[str, list[BylineView]] = {}
    years: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    for paper in catalog.by_author.get(profile.id, ()):
        named = dict(zip(catalog.people[paper.id], paper.authors, strict=True))
        named.pop(profile.address, None)
        counts.update(named.keys())
        for key, entry in named.items():
            printed.setdefault(key, []).append(entry)
            years.setdefault(key, set()).update([paper.date.year] if paper.date else [])
    found = []
    for key, count in counts.items():
        first, last = (min(years[key]), max(years[key])) if years[key] else ("", "")
        view = CoauthorView(
            name=_usual_name(printed[key]),
            address=_home(printed[key]),
            papers=count,
            shared=_shared(profile, printed[key]),
            first=first,
            last=last,
        )
        found.append(_Coauthor(key, view))
    return sorted(found, key=lambda entry: (-entry.view.papers, catalog.name_keys[entry.view.name], entry.key))


def _usual_name(entries: Iterable[BylineView]) -> str:
    """The most frequent form of a name; of equals the longest."""
    counts = Counter(entry.name for entry in entries)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _shared(profile: ProfileView, entries: Iterable[BylineView]) -> str:
    """The person's list when the filter for this co-author is set, which knows people by one printed name; else ""."""
    names = {fold(entry.name) for entry in entries}
    return f"{profile.address}?author={quote(names.pop())}#papers" if len(names) == 1 else ""


def _home(entries: Sequence[BylineView]) -> str:
    """The profile on this site, else the homepage or the ORCID record, else ""."""
    for entry in entries:
        if entry.address:
            return entry.address
    orcid = next((f"https://orcid.org/{entry.orcid}" for entry in entries if entry.orcid), "")
    return next((entry.url for entry in entries if entry.url), orcid)


def _networks(
    catalog: Catalog, found: Sequence[_Coauthor], profile: ProfileView
) -> tuple[NetworkView, NetworkView] | tuple[None, None]:
    """The most frequent co-authors and who of them wrote together, on a circle and in a column.

    Nothing for too few of them, or when none wrote together.
    """
    drawn = {entry.key for entry in found[:MOST_DRAWN]}
    together: Counter[frozenset[str]] = Counter()
    for paper in catalog.by_author[profile.id]:
        together.update(frozenset(pair) for pair in combinations(drawn & set(catalog.people[paper.id]), 2))
    if len(drawn) < FEWEST_DRAWN or not together:
        return None, None
    return (
        _network(found[:MOST_DRAWN], together, _Circle.around),
        _network(found[:MOST_IN_COLUMN], together, _Column.beside),
    )


def _network(
    found: Sequence[_Coauthor],
    together: Counter[frozenset[str]],
    places: Callable[[Sequence[str]], "_Circle | _Column"],
) -> NetworkView:
    """A picture of co-authors; ``places`` gives places to their names, ``together`` counts papers of two."""
    drawn = {entry.key: entry.view for entry in found}
    order = _side_by_side(list(drawn), together)
    names = [_shortened(drawn[key].name) for key in order]
    form = places(names)
    paths = dict.fromkeys(LEVELS, "")
    for pair in sorted((pair for pair in together if pair <= drawn.keys()), key=sorted):
        level = max(level for level in LEVELS if together[pair] >= level)
        paths[level] += form.line(*sorted(map(order.index, pair)))
    largest = max(view.papers for view in drawn.values())
    return NetworkView(
        width=str(form.width),
        height=str(form.height),
        lines=tuple(paths.values()),
        nodes=tuple(form.node(place, names[place], drawn[key].papers / largest) for place, key in enumerate(order)),
    )


def _side_by_side(keys: list[str], together: Counter[frozenset[str]]) -> list[str]:
    """The keys in an order in which each follows one it wrote much with; ``keys`` come by importance."""
    order = [keys[0]]
    left = keys[1:]
    while left:
        last = order[-1]
        best = max(left, key=lambda key: (together[frozenset((last, key))], -left.index(key)))
        order.append(best)
        left.remove(best)
    return order


def _shortened(name: str) -> str:
    return metadata.shortened(name, int(len(name) * NAME_ROOM / max(_width(name), 1)))


def _width(name: str) -> float:
    return sum(WIDE_LETTER if east_asian_width(letter) in "FW" else LETTER for letter in name)


class _Circle(NamedTuple):
    """Places on a circle, the first at the top, clockwise; ``centre`` is both coordinates of its middle."""

    centre: int
    places: int

    @classmethod
    def around(cls, names: Sequence[str]) -> "_Circle":
        room = LARGEST_DOT + GAP + max(map(_width, names))
        return cls(math.ceil(cls(0, len(names)).radius + room), len(names))

    @property
    def radius(self) -> int:
        return min(RADIUS, LEAST_RADIUS + EACH_RADIUS * self.places)

    @property
    def width(self) -> int:
        return 2 * self.centre

    @property
    def height(self) -> int:
        return 2 * self.centre

    def node(self, place: int, name: str, weight: float) -> NetworkNode:
        """The dot and the name of a person; ``weight`` is 1 for who has most papers."""
        angle = self._angle(place)
        turn = math.degrees(angle)
        left = math.cos(angle) < -1e-9
        x, y = self._at(angle, self.radius)
        label_x, label_y = self._at(angle, self.radius + LARGEST_DOT + GAP)
        return NetworkNode(
            name=name,
            x=x,
            y=y,
            radius=_radius(weight),
            label_x=label_x,
            label_y=label_y,
            turn=_short(turn - 180 if left else turn),
            left=left,
        )

    def line(self, one: int, other: int) -> str:
        """A line between two places, bent towards the centre: the farther they are apart, the more."""
        start, end = self._angle(one), self._angle(other)
        apart = abs(math.remainder(start - end, math.tau)) / math.pi
        between = start + math.remainder(end - start, math.tau) / 2
        bend = self._at(between, self.radius * (1 - apart))
        points = (self._at(start, self.radius), bend, self._at(end, self.radius))
        first, middle, last = (" ".join(point) for point in points)
        return f"M{first}Q{middle} {last}"

    def _angle(self, place: int) -> float:
        return math.tau * place / self.places - math.pi / 2

    def _at(self, angle: float, radius: float) -> tuple[str, str]:
        return _short(self.centre + radius * math.cos(angle)), _short(self.centre + radius * math.sin(angle))


class _Column(NamedTuple):
    """Places below each other, names on their right and lines on their left."""

    width: int
    places: int

    @classmethod
    def beside(cls, names: Sequence[str]) -> "_Column":
        room = LARGEST_DOT + GAP + max(map(_width, names))
        return cls(math.ceil(cls(0, len(names)).arcs + room), len(names))

    @property
    def arcs(self) -> int:
        return math.ceil(_bend(self.places))

    @property
    def height(self) -> int:
        return ROW * self.places

    def node(self, place: int, name: str, weight: float) -> NetworkNode:
        """The dot and the name of a person; ``weight`` is 1 for who has most papers."""
        return NetworkNode(
            name=name,
            x=_short(self.arcs),
            y=_short(self._at(place)),
            radius=_radius(weight),
            label_x=_short(self.arcs + LARGEST_DOT + GAP),
            label_y=_short(self._at(place)),
            turn="0",
            left=False,
        )

    def line(self, one: int, other: int) -> str:
        """A line between two places, bent outwards: the farther they are apart, the more."""
        start, end = self._at(one), self._at(other)
        # a curve goes half as far as the point that draws it
        bend = self.arcs - 2 * _bend(abs(one - other))
        return f"M{self.arcs} {_short(start)}Q{_short(bend)} {_short((start + end) / 2)} {self.arcs} {_short(end)}"

    def _at(self, place: int) -> float:
        return ROW * (place + 0.5)


def _bend(rows: int) -> float:
    """How far a line goes out that joins two places so many rows apart."""
    return ARCS * math.sqrt(rows / MOST_IN_COLUMN)


def _radius(weight: float) -> str:
    return _short(SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * math.sqrt(weight))


def _short(number: float) -> str:
    """At most one decimal: 12, 12.5."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
