"""Handing a chat to a person, as facts and moves: who is on duty, who waits, who may take whom. Must not do I/O.

Everything here is a value or a function from one ``Desk`` to the next, so that a whole night can be played on a test
clock, and any gateway can make a move and store it by compare-and-swap.
"""

from webchat.handover.presence import NOBODY, Presence, open_now

__all__ = ["NOBODY", "Presence", "open_now"]
