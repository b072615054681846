"""Format, lint, types, import contracts; with ``--tests`` also the fast tests. The only list of tools."""

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent

CHECKS = (
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("types", ("mypy",)),
    ("imports", ("lint-imports", "--no-logo")),
    ("content", ("scripts.content",)),
)

FAST_TESTS = (
    "tests/advice",
    "tests/redaction",
    "tests/turns",
    "tests/api",
    "tests/contract",
    "tests/content",
    "tests/docs",
    "tests/deploy",
)


def _run(name: str, command: tuple[str, ...]) -> bool:
    started = time.monotonic()
    program = (
        [str(BIN / command[0])] if (BIN / command[0]).exists() else [sys.executable, "-W", "ignore", "-m", command[0]]
    )
    done = subprocess.run([*program, *command[1:]], capture_output=True, text=True)
    print(f"  {name:10} {'ok' if done.returncode == 0 else 'FAILED'}  {time.monotonic() - started:.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout[-6000:], done.stderr[-3000:], flush=True)
    return done.returncode == 0


def main(arguments: list[str]) -> int:
    """Run all checks, also after one failed; exit code 1 when any did."""
    good = [_run(name, command) for name, command in CHECKS]
    if "--tests" in arguments:
        good.append(_run("tests", ("pytest", "-q", *FAST_TESTS)))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
