"""The catalogue holds everything that the bot can say, and needs nothing but itself."""

import re
from xml.etree import ElementTree

import pytest

from bot.advice import answers, paths, phrases
from scripts import catalogue
from scripts.content_steps import Flows


@pytest.fixture(scope="module")
def text():
    return catalogue.build("2026-11-24")


@pytest.fixture(scope="module")
def tree(text):
    return ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own page


def test_every_answer_step_card_and_list_is_in_it_once(tree):
    shown = [article.get("id") for article in tree.iter("article")]
    flows = Flows.load()
    expected = {one.id for one in answers.load().all}
    expected |= {step.id for path in flows.paths.all for step in path.steps}
    expected |= {card.id for card in flows.cards.all} | {one.id for one in flows.calls.all}
    expected |= {f"vast.{name}" for name in phrases.load().variants}
    assert set(shown) == expected
    assert len(shown) == len(expected)


def test_every_text_of_every_answer_can_be_read(tree):
    bubbles = {element.text for element in tree.iter("p") if element.get("class") == "bubble"}
    for answer in answers.load().all:
        for form in (answer, answer.voiced(True)):
            parts = (*form.recognition, *form.texts, *form.more, form.say, form.angry, form.easy)
            assert {part for part in parts if part} <= bubbles
    assert {text for path in paths.load().all for step in path.steps for text in step.texts} <= bubbles


def test_every_entry_can_be_ticked_off_and_remarked_on(tree):
    for article in tree.iter("article"):
        box = next(article.iter("input"))
        remark = next(article.iter("textarea"))
        assert box.get("type") == "checkbox"
        assert article.get("id") in "".join(
            label.text or "" for label in article.iter("label") if remark in label.iter()
        )


def test_it_names_sources_dates_and_referrals(tree):
    article = next(one for one in tree.iter("article") if one.get("id") == "partner_violence.victim")
    read = " ".join(article.itertext())
    assert "Rijksoverheid, Wat moet ik doen bij huiselijk geweld" in read
    assert "Gecontroleerd op 2026-11-24, opnieuw vóór 2027-05-24, status ok." in read
    assert "Veilig Thuis: " in read


def test_it_needs_no_network_and_keeps_nothing(text):
    assert "default-src 'none'" in text
    assert not re.search(r"(?:src|href)=\"(?!#)", text)
    for forbidden in ("localStorage", "sessionStorage", "document.cookie", "fetch(", "XMLHttpRequest", "indexedDB"):
        assert forbidden not in text


def test_no_place_holder_is_left_open(tree):
    shown = " ".join(element.text or "" for element in tree.iter("p"))
    assert set(re.findall(r"\{[^}]*\}", shown)) <= {"{regio}"}


def test_it_is_written_where_it_is_asked_for(tmp_path, capsys):
    place = tmp_path / "map" / "catalogus.html"
    assert catalogue.main([str(place)]) == 0
    assert place.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert str(place) in capsys.readouterr().out
