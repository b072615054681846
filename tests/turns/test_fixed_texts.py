"""The fixed texts of the gateway: complete, without numbers, and refused when an editor breaks them."""

import re

import pytest
import yaml

from bot.advice import directory, fixed_texts
from bot.advice.errors import BadContent
from bot.advice.fixed_texts import CARDS, CONTENT, DANGERS, HANDOVERS, KINDS
from webchat.api.problems import _STATUS

ORGANISATIONS = directory.load()


def phone_of(name: str) -> str | None:
    return ORGANISATIONS.get(name).phone


def changed(tmp_path, change):
    """The file with one change, loaded."""
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    change(content)
    path = tmp_path / "gateway_teksten.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return fixed_texts.load(phone_of, path=path)


@pytest.mark.parametrize("form", ["je", "u"])
def test_every_text_is_there_in_both_forms_of_address(form):
    texts = fixed_texts.load(phone_of, form)
    assert all(texts.card(name).text for name in CARDS)
    assert all(texts.danger(name).text for name in DANGERS)
    assert all(texts.handover(name, child) for name in HANDOVERS for child in (False, True))
    assert set(_STATUS) <= set(texts.problem_names)
    assert {"already-with-person", "bot-is-silent", "colleague-gone"} <= set(texts.problem_names)


def test_the_polite_form_says_u():
    texts = fixed_texts.load(phone_of, "u")
    cards = [texts.card(name).text for name in CARDS if not name.endswith("kind")]
    dangers = [texts.danger(name).text for name in DANGERS if name != "kind"]
    handovers = [texts.handover(name) for name in HANDOVERS]
    for text in [*cards, *dangers, *handovers, texts.left_out_and_why(("person",))]:
        assert not re.search(r"\b(je|jij|jouw|jou)\b", text, re.IGNORECASE), text


def test_a_child_is_never_addressed_formally():
    texts = fixed_texts.load(phone_of, "u")
    for name in HANDOVERS:
        text = texts.handover(name, child=True)
        assert not re.search(r"\b(u|uw)\b", text, re.IGNORECASE), text


def test_names_and_regions_are_filled_in_and_nothing_else_stays_open():
    texts = fixed_texts.load(phone_of)
    for name in HANDOVERS:
        assert "{" not in texts.handover(name, naam="Noor", regio="IJsselland")
    assert "Noor" in texts.handover("begonnen", naam="Noor")
    assert phone_of("veilig-thuis") in texts.handover("bellen")


def test_whenever_the_bot_comes_back_after_a_person_it_says_what_it_is():
    for form in ("je", "u"):
        texts = fixed_texts.load(phone_of, form)
        for child in (False, True):
            assert "chatbot, geen mens" in texts.handover("terug_bij_bot", child)


@pytest.mark.parametrize("name", DANGERS)
def test_danger_begins_with_112_in_at_most_two_short_sentences(name):
    danger = fixed_texts.load(phone_of).danger(name)
    sentences = re.split(r"(?<=[.?!])\s", danger.text)
    assert danger.text.startswith(f"Bel nu {phone_of('112')}")
    assert len(sentences) <= 2
    assert all(len(sentence.split()) <= 14 for sentence in sentences)
    assert danger.referrals[0] == "112"


def test_the_emergency_card_has_the_five_numbers():
    card = fixed_texts.load(phone_of).card("noodkaart")
    assert card.referrals == ("112", "veilig-thuis", "kindertelefoon", "centrum-seksueel-geweld", "113")


def test_everyone_referred_to_may_be_shown():
    texts = fixed_texts.load(phone_of)
    assert all(ORGANISATIONS.is_shown(name) for name in texts.organisations())


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("person",), "Ik heb een naam weggelaten."),
        (("person", "phone"), "Ik heb een naam en een telefoonnummer weggelaten."),
        (("person", "phone", "place"), "Ik heb een naam, een telefoonnummer en een plaats weggelaten."),
        (("person", "person"), "Ik heb een naam weggelaten."),
        (("something new",), "Ik heb iets weggelaten."),
        ((), "Ik heb iets weggelaten."),
    ],
)
def test_what_was_left_out_is_named(kinds, expected):
    assert fixed_texts.load(phone_of).left_out(kinds) == expected


def test_every_kind_has_words():
    texts = fixed_texts.load(phone_of)
    assert len({texts.left_out((kind,)) for kind in KINDS}) == len(KINDS)


def set_number(content):
    content["kaarten"]["noodkaart"]["tekst"] = "Bel 0800."


def name_nobody(content):
    content["kaarten"]["noodkaart"]["tekst"] = "Bel {atlantis}."


def refer_to_nobody(content):
    content["gevaar"]["kind"]["verwijzingen"] = ["atlantis"]


def no_list(content):
    content["gevaar"]["kind"]["verwijzingen"] = "112"


def drop_card(content):
    del content["kaarten"]["noodkaart"]


def drop_handover(content):
    del content["overdracht"]["weggevallen"]


def name_somebody_else(content):
    content["overdracht"]["weggevallen"]["tekst"] = "{iemand} is weg."


def drop_kind(content):
    del content["weggelaten"]["soorten"]["bsn"]


def drop_date(content):
    del content["gecontroleerd_op"]


def empty_detail(content):
    content["problemen"]["chat-gone"]["uitleg"] = ""


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (set_number, "kaarten.noodkaart.tekst"),
        (name_nobody, "kaarten.noodkaart"),
        (refer_to_nobody, "gevaar.kind"),
        (no_list, "gevaar.kind"),
        (drop_card, "kaarten.noodkaart"),
        (drop_handover, "overdracht.weggevallen"),
        (name_somebody_else, "overdracht.weggevallen"),
        (drop_kind, "bsn"),
        (drop_date, "gecontroleerd_op"),
        (empty_detail, "problemen.chat-gone"),
    ],
)
def test_a_broken_file_is_refused_with_the_name_of_the_key(tmp_path, change, key):
    with pytest.raises(BadContent) as refused:
        changed(tmp_path, change)
    assert key in str(refused.value)
    assert str(refused.value).startswith("gateway_teksten.yml: ")


@pytest.mark.parametrize("content", ["", "[", "- a"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path, content):
    path = tmp_path / "gateway_teksten.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadContent):
        fixed_texts.load(phone_of, path=path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadContent):
        fixed_texts.load(phone_of, path=tmp_path / "gateway_teksten.yml")
