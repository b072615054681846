"""Positive controls: a copy of each sink with something planted in it. Must use the very readers that the proof uses."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from redis import Redis

from tests.contract.redis_server import redis_server
from tests.privacy import sinks

_HOLDING = """
import sys, tempfile, time
held = tempfile.TemporaryFile()
held.write(sys.stdin.buffer.read())
held.flush()
print("ready", flush=True)
time.sleep(60)
"""

Plant = Callable[[bytes], bytes]
"""Puts bytes into a copy of a sink and gives back what the proof reads of that copy."""


def copy_of_redis(original: Redis, planted: bytes) -> bytes:
    """All keys restored in another Redis, and the bytes in each kind of value and in a key's name."""
    with redis_server(rdbcompression="no") as server, server.client() as copy:
        for key in original.scan_iter("*"):
            dumped = original.dump(key)
            if dumped:
                copy.restore(key, 0, dumped)
        copy.hset("control:hash", mapping={b"field": planted})
        copy.rpush("control:list", planted)
        copy.zadd("control:zset", {planted: 1})
        copy.sadd("control:set", planted)
        copy.xadd("control:stream", {b"field": planted})
        copy.set(b"control:name:" + planted, b"1")
        seen = [sinks.redis_content(copy)]
        for key in copy.scan_iter("control:*"):
            others = [name for name in copy.scan_iter("control:*") if name != key]
            seen.append(_only(copy, key, others))
        assert all(planted in part for part in seen)
        return sinks.redis_content(copy)


def _only(copy: Redis, key: bytes, others: list[bytes]) -> bytes:
    """What is read when the planted bytes are in this one key."""
    kept = {name: copy.dump(name) for name in others}
    copy.delete(*others)
    content = sinks.redis_content(copy)
    for name, dumped in kept.items():
        copy.restore(name, 0, dumped)
    return content


def copy_of_sql(original: Path, folder: Path, planted: bytes) -> tuple[bytes, bytes]:
    """A copy of the staff database with the bytes in a row: as the database gives it, and the files with the WAL."""
    copy = folder / "copied.sqlite"
    for old in folder.glob("copied.sqlite*"):
        old.unlink()
    with contextlib.closing(sqlite3.connect(original)) as line, contextlib.closing(sqlite3.connect(copy)) as there:
        line.backup(there)
        there.execute("PRAGMA journal_mode=WAL")
        there.execute("CREATE TABLE control (planted BLOB)")
        there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        there.execute("INSERT INTO control VALUES (?)", (planted,))
        there.commit()
        found = sinks.files(folder)
        assert planted in found[f"{copy}-wal"]
        return sinks.sql_content(copy), b"".join(data for name, data in found.items() if "copied.sqlite" in name)


def append_only_file(planted: bytes) -> bytes:
    """Written by Redis itself, then wiped from its memory: on its disk it is still there."""
    with redis_server(rdbcompression="no") as server, server.client() as copy:
        copy.set("control", planted)
        copy.unlink("control")
        time.sleep(0.1)
        return b"".join(sinks.files(server.folder).values())


def copy_of_files(original: Path, folder: Path, planted: bytes) -> bytes:
    """A copy of a folder in which every file got the bytes at its end, and one file has them as its only content."""
    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(original, copy, ignore=lambda place, names: [n for n in names if n.endswith(".sock")])
    for path in copy.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes() + planted)
    (copy / "only").write_bytes(planted)
    found = sinks.files(copy)
    assert all(planted in data for data in found.values())
    return b"".join(found.values())


def new_file(folder: Path, planted: bytes) -> bytes:
    """A file written elsewhere after the start."""
    began = time.time()  # noqa: TID251 - compared with the time of a file
    path = folder / "elsewhere"
    path.write_bytes(planted)
    os.utime(path, (began + 1, began + 1))
    return b"".join(sinks.files_since(began, folder).values())


def process_with(planted: bytes) -> dict[str, bytes]:
    """A process with the bytes in its command line, its environment and a file that was deleted while open."""
    safe = planted.replace(b"\0", b"")
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDING, safe],
        env={b"PATH": os.environ["PATH"].encode(), b"CONTROL": safe},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert child.stdin
        assert child.stdout
        child.stdin.write(planted)
        child.stdin.close()
        child.stdout.readline()
        return sinks.process(child.pid)
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
