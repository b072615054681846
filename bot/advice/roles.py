"""Which role the model's scores and the words of a message leave. Pure; the words always win from the scores."""

from collections.abc import Sequence

from bot.advice.mentions import Mentions
from bot.advice.vocabulary import AgeBand, Role

Ranking = Sequence[tuple[str, float]]
"""Labels with their scores, best first."""

WEIGHT = {"bystander": 1.1, "child": 1.2, "perpetrator": 1.3}
"""Roles that the model gives less often than people have them: chosen on training examples that it had not seen."""

UNKNOWN_SURE = 0.55
"""How sure the role "unknown" must be to stand beside a told situation."""

_LEAVES: tuple[tuple[str, frozenset[str]], ...] = (
    ("hurts_me", frozenset({Role.VICTIM, Role.CHILD})),
    ("hurts_other", frozenset({Role.PERPETRATOR, Role.CHILD})),
    ("other_hurt", frozenset({Role.BYSTANDER, Role.CHILD, Role.PROFESSIONAL})),
)
"""What is said in so many words leaves only some roles. "Mijn broer slaat me": whoever writes this is hurt."""


def likeliest(roles: Ranking, mentions: Mentions, situated: bool) -> tuple[Role, float]:
    """The role and its score. ``situated``: somebody tells what happens, so it is somebody's story."""
    likely = _possible(roles, mentions)
    name, score = likely[0]
    if situated and name == Role.UNKNOWN.value and score < UNKNOWN_SURE and len(likely) > 1:
        name, score = likely[1]
    return Role(name), score


def _possible(roles: Ranking, mentions: Mentions) -> Ranking:
    """The roles that the words of the message do not rule out, likeliest first; all when they rule out all."""
    adult = mentions.age_band in (AgeBand.ADULT, AgeBand.SENIOR) or "own_adult" in mentions.signals
    weighed = sorted(((name, score * WEIGHT.get(name, 1.0)) for name, score in roles), key=lambda one: -one[1])
    likely = [(name, score) for name, score in weighed if not (adult and name == Role.CHILD.value)] or weighed
    for signal, left in _LEAVES:
        if signal in mentions.signals:
            likely = [(name, score) for name, score in likely if name in left] or likely
    return likely
