"""The pure modules of the console, tested by node's own test runner."""

import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent / "unit"


def test_the_modules_without_a_page_do_what_they_say() -> None:
    node = shutil.which("node")
    assert node, "node 20 or newer is needed for the unit tests of the page: apt-get install nodejs"
    files = sorted(str(path) for path in FOLDER.glob("*.test.mjs"))
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# pass 0" not in done.stdout
