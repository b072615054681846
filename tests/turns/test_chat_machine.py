"""A visitor and a bad line under random moves, against a model of what must be there: each thing once, in order, until wiped."""

import asyncio
import uuid
from collections.abc import Coroutine
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.turns.doubles import CANARY, House
from webchat.chats import IDLE_SECONDS, ChatGone, ChatKeys
from webchat.turns import Said

TEXTS = ("hoi", "hij slaat mij", f"ik ben {CANARY}", "kapot", "ik ben bang", "hij slaat de deur in")
LITTLE = 20.0


class ChatUnderRandomMoves(RuleBasedStateMachine):
    """One chat. ``said`` is what was acknowledged, in order; ``heard`` is what the page got over its streams."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.house = House(heartbeat=0.001)
        self.token = ""
        self.living = False
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.unacknowledged: list[Said] = []
        self.heard: list[tuple[int, str, dict[str, Any]]] = []

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        self.token = self.do(self.house.chat())
        self.living = True

    def _send(self, said: Said) -> dict[str, Any] | None:
        try:
            answer: dict[str, Any] = self.do(self.house.conversation.visitor_said(self.token, said))
        except ChatGone:
            assert not self.living
            return None
        assert self.living
        return answer

    @rule(text=st.sampled_from(TEXTS))
    def send(self, text: str) -> None:
        """A message that is acknowledged."""
        said = Said(str(uuid.uuid4()), text)
        answer = self._send(said)
        if answer is not None:
            self.said.append((said.message_id, answer))

    @rule(text=st.sampled_from(TEXTS))
    def send_and_lose_the_answer(self, text: str) -> None:
        """The gateway did it, but the page does not know."""
        said = Said(str(uuid.uuid4()), text)
        answer = self._send(said)
        if answer is not None:
            self.said.append((said.message_id, answer))
            self.unacknowledged.append(said)

    @precondition(lambda self: self.unacknowledged)
    @rule()
    def send_again(self) -> None:
        """The same id gives the same answer, and happens once."""
        said = self.unacknowledged.pop(0)
        turns = len(self.house.bot.turns)
        answer = self._send(said)
        if answer is not None:
            assert answer == dict(self.said)[said.message_id]
            assert len(self.house.bot.turns) == turns

    @rule(most=st.integers(1, 6))
    def listen_until_the_line_drops(self, most: int) -> None:
        """Reconnect with the last event that was heard, and hear at most so many."""
        after = self.heard[-1][0] if self.heard else 0
        self.do(self._listen(after, most))

    async def _listen(self, after: int, most: int) -> None:
        try:
            keys = await self.house.streams.open(self.token)
        except ChatGone:
            assert not self.living
            return
        assert self.living
        stream = self.house.streams.run(keys, after, 0.0)
        heard = 0
        async for event in stream:
            if event is None:
                continue
            self.heard.append((event.event_id, event.name, event.data))
            heard += 1
            if heard == most:
                break
        await stream.aclose()

    @rule()
    def somebody_else_guesses(self) -> None:
        """A token that is nearly right opens nothing."""
        wrong = self.token[:-2] + ("AA" if self.token[-2:] != "AA" else "BA")
        with pytest.raises(ChatGone):
            self.do(self.house.visit.look(wrong))

    @rule()
    def time_passes(self) -> None:
        """Little enough to go on, since the page says that it is there."""
        self.house.clock.move(LITTLE)
        if self.living:
            self.do(self.house.visit.signal(self.token, "still_here"))

    @precondition(lambda self: len(self.said) > 3)
    @rule(way=st.sampled_from(("wipe", "idle")))
    def end(self, way: str) -> None:
        """Wiped by the visitor, or too quiet for too long; either way all of it is gone at once."""
        if not self.living:
            return
        if way == "wipe":
            self.do(self.house.visit.wipe(self.token))
        else:
            self.house.clock.move(IDLE_SECONDS + 1)
            self.do(self.house.room.sweep())
        self.living = False
        keys = ChatKeys.from_token(self.token)
        assert keys.engine_id in self.house.bot.forgotten
        assert keys.chat_id not in repr(vars(self.house.store))

    def teardown(self) -> None:
        """Hear the rest, then compare with the model."""
        if self.living:
            self.do(self._listen(self.heard[-1][0] if self.heard else 0, 10_000))
            messages = [data["id"] for _, name, data in self.heard if name == "message"]
            assert messages == [message_id for message_id, _ in self.said]
            replies = [data["id"] for _, name, data in self.heard if name == "reply"]
            assert replies[-len(self._replies()) or len(replies) :] == self._replies()
        ids = [event_id for event_id, _, _ in self.heard]
        assert ids == list(range(1, len(ids) + 1))
        assert CANARY not in repr(self.heard)
        self.do(asyncio.sleep(0))
        self.loop.close()

    def _replies(self) -> list[str]:
        return [reply["id"] for _, answer in self.said for reply in answer["replies"]]


class TestTheChat(ChatUnderRandomMoves.TestCase):
    settings = settings(
        max_examples=40, stateful_step_count=30, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )


@pytest.mark.slow
class TestTheChatAllNight(ChatUnderRandomMoves.TestCase):
    settings = settings(
        max_examples=500, stateful_step_count=50, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
