"""A TCP proxy that fails on request, for what `set_offline` cannot do to a running stream. Must understand no HTTP."""

import contextlib
import re
import socket
from enum import Enum
from threading import Lock, Thread

_PIECE = 65536
_KEPT = 200_000
_TOKEN = re.compile(rb'"token": ?"([\w-]+)"')
_REASON = re.compile(rb'"reason": ?"(\w+)"')


class Line(Enum):
    """How the line is: fine, cut, bringing requests up and no answers down, or swallowing both without a word."""

    OK = "ok"
    CUT = "cut"
    HALF_DOWN = "half_down"
    HOLE = "hole"


class FaultProxy:
    """Listens on loopback and passes on to ``port`` as long as ``line`` says so."""

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self.line = Line.OK
        self.bytes_down = 0
        self._heard = b""
        self._told = b""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection; new ones are broken at once."""
        self.line = Line.CUT
        with self._lock:
            broken = list(self._open)
        for end in broken:
            _shut(end)

    @property
    def token(self) -> str:
        """The last token that came by, for browsers whose answers no test can read; empty when there was none."""
        found = _TOKEN.findall(self._heard)
        return found[-1].decode("ascii") if found else ""

    @property
    def farewells(self) -> list[str]:
        """Why pages said they left, in order: no browser shows a test what is in a beacon."""
        return [reason.decode("ascii") for reason in _REASON.findall(self._told)]

    @property
    def told(self) -> bytes:
        """What browsers sent up, as it went over the line: the newest part of it."""
        return self._told

    def stop(self) -> None:
        """Let go of the port."""
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listening.accept()
            except OSError:
                return
            if self.line is Line.CUT:
                browser.close()
                continue
            gateway = socket.create_connection(self._target)
            with self._lock:
                self._open |= {browser, gateway}
            Thread(target=self._pass, args=(browser, gateway, False), daemon=True).start()
            Thread(target=self._pass, args=(gateway, browser, True), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_down: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                if self.line is Line.HOLE or (is_down and self.line is not Line.OK):
                    continue
                target.sendall(piece)
                if is_down:
                    self.bytes_down += len(piece)
                    self._heard = (self._heard + piece)[-_KEPT:]
                else:
                    self._told = (self._told + piece)[-_KEPT:]
        for end in (source, target):
            _shut(end)
        with self._lock:
            self._open -= {source, target}
        source.close()


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
