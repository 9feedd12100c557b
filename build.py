"""The command: `python build.py` publishes the garden to site/, `python build.py --serve` previews it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]

from greenbed.arguments import Command, parse_arguments  # noqa: E402 - the package need not be installed
from greenbed.config import UsageError  # noqa: E402 - likewise

if TYPE_CHECKING:
    from greenbed.console import Console


def main() -> int:
    """Exit code: 0 clean, 1 problems in the content, 2 wrong use, 130 interrupted."""
    try:
        return run(parse_arguments(ROOT, sys.argv[1:]))
    except UsageError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("greenbed"):
            raise
        print(f'build.py: the package "{error.name}" is not installed: python -m pip install -e .', file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("build.py: interrupted; nothing was published", file=sys.stderr)
        return 130


def run(command: Command) -> int:
    """Preview or build; what is heavy is imported only once it is known that there is work."""
    if command.serve:
        from greenbed.serve.preview import preview

        return preview(command.config, host=command.host, port=command.port, open_browser=command.open)
    from greenbed.console import Console
    from greenbed.stamp import unchanged

    console = Console(command.config, command.format)
    if command.accept and not accept(command, console):
        return 1
    report = unchanged(command.config)
    if report is None:
        from greenbed.pipeline import build

        report = build(command.config, console)
    console.show(report)
    return 0 if report.ok else 1


def accept(command: Command, console: Console) -> bool:
    """Write what came into the notes; whether the build is to go on, which it is not where the author said no."""
    from greenbed.accept.dialogue import Answer, settle
    from greenbed.console import wants_colour
    from greenbed.pipeline import acceptable

    proposals = acceptable(command.config, console)
    return settle(proposals, command.config, colour=wants_colour(), yes=command.yes) is not Answer.DECLINED


if __name__ == "__main__":
    sys.exit(main())
