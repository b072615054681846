"""One child process that is watched: started, checked, restarted with back-off, stopped. Knows no product."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0
"""Seconds before a dead process is started again; doubles, and starts over after a minute of health."""

_STEADY_SECONDS = 60.0


def _die_with_parent() -> None:
    """In the child, before its program: end when the supervisor is killed, so that no orphan stays."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A process by name. ``healthy`` asks it whether it serves; ``log`` takes its output."""

    name: str
    command: Sequence[str]
    healthy: Callable[[], bool]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _pause: float = FIRST_PAUSE
    _restart_at: float | None = None

    def start(self) -> None:
        """Start the program in a session of its own, so that Ctrl-C reaches only the supervisor."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self._started = time.monotonic()
        self._restart_at = None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.poll() is None

    def wait_until_healthy(self, seconds: float, stopping: Callable[[], bool]) -> bool:
        """Wait until it serves. ``False`` when it died, the time ran out, or the supervisor is stopping."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.alive and not stopping():
            if self.healthy():
                return True
            time.sleep(0.1)
        return False

    def revive(self) -> str | None:
        """Call regularly: plans and makes restarts. Returns one line when something happened."""
        if self.alive:
            if time.monotonic() - self._started > _STEADY_SECONDS:
                self._pause = FIRST_PAUSE
            return None
        if self._restart_at is None:
            self._restart_at = time.monotonic() + self._pause
            line = f"{self.name} stopped; starting again in {self._pause:.1f} s"
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return line
        if time.monotonic() >= self._restart_at:
            self.start()
            return f"{self.name} started again"
        return None

    def stop(self, seconds: float = 12.0) -> None:
        """Ask it to end, then make it end."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_line(self) -> str:
        """The last line it wrote, for the message when it does not start."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1] if lines else ""
