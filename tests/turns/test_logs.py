"""Nothing but events and numbers can get into a log."""

import io
import logging

import pytest

from webchat.logs import FIELDS, Event, configure, error_place, log

CANARY = "kanariewoord"


@pytest.fixture
def lines():
    """What is logged; the logging of the test run itself comes back afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    configure("DEBUG", stream)
    yield stream
    logging.captureWarnings(False)
    root.handlers[:] = before
    root.setLevel(level)


def test_an_event_is_logged_with_its_fields(lines):
    log(Event.TURN, kind="text", count=2)
    assert lines.getvalue().strip().endswith("INFO turn kind=text count=2")


@pytest.mark.parametrize("value", ["twee woorden", "naam@voorbeeld.nl", "x" * 61, "", "/pad", None, b"x", ["x"]])
def test_a_field_that_is_no_plain_word_or_number_is_left_out(lines, value):
    log(Event.TURN, kind=value)
    assert lines.getvalue().strip().endswith("INFO turn")


def test_a_field_that_is_not_on_the_list_is_left_out(lines):
    log(Event.TURN, chat_id="abc")
    assert "abc" not in lines.getvalue()
    assert not FIELDS & {"chat_id", "text", "address", "user_agent", "url"}


@pytest.mark.parametrize("name", ["uvicorn.error", "uvicorn.access", "httpx", "redis", "asyncio", "webchat.turns", "x"])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.ERROR])
def test_other_loggers_lose_their_words(lines, name, level):
    logging.getLogger(name).log(level, "127.0.0.1 %s", CANARY)
    assert f"library logger={name} at=test_logs:" in lines.getvalue()
    assert CANARY not in lines.getvalue()
    assert "127.0.0.1" not in lines.getvalue()


def test_an_exception_loses_its_words_too(lines):
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        logging.getLogger("x").exception("failed: %s", CANARY)
        place = error_place(error)
    assert lines.getvalue().strip().endswith("error=ValueError")
    assert CANARY not in lines.getvalue()
    assert place.startswith("tests.turns.test_logs:")


def test_somebody_who_logs_under_our_name_loses_their_words(lines):
    logging.getLogger("webchat").warning(CANARY)
    assert CANARY not in lines.getvalue()
