"""LaTeX → MathML: what the wrapper mends, what it refuses, and where it says a mistake is."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.show.markup.latex import MAX_DEPTH, MAX_LENGTH, prepare
from greenbed.show.markup.maths import Flaw, convert, convert_numbered, is_numbered
from greenbed.show.markup.mathstyles import CLASSES

FORMULAS = r"""
x
x^2 + y^2 = z^2
\frac{1}{2}
\frac12
\sqrt{x}
\sqrt[3]{x}
\sum_{i=1}^{n} x_i
\prod_{i<j} (x_i - x_j)
\int_0^1 f(x)\,\mathrm{d}x
\lim_{n\to\infty} a_n
\nabla_\theta \mathcal{L}(\theta)
\theta_{t+1} = \theta_t - \eta \nabla_\theta L
\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}
\operatorname*{arg\,max}_x f(x)
\argmax_x f(x)
\mathbb{E}_{x\sim p}[f(x)]
\mathrm{KL}(p \,\|\, q)
\mathbf{W}^\top \mathbf{x} + \mathbf{b}
\boldsymbol{\mu}, \bm{\Sigma}
\mathcal{N}(\mu, \sigma^2)
\mathscr{L}
\mathfrak{g}
\mathds{1}_{x > 0}
\mathbb 1
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}
\begin{vmatrix} a & b \\ c & d \end{vmatrix}
\begin{matrix} a \\ [b] \end{matrix}
\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}
\begin{rcases} a \\ b \end{rcases} = c
\begin{aligned} a &= b \\[6pt] c &= d \end{aligned}
\begin{aligned} a &= b \\*[2.5em] c &= d \end{aligned}
\begin{split} a &= b \\ c &= d \end{split}
\begin{align} a &= b \\ c &= d \end{align}
\begin{align*} a &= b \\ c &= d \end{align*}
\begin{gather} a \\ b \end{gather}
\begin{gathered} a \\ b \end{gathered}
\begin{multline} a \\ b \\ c \end{multline}
\begin{equation} x = 1 \tag{3} \end{equation}
\begin{equation*} x = 1 \end{equation*}
x = 1 \tag{3}
\begin{aligned} a &= b \end{aligned} \tag{7}
\begin{array}{l|r} a & b \\ \hline c & d \end{array}
\begin{array}{|c:c|} \hline a & b \\ \hdashline c & d \\ \hline \end{array}
\sum_{\substack{i<j \\ j<k}} x_{ijk}
\smash{\frac{a}{b}} + c
\text{if $x>0$ then $y_{i}$ else } z
\textbf{for $n$ even}
\text{costs \$5 and $x$ more}
\mbox{a word}
\textsc{Adam} \textit{it} \texttt{code} \textsf{sans} \textrm{serif}
\text{\small small} \text{\Large large}
\boxed{E = mc^2}
\cancel{x} + \bcancel{y} + \xcancel{z}
\angln
\phase{x}
\overline{AB} + \underline{CD}
\widehat{abc} + \widetilde{abc} + \widecheck{x}
\hat{y}, \bar{x}, \tilde{z}, \vec{v}, \dot{q}, \ddot{q}, \mathring{u}
\overrightarrow{AB}
\overbrace{a + b}^{n} + \underbrace{c + d}_{m}
\overset{!}{=} \underset{x}{\min} \stackrel{\text{def}}{=}
\xrightarrow{\text{compile}} \xleftarrow[below]{above}
\left( \frac{a}{b} \right)
\left. \frac{\partial f}{\partial x} \right|_{x=0}
\left[ \frac12 \middle| x \right]
\bigl( \Bigl( \biggl( \Biggl( x
\big| x \big|
\lVert x \rVert_2 \le \lvert y \rvert
\lfloor x \rfloor \lceil y \rceil \langle z \rangle
a < b > c \leq d \geq e \neq f \approx g \sim h \propto i
\forall x \exists y \in \mathbb{R} \setminus \{0\}
A \cup B \cap C \subset D \subseteq E
p \land q \lor \lnot r \Rightarrow s \iff t
\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\iota\kappa\lambda\mu
\Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Phi\Psi\Omega
f'(x) + f''(x)
x_i^{(t)}
{}^{n}C_{k}
\binom{n}{k}
\cfrac{1}{1 + \cfrac{1}{x}}
\dfrac{a}{b} \tfrac{c}{d}
a \, b \: c \; d \! e \quad f \qquad g \ h
\hspace{1em} x \hspace{3pt} y \hspace{-3pt} z
\mkern-18mu x
\mathrel{x} \mathop{y} \mathbin{z} \mathord{w} \mathopen{(} \mathclose{)} \mathpunct{,}
\color{red} x
\textcolor{ForestGreen}{x} + \textcolor{blue}{y}
\color[RGB]{1,2,3} x
\phantom{x} \hphantom{y} \vphantom{z} \mathstrut
\displaystyle \sum_i x_i \textstyle \sum_i \scriptstyle x
\sin x \cos y \tan z \log w \ln v \exp u \max a \min b \det A \dim V \Pr(X)
a \bmod b \pmod{n}
\not= \not\in \notin
\dots \ldots \cdots \vdots \ddots
\infty \partial \nabla \hbar \ell \Re \Im \aleph
A^\dagger A^{*} A^{\top} A^{-1}
d_k \cdot d_v \times d_{\text{model}} \odot e \otimes f \oplus g
\& \% \# \_ \{ \} \$
\newcommand{\RR}{\mathbb{R}} \RR^n
\raisebox{2pt}{x}
\rho_{\mathrm{max}} \gg \varphi \ll \xi
O(n \log n) \mapsto \lfloor \log_2 n \rfloor
""".strip().splitlines()


def mathml(latex: str, display: bool = True) -> str:
    result = convert(latex, display)
    assert isinstance(result, str), result
    return result


def flaw(latex: str) -> Flaw:
    result = convert(latex, False)
    assert isinstance(result, Flaw), result
    return result


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("display", [False, True])
def test_a_formula_is_well_formed_and_has_no_style_attribute(latex: str, display: bool) -> None:
    root = ET.fromstring(mathml(latex, display))
    assert root.tag == "math"
    assert root.get("display") == ("block" if display else None)
    classes = {name for element in root.iter() for name in element.get("class", "").split()}
    assert {name for name in classes if name.startswith("m-")} <= set(CLASSES)
    assert not [element for element in root.iter() if "style" in element.attrib]


def test_no_declaration_of_the_corpus_is_lost_on_the_way_to_a_class() -> None:
    from math_core import LatexError, LatexToMathML

    from greenbed.show.markup import mathstyles

    raw = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
    unknown = set()
    for latex in FORMULAS:
        try:
            text = raw.convert_with_local_state(prepare(latex).latex, displaystyle=True)
        except LatexError:  # those that need our macros; they bring no style of their own
            continue
        for style in mathstyles._STYLE.findall(text):
            for rule in mathstyles._SPACE.sub(r"\1", style).strip("; ").split(";"):
                if rule not in mathstyles._DECLARATIONS and not mathstyles._class_of(rule) and not rule.startswith("width:"):
                    unknown.add(rule)
    assert unknown == set()


def test_the_length_after_a_line_break_is_not_printed() -> None:
    assert "<mi>p</mi>" not in mathml(r"\begin{aligned}a\\[6pt]b\end{aligned}")
    assert mathml(r"\begin{aligned}a\\[6pt]b\end{aligned}") == mathml(r"\begin{aligned}a\\b\end{aligned}")


def test_a_bracket_after_a_line_break_stays() -> None:
    assert '<mo stretchy="false">[</mo><mi>b</mi>' in mathml(r"\begin{matrix}a\\ [b]\end{matrix}")
    assert '<mo stretchy="false">[</mo><mi>b</mi>' in mathml(r"\begin{matrix}a\\[b]\end{matrix}")


def test_maths_inside_text_is_maths() -> None:
    assert "<mtext>if </mtext><mi>x</mi>" in mathml(r"\text{if $x>0$}").replace("\u00a0", " ")


def test_a_dollar_sign_written_as_such_stays_text() -> None:
    assert "$5" in mathml(r"\text{costs \$5}")


def test_a_tag_outside_an_environment_numbers_the_formula() -> None:
    assert "<mtext>(3)</mtext>" in mathml(r"x=1 \tag{3}")


def test_a_backward_space_keeps_its_direction_as_a_class() -> None:
    assert '<mspace class="m-back-3"/>' in mathml(r"a\!b")


def test_a_colour_becomes_the_nearest_named_class() -> None:
    assert '<mrow class="m-red">' in mathml(r"\textcolor{red}{x}")
    assert '<mrow class="m-green">' in mathml(r"\textcolor{ForestGreen}{x}")


def test_inline_and_display_differ() -> None:
    assert mathml("x", False).startswith("<math><")
    assert mathml("x", True).startswith('<math display="block">')


@pytest.mark.parametrize(
    ("latex", "offset", "message"),
    [
        (r"x + \foo", 4, r'unknown command "\foo"'),
        (r"αβ \foo", 3, r'unknown command "\foo"'),
        (r"\frac{1}{", 9, 'expected closing token "}", but reached end of input'),
        (r"a & b", 2, 'found "&", which may only appear in a table-like environment'),
        (r"x^2^3", 3, "duplicate subscript or superscript"),
        (r"\begin{foo}x\end{foo}", 6, 'unknown environment "foo"'),
    ],
)
def test_a_mistake_is_named_with_its_character_and_a_hint(latex: str, offset: int, message: str) -> None:
    found = flaw(latex)
    assert (found.offset, found.message) == (offset, message)
    assert found.hint


@pytest.mark.parametrize(
    "before",
    [
        r"\begin{aligned}a\\[6pt]b\end{aligned} ",
        r"\text{if $x>0$ and $y$} ",
        r"\begin{split}a\end{split} ",
        r"x \tag{1} \text{$a$} ",
    ],
)
def test_a_mistake_after_a_mended_piece_is_still_at_its_own_character(before: str) -> None:
    assert flaw(before + r"\foo").offset == len(before)


def test_thousands_of_nested_groups_are_refused_not_fatal() -> None:
    assert "nests deeper than 200 levels" in flaw(r"\sqrt{" * 3_000 + "}" * 2_000).message
    assert "nests deeper than 200 levels" in flaw(r"\left(" * 300 + "x" + r"\right)" * 300).message
    assert "nests deeper than 200 levels" in flaw(r"\sqrt" * 2_000 + " x").message
    assert "more than 20,000" in flaw(r"\sqrt{" * 4_000).message


def test_what_is_just_within_the_limits_is_converted() -> None:
    assert mathml("{" * MAX_DEPTH + "x" + "}" * MAX_DEPTH)
    assert mathml("x" * MAX_LENGTH)
    assert mathml(r"\sqrt{" * MAX_DEPTH + "x" + "}" * MAX_DEPTH)


def test_a_macro_that_uses_itself_ends() -> None:
    assert "expanding to itself" in flaw(r"\newcommand{\a}{\a}\a").message


def test_equations_of_a_page_are_numbered_in_order_and_referred_to() -> None:
    formulas = [(r"\eqref{loss}", False), (r"\begin{equation}a\end{equation}", True), (r"L = 0 \label{loss}", True)]
    reference, first, second = convert_numbered(formulas, "arrays-")
    assert reference == '<math><mtext><a href="#arrays-eq-loss">(2)</a></mtext></math>'
    assert "<mtext>(1)</mtext>" in str(first)
    assert 'id="arrays-eq-loss"' in str(second)
    assert "<mtext>(2)</mtext>" in str(second)


def test_a_reference_to_no_equation_is_a_flaw() -> None:
    (result,) = convert_numbered([(r"see \eqref{los}", False)], "")
    assert isinstance(result, Flaw)
    assert (result.offset, result.message) == (4, 'no equation of this page has the label "los"')


def test_a_label_given_twice_is_a_flaw() -> None:
    first, second = convert_numbered([(r"a \label{x}", True), (r"b \label{x}", True)], "")
    assert isinstance(first, str)
    assert isinstance(second, Flaw)
    assert second.message == 'two equations have the label "x"'


def test_one_bad_formula_does_not_spoil_the_others() -> None:
    bad, good = convert_numbered([(r"\foo \label{a}", True), (r"x \tag{1}", True)], "")
    assert isinstance(bad, Flaw)
    assert isinstance(good, str)


@pytest.mark.parametrize(("latex", "numbered"), [("x", False), (r"\begin{align*}a\end{align*}", False), (r"x\tag{1}", True)])
def test_only_formulas_with_numbers_wait_for_the_page(latex: str, numbered: bool) -> None:
    assert is_numbered(latex) is numbered


@given(st.text(alphabet="\\{}$[]&^_ abx1tex", max_size=40))
def test_any_text_gives_mathml_or_a_flaw_within_it(latex: str) -> None:
    result = convert(latex, False)
    if isinstance(result, str):
        ET.fromstring(result)
    else:
        assert 0 <= result.offset <= len(latex)


@given(st.text(alphabet="\\{}$[]ptex16", max_size=40))
def test_a_rewritten_formula_maps_every_character_back_into_the_original(latex: str) -> None:
    prepared = prepare(latex)
    assert all(0 <= prepared.origin(offset) <= len(latex) for offset in range(len(prepared.latex) + 1))


def test_the_stylesheet_knows_every_class() -> None:
    css = (Path(__file__).parents[2] / "static" / "css" / "maths.css").read_text(encoding="utf-8")
    assert [name for name in CLASSES if not re.search(rf"\.{re.escape(name)}\b", css)] == []
