"""Formulas in MathML, as publishers put them into titles and abstracts, as LaTeX."""

import re
from xml.etree import ElementTree

_MATH = re.compile(r"<(?:mml:)?math\b[^<>]*>.*?</(?:mml:)?math>", re.DOTALL | re.IGNORECASE)
_PREFIX = re.compile(r"(</?)mml:")
_NAMESPACE = re.compile(r"\sxmlns(?::\w+)?=(?:\"[^\"]*\"|'[^']*')")
_TAG = re.compile(r"</?(?:mml:)?m[a-z]+\b[^<>]*>")
_TEX_MATH = re.compile(r"<(?:jats:)?tex-math\b[^<>]*>(.*?)</(?:jats:)?tex-math>", re.DOTALL)
_DEEPEST = 50


def as_latex(text: str) -> str:
    """The text with its formulas between dollar signs; a formula that cannot be read keeps its letters and signs."""
    if "math" not in text:
        return text
    tex = _TEX_MATH.search(text)
    if tex and "$" in tex[1]:
        # the same formula is given twice
        text = _MATH.sub("", text)
    return _MATH.sub(lambda match: _formula(match[0]), text)


def _formula(markup: str) -> str:
    try:
        root = ElementTree.fromstring(_NAMESPACE.sub("", _PREFIX.sub(r"\1", markup)))  # noqa: S314
        latex = " ".join(_latex(root, 0).split())
    except (ElementTree.ParseError, RecursionError):
        return " ".join(_TAG.sub("", markup).split())
    return f"${latex}$" if latex else ""


def _latex(node: ElementTree.Element, depth: int) -> str:
    parts = [_latex(child, depth + 1) for child in node] if depth < _DEEPEST else []
    first, second, third = (*parts, "", "", "")[:3]
    match node.tag:
        case "mi" | "mn" | "mo":
            return _token(node)
        case "mtext" | "ms":
            return f"\\text{{{_plain(node)}}}"
        case "msub" | "munder":
            return f"{_group(first)}_{{{second}}}"
        case "msup" | "mover":
            return f"{_group(first)}^{{{second}}}"
        case "msubsup" | "munderover":
            return f"{_group(first)}_{{{second}}}^{{{third}}}"
        case "mfrac":
            return f"\\frac{{{first}}}{{{second}}}"
        case "msqrt":
            return f"\\sqrt{{{''.join(parts)}}}"
        case "mroot":
            return f"\\sqrt[{second}]{{{first}}}"
        case "mspace":
            return " "
        case "annotation" | "annotation-xml":
            return ""
    return "".join(parts) or _plain(node)


def _token(node: ElementTree.Element) -> str:
    said = _plain(node)
    if node.tag == "mi" and len(said) > 1 and said.isalpha():
        return f"\\mathrm{{{said}}}"
    return said


def _group(latex: str) -> str:
    return latex if len(latex) < 2 else f"{{{latex}}}"


def _plain(node: ElementTree.Element) -> str:
    return re.sub(r"[\\{}$%#&_^]", lambda sign: f"\\{sign[0]}", " ".join((node.text or "").split()))
