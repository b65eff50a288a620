"""Related papers: those that share the rarest authors, tags and words of the title, and the category.

A feature that n of N papers have weighs log(N / n): what all papers share, like the owner of the site, says nothing.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from generator.kept import FEW
from generator.pages.catalog import Catalog
from generator.views import PaperView

MOST = 4
COMMON = 25
"""A feature that more papers have brings none of them up, so the time per paper does not grow with the site."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY_WORDS = frozenset(
    (
        *("about", "all", "among", "and", "are", "based", "beyond", "between", "but", "can", "does", "for", "from"),
        *("has", "have", "how", "into", "its", "less", "more", "new", "non", "not", "one", "our", "over", "than"),
        *("that", "the", "their", "through", "toward", "towards", "two", "under", "upon", "use", "using", "via"),
        *("what", "when", "where", "which", "while", "who", "why", "will", "with", "within", "without", "you", "your"),
    )
)


_Traits = tuple[frozenset[str], tuple[str, ...]]
"""What a paper may share with others: tags and words, and who its authors are."""


class Found(NamedTuple):
    """What was found, and all that decided it: ids, categories and traits of the papers."""

    papers: list[tuple[str, str]]
    digests: list[bytes]
    """Those of the papers when their own traits were found."""
    traits: list[_Traits]
    holders: dict[str, tuple[int, ...]]
    """Who has which feature: places in the list of papers, in their order."""
    closest: list[tuple[int, ...]]


def related(catalog: Catalog) -> list[tuple[PaperView, ...]]:
    """Up to ``MOST`` related papers of each of ``catalog.papers``, the closest first.

    Where the papers are the same as the last time, and not just a few, only those are compared again whose features are
    shared by others than before.
    """
    papers = catalog.papers
    known = [(paper.id, paper.category.code if paper.category else "") for paper in papers]
    last: Found | None = catalog.earlier.compared.get()
    own = {digest: found for digest, (found, _) in zip(last.digests, last.traits, strict=True)} if last else {}
    people = catalog.people
    # who the authors are is known only from all papers, all else from a paper alone
    traits = [
        (_own_features(paper) if (found := own.get(paper.digest)) is None else found, people[paper.id])
        for paper in papers
    ]
    if last and last.papers == known:
        holders, stale = _brought_up_to_date(last, traits)
        closest = list(last.closest)
    else:
        holders, stale = _holders(traits), set(range(len(papers)))
        closest = [()] * len(papers)
    if stale:
        compared = _Comparison(holders, [code for _, code in known])
        for place in stale:
            closest[place] = compared.closest(place, _features(traits[place]))
        if len(papers) >= FEW:
            catalog.earlier.compared.put(Found(known, [paper.digest for paper in papers], traits, holders, closest))
    return [tuple([papers[other] for other in found]) for found in closest]


def _holders(traits: Sequence[_Traits]) -> dict[str, tuple[int, ...]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(traits):
        for feature in _features(found):
            holders[feature].append(place)
    return {feature: tuple(places) for feature, places in holders.items()}


def _brought_up_to_date(last: Found, traits: Sequence[_Traits]) -> tuple[dict[str, tuple[int, ...]], set[int]]:
    """Who has which feature now, and the places of all that share a feature with others than before."""
    holders = dict(last.holders)
    stale: set[int] = set()
    for place, (before, now) in enumerate(zip(last.traits, traits, strict=True)):
        if before == now:
            continue
        stale.add(place)
        for feature in _features(before) ^ _features(now):
            places = holders.pop(feature, ())
            left = {*places} ^ {place}
            # what was common and still is brings nobody up, before or after
            if min(len(places), len(left)) <= COMMON:
                stale.update(places)
            if left:
                holders[feature] = tuple(sorted(left))
    return holders, stale


class _Comparison:
    """Weighs what papers share; papers are their places in the list."""

    def __init__(self, holders: dict[str, tuple[int, ...]], codes: Sequence[str]) -> None:
        self.codes = codes
        self.holders = holders
        self.weights = [0.0, *(math.log(len(codes) / count) if codes else 0.0 for count in range(1, COMMON + 1))]
        self.bonus = {code: math.log(len(codes) / count) for code, count in Counter(codes).items()}

    def closest(self, place: int, features: frozenset[str]) -> tuple[int, ...]:
        scores: dict[int, float] = {}
        # sorted: sums of floats depend on their order, and a set has none that stays
        for feature in sorted([feature for feature in features if 1 < len(self.holders[feature]) <= COMMON]):
            places = self.holders[feature]
            weight = self.weights[len(places)]
            for other in places:
                scores[other] = scores.get(other, 0.0) + weight
        scores.pop(place, None)
        code = self.codes[place]
        ranked = [
            (score + self.bonus[code] if code and self.codes[other] == code else score, -other)
            for other, score in scores.items()
        ]
        return tuple(-other for score, other in heapq.nlargest(MOST, ranked) if score > 0)


def _features(traits: _Traits) -> frozenset[str]:
    own, people = traits
    return own.union([f"author {person}" for person in people])


def _own_features(paper: PaperView) -> frozenset[str]:
    words = (word for word in _WORD.findall(paper.title_text.casefold()) if word not in _EMPTY_WORDS)
    return frozenset((*(f"tag {tag.name}" for tag in paper.tags), *(f"word {word}" for word in words)))
