"""Scratch folders are removed whatever a snippet did to them, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from greenbed.check.supervision.supervise import remove
os.getuid() or (os.setgid(65534), os.setuid(65534))
os.umask(0)
folder = Path(sys.argv[2], "scratch")
(folder / "closed/inner").mkdir(parents=True)
(folder / "closed/inner/file").write_text("x")
(folder / "closed/link").symlink_to(sys.argv[3])
(folder / "closed/inner").chmod(0)
(folder / "closed").chmod(0o500)
remove(folder)
print(folder.exists())
"""


def test_folders_without_rights_go_and_what_links_lead_to_stays_as_it_is() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        theirs = Path(name, "data.csv")
        theirs.write_text("1,2")
        theirs.chmod(0o640)
        command = [sys.executable, "-B", "-c", PROGRAM, str(ROOT), name, str(theirs)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
        assert done.stdout == "False\n"
        assert (theirs.read_text(), theirs.stat().st_mode & 0o777) == ("1,2", 0o640)
