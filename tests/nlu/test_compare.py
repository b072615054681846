"""The comparison with official Rasa counts fairly, and its tables land between their marks."""

import json

import pytest
import yaml

from scripts.evaluation import diet, page
from scripts.evaluation.figures import Figures
from scripts.evaluation.sets import Example, Message


def example(text, intent="stalking", role="victim"):
    return Example(text, intent, role, frozenset({intent}), "urgent", "plain", "x.yml")


def message(**changes):
    fields = {"text": "x", "role": "victim", "topics": frozenset({"stalking"}), "urgency": "urgent", "voice": "plain"}
    fields |= {"intent": "stalking", "referrals": (), "never": frozenset(), "near_miss": False}
    return Message(**{**fields, **changes})


@pytest.mark.parametrize(("what", "labels"), [("intent", ["greet", "stalking"]), ("role", ["unknown", "victim"])])
def test_the_stock_project_learns_one_kind_of_label(tmp_path, what, labels):
    diet.write(tmp_path, [example("een"), example("hoi", "greet", "unknown")], what, 3)
    blocks = yaml.safe_load((tmp_path / "nlu.yml").read_text(encoding="utf-8"))["nlu"]
    assert [block["intent"] for block in blocks] == labels
    config = yaml.safe_load((tmp_path / "config.yml").read_text(encoding="utf-8"))
    assert {"DIETClassifier"} == {one["name"] for one in config["pipeline"] if "epochs" in one}


def test_a_cap_holds_for_each_intent_and_role():
    many = [example(str(number)) for number in range(9)] + [example("a", role="child")]
    assert sorted(one.role for one in diet.capped(many, 4)) == ["child", *["victim"] * 4]
    assert diet.capped(many, None) == many


@pytest.mark.parametrize(
    ("intent", "topics"),
    [
        ("stalking", {"stalking"}),
        ("ask_costs", {"procedure_question"}),
        ("ask_privacy", {"privacy_question"}),
        ("smalltalk", {"smalltalk"}),
        ("ask_who_are_you", set()),
        ("greet", set()),
        ("nlu_fallback", set()),
    ],
)
def test_an_intent_stands_for_topics(intent, topics):
    assert diet.topics_of(intent) == topics


def test_answers_keep_the_label_behind_the_fallback():
    assert diet.answers(json.dumps([["nlu_fallback", "greet"]])) == [diet.Answer("nlu_fallback", "greet")]


def test_a_message_is_judged_on_intent_role_and_topics():
    figures = Figures()
    diet.judge(figures, message(), "stalking", {"stalking", "smalltalk"}, "child")
    assert [(figures.shares[name].hits, figures.shares[name].total) for name in diet.NAMES] == [
        (1, 1),
        (0, 1),
        (1, 1),
        (1, 2),
    ]


def test_a_table_replaces_only_what_stands_between_its_marks(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("voor\n<!-- a -->\noud\n<!-- /a -->\nna\n<!-- b --><!-- /b -->\n", encoding="utf-8")
    page.put("a", ["nieuw"], path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("voor\n<!-- a -->")
    assert "nieuw" in text
    assert "oud" not in text
    assert text.endswith("na\n<!-- b --><!-- /b -->\n")


def test_a_page_without_the_marks_is_left_alone(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("leeg", encoding="utf-8")
    with pytest.raises(page.NoSuchMark):
        page.put("a", ["nieuw"], path)
    assert path.read_text(encoding="utf-8") == "leeg"
