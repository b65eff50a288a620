"""Related papers: those that share the rarest authors, tags and words of the title, and the category.

A feature that n of N papers have weighs log(N / n): what all papers share, like the owner of the site, says nothing.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

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


class _Found(NamedTuple):
    """What was found, and all that decided it: the papers' ids and categories, and who has which feature."""

    papers: list[tuple[str, str]]
    holders: dict[str, list[int]]
    closest: list[tuple[int, ...]]


def related(catalog: Catalog) -> list[tuple[PaperView, ...]]:
    """Up to ``MOST`` related papers of each of ``catalog.papers``, the closest first.

    Where the papers are the same as the last time, only those are compared again whose features are shared by others
    than before.
    """
    papers = catalog.papers
    features = [_features(catalog, paper) for paper in papers]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(features):
        for feature in found:
            holders[feature].append(place)
    known = [(paper.id, paper.category.code if paper.category else "") for paper in papers]
    last: _Found | None = catalog.remembered("related")
    if last and last.papers == known:
        changed = {feature for feature, places in holders.items() if last.holders.get(feature) != places}
        changed |= last.holders.keys() - holders.keys()
        lost = {place for feature in changed for place in last.holders.get(feature, ())}
        stale = [place for place, found in enumerate(features) if place in lost or not changed.isdisjoint(found)]
        closest = list(last.closest)
    else:
        stale = list(range(len(papers)))
        closest = [()] * len(papers)
    compared = _Comparison(features, holders, [code for _, code in known])
    for place in stale:
        closest[place] = compared.closest(place)
    catalog.remember("related", _Found(known, holders, closest))
    return [tuple(papers[other] for other in found) for found in closest]


class _Comparison:
    """Weighs what papers share; papers are their places in the list."""

    def __init__(self, features: Sequence[frozenset[str]], holders: dict[str, list[int]], codes: Sequence[str]) -> None:
        self.features = features
        self.codes = codes
        self.shared = {feature: places for feature, places in holders.items() if 1 < len(places) <= COMMON}
        self.weights = {feature: math.log(len(features) / len(places)) for feature, places in self.shared.items()}
        self.bonus = {code: math.log(len(features) / count) for code, count in Counter(codes).items()}

    def closest(self, place: int) -> tuple[int, ...]:
        scores: dict[int, float] = {}
        # sorted: sums of floats depend on their order, and a set has none that stays
        for feature in sorted(self.features[place] & self.shared.keys()):
            weight = self.weights[feature]
            for other in self.shared[feature]:
                scores[other] = scores.get(other, 0.0) + weight
        scores.pop(place, None)
        code = self.codes[place]
        ranked = [
            (score + self.bonus[code] if code and self.codes[other] == code else score, -other)
            for other, score in scores.items()
        ]
        return tuple(-other for score, other in heapq.nlargest(MOST, ranked) if score > 0)


def _features(catalog: Catalog, paper: PaperView) -> frozenset[str]:
    """What a paper may share with others. Who its authors are is known only from all papers, all else from its own."""
    own = catalog.once("features", paper, _own_features)
    return own.union(f"author {person}" for person in catalog.people[paper.id])


def _own_features(paper: PaperView) -> frozenset[str]:
    words = (word for word in _WORD.findall(paper.title_text.casefold()) if word not in _EMPTY_WORDS)
    return frozenset((*(f"tag {tag.name}" for tag in paper.tags), *(f"word {word}" for word in words)))
