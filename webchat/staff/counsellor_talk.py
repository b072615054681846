"""What a counsellor says, and what they read. Must not let anybody write or read who was not let in.

Messages and typing are never written down in the audit log: when somebody talked for how long is not its business.
"""

from dataclasses import dataclass
from uuid import uuid4

from webchat.chats import ChatGone, Sealed
from webchat.desk.talks import NewTalkEvent
from webchat.handover import staff_moves
from webchat.handover.desk import Desk, Refused
from webchat.handover.tickets import Ticket
from webchat.ports import NotAllowedNow
from webchat.staff.bench import Bench, talk_token
from webchat.staff.sessions import Session

TYPING_SECONDS = 8.0
"""At most one sign of typing in so many seconds."""

TYPING_UNTIL = 400
"""A talk with so many events keeps what room is left for words."""

_MOST_REMEMBERED = 1000


@dataclass(frozen=True)
class Place:
    """Where somebody may write, and as whom."""

    token: str
    speaker: str
    is_awaited: bool


class CounsellorTalk:
    """Words of counsellors. ``warning`` is the fixed text before a chat is closed for abuse."""

    def __init__(self, bench: Bench, warning: str) -> None:
        self._bench = bench
        self._warning = warning
        self._typed: dict[tuple[str, str], float] = {}

    async def say(self, who: Session, ticket_id: str, message_id: str, text: str) -> None:
        """One message. The same id again is not repeated. Raises ``NotAllowedNow`` and ``StoreUnavailable``."""
        place = await self._place(who, ticket_id)
        await self._add(place, who, message_id, _message(place, who, message_id, text, self._at()))
        if place.is_awaited:
            await self._answered(who, ticket_id)

    async def warn(self, who: Session, ticket_id: str) -> None:
        """Send the fixed warning, once a chat and counsellor; a second call only makes sure that it was sent."""
        desk = await self._bench.move(who, None, lambda desk, _now: staff_moves.warn(desk, ticket_id, who.account.id))
        place = _place(desk, ticket_id, who)
        state = (Sealed.STATE, {"what": "warned", "name": who.account.display_name})
        await self._add(place, who, "warning", _message(place, who, str(uuid4()), self._warning, self._at()), state)
        await self._answered(who, ticket_id)

    async def typing(self, who: Session, ticket_id: str) -> None:
        """The counsellor is typing; never what. Left out when it was said just now or the talk is nearly full."""
        place = await self._place(who, ticket_id)
        now = self._bench.room.clock.steady()
        key = (who.id, ticket_id)
        if now - self._typed.get(key, float("-inf")) < TYPING_SECONDS:
            return
        self._remember(key, now)
        try:
            if not await self._bench.talks.read(place.token, TYPING_UNTIL):
                await self._bench.talks.add(place.token, (Sealed.TYPING, {"from": place.speaker}), activity=False)
        except ChatGone:
            raise NotAllowedNow("ticket-gone") from None

    async def _place(self, who: Session, ticket_id: str) -> Place:
        desk = await self._bench.look(who)
        try:
            return _place(desk, ticket_id, who)
        except Refused as refused:
            raise NotAllowedNow(refused.reason) from None

    async def _add(self, place: Place, who: Session, word: str, *events: NewTalkEvent) -> None:
        # Bound to the person: nobody can use up an id of the visitor or of a colleague and so swallow their words.
        once = f"staff {who.account.id} {word}"
        try:
            await self._bench.talks.add(place.token, *events, once=once)
        except ChatGone:
            raise NotAllowedNow("ticket-gone") from None

    async def _answered(self, who: Session, ticket_id: str) -> None:
        def work(desk: Desk, _now: float) -> Desk:
            try:
                return staff_moves.answered(desk, ticket_id, who.account.id)
            except Refused:
                # Said and stored; that the chat ended or went on to a colleague in this very moment undoes nothing.
                return desk

        await self._bench.move(who, None, work)

    def _at(self) -> str:
        return self._bench.room.clock.now().replace(microsecond=0).isoformat()

    def _remember(self, key: tuple[str, str], now: float) -> None:
        if len(self._typed) >= _MOST_REMEMBERED:
            self._typed = {one: at for one, at in self._typed.items() if now - at < TYPING_SECONDS}
        self._typed[key] = now


def readable(desk: Desk, ticket_id: str, who: Session) -> str | None:
    """The token of a conversation this person may read, or ``None``."""
    try:
        return talk_token(staff_moves.may_read(desk, ticket_id, who.account.id), who)
    except Refused:
        return None


def _place(desk: Desk, ticket_id: str, who: Session) -> Place:
    ticket: Ticket = staff_moves.may_speak(desk, ticket_id, who.account.id)
    speaker = "counsellor" if ticket.holder == who.account.id else "colleague"
    return Place(talk_token(ticket, who), speaker, ticket.unanswered is not None or ticket.refused is not None)


def _message(place: Place, who: Session, message_id: str, text: str, at: str) -> NewTalkEvent:
    return Sealed.MESSAGE, {
        "id": message_id,
        "from": place.speaker,
        "name": who.account.display_name,
        "text": text,
        "at": at,
        "history": False,
        "unredacted": False,
    }
