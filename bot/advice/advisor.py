"""Decides what the bot says in one turn: which answer, which referrals, at most one question.

Pure: a ``Turn`` goes in, ``Advice`` comes out. Serves the Rasa actions and the evaluations alike. Every sentence
comes from content files; this module only chooses.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.advice import answers as answer_content
from bot.advice import directory as directory_content
from bot.advice import phrases as phrase_content
from bot.advice import referral as referral_rules
from bot.advice.assessment import Assessment
from bot.advice.memory import LIMIT, DialogueMemory
from bot.advice.regions import RegionFinding
from bot.advice.understanding import Understanding
from bot.advice.vocabulary import OpenQuestion, ReplyKind, Role, Urgency

CHILD_LINE, CHILD_LINE_NAME, ALWAYS_THERE = "kindertelefoon", "Kindertelefoon", "Veilig Thuis"


@dataclass(frozen=True)
class ReferralLine:
    """An organisation (id of the directory, or ``handover``) and one sentence why."""

    id: str
    why: str


@dataclass(frozen=True)
class ChoiceLine:
    """A button: its title, and the payload with its slash."""

    title: str
    payload: str


@dataclass(frozen=True)
class Say:
    """One reply before it is rendered with numbers and hours."""

    kind: ReplyKind
    text: str
    referrals: tuple[ReferralLine, ...] = ()
    choices: tuple[ChoiceLine, ...] = ()


@dataclass(frozen=True)
class Turn:
    """What is known when the bot speaks. ``assessment`` already holds what this message added;
    ``before`` is what was known without it. ``danger_shown``: the gateway already put 112 first. ``polite``: adults
    are addressed with "u"; children never are."""

    understanding: Understanding
    before: Assessment
    assessment: Assessment
    memory: DialogueMemory
    now: datetime
    place: RegionFinding | None = None
    danger_shown: bool = False
    chosen_value: str = ""
    opening: bool = False
    polite: bool = False


@dataclass(frozen=True)
class Advice:
    """What the bot says and what changed. ``effect``: what the gateway must do besides showing it."""

    replies: tuple[Say, ...]
    assessment: Assessment
    memory: DialogueMemory
    effect: str | None = None


@dataclass
class Draft:
    """The answer of one turn while it is being made."""

    turn: Turn
    replies: list[Say] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    asked: OpenQuestion = OpenQuestion.NOTHING
    answer: str | None = None
    missed: int = 0
    easy: bool = False
    region_asked: bool = False
    effect: str | None = None
    assessment: Assessment = field(default_factory=Assessment)

    @classmethod
    def of(cls, turn: Turn) -> "Draft":
        """A draft that starts from what the bot remembers."""
        memory = turn.memory
        return cls(
            turn=turn,
            said=list(memory.said),
            answer=memory.answer,
            easy=memory.easy,
            region_asked=memory.region_asked,
            assessment=turn.assessment,
        )

    @property
    def child(self) -> bool:
        """Whether the reader is under 18."""
        return self.assessment.role is Role.CHILD

    @property
    def polite(self) -> bool:
        """Whether this reader is addressed with "u"."""
        return self.turn.polite and not self.child

    def pick(self, owner: str, mark: str, variants: tuple[str, ...]) -> str:
        """The next variant that this chat has not seen; when all were seen, the longest ago."""
        for place, text in enumerate(variants):
            sentence = f"{owner}#{mark}{place}"
            if sentence not in self.said:
                self.said.append(sentence)
                return text
        oldest = min(range(len(variants)), key=lambda place: self.said.index(f"{owner}#{mark}{place}"))
        sentence = f"{owner}#{mark}{oldest}"
        self.said.remove(sentence)
        self.said.append(sentence)
        return variants[oldest]

    def phrase(self, name: str, **values: str) -> str:
        """A fixed sentence for this reader, with its place holders filled."""
        variants = phrase_content.load().of(name, child=self.child, easy=self.easy, polite=self.polite)
        text = self.pick(f"vast.{name}", "v", variants)
        return text.format(**values) if values else text

    def say(
        self,
        kind: ReplyKind,
        text: str,
        referrals: tuple[ReferralLine, ...] = (),
        choices: tuple[ChoiceLine, ...] = (),
    ) -> None:
        """Add one reply. When the children's line is named and closed, it says so, and who is there instead."""
        if CHILD_LINE_NAME in text and ALWAYS_THERE not in text and self._child_line_closed():
            text = f"{text} {phrase_content.load().of('kindertelefoon_dicht', child=self.child)[0]}"
        self.replies.append(Say(kind, text, referrals, choices))

    def _child_line_closed(self) -> bool:
        return directory_content.load().get(CHILD_LINE).is_open(self.turn.now) is False

    def done(self) -> Advice:
        """The finished advice."""
        memory = DialogueMemory(
            asked=self.asked,
            said=tuple(self.said[-LIMIT:]),
            answer=self.answer,
            missed=self.missed,
            easy=self.easy,
            region_asked=self.region_asked,
        )
        return Advice(tuple(self.replies), self.assessment, memory, self.effect)


def choice(name: str, child: bool) -> ChoiceLine:
    """The button of that name, titled for its reader."""
    button = answer_content.load().buttons[name]
    return ChoiceLine(button.child_title if child else button.title, f"/{name}")


def choices(names: tuple[str, ...], child: bool) -> tuple[ChoiceLine, ...]:
    """Buttons for names that exist; a name without a title is left out."""
    known = answer_content.load().buttons
    return tuple(choice(name, child) for name in names if name in known)


def referrals(draft: Draft, *signals: str, limit: int = 3) -> tuple[ReferralLine, ...]:
    """The organisations that fit, with a reason each."""
    understood = draft.turn.understanding
    if understood.intent.startswith("feeling_"):
        signals = (*signals, "loneliness" if understood.intent == "feeling_lonely" else "feelings")
    chosen = referral_rules.load().choose(
        draft.assessment,
        draft.turn.now,
        signals=frozenset((understood.intent, *understood.kinds, *signals)),
        limit=limit,
    )
    return tuple(ReferralLine(one.id, one.why) for one in chosen)


def with_urgency(assessment: Assessment, urgency: Urgency) -> Assessment:
    """The same assessment at another urgency."""
    return replace(assessment, urgency=urgency)


Teller = Callable[[Turn], Advice]
