"""Asking for a person: the card, the queue, the soft call, beginning, stopping and coming back to the bot."""

import pytest

from bot.advice.vocabulary import Role, Topic, Urgency
from tests.desk.builders import a_counsellor, a_desk_with, a_talk, a_visitor, a_waiting_visitor, pass_time
from tests.turns.doubles import CANARY, DANGER_WORDS, HookedStore, House, ScriptedBot, answering, everything
from webchat.chats import ChatGone, ChatKeys, Sealed
from webchat.handover.desk import Refused
from webchat.handover.people import Status
from webchat.handover.tickets import Ask, Ending, Phase
from webchat.limits import Limits
from webchat.ports import Effect, NotAllowedNow, StoreUnavailable
from webchat.turns import TooFast, Wish

pytestmark = pytest.mark.asyncio


def names(events) -> list[str]:
    return [event.name for event in events]


def of(events, name: str) -> list[dict]:
    return [event.data for event in events if event.name == name]


def text(events) -> str:
    return " ".join(reply["text"] for reply in of(events, "reply"))


async def test_a_request_gives_an_honest_place_and_the_card_as_the_counsellor_sees_it():
    house, (noor,) = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    wish = Wish(
        role=Role.VICTIM,
        topics=(Topic.STALKING,),
        region="ijsselland",
        urgency=Urgency.URGENT,
        hope="plan",
        hope_text=f"rust voor {CANARY}",
        free_to_talk="yes",
        code_word="appel",
    )
    answer = await visitor.asks(wish)
    assert answer["state"] == "waiting"
    assert answer["queue"] == {"place": 1, "typical_wait_seconds": None, "elsewhere": False, "returned": False}
    assert answer["card"]["hope_text"] == "rust voor [naam 1]"
    assert answer["redacted_kinds"] == ["person"]
    (ticket,) = await noor.queue()
    assert await noor.card(ticket.id) == answer["card"]
    assert names(await visitor.hears())[-4:] == ["state", "queue", "assessment", "reply"]


async def test_what_the_visitor_leaves_out_does_not_cross():
    house, (noor,) = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    await house.visit.correct(visitor.token, {"role": "child", "region": "ijsselland", "urgency": "urgent"})
    await visitor.asks()
    (ticket,) = await noor.queue()
    card = await noor.card(ticket.id)
    assert {name: value for name, value in card.items() if value} == {}
    assert (ticket.region, ticket.urgency, ticket.wishes) == (None, Urgency.NONE, ())


@pytest.mark.parametrize(
    ("card", "wishes"),
    [
        ({"role": Role.CHILD}, ("child",)),
        ({"topics": (Topic.SEXUAL_VIOLENCE_PAST,)}, ("sexual_violence",)),
        ({"topics": (Topic.FORCED_MARRIAGE,)}, ("honour",)),
        (
            {"topics": (Topic.FGM, Topic.ONLINE_SEXUAL_ABUSE), "role": Role.CHILD},
            ("child", "sexual_violence", "honour"),
        ),
        ({"topics": (Topic.STALKING,)}, ()),
    ],
)
async def test_the_card_says_which_skills_would_fit(card, wishes):
    house, (noor,) = await a_desk_with("Noor")
    _visitor, ticket = await a_waiting_visitor(house, **card)
    assert (await noor.ticket(ticket)).wishes == wishes


async def test_danger_in_the_chat_flags_the_ticket_whatever_the_card_says():
    house, (noor,) = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    await visitor.says(DANGER_WORDS)
    await visitor.asks(urgency=Urgency.NORMAL)
    (ticket,) = await noor.queue()
    assert ticket.danger and ticket.urgency is Urgency.ACUTE
    assert (await noor.card(ticket.id))["urgency"] == "normal"


async def test_danger_on_the_card_brings_112_and_flags_the_ticket():
    house, (noor,) = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    answer = await visitor.asks(hope_text=DANGER_WORDS)
    assert [reply["kind"] for reply in answer["replies"]] == ["danger", "system"]
    assert (await noor.queue())[0].danger
    assert (await house.visit.look(visitor.token))["assessment"]["urgency"] == "acute"


async def test_a_hope_that_cannot_be_redacted_is_left_out():
    house, _people = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    assert (await visitor.asks(hope_text="kapot geheim"))["card"]["hope_text"] is None


async def test_who_cannot_talk_freely_has_that_flag_at_the_desk():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house, free_to_talk="no")
    await house.visit.signal(visitor.token, "not_alone")
    assert (await noor.ticket(ticket)).flags == ("cannot_talk_freely", "not_alone")
    await house.visit.signal(visitor.token, "back")
    await house.visit.signal(visitor.token, "free")
    assert (await noor.ticket(ticket)).flags == ()


async def test_an_unknown_region_is_refused_and_nothing_waits():
    house, (noor,) = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.asks(region="atlantis")
    assert refused.value.reason == "unreadable"
    assert await noor.queue() == []


async def test_nobody_on_duty_is_said_with_the_numbers_open_now_and_leaves_no_trace():
    house = House()
    visitor = await a_visitor(house)
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.asks(role=Role.CHILD, with_conversation=True)
    assert refused.value.reason == "nobody-available"
    assert [one["id"] for one in refused.value.replies[0]["referrals"]] == ["kindertelefoon", "veilig-thuis"]
    assert await visitor.state() == "bot"
    assert len(house.store._chats) == 1


async def test_a_desk_that_became_empty_in_between_leaves_no_talk_behind():
    store = HookedStore()
    house, (noor,) = await a_desk_with("Noor", house=House(store=store))
    visitor = await a_visitor(house)
    store.before_create = noor.departs
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.asks()
    assert refused.value.reason == "nobody-available"
    assert len(house.store._chats) == 1
    assert await visitor.state() == "bot"


async def test_asking_again_while_waiting_changes_nothing():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house, hope="listen")
    again = await visitor.asks(hope="plan")
    assert again["card"]["hope"] == "listen"
    assert again["queue"]["place"] == 1
    assert [one.id for one in await noor.queue()] == [ticket]


async def test_asking_again_with_a_person_there_says_so():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_talk(house, noor)
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.asks()
    assert refused.value.reason == "already-with-person"


async def test_two_requests_at_once_leave_one_ticket_and_one_talk():
    store = HookedStore()
    house, (noor,) = await a_desk_with("Noor", house=House(store=store))
    visitor = await a_visitor(house)
    other = House(store=store, desk_store=house.desk_store, clock=house.clock)
    store.before_create = lambda: other.handover.ask(visitor.token, Wish(hope="plan"))
    with pytest.raises(StoreUnavailable):
        await visitor.asks(hope="listen")
    assert (await visitor.asks(hope="listen"))["card"]["hope"] == "plan"
    assert len(await noor.queue()) == 1
    assert len(house.store._chats) == 2


async def test_what_moves_the_desk_counts_like_a_message_and_typing_does_not():
    house, (noor,) = await a_desk_with("Noor", house=House(limits=Limits()))
    visitor, _ticket = await a_waiting_visitor(house)
    for number in range(7):
        await house.visit.signal(visitor.token, ("not_alone", "back")[number % 2])
    for call in (lambda: house.visit.signal(visitor.token, "back"), visitor.asks):
        with pytest.raises(TooFast):
            await call()
    await house.visit.signal(visitor.token, "typing")
    await house.visit.signal(visitor.token, "still_here")
    assert len(await noor.queue()) == 1


async def test_with_the_conversation_the_counsellor_reads_redacted_words_of_both_after_the_claim_only():
    bot = ScriptedBot(answering("Wat naar."), answering("Dank je."))
    house, (noor,) = await a_desk_with("Noor", house=House(bot=bot))
    visitor = await a_visitor(house)
    await visitor.says(f"{CANARY} slaat mij")
    await visitor.presses("/yes")
    await visitor.asks(with_conversation=True)
    (ticket,) = await noor.queue()
    with pytest.raises(Refused):
        await noor.reads(ticket.id)
    await noor.claim(ticket.id)
    talk = await noor.reads(ticket.id)
    assert [(line.data["from"], line.data["text"]) for line in talk] == [
        ("bot", "Hallo, ik ben een chatbot."),
        ("visitor", "[naam 1] slaat mij"),
        ("bot", "Wat naar."),
        ("visitor", "Ja"),
        ("bot", "Dank je."),
    ]
    assert all(line.data["history"] and not line.data["unredacted"] for line in talk)


async def test_without_the_conversation_the_counsellor_reads_nothing_of_the_bots_leg():
    house, (noor,) = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    await visitor.says("hallo")
    await visitor.asks()
    await visitor.says("nog iets")
    ticket = await noor.claim_first()
    assert await noor.reads(ticket) == []


async def test_what_is_said_to_the_bot_while_waiting_goes_along_when_the_conversation_does():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house, with_conversation=True)
    await visitor.says("nog iets")
    await noor.claim(ticket)
    assert [line.data["text"] for line in await noor.reads(ticket)][-2:] == ["nog iets", "Dank je."]


async def test_the_bot_goes_on_answering_while_the_visitor_waits():
    house, _people = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    answer = await visitor.says("ben je er nog")
    assert answer["state"] == "waiting"
    assert answer["replies"][0]["text"] == "Dank je."


async def test_danger_while_waiting_raises_the_ticket_at_once():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    answer = await visitor.says(DANGER_WORDS)
    assert answer["replies"][0]["kind"] == "danger"
    raised = await noor.ticket(ticket)
    assert raised.danger and raised.urgency is Urgency.ACUTE


async def test_a_request_of_the_bot_while_waiting_does_not_say_that_nobody_is_there():
    house, _people = await a_desk_with("Noor", house=House(bot=ScriptedBot(answering("Ja.", effect=Effect.HANDOVER))))
    visitor, _ticket = await a_waiting_visitor(house)
    assert [reply["kind"] for reply in (await visitor.says("waar blijft dat mens"))["replies"]] == ["answer"]


async def test_a_claim_is_a_soft_call_that_is_told_once():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    await noor.claim(ticket)
    (offer,) = of(await visitor.hears(), "offer")
    assert offer["name"] == "Noor"
    assert noor.staff not in everything(offer)
    assert await visitor.hears() == []
    assert await visitor.state() == "waiting"


async def test_accepting_begins_and_says_who_speaks():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    await noor.claim(ticket)
    await visitor.hears()
    await visitor.accepts()
    heard = await visitor.hears()
    assert of(heard, "state") == [{"state": "with_counsellor", "name": "Noor", "why": "began"}]
    assert "Noor" in text(heard)
    assert [(line.kind, line.data["what"]) for line in await noor.reads(ticket)] == [(Sealed.STATE, "began")]
    await visitor.accepts()
    assert await visitor.hears() == []


async def test_accepting_without_a_call_is_refused():
    house, _people = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    waiting, _ticket = await a_waiting_visitor(house)
    for one in (visitor, waiting):
        with pytest.raises(NotAllowedNow) as refused:
            await one.accepts()
        assert refused.value.reason == "nothing-asked"


async def test_a_visitor_who_stops_waiting_leaves_the_desk_and_goes_on_with_the_bot():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    await house.handover.stop(visitor.token)
    assert of(await visitor.hears(), "state") == [{"state": "bot", "name": None, "why": "stopped"}]
    assert await noor.queue() == []
    assert len(house.store._chats) == 1
    with pytest.raises(NotAllowedNow) as refused:
        await house.handover.stop(visitor.token)
    assert refused.value.reason == "not-waiting"


async def test_declining_the_call_shows_the_counsellor_that_the_visitor_withdrew():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    await noor.claim(ticket)
    await house.handover.stop(visitor.token)
    assert (await noor.ticket(ticket)).ending is Ending.WITHDRAWN
    assert await visitor.state() == "bot"


async def test_going_back_to_the_bot_is_shown_and_the_talk_is_gone():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await house.handover.stop(visitor.token)
    assert (await noor.ticket(ticket)).ending is Ending.TO_BOT
    assert "chatbot, geen mens" in text(await visitor.hears())
    assert len(house.store._chats) == 1


async def test_after_three_minutes_and_each_five_after_that_the_visitor_is_asked_whether_to_go_on():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    await pass_time(house, 170, noor, visitor)
    assert of(await visitor.hears(), "reply") == []
    await pass_time(house, 10, noor, visitor)
    (asked,) = of(await visitor.hears(), "reply")
    assert [choice["payload"] for choice in asked["choices"]] == ["/handover:stay", "/belcode", "/handover:stop"]
    await pass_time(house, 290, noor, visitor)
    assert of(await visitor.hears(), "reply") == []
    await pass_time(house, 10, noor, visitor)
    assert len(of(await visitor.hears(), "reply")) == 1


async def test_the_buttons_of_that_question_work_and_the_bot_never_sees_them():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    assert (await visitor.presses("/handover:stay"))["state"] == "waiting"
    assert "Bellen" in (await visitor.presses("/belcode"))["replies"][0]["text"]
    stopped = await visitor.presses("/handover:stop")
    assert stopped["state"] == "bot"
    assert await noor.queue() == []
    late = await visitor.presses("/handover:stop")
    assert late["replies"][0]["choices"][0]["payload"] == "/handover"
    assert house.bot.turns == []
    assert len(house.store._chats) == 1


async def test_a_visitor_learns_of_a_new_place_once():
    house, (noor, _sam) = await a_desk_with("Noor", "Sam")
    first, ticket = await a_waiting_visitor(house)
    house.clock.move(1)
    second, _ticket = await a_waiting_visitor(house)
    await noor.claim(ticket)
    assert [queue["place"] for queue in of(await second.hears(), "queue")] == [1]
    assert await second.hears() == []
    assert (await house.visit.look(second.token))["queue"]["place"] == 1
    assert (await house.visit.look(first.token))["queue"] is None


async def test_the_last_counsellor_who_leaves_is_told_at_once_with_numbers_open_now():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    await noor.departs()
    heard = await visitor.hears()
    assert of(heard, "state") == [{"state": "bot", "name": None, "why": "nobody"}]
    (reply,) = of(heard, "reply")
    assert reply["kind"] == "system"
    assert all(referral["open_now"] for referral in reply["referrals"]) and reply["referrals"]
    assert (await house.desk.look()).tickets == {}
    assert len(house.store._chats) == 1


async def test_the_end_of_the_last_shift_counts_as_nobody_and_a_pause_does_not():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    await noor.becomes(Status.PAUSE)
    assert of(await visitor.hears(), "state") == []
    await noor.becomes(Status.LEAVING)
    assert of(await visitor.hears(), "state")[0]["why"] == "nobody"


async def test_a_counsellor_who_vanishes_puts_the_visitor_in_front_and_both_are_told():
    house, (noor, sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    await noor.vanishes()
    heard = await visitor.hears()
    assert of(heard, "state") == [{"state": "waiting", "name": None, "why": "colleague_gone"}]
    assert "weggevallen" in text(heard) and "vooraan" in text(heard)
    assert of(heard, "queue")[0]["returned"] is True
    assert (await visitor.says("ben je er nog"))["state"] == "waiting"
    await sam.claim(ticket)
    assert of(await visitor.hears(), "offer")[0]["name"] == "Sam"
    await visitor.accepts()
    assert of(await visitor.hears(), "state")[0] == {"state": "with_counsellor", "name": "Sam", "why": "began"}


async def test_the_only_counsellor_who_vanishes_leaves_the_visitor_with_the_bot_and_the_numbers():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_talk(house, noor)
    await noor.vanishes()
    heard = await visitor.hears()
    assert of(heard, "state")[-1]["why"] == "nobody"
    assert "chatbot, geen mens" in text(heard)
    assert of(heard, "reply")[-1]["referrals"]


async def test_a_counsellor_who_vanishes_during_the_call_is_told_too():
    house, (noor, _sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_waiting_visitor(house)
    await noor.claim(ticket)
    await visitor.hears()
    await noor.vanishes()
    heard = await visitor.hears()
    assert of(heard, "state")[0]["why"] == "colleague_gone"
    assert of(heard, "queue")[0]["place"] == 1
    assert await visitor.hears() == []


async def test_a_child_reads_that_it_is_not_their_fault():
    bot = ScriptedBot(answering("Hoi."))
    house, (noor, _sam) = await a_desk_with("Noor", "Sam", house=House(bot=bot))
    visitor = await a_visitor(house)
    await house.visit.correct(visitor.token, {"role": "child"})
    await visitor.asks()
    ticket = await noor.claim_first()
    await visitor.accepts()
    await visitor.hears()
    await noor.hands_back(ticket)
    assert "Dat ligt niet aan jou" in text(await visitor.hears())


async def test_who_says_on_the_card_to_be_a_child_is_spoken_to_as_one():
    house, _people = await a_desk_with("Noor")
    visitor = await a_visitor(house)
    answer = await visitor.asks(role=Role.CHILD)
    assert "een mens van Veilig Thuis" in answer["replies"][0]["text"]
    assert (await house.visit.look(visitor.token))["assessment"]["role"] == "child"


async def test_a_call_that_is_not_answered_twice_ends_the_waiting():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    for why in ("not_accepted", "unanswered"):
        await noor.claim(ticket)
        await visitor.hears()
        await pass_time(house, 130, noor, visitor)
        assert of(await visitor.hears(), "state")[0]["why"] == why
    assert await visitor.state() == "bot"
    assert (await noor.ticket(ticket)).ending is Ending.UNANSWERED


async def test_a_page_that_was_away_for_three_minutes_lost_its_place_and_says_so():
    house, (noor,) = await a_desk_with("Noor")
    visitor, _ticket = await a_waiting_visitor(house)
    await pass_time(house, 190, noor)
    heard = await visitor.hears()
    assert of(heard, "state")[0] == {"state": "bot", "name": None, "why": "gone"}
    assert of(heard, "reply")[0]["choices"][0]["payload"] == "/handover"


async def test_a_colleague_takes_over_a_chat_without_an_answer_and_the_visitor_hears_the_new_name():
    house, (noor, sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    await visitor.says("hallo")
    await pass_time(house, 130, noor, sam, visitor)
    await sam.claim(ticket)
    heard = await visitor.hears()
    assert of(heard, "state") == [{"state": "with_counsellor", "name": "Sam", "why": "taken_over"}]
    assert await sam.reads(ticket)
    with pytest.raises(Refused):
        await noor.reads(ticket)


async def test_keys_that_an_overdue_chat_gave_to_others_are_taken_back_when_it_is_answered():
    house, (noor, sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    await visitor.says("hallo")
    await pass_time(house, 130, noor, sam, visitor)
    assert sam.session in (await noor.ticket(ticket)).seals
    await noor.says(ticket, "hier ben ik")
    await visitor.is_there()
    assert set((await noor.ticket(ticket)).seals) == {noor.session}


async def test_somebody_who_comes_on_duty_later_can_take_a_chat_that_waits():
    house, (noor, _sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_waiting_visitor(house)
    noor.log_in()
    await noor.arrive()
    with pytest.raises(Refused) as refused:
        await noor.claim(ticket)
    assert refused.value.reason == "not-sealed-yet"
    await visitor.is_there()
    await noor.claim(ticket)
    assert (await noor.card(ticket))["with_conversation"] is False


async def test_a_transfer_is_asked_of_the_visitor_and_brings_the_new_name():
    house, (noor, sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    await noor.says(ticket, "ik geef het door")
    question = await noor.asks(ticket, Ask.TRANSFER, sam)
    assert of(await visitor.hears(), "consent") == []
    await sam.answers(ticket)
    (consent,) = of(await visitor.hears(), "consent")
    assert (consent["id"], consent["kind"], consent["name"], consent["open"]) == (question, "transfer", "Sam", True)
    assert "Sam" in consent["text"]
    await visitor.answers(question)
    heard = await visitor.hears()
    assert of(heard, "state") == [{"state": "with_counsellor", "name": "Sam", "why": "transferred"}]
    assert [line.data["text"] for line in await sam.reads(ticket) if line.kind is Sealed.MESSAGE] == [
        "ik geef het door"
    ]
    with pytest.raises(Refused):
        await noor.reads(ticket)


async def test_a_visitor_may_say_no_to_a_transfer():
    house, (noor, sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    question = await noor.asks(ticket, Ask.TRANSFER, sam)
    await sam.answers(ticket)
    await visitor.hears()
    await visitor.answers(question, yes=False)
    assert (await noor.ticket(ticket)).refused == "transfer"
    assert of(await visitor.hears(), "consent")[-1]["open"] is False
    assert await visitor.state() == "with_counsellor"


async def test_a_transfer_to_a_region_brings_the_visitor_to_that_queue():
    house, (noor,) = await a_desk_with("Noor")
    sam = await a_counsellor(house, "Sam", regions=("ijsselland",)).arrive()
    visitor, ticket = await a_talk(house, noor)
    question = await noor.asks(ticket, Ask.TRANSFER, region="ijsselland")
    (consent,) = of(await visitor.hears(), "consent")
    assert consent["region"] == "IJsselland"
    await visitor.answers(question)
    heard = await visitor.hears()
    assert of(heard, "state")[0]["why"] == "transferred"
    assert "IJsselland" in text(heard)
    await sam.claim(ticket)


async def test_a_colleague_who_reads_along_is_announced_and_can_be_refused():
    house, (noor, sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    question = await noor.asks(ticket, Ask.SHADOW, sam)
    await sam.answers(ticket)
    await visitor.answers(question)
    assert [state["why"] for state in of(await visitor.hears(), "state")] == ["joined"]
    assert [line.data["what"] for line in await sam.reads(ticket)] == ["began", "joined"]
    await noor.lets_speak(ticket, sam)
    assert [state["why"] for state in of(await visitor.hears(), "state")] == ["speaks"]
    await sam.says(ticket, "dag", who="colleague")
    assert of(await visitor.hears(), "message")[0]["from"] == "colleague"
    await sam.stops_reading(ticket)
    assert of(await visitor.hears(), "state") == [{"state": "with_counsellor", "name": "Sam", "why": "left"}]


async def test_a_question_that_is_withdrawn_goes_from_the_visitors_screen():
    house, (noor, _sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    question = await noor.asks(ticket, Ask.TO_BOT)
    await visitor.hears()
    await noor.takes_back(ticket)
    assert of(await visitor.hears(), "consent") == [{"id": question, "kind": "to_bot", "open": False}]
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.answers(question)
    assert refused.value.reason == "nothing-asked"


async def test_a_colleague_who_left_in_between_is_not_welcomed():
    house, (noor, sam) = await a_desk_with("Noor", "Sam")
    visitor, ticket = await a_talk(house, noor)
    question = await noor.asks(ticket, Ask.SHADOW, sam)
    await sam.answers(ticket)
    await sam.vanishes()
    with pytest.raises(NotAllowedNow) as refused:
        await visitor.answers(question)
    assert refused.value.reason == "nothing-asked"


async def test_the_visitor_who_agrees_is_back_with_the_bot_which_says_what_it_is():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await noor.says(ticket, "dag")
    question = await noor.asks(ticket, Ask.TO_BOT)
    await visitor.answers(question)
    heard = await visitor.hears()
    assert of(heard, "message")[0]["text"] == "dag"
    assert of(heard, "state")[-1] == {"state": "bot", "name": None, "why": "to_bot"}
    assert "chatbot, geen mens" in text(heard)
    assert (await visitor.says("hallo bot"))["replies"][0]["text"] == "Dank je."
    await visitor.asks()
    assert len(await noor.queue()) == 1


async def test_the_counsellors_end_wipes_the_visitors_side_too_and_says_who_ended_it():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await noor.ends(ticket)
    (ended,) = await visitor.hears()
    assert ended.name == "ended"
    assert ended.data["reason"] == "counsellor"
    await house.streams.feedback(ended.data["ticket"], "helped")
    with pytest.raises(ChatGone):
        await visitor.says("hallo?")
    assert house.store._chats == {}
    assert house.bot.forgotten == [ChatKeys.from_token(visitor.token).engine_id]


async def test_a_chat_that_was_wrapped_up_before_the_page_looked_is_wiped_all_the_same():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_talk(house, noor)
    await noor.ends(ticket)
    await noor.wraps_up(ticket)
    with pytest.raises(ChatGone):
        await visitor.says("hallo?")
    assert house.store._chats == {}


async def test_availability_says_when_there_is_somebody_of_another_region_only():
    house = House()
    far = await a_counsellor(house, "Noor", regions=("limburg",)).arrive()
    assert (await house.visit.availability())["elsewhere"] is False
    there = await house.visit.availability("ijsselland")
    assert (there["available"], there["elsewhere"]) == (True, True)
    with pytest.raises(NotAllowedNow):
        await house.visit.availability("atlantis")
    await far.departs()
    # Somebody of a national team is nobody's region, but not another one either.
    await a_counsellor(house, "Sam").arrive()
    assert (await house.visit.availability("ijsselland"))["elsewhere"] is False


async def test_everything_is_told_once_however_many_gateways_look():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    others = [House(store=house.store, desk_store=house.desk_store, clock=house.clock) for _ in range(3)]
    await noor.claim(ticket)
    for one in (house, *others):
        await one.tender.attend(visitor.keys)
    assert names(await visitor.hears()) == ["offer"]
    await visitor.accepts()
    await noor.says(ticket, "dag")
    for one in (house, *others):
        await one.tender.attend(visitor.keys)
    assert names(await visitor.hears()) == ["state", "reply", "message"]


async def test_the_phase_at_the_desk_follows_the_visitor():
    house, (noor,) = await a_desk_with("Noor")
    visitor, ticket = await a_waiting_visitor(house)
    phases = [(await noor.ticket(ticket)).phase]
    await noor.claim(ticket)
    phases.append((await noor.ticket(ticket)).phase)
    await visitor.accepts()
    phases.append((await noor.ticket(ticket)).phase)
    assert phases == [Phase.WAITING, Phase.CALLED, Phase.TALKING]
