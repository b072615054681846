"""A short line in a known situation adds nothing to it; a clear new one does."""

from dataclasses import replace

import pytest

from bot.advice import context, danger, mentions
from bot.advice.assessment import Assessment, Sighting, merge
from bot.advice.context import Around
from bot.advice.understanding import FALLBACK, Scores, decide, heard
from bot.advice.vocabulary import AgeBand, Danger, Role, Topic, Urgency

KNOWN = Assessment(role=Role.VICTIM, topics=(Topic.PARTNER_VIOLENCE,), urgency=Urgency.URGENT)


def scores(intent, sure, topics=(), urgent=("urgent", 0.9), role=("victim", 0.9)):
    return Scores(((intent, sure), ("greet", 0.01)), topics, (role, ("unknown", 0.05)), (urgent, ("none", 0.05)))


def settled(text, given, before=KNOWN):
    found = danger.load().detect(text)
    understood = decide(given, found, mentions.find(text))
    return context.settle(understood, given, Around(before, len(text.split()), found))


def test_a_short_follow_up_stays_with_what_was_told():
    found = settled("soms", scores("carer_overload", 0.4, (("carer_overload", 0.3),)))
    assert found.intent == "partner_violence"
    assert Topic.CARER_OVERLOAD not in found.sighting.topics


def test_a_clear_new_situation_joins():
    given = scores("suicidality", 0.9, (("suicidality", 0.9),))
    found = settled("ik denk er steeds vaker over om er een eind aan te maken", given)
    assert found.intent == "suicidality"


def test_the_first_message_may_be_a_guess():
    given = scores("carer_overload", 0.4, (("carer_overload", 0.3),))
    assert settled("soms", given, Assessment()).intent == "carer_overload"


def test_a_few_words_without_a_danger_word_do_not_bring_112():
    found = settled("en nu", scores("partner_violence", 0.5, urgent=("acute", 0.5)))
    assert found.sighting.urgency is Urgency.URGENT


def test_a_habit_without_a_danger_word_does_not_bring_112():
    found = settled(
        "ik hoor elke nacht een kind gillen bij de buren", scores("child_abuse", 0.8, urgent=("acute", 0.5))
    )
    assert found.sighting.urgency is Urgency.URGENT


def test_a_danger_word_brings_112_in_two_words():
    assert settled("hij slaat nu", scores("partner_violence", 0.5)).sighting.urgency is Urgency.ACUTE


def test_a_denied_plan_is_not_a_plan():
    given = scores("suicidality", 0.8, (("suicidality", 0.8),))
    found = settled("nee ik ga mezelf niks aandoen", given, Assessment())
    assert found.intent == FALLBACK
    assert Topic.SUICIDALITY not in found.sighting.topics


def test_a_goodnight_within_a_story_is_not_a_goodbye():
    assert settled("nee ze slapen nu allemaal boven", scores("goodbye", 0.4)).intent == "partner_violence"


@pytest.mark.parametrize("steady", [Role.CHILD, Role.PROFESSIONAL, Role.PERPETRATOR])
def test_who_somebody_is_stays(steady):
    after = merge(replace(KNOWN, role=steady), Sighting(role=Role.BYSTANDER, role_certain=True))
    assert after.role is steady


def test_an_age_under_18_makes_a_child_of_any_role():
    seen = Sighting(age_band=AgeBand.FROM_8)
    assert merge(KNOWN, seen).role is Role.CHILD


def test_who_writes_that_somebody_hits_me_is_the_one_who_is_hurt():
    given = scores("parent_abuse", 0.5, role=("bystander", 0.6))
    given = replace(given, roles=(("bystander", 0.6), ("victim", 0.3)))
    assert settled("mijn broer slaat me", given, Assessment()).sighting.role is Role.VICTIM


@pytest.mark.parametrize(
    ("level", "kinds", "doubt", "urgency"),
    [
        (Danger.ACUTE, {"violence_now"}, False, Urgency.ACUTE),
        (Danger.UNCLEAR, {"violence_now"}, False, Urgency.URGENT),
        (Danger.UNCLEAR, {"violence_now"}, True, Urgency.UNCLEAR),
        (Danger.UNCLEAR, {"death_threat"}, False, Urgency.UNCLEAR),
        (Danger.NONE, set(), True, Urgency.NONE),
    ],
)
def test_what_danger_words_mean_for_urgency(level, kinds, doubt, urgency):
    assert heard(level, kinds, doubt) is urgency
