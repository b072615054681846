"""The engine over HTTP, on loopback. Must never send raw text, and takes nothing that people could not be shown."""

from collections.abc import Mapping
from typing import Any

import httpx

from bot.advice.assessment import Assessment
from bot.advice.vocabulary import ReplyKind
from webchat.chats import ChatKeys
from webchat.logs import Event, log
from webchat.ports import BotReply, BotTurn, BotUnavailable, Effect

ENGINE_SECONDS = 4.0
"""How long the engine may take; the fallback has to be shown within 5 s (DESIGN §4)."""

_BASE = "/webhooks/lichtpunt"


class RasaBot:
    """A ``Bot`` that calls the engine's own channel."""

    def __init__(
        self, url: str, secret: str, transport: httpx.AsyncBaseTransport | None = None, address_form: str = "je"
    ) -> None:
        self._address_form = address_form
        # trust_env=False: a proxy of the environment would be a third party that reads along.
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=ENGINE_SECONDS,
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            trust_env=False,
            transport=transport,
        )

    async def greet(self, keys: ChatKeys, turn: BotTurn) -> BotReply:
        """The first words of a chat."""
        return await self._turn("greet", keys, turn)

    async def answer(self, keys: ChatKeys, turn: BotTurn) -> BotReply:
        """The answer to one message."""
        return await self._turn("turn", keys, turn)

    async def forget(self, engine_id: str) -> None:
        """Remove all the engine has of this chat."""
        response = await self._post("forget", {"sender": engine_id})
        if response.status_code != httpx.codes.NO_CONTENT:
            raise BotUnavailable

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def _turn(self, call: str, keys: ChatKeys, turn: BotTurn) -> BotReply:
        response = await self._post(call, {**_body(keys, turn), "address_form": self._address_form})
        try:
            if response.status_code != httpx.codes.OK:
                raise ValueError(call)
            return _read(response.json())
        except (ValueError, KeyError, TypeError, AttributeError):
            log(Event.BOT_FAILED, kind=call, status=response.status_code)
            raise BotUnavailable from None

    async def _post(self, call: str, body: Mapping[str, Any]) -> httpx.Response:
        try:
            return await self._client.post(f"{_BASE}/{call}", json=body)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            log(Event.BOT_FAILED, kind=call, error=type(error).__name__)
            raise BotUnavailable from None


def _body(keys: ChatKeys, turn: BotTurn) -> dict[str, Any]:
    return {
        "sender": keys.engine_id,
        "key": keys.engine_key_text,
        "id": turn.message_id,
        "text": turn.text,
        "choice": turn.choice,
        "now": turn.now.isoformat(),
        "assessment": turn.assessment.as_dict(),
        "fixed": list(turn.fixed),
        "danger": {"level": turn.danger_level, "kinds": list(turn.danger_kinds)},
        "danger_shown": turn.danger_shown,
        "region": turn.region,
        "easy": turn.easy,
    }


def _read(answer: Any) -> BotReply:
    """Check the whole answer. Raises ``ValueError``, ``KeyError`` or ``TypeError`` when it breaks the contract."""
    replies = tuple(_reply(entry) for entry in answer["replies"])
    if not replies:
        raise ValueError("empty")
    effect = answer.get("effect")
    return BotReply(replies, Assessment.from_dict(answer["assessment"]), Effect(effect) if effect else None)


def _reply(entry: Mapping[str, Any]) -> dict[str, Any]:
    text = entry["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("text")
    return {
        "kind": ReplyKind(entry["kind"]).value,
        "text": text,
        "referrals": [{"id": _word(r["id"]), "why": _word(r.get("why") or "")} for r in entry.get("referrals") or ()],
        "choices": [{"title": _word(c["title"]), "payload": _word(c["payload"])} for c in entry.get("choices") or ()],
    }


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("word")
    return value
