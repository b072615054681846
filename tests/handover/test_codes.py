"""The spoken codes: innocent words, forgiving to type, and useless without the code itself."""

from pathlib import Path

import yaml

from webchat.handover.codes import LIST_SIZE, CodeKeys, new_code, tidy, word_list

SECRET = b"s" * 32


def test_the_list_has_as_many_words_as_it_promises_and_they_are_easy_to_say():
    words = word_list()
    assert len(set(words)) == LIST_SIZE
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 8 for word in words)


def test_no_word_gives_away_what_the_chat_was_about():
    lexicon = yaml.safe_load(Path("bot/advice/content/lexicon.yml").read_text())["begrippen"]
    listened_for = {str(word) for group in lexicon.values() for word in group}
    assert not listened_for & set(word_list())


def test_a_code_is_understood_however_it_is_typed():
    code = new_code()
    assert len(code.split()) == 4
    assert tidy(f"  {code.upper().replace(' ', ', ')}. ") == code
    assert tidy(code.replace(" ", "-")) == code
    assert tidy("drie losse woorden") is None
    assert tidy("") is None


def test_two_codes_are_never_the_same_by_accident():
    assert len({new_code() for _ in range(500)}) == 500


def test_a_code_opens_what_was_closed_with_it_and_nothing_else():
    code = new_code()
    keys = CodeKeys.derive(code, SECRET, "return")
    closed = keys.close(b"token")
    assert CodeKeys.derive(code, SECRET, "return").open(closed) == b"token"
    for other in (
        CodeKeys.derive(new_code(), SECRET, "return"),
        CodeKeys.derive(code, b"t" * 32, "return"),
        CodeKeys.derive(code, SECRET, "call"),
    ):
        assert other.id != keys.id
        assert other.open(closed) is None


def test_the_key_pair_belongs_to_the_code():
    code = new_code()
    one, again = (CodeKeys.derive(code, SECRET, "question").pair for _ in range(2))
    assert one.private_bytes_raw() == again.private_bytes_raw()
