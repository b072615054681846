"""The processes of one bench: started one after the other, timed, and stopped in reverse order."""

import time
from types import TracebackType

from scripts.benching.memory import Memory, of_process
from scripts.process import Child
from scripts.run import CannotRun


class Children:
    """A context manager over child processes, by name."""

    def __init__(self) -> None:
        self._children: dict[str, Child] = {}
        self.seconds: dict[str, float] = {}
        """How long each took from its start to its first healthy answer."""

    def __enter__(self) -> "Children":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in reversed(self._children.values()):
            child.stop()

    def start(self, child: Child, seconds: float) -> None:
        """Start a child and wait until it serves. Raises ``CannotRun`` with the last line of its log."""
        began = time.monotonic()
        child.start()
        self._children[child.name] = child
        if not child.wait_until_healthy(seconds, lambda: False):
            why = child.last_line() or f"did not answer within {seconds:.0f} s"
            raise CannotRun(f"{child.name} does not start: {why}")
        self.seconds[child.name] = time.monotonic() - began

    def memory(self, name: str) -> Memory:
        """Memory of a child now. Raises ``OSError`` when it ended."""
        process = self._children[name].process
        if process is None:
            raise OSError(f"{name} was not started")
        return of_process(process.pid)
