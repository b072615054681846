"""Trains the engine's model when its inputs changed. ``python -m bot.engine.training [--force]``."""

from bot.engine import quiet

quiet.install()

from bot.engine import shim

shim.install()

import asyncio
import contextlib
import hashlib
import io
import os
import shutil
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

warnings.filterwarnings("ignore")
os.environ["TQDM_DISABLE"] = "1"
# Our own fingerprint decides when to train; Rasa's cache of half-made parts would only fill the disk.
os.environ["RASA_MAX_CACHE_SIZE"] = "0"

from bot.engine.understanding import dutch

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "bot" / "models"
INPUTS = (
    "bot/config.yml",
    "bot/domain",
    "data/nlu",
    "data/rules",
    "bot/engine/components",
    "bot/engine/understanding",
)
CONTENT = ("chattaal.yml", "lexicon.yml")


def _files() -> Iterator[Path]:
    for name in INPUTS:
        path = ROOT / name
        yield from sorted(path.rglob("*.yml")) if path.is_dir() else [path]
        if path.is_dir():
            yield from sorted(path.rglob("*.py"))
    for name in CONTENT:
        yield ROOT / "bot" / "advice" / "content" / name


def fingerprint() -> str:
    """Twelve hex digits over everything that a model depends on, the reader of this machine included."""
    digest = hashlib.sha256((dutch.MODEL if dutch.installed() else "blank").encode())
    for path in _files():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def model_path() -> Path:
    """Where the model for the present inputs is or will be."""
    return MODELS / f"lichtpunt-{fingerprint()}.tar.gz"


def train() -> Path:
    """Train a model and put it in place in one step, so that a half-written one is never loaded."""
    from rasa.model_training import train as rasa_train

    target = model_path()
    MODELS.mkdir(parents=True, exist_ok=True)
    working = MODELS / "working"
    working.mkdir(exist_ok=True)
    # Rasa prints bars and advice; one line of our own says more.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        result = rasa_train(
            domain=str(ROOT / "bot" / "domain"),
            config=str(ROOT / "bot" / "config.yml"),
            training_files=[str(ROOT / "data" / "nlu"), str(ROOT / "data" / "rules")],
            output=str(working),
            force_training=True,
            fixed_model_name="model",
        )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"training ended with code {result.code}")
    for old in MODELS.glob("*.tar.gz"):
        old.unlink()
    os.replace(result.model, target)
    shutil.rmtree(working, ignore_errors=True)
    return target


def main(arguments: list[str]) -> int:
    """Train unless the model for these inputs is there. Prints one line."""
    target = model_path()
    if target.exists() and "--force" not in arguments:
        print(f"model {target.name} is up to date")
        return 0
    started = time.monotonic()
    train()
    print(f"model {target.name} trained in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    asyncio.set_event_loop(asyncio.new_event_loop())
    sys.exit(main(sys.argv[1:]))
