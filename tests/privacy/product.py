"""The real product on private folders: two Redis, a staff database, engine and gateway at DEBUG. Must replace none of them by a double."""

import asyncio
import os
import resource
import secrets
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from redis import Redis
from redis.exceptions import RedisError

from scripts import services
from scripts.process import Child
from scripts.services import Place
from scripts.staff import DemoLogin, demo_people

ENGINE_SECONDS = 120.0
"""How long the engine may need to start on a machine that is busy with other tests."""

AGENT = "canary-browser/1.0"


@dataclass(frozen=True)
class StaffSide:
    """The database of the staff side, the secret of the installation, and who can log in."""

    database: Path
    secret: str = field(repr=False)
    people: tuple[DemoLogin, ...] = field(repr=False)
    _left: dict[str, list[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def make(cls, folder: Path) -> "StaffSide":
        """An empty database with the people of a demo."""
        database, secret = folder / "staff.sqlite", secrets.token_hex(32)
        return cls(database, secret, asyncio.run(demo_people(f"sqlite:///{database}", secret)))

    def logins(self, name: str) -> list[str]:
        """The recovery codes that are left of one person; whoever uses one takes it out."""
        (codes,) = (person.codes for person in self.people if person.name == name)
        return self._left.setdefault(name, list(codes))


@dataclass
class Product:
    """The four processes by name, the folders that they may write to, and when they were started."""

    place: Place
    temporary: Path
    children: dict[str, Child]
    urls: dict[str, str]
    base: str
    staff: StaffSide
    began: float = field(default_factory=lambda: time.time())  # noqa: TID251 - compared with file times

    def client(self, **headers: str) -> httpx.Client:
        """A browser without memory. Never asks a proxy."""
        return httpx.Client(base_url=self.base, headers={"User-Agent": AGENT, **headers}, timeout=30, trust_env=False)

    def redis(self, kind: str) -> Redis:
        """A client of ``chats`` or ``engine``."""
        return Redis.from_url(self.urls[kind])

    def pids(self) -> dict[str, int]:
        """The processes that run."""
        return {name: child.process.pid for name, child in self.children.items() if child.process and child.alive}

    def send(self, name: str, number: signal.Signals) -> None:
        """Send a signal to one process."""
        os.kill(self.pids()[name], number)

    def kill(self, name: str) -> None:
        """End one process as a crash would."""
        process = self.children[name].process
        assert process is not None
        process.kill()
        process.wait()

    def start(self, name: str) -> None:
        """Start one process and wait until it serves."""
        child = self.children[name]
        with warnings.catch_warnings():
            # The supervisor leaves closing its handle of the log to the interpreter.
            warnings.simplefilter("ignore", ResourceWarning)
            child.start()
        assert child.wait_until_healthy(ENGINE_SECONDS, lambda: False), f"{name}: {child.last_line()}"
        if name in ("chats", "engine-redis"):
            _leave_readable(self.redis("chats" if name == "chats" else "engine"))


def _leave_readable(client: Redis) -> None:
    """Without compression of dumps and of the append-only file: what is looked for in them must not be folded away."""
    with client:
        client.config_set("rdbcompression", "no")


@contextmanager
def product(environ: Mapping[str, str] | None = None) -> Iterator[Product]:
    """The product until the end of the block. Cores are allowed, so that their absence is the product's own doing."""
    place = Place.make()
    temporary = Path(tempfile.mkdtemp(prefix="lichtpunt-tmp-"))
    with _cores_allowed():
        chats, chats_url = services.redis(place, "chats")
        memory, engine_url = services.redis(place, "engine")
        engine_port, port = services.free_port(), services.free_port()
        engine = services.engine(place, engine_url, engine_port)
        engine.environment = {**engine.environment, "TMPDIR": str(temporary), "LOG_LEVEL": "DEBUG"}
        staff = StaffSide.make(place.folder)
        settings = {
            "REDIS_URL": chats_url,
            "DATABASE_URL": f"sqlite:///{staff.database}",
            "STAFF_SECRET": staff.secret,
            "RASA_URL": f"http://127.0.0.1:{engine_port}",
            "PORT": str(port),
            "LOG_LEVEL": "DEBUG",
            "LIMITS": "off",
            "TMPDIR": str(temporary),
            **(environ or {}),
        }
        gateway = services.gateway(place, settings, "127.0.0.1", port)
        running = Product(
            place,
            temporary,
            {"chats": chats, "engine-redis": memory, "engine": engine, "gateway": gateway},
            {"chats": chats_url, "engine": engine_url},
            f"http://127.0.0.1:{port}",
            staff,
        )
        try:
            for name in running.children:
                running.start(name)
            yield running
        finally:
            for child in reversed(list(running.children.values())):
                child.stop()
            place.remove()
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _cores_allowed() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for something that a process does in its own time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"did not happen within {seconds:.0f} seconds"
        time.sleep(0.05)


def answers(client: Redis) -> bool:
    """Whether a Redis answers."""
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
