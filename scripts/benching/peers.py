"""Rasa as it comes, made, trained and started for comparison. Everything stays in .cache/peers and on loopback."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import services, setup
from scripts.benching import project
from scripts.benching.children import Children
from scripts.benching.product import HOST
from scripts.evaluation.sets import Example
from scripts.process import Child
from scripts.run import CannotRun

PEERS = services.ROOT / ".cache" / "peers"
TRAINING_SECONDS = 1800.0
INSTALL_SECONDS = 900.0
OFFICIAL = ("rasa==3.6.21", "setuptools<71")
"""With its own pins: Python 3.10 and TensorFlow 2.12. Newer setuptools lost pkg_resources, which Rasa 3.6 imports."""

_THROUGH_SHIM = (
    "import sys; from bot.engine import shim; shim.install(); "
    "sys.argv[0] = 'rasa'; from rasa.__main__ import main; main()"
)


@dataclass(frozen=True)
class Recipe:
    """How a peer is made. ``python`` runs actions, ``rasa`` is the command before its arguments."""

    name: str
    title: str
    pipeline: Sequence[dict[str, Any]]
    most_examples: int | None
    python: str
    rasa: Sequence[str]

    @property
    def folder(self) -> Path:
        """Where its project, model and logs are."""
        return PEERS / self.name


def stock() -> Recipe:
    """Rasa 3.6.21 with its linear classifier, in our environment: what differs is what we made of it."""
    title = "stock Rasa 3.6.21, LogisticRegressionClassifier"
    return Recipe("stock", title, project.LINEAR, None, sys.executable, (sys.executable, "-c", _THROUGH_SHIM))


def diet() -> Recipe:
    """Rasa 3.6.21 with TensorFlow and the default pipeline. Makes its environment; raises ``CannotRun``."""
    folder = PEERS / "diet"
    python = folder / "env" / "bin" / "python"
    if not setup.works([str(python), "-c", "import rasa, tensorflow"]):
        _install(python)
    title = "official Rasa 3.6.21, DIETClassifier on TensorFlow"
    return Recipe("diet", title, project.DIET, 30, str(python), (str(python), "-m", "rasa"))


def _install(python: Path) -> None:
    """Python 3.10 and Rasa's official pins, outside this project's settings, which would replace those pins."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    own = sorted(root.glob("3.10.*/bin/python"))
    uv = str(_uv())
    steps = (
        [uv, "venv", "--no-config", "--clear", "--python", str(own[-1]) if own else "3.10", str(python.parents[1])],
        [uv, "pip", "install", "--no-config", "--python", str(python), *OFFICIAL],
    )
    python.parents[2].mkdir(parents=True, exist_ok=True)
    print("  diet: installing official Rasa with TensorFlow (2.7 GB, some minutes)", flush=True)
    for step in steps:
        _run(step, python.parents[2], "diet: environment", INSTALL_SECONDS, {"UV_COMPILE_BYTECODE": "1"})


def _uv() -> Path:
    try:
        return setup.find_uv()
    except setup.CannotSetUp as problem:
        raise CannotRun(f"diet: {problem}") from None


def prepare(recipe: Recipe, examples: Sequence[Example]) -> Path:
    """The trained model of a peer; trains only when its project changed. Raises ``CannotRun``."""
    fingerprint = project.write(recipe.folder, recipe.pipeline, examples, recipe.most_examples)
    models = recipe.folder / "models"
    model = models / f"{fingerprint}.tar.gz"
    if model.exists():
        return model
    print(f"  {recipe.name}: training once, kept for later runs", flush=True)
    command = [*recipe.rasa, "train", "--config", "config.yml", "--domain", "domain.yml", "--data", "data"]
    command += ["--out", "models", "--fixed-model-name", "new", "--force"]
    _run(command, recipe.folder, f"{recipe.name}: training", TRAINING_SECONDS, _environment())
    for old in models.glob("*.tar.gz"):
        if old.name != "new.tar.gz":
            old.unlink()
    (models / "new.tar.gz").rename(model)
    return model


def _run(command: Sequence[str], folder: Path, what: str, seconds: float, more: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **more}, capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise CannotRun(f"{what} took longer than {seconds:.0f} s") from None
    if done.returncode != 0:
        raise CannotRun(f"{what} failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")


def _environment() -> dict[str, str]:
    return {
        "PYTHONPATH": str(services.ROOT),
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        # rasa_sdk has no option for its address and listens everywhere unless told otherwise.
        "SANIC_HOST": HOST,
        "RASA_MAX_CACHE_SIZE": "0",
    }


@dataclass(frozen=True)
class Peer:
    """A running peer. Its children are ``actions`` and ``rasa``."""

    children: Children
    url: str


@contextmanager
def running(recipe: Recipe, model: Path) -> Iterator[Peer]:
    """An action server and a Rasa server with stores in memory, until the block ends. Raises ``CannotRun``."""
    actions_port, port = services.free_port(), services.free_port()
    actions_url, url = f"http://{HOST}:{actions_port}", f"http://{HOST}:{port}"
    endpoints = recipe.folder / "endpoints.yml"
    endpoints.write_text(f"action_endpoint:\n  url: {actions_url}/webhook\n", encoding="utf-8")
    serve = [recipe.python, "-m", "rasa_sdk", "--actions", "peer_actions", "--port", str(actions_port)]
    run = [*recipe.rasa, "run", "-i", HOST, "-p", str(port), "--model", str(model)]
    run += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    with Children() as children:
        for name, command, health in (("actions", serve, f"{actions_url}/health"), ("rasa", run, f"{url}/")):
            log = recipe.folder / f"{name}.log"
            log.unlink(missing_ok=True)
            children.start(Child(name, command, _asks(health), log, _environment(), recipe.folder), 180)
        yield Peer(children, url)


def _asks(url: str) -> Callable[[], bool]:
    return lambda: services.answers(url)
