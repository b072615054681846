"""How each process of the product is started and asked for its health. docker/ starts the same commands."""

import secrets
import shutil
import socket
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from scripts.process import Child

ROOT = Path(__file__).resolve().parent.parent

ENGINE_COMMAND = ("-W", "ignore", "-m", "bot.engine.server")
GATEWAY_COMMAND = ("-m", "webchat.main")


@dataclass(frozen=True)
class Place:
    """The private folder of one run, on tmpfs, and the secret that lives as long as it does."""

    folder: Path
    engine_secret: str

    @classmethod
    def make(cls) -> "Place":
        """A folder that only this user can enter. ``/dev/shm`` keeps even ciphertext off the disk."""
        base = "/dev/shm" if Path("/dev/shm").is_dir() else None
        return cls(
            Path(tempfile.mkdtemp(prefix="lichtpunt-", dir=base)),
            secrets.token_hex(32),
        )

    def remove(self) -> None:
        """Remove the folder and all in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    """A loopback port that nothing uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a URL answers 200 within two seconds; no proxy is asked."""
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _pongs(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return b"+PONG" in line.recv(64)
    except OSError:
        return False


def redis(place: Place, kind: str) -> tuple[Child, str]:
    """A private Redis (``chats`` or ``engine``) on a unix socket, and its URL."""
    program = shutil.which("redis-server")
    if program is None:
        raise FileNotFoundError("redis-server")
    path = place.folder / f"{kind}.sock"
    folder = place.folder / kind
    folder.mkdir(exist_ok=True, mode=0o700)
    command = [
        program,
        str(ROOT / "docker" / f"redis-{kind}.conf"),
        "--unixsocket",
        str(path),
        "--dir",
        str(folder),
    ]
    child = Child(f"redis ({kind})", command, lambda: _pongs(path), place.folder / f"redis-{kind}.log")
    return child, f"unix://{path}"


def engine(place: Place, redis_url: str, port: int) -> Child:
    """The Rasa engine with its actions, on loopback."""
    url = f"http://127.0.0.1:{port}/webhooks/lichtpunt/health"
    return Child(
        "engine",
        [sys.executable, *ENGINE_COMMAND],
        lambda: answers(url),
        place.folder / "engine.log",
        {
            "ENGINE_HOST": "127.0.0.1",
            "ENGINE_PORT": str(port),
            "ENGINE_SECRET": place.engine_secret,
            "RASA_REDIS_URL": redis_url,
            "RASA_TELEMETRY_ENABLED": "false",
        },
        ROOT,
    )


def gateway(place: Place, environment: dict[str, str], host: str, port: int) -> Child:
    """The public process."""
    url = f"http://{host}:{port}/healthz"
    return Child(
        "gateway",
        [sys.executable, *GATEWAY_COMMAND],
        lambda: answers(url),
        place.folder / "gateway.log",
        {"ENGINE_SECRET": place.engine_secret, **environment},
        ROOT,
    )
