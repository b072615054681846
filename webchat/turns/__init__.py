"""The use cases of a visitor. Must not know HTTP, Redis or which engine answers: only the ports below."""

from webchat.turns.cards import Wish
from webchat.turns.codes import Codes
from webchat.turns.conversation import AtDesk, Conversation
from webchat.turns.handover import Handover
from webchat.turns.hearing import Hearing, Said
from webchat.turns.knowledge import Knowledge
from webchat.turns.person import PersonLeg
from webchat.turns.replies import Replies
from webchat.turns.room import Room, TooFast
from webchat.turns.stream import Streams
from webchat.turns.tender import Tender
from webchat.turns.visit import Visit

__all__ = [
    "AtDesk",
    "Codes",
    "Conversation",
    "Handover",
    "Hearing",
    "Knowledge",
    "PersonLeg",
    "Replies",
    "Room",
    "Said",
    "Streams",
    "Tender",
    "TooFast",
    "Visit",
    "Wish",
]
