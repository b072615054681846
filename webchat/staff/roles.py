"""What a member of staff may be and can do. Must not decide which call needs which role."""

from enum import StrEnum


class StaffRole(StrEnum):
    """Closed; one person may have several."""

    COUNSELLOR = "counsellor"
    PIKET = "piket"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


EVERYONE = tuple(StaffRole)
"""For calls that need a person who is logged in, whoever it is."""

FOUR_EYES = frozenset({StaffRole.COORDINATOR, StaffRole.ADMINISTRATOR, StaffRole.AUDITOR})
"""Nobody gives these to anybody alone, as long as there is a second administrator."""


class Skill(StrEnum):
    """What somebody is trained for; the desk sends such chats there first."""

    CHILD = "child"
    SEXUAL_VIOLENCE = "sexual_violence"
    HONOUR = "honour"
    LANGUAGES = "languages"
    NIGHT = "night"
    YOUTH = "youth"
