"""The directory: nothing that is not confirmed is shown, and what nobody checks disappears."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.advice import content_files, directory
from bot.advice.directory import ALWAYS_SHOWN, Freshness
from bot.advice.errors import BadContent
from bot.advice.hours import AMSTERDAM
from bot.advice.vocabulary import AgeBand
from scripts import directory_check

FILE = content_files.read_yaml(content_files.CONTENT / directory.FILE)
RAW = {entry["id"]: entry for entry in FILE["organisations"]}
NIGHT = datetime(2026, 11, 25, 3, 0, tzinfo=AMSTERDAM)
DAY = datetime(2026, 11, 25, 14, 0, tzinfo=AMSTERDAM)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 1, 1))


@pytest.fixture
def entries() -> directory.Directory:
    return directory.load()


def test_a_number_is_shown_only_when_someone_saw_it(entries: directory.Directory) -> None:
    for entry in entries.shown():
        seen = [p["number"] for p in RAW[entry.id]["phones"] if p["confidence"] in ("verified", "secondary")]
        assert entry.phone in (seen or [None])
        hidden = {phone["number"] for phone in RAW[entry.id].get("phones_unverified", ())}
        assert entry.phone not in hidden


def test_a_website_is_shown_only_when_someone_saw_it(entries: directory.Directory) -> None:
    shown = {entry.id for entry in entries.all() if entry.website}
    seen = {key for key, raw in RAW.items() if raw["website_confidence"] in ("verified", "secondary")}
    assert shown == seen


def test_what_may_never_be_shown_is_not_shown(entries: directory.Directory) -> None:
    shown = {entry.id for entry in entries.shown()}
    never = {
        key
        for key, raw in RAW.items()
        if raw["priority"] == 9 or raw["kind"] == "not-a-referral" or raw["confidence"] == "unverified"
    }
    assert never and not never & shown
    assert shown == RAW.keys() - never


def test_paid_numbers_say_what_calling_costs_and_leaves_behind(entries: directory.Directory) -> None:
    paid = [entry for entry in entries.shown() if entry.tel and entry.tel.startswith("0900")]
    assert paid
    for entry in paid:
        assert entry.cost and "geld kosten" in entry.cost and "rekening" in entry.cost
        assert entry.trace_hint and "telefoonrekening" in entry.trace_hint


def test_veilig_thuis_is_not_on_the_bill_but_stays_in_the_phone(entries: directory.Directory) -> None:
    hint = entries.get("veilig-thuis").trace_hint
    assert hint and "niet op de telefoonrekening" in hint and "Wis" in hint
    assert entries.get("112").trace_hint is None


def test_only_numbers_of_veilig_thuis_are_said_to_be_hidden_from_the_bill(
    entries: directory.Directory,
) -> None:
    own = entries.get("veilig-thuis").tel
    told = {entry.tel for entry in entries.shown() if entry.trace_hint == directory.NOT_ON_BILL}
    assert told == {own}


def test_old_hours_send_people_to_the_website(entries: directory.Directory) -> None:
    line = entries.get("kindertelefoon")
    assert line.hours_text(DAY) == f"nu open, tot 21.00 uur; {directory.CHECK_WEBSITE}"
    assert line.hours_text(NIGHT) == f"nu dicht, vandaag open vanaf 11.00 uur; {directory.CHECK_WEBSITE}"
    assert entries.get("comensha").hours_text(DAY) == "nu open, tot 17.00 uur"
    assert entries.get("politie").is_open(DAY) is None
    assert entries.get("politie").hours_text(DAY) == directory.CHECK_WEBSITE
    assert entries.get("stop-it-now").hours_text(DAY) == "de tijden zijn niet bekend"


def test_hours_of_a_number_that_is_hidden_are_not_told(entries: directory.Directory) -> None:
    fier = entries.get("fier")
    assert fier.phone is None and fier.is_open(DAY) is None
    assert fier.hours_text(DAY) == "kijk op de website"


def test_a_chat_is_shown_only_when_it_or_its_website_is_confirmed(entries: directory.Directory) -> None:
    assert entries.get("fier").chat_url is None
    assert entries.get("stop-it-now").chat_url is None
    assert entries.get("113").is_chat_open(NIGHT) is True
    assert entries.get("veilig-thuis").is_chat_open(NIGHT) is False
    assert entries.get("helpwanted").is_chat_open(DAY) is None


@pytest.mark.parametrize(
    ("age", "fits"),
    [
        (AgeBand.UNDER_8, False),
        (AgeBand.FROM_8, True),
        (AgeBand.FROM_16, True),
        (AgeBand.SENIOR, False),
        (None, True),
    ],
)
def test_the_age_limits_of_a_line_are_kept(entries: directory.Directory, age: AgeBand | None, fits: bool) -> None:
    assert entries.get("kindertelefoon").fits(age) is fits


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 2, 21), Freshness.FRESH),
        (date(2027, 2, 22), Freshness.DUE),
        (date(2027, 5, 21), Freshness.DUE),
        (date(2027, 5, 22), Freshness.STALE),
        (date(2027, 8, 21), Freshness.STALE),
        (date(2027, 8, 22), Freshness.HIDDEN),
    ],
)
def test_an_unchecked_entry_grows_stale_and_then_disappears(
    entries: directory.Directory, today: date, state: Freshness
) -> None:
    line = entries.get("luisterlijn")
    assert line.freshness(today) is state
    assert entries.is_shown("luisterlijn", today) is (state is not Freshness.HIDDEN)
    assert any(warning.startswith("luisterlijn:") for warning in entries.warnings(today)) is (
        state in (Freshness.STALE, Freshness.HIDDEN)
    )
    assert (line in [entry for entry, _ in entries.due(today)]) is (state is not Freshness.FRESH)


@given(DAYS)
def test_danger_and_veilig_thuis_stay_however_late_the_check_is(today: date) -> None:
    shown = {entry.id for entry in directory.load().shown(today)}
    assert shown >= ALWAYS_SHOWN
    if today >= date(2027, 8, 22):
        assert shown == ALWAYS_SHOWN


def test_a_quarter_after_the_last_of_november_is_the_last_of_february() -> None:
    assert directory.add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def written(tmp_path: Path, entry_id: str, **changes: object) -> Path:
    """A directory file in which one entry was changed; a value of None takes the key away."""
    changed = {key: dict(raw) for key, raw in RAW.items()}
    changed[entry_id].update(changes)
    file = tmp_path / directory.FILE
    file.write_text(yaml.safe_dump({"organisations": list(changed.values())}), encoding="utf-8")
    return file


def phone(entry_id: str, **changes: object) -> list[dict[str, object]]:
    return [{**RAW[entry_id]["phones"][0], **changes}]


@pytest.mark.parametrize(
    ("entry_id", "changes", "message"),
    [
        ("luisterlijn", {"opnieuw_voor": None}, "luisterlijn: opnieuw_voor: ontbreekt"),
        ("luisterlijn", {"opnieuw_voor": "straks"}, "schrijf een datum"),
        ("luisterlijn", {"hours": {"always": False, "mon": ["dag"]}}, "hours.mon"),
        (
            "luisterlijn",
            {"phones": phone("luisterlijn", tel=RAW["113"]["phones"][1]["tel"])},
            "number en tel verschillen",
        ),
        ("luisterlijn", {"phones": phone("luisterlijn", tel=88)}, "aanhalingstekens"),
        ("luisterlijn", {"phones": phone("luisterlijn", number="9" * 8, tel="9" * 8)}, "geen bestaand"),
        ("luisterlijn", {"phones": phone("luisterlijn", kosten_tekst="")}, "kosten_tekst: ontbreekt"),
        ("slachtofferhulp", {"phones": phone("slachtofferhulp", kosten_tekst="gratis")}, "geld kan kosten"),
        ("luisterlijn", {"id": "113"}, "komt twee keer voor"),
        ("veilig-thuis", {"id": "iets-anders"}, "veilig-thuis: ontbreekt"),
    ],
)
def test_a_mistake_in_the_file_stops_the_start_and_says_where(
    tmp_path: Path, entry_id: str, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(BadContent, match=message) as problem:
        directory.load(written(tmp_path, entry_id, **changes))
    assert problem.value.file == directory.FILE
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("organisations: []", "verwacht een lijst"),
        ("- los", "verwacht sleutels"),
        ("a: [", "regel"),
        ("organisations:\n- los", "organisatie 1"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / directory.FILE
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadContent, match=message):
        directory.load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="zet het bestand terug"):
        directory.load(tmp_path / directory.FILE)


def test_the_call_sheet_tells_a_person_what_to_do(
    entries: directory.Directory, capsys: pytest.CaptureFixture[str]
) -> None:
    calm = "\n".join(directory_check.report(entries, date(2026, 12, 1)))
    assert "0 te controleren" in calm and "BELLIJST" not in calm
    assert directory_check.main(["--op", "2027-03-01"]) == 0
    sheet = capsys.readouterr().out
    for entry, _ in entries.due(date(2027, 3, 1)):
        assert entry.how_to_check in sheet
    assert directory_check.main(["--op", "2027-06-01"]) == 1


def test_the_sheet_before_going_live_holds_everything_that_is_shown(entries: directory.Directory) -> None:
    lines = "\n".join(directory_check.report(entries, date(2026, 12, 1), everything=True))
    assert all(f"({entry.id})" in lines for entry in entries.shown())
    assert "(kinderpostzegels)" not in lines
