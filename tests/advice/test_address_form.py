"""Adults are addressed with "u" when the house wants that; children never are, and nothing mixes."""

import re

import pytest

from bot.advice import answers, paths, phrases, tell_danger, tell_dialogue, tell_situation, tell_steps, turn_input
from bot.advice.memory import DialogueMemory
from bot.advice.understanding import SITUATION_TOPICS, from_dict
from bot.advice.vocabulary import Role

QUOTED = re.compile(r"‘[^’]*(?:’[a-zé][^’]*)*’")
FAMILIAR = re.compile(r"\b(?:je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
ADULTS = [Role.VICTIM, Role.BYSTANDER, Role.PERPETRATOR, Role.PROFESSIONAL, Role.UNKNOWN]
OPENING = {"opening": True}


def a_turn(intent, role, value="", form="u", memory=None, **more):
    topics = [intent] if intent in SITUATION_TOPICS else []
    payload = {"now": "2026-11-24T23:30:00+01:00", "assessment": {"role": role.value, "topics": topics}}
    return turn_input.make(
        from_dict({"intent": intent}), memory or DialogueMemory(), {**payload, "address_form": form, **more}, value
    )


def said(advice):
    return QUOTED.sub("", " ".join(reply.text for reply in advice.replies))


@pytest.mark.parametrize("role", ADULTS)
@pytest.mark.parametrize("easy", [False, True])
def test_no_answer_to_an_adult_says_je(role, easy):
    for key in sorted(answers.load().keys):
        teller = tell_situation.tell if key in SITUATION_TOPICS else tell_situation.explain
        advice = teller(a_turn(key, role, easy=easy))
        assert not FAMILIAR.search(said(advice)), (key, said(advice))


@pytest.mark.parametrize("form", ["je", "u", None])
def test_no_answer_to_a_child_says_u(form):
    for key in sorted(answers.load().keys):
        teller = tell_situation.tell if key in SITUATION_TOPICS else tell_situation.explain
        advice = teller(a_turn(key, Role.CHILD, form=form))
        assert not FORMAL.search(said(advice)), key


@pytest.mark.parametrize("form", ["je", None])
def test_without_the_setting_adults_are_addressed_with_je(form):
    advice = tell_situation.tell(a_turn("partner_violence", Role.VICTIM, form=form))
    assert FAMILIAR.search(said(advice))
    assert not FORMAL.search(said(advice))


@pytest.mark.parametrize("role", ADULTS)
def test_every_step_for_an_adult_says_u(role):
    for path in paths.load().all:
        for place, _ in enumerate(path.for_reader(role, None), start=1):
            assert not FAMILIAR.search(said(tell_steps.tell(a_turn("tell_more", role, f"pad-{path.id}-{place}"))))


def test_more_and_what_to_say_follow_the_form():
    memory = DialogueMemory(answer="partner_violence.victim")
    for intent in ("tell_more", "what_to_say", "what_if_angry", "repeat"):
        teller = tell_dialogue.easy if intent == "repeat" else tell_situation.more
        assert not FAMILIAR.search(said(teller(a_turn(intent, Role.VICTIM, memory=memory))))


def test_the_greeting_says_neither_where_the_house_says_u_because_a_child_may_read_it():
    greeting = tell_dialogue.greet(a_turn("greet", Role.UNKNOWN, **OPENING))
    assert not FORMAL.search(said(greeting))
    assert not FAMILIAR.search(said(greeting))


def test_the_danger_follows_the_form():
    danger = tell_danger.tell(a_turn("partner_violence", Role.VICTIM))
    assert not FAMILIAR.search(said(danger))
    assert danger.replies[0].text.startswith("Bel nu 112")


def test_every_fixed_sentence_has_a_form_with_u():
    known = phrases.load()
    for name in known.variants:
        for easy in (False, True):
            if set(known.variants[name]) - {"kind"}:
                lines = known.of(name, easy=easy, polite=True)
                assert not FAMILIAR.search(QUOTED.sub("", " ".join(lines))), name


def test_the_twin_of_a_sentence_counts_as_the_same_sentence():
    first = tell_situation.tell(a_turn("partner_violence", Role.VICTIM))
    plain = tell_situation.tell(a_turn("partner_violence", Role.VICTIM, form="je"))
    assert first.memory == plain.memory
