"""The states of the handover: waiting, talking with a person, handing on, leaving. Same rules as ``states.py``.

In each it is written down who may see which marker; whatever else comes on a screen is a hit, like a hit in a sink.
"""

from collections.abc import Iterator, Sequence

from tests.privacy.canary import Marker
from tests.privacy.consoles import VISITOR, sentence, unknown
from tests.privacy.product import until
from tests.privacy.sinks import sql_content
from tests.privacy.visitors import agrees, ask, card, hear, reads, say, talking
from tests.privacy.walk import MANY, State, Walk
from webchat.staff.wrapup import FLUSH_CHATS


def some_at_a_time(markers: Sequence[Marker]) -> Iterator[Sequence[Marker]]:
    """So many as fit in one chat."""
    return (markers[at : at + MANY] for at in range(0, len(markers), MANY))


def a_card_with_words(walk: Walk, markers: Sequence[Marker]) -> None:
    """What somebody hopes for, and a code word. Everybody on duty sees the card while it waits."""
    desk = walk.desk
    for marker in markers:
        desk.ledger.allow(unknown([marker]), VISITOR, *(person.name for person in desk.people))
        token, before = walk.open(), [person.waiting() for person in desk.people]
        ask(walk, token, card(marker))
        for person, known in zip(desk.people, before, strict=True):
            person.notices(known)
        walk.expect(walk.call("DELETE", "/chats/current/handover", token), 204)
        until(lambda: not any(person.waiting() for person in desk.people))


def waiting_with_the_bot(walk: Walk, markers: Sequence[Marker]) -> None:
    """Who waits goes on with the bot; without the visitor's choice nobody reads along, also not afterwards."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        token, before = walk.open(), desk.one.waiting()
        ask(walk, token)
        say(walk, desk, token, some)
        ticket = desk.one.takes(before)
        walk.expect(walk.call("POST", "/chats/current/handover/accept", token), 204)
        hear(walk, token, "state")
        desk.one.sees(ticket, "talking")
        desk.one.closes(ticket)


def the_conversation_is_shown(walk: Walk, markers: Sequence[Marker]) -> None:
    """The visitor lets the counsellor read what was said with the bot."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        token = walk.open()
        say(walk, desk, token, some, desk.one)
        _token, ticket = talking(walk, desk.one, card(with_conversation=True), token)
        reads(desk.one, ticket, len(some))
        desk.one.closes(ticket)


def talking_with_a_person(walk: Walk, markers: Sequence[Marker]) -> None:
    """The visitor writes to the counsellor, redacted; the colleague on duty sees nothing of it. The chats live on."""
    desk = walk.desk
    for place, some in enumerate(some_at_a_time(markers)):
        token, ticket = talking(walk, desk.one)
        say(walk, desk, token, some, desk.one)
        reads(desk.one, ticket, len(some))
        hear(walk, token, "message")
        if place > 0:
            desk.one.closes(ticket)


def sent_anyway(walk: Walk, markers: Sequence[Marker]) -> None:
    """As it was typed, because the visitor chose so: for this counsellor's eyes, and nowhere else."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        desk.ledger.allow((marker.needle for marker in some), desk.one.name)
        desk.ledger.allow(unknown(some), VISITOR)
        token, ticket = talking(walk, desk.one)
        for marker in some:
            walk.expect(walk.say(token, sentence(marker), send_anyway=True), 200)
        reads(desk.one, ticket, len(some))
        desk.one.closes(ticket)


def words_of_a_counsellor(walk: Walk, markers: Sequence[Marker]) -> None:
    """What the counsellor writes reaches the visitor and rests nowhere either."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        desk.ledger.allow((marker.needle for marker in some), VISITOR, desk.one.name)
        token, ticket = talking(walk, desk.one)
        for marker in some:
            desk.one.says(ticket, sentence(marker))
        reads(desk.one, ticket, len(some))
        hear(walk, token, "message", len(some))
        desk.one.closes(ticket)


def handed_on_to_a_colleague(walk: Walk, markers: Sequence[Marker]) -> None:
    """The colleague reads it all from the visitor's yes on; the first counsellor reads nothing any more."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        first, then = some[::2], some[1::2]
        token, ticket = talking(walk, desk.one)
        say(walk, desk, token, first, desk.one, desk.two)
        reads(desk.one, ticket, len(first))
        desk.one.call("POST", f"/chats/{ticket}/transfer", 204, json={"staff": desk.two.staff})
        desk.two.call("POST", f"/chats/{ticket}/colleague", 204, json={"answer": "yes"})
        agrees(walk, token)
        say(walk, desk, token, then, desk.two)
        reads(desk.two, ticket, len(some))
        desk.two.closes(ticket)


def a_colleague_says_no(walk: Walk, markers: Sequence[Marker]) -> None:
    """Who was asked and did not come saw a card, and no word of the conversation."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        token, ticket = talking(walk, desk.one)
        say(walk, desk, token, some, desk.one)
        desk.one.call("POST", f"/chats/{ticket}/transfer", 204, json={"staff": desk.two.staff})
        desk.two.sees(ticket, "talking")
        desk.two.call("POST", f"/chats/{ticket}/colleague", 204, json={"answer": "no"})
        reads(desk.one, ticket, len(some))
        desk.one.closes(ticket)


def a_colleague_reads_along(walk: Walk, markers: Sequence[Marker]) -> None:
    """After the visitor's yes, until the colleague stops reading."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        first, then = some[::2], some[1::2]
        token, ticket = talking(walk, desk.one)
        desk.one.call("POST", f"/chats/{ticket}/shadow", 204, json={"staff": desk.two.staff})
        desk.two.call("POST", f"/chats/{ticket}/colleague", 204, json={"answer": "yes"})
        agrees(walk, token)
        say(walk, desk, token, first, desk.one, desk.two)
        reads(desk.two, ticket, len(first))
        desk.two.call("DELETE", f"/chats/{ticket}/shadows/{desk.two.staff}", 204)
        say(walk, desk, token, then, desk.one)
        reads(desk.one, ticket, len(some))
        desk.one.closes(ticket)


def back_to_the_bot(walk: Walk, markers: Sequence[Marker]) -> None:
    """Once by the counsellor's question and once by the visitor alone; what follows is the bot's."""
    desk = walk.desk
    for place, some in enumerate(some_at_a_time(markers)):
        first, then = some[::2], some[1::2]
        token, ticket = talking(walk, desk.one)
        say(walk, desk, token, first, desk.one)
        reads(desk.one, ticket, len(first))
        if place % 2 == 0:
            desk.one.call("POST", f"/chats/{ticket}/to-bot", 204)
            agrees(walk, token)
        else:
            walk.expect(walk.call("DELETE", "/chats/current/handover", token), 204)
        say(walk, desk, token, then)
        desk.one.sees(ticket, "ended", "gone")
        desk.one.closes(ticket)


def the_counsellor_ends_it(walk: Walk, markers: Sequence[Marker]) -> None:
    """The conversation and the chat go; what either types afterwards goes nowhere."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        first, then = some[::2], some[1::2]
        token, ticket = talking(walk, desk.one)
        say(walk, desk, token, first, desk.one)
        reads(desk.one, ticket, len(first))
        desk.one.closes(ticket)
        for marker in then:
            walk.expect(walk.say(token, sentence(marker)), 410)
            desk.one.says(ticket, sentence(marker), 404)


def the_visitor_leaves_a_person(walk: Walk, markers: Sequence[Marker]) -> None:
    """The exit while talking; the counsellor's answer comes too late."""
    desk = walk.desk
    for some in some_at_a_time(markers):
        first, then = some[::2], some[1::2]
        token, ticket = talking(walk, desk.one)
        say(walk, desk, token, first, desk.one)
        reads(desk.one, ticket, len(first))
        walk.expect(walk.call("DELETE", "/chats/current", token), 204)
        for marker in then:
            walk.expect(walk.say(token, sentence(marker)), 410)
            desk.one.says(ticket, sentence(marker), 404)
        desk.one.closes(ticket)


def the_gateway_dies_during_a_talk(walk: Walk, markers: Sequence[Marker]) -> None:
    """kill -9 with words in its memory. Both sides come back and go on."""
    desk = walk.desk
    first, then = markers[::2], markers[1::2]
    token, ticket = talking(walk, desk.one)
    say(walk, desk, token, first, desk.one)
    reads(desk.one, ticket, len(first))
    walk.product.kill("gateway")
    walk.product.start("gateway")
    say(walk, desk, token, then, desk.one)
    reads(desk.one, ticket, len(markers))
    hear(walk, token, "message")
    desk.one.closes(ticket)


def many_wrapped_up(walk: Walk, markers: Sequence[Marker]) -> None:
    """As many as are counted together, so that the counts come into the database."""
    desk = walk.desk
    for place in range(max(FLUSH_CHATS, len(markers))):
        marker = markers[place % len(markers)]
        token, ticket = talking(walk, desk.one)
        say(walk, desk, token, [marker], desk.one)
        desk.one.closes(ticket)
    until(lambda: b"counsellor.length" in sql_content(walk.product.staff.database))


DESK_STATES: tuple[State, ...] = (
    a_card_with_words,
    waiting_with_the_bot,
    the_conversation_is_shown,
    talking_with_a_person,
    sent_anyway,
    words_of_a_counsellor,
    handed_on_to_a_colleague,
    a_colleague_says_no,
    a_colleague_reads_along,
    back_to_the_bot,
    the_counsellor_ends_it,
    the_visitor_leaves_a_person,
    the_gateway_dies_during_a_talk,
    many_wrapped_up,
)
"""``talking_with_a_person`` leaves one chat alive, so that the search sees a conversation that is going on."""
