"""The use cases of a visitor. Must not know HTTP, Redis or which engine answers: only the ports below."""

from webchat.turns.conversation import Conversation, Said
from webchat.turns.knowledge import Knowledge
from webchat.turns.replies import Replies
from webchat.turns.room import Room, TooFast
from webchat.turns.stream import Streams
from webchat.turns.visit import Visit

__all__ = ["Conversation", "Knowledge", "Replies", "Room", "Said", "Streams", "TooFast", "Visit"]
