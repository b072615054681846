"""All places where something could rest: Redis, SQL, files, logs, processes. Must read them whole and change none."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redis import Redis

if TYPE_CHECKING:
    from tests.privacy.product import Product

LARGEST_FILE = 64 * 1024 * 1024
ELSEWHERE = (Path(__file__).parents[2], Path("/tmp"), Path("/var/tmp"), Path("/var/log"), Path("/dev/shm"))
"""Where a process might write although nobody told it to; only files newer than the product are read there."""

_SEPARATOR = b"\n"
_SKIPPED = frozenset({".git", ".venv", "node_modules", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__"})

_READERS: dict[bytes, Callable[[Any, bytes], Any]] = {
    b"string": lambda client, key: client.get(key),
    b"hash": lambda client, key: client.hgetall(key),
    b"list": lambda client, key: client.lrange(key, 0, -1),
    b"set": lambda client, key: client.smembers(key),
    b"zset": lambda client, key: client.zrange(key, 0, -1, withscores=True),
    b"stream": lambda client, key: client.xrange(key),
}


def redis_content(client: Redis) -> bytes:
    """Every key with its type, its value as read and as dumped; a kind of value that is not known is an error."""
    parts: list[bytes] = []
    for key in client.scan_iter("*", count=1000):
        kind: bytes = client.type(key)
        if kind == b"none":
            continue
        parts += [key, *flat(_READERS[kind](client, key)), client.dump(key) or b""]
    return _SEPARATOR.join(parts)


def redis_values(client: Redis) -> set[bytes]:
    """Every single value and every part of a key between colons, for comparing two stores."""
    found: set[bytes] = set()
    for key in client.scan_iter("*", count=1000):
        kind: bytes = client.type(key)
        found |= {*key.split(b":"), *flat(_READERS[kind](client, key))}
    return found


def redis_talk(client: Redis) -> bytes:
    """What a server says about itself and its clients: information, settings, slow log, channels."""
    told = (
        client.info("everything"),
        client.config_get("*"),
        client.slowlog_get(128),
        client.client_list(),
        client.pubsub_channels(),
        client.execute_command("LATENCY", "LATEST"),
        client.execute_command("ACL", "LOG"),
    )
    return repr(told).encode("utf-8")


def flat(value: Any) -> Iterator[bytes]:
    """All leaves of what redis-py returned, as bytes."""
    if isinstance(value, dict):
        for pair in value.items():
            yield from flat(pair)
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from flat(part)
    elif isinstance(value, bytes):
        yield value
    elif value is not None:
        yield str(value).encode("utf-8")


def sql_content(database: Path) -> bytes:
    """Every row of every table, each value by itself, as the database gives it."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as line:
        tables = [name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        parts: list[bytes] = []
        for table in tables:
            rows = line.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - names from the database itself
            parts += [table.encode(), *flat(rows)]
        return _SEPARATOR.join(parts)


def files(*folders: Path) -> dict[str, bytes]:
    """Every file below the folders with its name, which may tell something too. Sockets have no content."""
    return {str(path): str(path).encode() + _SEPARATOR + _read(path) for path in _walk(folders, 0.0)}


def files_since(began: float, *folders: Path) -> dict[str, bytes]:
    """The files below the folders that were written after ``began``, in seconds since 1970."""
    return {str(path): str(path).encode() + _SEPARATOR + _read(path) for path in _walk(folders, began)}


def _walk(folders: Iterable[Path], began: float) -> Iterator[Path]:
    for folder in folders:
        for place, names, entries in os.walk(folder):
            names[:] = [name for name in names if name not in _SKIPPED]
            for entry in entries:
                path = Path(place) / entry
                with contextlib.suppress(OSError):
                    told = path.lstat()
                    if path.is_file() and told.st_mtime >= began and told.st_size <= LARGEST_FILE:
                        yield path


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def process(pid: int) -> dict[str, bytes]:
    """Command line, environment, open files and deleted files of one process.

    A process that closed itself off shows its environment to root alone; then that part is empty here.
    """
    place = Path("/proc") / str(pid)
    found = {"cmdline": _read(place / "cmdline"), "environ": _read(place / "environ")}
    links: list[bytes] = []
    deleted: list[bytes] = []
    with contextlib.suppress(OSError):
        for entry in (place / "fd").iterdir():
            with contextlib.suppress(OSError):
                target = os.readlink(entry)
                links.append(target.encode())
                if target.endswith("(deleted)") and entry.stat().st_size <= LARGEST_FILE:
                    deleted.append(_read(entry))
    return {**found, "fd": _SEPARATOR.join(links), "deleted": _SEPARATOR.join(deleted)}


def all_of(product: "Product", answers: Iterable[bytes]) -> dict[str, bytes]:
    """Every sink of a running product by name, and the files that anybody wrote on this machine meanwhile."""
    found = {"answers": _SEPARATOR.join(answers)}
    for kind in ("chats", "engine"):
        with product.redis(kind) as client:
            found |= {f"redis {kind}": redis_content(client), f"talk of redis {kind}": redis_talk(client)}
    found["sql"] = sql_content(product.staff.database)
    found |= files(product.place.folder, product.temporary)
    found |= files_since(product.began, *ELSEWHERE)
    for name, pid in product.pids().items():
        found |= {f"{part} of {name}": data for part, data in process(pid).items()}
    return found


def cores(*folders: Path) -> list[Path]:
    """Core files in the folders themselves, by the names that kernels give them."""
    return [path for folder in folders for path in folder.glob("core*") if path.is_file()]


def memory(pid: int) -> bytes:
    """All writable memory of a process. Needs root, and the process goes on meanwhile."""
    parts: list[bytes] = []
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as content:
        for line in maps.splitlines():
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            begin, end = (int(edge, 16) for edge in span.split("-"))
            with contextlib.suppress(OSError, ValueError, OverflowError):
                content.seek(begin)
                parts.append(content.read(end - begin))
    return _SEPARATOR.join(parts)
