"""Memory of running processes, from /proc. Linux only."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Memory:
    """Resident MB (of 1,048,576 bytes), and proportional MB (shared pages counted once over all who share them)."""

    rss: float
    pss: float

    def __add__(self, other: "Memory") -> "Memory":
        return Memory(self.rss + other.rss, self.pss + other.pss)


def of_process(pid: int) -> Memory:
    """Memory of a process with all its children. Raises ``OSError`` when it does not run."""
    total = Memory(0.0, 0.0)
    for one in _family(pid):
        try:
            fields = _fields(Path(f"/proc/{one}/smaps_rollup"))
        except ProcessLookupError:
            if one == pid:
                raise
            continue  # a short-lived child, such as a Redis rewrite, ended meanwhile
        total += Memory(fields["Rss"] / 1024, fields["Pss"] / 1024)
    return total


def _family(pid: int) -> Iterator[int]:
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            yield from _family(int(child))


def _fields(path: Path) -> dict[str, int]:
    """``Name:  123 kB`` lines."""
    found = {}
    for line in path.read_text().splitlines():
        name, _, rest = line.partition(":")
        words = rest.split()
        if len(words) == 2 and words[1] == "kB":
            found[name] = int(words[0])
    return found
