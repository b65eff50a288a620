"""Related papers: those that share the rarest authors, tags and words of the title, and the category.

A feature that n of N papers have weighs log(N / n): what all papers share, like the owner of the site, says nothing.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterator

from generator.pages.catalog import Catalog
from generator.views import PaperView, RelatedView

MOST = 4
COMMON = 50
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


def related(catalog: Catalog) -> dict[str, tuple[RelatedView, ...]]:
    """Up to ``MOST`` related papers of each paper, the closest first, by paper id."""
    papers = catalog.papers
    features = [frozenset(_features(catalog, paper)) for paper in papers]
    holders: dict[str, list[int]] = {}
    for place, found in enumerate(features):
        for feature in found:
            holders.setdefault(feature, []).append(place)
    weights = {feature: math.log(len(papers) / len(places)) for feature, places in holders.items()}
    shared = {feature: places for feature, places in holders.items() if 1 < len(places) <= COMMON}
    codes = [paper.category.code if paper.category else "" for paper in papers]
    bonus = {code: math.log(len(papers) / count) for code, count in Counter(codes).items()}
    answer: dict[str, tuple[RelatedView, ...]] = {}
    for place, paper in enumerate(papers):
        scores: dict[int, float] = {}
        # sorted: sums of floats depend on their order, and a set has none that stays
        for feature in sorted(features[place] & shared.keys()):
            weight = weights[feature]
            for other in shared[feature]:
                scores[other] = scores.get(other, 0.0) + weight
        scores.pop(place, None)
        code = codes[place]
        ranked = [
            (score + bonus[code] if code and codes[other] == code else score, -other) for other, score in scores.items()
        ]
        best = heapq.nlargest(MOST, ranked)
        answer[paper.id] = tuple(_view(papers[-other]) for score, other in best if score > 0)
    return answer


def _features(catalog: Catalog, paper: PaperView) -> Iterator[str]:
    for person in catalog.people[paper.id]:
        yield f"author {person}"
    for tag in paper.tags:
        yield f"tag {tag.name}"
    for word in _WORD.findall(paper.title_text.casefold()):
        if word not in _EMPTY_WORDS:
            yield f"word {word}"


def _view(paper: PaperView) -> RelatedView:
    return RelatedView(title=paper.title, address=paper.address, year=paper.date.year if paper.date else "")
