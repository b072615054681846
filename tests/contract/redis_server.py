"""A private redis-server for tests, on a unix socket and in memory. Must stop with the test that started it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

FIT = {
    "save": "",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "maxmemory": "64mb",
    "maxmemory-policy": "noeviction",
    "slowlog-max-len": "0",
    "enable-debug-command": "no",
}
"""The settings that SECURITY §3.5 asks for."""


@dataclass
class RedisServer:
    """A running server. ``url`` is what the gateway would get as REDIS_URL."""

    folder: Path
    process: "subprocess.Popen[bytes]"
    arguments: list[str]

    @property
    def url(self) -> str:
        return f"unix://{self.folder}/redis.sock"

    def client(self) -> Redis:
        return Redis(unix_socket_path=f"{self.folder}/redis.sock")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.DEVNULL)
        _wait_until_up(self)


@contextmanager
def redis_server(**changed: str) -> Iterator[RedisServer]:
    """Start a server with ``FIT`` settings, except those ``changed`` (underscores stand for dashes)."""
    settings = FIT | {name.replace("_", "-"): value for name, value in changed.items()}
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="lichtpunt-test-") as name:
        folder = Path(name)
        arguments = ["redis-server", "--port", "0", "--unixsocket", f"{folder}/redis.sock", "--loglevel", "warning"]
        for key, value in ({"dir": name} | settings).items():
            arguments += [f"--{key}", value]
        server = RedisServer(folder, subprocess.Popen(arguments, stdout=subprocess.DEVNULL), arguments)
        try:
            _wait_until_up(server)
            yield server
        finally:
            server.kill()


def _wait_until_up(server: RedisServer) -> None:
    for _ in range(200):
        try:
            with server.client() as client:
                client.ping()
            return
        except (RedisError, OSError):
            time.sleep(0.02)
    raise RuntimeError("redis-server did not start; is it installed?")
