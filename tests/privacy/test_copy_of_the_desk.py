"""A copy with the handover in it: what it opens for somebody who also has the secrets of the installation (P1, P5)."""

import base64
from collections.abc import Iterator
from itertools import combinations

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.privacy.living import QUESTION, WAITING, WITH_A_PERSON, WORDS
from webchat.adapters.clocks import SystemClock
from webchat.adapters.memory_desk import MemoryDeskStore
from webchat.chats import ChatKeys
from webchat.desk import DeskRoom
from webchat.desk.questions import Questions
from webchat.handover.codes import CodeKeys
from webchat.handover.desk import Desk
from webchat.handover.envelopes import SealedForOthers, StaffKey, open_card
from webchat.handover.tickets import Phase
from webchat.ports import QuestionRow

LABELS = (b"chat id", b"chat key", b"staff key", b"desk", b"team key", b"code salt return", b"code salt call")
"""Labels of derivations in the product; somebody with a secret would try them."""


@pytest.fixture(scope="module")
def desk(living) -> Desk:
    """The desk, opened with the engine's secret, as somebody would who broke into a gateway's configuration."""
    room = DeskRoom(MemoryDeskStore(), SystemClock(), living.product.place.engine_secret.encode())
    opened: Desk = room._open(living.desk)
    return opened


@pytest.fixture(scope="module")
def tries(living, desk) -> frozenset[str]:
    """Everything in the copy and both secrets, as text in the forms that a key or a token has, derivations too."""
    raw: set[bytes] = {value for some in living.values.values() for value in some if 8 <= len(value) <= 300}
    raw |= {_bytes(value) for rows in living.rows.values() for row in rows for value in row}
    secrets = [living.product.place.engine_secret.encode(), living.product.staff.secret.encode()]
    for secret in secrets:
        raw |= {secret, *(_derived(secret, b"lichtpunt " + label) for label in LABELS)}
    raw |= {seal.encode() for ticket in desk.tickets.values() for one in ticket.seals.values() for seal in vars(one)}
    raw |= {one.encode() for duty in desk.duty.values() for one in (duty.session, duty.staff, duty.public_key)}
    return frozenset(form for value in raw for form in _forms(value))


def test_with_the_engines_secret_the_desk_shows_who_waits_and_no_word(living, desk):
    """What it opens, said plainly: how many wait or talk, how urgently, since when, and who is on duty."""
    phases = [ticket.phase for ticket in desk.tickets.values()]
    assert phases.count(Phase.WAITING) == WAITING
    assert phases.count(Phase.TALKING) == WITH_A_PERSON
    assert all(ticket.danger for ticket in desk.tickets.values())
    assert len(desk.duty) == 2
    told = desk.as_bytes()
    for word in WORDS:
        assert word.lower().encode() not in told.lower(), word


def test_without_the_secret_the_desk_does_not_even_say_that_somebody_waits(living):
    for secret in (living.product.staff.secret, "0" * 64):
        room = DeskRoom(MemoryDeskStore(), SystemClock(), secret.encode())
        assert room._open(living.desk) == Desk()


def test_nothing_in_the_copy_and_no_secret_opens_a_card_or_a_conversation(living, desk, tries):
    assert len(tries) > 500
    mine = [StaffKey.from_session(text) for text in tries]
    checked = 0
    for ticket in list(desk.tickets.values())[:4]:
        for seals in ticket.seals.values():
            for purpose, sealed in (("card", seals.card), ("talk", seals.talk)):
                checked += 1
                assert not any(_opens(key, sealed, purpose, ticket.id) for key in mine)
        assert not any(_opens_card(text, ticket.id, ticket.card) for text in tries)
    assert checked >= 8


def test_the_same_tries_with_a_cookie_among_them_open_it(living, desk):
    """The control. A cookie is only in a counsellor's browser; while they are logged in it opens what they may see."""
    opened = []
    for ticket in desk.tickets.values():
        for cookie in living.cookies:
            seals = [
                one
                for one in ticket.seals.values()
                if _opens(StaffKey.from_session(cookie), one.talk, "talk", ticket.id)
            ]
            opened += [StaffKey.from_session(cookie).open(one.talk, "talk", ticket.id) for one in seals]
    assert len(opened) >= WITH_A_PERSON + WAITING
    assert {ChatKeys.from_token(token).chat_id for token in opened} <= set(living.by_chat)


def test_nothing_in_the_copy_and_no_secret_is_the_token_of_a_chat_or_a_talk(living, tries):
    assert not {ChatKeys.from_token(text).chat_id for text in tries} & set(living.by_chat)
    assert {keys.chat_id for keys in [*living.keys, *living.talks()]} <= set(living.by_chat), "the control"


def test_a_code_opens_only_with_its_words_and_the_secret_together(living, tries):
    """51 bits, argon2id and the secret: with the secret alone somebody would have to try words for many years."""
    secret = living.product.place.engine_secret.encode()
    for purpose in ("call", "return"):
        right = CodeKeys.derive(living.codes[purpose], secret, purpose)
        assert right.open(living.closed[right.id][8:])
        wrong = [CodeKeys.derive(living.codes[purpose], other, purpose) for other in (b"0" * 64, secret[:-1])]
        assert not {one.id for one in wrong} & set(living.closed)
    for code_id, closed in living.closed.items():
        for text in list(tries)[:2000]:
            key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) == 43 else b""
            assert len(key) != 32 or CodeKeys(code_id, key, b"").open(closed[8:]) is None


def test_questions_open_with_the_staff_secret_and_with_nothing_else(living):
    """What it opens, said plainly: questions are sealed to the team of the next shift, whose key is that secret."""
    rows = [QuestionRow(*row) for row in living.rows["questions"]]
    assert rows
    mine = Questions(None, SystemClock(), living.product.staff.secret.encode())
    assert QUESTION in {mine._read(row)["text"] for row in rows}
    for other in (living.product.place.engine_secret, "0" * 64):
        assert {Questions(None, SystemClock(), other.encode())._read(row)["text"] for row in rows} == {"\u2026"}


def test_no_value_joins_a_chat_to_its_talk_its_ticket_its_engine_its_codes_or_any_row(living, desk):
    """P5 over all that rests. Times are left out: those of a chat and its talk run together (docs/threat-model.md)."""
    classes = _classes(living, desk)
    assert [name for name, values in classes.items() if not values] in ([], ["counts"])
    for (one, first), (other, second) in combinations(classes.items(), 2):
        assert first & second == set(), f"{one} and {other}"


def test_the_search_for_a_joining_value_can_find_one(living, desk):
    """The control: counsellors' sessions stand at the desk and in the database, on purpose, and are found."""
    sessions = {value for row in living.rows["sessions"] for value in _values(row)}
    on_duty = {value for duty in desk.duty.values() for value in (duty.session, duty.staff)}
    assert sessions & on_duty


def _classes(living, desk) -> dict[str, set[str]]:
    talks = {keys.chat_id for keys in living.talks()}
    own = {keys.chat_id for keys in living.keys}
    stored = {
        "chats": {one for name in own for one in (name, *_values(living.by_chat[name]))},
        "talks": {one for name in talks for one in (name, *_values(living.by_chat[name]))},
        "codes": {one for name, closed in living.closed.items() for one in (name, closed.hex())},
        "engine": _values(living.values["engine"]) - {"tracker"},
        "desk": {one for ticket in desk.tickets.values() for one in _ticket(ticket)},
    }
    tables = ("questions", "audit", "counts", "accounts")
    return stored | {name: {one for row in living.rows[name] for one in _values(row)} for name in tables}


def _ticket(ticket) -> Iterator[str]:
    yield ticket.id
    yield ticket.card
    for seals in ticket.seals.values():
        yield from (seals.card, seals.talk)


def _values(row) -> set[str]:
    """Values that could join: long enough to be no word of a closed list by chance, and no time or number."""
    texts = {
        value.hex() if isinstance(value, bytes) and len(value) > 64 else _bytes(value).decode("latin-1")
        for value in row
    }
    return {text for text in texts if len(text) >= 8 and not text.replace(".", "").isdigit()}


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8")


def _derived(secret: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


def _forms(value: bytes) -> Iterator[str]:
    yield base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")
    yield value.hex()
    if value.isascii():
        yield value.decode("ascii")


def _opens(key: StaffKey, sealed: str, purpose: str, ticket_id: str) -> bool:
    try:
        key.open(sealed, purpose, ticket_id)
    except SealedForOthers:
        return False
    return True


def _opens_card(text: str, ticket_id: str, closed: str) -> bool:
    try:
        open_card(text, ticket_id, closed)
    except (SealedForOthers, ValueError):
        return False
    return True
