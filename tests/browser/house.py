"""A whole gateway in this process, with its desk at hand, so that a counsellor's side can be played by the real moves."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import uvicorn

from tests.desk.people import Counsellor
from webchat.app import Gateway, Staff, build, load_knowledge, outside
from webchat.desk.codes import CALL, SpokenCodes
from webchat.limits import Limits
from webchat.organisation import Organisation
from webchat.ports import Clock
from webchat.settings import Settings

T = TypeVar("T")
SECRET = "only-for-these-tests-and-nothing-else"
STARTS_IN_SECONDS = 40.0


class House:
    """Serves on loopback in a thread until ``stop``. With ``database`` questions can be left; ``own`` is its organisation.

    With a ``clock`` of its own a test can let chats grow old.
    """

    def __init__(
        self,
        engine_url: str,
        exit_url: str,
        database: Path,
        own: Organisation | None = None,
        clock: Clock | None = None,
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as found:
            port = found.getsockname()[1]
        told = {
            "PORT": str(port),
            "REDIS_URL": "memory://",
            "RASA_URL": engine_url,
            "ENGINE_SECRET": SECRET,
            "LIMITS": "off",
        }
        settings = Settings.from_environ(told)
        staff = Staff(f"sqlite:///{database}", SECRET)
        around = outside(settings)
        around = replace(around, clock=clock or around.clock)
        knowledge = load_knowledge((own and own.address_form) or "je")
        self.gateway: Gateway = build(knowledge, around, Limits(False), exit_url, heartbeat=5.0, staff=staff, own=own)
        self._codes = SpokenCodes(around.codes, around.clock, around.secret)
        config = uvicorn.Config(
            self.gateway.app, port=port, log_config=None, access_log=False, ws="none", http="h11", lifespan="on",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        self.url = f"http://127.0.0.1:{port}/"
        self._server = uvicorn.Server(config)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()
        until = time.monotonic() + STARTS_IN_SECONDS
        while not self._server.started:
            assert time.monotonic() < until and self._thread.is_alive(), "the gateway did not start"
            time.sleep(0.02)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._run())

    async def _run(self) -> None:
        assert self.gateway.staff is not None
        await self.gateway.staff.database.upgrade()
        await self._server.serve()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it in the gateway's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def counsellor(self, name: str = "Noor", **about: Any) -> Counsellor:
        """Somebody at a console, on duty."""
        made = Counsellor(self.gateway.desk, self.gateway.talks, name, **about)
        return self.do(made.arrive())

    def open_call_code(self, code: str) -> dict[str, Any]:
        """What a phone worker gets for a code."""
        card: dict[str, Any] = self.do(self._codes.use(CALL, code))["card"]
        return card

    def answer_the_question(self, answer: str) -> str:
        """The next shift answers the oldest question; returns the question as it was read."""
        return self.do(self._answer(answer))

    async def _answer(self, answer: str) -> str:
        assert self.gateway.staff is not None
        questions = self.gateway.staff.questions
        question = (await questions.waiting())[0]
        await questions.answer(question.id, answer)
        return question.text

    def stop(self) -> None:
        """Let go of the port."""
        self._server.should_exit = True
        self._thread.join(10)
        self._loop.close()
