"""The page that says where everything is answered names only answers that exist, and every situation."""

import re
from pathlib import Path

import pytest

from bot.advice import answers, call_lists, directory, paths, talk_cards
from bot.advice.understanding import SITUATION_TOPICS
from bot.advice.vocabulary import Role

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")
KNOWN = answers.load()
ENDINGS = "victim|bystander|child|perpetrator|professional|algemeen"
QUESTIONS = sorted(key for key in KNOWN.keys if key.startswith(("ask_", "feeling_")))
CHAT = {"ask_what_can_you_do", "ask_who_are_you", "ask_number", "ask_opening_hours", "ask_phone_bill"}
"""About the chat or a number: these are in no source document."""


def test_every_answer_that_is_named_exists():
    named = set(re.findall(rf"\b((?:[a-z_]+)\.(?:{ENDINGS})(?:\.[a-z]+)?)\b", PAGE))
    flows = {one.id for one in (*call_lists.load().all, *talk_cards.load().all)}
    assert {name for name in named if KNOWN.get(name) is None and name not in flows} == set()
    assert len(named) > 90


def test_every_question_that_is_named_exists():
    named = {name for name in re.findall(r"\b((?:ask|feeling)_[a-z_]+)", PAGE)}
    assert named - KNOWN.keys == set()


def test_every_step_and_card_that_is_named_exists():
    named = set(re.findall(r"\bpad\.[a-z_]+\.[a-z_]+", PAGE))
    assert named
    assert {name for name in named if paths.load().step(name) is None} == set()
    cards = re.findall(r"\bpraatkaart\.([a-z_]+)", PAGE)
    assert {card.name for card in talk_cards.load().all} == set(cards)


@pytest.mark.parametrize("key", [key for key in QUESTIONS if key not in CHAT])
def test_every_question_of_the_bot_has_its_place(key):
    assert key in PAGE


@pytest.mark.parametrize("topic", sorted(SITUATION_TOPICS))
@pytest.mark.parametrize("role", list(Role))
def test_every_situation_has_an_answer_for_every_role(topic, role):
    found = KNOWN.find(topic, role)
    assert found is not None
    assert role in found.roles or not found.roles


@pytest.mark.parametrize(
    "name",
    ["Helpwanted", "CoMensha", "Jeugdstem", "Luisterlijn", "Juridisch Loket", "Meld Misdaad Anoniem", "Stop it Now"],
)
def test_the_answers_that_a_row_names_do_name_the_organisation(name):
    row = next(line for line in PAGE.splitlines() if line.startswith("| ") and name in line.split(" | ")[0])
    for answer_id in re.findall(rf"\b([a-z_]+\.(?:{ENDINGS}))\b", row):
        answer = KNOWN.get(answer_id)
        texts = (*answer.recognition, *answer.texts, *answer.more, answer.easy or "")
        assert any(name in text for text in texts), answer_id


def test_what_the_directory_may_not_show_is_not_promised():
    hidden = [one.name for one in directory.load().all() if not one.allowed and one.name in PAGE]
    for name in hidden:
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {name}"))
        assert "not named" in row
