"""The words of many texts and where they stand, cut into blocks that a search can load one by one.

A text has a number, its strong words (a title, names) and its weak ones (an abstract). The form of the blocks is read
by ``search.js`` of the theme base, which must take texts apart exactly as ``take_apart`` does.
"""

import re
import unicodedata
from bisect import insort
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from operator import sub

COMMON = 200
"""In at least so many texts, a weak word that more than half of them have is said to be in all."""
EVERYWHERE = "*"
AFTER_ALL = "\uffff"
"""Is no word, and sorts after all words by UTF-16 units."""
FEW = 20
"""An index is made anew when more than one text of so many has changed."""

# Only these marks are accents; in the scripts of India they are vowels. The same class stands in search.js.
_ACCENTS = "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]"
# Scripts that put no blanks between words. The same class stands in search.js.
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ"})
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 0x20 for code in range(128)) + bytes(range(128, 256))
_LEADING = "".join(chr(code) for code in range(0x23, 0x5C))
_LAST = "".join(chr(code) for code in range(0x5D, 0x7F))


def fold(text: str) -> str:
    """Lower case without accents: "Müller" and "muller" are the same."""
    if text.isascii():
        return text.lower()
    bare = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", text).lower()).translate(_LETTERS)
    return unicodedata.normalize("NFC", bare)


def take_apart(text: str) -> set[str]:
    """The words of a text, folded.

    A run of letters of a script without blanks stands as its pairs of neighbours and its last letter.
    """
    # as bytes, of which those beyond ASCII stay: a text that holds such letters would be translated sign by sign
    found = set(text.encode(errors="surrogatepass").translate(_ASCII).decode(errors="surrogatepass").split())
    if not text.isascii():
        for token in [token for token in found if not token.isascii()]:
            found.remove(token)
            found.update(_taken_apart(token))
    return found


@lru_cache(100_000)
def _taken_apart(token: str) -> tuple[str, ...]:
    """The words in what stands between blanks and holds letters that are not ASCII."""
    signs = (sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in fold(token))
    found: list[str] = []
    for word in "".join(signs).split():
        for run in re.findall(_UNSPACED, word):
            found += [run[at : at + 2] for at in range(len(run))]
        found += re.sub(_UNSPACED, " ", word).split()
    return tuple(found)


def block_count(characters: int) -> int:
    """How many blocks an index has of texts with so many characters together: each is of some ten kilobytes then."""
    return max(1, characters // 64_000)


class WordIndex:
    """The index of texts, each a pair of its strong and its weak part."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._texts = texts
        self._digits = [_digits(number) for number in range(len(texts))]
        self._places: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
        for number, text in enumerate(texts):
            for part, places in zip(text, self._places, strict=True):
                for word in take_apart(part):
                    places[word].append(number)
        strong, weak = self._places
        self._entries = {word: self._entry(word) for word in strong.keys() | weak.keys()}

    def update(self, texts: Sequence[tuple[str, str]]) -> bool:
        """Make this the index of other texts, if they are as many and most of them what they were; else do nothing."""
        if len(texts) != len(self._texts):
            return False
        pairs = enumerate(zip(self._texts, texts, strict=True))
        changed = [(number, old, new) for number, (old, new) in pairs if old != new]
        if len(changed) * FEW > len(texts):
            return False
        touched: set[str] = set()
        for number, old, new in changed:
            for before, after, places in zip(old, new, self._places, strict=True):
                lost, won = take_apart(before), take_apart(after)
                for word in lost - won:
                    places[word].remove(number)
                for word in won - lost:
                    insort(places[word], number)
                touched |= lost ^ won
        strong, weak = self._places
        for word in touched:
            if strong.get(word) or weak.get(word):
                self._entries[word] = self._entry(word)
            else:
                self._entries.pop(word, None)
        self._texts = texts
        return True

    def blocks(self, count: int) -> tuple[list[str], list[dict[str, str]]]:
        """The first word of each block, and the blocks.

        A block maps words, in the order of their UTF-16 units, to the numbers of the texts (from 0) that have the word
        as a strong one, a blank, and those that have it as a weak one. Of the numbers in growing order the first and
        then the differences are written, see ``_digits``; ``EVERYWHERE`` stands for all. A block may be empty, and its
        first word is then that of the next, or ``AFTER_ALL`` where no word follows.
        """
        return _cut(sorted(self._entries.items(), key=_units), count)

    def _entry(self, word: str) -> str:
        strong, weak = (places.get(word, ()) for places in self._places)
        total = len(self._digits)
        is_common = total >= COMMON and len(weak) > total / 2
        return f"{_written(strong, self._digits)} {EVERYWHERE if is_common else _written(weak, self._digits)}"


def _units(entry: tuple[str, str]) -> bytes:
    return entry[0].encode("utf-16-be")


def _cut(entries: Sequence[tuple[str, str]], count: int) -> tuple[list[str], list[dict[str, str]]]:
    made: list[dict[str, str]] = [{} for _ in range(count)]
    whole = sum(len(word) + len(places) for word, places in entries) or 1
    size = 0
    for word, places in entries:
        made[size * count // whole][word] = places
        size += len(word) + len(places)
    firsts: list[str] = []
    following = AFTER_ALL
    for block in reversed(made):
        following = next(iter(block), following)
        firsts.append(following)
    return firsts[::-1], made


def _written(numbers: Sequence[int], digits: Sequence[str]) -> str:
    if not numbers:
        return ""
    return digits[numbers[0]] + "".join(map(digits.__getitem__, map(sub, numbers[1:], numbers)))


def _digits(number: int) -> str:
    """A number in one to three ASCII signs, none of which needs a backslash in JSON.

    Its last digit, to the base 34, is a sign from ``]`` on; those before, to the base 57, are signs up to ``[``.
    """
    higher, last = divmod(number, len(_LAST))
    text = _LAST[last]
    while higher:
        higher, digit = divmod(higher, len(_LEADING))
        text = _LEADING[digit] + text
    return text
