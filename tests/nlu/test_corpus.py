"""The training examples keep their form, and the validation set stays apart from them."""

from collections import Counter, defaultdict

import pytest

from bot.advice.vocabulary import Role, Topic, Urgency
from scripts.content import intents
from scripts.dev_misses import DEV
from scripts.evaluation import sets
from scripts.evaluation.editing import NEAR, VOICES, likeness, shingles


@pytest.fixture(scope="module")
def examples():
    return sets.corpus()


def test_there_are_at_least_8000_dutch_examples(examples):
    assert sum(one.intent != "other_language" for one in examples) >= 8000


def test_every_example_has_metadata_from_the_closed_lists(examples):
    for one in examples:
        assert one.role in set(Role), one.text
        assert one.topics <= set(Topic), one.text
        assert one.urgency in set(Urgency), one.text
        assert one.voice in VOICES, (one.voice, one.text)


def test_every_intent_of_the_domain_has_examples_and_every_example_an_intent(examples):
    seen = Counter(one.intent for one in examples)
    assert set(seen) == intents() - {"nlu_fallback"}
    assert min(seen.values()) >= 20


def test_no_text_stands_twice_with_different_intents(examples):
    found = defaultdict(set)
    for one in examples:
        found[one.text.lower()].add(one.intent)
    assert {text for text, names in found.items() if len(names) > 1} == set()


def test_no_two_long_examples_are_nearly_the_same(examples):
    """Character 4-gram Jaccard; candidates share a rare shingle, so that not all pairs are compared."""
    long = [(one.text, shingles(one.text)) for one in examples if len(one.text) > 30]
    count = Counter(shingle for _, marks in long for shingle in marks)
    by_rare = defaultdict(list)
    for place, (_, marks) in enumerate(long):
        for shingle in sorted(marks, key=lambda one: (count[one], one))[:6]:
            by_rare[shingle].append(place)
    near = set()
    for places in by_rare.values():
        for first in places:
            for second in places:
                if first < second:
                    a, b = long[first][1], long[second][1]
                    if likeness(a, b) > NEAR:
                        near.add((long[first][0], long[second][0]))
    assert near == set()


def test_the_validation_set_is_not_trained_on(examples):
    trained = {one.text.lower() for one in examples if len(one.text) > 25}
    asked = {message.text.lower() for message in sets.messages()}
    assert trained & asked == set()


def test_every_situation_topic_is_told_by_every_role_that_occurs(examples):
    told = {(topic, one.role) for one in examples for topic in one.topics}
    for topic in Topic:
        if topic.value not in (
            "procedure_question",
            "privacy_question",
            "human_request",
            "smalltalk",
            "out_of_scope",
            "abuse_of_service",
            "other_language",
        ):
            for role in ("victim", "bystander", "child"):
                assert (topic.value, role) in told, (topic.value, role)


def test_the_validation_set_covers_danger_near_misses_and_every_topic():
    messages = sets.messages()
    assert len(messages) >= 800
    assert len(sets.stories()) >= 40
    assert sum(message.near_miss for message in messages) >= 100
    assert {topic for message in messages for topic in message.topics} == set(Topic)


def test_the_development_set_is_neither_trained_on_nor_a_copy_of_the_validation_set(examples):
    trained = {one.text.lower() for one in examples if len(one.text) > 25}
    asked = {message.text.lower() for message in sets.messages()}
    developed = {message.text.lower() for message in sets.messages(DEV)}
    assert len(developed) >= 75
    assert developed & (trained | asked) == set()
