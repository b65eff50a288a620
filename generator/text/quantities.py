r"""Numbers, units and chemical formulas as the LaTeX packages siunitx and mhchem write them, in plain mathematics.

``\SI{10}{\meter\per\second}`` is ``10\,\mathrm{m/s}``, ``\num{1.5e-3}`` is ``1.5\times10^{-3}``, ``\ce{SO4^2-}`` is
``\mathrm{SO_{4}^{2-}}``. What is not understood of it stays as it was typed.
"""

import re

MACROS = ("SI", "si", "qty", "unit", "num", "ang", "ce", "SIrange", "qtyrange", "numrange")
_ARGUMENT = r"(?:\[[^\[\]]*\])?\{((?:[^{}]|\{[^{}]*\})*)\}"
_CALL = re.compile(
    rf"\\(?:(SI|qty)(?:range{_ARGUMENT})?{_ARGUMENT}{_ARGUMENT}"
    rf"|(si|unit|num|ang|ce)(?:(?<=num)range{_ARGUMENT})?{_ARGUMENT})"
)
_MACRO = re.compile(rf"\\(?:{'|'.join(MACROS)})(?![A-Za-z])")
_PREFIXES = {
    "exa": "E",
    "peta": "P",
    "hecto": "h",
    "mu": "μ",
    "kibi": "Ki",
    "mebi": "Mi",
    "gibi": "Gi",
    "tebi": "Ti",
    "tera": "T",
    "giga": "G",
    "mega": "M",
    "kilo": "k",
    "deci": "d",
    "centi": "c",
    "milli": "m",
    "micro": "μ",
    "nano": "n",
    "pico": "p",
    "femto": "f",
    "atto": "a",
}
_UNITS = {
    "meter": "m",
    "metre": "m",
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "gram": "g",
    "kilogram": "kg",
    "tonne": "t",
    "dalton": "Da",
    "ampere": "A",
    "kelvin": "K",
    "celsius": "°C",
    "degreeCelsius": "°C",
    "mole": "mol",
    "molar": "M",
    "candela": "cd",
    "hertz": "Hz",
    "newton": "N",
    "pascal": "Pa",
    "bar": "bar",
    "joule": "J",
    "electronvolt": "eV",
    "watt": "W",
    "coulomb": "C",
    "volt": "V",
    "farad": "F",
    "henry": "H",
    "ohm": "Ω",
    "siemens": "S",
    "tesla": "T",
    "weber": "Wb",
    "lumen": "lm",
    "lux": "lx",
    "gray": "Gy",
    "sievert": "Sv",
    "becquerel": "Bq",
    "liter": "L",
    "litre": "L",
    "decibel": "dB",
    "bit": "bit",
    "byte": "B",
    "angstrom": "Å",
    "parsec": "pc",
    "radian": "rad",
    "steradian": "sr",
    "degree": "°",
    "arcminute": "′",
    "arcsecond": "″",
    "clight": "c",
    "percent": r"\%",
}
_SHORT = r"[kMGTcdmunpf]?(?:m|s|g|h|A|K|V|W|N|J|L|l|F|Hz|eV|Pa|mol|dB|pc)\Z"
_UPRIGHT = r"\\(?:text|mathrm)\{([A-Za-z]+)\}"
_UNIT_TOKEN = re.compile(r"\\([A-Za-z]+)|([A-Za-zΩμµ°Å%]+|\\%)|\^\{?(-?\d+)\}?|([./~]|\\,)|\s+")
_NUMBER = r"([-+]?[\d.,]*(?:\(\d+\))?)[eE]([-+]?\d+)\Z"
_PLAIN_NUMBER = r"[-+\d.,() ]+(?:\\(?:pm|times)[-+\d.,() ]*)?\Z"
_ARROWS = {"<=>": r" \rightleftharpoons ", "<->": r" \leftrightarrow ", "->": r" \rightarrow ", "<-": r" \leftarrow "}
_ARROW = r"\s*(<=>|<->|->|<-)(?:\[([^\[\]]*)\])?\s*"
_WATER = r"(?<=[A-Za-z\d)\]}])\s*[.*]\s*(?=\d*H2O)"
_CHARGE = r"\^\{?(\d*[+-])\}?"
_BARE_CHARGE = r"(?<=[A-Za-z\d)\]}])([+-])(?=\s|\Z)"
_AMOUNT = r"(?<=[A-Za-z)\]])(\d+(?:\.\d+)?)"
_CHEMISTRY = r"[A-Za-z\d\s.,:/()\[\]+^{}<>=_*#-]+\Z"


def call(text: str, start: int) -> str:
    """The macro with its arguments that begins here, when it is understood; else an empty text."""
    found = _CALL.match(text, start)
    return found[0] if found and _meant(found) else ""


def expanded(tex: str) -> str:
    """A formula without the macros of the two packages, as far as what they are given is understood."""
    return _CALL.sub(lambda found: _meant(found) or found[0], tex) if _MACRO.search(tex) else tex


def as_formulas(text: str) -> str:
    """A text within a formula, in which what is understood of the two packages stands between dollars."""
    return (
        _CALL.sub(lambda found: f"${found[0]}$" if _meant(found) else found[0], text) if _MACRO.search(text) else text
    )


def _meant(found: re.Match[str]) -> str:
    first, number, unit = found.group(2, 3, 4)
    name, given = found[5], found[7]
    if found[1]:
        number, unit = _numbers(first, number), _units(unit)
        between = "" if unit == r"\mathrm{°}" else r"\,"
        meant = f"{number}{between}{unit}" if number and unit else ""
    elif name == "ce":
        meant = _chemistry(given)
    elif name in ("num", "ang"):
        meant = _numbers(found[6], given)
        meant = f"{meant}°" if meant and name == "ang" else meant
    else:
        meant = _units(given)
    return f"{{{meant}}}" if meant else ""


def _numbers(first: str | None, last: str) -> str:
    """A number, or the two between which a range lies."""
    if first is None:
        return _number(last)
    begin, end = _number(first), _number(last)
    return rf"{begin}\text{{–}}{end}" if begin and end else ""


def _number(text: str) -> str:
    text = text.strip().replace("+-", r"\pm ")
    scientific = re.match(_NUMBER, text)
    if scientific:
        digits, exponent = scientific.groups()
        times = rf"{digits}\times" if digits else ""
        return f"{times}10^{{{exponent.removeprefix('+')}}}"
    return text if re.match(_PLAIN_NUMBER, text) else ""


def _units(text: str) -> str:
    text = re.sub(_UPRIGHT, r"\1", text)
    parts: list[str] = []
    at = 0
    prefix = raised = ""
    while at < len(text):
        token = _UNIT_TOKEN.match(text, at)
        if not token:
            return ""
        at = token.end()
        macro, word, power, sign = token.groups()
        if macro in _PREFIXES:
            prefix = _PREFIXES[macro]
        elif macro == "per" or sign == "/":
            parts.append("/")
        elif macro in ("squared", "cubed"):
            parts.append("^2" if macro == "squared" else "^3")
        elif macro in ("square", "cubic"):
            raised = "^2" if macro == "square" else "^3"
        elif power:
            parts.append(f"^{{{power}}}")
        elif macro or word:
            unit = _unit(macro or "", word or "")
            if not unit:
                return ""
            between = r"\," if parts and parts[-1] != "/" else ""
            parts.append(f"{between}{prefix}{unit}{raised}")
            prefix = raised = ""
    found = "".join(parts)
    return rf"\mathrm{{{found}}}" if found and not prefix + raised and found[-1] != "/" else ""


def _unit(macro: str, word: str) -> str:
    """The sign of a unit; "" for a macro that is none. What is no macro is a sign, whatever it means."""
    name = macro or word
    if re.match(_SHORT, name):
        return f"μ{name[1:]}" if name[0] == "u" else name
    return word or _UNITS.get(macro, "")


def _chemistry(text: str) -> str:
    if not re.match(_CHEMISTRY, text):
        return ""
    parts: list[str] = []
    pieces = re.split(_ARROW, text.strip())
    for substance, arrow, above in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        parts.append(_substance(substance))
        sign = _ARROWS[arrow] if arrow else ""
        parts.append(rf" \overset{{{_substance(above)}}}{{{sign.strip()}}} " if above else sign)
    return rf"\mathrm{{{''.join(parts)}}}"


def _substance(text: str) -> str:
    text = re.sub(_WATER, r"\\cdot ", text).replace("#", r"\equiv ")
    text = re.sub(_AMOUNT, r"_{\1}", re.sub(_CHARGE, r"^{\1}", text))
    return re.sub(_BARE_CHARGE, r"^{\1}", text)
