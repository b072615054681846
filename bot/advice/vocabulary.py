"""The closed lists of words that both processes share. Must not hold behaviour or text for people.

Values are part of the public API (DESIGN §3): they may be added to, never renamed.
"""

from enum import StrEnum


class Role(StrEnum):
    """Who is writing. A person under 18 is ``child``, also when worried about someone else."""

    VICTIM = "victim"
    BYSTANDER = "bystander"
    CHILD = "child"
    PERPETRATOR = "perpetrator"
    PROFESSIONAL = "professional"
    UNKNOWN = "unknown"


class Topic(StrEnum):
    """What it is about; several may hold at once."""

    PARTNER_VIOLENCE = "partner_violence"
    PSYCHOLOGICAL_ABUSE = "psychological_abuse"
    COERCIVE_CONTROL = "coercive_control"
    CHILD_ABUSE = "child_abuse"
    CHILD_NEGLECT = "child_neglect"
    CHILD_WITNESS = "child_witness"
    SEXUAL_VIOLENCE_RECENT = "sexual_violence_recent"
    SEXUAL_VIOLENCE_PAST = "sexual_violence_past"
    ELDER_ABUSE = "elder_abuse"
    PARENT_ABUSE = "parent_abuse"
    HONOUR_VIOLENCE = "honour_violence"
    FORCED_MARRIAGE = "forced_marriage"
    ABANDONMENT_ABROAD = "abandonment_abroad"
    FGM = "fgm"
    HUMAN_TRAFFICKING = "human_trafficking"
    STALKING = "stalking"
    ONLINE_SEXUAL_ABUSE = "online_sexual_abuse"
    FINANCIAL_ABUSE = "financial_abuse"
    COMPLEX_DIVORCE = "complex_divorce"
    OWN_AGGRESSION = "own_aggression"
    SUICIDALITY = "suicidality"
    PROCEDURE_QUESTION = "procedure_question"
    PRIVACY_QUESTION = "privacy_question"
    HUMAN_REQUEST = "human_request"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"
    ABUSE_OF_SERVICE = "abuse_of_service"
    OTHER_LANGUAGE = "other_language"
    REPORT_ABOUT_ME = "report_about_me"
    PAST_CHILD_ABUSE = "past_child_abuse"
    CARER_OVERLOAD = "carer_overload"
    PARENTAL_ILLNESS_ADDICTION = "parental_illness_addiction"
    MARITAL_CAPTIVITY = "marital_captivity"
    AFTERCARE = "aftercare"


class Urgency(StrEnum):
    """How soon help is needed. ``unclear`` may be danger now: it asks one question with 112 in sight."""

    NONE = "none"
    NORMAL = "normal"
    URGENT = "urgent"
    UNCLEAR = "unclear"
    ACUTE = "acute"


class AgeBand(StrEnum):
    """Age of the person who writes, only when told or chosen."""

    UNDER_8 = "under_8"
    FROM_8 = "8_11"
    FROM_12 = "12_15"
    FROM_16 = "16_17"
    ADULT = "adult"
    SENIOR = "65_plus"


class Relation(StrEnum):
    """The one who hurts, seen from the one who is hurt; only when told or chosen."""

    PARTNER = "partner"
    EX_PARTNER = "ex_partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER_FAMILY = "other_family"
    CARER = "carer"
    KNOWN_PERSON = "known_person"
    STRANGER = "stranger"


class YesNo(StrEnum):
    """Whether children live in the home where it happens."""

    YES = "yes"
    NO = "no"


class Duration(StrEnum):
    """How long it has been going on."""

    LT_1M = "lt_1m"
    M1_6 = "1_6m"
    M6_12 = "6_12m"
    Y1_5 = "1_5y"
    GT_5Y = "gt_5y"


class ReplyKind(StrEnum):
    """What a reply is, for the page and for people who use a screen reader."""

    GREETING = "greeting"
    ANSWER = "answer"
    QUESTION = "question"
    REFERRAL = "referral"
    DANGER = "danger"
    EMERGENCY = "emergency"
    REDACTION_NOTICE = "redaction_notice"
    SYSTEM = "system"


class Danger(StrEnum):
    """What the danger words alone say about one message."""

    NONE = "none"
    UNCLEAR = "unclear"
    ACUTE = "acute"


class OpenQuestion(StrEnum):
    """Questions the bot may have open; answers to them depend on which one was asked last."""

    NOTHING = "nothing"
    DANGER = "danger"
    ABOUT = "about"
    REGION = "region"
    AGE = "age"
    READ_ALONG = "read_along"
    MEANING = "meaning"
