"""Empties an image of programs that only serve an intruder: shells, package managers, pip. Must keep Python.

Run once at the end of a build, by Python itself: ``python strip_tools.py``. Python and its libraries are in
/usr/local; nothing of ours starts another program at run time (docs/operations.md).
"""

import shutil
import sys
from pathlib import Path

PROGRAM_FOLDERS = ("bin", "sbin", "usr/bin", "usr/sbin")
"""Debian's programs. The folders themselves stay: the container runtime mounts its init process there."""

PACKAGING = (
    "usr/local/bin/pip*",
    "usr/local/lib/python3.*/site-packages/pip*",
    "var/lib/dpkg",
    "var/lib/apt",
    "etc/apt",
)


def strip(root: Path) -> int:
    """Remove the programs below ``root``. Returns how many entries went."""
    doomed = [entry for folder in PROGRAM_FOLDERS for entry in sorted((root / folder).glob("*"))]
    doomed += [entry for pattern in PACKAGING for entry in sorted(root.glob(pattern))]
    removed = 0
    for entry in doomed:
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            # With a merged /usr the same program is listed twice.
            entry.unlink(missing_ok=True)
        removed += 1
    return removed


if __name__ == "__main__":
    strip(Path(sys.argv[1] if len(sys.argv) > 1 else "/"))
