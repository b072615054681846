"""One message through the gateway: order, safety first, redaction, repeats and failures."""

import asyncio
import uuid

import pytest

from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Role, Topic, Urgency
from tests.turns.doubles import (
    CANARY,
    DANGER_WORDS,
    SUICIDE_WORDS,
    AwayStore,
    House,
    ScriptedBot,
    answering,
    away,
    everything,
    reply,
)
from webchat.chats import MOST_EVENTS, ChatGone, ChatKeys
from webchat.limits import Limits
from webchat.ports import BotReply, Effect, NotAllowedNow, StoreUnavailable
from webchat.turns import Said, TooFast

pytestmark = pytest.mark.asyncio


def a_message(text: str = "mijn man slaat mij") -> Said:
    return Said(str(uuid.uuid4()), text)


def a_choice(payload: str) -> Said:
    return Said(str(uuid.uuid4()), choice=payload)


def kinds(answer: dict) -> list[str]:
    return [reply["kind"] for reply in answer["replies"]]


def referrals(answer: dict) -> list[str]:
    return [referral["id"] for reply in answer["replies"] for referral in reply["referrals"]]


async def test_a_new_chat_greets_and_says_when_it_ends():
    opened = await House().conversation.open_chat(None)
    assert kinds(opened) == ["greeting"]
    assert opened["state"] == "bot"
    assert opened["ends_at"] == "2026-11-24T12:45:00+00:00"
    assert len(opened["token"]) == 43


async def test_a_new_chat_greets_as_a_chatbot_while_the_engine_is_away():
    opened = await House(bot=ScriptedBot(away())).conversation.open_chat(None)
    assert kinds(opened) == ["greeting"]
    assert "chatbot, geen mens" in opened["replies"][0]["text"]


async def test_the_engine_gets_redacted_text_and_the_visitor_hears_what_was_left_out():
    house = House()
    token = await house.chat()
    answer = await house.conversation.visitor_said(token, a_message(f"{CANARY} slaat mij"))
    assert house.bot.turns[0].text == "[naam 1] slaat mij"
    assert answer["redacted_kinds"] == ["person"]
    assert kinds(answer) == ["redaction_notice", "answer"]
    assert "een naam" in answer["replies"][0]["text"]
    assert CANARY not in everything(answer)


async def test_the_reason_for_leaving_out_is_told_once():
    house = House()
    token = await house.chat()
    first = await house.conversation.visitor_said(token, a_message(CANARY))
    second = await house.conversation.visitor_said(token, a_message(CANARY))
    assert len(first["replies"][0]["text"]) > len(second["replies"][0]["text"])


async def test_a_message_that_cannot_be_redacted_goes_nowhere_and_still_brings_numbers():
    house = House()
    token = await house.chat()
    answer = await house.conversation.visitor_said(token, a_message("kapot geheim"))
    assert house.bot.turns == []
    assert referrals(answer)[:2] == ["112", "veilig-thuis"]
    assert "geheim" not in everything(await stored_events(house, token))


async def test_danger_now_puts_112_first_and_tells_the_engine():
    house = House()
    token = await house.chat()
    answer = await house.conversation.visitor_said(token, a_message(f"{CANARY} {DANGER_WORDS}"))
    assert kinds(answer) == ["danger", "redaction_notice", "answer"]
    assert referrals(answer)[0] == "112"
    assert answer["assessment"]["urgency"] == "acute"
    turn = house.bot.turns[0]
    assert (turn.danger_level, turn.danger_shown, turn.danger_kinds) == ("acute", True, ("violence_now",))


async def test_danger_now_puts_112_first_while_the_engine_is_away():
    house = House(bot=ScriptedBot(away()))
    answer = await house.conversation.visitor_said(await house.chat(), a_message(DANGER_WORDS))
    assert kinds(answer) == ["danger", "emergency"]
    assert answer["assessment"]["urgency"] == "acute"


async def test_danger_of_suicide_names_113_beside_112():
    house = House()
    answer = await house.conversation.visitor_said(await house.chat(), a_message(SUICIDE_WORDS))
    assert referrals(answer)[:2] == ["112", "113"]


async def test_perhaps_danger_raises_the_urgency_and_leaves_the_question_to_the_engine():
    house = House()
    answer = await house.conversation.visitor_said(await house.chat(), a_message("ik ben bang"))
    assert kinds(answer) == ["answer"]
    assert answer["assessment"]["urgency"] == "unclear"
    assert house.bot.turns[0].danger_shown is False


async def test_a_notice_never_stands_before_danger_that_only_the_engine_saw():
    house = House(bot=ScriptedBot(BotReply((reply("Bel.", "danger"), reply("Dan dit.")), Assessment())))
    answer = await house.conversation.visitor_said(await house.chat(), a_message(CANARY))
    assert kinds(answer) == ["danger", "redaction_notice", "answer"]


async def test_the_fallback_card_has_the_five_numbers_and_is_final_for_its_id():
    house = House(bot=ScriptedBot(away(), answering("Nu wel.")))
    token, said = await house.chat(), a_message()
    first = await house.conversation.visitor_said(token, said)
    assert kinds(first) == ["emergency"]
    assert referrals(first) == ["112", "veilig-thuis", "kindertelefoon", "centrum-seksueel-geweld", "113"]
    assert await house.conversation.visitor_said(token, said) == first
    assert kinds(await house.conversation.visitor_said(token, a_message())) == ["answer"]


async def test_a_slow_engine_is_not_waited_for():
    house = House(engine_seconds=0.05)
    house.bot.gate = asyncio.Event()
    answer = await house.conversation.visitor_said(await house.chat(), a_message())
    assert kinds(answer) == ["emergency"]


async def test_the_same_message_twice_is_one_turn_with_one_answer():
    house = House(bot=ScriptedBot(answering("Een."), answering("Twee.")))
    token, said = await house.chat(), a_message()
    first = await house.conversation.visitor_said(token, said)
    assert await house.conversation.visitor_said(token, said) == first
    assert len(house.bot.turns) == 1


async def test_a_message_in_flight_makes_its_repeat_wait_for_the_same_answer():
    house = House()
    house.bot.gate = asyncio.Event()
    token, said = await house.chat(), a_message()
    tasks = [asyncio.create_task(house.conversation.visitor_said(token, said)) for _ in range(3)]
    await house.bot.entered.wait()
    house.bot.gate.set()
    answers = await asyncio.gather(*tasks)
    assert answers[0] == answers[1] == answers[2]
    assert len(house.bot.turns) == 1


async def test_another_gateway_that_was_faster_decides_the_answer():
    house = House(bot=ScriptedBot(answering("Traag."), answering("Snel.")))
    house.bot.gate = asyncio.Event()
    token, said = await house.chat(), a_message()
    slow = asyncio.create_task(house.conversation.visitor_said(token, said))
    await house.bot.entered.wait()
    other = House(bot=ScriptedBot(answering("Ander.")), store=house.store, clock=house.clock)
    fast = await other.conversation.visitor_said(token, said)
    house.bot.gate.set()
    assert await slow == fast


async def test_a_turn_is_worked_out_again_when_the_chat_changed_in_between():
    house = House()
    house.bot.gate = asyncio.Event()
    token = await house.chat()
    slow = asyncio.create_task(house.conversation.visitor_said(token, a_message()))
    await house.bot.entered.wait()
    await house.visit.correct(token, {"role": "bystander"})
    house.bot.gate.set()
    assert (await slow)["assessment"]["role"] == "bystander"


async def test_a_corrected_field_stays_whatever_the_engine_proposes():
    proposal = Assessment(role=Role.VICTIM, topics=(Topic.STALKING,), urgency=Urgency.URGENT)
    house = House(bot=ScriptedBot(answering("Goed.", assessment=proposal)))
    token = await house.chat()
    await house.visit.correct(token, {"role": "bystander", "urgency": "normal"})
    answer = await house.conversation.visitor_said(token, a_message("ik ben bang"))
    assert answer["assessment"]["role"] == "bystander"
    assert answer["assessment"]["urgency"] == "normal"
    assert answer["assessment"]["topics"] == ["stalking"]
    assert house.bot.turns[0].fixed == ("role", "urgency")


async def test_a_corrected_urgency_still_rises_to_acute():
    house = House()
    token = await house.chat()
    await house.visit.correct(token, {"urgency": "none"})
    answer = await house.conversation.visitor_said(token, a_message(DANGER_WORDS))
    assert answer["assessment"]["urgency"] == "acute"


async def test_the_region_is_read_before_places_are_removed():
    house = House()
    token = await house.chat()
    await house.conversation.visitor_said(token, a_message("ik woon in zwolle"))
    await house.conversation.visitor_said(token, a_message("in bergen"))
    await house.conversation.visitor_said(token, a_message("gewoon"))
    own, ambiguous, none = (turn.region for turn in house.bot.turns)
    assert own == {"region_id": "ijsselland", "options": [], "own": True}
    assert ambiguous is not None
    assert len(ambiguous["options"]) == 2
    assert none is None


async def test_an_unknown_region_of_the_engine_is_not_taken_over():
    house = House(bot=ScriptedBot(answering("Ja.", assessment=Assessment(region="atlantis"))))
    answer = await house.conversation.visitor_said(await house.chat(), a_message())
    assert answer["assessment"]["region"] is None


async def test_an_unknown_referral_of_the_engine_is_left_out():
    referred = reply(referrals=[{"id": "atlantis", "why": ""}, {"id": "veilig-thuis", "why": "Zij helpen."}])
    house = House(bot=ScriptedBot(BotReply((referred,), Assessment())))
    answer = await house.conversation.visitor_said(await house.chat(), a_message())
    assert referrals(answer) == ["veilig-thuis"]
    assert answer["replies"][0]["referrals"][0]["why"] == "Zij helpen."


@pytest.mark.parametrize("payload", ["/yes", "/handover", "/region:ijsselland", "/stalking"])
async def test_offered_and_known_choices_reach_the_engine_without_their_slash(payload):
    house = House()
    await house.conversation.visitor_said(await house.chat(), a_choice(payload))
    assert house.bot.turns[0].choice == payload.removeprefix("/")
    assert house.bot.turns[0].text is None


@pytest.mark.parametrize("payload", ["/restart", "/region:atlantis", "/yes:no"])
async def test_other_choices_are_refused(payload):
    house = House()
    with pytest.raises(NotAllowedNow) as refused:
        await house.conversation.visitor_said(await house.chat(), a_choice(payload))
    assert refused.value.reason == "unknown-choice"
    assert house.bot.turns == []


async def test_typed_text_never_reaches_the_engine_as_a_command():
    house = House()
    token = await house.chat()
    await house.conversation.visitor_said(token, a_message("\u200b/ /restart"))
    assert house.bot.turns[0].text == "restart"


async def test_invisible_characters_do_not_hide_danger():
    house = House()
    said = a_message("hij slaat\u200b de\u00ad deur in")
    answer = await house.conversation.visitor_said(await house.chat(), said)
    assert kinds(answer)[0] == "danger"


async def test_a_text_of_nothing_is_refused():
    house = House()
    with pytest.raises(NotAllowedNow):
        await house.conversation.visitor_said(await house.chat(), a_message("\u200b /"))


async def test_asking_for_a_person_brings_numbers_while_nobody_is_there():
    house = House(bot=ScriptedBot(answering("Ik kijk.", effect=Effect.HANDOVER)))
    answer = await house.conversation.visitor_said(await house.chat(), a_message("mag ik een mens"))
    assert kinds(answer) == ["answer", "system"]
    assert "veilig-thuis" in referrals(answer)
    assert all(referral["open_now"] for referral in answer["replies"][1]["referrals"])


async def test_a_child_who_asks_for_a_person_gets_the_childs_line_when_it_is_open():
    house = House(
        bot=ScriptedBot(
            answering("Hoi.", assessment=Assessment(role=Role.CHILD)), answering("Ik kijk.", effect=Effect.HANDOVER)
        )
    )
    token = await house.chat()
    await house.conversation.visitor_said(token, a_message("ik ben 12"))
    answer = await house.conversation.visitor_said(token, a_message("mag ik een mens"))
    assert referrals(answer) == ["kindertelefoon", "veilig-thuis"]


async def test_wiping_from_the_conversation_ends_the_chat_everywhere():
    house = House(bot=ScriptedBot(answering("Gewist.", effect=Effect.WIPE)))
    token = await house.chat()
    answer = await house.conversation.visitor_said(token, a_message("wis alles"))
    assert answer["state"] == "ended"
    assert house.bot.forgotten == [ChatKeys.from_token(token).engine_id]
    with pytest.raises(ChatGone):
        await house.conversation.visitor_said(token, a_message())


async def test_a_chat_wiped_in_the_middle_of_a_turn_is_forgotten_after_it_too():
    house = House()
    house.bot.gate = asyncio.Event()
    token = await house.chat()
    turn = asyncio.create_task(house.conversation.visitor_said(token, a_message()))
    await house.bot.entered.wait()
    await house.visit.wipe(token)
    house.bot.gate.set()
    with pytest.raises(ChatGone):
        await turn
    assert len(house.bot.forgotten) == 2


async def test_easy_language_stays_on_until_it_is_switched_off():
    effects = (Effect.EASY_ON, None, Effect.EASY_OFF, None)
    house = House(bot=ScriptedBot(*(answering("Goed.", effect=effect) for effect in effects)))
    token = await house.chat()
    for _ in range(4):
        await house.conversation.visitor_said(token, a_message())
    assert [turn.easy for turn in house.bot.turns] == [False, True, True, False]


async def test_a_store_that_is_away_gives_first_aid_and_acknowledges_nothing():
    store = AwayStore()
    house = House(store=store)
    token, said = await house.chat(), a_message(DANGER_WORDS)
    store.away = True
    with pytest.raises(StoreUnavailable) as refused:
        await house.conversation.visitor_said(token, said)
    assert [reply["kind"] for reply in refused.value.replies] == ["danger", "emergency"]
    store.away = False
    assert kinds(await house.conversation.visitor_said(token, said)) == ["danger", "answer"]


async def test_no_chat_begins_while_the_store_is_away():
    store = AwayStore()
    store.away = True
    with pytest.raises(StoreUnavailable) as refused:
        await House(store=store).conversation.open_chat(None)
    assert [reply["kind"] for reply in refused.value.replies] == ["emergency"]


async def test_a_full_chat_says_so_with_numbers():
    house = House(bot=ScriptedBot(answering(*(f"Regel {number}." for number in range(100)))))
    token = await house.chat()
    for _ in range(MOST_EVENTS // 101):
        await house.conversation.visitor_said(token, a_message())
    with pytest.raises(NotAllowedNow) as refused:
        await house.conversation.visitor_said(token, a_message(DANGER_WORDS))
    assert refused.value.reason == "chat-full"
    assert [reply["kind"] for reply in refused.value.replies] == ["danger", "emergency"]


async def test_eight_messages_pass_at_once_and_then_one_each_second_and_a_half():
    house = House(limits=Limits())
    token = await house.chat()
    for _ in range(8):
        await house.conversation.visitor_said(token, a_message())
    with pytest.raises(TooFast) as refused:
        await house.conversation.visitor_said(token, a_message())
    assert refused.value.seconds == pytest.approx(1.5)
    house.clock.move(1.6)
    await house.conversation.visitor_said(token, a_message())


async def test_sending_anyway_needs_a_counsellor():
    house = House()
    with pytest.raises(NotAllowedNow):
        await house.conversation.visitor_said(
            await house.chat(), Said(str(uuid.uuid4()), "mijn adres", send_anyway=True)
        )


async def stored_events(house: House, token: str) -> list:
    """All events of a chat as the visitor gets them."""
    return [event.data async for event in house.streams.run(ChatKeys.from_token(token), 0, 0.0) if event]
