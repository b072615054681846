"""Both ways of reading Dutch: the blank pipeline with its lemma table, and nl_core_news_md when it is installed."""

import sys

import numpy as np
import pytest
import spacy

from bot.engine.understanding import dutch
from bot.engine.understanding.spelling import tokens


@pytest.fixture
def fresh():
    """Forget which reader was chosen, before and after."""
    dutch.load.cache_clear()
    yield
    dutch.load.cache_clear()


@pytest.fixture
def tiny_model(tmp_path, monkeypatch):
    """A package of the model's name, built here, with vectors of three dimensions."""
    nlp = spacy.blank("nl")
    for word, values in {"slaat": (1, 0, 0), "mij": (0, 1, 0)}.items():
        nlp.vocab.set_vector(word, np.array(values, dtype=np.float32))
    package = tmp_path / dutch.MODEL
    package.mkdir()
    nlp.to_disk(package / "data")
    (package / "__init__.py").write_text(
        "from pathlib import Path\nimport spacy\n\ndef load(**kwargs):\n"
        "    return spacy.load(Path(__file__).parent / 'data', **kwargs)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop(dutch.MODEL, None)


def test_without_the_model_a_blank_pipeline_with_lemmas_reads(fresh):
    reader = dutch.load()
    reading = reader.read("hij sloeg mij en bedreigde de kinderen")
    assert reader.name == "blank"
    assert reading.vector is None
    assert {"slaan", "bedreigen"} <= set(reading.lemmas)


def test_with_the_model_installed_its_vectors_are_used(tiny_model, fresh):
    reader = dutch.load()
    assert reader.name == dutch.MODEL
    assert reader.dimensions == 3
    assert reader.read("hij slaat mij").vector.tolist() == pytest.approx([1 / 3, 1 / 3, 0])


@pytest.mark.parametrize("text", ["", "   ", "!!!", "😭😭", "[naam 1]", "a" * 5000, "\u202e\x00"])
def test_odd_input_is_read_without_an_error(fresh, text):
    reading = dutch.load().read(text)
    assert len(reading.words) == len(reading.lemmas)


def test_chat_spelling_is_repaired_and_placeholders_say_what_they_replaced():
    assert tokens("hij slaad mij egt heeeel vaak") == ["hij", "slaat", "mij", "echt", "heel", "vaak"]
    assert tokens("ik heet [naam 1] en woon in [plaats]") == ["ik", "heet", "en", "woon", "in", "amsterdam"]
