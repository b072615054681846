"""Keys, seals, lifetimes and limits: the parts that everything else stands on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Role
from webchat.chats import (
    BLOCK,
    HARD_SECONDS,
    IDLE_SECONDS,
    LEFT_SECONDS,
    ChatKeys,
    ChatState,
    Notes,
    SealBroken,
    Sealed,
    Times,
    new_token,
    seal,
    unseal,
)
from webchat.limits import Limiter, Limits

KEYS = ChatKeys.from_token(new_token())


def test_a_token_gives_five_things_that_have_nothing_in_common():
    token = new_token()
    keys, again = ChatKeys.from_token(token), ChatKeys.from_token(token)
    assert keys == again
    values = {keys.chat_id, keys.engine_id, keys.chat_key.hex(), keys.engine_key.hex(), keys.authenticator_hash.hex()}
    assert len(values) == 5
    assert (len(keys.chat_id), len(keys.engine_id), len(keys.chat_key), len(keys.engine_key)) == (32, 32, 32, 32)
    assert all(token not in value for value in values)


def test_keys_do_not_show_themselves():
    assert KEYS.chat_key.hex() not in repr(KEYS)
    assert KEYS.engine_id not in repr(KEYS)


@given(st.text(max_size=200))
def test_any_text_can_be_tried_as_a_token(text):
    assert ChatKeys.from_token(text).chat_id != KEYS.chat_id


@given(st.text(max_size=2000), st.binary(min_size=16, max_size=16))
def test_what_was_sealed_opens_again(text, tag):
    assert unseal(KEYS, seal(KEYS, Sealed.MESSAGE, {"text": text}, tag)) == (Sealed.MESSAGE, {"text": text})


def test_the_length_of_a_seal_says_little():
    lengths = {len(seal(KEYS, Sealed.MESSAGE, {"text": "x" * size})) for size in range(BLOCK - 20)}
    assert len(lengths) == 1
    assert len(seal(KEYS, Sealed.MESSAGE, {"text": "x" * 300})) - lengths.pop() == BLOCK


def test_the_same_words_never_look_the_same():
    assert seal(KEYS, Sealed.MESSAGE, {}) != seal(KEYS, Sealed.MESSAGE, {})


@pytest.mark.parametrize("place", [0, 1, 2, 17, 18, 29, 30, -1])
def test_a_seal_that_was_changed_anywhere_does_not_open(place):
    envelope = bytearray(seal(KEYS, Sealed.MESSAGE, {"text": "hallo"}, bytes(16)))
    envelope[place] ^= 1
    with pytest.raises(SealBroken):
        unseal(KEYS, bytes(envelope))


@pytest.mark.parametrize("envelope", [b"", b"\x01", b"\x01\x04" + bytes(28), bytes(400)])
def test_what_is_no_seal_does_not_open(envelope):
    with pytest.raises(SealBroken):
        unseal(KEYS, envelope)


def test_a_seal_does_not_open_in_another_chat_even_with_its_key():
    envelope = seal(KEYS, Sealed.MESSAGE, {})
    for other in (ChatKeys.from_token(new_token()), replace(KEYS, chat_id="0" * 32)):
        with pytest.raises(SealBroken):
            unseal(other, envelope)


def test_notes_come_back_whole():
    notes = Notes(
        state=ChatState.WAITING,
        assessment=Assessment(role=Role.CHILD),
        fixed=("role",),
        names={"a": 1},
        easy=True,
        noticed=True,
        offered=("/yes",),
        flags=("not_alone",),
        ticket="t",
        talk="talk",
        card_key="key",
        talk_cursor=3,
        told={"since": 1.0},
        keep=True,
    )
    assert Notes.from_dict(notes.as_dict()) == notes


@pytest.mark.parametrize(
    ("times", "ends", "gone"),
    [
        (Times(0, 0), IDLE_SECONDS, IDLE_SECONDS),
        (Times(0, 100), 100 + IDLE_SECONDS, 100 + IDLE_SECONDS),
        (Times(0, HARD_SECONDS - 60), HARD_SECONDS, HARD_SECONDS),
        (Times(0, 0, 60), IDLE_SECONDS, 60 + LEFT_SECONDS),
        (Times(0, 120, 60), 120 + IDLE_SECONDS, 120 + LEFT_SECONDS),
        (Times(0, 0, IDLE_SECONDS - 1), IDLE_SECONDS, IDLE_SECONDS),
        (Times(0, 0, 60, kept=True), HARD_SECONDS, HARD_SECONDS),
    ],
)
def test_the_nearest_end_counts(times, ends, gone):
    assert (times.ends, times.gone) == (ends, gone)


def test_a_limiter_lets_a_burst_pass_and_then_a_steady_trickle():
    limiter = Limiter(burst=3, every=2.0)
    assert [limiter.wait(b"a", 0.0) for _ in range(4)] == [0, 0, 0, 2.0]
    assert limiter.wait(b"b", 0.0) == 0
    assert limiter.wait(b"a", 1.0) == 1.0
    assert limiter.wait(b"a", 2.0) == 0
    assert limiter.wait(b"a", 2.0) > 0


def test_a_limiter_forgets_who_has_been_quiet():
    limiter = Limiter(burst=1, every=10.0)
    limiter.wait(b"a", 0.0)
    limiter.sweep(10.0)
    assert limiter.wait(b"a", 10.0) == 0


def test_a_clock_that_steps_back_shuts_nobody_out_for_longer():
    limiter = Limiter(burst=1, every=1.0)
    limiter.wait(b"a", 1000.0)
    assert limiter.wait(b"a", 0.0) == 1.0
    assert limiter.wait(b"a", 1.0) == 0


@pytest.mark.parametrize("address", [None, "", "unix:", "no address", "[::1]"])
def test_an_address_that_is_not_known_is_not_limited(address):
    limits = Limits()
    assert [limits.new_chat(address, 0.0) for _ in range(100)] == [0.0] * 100


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_a_public_network_may_open_six_chats_at_once_without_work(address):
    limits = Limits()
    waits = [limits.new_chat(address, 0.0) for _ in range(7)]
    assert waits[:6] == [0.0] * 6
    assert waits[6] == 100.0


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "172.17.0.2", "fd00::1"])
def test_the_address_of_a_proxy_stands_for_many_visitors(address):
    limits = Limits()
    assert [limits.new_chat(address, 0.0) for _ in range(60)] == [0.0] * 60
    assert limits.new_chat(address, 0.0) == 1.0


def test_a_new_hour_has_a_new_key_so_buckets_cannot_be_followed():
    limits = Limits()
    for _ in range(21):
        limits.new_chat("8.8.8.8", 3599.0)
    assert limits.new_chat("8.8.8.8", 3599.0) > 0
    assert limits.new_chat("8.8.8.8", 2 * 3600.0) == 0


def test_an_address_is_nowhere_in_the_limiter():
    limits = Limits()
    limits.new_chat("8.8.8.8", 0.0)
    held = repr(vars(limits._chats))
    assert "8.8.8" not in held
    assert repr(bytes([8, 8, 8])) not in held


def test_switched_off_limits_let_everything_pass():
    limits = Limits(on=False)
    assert {limits.new_chat("8.8.8.8", 0.0) for _ in range(100)} == {0.0}
    assert {limits.message("0" * 32, 0.0) for _ in range(100)} == {0.0}
