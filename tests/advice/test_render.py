"""What the page gets: numbers from the directory, hours of this moment, and nothing that may not be shown."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice import directory, render
from bot.advice.hours import AMSTERDAM

DAY = datetime(2026, 11, 25, 14, 0, tzinfo=AMSTERDAM)
NIGHT = datetime(2026, 11, 25, 3, 0, tzinfo=AMSTERDAM)
LATE = datetime(2028, 1, 10, 14, 0, tzinfo=AMSTERDAM)
KEYS = {"id", "name", "phone", "tel", "why", "open_now", "hours", "chat_url", "cost", "trace_hint"}
ENTRIES = directory.load()


@given(st.sampled_from([*(entry.id for entry in ENTRIES.shown()), "handover"]), st.sampled_from([DAY, NIGHT]))
def test_every_organisation_has_exactly_the_keys_of_the_api(name: str, now: datetime) -> None:
    entry = render.render_referral(name, "Daarom.", now, ENTRIES)
    assert set(entry) == KEYS
    assert entry["id"] == name and entry["why"].startswith("Daarom.")


def test_numbers_come_from_the_directory_and_hours_from_the_clock() -> None:
    by_day = render.render_referral("kindertelefoon", "Daarom.", DAY, ENTRIES)
    by_night = render.render_referral("kindertelefoon", "Daarom.", NIGHT, ENTRIES)
    line = ENTRIES.get("kindertelefoon")
    assert (by_day["phone"], by_day["tel"], by_day["cost"]) == (line.phone, line.tel, "gratis")
    assert (by_day["open_now"], by_night["open_now"]) == (True, False)
    assert by_day["hours"].startswith("nu open, tot 21.00 uur")
    assert by_night["hours"].startswith("nu dicht, vandaag open vanaf 11.00 uur")
    assert by_day["chat_url"] == line.chat_url


def test_unknown_hours_are_not_called_open_or_closed() -> None:
    assert render.render_referral("politie", "Daarom.", DAY, ENTRIES)["open_now"] is None


def test_a_person_in_this_chat_has_no_number() -> None:
    entry = render.render_referral("handover", "Zij lezen wat jij wilt laten lezen.", NIGHT, ENTRIES)
    assert "Veilig Thuis" in entry["name"] and "deze chat" in entry["name"]
    assert all(entry[key] is None for key in ("phone", "tel", "chat_url", "cost", "trace_hint", "open_now"))


def test_without_a_number_or_chat_the_reason_says_where_to_look() -> None:
    entry = render.render_referral("fier", "Daarom.", DAY, ENTRIES)
    assert entry["phone"] is None and entry["chat_url"] is None
    assert entry["why"] == "Daarom. Website: www.fier.nl"
    assert render.render_referral("wijkteam", "Daarom.", DAY, ENTRIES)["why"] == "Daarom."
    assert render.render_referral("veilig-thuis", "Daarom.", DAY, ENTRIES)["why"] == "Daarom."


@pytest.mark.parametrize(
    ("name", "now"), [("nergens", DAY), ("kinderpostzegels", DAY), ("huisarts", DAY), ("luisterlijn", LATE)]
)
def test_what_may_not_be_shown_is_refused(name: str, now: datetime) -> None:
    with pytest.raises(KeyError):
        render.render_referral(name, "Daarom.", now, ENTRIES)


def test_a_reply_becomes_the_wire_reply() -> None:
    reply = {
        "kind": "referral",
        "text": "Dit kan helpen.",
        "referrals": [
            {"id": "veilig-thuis", "why": "Zij denken mee."},
            {"id": "handover", "why": "Hier in de chat."},
            {"id": "huisarts", "why": "Mag niet getoond worden."},
        ],
        "choices": [{"title": "Een mens", "payload": "/handover", "extra": 1}],
    }
    wire = render.render_reply(reply, DAY, ENTRIES, "r1")
    assert set(wire) == {"id", "text", "kind", "referrals", "choices"}
    assert (wire["id"], wire["kind"], wire["text"]) == ("r1", "referral", "Dit kan helpen.")
    assert [one["id"] for one in wire["referrals"]] == ["veilig-thuis", "handover"]
    assert wire["choices"] == [{"title": "Een mens", "payload": "/handover"}]


def test_a_bare_reply_has_empty_lists() -> None:
    wire = render.render_reply({"kind": "answer", "text": "Dag."}, DAY, ENTRIES, "r2")
    assert (wire["referrals"], wire["choices"]) == ([], [])


def test_after_two_quarters_only_danger_and_veilig_thuis_are_left_in_a_reply() -> None:
    names = ("112", "veilig-thuis", "kindertelefoon", "centrum-seksueel-geweld", "113")
    reply = {"kind": "emergency", "text": "Bel.", "referrals": [{"id": name, "why": ""} for name in names]}
    wire = render.render_reply(reply, LATE, ENTRIES, "r3")
    assert [one["id"] for one in wire["referrals"]] == ["112", "veilig-thuis"]
