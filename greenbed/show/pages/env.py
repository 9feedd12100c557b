"""The templates: one Jinja environment a build, and a template's mistake as a Problem.

Everything is escaped, an undefined name is an error, and macros see nothing but their arguments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from greenbed.model import Code, Config, Problem
from greenbed.show.pages.assets import Assets
from greenbed.show.urls import href

OURS = Path(__file__).resolve().parents[2]
CALLED_BY_TEMPLATES = (Path(__file__).resolve(), OURS / "show" / "urls.py")
_TICKS = re.compile(r"(`+)(.+?)\1")


class TemplateMistake(Exception):
    """A template that is missing or broken; `problem` says where. Never leaves showing."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Templates:
    """The template folder, compiled once."""

    def __init__(self, config: Config, assets: Assets) -> None:
        self.folder = config.templates
        self.env = environment(config.templates, assets)

    def page(self, name: str, **context: object) -> str:
        """A whole page; raises TemplateMistake."""
        with Guard(self.folder, name):
            return self.env.get_template(name).render(context)

    def macro(self, name: str) -> Callable[..., str]:
        """The macro of macros/<name>.html that has its name, as a function that raises TemplateMistake."""
        file = f"macros/{name}.html"
        guard = Guard(self.folder, file)
        with guard:
            found = getattr(self.env.get_template(file).module, name, None)
        if found is None:
            raise TemplateMistake(guard.at(file, 1, f'defines no macro "{name}"'))
        return self.guarded(file, found)

    def guarded(self, file: str, macro: Macro) -> Callable[..., str]:
        """The macro, with its mistakes as Problems."""

        def call(*arguments: object) -> str:
            with Guard(self.folder, file):
                return str(macro(*arguments))

        return call


class Guard:
    """Turns what Jinja, or the code in a template, raises into a TemplateMistake."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(error, TemplateMistake) or not isinstance(error, Exception):
            return
        if isinstance(error, TemplateError) or self.is_the_templates(trace):
            raise TemplateMistake(self.problem(error, trace)) from error

    def is_the_templates(self, trace: TracebackType | None) -> bool:
        """Whether an error comes from what a template does, and not from within our own code."""
        innermost = Path()
        while trace:
            innermost = Path(trace.tb_frame.f_code.co_filename)
            trace = trace.tb_next
        return not innermost.is_relative_to(OURS) or innermost in CALLED_BY_TEMPLATES

    def problem(self, error: Exception, trace: TracebackType | None) -> Problem:
        """Where, and what."""
        if isinstance(error, TemplateNotFound):
            return self.missing(str(error.name or self.name), trace)
        if isinstance(error, TemplateSyntaxError):
            return self.at(error.name or self.name, error.lineno, error.message or "does not parse")
        frames = list(self.own_frames(trace))
        name, line = frames[-1] if frames else (self.name, 1)
        return self.at(name, line, str(error) or type(error).__name__)

    def missing(self, name: str, trace: TracebackType | None) -> Problem:
        """A template that is not in the folder."""
        asked = [f"{self.folder.name}/{file}:{line}" for file, line in self.own_frames(trace)]
        message = f'the template "{name}" is missing from {self.folder.name}/' + (
            f", asked for by {asked[-1]}" if asked else ""
        )
        hint = "put it back, or leave out --templates to use the project's own"
        return Problem(f"{self.folder.name}/{name}", 1, Code.TEMPLATE, message, hint)

    def at(self, name: str, line: int, message: str) -> Problem:
        """A mistake inside a template."""
        path = f"{self.folder.name}/{name}"
        hint = "what a template may see is declared in greenbed/show/pages/views.py and pageviews.py"
        return Problem(path, line, Code.TEMPLATE, f"{path}: {message}", hint)

    def own_frames(self, trace: TracebackType | None) -> Iterator[tuple[str, int]]:
        """(template, line) of each frame that runs in a template."""
        while trace:
            file = Path(trace.tb_frame.f_code.co_filename)
            if file.is_relative_to(self.folder):
                # a page's frames have the template's lines already; a macro that is called from outside keeps compiled ones
                compiled = trace.tb_frame.f_globals.get("__jinja_template__")
                line = compiled.get_corresponding_lineno(trace.tb_lineno) if compiled else trace.tb_lineno
                yield file.relative_to(self.folder).as_posix(), line
            trace = trace.tb_next


def environment(folder: Path, assets: Assets) -> Environment:
    """Jinja with our few filters and functions."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.globals |= {"href": href, "asset": asset_function(assets)}
    env.filters |= {"ticks": ticks, "plain": plain, "day": day, "counted": counted, "number": number, "seconds": seconds}
    return env


def asset_function(assets: Assets) -> Callable[[str, str], str]:
    """asset("css/style.css", head.root): the relative address of a static file."""

    def asset(name: str, root: str) -> str:
        if name not in assets.urls:
            raise TemplateRuntimeError(f'there is no static file "{name}"')
        return href(assets.urls[name], root)

    return asset


def ticks(text: str) -> Markup:
    """A title or summary with `code` between backticks.

    >>> ticks("the `a < b` case")
    Markup('the <code>a &lt; b</code> case')
    """
    if "`" not in text:
        return escape(text)
    return Markup(_TICKS.sub(r"<code>\2</code>", str(escape(text))))


def plain(text: str) -> str:
    """The same without the backticks."""
    return _TICKS.sub(r"\2", text)


def day(value: date) -> str:
    """A date for people.

    >>> day(date(2026, 11, 2))
    '2 Nov 2026'
    """
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{value.day} {months[value.month - 1]} {value.year}"


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun.

    >>> counted(1, "bit", "bits"), counted(1200, "bit", "bits")
    ('1 bit', '1,200 bits')
    """
    return f"{count:,} {one if count == 1 else many}"


def number(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}"


def seconds(value: float) -> str:
    """Seconds of wall time.

    >>> seconds(0.0004), seconds(0.25), seconds(12.3)
    ('< 0.01 s', '0.25 s', '12 s')
    """
    if value < 0.01:
        return "< 0.01 s"
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"
