"""`python -m tests.check.teeth.trying FOLDER`: try the mutants of a note that starts processes; prints JSON."""

from __future__ import annotations

import json
import os
import sys
import uuid
from pathlib import Path

from tests.check.verifying import MARK, checked, config, note, survivors


def main() -> None:
    os.environ[MARK] = mark = uuid.uuid4().hex
    code = "import subprocess\n\nif False:\n    subprocess.Popen(['sleep', '100'])\n1 + 1  # 2"
    verification, _ = checked(config(Path(sys.argv[1]), live=False, teeth=True), note("a.md", code))
    (teeth,) = verification.teeth.values()
    told = {
        "isolation": verification.environment.isolation,
        "untried": teeth.untried,
        "survived": [one.mutant for one in teeth.survivors],
        "left": survivors(mark),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
