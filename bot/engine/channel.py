"""The engine's only door: turns in, answers out. It never logs a word and never answers with nothing.

Rasa's REST channel logs the text on failure and answers 200 with an empty list (rasa 3.6.21,
core/channels/rest.py); here an empty or failed turn is a 503, and the gateway shows its emergency card.
"""

import asyncio
import base64
import binascii
import hmac
import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Request, Sanic
from sanic.response import HTTPResponse, empty, json

from bot.engine.quiet import ENGINE_LOGGER
from bot.engine.turn_context import TurnContext, current

LOG = logging.getLogger(ENGINE_LOGGER)

TURN_SECONDS = 4.0
"""The gateway waits this long before it shows its own card (DESIGN §4: within 5 s)."""

TEXT_LIMIT = 2600
"""The 2,000 characters of a message, plus what placeholders may add."""

PASSED_ON = ("assessment", "fixed", "danger", "danger_shown", "region", "easy", "address_form", "now")
"""What actions may see of a request. Key and text are not among them."""

_SENDER = re.compile(r"[0-9a-f]{32}")
_CHOICE = re.compile(r"[a-z0-9_.]{1,60}(:[a-z0-9_-]{1,60})?")


class BadTurn(Exception):
    """A request that is not of the contract. Carries no content."""


class AnswerChannel(OutputChannel):
    """Collects what the actions say into the turn's answer."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "lichtpunt"

    async def send_custom_json(self, recipient_id: str, json_message: Any, **_: Any) -> None:
        """Take a reply, or the turn's outcome (``assessment`` and ``effect``)."""
        answer = current.get().answer
        if "outcome" in json_message:
            answer.update(json_message["outcome"])
        else:
            answer.setdefault("replies", []).append(json_message)

    async def send_text_message(self, recipient_id: str, text: str, **_: Any) -> None:
        """Refuse: every sentence comes from a content file, through an action, as a reply."""
        raise BadTurn("plain text reply")


class LichtpuntInput(InputChannel):
    """Speaks the contract of docs/architecture.md, on loopback, to the gateway only."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 32:
            raise ValueError("ENGINE_SECRET is missing or shorter than 32 characters")
        self._expected = f"Bearer {secret}".encode()

    @classmethod
    def name(cls) -> str:
        """The last part of the channel's path."""
        return "lichtpunt"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "LichtpuntInput":
        """Build the channel from ``bot/credentials.yml``."""
        return cls(str((credentials or {}).get("secret", "")))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The four calls. ``on_new_message`` is Rasa's own way in; turns use the processor under our lock."""
        routes = Blueprint("lichtpunt")

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok", "model": _agent(request.app).model_id})

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._guarded(request, self._turn)

        @routes.post("/greet")
        async def greet(request: Request) -> HTTPResponse:
            return await self._guarded(request, self._turn)

        @routes.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            return await self._guarded(request, self._forget)

        return routes

    async def warm_up(self, app: Sanic) -> None:
        """Play turns of nobody, so that the first visitor does not wait for what loads at first use.

        The second text is not Dutch, because the language models load at the first doubt.
        """
        for text in ("mijn man slaat mij", "hello can you help me please"):
            body = {
                "sender": secrets.token_hex(16),
                "key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
                "id": "",
                "text": text,
                "now": datetime.now(UTC).isoformat(),
            }
            await self._turn(app, body, "turn")
            await self._forget(app, body, "forget")

    async def _guarded(
        self, request: Request, handle: Callable[[Sanic, dict[str, Any], str], Awaitable[HTTPResponse]]
    ) -> HTTPResponse:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, self._expected):
            return empty(status=401)
        started = time.monotonic()
        name = request.path.rsplit("/", 1)[-1]
        try:
            body = request.json
            if not isinstance(body, dict) or not _SENDER.fullmatch(str(body.get("sender"))):
                raise BadTurn("sender")
            answer = await asyncio.wait_for(handle(request.app, body, name), TURN_SECONDS)
        except BadTurn:
            return empty(status=422)
        except Exception as error:  # noqa: BLE001 - the kind of error may be logged, its message may hold text
            LOG.error("turn_failed call=%s error=%s", name, type(error).__name__)
            return empty(status=503)
        LOG.debug("turn_done call=%s ms=%d", name, (time.monotonic() - started) * 1000)
        return answer

    async def _turn(self, app: Sanic, body: dict[str, Any], name: str) -> HTTPResponse:
        context = TurnContext(key=_key(body), message_id=str(body.get("id", "")), payload=body)
        token = current.set(context)
        try:
            agent = _agent(app)
            sender = body["sender"]
            message = _message(body, sender, name)
            async with agent.lock_store.lock(sender):
                record = await agent.tracker_store.load(sender)
                last = (record or {}).get("last") or {}
                if context.message_id and last.get("id") == context.message_id:
                    return json(last["answer"])
                await agent.processor.handle_message(message)
            if not context.answer.get("replies"):
                raise RuntimeError("empty answer")
            return json(context.answer)
        finally:
            current.reset(token)

    async def _forget(self, app: Sanic, body: dict[str, Any], name: str) -> HTTPResponse:
        agent, sender = _agent(app), body["sender"]
        await agent.tracker_store.delete(sender)
        # Once more behind the turn that may be running: it saves at its end what has just been forgotten.
        async with agent.lock_store.lock(sender):
            await agent.tracker_store.delete(sender)
        return empty(status=204)


def _agent(app: Sanic) -> Any:
    return app.ctx.agent


def _key(body: dict[str, Any]) -> bytes:
    try:
        key = base64.urlsafe_b64decode(str(body["key"]) + "==")
    except (KeyError, binascii.Error, ValueError) as error:
        raise BadTurn("key") from error
    if len(key) != 32:
        raise BadTurn("key")
    return key


def _message(body: dict[str, Any], sender: str, name: str) -> UserMessage:
    """A typed text goes through the pipeline; a button or the greeting is an intent that needs no guessing."""
    metadata = {field: body.get(field) for field in PASSED_ON}
    text, choice = body.get("text"), body.get("choice")
    parsed: dict[str, Any] | None = None
    if name == "greet":
        parsed = _chosen("greet", "")
        metadata["opening"] = True
    elif isinstance(choice, str) and _CHOICE.fullmatch(choice):
        intent, _, value = choice.partition(":")
        parsed = _chosen(intent, value)
    elif not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT:
        raise BadTurn("text")
    return UserMessage(
        text=None if parsed else _no_command(str(text)),
        output_channel=AnswerChannel(),
        sender_id=sender,
        parse_data=parsed,
        input_channel=LichtpuntInput.name(),
        message_id=str(body.get("id", "")),
        metadata=metadata,
    )


def _no_command(text: str) -> str:
    """Rasa reads a leading slash as a command; nothing a visitor types is one."""
    return text.lstrip("/ \t\n") or "."


def _chosen(intent: str, value: str) -> dict[str, Any]:
    aliases = {"handover": "human_request", "region": "give_place"}
    return {
        "text": "",
        "intent": {"name": aliases.get(intent, intent), "confidence": 1.0},
        "entities": [],
        "chosen": {"name": intent, "value": value},
    }
