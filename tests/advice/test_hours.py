"""Opening hours: the Dutch clock, summer time, and words a visitor understands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice import hours
from bot.advice.hours import AMSTERDAM, DAY_KEYS

OFFICE = {"always": False, **{day: ["09:00-17:00"] for day in DAY_KEYS[:5]}, "sat": [], "sun": []}
MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in the week of Monday 23 November 2026, on the Dutch clock."""
    return datetime(2026, 11, 22 + day, hour, minute, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("now", "is_open", "text"),
    [
        (at(1, 8, 59), False, "nu dicht, vandaag open vanaf 9.00 uur"),
        (at(1, 9), True, "nu open, tot 17.00 uur"),
        (at(1, 16, 59), True, "nu open, tot 17.00 uur"),
        (at(1, 17), False, "nu dicht, morgen open vanaf 9.00 uur"),
        (at(5, 17), False, "nu dicht, maandag open vanaf 9.00 uur"),
        (at(7, 23), False, "nu dicht, morgen open vanaf 9.00 uur"),
    ],
)
def test_office_hours_are_told_around_this_moment(now: datetime, is_open: bool, text: str) -> None:
    office = hours.parse(OFFICE)
    assert office is not None
    assert office.is_open(now) is is_open
    assert office.text(now) == text


def test_day_and_night_is_always_open_and_said_so() -> None:
    always = hours.parse({"always": True})
    assert always is not None
    assert always.is_open(at(7, 3))
    assert always.text(at(7, 3)) == "dag en nacht"


def test_unknown_hours_stay_unknown() -> None:
    assert hours.parse(None) is None


def test_summer_time_moves_the_opening_with_the_clock() -> None:
    office = hours.parse(OFFICE)
    assert office is not None
    assert office.is_open(datetime(2026, 7, 6, 7, 30, tzinfo=UTC))
    assert not office.is_open(datetime(2026, 12, 7, 7, 30, tzinfo=UTC))


def test_hours_hold_on_the_day_the_clock_changes() -> None:
    daily = hours.parse({"always": False, **{day: ["11:00-21:00"] for day in DAY_KEYS}})
    assert daily is not None
    assert not daily.is_open(datetime(2026, 10, 25, 9, 59, tzinfo=UTC))
    assert daily.is_open(datetime(2026, 10, 25, 10, 0, tzinfo=UTC))
    assert daily.is_open(datetime(2027, 3, 28, 9, 0, tzinfo=UTC))


def test_an_opening_past_midnight_closes_at_its_real_end() -> None:
    late = hours.parse({"always": False, "fri": ["20:00-24:00"], "sat": ["00:00-02:00"]})
    assert late is not None
    assert late.text(at(5, 23)) == "nu open, tot 2.00 uur"
    assert late.text(at(6, 1)) == "nu open, tot 2.00 uur"
    assert late.text(at(6, 2)) == "nu dicht, vrijdag open vanaf 20.00 uur"


def test_an_opening_that_goes_on_for_days_names_no_hour() -> None:
    long = hours.parse({"always": False, **{day: ["00:00-24:00"] for day in DAY_KEYS[:6]}})
    assert long is not None
    assert long.text(at(2, 12)) == "nu open"
    assert long.text(at(6, 12)) == "nu open, tot 24.00 uur"


def test_open_once_a_week_and_just_closed_says_next_week() -> None:
    weekly = hours.parse({"always": False, "mon": ["09:00-10:00"]})
    assert weekly is not None
    assert weekly.text(at(1, 11)) == "nu dicht, volgende week maandag open vanaf 9.00 uur"


def test_a_whole_week_without_a_gap_is_day_and_night() -> None:
    full = hours.parse({"always": False, **{day: ["00:00-12:00", "12:00-24:00"] for day in DAY_KEYS}})
    assert full is not None
    assert full.text(at(3, 4)) == "dag en nacht"


def test_never_open_does_not_promise_a_day() -> None:
    never = hours.parse({"always": False})
    assert never is not None
    assert never.text(at(1, 12)) == "nu dicht"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    office = hours.parse(OFFICE)
    assert office is not None
    with pytest.raises(ValueError, match="time zone"):
        office.is_open(datetime(2026, 11, 23, 12))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("09:00-17:00", "hours"),
        ({"always": "yes"}, "always"),
        ({"always": False, "maandag": []}, "maandag"),
        ({"always": False, "mon": "09:00-17:00"}, "mon"),
        ({"always": False, "tue": ["9-17"]}, "tue"),
        ({"always": False, "wed": ["17:00-09:00"]}, "wed"),
        ({"always": False, "thu": ["09:00-12:00", "11:00-13:00"]}, "thu"),
        ({"always": False, "fri": ["09:00-24:30"]}, "fri"),
    ],
)
def test_hours_that_cannot_be_read_name_the_key(written: object, key: str) -> None:
    with pytest.raises(ValueError, match=key):
        hours.parse(written)


@given(MOMENTS)
def test_the_words_and_the_answer_agree(now: datetime) -> None:
    office = hours.parse(OFFICE)
    assert office is not None
    assert office.text(now).startswith("nu open") is office.is_open(now)


@given(MOMENTS)
def test_the_promised_closing_time_is_true(now: datetime) -> None:
    office = hours.parse(OFFICE)
    assert office is not None
    if office.is_open(now):
        local = now.astimezone(AMSTERDAM)
        closing = local.replace(hour=17, minute=0, second=0, microsecond=0)
        assert office.text(now) == "nu open, tot 17.00 uur"
        assert office.is_open(closing - timedelta(minutes=1)) and not office.is_open(closing)
