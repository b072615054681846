"""Installs the large Dutch model of spaCy from its pinned address. Must not install a file with another hash.

``make model-nl``. Address and hash stand in docker/model-nl.txt; the engine's image uses this script as well.
Exit code 2 and one line when the model cannot be had.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.setup import CannotSetUp, find_uv

PINS = Path(__file__).resolve().parent.parent / "docker" / "model-nl.txt"
LARGEST = 200_000_000
"""Bytes; a bound on what is read into memory, several times the size of a medium model."""

SECONDS = 60
_HASH = re.compile(r"[0-9a-f]{64}")


class CannotInstall(Exception):
    """What is missing and how to get it, in one line."""


@dataclass(frozen=True)
class Pins:
    """Where the model is and what its file must hash to; ``sha256`` is empty when nobody verified one yet."""

    url: str
    sha256: str

    @classmethod
    def read(cls, path: Path) -> "Pins":
        """Read ``name = value`` lines. Raises ``CannotInstall``."""
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError:
            raise CannotInstall(f"{path.name} cannot be read; put it back") from None
        pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
        values = {name.strip(): value.strip() for name, _, value in pairs}
        if not values.get("url", "").startswith("https://"):
            raise CannotInstall(f"{path.name}: url must start with https://")
        return cls(values["url"], values.get("sha256", ""))


def download(url: str) -> bytes:
    """The file at ``url``. Raises ``CannotInstall`` when there is no network or the file is far too large."""
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:
            content: bytes = answer.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise CannotInstall(
            f"no download from {url} ({type(error).__name__}); the product also works without this model"
        ) from None
    if len(content) > LARGEST:
        raise CannotInstall(f"{url} is larger than {LARGEST} bytes; that is not this model")
    return content


def verified(content: bytes, wanted: str, trust: bool) -> str:
    """The hash of ``content``. Raises ``CannotInstall`` when it is not ``wanted``, or unknown and not to be trusted."""
    found = hashlib.sha256(content).hexdigest()
    if wanted and found != wanted:
        raise CannotInstall(f"the file has sha256 {found}, not the pinned {wanted}; nothing was installed")
    if not wanted and not trust:
        raise CannotInstall("no sha256 is pinned")
    return found


def pin(path: Path, found: str) -> None:
    """Write the hash into the file, so that from now on nothing else is accepted."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^sha256 *=.*$", f"sha256 = {found}", text), encoding="utf-8")


def install(name: str, content: bytes) -> None:
    """Put the wheel into the environment that runs this. Raises ``CannotInstall``."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / name
        wheel.write_bytes(content)
        try:
            uv = find_uv()
        except CannotSetUp as problem:
            raise CannotInstall(str(problem)) from None
        # Its one dependency is spaCy, which the lock file already gives.
        command = [str(uv), "pip", "install", "--quiet", "--no-deps", "--python", sys.executable, str(wheel)]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise CannotInstall(f"uv could not install the model: {last}")


def main(
    arguments: Sequence[str] | None = None,
    fetch: Callable[[str], bytes] = download,
    put: Callable[[str, bytes], None] = install,
    pins_file: Path = PINS,
) -> int:
    """Download, verify, install. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Installs nl_core_news_md from its pinned address.")
    parser.add_argument("--url", default="", help="address instead of the one in docker/model-nl.txt")
    parser.add_argument("--sha256", default="", help="hash instead of the one in docker/model-nl.txt")
    parser.add_argument(
        "--trust-on-first-use", action="store_true", help="no hash is known yet: print and pin what comes"
    )
    chosen = parser.parse_args(arguments)
    try:
        pins = Pins.read(pins_file)
        url, wanted = chosen.url or pins.url, chosen.sha256 or pins.sha256
        if wanted and not _HASH.fullmatch(wanted):
            raise CannotInstall("the sha256 must be 64 hexadecimal digits in lower case")
        if not wanted and not chosen.trust_on_first_use:
            raise CannotInstall(
                "no sha256 is pinned in docker/model-nl.txt; "
                "run once, on a network you trust: make model-nl ARGS=--trust-on-first-use"
            )
        content = fetch(url)
        found = verified(content, wanted, chosen.trust_on_first_use)
        put(url.rsplit("/", 1)[-1], content)
    except CannotInstall as problem:
        print(f"model-nl: {problem}", file=sys.stderr)
        return 2
    if not wanted:
        pin(pins_file, found)
    print(f"nl_core_news_md installed, sha256 {found}; the next `make run` trains with it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
