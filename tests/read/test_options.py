"""Info strings: which fences are Python, and what stands after the language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenbed.model import Code, Options, Raises
from greenbed.read.options import READERS, WORDS, Complaint, is_python, read

PYTHON = [
    "python",
    "py",
    "python3",
    "pycon",
    "Python",
    "PY setup",
    "  python\tcheck",
    "python{1,3}",
    "python,ignore",
    "python:a.py",
]
BRACED = ["{python}", "{python echo=false}", "{python, echo=FALSE}", "{.python .input}", "{.python .input  n=2}", "{.python}"]
CELLS = ["{code-cell} python", "{code-cell} ipython3", "{Code-Cell} Python"]
OTHER = ["", "bash", "pythonic", "python-repl", "python3.12", "text python", "output", "py3", "pytb", "console", "json"]
OTHER_BRACED = ["{r}", "{.bash .input}", "{pythonx}", "{code-cell} julia", "{code-cell}", "{note}", "{=python}"]


@pytest.mark.parametrize("info", [*PYTHON, *BRACED, *CELLS])
def test_python_is_executed(info: str) -> None:
    assert is_python(info)


@pytest.mark.parametrize("info", [*OTHER, *OTHER_BRACED])
def test_other_languages_are_not(info: str) -> None:
    assert not is_python(info)


def test_words_and_options_are_read() -> None:
    info = read(
        'python setup new raises="RuntimeError: view size" needs="torch>=2.5" tol=1e-3 timeout=20 sets="default_dtype" lines=2'
    )
    assert info.words == {"setup", "new"}
    assert info.complaints == ()
    assert info.options == Options(
        raises=Raises("RuntimeError", "view size"),
        needs=("torch>=2.5",),
        tol=1e-3,
        timeout=20.0,
        sets=("default_dtype",),
        new=True,
        lines=(2,),
    )


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("", Options()),
        ("raises=ValueError", Options(raises=Raises("ValueError"))),
        ('raises="torch.OutOfMemoryError"', Options(raises=Raises("torch.OutOfMemoryError"))),
        ('raises="KeyError: \\"a\\": \\\\d"', Options(raises=Raises("KeyError", '"a": \\d'))),
        ("raises='KeyError: a'", Options(raises=Raises("KeyError", "a"))),
        ('skip="needs two GPUs"', Options(skip="needs two GPUs")),
        ('title="A = B"', Options(title="A = B")),
        ('alt="two curves"', Options(alt="two curves")),
        ('lines="3,5-7, 1"', Options(lines=(1, 3, 5, 6, 7))),
        ('needs="torch>=2.5,<3, cuda"', Options(needs=("torch>=2.5,<3", "cuda"))),
        ('needs="torch >= 2.5" needs=einops', Options(needs=("torch>=2.5", "einops"))),
        ('sets="default_dtype, grad_mode" sets=cwd', Options(sets=("default_dtype", "grad_mode", "cwd"))),
    ],
)
def test_values_may_be_bare_or_quoted(written: str, options: Options) -> None:
    info = read(f"python {written}", lines_of_code=9)
    assert (info.options, info.complaints) == (options, ())


@pytest.mark.parametrize(
    ("info", "options"),
    [
        ('{python echo=false fig.width="3" skip="no"}', Options(skip="no")),
        ("{python, tol=1e-3}", Options(tol=1e-3)),
        ('{.python .input  #id n=2 title="a}b"}', Options(title="a}b")),
        ('{code-cell} python raises="ValueError" :tags: [x]', Options(raises=Raises("ValueError"))),
    ],
)
def test_what_belongs_to_other_tools_is_passed_over(info: str, options: Options) -> None:
    read_info = read(info)
    assert (read_info.options, read_info.complaints) == (options, ())


def test_words_count_in_braces_too() -> None:
    assert read("{python check}").words == {"check"}


@pytest.mark.parametrize(
    ("written", "at", "message", "hint"),
    [
        ("chek", 7, 'unknown option "chek"', 'did you mean "check"?'),
        ("  rases=x", 9, 'unknown option "rases"', 'did you mean "raises"?'),
        ("check zzz", 13, 'unknown option "zzz"', None),
        ("{1,3}", 7, 'unknown option "{1,3}"', None),
        ("title = x", 13, 'cannot read "=" after the language', "options are words and key=value, without spaces around the ="),
    ],
)
def test_an_unknown_word_is_reported_at_its_place(written: str, at: int, message: str, hint: str | None) -> None:
    complaint = next(found for found in read(f"python {written}").complaints if found.code is Code.UNKNOWN_OPTION)
    assert (complaint.at, complaint.message) == (at, message)
    assert complaint.hint == (hint or f"known are {', '.join((*WORDS, *READERS))}")


@pytest.mark.parametrize(
    ("written", "at", "message", "hint"),
    [
        ('raises="not found"', 7, 'raises="not found" is no value for "raises"', "write the type, and after a colon"),
        ('raises=""', 7, 'raises="" is no value for "raises"', "write the type"),
        ("raises", 7, '"raises" needs a value', 'write raises="RuntimeError: view size"'),
        ("skip", 7, '"skip" needs a value', 'write skip="needs two GPUs"'),
        ('skip=" "', 7, 'skip=" " is no value for "skip"', "write a text between the quotes"),
        ("tol=0", 7, 'tol="0" is no value for "tol"', "write a number above 0"),
        ("tol=inf", 7, 'tol="inf" is no value for "tol"', "write a number above 0"),
        ("timeout=-3", 7, 'timeout="-3" is no value for "timeout"', "write a number above 0"),
        ("timeout=soon", 7, 'timeout="soon" is no value for "timeout"', "write a number above 0"),
        ('needs="> 2"', 7, 'needs="> 2" is no value for "needs"', "write names, with a version"),
        ("needs=", 7, 'needs="" is no value for "needs"', "write names, with a version"),
        ('sets="a-b"', 7, 'sets="a-b" is no value for "sets"', "write the names of what changes"),
        ("lines=0", 7, 'lines="0" is no value for "lines"', "write lines of this block, which has 9"),
        ("lines=5-3", 7, 'lines="5-3" is no value for "lines"', "write lines of this block"),
        ("lines=10", 7, 'lines="10" is no value for "lines"', "write lines of this block, which has 9"),
        ("lines=1-999999999", 7, 'lines="1-999999999" is no value for "lines"', "write lines of this block"),
        ('lines="a"', 7, 'lines="a" is no value for "lines"', "write lines of this block"),
        ("setup=yes", 7, '"setup" takes no value', "write setup alone"),
        ("tol=1e-3 tol=1e-2", 16, '"tol" is given twice', "keep one of the two"),
        (
            'new title="a b',
            11,
            'the value of "title" does not end with its quote',
            'write title="…", and \\" for a quote inside',
        ),
        ('title="a"b', 7, 'the value of "title" does not end with its quote', 'write title="…"'),
        ("setup check", 13, "a block cannot be both setup and check", "write two blocks"),
        ('raises="A: b" skip="c"', 21, "a block that is skipped raises nothing", "keep skip="),
        ("setup show", 13, "a setup block is not shown, so it shows no value", "take show out"),
        ("show check", 7, "a check block is not shown, so it shows no value", "take show out"),
        ('show raises="A: b"', 7, "a block that raises has no value to show", "take show out"),
    ],
)
def test_a_bad_value_is_reported_at_its_place(written: str, at: int, message: str, hint: str) -> None:
    (complaint,) = read(f"python {written}", lines_of_code=9).complaints
    assert (complaint.at, complaint.code, complaint.message) == (at, Code.BAD_OPTION, message)
    assert complaint.hint.startswith(hint)


def test_all_that_is_wrong_is_reported() -> None:
    complaints = read("python chek tol=x seutp lines=0").complaints
    assert [complaint.at for complaint in complaints] == [7, 12, 18, 24]


PIECES = st.sampled_from(
    [*WORDS, *READERS, "=", '"', "'", " ", "\\", "{", "}", ",", "1e-3", "3-5", "A: b", "torch>=2", "é", "\t"]
)


@given(
    st.lists(PIECES, max_size=15).map("".join) | st.text(max_size=30),
    st.sampled_from(["python ", "{python ", "{code-cell} py "]),
)
def test_any_info_string_is_read(rest: str, language: str) -> None:
    info = read(language + rest, lines_of_code=5)
    for complaint in info.complaints:
        assert isinstance(complaint, Complaint)
        assert len(language) - 1 <= complaint.at < len(language + rest)
        assert complaint.message
        assert complaint.hint
    assert all(1 <= line <= 5 for line in info.options.lines)
    assert info.options.tol is None or info.options.tol > 0


@given(st.text(st.characters(exclude_characters="\n\r")))
def test_a_quoted_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    options = read(f'python title="{escaped}"').options
    assert options.title == (text.strip() or None)
