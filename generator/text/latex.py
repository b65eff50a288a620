"""LaTeX of abstracts and titles as HTML and plain text.

One pass reads the text into events, a second one writes them, so that time is proportional to length and nesting needs
no stack of calls. Nothing that was written is lost: braces, quotes and environments that do not match, and macros that
are not known, stay as they were typed. A bare ``%`` is a percent sign and never starts a comment; bare ``&``, ``#``,
``_`` and ``^`` are themselves; ``~`` after a blank is a tilde ("~5 GB"), elsewhere a no-break space.
"""

import re
import unicodedata
from typing import NamedTuple

from generator.text import Rich
from generator.text.addresses import BARE, bare_end, refused, resolve
from generator.text.dialects import GROUP, MACROS, SIZES
from generator.text.events import Event, Writer
from generator.text.formulas import Formula, Formulas
from generator.text.math import symbol
from generator.text.quantities import MACROS as QUANTITIES
from generator.text.quantities import call

# Each alternative begins with a sign of its own, not with a choice: then Python's matcher skips all others at once.
_TOKEN = re.compile(rf"\n\n|{BARE}|\\(?:[A-Za-z]+|.)?|\{{|\}}|\$|~|``?|''?|-(?<!<!-)--?(?!>)|!`|\?`", re.DOTALL)
_RAW = r"\s?(?:\[[^\[\]]*\])?\{((?:[^{}\\]|\\.|\{[^{}]*\})*)\}"
_RAW_ARGUMENT = re.compile(_RAW, re.DOTALL)
_KEYS = re.compile(r"\*?\s?((?:\[[^\[\]{}$\\]*\]\s?){0,2})\{([^{}$\\]*)\}")
_ENVIRONMENT = re.compile(r"\{([A-Za-z]+\*?)\}(?:\[[a-z!]*\])?\s?")
_LIST_OPTIONS = re.compile(r"\[[^\[\]]*\]\s?")
_LINE_BREAK = re.compile(r"\*?(?:\[[-\d.]+[a-z]+\])? ?")
_LABEL = re.compile(r"\[((?:[^\[\]{}]|\{[^{}]*\})*)\] ?")
_OPTION = re.compile(r"\[[^\[\]{}$\\]*\](?=\{)")
_ION = re.compile(r"\{([A-Z][a-z]?)\}\{([IVXivx]+)\}")
_EITHER = re.compile(rf"\s?{GROUP}\s?{GROUP}")
_VERBATIM = re.compile(r"\*?([^A-Za-z\s*])(.*?)\1")
_LETTERS = re.compile(r"[^\W\d_]+")
_SKIPPED = re.compile(r"\*?(?:\[[^\[\]]*\])?\{[^{}]*\} ?|\s?-?[\d.]+ ?(?:em|ex|pt|mm|cm|in)(?![a-z]) ?")
_DOCUMENT = r"(?s)(?:\$\$)?\\documentclass.{1,600}?\\begin\{document\}(.{1,4000}?)\\end\{document\}(?:\$\$)?"
"""What some publishers deliver for a formula in a line: a document of it alone, with a preamble."""
_ESCAPED = r"\\([%#&_~{}$])"

_UNSTYLED = (
    "text textrm textsf textup textmd textnormal mbox hbox fbox uppercase lowercase MakeUppercase MakeLowercase "
    "enquote footnote thanks centerline hl email"
)
_TAGS = {
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "textbf": "strong",
    "texttt": "code",
    "underline": "u",
    "uline": "u",
    "sout": "s",
    "st": "s",
    "textsc": 'span class="sc"',
    "textsuperscript": "sup",
    "textsubscript": "sub",
    "section": "strong",
    "subsection": "strong",
    "subsubsection": "strong",
    "paragraph": "strong",
    **dict.fromkeys(_UNSTYLED.split(), ""),
}
_RAW_MACROS = frozenset(
    ("url", "path", "nolinkurl", "href", "ensuremath", "verb", "textcolor", "colorbox", "ion", "texorpdfstring")
)
_AROUND = {"footnote": (" (", ")"), "thanks": (" (", ")"), "enquote": ("“", "”")}
_UNSEEN_SWITCHES = (
    f"{SIZES} rm rmfamily sf sffamily normalfont mdseries upshape centering raggedright noindent indent protect relax "
    "xspace sloppy leavevmode maketitle"
)
_GAPS = ("hfill", "smallskip", "medskip", "bigskip", "newpage", "clearpage", "pagebreak", "nopagebreak")
_UNSEEN_SKIPS = ("color", "kern", "lower", "raise", "raisebox")
_SKIPS = frozenset((*_GAPS, *_UNSEEN_SKIPS, "hspace", "vspace", "hskip", "vskip"))
_SWITCHES = {
    "bf": "strong",
    "bfseries": "strong",
    "it": "em",
    "itshape": "em",
    "em": "em",
    "sl": "em",
    "slshape": "em",
    "tt": "code",
    "ttfamily": "code",
    "sc": 'span class="sc"',
    "scshape": 'span class="sc"',
    **dict.fromkeys(_UNSEEN_SWITCHES.split(), ""),
}
_LISTS = {"itemize": "ul", "enumerate": "ol", "description": "ul", "compactitem": "ul", "compactenum": "ol"}
_PLAIN_ENVIRONMENTS = frozenset(
    ("abstract", "center", "document", "flushleft", "flushright", "quotation", "quote", "sloppypar", "small")
)
_CITED = r"(?:(?:auto|paren|text|foot|full|online|no)?[Cc]ite[a-zA-Z]*|(?:[cC]|auto|eq|page|name)?ref|label)\Z"
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "textcommabelow": "\u0326",
    "c": "\u0327",
    "h": "\u0309",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
_TEXT_LETTERS = (
    r"(?:[ijlLoO]|ss|SS|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG|textmu|textdegree|textquote(?:dbl)?left"
    r"|guillemotleft|guillemetleft|og|lq|textasciitilde|textasciicircum|textbackslash|textunderscore)\Z"
)
_SYMBOLS = {
    "pounds": "£",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textdollar": "$",
    "textpercent": "%",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "quad": "\u2003",
    "qquad": "\u2003",
    "slash": "/",
    "textvisiblespace": "␣",
    "dots": "…",
    "thinspace": "\u2009",
    "og": "«\u202f",
    "fg": "\u202f»",
    "BibTeX": "BibTeX",
    "LaTeXe": "LaTeX2ε",
    "cmark": "✓",
    "xmark": "✗",
    **{name: MACROS[name] for name in ("farcm", "farcs", "fdg")},
    "micron": "μm",
    "cf": "cf.",
    "eg": "e.g.",
    "etal": "et al.",
    "etc": "etc.",
    "ie": "i.e.",
    "vs": "vs.",
    "wrt": "w.r.t.",
}
_SIGNS = {",": "\u2009", ";": " ", ":": " ", ">": " ", "!": "", "-": "", "/": "", "@": "", "\n": " ", " ": " "}
_DASHES = {"--": "–", "---": "—", "``": "“", "''": "”", "!`": "¡", "?`": "¿"}


class _Open(NamedTuple):
    """A brace or an environment that waits for its end; ``name`` is empty for a brace."""

    event: int
    name: str = ""
    suffix: str = ""
    literal: bool = False


_NOTHING = Event("")


def render(text: str, base: str = "/", inline: bool = False) -> Rich:
    """Tidy text (paragraphs on one line each, set off by an empty line) as HTML and plain text.

    ``inline`` makes phrasing content without links, in one line.
    """
    if "\\documentclass" in text:
        text = re.sub(_DOCUMENT, lambda found: found[1].replace("$$", "$"), text)
    writer = Writer(inline)
    writer.write(_Reader(text, base).read())
    return writer.result()


def is_script(text: str, start: int) -> bool:
    """Whether a brace tells what is raised or lowered (``x_{t+1}`` without dollars): ``x_t+1`` is another thing."""
    return (
        start > 0
        and text[start - 1] in "_^"
        and text[start - 2 : start - 1] != "\\"
        and "}" not in text[start + 1 : start + 3]
    )


class _Reader:
    """Reads LaTeX into events."""

    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._base = base
        self._at = 0
        self._events: list[Event] = []
        self._open: list[_Open] = []
        self._environments: dict[str, int] = {}
        self._quotes: list[int] = []
        self._formulas = Formulas(text)

    def read(self) -> list[Event]:
        text = self._text
        while token := _TOKEN.search(text, self._at):
            if token.start() > self._at:
                self._say(text[self._at : token.start()])
            self._at = token.end()
            self._token(token[0], token.start())
        self._say(text[self._at :])
        for left in self._open:
            self._undo(left)
        return self._events

    def _say(self, text: str) -> None:
        self._events.append(Event("text", text))

    def _token(self, found: str, start: int) -> None:
        first = found[0]
        if first == "\\":
            self._control(found[1:], start)
        elif found == "{" and is_script(self._text, start):
            self._at = start
            self._literal_group()
        elif found == "{":
            self._begin(Event("group", "", "{"))
        elif first == "}":
            self._close()
        elif first == "$":
            self._formula(found, start)
        elif found == "~":
            self._say("~" if start == 0 or self._text[start - 1] in " \n" else "\u00a0")
        elif found in _DASHES:
            self._events.append(Event("text", _DASHES[found], found))
        elif first in "`'":
            self._quote(found)
        elif found == "\n\n":
            self._quotes.clear()
            self._events.append(Event("paragraph"))
        elif first in "hH":
            self._address(found, start)
        else:
            self._say(found)

    def _quote(self, found: str) -> None:
        """Single quotes: an apostrophe closes only what a backtick opened, and only after a word."""
        if found == "`":
            self._quotes.append(len(self._events))
        elif self._quotes and not self._text[self._at : self._at + 1].isalnum():
            self._events[self._quotes.pop()] = Event("text", "‘")
            found = "’"
        self._say(found)

    def _address(self, found: str, start: int) -> None:
        end = bare_end(found)
        if not end or (start and self._text[start - 1].isalnum()):
            end = found.index("/") + 2
            self._say(found[:end])
        else:
            address = re.sub(_ESCAPED, r"\1", found[:end])
            self._events.append(Event("link", address))
        self._at = start + end

    def _formula(self, found: str, start: int) -> None:
        formula = self._formulas.at(start)
        if formula:
            self._events.append(Event("math", formula=formula))
            self._at = formula.end
        else:
            self._say(found)

    def _begin(self, event: Event, name: str = "", suffix: str = "") -> None:
        self._open.append(_Open(len(self._events), name, suffix))
        self._events.append(event)

    def _close(self) -> None:
        if not self._open or self._open[-1].name:
            self._say("}")
            return
        group = self._open.pop()
        if group.suffix:
            self._say(group.suffix)
        if group.literal:
            self._literal_group()
        else:
            self._events.append(Event("end"))

    def _literal_group(self) -> None:
        """The argument of an unknown macro keeps its braces."""
        if self._text.startswith("{", self._at):
            self._at += 1
            self._open.append(_Open(len(self._events), suffix="}", literal=True))
            self._say("{")

    def _undo(self, left: _Open) -> None:
        """What never ended is text as it was typed."""
        if not left.literal:
            self._events[left.event] = Event("text", self._events[left.event].source)
            if left.suffix:
                self._events[left.event + 1] = _NOTHING

    def _blank(self) -> None:
        """Skip the blank that ends the name of a macro."""
        if self._text.startswith(" ", self._at):
            self._at += 1

    def _control(self, name: str, start: int) -> None:
        if not name:
            self._say("\\")
        elif name[0].isascii() and name[0].isalpha():
            self._word(name, start)
        elif name in "([":
            self._formula(f"\\{name}", start)
        elif name == "\\":
            skipped = _LINE_BREAK.match(self._text, self._at)
            self._at = skipped.end() if skipped else self._at
            self._events.append(Event("break"))
        elif name in _ACCENTS and self._accent(start):
            return
        elif name == "\n":
            self._at -= 1
            self._say("\\")
        elif name in _SIGNS:
            self._say(_SIGNS[name])
        elif name in "%&$#_{}\"'`^~=.|":
            self._say(name)
        else:
            self._say(f"\\{name}")

    def _word(self, name: str, start: int) -> None:
        if name in _ACCENTS and self._accent(start):
            return
        if name in _TAGS:
            self._tagged(name)
        elif name in _SWITCHES:
            if name != "xspace":  # the blank after it is one
                self._blank()
            self._events.append(Event("tag", _SWITCHES[name]))
        elif name in _SKIPS:
            self._skip(name, start)
        elif name in QUANTITIES:
            self._quantity(name, start)
        elif name in ("begin", "end"):
            self._environment(name, start)
        elif name == "item":
            self._item()
        elif name in ("newline", "linebreak"):
            self._events.append(Event("break"))
        elif name == "par":
            self._blank()
            self._events.append(Event("paragraph"))
        elif name in _RAW_MACROS:
            self._raw(name)
        elif re.match(_CITED, name):
            keys = _KEYS.match(self._text, self._at)
            if keys:
                self._at = keys.end()
                notes = keys[1].replace("[", "").replace(",]", "]").replace("]", ", ").replace("~", "\u00a0")
                self._say(f"[{' '.join((notes + keys[2]).split(' '))}]")
            else:
                self._unknown(name)
        else:
            self._symbol(name)

    def _symbol(self, name: str) -> None:
        found = _SYMBOLS.get(name) or symbol(name)
        empty = self._text.startswith("{}", self._at)
        if not found or (len(found) > 1 and not empty and self._text.startswith("{", self._at)):
            self._unknown(name)  # what is given something is no mere sign
            return
        if empty:
            self._at += 2
        elif re.match(_TEXT_LETTERS, name):
            self._blank()
        if found[-1] == "." and len(found) > 1 and self._text.startswith(".", self._at):
            self._at += 1
        self._say(found)

    def _unknown(self, name: str) -> None:
        option = _OPTION.match(self._text, self._at)
        self._say(f"\\{name}{option[0] if option else ''}")
        self._at = option.end() if option else self._at
        self._literal_group()

    def _tagged(self, name: str) -> None:
        """A macro whose argument is text; without braces, the argument is one character or the next macro."""
        text = self._text
        at = self._at
        if name.endswith("section") and text.startswith("*", at):
            at += 1
        if text.startswith(" ", at):
            at += 1
        before, after = _AROUND.get(name, ("", ""))
        if text.startswith("{", at):
            self._begin(Event("group", _TAGS[name], f"\\{name}{{"), suffix=after)
            self._at = at + 1
            if before:
                self._say(before)
        elif text[at : at + 1].isalnum():
            self._events += (Event("group", _TAGS[name]), Event("text", f"{before}{text[at]}{after}"), Event("end"))
            self._at = at + 1
        else:
            self._unknown(name)

    def _raw(self, name: str) -> None:
        """Macros whose argument is not text."""
        if name == "ion":
            self._ion()
            return
        if name == "texorpdfstring":
            self._either()
            return
        if name == "verb":
            verbatim = _VERBATIM.match(self._text, self._at)
            if verbatim:
                self._at = verbatim.end()
                self._events.append(Event("code", verbatim[2]))
            else:
                self._unknown(name)
            return
        argument = _RAW_ARGUMENT.match(self._text, self._at)
        if not argument:
            self._unknown(name)
            return
        value = argument[1].strip()
        source = f"\\{name}{argument[0]}"
        self._at = argument.end()
        if name == "ensuremath":
            self._events.append(Event("math", formula=Formula(value, f"${value}$", False, self._at)))
        elif name in ("textcolor", "colorbox"):
            self._text_of(Event("group", "", f"{source}{{"))
        elif name == "href":
            target = re.sub(_ESCAPED, r"\1", value)
            address = resolve(target, self._base)
            if self._text.startswith("{}", self._at):
                self._at += 2
                self._events.append(Event("link", target))
                return
            self._events.append(Event("refused", refused(target)))
            self._text_of(Event("anchor" if address else "group", address, f"{source}{{"))
        else:
            self._events.append(Event("link", re.sub(_ESCAPED, r"\1", value)))

    def _either(self) -> None:
        """What is written twice, with formulas and without: the former."""
        either = _EITHER.match(self._text, self._at)
        if either:
            self._at = either.end()
            self._events += _Reader(either[1], self._base).read()
        else:
            self._unknown("texorpdfstring")

    def _ion(self) -> None:
        """An element and how often it is ionised, as astronomers write it: O III."""
        ion = _ION.match(self._text, self._at)
        if ion:
            self._at = ion.end()
            self._events.append(Event("text", f"{ion[1]}\u00a0{ion[2].upper()}"))
        else:
            self._unknown("ion")

    def _skip(self, name: str, start: int) -> None:
        """Macros that only make room, or give a colour or a place to what follows."""
        if name in _GAPS:
            self._blank()
            self._say("" if self._text[start - 1 : start].isspace() else " ")
            return
        skipped = _SKIPPED.match(self._text, self._at)
        if not skipped:
            self._unknown(name)
            return
        self._at = skipped.end()
        if name not in _UNSEEN_SKIPS:
            self._say(" ")

    def _quantity(self, name: str, start: int) -> None:
        """A number, a unit or a chemical formula: mathematics."""
        source = call(self._text, start)
        if not source:
            self._unknown(name)
            return
        self._at = start + len(source)
        self._events.append(Event("math", formula=Formula(source, source, False, self._at)))

    def _text_of(self, event: Event) -> None:
        """The second argument of a macro: text."""
        self._blank()
        if self._text.startswith("{", self._at):
            self._at += 1
            self._begin(event)
        else:
            self._say(event.source[:-1])

    def _item(self) -> None:
        self._blank()
        self._events.append(Event("item"))
        label = _LABEL.match(self._text, self._at)
        if label:
            self._at = label.end()
            inside = _Reader(label[1], self._base).read()
            self._events += (Event("group", "strong"), *inside, Event("end"), Event("text", " "))

    def _environment(self, which: str, start: int) -> None:
        formula = self._formulas.at(start) if which == "begin" else None
        if formula:
            self._events.append(Event("math", formula=formula))
            self._at = formula.end
            return
        match = _ENVIRONMENT.match(self._text, self._at)
        name = match[1] if match else ""
        if not match or not (name in _LISTS or name in _PLAIN_ENVIRONMENTS):
            self._unknown(which)
        elif which == "begin":
            options = _LIST_OPTIONS.match(self._text, match.end()) if name in _LISTS else None
            start, self._at = self._at, (options or match).end()
            self._environments[name] = self._environments.get(name, 0) + 1
            self._begin(Event("list", _LISTS.get(name, ""), f"\\begin{self._text[start : self._at]}"), name)
        elif self._environments.get(name):
            self._at = match.end()
            while True:
                left = self._open.pop()
                if left.name:
                    self._environments[left.name] -= 1
                if left.name == name:
                    break
                self._undo(left)
            self._events.append(Event("end"))
        else:
            self._unknown(which)

    def _accent(self, start: int) -> bool:
        """An accent over a letter: ``\\'e``, ``\\'{e}``, ``\\v Cech``, ``\\"{\\i}``, ``\\'{\\^e}``, ``{\\'\\i}``."""
        text = self._text
        at = start
        marks = ""
        braces = 0
        while text.startswith("\\", at) and len(marks) < 4 and braces < 4:
            # the one accent of a longer name: Better BibTeX writes so what Romanian needs
            name = "textcommabelow" if text.startswith("textcommabelow", at + 1) else text[at + 1 : at + 2]
            after = text[at + 1 + len(name) : at + 2 + len(name)]
            if name in ("i", "j") and not (after.isascii() and after.isalpha()):
                at += 1
                break
            if name not in _ACCENTS or (name.isalpha() and after.isascii() and after.isalpha()):
                return False
            marks = _ACCENTS[name] + marks
            at += 1 + len(name)
            if name.isalpha() and text.startswith(" ", at):
                at += 1
            while text.startswith("{", at):
                braces += 1
                at += 1
        letter = text[at : at + 1]
        if not letter.isalpha():
            return False
        at += 1
        if not braces and text[at - 2] == "\\" and text.startswith(" ", at):
            at += 1
        second = ""
        if braces and not text.startswith("}", at):  # more letters, as of \t{oo}: the first one bears the accent
            more = _LETTERS.match(text, at)
            second = more[0] if more else ""
            at += len(second)
        if text[at : at + braces] != "}" * braces:
            return False
        self._at = at + braces
        self._say(unicodedata.normalize("NFC", letter + marks + second))
        return True
