"""What siunitx and mhchem write, in plain mathematics."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import convert
from generator.text.quantities import call, expanded


@pytest.mark.parametrize(
    ("tex", "meant"),
    [
        (r"\SI{10}{\meter\per\second}", r"{10\,\mathrm{m/s}}"),
        (r"\SI{5}{\micro\meter}", r"{5\,\mathrm{μm}}"),
        (r"\qty[per-mode=symbol]{2.4}{\GHz}", r"{2.4\,\mathrm{GHz}}"),
        (r"\SI{9.81}{\metre\per\second\squared}", r"{9.81\,\mathrm{m/s^2}}"),
        (r"\SI{2}{\meter\cubed} \SI{5}{\uPa}", r"{2\,\mathrm{m^3}} {5\,\mathrm{μPa}}"),
        (r"\SI{10 \pm 2}{\uW}", r"{10 \pm 2\,\mathrm{μW}}"),
        (r"\qty{3}{kg}", r"{3\,\mathrm{kg}}"),
        (r"\SI{8}{kpc/yr}", r"{8\,\mathrm{kpc/yr}}"),
        (r"\SI{4}{\degree}, \ang{30}", r"{4\mathrm{°}}, {30°}"),
        (r"\unit{m.s^{-1}}", r"{\mathrm{m\,s^{-1}}}"),
        (r"\SI{3}{\percent}", r"{3\,\mathrm{\%}}"),
        (r"\num{1.5e-3} \num{1e+5}", r"{1.5\times10^{-3}} {1\times10^{5}}"),
        (r"\num{1.2(3)e4} \num{1 +- 2} \SI{3}{\Mpc}", r"{1.2(3)\times10^{4}} {1 \pm  2} {3\,\mathrm{Mpc}}"),
        (
            r"\SIrange{1}{10}{\kHz} \numrange{1e3}{2e3}",
            r"{1\text{–}10\,\mathrm{kHz}} {1\times10^{3}\text{–}2\times10^{3}}",
        ),
        (
            r"\qtyrange{20}{30}{\percent} \SI{5}{\mega\electronvolt\per\clight}",
            r"{20\text{–}30\,\mathrm{\%}} {5\,\mathrm{MeV/c}}",
        ),
        (r"\ce{H2SO4} \ce{SO4^2-} \ce{NH4+}", r"{\mathrm{H_{2}SO_{4}}} {\mathrm{SO_{4}^{2-}}} {\mathrm{NH_{4}^{+}}}"),
        (r"\ce{^{13}C} \ce{Fe^{3+}}", r"{\mathrm{^{13}C}} {\mathrm{Fe^{3+}}}"),
        (r"\ce{2H2 + O2 -> 2H2O}", r"{\mathrm{2H_{2} + O_{2} \rightarrow 2H_{2}O}}"),
        (r"\SI{1}{\kg\per\cubic\meter} \SI{5}{\mu m}", r"{1\,\mathrm{kg/m^3}} {5\,\mathrm{μm}}"),
        (r"\SI{30}{\text{fps}} \SI{8}{\gibi\byte}", r"{30\,\mathrm{fps}} {8\,\mathrm{GiB}}"),
        (r"\ce{CuSO4.5H2O} \ce{Ni0.8O2}", r"{\mathrm{CuSO_{4}\cdot 5H_{2}O}} {\mathrm{Ni_{0.8}O_{2}}}"),
        (r"\ce{A <- B <-> C <=> D}", r"{\mathrm{A \leftarrow B \leftrightarrow C \rightleftharpoons D}}"),
        (r"\ce{A ->[H+] HC#CH}", r"{\mathrm{A \overset{H^{+}}{\rightarrow} HC\equiv CH}}"),
    ],
)
def test_quantities_are_mathematics(tex: str, meant: str) -> None:
    assert expanded(tex) == meant
    assert 'class="tex"' not in convert(f"${tex}$", "latex").html


@pytest.mark.parametrize(
    "tex",
    [
        r"\SI{1}{\foo}",
        r"\SI{1}{\per}",
        r"\SI{1}",
        r"\num{many}",
        r"\ang{north}",
        r"\ce{a|b}",
        r"\unit{\kilo}",
        r"\unit{m\cubic}",
        r"\SIrange{1}{many}{m}",
        r"\SIrange{1}{2}",
        r"\unitrange{1}{2}",
        "x",
    ],
)
def test_what_is_not_understood_stays_as_it_was_typed(tex: str) -> None:
    assert expanded(tex) == tex
    assert call(tex, 0) == ""
    assert convert(tex, "latex").plain == tex


def test_quantities_in_a_text_are_formulas_of_it() -> None:
    text = convert(r"At \SI{10}{\km} of \ce{CO2}.", "latex")
    assert text.plain == "At 10 km of CO_2."
    assert text.html.count("<math") == 2


@pytest.mark.parametrize(
    ("tex", "read"),
    [
        (r"x_{\text{of \ce{CO2}}}", "xof CO2"),
        (r"\text{\ce{SO4^{2-}} at \SI{10}{\km}, $\num{1e3}$ \$}", "SO42− at 10km, 1×103 $"),
        (r"\textbf{\ce{H2O}}", "H2O"),
        (r"\mbox{50\% of \SI{5}{%}}", "50% of 5%"),
        (r"\SI{5}{%}", "5%"),
    ],
)
def test_quantities_in_the_texts_of_formulas_are_mathematics(tex: str, read: str) -> None:
    found = convert(f"${tex}$", "latex").html
    assert found.startswith("<p><math>")
    assert re.sub("<[^<>]*>", "", found).replace("\xa0", " ") == read


@given(st.text(alphabet=r"\{}SInumce13.+-^ >kgm/[]", max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(expanded(text), str)
