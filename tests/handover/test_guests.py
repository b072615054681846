"""A colleague who reads along and goes: what they could read they cannot read any more."""

from dataclasses import replace

import pytest

from bot.advice.vocabulary import Urgency
from webchat.handover import duty_moves, staff_moves, time_moves
from webchat.handover.desk import Desk
from webchat.handover.people import LOST_SECONDS, OnDuty, Status
from webchat.handover.tickets import Ask, Phase, Question, Seals, Ticket

NOW = 1000.0
KEYS = Seals("card", "talk")
READING = Ticket(
    "ticket",
    Urgency.NORMAL,
    NOW,
    NOW,
    phase=Phase.TALKING,
    holder="Ann",
    shadows=("Ben",),
    seals={"session of Ann": KEYS, "session of Ben": KEYS},
)
ASKED = Ticket(
    "ticket",
    Urgency.NORMAL,
    NOW,
    NOW,
    phase=Phase.TALKING,
    holder="Ann",
    question=Question("question", Ask.SHADOW, "Ann", "Ben"),
    seals={"session of Ann": KEYS, "session of Ben": Seals("card", "")},
)


def somebody(name: str, beat: float = NOW) -> OnDuty:
    return OnDuty(name, f"session of {name}", "00", name, Status.AVAILABLE, beat, NOW)


def goes(desk: Desk) -> Desk:
    return duty_moves.depart(desk, "Ben")


def is_lost(desk: Desk) -> Desk:
    return duty_moves.lose(desk, "Ben", NOW)


def dies(desk: Desk) -> Desk:
    later = NOW + LOST_SECONDS
    return time_moves.sweep(duty_moves.beat(desk, "Ann", "session of Ann", later), later)


@pytest.mark.parametrize("ticket", [READING, ASKED], ids=["read along", "was asked"])
@pytest.mark.parametrize("leave", [goes, is_lost, dies])
def test_a_guest_who_goes_and_comes_back_in_the_same_session_has_no_key(ticket, leave):
    desk = Desk({"Ann": somebody("Ann"), "Ben": somebody("Ben")}, {"ticket": ticket})
    back = duty_moves.arrive(leave(desk), somebody("Ben", NOW + LOST_SECONDS))
    assert set(back.tickets["ticket"].seals) == {"session of Ann"}
    assert back.tickets["ticket"].holder == "Ann"


def test_a_colleague_who_is_asked_keeps_only_the_card_when_the_chat_is_no_longer_offered():
    everybody = {name: somebody(name) for name in ("Ann", "Ben", "Cas")}
    offered = replace(ASKED, unanswered=NOW - 500, seals={one.session: KEYS for one in everybody.values()})
    desk = staff_moves.answered(Desk(everybody, {"ticket": offered}), "ticket", "Ann")
    assert desk.tickets["ticket"].seals == {"session of Ann": KEYS, "session of Ben": Seals("card", "")}
