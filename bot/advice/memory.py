"""What the bot remembers of its own side of a chat: closed lists only, never a word of the visitor."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.advice.vocabulary import OpenQuestion

LIMIT = 48
"""How many own sentences are remembered, so that none returns while a chat lasts (oldest forgotten first)."""

_SENTENCE = re.compile(r"[a-z0-9_.]{1,60}#[a-z]{1,2}[0-9]{0,2}")
_NAME = re.compile(r"[a-z0-9_.]{1,60}")


@dataclass(frozen=True)
class DialogueMemory:
    """``asked``: the question that is open; ``said``: ids of sentences used; ``answer``: the last answer's id;
    ``missed``: how often in a row the bot did not understand; ``easy``: easy language is on;
    ``region_asked``: the town was asked once, which is enough."""

    asked: OpenQuestion = OpenQuestion.NOTHING
    said: tuple[str, ...] = ()
    answer: str | None = None
    missed: int = 0
    easy: bool = False
    region_asked: bool = False

    def as_slots(self) -> dict[str, Any]:
        """The values of Rasa's slots of the same names."""
        return {
            "asked": self.asked.value,
            "said": list(self.said),
            "answer": self.answer,
            "missed": float(self.missed),
            "easy": self.easy,
            "region_asked": self.region_asked,
        }

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> "DialogueMemory":
        """Read the slots back. Whatever is not of the closed form is dropped, never kept: it is an allow-list."""
        asked = slots.get("asked")
        answer = slots.get("answer")
        missed = slots.get("missed")
        said = slots.get("said")
        return cls(
            asked=OpenQuestion(asked) if asked in set(OpenQuestion) else OpenQuestion.NOTHING,
            said=tuple(
                one
                for one in (said if isinstance(said, list) else [])
                if isinstance(one, str) and _SENTENCE.fullmatch(one)
            )[-LIMIT:],
            answer=answer if isinstance(answer, str) and _NAME.fullmatch(answer) else None,
            missed=min(max(int(missed), 0), 9) if isinstance(missed, int | float) else 0,
            easy=slots.get("easy") is True,
            region_asked=slots.get("region_asked") is True,
        )
