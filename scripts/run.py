"""Runs the whole product and keeps it running. ``python -m scripts.run``; stops on Ctrl-C or SIGTERM."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType

from bot.advice.errors import BadContent
from scripts import services, staff
from scripts.process import Child
from webchat.adapters.sql import UnfitDatabase
from webchat.settings import BadSetting, Settings

UNUSABLE = 2
ENGINE_SECONDS = 60.0


class CannotRun(Exception):
    """What is wrong and how to mend it, in one line."""


class Run:
    """One run: preflight, start in order, watch, stop in reverse order."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ
        self._children: list[Child] = []
        self._stop = threading.Event()
        self._place = services.Place.make()
        self._link: str | None = None
        self._demo: tuple[staff.DemoLogin, ...] = ()

    def ask_to_stop(self, *_: int | FrameType | None) -> None:
        """Signal handler: end after the present step."""
        self._stop.set()

    def main(self) -> int:
        """Everything, in order. Returns the exit code."""
        try:
            settings = self._preflight()
            self._train()
            self._start(settings)
        except (CannotRun, BadSetting, BadContent, UnfitDatabase) as problem:
            print(f"lichtpunt: {problem}", file=sys.stderr, flush=True)
            self._end()
            return UNUSABLE
        if not self._stop.is_set():
            self._say_ready(f"http://{settings.host}:{settings.port}", settings.demo)
        while not self._stop.wait(0.2):
            for child in self._children:
                line = child.revive()
                if line:
                    print(f"  {line}", flush=True)
        self._end()
        return 0

    def _preflight(self) -> Settings:
        """Settings, content, port and programs, before anything is started."""
        assumed = {"REDIS_URL": "unix:///assumed", "ENGINE_SECRET": "x" * 32, **self._environ}
        settings = Settings.from_environ(assumed)
        _read_all_content()
        with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, settings.port))
            except OSError:
                raise CannotRun(
                    f"PORT: {settings.port} is in use; stop the other program or choose another, "
                    "for instance PORT=8081 make run"
                ) from None
        return settings

    def _train(self) -> None:
        if self._environ.get("RASA_URL"):
            return
        done = threading.Event()

        def show() -> None:
            while not done.wait(5):
                print("    … still training", flush=True)

        print("  model: training when its inputs changed (about a minute the first time)", flush=True)
        threading.Thread(target=show, daemon=True).start()
        command = [sys.executable, "-W", "ignore", "-m", "bot.engine.training"]
        result = subprocess.run(command, cwd=services.ROOT, capture_output=True, text=True)
        done.set()
        if result.returncode != 0:
            last = (result.stderr.strip().splitlines() or ["no message"])[-1]
            raise CannotRun(f"training failed: {last}")
        print(f"  {result.stdout.strip().splitlines()[-1]}", flush=True)

    def _start(self, settings: Settings) -> None:
        environment = dict(self._environ)
        if not environment.get("REDIS_URL"):
            environment["REDIS_URL"] = self._redis("chats")
        if not environment.get("RASA_URL"):
            engine_redis = environment.get("RASA_REDIS_URL") or self._redis("engine")
            port = services.free_port()
            environment["RASA_URL"] = f"http://127.0.0.1:{port}"
            self._serve(services.engine(self._place, engine_redis, port), ENGINE_SECONDS)
        environment |= staff.home(environment, self._place)
        self._first_people(environment["DATABASE_URL"], environment["STAFF_SECRET"], settings.demo)
        self._serve(services.gateway(self._place, environment, settings.host, settings.port), 20)

    def _first_people(self, url: str, secret: str, demo: bool) -> None:
        """Somebody has to be the first to log in to the console."""
        if demo:
            self._demo = asyncio.run(staff.demo_people(url, secret))
        else:
            self._link = asyncio.run(staff.first_link(url, secret))

    def _say_ready(self, address: str, demo: bool) -> None:
        print(f"\nLichtpunt is ready: {address}  (stop with Ctrl-C)", flush=True)
        print(f"Console for staff:  {address}/staff", flush=True)
        if self._link:
            print(f"First administrator, once, within a day: {address}{self._link}", flush=True)
        if demo:
            print("DEMO: two counsellors; a code works once, so take the next one each time", flush=True)
        for person in self._demo:
            print(f"  {person.name}  password {person.password}  codes {' '.join(person.codes)}", flush=True)

    def _redis(self, kind: str) -> str:
        try:
            child, url = services.redis(self._place, kind)
        except FileNotFoundError:
            raise CannotRun(
                "REDIS_URL: no redis-server on this machine; install it (Debian: sudo apt-get install "
                "redis-server) or give the address of a Redis"
            ) from None
        self._serve(child, 10)
        return url

    def _serve(self, child: Child, seconds: float) -> None:
        if self._stop.is_set():
            return
        started = time.monotonic()
        child.start()
        self._children.append(child)
        if child.wait_until_healthy(seconds, self._stop.is_set):
            print(f"  {child.name}: ready in {time.monotonic() - started:.1f} s", flush=True)
        elif not self._stop.is_set():
            why = child.last_line() or f"did not answer within {seconds:.0f} s"
            raise CannotRun(f"{child.name} does not start: {why}")

    def _end(self) -> None:
        for child in reversed(self._children):
            child.stop()
        self._place.remove()


def _read_all_content() -> None:
    """Read every content file once, so that a broken one is named before anything starts."""
    from bot.advice import answers, danger, directory, phrases, redaction, referral, regions

    for module in (answers, danger, directory, phrases, regions, referral, redaction):
        module.load()


def main() -> int:
    """Run until told to stop. Exit code 2 and one line when something is missing or wrong."""
    run = Run(dict(os.environ))
    signal.signal(signal.SIGINT, run.ask_to_stop)
    signal.signal(signal.SIGTERM, run.ask_to_stop)
    return run.main()


if __name__ == "__main__":
    sys.exit(main())
