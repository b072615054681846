"""A private PostgreSQL for tests, from Debian's package, on a unix socket. Must stop with the test that started it."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKAGED = Path("/usr/lib/postgresql")
OWNER = "postgres"


@dataclass
class PostgresServer:
    """A running server. ``url`` is what the gateway would get as DATABASE_URL."""

    folder: Path
    programs: Path
    owner: dict[str, object]

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, name: str) -> str:
        return f"postgresql://{OWNER}@/{name}?host={self.folder}"

    def run(self, sql: str) -> None:
        """Run one statement as the owner."""
        command = [self.programs / "psql", "-h", self.folder, "-U", OWNER, "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def fresh(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{os.urandom(6).hex()}"
        self.run(f"CREATE DATABASE {name}")
        return self.url_of(name)


def programs() -> Path:
    """The folder with initdb and postgres. Fails loudly when there is none: nothing is skipped."""
    found = sorted(PACKAGED.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("postgres")
    if elsewhere is None:
        raise RuntimeError("PostgreSQL is missing; apt-get install postgresql")
    return Path(elsewhere).parent


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server of our own. PostgreSQL refuses to run as root, so then it runs as the package's own account."""
    # Short, because the path of a socket has a limit of 107 bytes.
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="lp-pg-") as name:
        folder = Path(name)
        owner = _owner(folder)
        server = PostgresServer(folder, programs(), owner)
        data = folder / "data"
        subprocess.run(
            [server.programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **owner,
        )
        fast = ["-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=40", "-c", "listen_addresses="]
        process = subprocess.Popen(
            [server.programs / "postgres", "-D", data, "-k", folder, *fast],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **owner,
        )
        try:
            _wait_until_up(server, process)
            yield server
        finally:
            process.terminate()
            process.wait()


def _owner(folder: Path) -> dict[str, object]:
    if os.getuid() != 0:
        return {}
    account = pwd.getpwnam(OWNER)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _wait_until_up(server: PostgresServer, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(400):
        asked = [server.programs / "pg_isready", "-q", "-h", server.folder]
        if subprocess.run(asked, check=False).returncode == 0:
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start")
