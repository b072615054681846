"""With a person: who gets which words, that the bot is silent, that nothing is lost or doubled, and how it ends."""

import asyncio
import uuid
from contextlib import nullcontext
from dataclasses import replace

import pytest

from tests.desk.builders import a_desk_with, a_talk, a_visitor, a_waiting_visitor, pass_time
from tests.turns.doubles import (
    CANARY,
    DANGER_WORDS,
    AwayDesk,
    AwayStore,
    CrashingStore,
    HookedStore,
    House,
    ScriptedBot,
    answering,
    everything,
)
from webchat.chats import MOST_EVENTS, ChatGone, ChatKeys, Sealed
from webchat.handover.envelopes import SealedForOthers, open_card
from webchat.handover.tickets import Ending
from webchat.ports import BotReply, BotTurn, Effect, NotAllowedNow, StoreUnavailable
from webchat.turns.room import Step

pytestmark = pytest.mark.asyncio


class SilentBot(ScriptedBot):
    """Greets, and fails the test when anybody asks it anything while it has to be silent."""

    silent = False

    async def answer(self, keys: ChatKeys, turn: BotTurn) -> BotReply:
        assert not self.silent, "the bot was asked while a person has the chat"
        return await super().answer(keys, turn)


def words(talk) -> list[str]:
    return [line.data["text"] for line in talk if line.kind is Sealed.MESSAGE]


async def test_the_bot_is_silent_from_the_first_word_to_a_person_to_the_last():
    bot = SilentBot()
    house, (noor,) = await a_desk_with("Noor", house=House(bot=bot))
    visitor, ticket = await a_talk(house, noor)
    bot.silent = True
    for text in ("hallo", DANGER_WORDS, f"{CANARY} komt", "kapot geheim", "wis alles"):
        assert (await visitor.says(text))["state"] == "with_counsellor"
    for choice in ("/cannot_talk", "/yes", "/handover", "/simpler", "/stalking", "/handover:stay"):
        with pytest.raises(NotAllowedNow) if choice != "/cannot_talk" else nullcontext():
            await visitor.presses(choice)
    await house.visit.signal(visitor.token, "not_alone")
    await visitor.hears()
    assert words(await noor.reads(ticket)) == ["hallo", DANGER_WORDS, "[naam 1] komt", "wis alles"]
    assert bot.turns == []


async def test_a_turn_of_the_bot_that_is_overtaken_by_a_person_goes_to_the_person():
    bot = SilentBot()
    house, (noor,) = await a_desk_with("Noor", house=House(bot=bot))
    visitor, ticket = await a_waiting_visitor(house)
    bot.gate = asyncio.Event()
    turn = asyncio.create_task(visitor.says("ben je er nog"))
    await bot.entered.wait()
    await noor.claim(ticket)
    await visitor.accepts()
    bot.silent = True
    bot.gate.set()
    answer = await turn
    assert (answer["state"], answer["replies"]) == ("with_counsellor", [])
    assert words(await noor.reads(ticket)) == ["ben je er nog"]


async def test_words_reach_each_other_once_and_in_order():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await visitor.says("een")
    await noor.says(ticket, "twee")
    await noor.says(ticket, "drie")
    await visitor.says("vier")
    heard = [event.data for event in await visitor.hears() if event.name == "message"]
    assert [(one["from"], one["text"]) for one in heard] == [
        ("visitor", "een"),
        ("counsellor", "twee"),
        ("counsellor", "drie"),
        ("visitor", "vier"),
    ]
    assert heard[1]["name"] == "Noor"
    assert words(await noor.reads(ticket)) == ["een", "twee", "drie", "vier"]
    assert await visitor.hears() == []


async def test_what_identifies_is_left_out_and_the_page_learns_what():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    answer = await visitor.says(f"ik heet {CANARY}")
    assert answer["redacted_kinds"] == ["person"]
    assert answer["replies"] == []
    (line,) = [line for line in await noor.reads(ticket) if line.kind is Sealed.MESSAGE]
    assert (line.data["text"], line.data["unredacted"]) == ("ik heet [naam 1]", False)


async def test_a_visitor_can_send_an_address_on_purpose_and_it_rests_in_the_talk_alone():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    answer = await visitor.says(f"ik woon in de {CANARY}", send_anyway=True)
    assert answer["redacted_kinds"] == []
    (line,) = [line for line in await noor.reads(ticket) if line.kind is Sealed.MESSAGE]
    assert (line.data["text"], line.data["unredacted"]) == (f"ik woon in de {CANARY}", True)
    assert CANARY not in everything([event.data for event in await visitor.hears()])


async def test_sending_on_purpose_needs_a_person_also_while_waiting():
    house, _people = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.says("mijn adres", send_anyway=True)
    assert refused.value.reason == "only-with-counsellor"


async def test_a_message_that_cannot_be_redacted_does_not_reach_the_person_and_says_so():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    answer = await visitor.says("kapot geheim")
    assert [reply["kind"] for reply in answer["replies"]] == ["redaction_notice"]
    assert words(await noor.reads(ticket)) == []
    await visitor.says("kapot geheim", send_anyway=True)
    assert words(await noor.reads(ticket)) == ["kapot geheim"]


async def test_danger_brings_112_to_the_visitor_and_a_flag_to_the_person_at_once():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    answer = await visitor.says(f"{CANARY} {DANGER_WORDS}", send_anyway=True)
    assert [reply["kind"] for reply in answer["replies"]] == ["danger"]
    assert answer["assessment"]["urgency"] == "acute"
    kinds = [line.kind for line in await noor.reads(ticket)][-2:]
    assert kinds == [Sealed.MESSAGE, Sealed.FLAG]
    assert (await noor.ticket(ticket)).danger
    assert [event.name for event in await visitor.hears()] == ["message", "reply", "assessment"]


async def test_a_visitor_who_waits_for_words_is_seen_to_wait():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await noor.says(ticket, "dag")
    assert (await noor.ticket(ticket)).unanswered is None
    await visitor.says("hallo")
    since = (await noor.ticket(ticket)).unanswered
    house.clock.move(5)
    await visitor.says("hallo?")
    assert (await noor.ticket(ticket)).unanswered == since == house.clock.steady() - 5


async def test_the_same_message_again_says_it_once():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    message_id = str(uuid.uuid4())
    first = await visitor.says("hallo", message_id)
    assert await visitor.says("hallo", message_id) == first
    assert words(await noor.reads(ticket)) == ["hallo"]
    assert [event.name for event in await visitor.hears()] == ["message"]


async def test_a_crash_between_the_talk_and_the_chat_says_it_once_when_it_is_sent_again():
    store = CrashingStore()
    house, (noor,) = await a_desk_with("Noor", house=House(store=store))
    visitor, ticket = await a_talk(house, noor)
    message_id = str(uuid.uuid4())
    store.commits_until_crash = 1
    with pytest.raises(StoreUnavailable):
        await visitor.says("hallo", message_id)
    assert words(await noor.reads(ticket)) == ["hallo"]
    await visitor.says("hallo", message_id)
    assert words(await noor.reads(ticket)) == ["hallo"]
    assert [event.name for event in await visitor.hears()] == ["message"]


async def test_a_message_on_its_way_to_somebody_who_vanishes_is_there_for_the_next_one():
    store = HookedStore()
    house, (noor, sam) = await a_desk_with("Noor", "Sam", house=House(store=store))
    visitor, ticket = await a_talk(house, noor)
    store.before_commit = noor.vanishes
    await visitor.says("hallo")
    await visitor.hears()
    assert await visitor.state() == "waiting"
    await sam.claim(ticket)
    assert words(await sam.reads(ticket)) == ["hallo"]


async def test_a_counsellor_who_ends_while_a_message_is_on_its_way_ends_it_for_the_visitor_too():
    store = HookedStore()
    house, (noor,) = await a_desk_with("Noor", house=House(store=store))
    visitor, ticket = await a_talk(house, noor)

    async def end():
        await noor.ends(ticket)

    store.before_commit = end
    with pytest.raises(ChatGone):
        await visitor.says("hallo")
    assert store._chats == {}


async def test_buttons_of_the_bot_say_why_they_donullcontext():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    for payload in ("/yes", "/simpler", "/handover:stay"):
        with pytest.raises(NotAllowedNow) as refused:
            await visitor.presses(payload)
        assert refused.value.reason == "bot-is-silent"
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.presses("/handover")
    assert refused.value.reason == "already-with-person"
    await visitor.presses("/cannot_talk")
    assert (await noor.ticket(ticket)).flags == ("cannot_talk_freely",)
    assert (await visitor.presses("/handover:stop"))["state"] == "bot"
    assert (await noor.ticket(ticket)).ending is Ending.TO_BOT


async def test_signals_reach_the_person_and_typing_is_a_state_without_words():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    for kind in ("not_alone", "typing", "typing", "back", "free"):
        await house.visit.signal(visitor.token, kind)
    talk = (await noor.reads(ticket))[1:]
    assert [(line.kind, line.data) for line in talk] == [
        (Sealed.SIGNAL, {"kind": "not_alone"}),
        (Sealed.TYPING, {"from": "visitor"}),
        (Sealed.SIGNAL, {"kind": "back"}),
        (Sealed.SIGNAL, {"kind": "free"}),
    ]
    house.clock.move(8)
    await house.visit.signal(visitor.token, "typing")
    assert (await noor.reads(ticket))[-1].kind is Sealed.TYPING


async def test_typing_while_the_bot_has_the_chat_reaches_nobody():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    await house.visit.signal(visitor.token, "typing")
    await noor.claim(ticket)
    assert await noor.reads(ticket) == []


async def test_the_persons_typing_is_shown_unless_words_follow():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await noor.types(ticket)
    assert [(event.name, event.data) for event in await visitor.hears()] == [("typing", {"typing": True})]
    await noor.types(ticket)
    await noor.says(ticket, "dag")
    assert [event.name for event in await visitor.hears()] == ["message"]


async def test_a_line_that_comes_back_after_a_gap_is_shown_to_the_person():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await pass_time(house, 15, noor)
    await visitor.is_there()
    await pass_time(house, 60, noor)
    assert house.clock.steady() - (await noor.ticket(ticket)).seen == 60
    await visitor.is_there()
    await visitor.is_there()
    states = [line.data["what"] for line in await noor.reads(ticket) if line.kind is Sealed.STATE]
    assert states == ["began", "line_back"]
    assert (await noor.ticket(ticket)).seen == house.clock.steady()


async def test_a_chat_survives_a_dropped_line_of_three_minutes():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await pass_time(house, 170, noor)
    await noor.says(ticket, "ben je er nog")
    await visitor.hears()
    assert (await visitor.says("ja"))["state"] == "with_counsellor"


async def test_a_person_who_speaks_keeps_a_silent_visitors_chat_and_talk():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    for _ in range(6):
        await pass_time(house, 600, noor, visitor)
        await noor.says(ticket, "nog even")
        await visitor.hears()
    assert await visitor.state() == "with_counsellor"


async def test_still_here_keeps_the_talk_as_long_as_the_chat():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    for _ in range(5):
        await pass_time(house, 1200, noor, visitor)
        await house.visit.signal(visitor.token, "still_here")
    await noor.claim(ticket)
    await visitor.accepts()
    assert await visitor.state() == "with_counsellor"


@pytest.mark.parametrize(("ending", "shown"), [(Ending.EXIT, "exit"), (Ending.GOODBYE, "goodbye")])
async def test_leaving_shows_how_it_ended_and_wipes_both_sides_at_once(ending, shown):
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await visitor.says("hallo")
    await house.visit.wipe(visitor.token, ending)
    ended = await noor.ticket(ticket)
    assert ended.ending.value == shown
    assert (ended.card, ended.seals) == ("", {})
    assert house.store._chats == {}


async def test_closing_the_page_wipes_too_unless_there_is_a_code_to_come_back_with():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await house.visit.close_page(visitor.token)
    assert (await noor.ticket(ticket)).ending is Ending.CLOSED
    assert house.store._chats == {}
    kept, _ticket = await a_talk(house, noor)
    await with_code(house, kept.token)
    await house.visit.close_page(kept.token)
    assert await kept.state() == "with_counsellor"
    await house.visit.wipe(kept.token)
    with pytest.raises(ChatGone):
        await kept.state()


async def test_a_chat_with_a_code_lives_to_its_hard_end_without_a_line_or_a_word():
    house = House()
    visitor = await a_visitor(house)
    await visitor.hears()
    await with_code(house, visitor.token)
    assert (await house.visit.look(visitor.token))["ends_at"] == "2026-11-24T16:00:00+00:00"
    house.clock.move(4 * 60 * 60 - 1)
    assert await visitor.state() == "bot"
    house.clock.move(1)
    with pytest.raises(ChatGone):
        await visitor.state()


async def test_who_comes_back_by_code_after_the_line_was_lost_finds_the_bot():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await with_code(house, visitor.token)
    await pass_time(house, 16 * 60, noor)
    await noor.wraps_up(ticket)
    heard = await visitor.hears()
    assert [event.data["state"] for event in heard if event.name == "state"] == ["bot"]
    assert (await visitor.says("daar ben ik weer"))["state"] == "bot"


async def test_wiping_by_a_word_to_the_bot_while_waiting_leaves_the_desk_too():
    bot = ScriptedBot(answering("Gewist.", effect=Effect.WIPE))
    house, (noor,) = await a_desk_with("Noor", house=House(bot=bot))
    visitor, _ticket = await a_waiting_visitor(house)
    assert (await visitor.says("wis alles"))["state"] == "ended"
    assert await noor.queue() == []
    assert house.store._chats == {}


async def test_a_desk_that_is_away_does_not_stop_a_visitor_who_leaves():
    desk_store = AwayDesk()
    house, (noor,) = await a_desk_with("Noor", house=House(desk_store=desk_store))
    visitor, _ticket = await a_talk(house, noor)
    desk_store.away = True
    await house.visit.wipe(visitor.token)
    assert house.store._chats == {}


async def test_a_desk_that_is_away_says_that_nobody_is_there_and_the_bot_goes_on():
    desk_store = AwayDesk()
    house = House(desk_store=desk_store)
    visitor = await a_visitor(house)
    desk_store.away = True
    assert (await house.visit.availability())["available"] is False
    assert (await visitor.says("hallo"))["state"] == "bot"


async def test_a_full_chat_says_so_before_anything_is_sent():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    fill = Step((await house.room.load(visitor.keys)).notes, ((Sealed.REPLY, {}),) * (MOST_EVENTS - 40))
    await house.room.change(visitor.keys, lambda chat: fill)
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.says(DANGER_WORDS)
    assert refused.value.reason == "chat-full"
    assert refused.value.replies[0]["kind"] == "danger"
    assert words(await noor.reads(ticket)) == []
    await noor.says(ticket, "dag")
    assert (await visitor.hears())[-1].data["text"] == "dag"


async def test_a_talk_that_ran_out_gives_the_chat_back_to_the_bot():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await house.talks.wipe(await noor.token(ticket))
    heard = await visitor.hears()
    assert heard[-2].data["state"] == "bot"
    assert (await noor.ticket(ticket)).ending is Ending.EXPIRED


async def test_the_store_and_the_desk_hold_no_word_in_clear_and_no_key_of_the_bots_leg():
    house, (noor, _sam) = await a_desk_with("Noor", "Sam")
    visitor = await a_visitor(house)
    await visitor.says("botgeheim")
    await visitor.asks(hope_text="hoopgeheim", code_word="woordgeheim", with_conversation=True)
    (ticket,) = await noor.queue()
    await visitor.hears()
    await noor.claim(ticket.id)
    await visitor.accepts()
    await visitor.says("praatgeheim")
    await noor.says(ticket.id, "antwoordgeheim")
    await visitor.hears()
    stored = everything_stored(house)
    talk = await noor.token(ticket.id)
    card_key = noor.key.open((await noor.ticket(ticket.id)).seals[noor.session].card, "card", ticket.id)
    for word in ("geheim", visitor.token, talk, card_key, noor.key.private.private_bytes_raw().hex()):
        assert word not in stored
    assert talk != visitor.token
    # With all that a counsellor can open there is no way into the chat itself: its events are under another token.
    for key in (talk, card_key):
        with pytest.raises(ChatGone):
            await house.room.load(ChatKeys.from_token(key))
    with pytest.raises(SealedForOthers):
        noor.key.open((await noor.ticket(ticket.id)).seals[noor.session].talk, "card", ticket.id)
    assert open_card(card_key, ticket.id, (await noor.ticket(ticket.id)).card)["code_word"] == "woordgeheim"


async def test_a_store_that_is_away_gives_112_and_nothing_is_lost_or_doubled():
    store = AwayStore()
    house, (noor,) = await a_desk_with("Noor", house=House(store=store))
    visitor, ticket = await a_talk(house, noor)
    message_id = str(uuid.uuid4())
    store.away = True
    with pytest.raises(StoreUnavailable) as refused:
        await visitor.says(DANGER_WORDS, message_id)
    assert refused.value.replies[0]["kind"] == "danger"
    store.away = False
    await visitor.says(DANGER_WORDS, message_id)
    assert words(await noor.reads(ticket)) == [DANGER_WORDS]


async def with_code(house: House, token: str) -> None:
    """What making a return code does to the chat."""
    await house.room.change(ChatKeys.from_token(token), lambda chat: Step(replace(chat.notes, keep=True)))


def everything_stored(house: House) -> str:
    """All bytes at rest, as text; the desk opened, since its own key is the installation's."""
    parts = [house.desk_store._sealed, house.desk._desk.as_bytes()]
    for entry in house.store._chats.values():
        parts += [entry.notes, *entry.events, *entry.results, *entry.results.values()]
    return "".join(part.decode("latin-1") for part in parts)
