"""What a message says in so many words settles the role or rules roles out."""

import pytest

from bot.advice import mentions, roles
from bot.advice.vocabulary import Role

EVEN = [("victim", 0.3), ("bystander", 0.25), ("child", 0.22), ("perpetrator", 0.13), ("unknown", 0.1)]


@pytest.mark.parametrize(
    "text",
    [
        "ik ben vijf jaar geleden gevlucht",
        "ik ben al acht jaar bij een man die slaat",
        "als leider heb ik een jongen van 11 in mijn team",
    ],
)
def test_a_time_or_another_child_is_no_own_age(text):
    assert mentions.find(text).role is None


@pytest.mark.parametrize("text", ["ik ben 15 jaar en woon bij mijn vader", "ik ben een meisje van 14"])
def test_an_own_age_under_18_is_a_child(text):
    assert mentions.find(text).role is Role.CHILD


@pytest.mark.parametrize(
    "text",
    [
        "huisarts, een vrouw komt steeds met blauwe plekken",
        "ik ben wijkverpleegkundige en vertrouw het niet",
        "mijn cliënte wil geen hulp",
    ],
)
def test_who_speaks_from_work_is_a_professional(text):
    assert mentions.find(text).role is Role.PROFESSIONAL


@pytest.mark.parametrize(
    "text",
    [
        "ik ben huisarts en mijn man slaat mij",
        "ik ben juf maar vraag dit als buurvrouw",
        "als docent word ik thuis geslagen",
    ],
)
def test_a_profession_says_nothing_when_the_message_is_about_oneself(text):
    assert mentions.find(text).role is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("mijn kinderen zijn bang", Role.VICTIM),
        ("mijn zus wordt door haar vriend geslagen", Role.BYSTANDER),
        ("ik heb mijn vrouw gisteren geslagen", Role.PERPETRATOR),
        ("mijn broer slaat me", Role.VICTIM),
    ],
)
def test_words_rule_roles_out(text, role):
    chosen, _ = roles.likeliest(EVEN, mentions.find(text), True)
    assert chosen is role


def test_a_mother_is_never_a_child_by_score_alone():
    likely = [("child", 0.9), ("victim", 0.1)]
    assert roles.likeliest(likely, mentions.find("hij slaat mijn dochter"), True)[0] is Role.VICTIM
    assert roles.likeliest(likely, mentions.find("hij slaat"), True)[0] is Role.CHILD


def test_beside_a_told_situation_unknown_must_be_sure():
    likely = [("unknown", 0.5), ("bystander", 0.4), ("victim", 0.1)]
    assert roles.likeliest(likely, mentions.Mentions(), True)[0] is Role.BYSTANDER
    assert roles.likeliest(likely, mentions.Mentions(), False)[0] is Role.UNKNOWN


def test_the_only_role_left_is_kept_even_when_it_is_unsure():
    assert roles.likeliest([("unknown", 0.1)], mentions.Mentions(), True) == (Role.UNKNOWN, 0.1)
