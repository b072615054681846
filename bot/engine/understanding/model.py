"""The trained part of understanding: intent, topics, role and urgency over one row. No Rasa, no decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scipy.sparse import csr_matrix

from bot.advice.roles import Ranking
from bot.engine.understanding.linear import Array, LinearLabels

INTENT_STRENGTH = 10.0
TOPIC_STRENGTH = 10.0
ROLE_STRENGTH = 2.0
URGENCY_STRENGTH = 15.0
"""Inverse regularisation; chosen by ``make eval`` (docs/understanding.md)."""

KINDS = ("topics", "roles", "urgencies")


@dataclass(frozen=True)
class Truth:
    """What an example's metadata says about its situation."""

    role: str
    topics: frozenset[str]
    urgency: str

    @classmethod
    def of(cls, metadata: Mapping[str, Any]) -> "Truth":
        """Read the metadata of ``data/nlu``; absent values are the neutral ones."""
        return cls(
            str(metadata.get("role", "unknown")),
            frozenset(str(topic) for topic in metadata.get("topics") or ()),
            str(metadata.get("urgency", "none")),
        )


def fit_intents(rows: csr_matrix, intents: Sequence[str]) -> LinearLabels:
    """Learn the intent of each row."""
    return LinearLabels(True, INTENT_STRENGTH).fit(rows, [frozenset([intent]) for intent in intents])


class Situation:
    """Topics (several may hold), role and urgency of one message."""

    def __init__(self, models: Mapping[str, LinearLabels]) -> None:
        self._models = dict(models)

    @classmethod
    def fit(cls, rows: csr_matrix, truths: Sequence[Truth]) -> "Situation":
        """Learn from the metadata of the examples."""
        return cls(
            {
                "topics": LinearLabels(False, TOPIC_STRENGTH).fit(rows, [truth.topics for truth in truths]),
                "roles": LinearLabels(True, ROLE_STRENGTH).fit(rows, [frozenset([t.role]) for t in truths]),
                "urgencies": LinearLabels(True, URGENCY_STRENGTH).fit(
                    rows, [frozenset([truth.urgency]) for truth in truths]
                ),
            }
        )

    def rankings(self, row: csr_matrix) -> dict[str, Ranking]:
        """For each kind all that may matter, best first."""
        return {kind: self._models[kind].ranked(row, 6) for kind in KINDS}

    def scores(self, kind: str, rows: csr_matrix) -> Array:
        """Probabilities of shape ``(n, labels)`` for evaluations."""
        return self._models[kind].scores(rows)

    def labels(self, kind: str) -> tuple[str, ...]:
        """The labels of ``scores``, in order."""
        return self._models[kind].labels

    def save(self, folder: Path) -> None:
        """Write the three models."""
        for kind, model in self._models.items():
            model.save(folder, kind)

    @classmethod
    def load(cls, folder: Path) -> "Situation":
        """Read what ``save`` wrote."""
        return cls({kind: LinearLabels.load(folder, kind) for kind in KINDS})
