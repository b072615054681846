"""Visitors of a bench: one of the product's API, one of the engine alone, one of Rasa's REST channel."""

import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import httpx

from bot.advice import danger, redaction, regions
from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Danger, ReplyKind
from scripts.benching.script import Step
from webchat.adapters.rasa_bot import RasaBot
from webchat.chats import ChatKeys, new_token
from webchat.ports import BotTurn, BotUnavailable

SECONDS = 20.0
"""Longer than any answer may take; a slow answer must be seen, not cut off."""

_NOT_PRESSED = ("/handover", "/human_request", "/wipe", "/stop", "/goodbye")
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Said:
    """How long one message took and whether a real answer came; a fallback card is none."""

    ms: float
    answered: bool


class Visitor(Protocol):
    """One sender. Only the wait for the answer is timed, not what the visitor does itself."""

    async def open(self) -> None:
        """Begin a new chat. Raises ``httpx.HTTPError`` or ``BotUnavailable``."""

    async def say(self, step: Step) -> Said:
        """Send one message and wait for its answer. Never raises for a failed one."""

    async def leave(self) -> None:
        """End the chat and let go of the connection."""


class GatewayVisitor:
    """Talks to the product as a browser does."""

    def __init__(self, base: str) -> None:
        self._http = httpx.AsyncClient(base_url=f"{base}/api/v1", timeout=SECONDS, trust_env=False)
        self._choices: list[str] = []

    async def open(self) -> None:
        """``POST /chats``."""
        answer = await self._http.post("/chats", json={})
        answer.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        self._choices = _payloads(answer.json()["replies"])

    async def say(self, step: Step) -> Said:
        """``POST /chats/current/messages``."""
        choice = _pressed(step, self._choices)
        body = {"id": str(uuid.uuid4()), **({"choice": choice} if choice else {"text": step.text})}
        began = time.perf_counter()
        try:
            answer = await self._http.post("/chats/current/messages", json=body)
        except httpx.HTTPError:
            return Said(_since(began), False)
        ms = _since(began)
        if answer.status_code != httpx.codes.OK:
            return Said(ms, False)
        replies = answer.json()["replies"]
        self._choices = _payloads(replies)
        # The gateway shows the emergency card when the engine gave nothing: quick, but no answer.
        return Said(ms, bool(replies) and all(one["kind"] != ReplyKind.EMERGENCY.value for one in replies))

    async def leave(self) -> None:
        """Wipe the chat."""
        await self._http.delete("/chats/current")
        await self._http.aclose()


@dataclass(frozen=True)
class Heard:
    """What the gateway finds in one text before the engine gets it."""

    text: str
    danger: Danger
    kinds: tuple[str, ...]
    region: Mapping[str, Any] | None


def hear(steps: Iterable[Step]) -> dict[str, Heard]:
    """Read all texts as the gateway would, before anything is timed."""
    words, places, scrubber = danger.load(), regions.load(), redaction.load()
    heard = {}
    for text in {step.text for step in steps}:
        found, place = words.detect(text), places.find(text)
        options = [{"label": one.label, "region_id": one.region_id} for one in place.options]
        region = {"region_id": place.region_id, "options": options, "own": place.own}
        named = place.region_id is not None or bool(options)
        scrubbed = scrubber.redact(text, None).text
        heard[text] = Heard(scrubbed, found.level, tuple(sorted(found.kinds)), region if named else None)
    return heard


class EngineVisitor:
    """Sends the engine what the gateway would send it, with the gateway's own client."""

    def __init__(self, url: str, secret: str, heard: Mapping[str, Heard]) -> None:
        self._bot = RasaBot(url, secret)
        self._heard = heard
        self._keys = ChatKeys.from_token(new_token())
        self._assessment = Assessment()
        self._choices: list[str] = []

    async def open(self) -> None:
        """The greeting of a new chat."""
        self._keys, self._assessment = ChatKeys.from_token(new_token()), Assessment()
        turn = BotTurn(str(uuid.uuid4()), None, None, datetime.now(_AMSTERDAM), self._assessment)
        self._choices = _payloads((await self._bot.greet(self._keys, turn)).replies)

    async def say(self, step: Step) -> Said:
        """One turn."""
        turn = self._turn(step)
        began = time.perf_counter()
        try:
            answer = await self._bot.answer(self._keys, turn)
        except BotUnavailable:
            return Said(_since(began), False)
        ms = _since(began)
        self._assessment, self._choices = answer.assessment, _payloads(answer.replies)
        return Said(ms, True)

    async def leave(self) -> None:
        """Have the engine forget the chat."""
        await self._bot.forget(self._keys.engine_id)
        await self._bot.close()

    def _turn(self, step: Step) -> BotTurn:
        name, now = str(uuid.uuid4()), datetime.now(_AMSTERDAM)
        choice = _pressed(step, self._choices)
        if choice:
            return BotTurn(name, None, choice.removeprefix("/"), now, self._assessment)
        heard = self._heard[step.text]
        return BotTurn(
            name,
            heard.text,
            None,
            now,
            self._assessment,
            danger_level=heard.danger.value,
            danger_kinds=heard.kinds,
            danger_shown=heard.danger is Danger.ACUTE,
            region=heard.region,
        )


class RestVisitor:
    """Talks to a stock Rasa server. A button is its intent with a slash, as Rasa's own buttons are."""

    def __init__(self, base: str) -> None:
        self._http = httpx.AsyncClient(base_url=base, timeout=SECONDS, trust_env=False)
        self._sender = uuid.uuid4().hex

    async def open(self) -> None:
        """A sender that the server has not seen."""
        self._sender = uuid.uuid4().hex

    async def say(self, step: Step) -> Said:
        """``POST /webhooks/rest/webhook``. An empty list is how that channel reports a failure."""
        message = f"/{step.intent}" if step.kind == "button" else step.text
        body = {"sender": self._sender, "message": message}
        began = time.perf_counter()
        try:
            answer = await self._http.post("/webhooks/rest/webhook", json=body)
        except httpx.HTTPError:
            return Said(_since(began), False)
        ms = _since(began)
        return Said(ms, answer.status_code == httpx.codes.OK and bool(answer.json()))

    async def leave(self) -> None:
        """Nothing to wipe: a stock server keeps its trackers until it ends."""
        await self._http.aclose()


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _payloads(replies: Iterable[Mapping[str, Any]]) -> list[str]:
    offered = [str(one["payload"]) for reply in replies for one in reply.get("choices") or ()]
    return [one for one in offered if not one.startswith(_NOT_PRESSED)]


def _pressed(step: Step, choices: Sequence[str]) -> str | None:
    """The button for a step, the same in every run that was offered the same."""
    return choices[len(step.text) % len(choices)] if step.kind == "button" and choices else None
