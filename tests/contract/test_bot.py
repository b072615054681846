"""What the gateway sends to the engine and takes from it, over HTTP, against a double that speaks the contract."""

import asyncio
import json
from datetime import UTC, datetime

import httpx
import pytest

from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Role
from webchat.adapters.rasa_bot import RasaBot
from webchat.chats import ChatKeys, new_token
from webchat.ports import BotTurn, BotUnavailable, Effect

pytestmark = pytest.mark.asyncio

SECRET = "a long enough secret of the test engine"
GOOD = {
    "replies": [
        {
            "kind": "answer",
            "text": "Dank je.",
            "referrals": [{"id": "veilig-thuis", "why": "Zij denken mee."}],
            "choices": [{"title": "Ja", "payload": "/yes"}],
        }
    ],
    "assessment": Assessment(role=Role.VICTIM).as_dict(),
    "effect": "handover",
}


class EngineDouble:
    """Answers as it is told; keeps what it was sent."""

    def __init__(self, status: int = 200, body: object = None) -> None:
        self.status = status
        self.body = GOOD if body is None else body
        self.requests: list[tuple[str, dict]] = []

    async def __call__(self, scope, receive, send) -> None:
        body = json.loads((await receive())["body"])
        self.requests.append((scope["path"], body))
        headers = dict(scope["headers"])
        status = self.status if headers.get(b"authorization") == f"Bearer {SECRET}".encode() else 401
        content = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": content if status == 200 else b""})


def a_bot(engine: EngineDouble, secret: str = SECRET) -> RasaBot:
    return RasaBot("http://engine", secret, transport=httpx.ASGITransport(engine))


def a_turn(**parts) -> BotTurn:
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    return BotTurn(
        **{"message_id": "m", "text": "hoi", "choice": None, "now": now, "assessment": Assessment(), **parts}
    )


async def test_a_turn_holds_what_the_contract_says():
    engine, keys = EngineDouble(), ChatKeys.from_token(new_token())
    turn = a_turn(
        fixed=("role",),
        danger_level="acute",
        danger_kinds=("hiding",),
        danger_shown=True,
        region={"region_id": "x", "options": [], "own": False},
        easy=True,
    )
    await a_bot(engine).answer(keys, turn)
    path, body = engine.requests[0]
    assert path == "/webhooks/lichtpunt/turn"
    assert body == {
        "sender": keys.engine_id,
        "key": keys.engine_key_text,
        "id": "m",
        "text": "hoi",
        "choice": None,
        "now": "2026-11-24T12:00:00+00:00",
        "assessment": Assessment().as_dict(),
        "fixed": ["role"],
        "danger": {"level": "acute", "kinds": ["hiding"]},
        "danger_shown": True,
        "region": {"region_id": "x", "options": [], "own": False},
        "easy": True,
        "address_form": "je",
    }
    assert len(keys.engine_key_text) == 43
    assert len(keys.engine_id) == 32


async def test_an_answer_is_read_whole():
    answer = await a_bot(EngineDouble()).answer(ChatKeys.from_token(new_token()), a_turn())
    assert answer.replies == tuple(GOOD["replies"])
    assert answer.assessment.role is Role.VICTIM
    assert answer.effect is Effect.HANDOVER


async def test_a_greeting_has_its_own_call():
    engine = EngineDouble(body={**GOOD, "effect": None})
    answer = await a_bot(engine).greet(ChatKeys.from_token(new_token()), a_turn(text=None))
    assert engine.requests[0][0] == "/webhooks/lichtpunt/greet"
    assert answer.effect is None


@pytest.mark.parametrize(
    "body",
    [
        {**GOOD, "replies": []},
        {**GOOD, "replies": [{**GOOD["replies"][0], "text": " "}]},
        {**GOOD, "replies": [{**GOOD["replies"][0], "kind": "joke"}]},
        {**GOOD, "replies": [{**GOOD["replies"][0], "choices": [{"title": "Ja"}]}]},
        {**GOOD, "replies": [{**GOOD["replies"][0], "referrals": ["112"]}]},
        {**GOOD, "replies": "Dank je."},
        {**GOOD, "effect": "explode"},
        {**GOOD, "assessment": {"role": "king"}},
        {**GOOD, "assessment": None},
        {"replies": GOOD["replies"]},
        [],
        b"not json",
        b"",
    ],
)
async def test_an_answer_that_breaks_the_contract_is_no_answer(body):
    with pytest.raises(BotUnavailable):
        await a_bot(EngineDouble(body=body)).answer(ChatKeys.from_token(new_token()), a_turn())


@pytest.mark.parametrize("status", [401, 404, 500, 503, 204, 301])
async def test_any_other_status_is_no_answer(status):
    with pytest.raises(BotUnavailable):
        await a_bot(EngineDouble(status)).answer(ChatKeys.from_token(new_token()), a_turn())


async def test_a_wrong_secret_is_no_answer():
    with pytest.raises(BotUnavailable):
        await a_bot(EngineDouble(), "another secret").answer(ChatKeys.from_token(new_token()), a_turn())


async def test_an_engine_that_is_not_there_is_no_answer(unused_tcp_port):
    bot = RasaBot(f"http://127.0.0.1:{unused_tcp_port}", SECRET)
    with pytest.raises(BotUnavailable):
        await bot.answer(ChatKeys.from_token(new_token()), a_turn())
    with pytest.raises(BotUnavailable):
        await bot.forget("0" * 32)
    await bot.close()


async def test_an_engine_that_hangs_up_is_no_answer():
    async def hang_up(_reader, writer) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    bot = RasaBot(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", SECRET)
    with pytest.raises(BotUnavailable):
        await bot.answer(ChatKeys.from_token(new_token()), a_turn())
    await bot.close()
    server.close()
    await server.wait_closed()


async def test_forgetting_asks_by_id_and_takes_only_204_for_done():
    engine = EngineDouble(204)
    await a_bot(engine).forget("0" * 32)
    assert engine.requests == [("/webhooks/lichtpunt/forget", {"sender": "0" * 32})]
    with pytest.raises(BotUnavailable):
        await a_bot(EngineDouble(200)).forget("0" * 32)


async def test_nothing_of_a_turn_or_an_address_reaches_a_log(caplog, unused_tcp_port):
    caplog.set_level("DEBUG")
    bot = RasaBot(f"http://127.0.0.1:{unused_tcp_port}", SECRET)
    with pytest.raises(BotUnavailable):
        await bot.answer(ChatKeys.from_token(new_token()), a_turn(text="kanariewoord"))
    await bot.close()
    own = [record for record in caplog.records if record.name == "webchat"]
    assert [record.msg for record in own] == ["bot_failed"]
    assert "kanariewoord" not in caplog.text
