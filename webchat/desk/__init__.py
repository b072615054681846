"""The desk and the conversations at it, for both sides. Must not know HTTP, Redis or what either side may do."""

from webchat.desk.room import DeskRoom
from webchat.desk.talks import TalkEvent, Talks

__all__ = ["DeskRoom", "TalkEvent", "Talks"]
