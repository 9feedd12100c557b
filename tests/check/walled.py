"""`python -m tests.check.walled PROGRAM …`: run a program as an ordinary user whom the kernel grants no namespaces.

It makes a user namespace in which no further one may be made, and gives up every capability there: the way a container without
privileges looks from inside.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from greenbed.check.walls import kernel


def main() -> None:
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER)
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"1000 {uid} 1")
    (own / "gid_map").write_text(f"1000 {gid} 1")
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    kernel.drop_privileges()
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])


if __name__ == "__main__":
    main()
