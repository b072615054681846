"""Makes the environment: finds or fetches uv and Python, installs what the lock file says. Standard library only.

``python3 scripts/setup.py [run|test]``. Runs on any Python 3.8 or newer; exit code 2 and one line when it cannot.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".cache" / "tools"
STAMP = VENV / "lichtpunt.stamp"
VERSIONS = ("3.12", "3.11")

DEBIAN_RUN = {"redis-server": "redis-server"}
DEBIAN_TEST = {
    "redis-server": "redis-server",
    "chromium": "chromium",
    "node": "nodejs",
    "npm": "npm",
    "firefox-esr": "firefox-esr",
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
    "/usr/lib/postgresql/*/bin/initdb": "postgresql",
}
"""Programs and the Debian package that brings each; a path with a star is for what Debian keeps off the PATH."""


class CannotSetUp(Exception):
    """What is missing and how to get it, in one line."""


def say(line: str) -> None:
    """One line of progress."""
    print(f"  {line}", flush=True)


def candidates_for_uv() -> Iterator[Path]:
    """Places where uv usually is."""
    found = shutil.which("uv")
    if found:
        yield Path(found)
    for folder in (Path.home() / ".local" / "bin", Path.home() / ".cargo" / "bin", TOOLS / "bin"):
        yield folder / "uv"


def works(command: list[str]) -> bool:
    """Whether a program really starts; a pyenv shim may exist and still fail."""
    try:
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find_uv() -> Path:
    """uv, installed into a folder of this project when the machine has none."""
    for path in candidates_for_uv():
        if path.is_file() and works([str(path), "--version"]):
            return path
    say("uv: installing into .cache/tools")
    pip = [sys.executable, "-m", "pip"]
    if not works([*pip, "--version"]):
        install_debian({"pip": "python3-pip"}, "pip")
    done = subprocess.run(
        [*pip, "install", "--quiet", "--upgrade", "--target", str(TOOLS), "uv"], capture_output=True, text=True
    )
    path = TOOLS / "bin" / "uv"
    if done.returncode != 0 or not path.is_file():
        raise CannotSetUp("uv could not be installed with pip; install it yourself: https://docs.astral.sh/uv/")
    return path


def candidates_for_python() -> Iterator[str]:
    """Interpreters of the right versions: PATH, system, pyenv's versions (whose shims may lie)."""
    for version in VERSIONS:
        found = shutil.which(f"python{version}")
        if found:
            yield found
        yield f"/usr/bin/python{version}"
        yield f"/usr/local/bin/python{version}"
        root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
        for folder in sorted(root.glob(f"{version}.*"), reverse=True):
            yield str(folder / "bin" / "python")


def find_python() -> str | None:
    """The first interpreter that starts and says its version is right, or ``None``."""
    for path in candidates_for_python():
        wanted = "import sys, ssl, sqlite3; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))"
        if Path(path).is_file() and works([path, "-c", wanted]):
            return path
    return None


def is_there(program: str) -> bool:
    """Whether a program is on the PATH, or at a path with a star in it."""
    if program.startswith("/"):
        return any(Path("/").glob(program[1:]))
    return shutil.which(program) is not None


def install_debian(programs: dict[str, str], why: str) -> None:
    """Install Debian packages for programs that are missing; only where this user may."""
    missing = sorted({package for program, package in programs.items() if not is_there(program)})
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise CannotSetUp(f"{why}: missing {names}; install with: sudo apt-get install {names}")
    say(f"Debian packages: installing {names}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], capture_output=True, env=environment)
    # A package's own service must not start: this product starts its own Redis.
    policy = Path("/usr/sbin/policy-rc.d")
    blocked = not policy.exists()
    if blocked:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        done = subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
            capture_output=True,
            env=environment,
        )
    finally:
        if blocked:
            policy.unlink()
    if done.returncode != 0:
        raise CannotSetUp(f"{why}: apt-get could not install {names}; install it by hand")


def stamp(groups: list[str]) -> str:
    """Changes when the environment must be made again."""
    digest = hashlib.sha256(" ".join(groups).encode())
    for name in ("pyproject.toml", "uv.lock"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def sync(groups: list[str]) -> None:
    """Create or update the environment from the lock file, byte-compiled, so that starts are quick."""
    wanted = stamp(groups)
    if STAMP.is_file() and STAMP.read_text() == wanted and works([str(VENV / "bin" / "python"), "-c", ""]):
        say("environment: up to date")
        return
    uv = find_uv()
    python = find_python()
    say(f"environment: installing with {'Python at ' + python if python else 'a Python that uv fetches'} (1 to 5 min)")
    command = [str(uv), "sync", "--frozen", "--no-default-groups", "--python", python or VERSIONS[0]]
    for group in groups:
        command += ["--group", group]
    # pip caches and proxies may need the system's certificates; uv's own are tried first.
    last = ""
    for extra in ({}, {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}):
        environment = {**os.environ, "UV_COMPILE_BYTECODE": "1", "UV_PROJECT_ENVIRONMENT": str(VENV), **extra}
        done = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        if done.returncode == 0:
            STAMP.write_text(wanted)
            return
        last = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""
    if python is None:
        raise CannotSetUp("no Python 3.11 or 3.12 found and uv could not fetch one; install python3.12")
    raise CannotSetUp(f"uv sync failed: {last}")


def main(arguments: list[str]) -> int:
    """Set up for ``run`` (default) or ``test``."""
    testing = "test" in arguments
    groups = ["gateway", "engine"] + (["dev"] if testing else [])
    # What tests added stays: a run after a test must not remove it again.
    if not testing and STAMP.is_file() and STAMP.read_text() == stamp(["gateway", "engine", "dev"]):
        groups.append("dev")
    try:
        if not os.environ.get("REDIS_URL") or not os.environ.get("RASA_REDIS_URL") or testing:
            install_debian(DEBIAN_TEST if testing else DEBIAN_RUN, "Redis" if not testing else "tests")
        sync(groups)
    except CannotSetUp as problem:
        print(f"setup: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
