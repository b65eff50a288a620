"""The words of the interface in the language of the site.

The key of a text is the text itself in English, so a site always has words: what the files of a theme
(``words/<language>.yaml``) do not translate stays English. Plural forms, dates and numbers follow the Unicode CLDR.
English needs none of its tables, so they are loaded for other languages only.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Optional

import jinja2
import msgspec
import yaml
from markupsafe import Markup, escape

from generator import nodes
from generator.dates import Date
from generator.errors import Place, Problems

if TYPE_CHECKING:
    from babel import Locale

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The categories of CLDR; a language has ``other`` and some of these."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")

Text = str | dict[str, str]
"""A text, or one for each plural category that the language has."""


class Words(msgspec.Struct, frozen=True):
    """The texts of one language by their English; ``below`` has those that are missing here."""

    language: str
    """Language tag (BCP 47)."""
    texts: dict[str, Text] = {}
    below: Optional["Words"] = None

    def __call__(self, key: str, /, **values: str | int) -> str:
        """The text, with ``values`` for its ``{placeholders}``; it is markup when one of them is.

        ``count`` also decides the plural form. A whole number is written as ``number`` does, so give years as texts.
        Raises TemplateRuntimeError when the value of a placeholder is not given.
        """
        text = self._text(key, values.get("count"))
        if "{" not in text:
            return text
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        if any(hasattr(value, "__html__") for value in shown.values()):
            return Markup(_filled(escape(text), {name: escape(value) for name, value in shown.items()}))  # noqa: S704
        return _filled(text, shown)

    def date(self, date: Date) -> str:
        """A date for people, as precise as it is known: Aug 7, 2023; 7. Aug. 2023; 2023年8月."""
        locale = _locale(self.language)
        if locale is None:
            return date.text
        return _babel_date(locale, date)

    def number(self, value: int) -> str:
        """A whole number with the language's thousands separators: 3,360; 3.360."""
        locale = _locale(self.language)
        if locale is None:
            return f"{value:,}"
        from babel.numbers import format_decimal, get_group_symbol

        # Grouped in the language's way, but by commas first: Babel takes an apostrophe, as Switzerland has it, for the
        # quotation mark of its patterns, and 1'234'567 loses both.
        by_commas = format_decimal(value, format=locale.decimal_formats[None], locale="en")
        return by_commas.replace(",", get_group_symbol(locale))

    def _text(self, key: str, count: object) -> str:
        found = self.texts.get(key)
        if found is None:
            return self.below._text(key, count) if self.below else key
        if isinstance(found, str):
            return found
        return found.get(self._plural(count), found["other"]) if isinstance(count, int) else found["other"]

    def _plural(self, count: int) -> str:
        locale = _locale(self.language)
        if locale is None:
            return "one" if count == 1 else "other"
        return locale.plural_form(count)


def _filled(text: str, values: Mapping[str, str]) -> str:
    try:
        return PLACEHOLDER.sub(lambda found: values[found[1]], text)
    except KeyError as error:
        raise jinja2.TemplateRuntimeError(f"the text {text!r} needs a value for {error.args[0]!r}") from None


@functools.cache
def _locale(language: str) -> Optional["Locale"]:
    """What CLDR knows of a language, or of a wider one that it belongs to; None: written as English is."""
    if language.partition("-")[0].lower() == "en":
        return None
    from babel import Locale, UnknownLocaleError

    for tag in tags(language):
        try:
            return Locale.parse(tag, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return None


@functools.lru_cache(maxsize=4096)
def _babel_date(locale: "Locale", date: Date) -> str:
    import datetime

    from babel.dates import format_skeleton

    skeleton = "yMMMd" if date.day else "yMMM" if date.month else "y"
    return format_skeleton(skeleton, datetime.date(date.year, date.month or 1, date.day or 1), locale=locale)


def tags(language: str) -> Iterator[str]:
    """A language tag and the wider ones, in lower case: de-ch, de."""
    tag = language.lower()
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


def read(data: bytes, file: str, problems: Problems) -> dict[str, Text]:
    """The texts of a words file; what is wrong goes to ``problems`` and is left out."""
    root = nodes.compose(data, file, problems)
    found: dict[str, Text] = {}
    if root is None:
        return found
    for key, node in _pairs(root, file, problems):
        text: Any = None
        if isinstance(node, yaml.MappingNode):
            text = _plurals(node, key, file, problems)
        elif _is_text(node, key, file, problems):
            text = node.value
        if text:
            found[key] = text
    return found


def _plurals(node: yaml.MappingNode, key: str, file: str, problems: Problems) -> dict[str, str]:
    forms: dict[str, str] = {}
    for name, inner in _pairs(node, file, problems):
        if name not in PLURALS:
            problems.add(_place(inner, file), f"{name!r} is no plural form", f"forms: {', '.join(PLURALS)}")
        elif _is_text(inner, key, file, problems):
            forms[name] = inner.value
    if "{count}" not in key:
        problems.add(_place(node, file), f"{key!r} has plural forms but no {{count}}", "write one text")
    elif "other" not in forms:
        problems.add(_place(node, file), f"{key!r} has no form 'other'", "write other: ...")
    return forms if "other" in forms else {}


def _pairs(node: yaml.Node, file: str, problems: Problems) -> Iterator[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        problems.add(_place(node, file), "is not a mapping of texts", 'write lines like "Next": "Weiter"')
        return
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.add(_place(key, file), "has a key that is no text")
        elif key.value in seen:
            problems.add(_place(key, file), f"has {key.value!r} twice", "delete one of them")
        else:
            seen.add(key.value)
            yield key.value, value


def _is_text(node: yaml.Node, key: str, file: str, problems: Problems) -> bool:
    if not isinstance(node, yaml.ScalarNode) or not node.value:
        problems.add(_place(node, file), f"{key!r} has no text", "write the translation, or delete the line")
        return False
    unknown = set(PLACEHOLDER.findall(node.value)) - set(PLACEHOLDER.findall(key))
    for name in sorted(unknown):
        problems.add(_place(node, file), f"{key!r} has no placeholder {{{name}}}", "placeholders are not translated")
    return not unknown


def _place(node: yaml.Node, file: str) -> Place:
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
