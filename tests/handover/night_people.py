"""The people of a simulated night. Each remembers what came on their screen, and fails on a word for somebody else."""

from collections import defaultdict
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.handover.night_world import REGIONS, Gateway, Shared, warning_text
from webchat.chats import ChatGone, ChatKeys, new_token
from webchat.staff.ports import Account
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session
from webchat.staff.snapshot import Cards
from webchat.turns import Said
from webchat.turns.stream import StreamEvent


@dataclass(frozen=True)
class Words:
    """One message: who wrote it, for which visitor, in which chat at the desk, and its number among the author's."""

    author: str
    visitor: str
    ticket: str | None
    number: int
    text: str


@dataclass
class Ledger:
    """What was really written, and what was acknowledged to its author."""

    words: dict[str, Words] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    shares: dict[str, bool] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By ticket: the messages in the conversation with a person whose author was told that they arrived."""
    steady: set[str] = field(default_factory=set)
    """Those that arrived at the first attempt, with nobody else writing at that moment: their order is certain."""
    to_bot: set[str] = field(default_factory=set)

    def write(self, message_id: str, author: str, visitor: str, ticket: str | None) -> str:
        number = sum(words.author == author for words in self.words.values()) + 1
        text = f"[{author} aan {'medewerker' if author == visitor else visitor} {number}]"
        self.words[message_id] = Words(author, visitor, ticket, number, text)
        return text

    def arrived(self, message_id: str, ticket: str, certain: bool) -> None:
        self.acknowledged[ticket].append(message_id)
        if certain:
            self.steady.add(message_id)

    def check_complete(self, who: str, ticket: str, seen: list[str], wanted: list[str]) -> None:
        """Everything that arrived is there, once, and in the order in which it arrived."""
        assert len(seen) == len(set(seen)), f"{who} got a message twice in {ticket}: {seen}"
        missing = [self.words[one].text for one in wanted if one not in seen]
        assert not missing, f"{who} never got {missing} in the chat of {self.owner.get(ticket)}"
        certain = [one for one in seen if one in self.steady and one in wanted]
        assert certain == [one for one in wanted if one in self.steady], f"{who} got messages in another order"
        numbers = defaultdict(list)
        for one in seen:
            if one in self.words:
                numbers[self.words[one].author].append(self.words[one].number)
        assert all(one == sorted(one) for one in numbers.values()), f"{who} got an author's words in another order"


@dataclass
class Visitor:
    """Somebody with a page. What they do follows what the page shows."""

    name: str
    token: str = field(default_factory=new_token)
    state: str = "bot"
    person: str | None = None
    offer: str | None = None
    consent: dict[str, Any] | None = None
    last: int = 0
    seen: list[str] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)
    pending: Said | None = None
    pending_ticket: str | None = None
    talks: set[str] = field(default_factory=set)
    code: str | None = None
    is_here: bool = True
    gone: str | None = None
    doubtful_until: float = 0.0
    """A gateway died in the middle of something of theirs: until then the desk may still know a lost request."""

    @property
    def keys(self) -> ChatKeys:
        return ChatKeys.from_token(self.token)

    async def hear(self, gateway: Gateway, ledger: Ledger, most: int | None = None) -> bool:
        """Look at the desk and read on. False when the line dropped after ``most`` events."""
        with suppress(ChatGone):
            await gateway.store.seen(self.keys, gateway.clock.steady())
            await gateway.tender.attend(self.keys)
        count = 0
        async with aclosing(gateway.streams.run(self.keys, self.last, 0.0)) as stream:
            async for event in stream:
                if event is None:
                    continue
                self._take(event, ledger)
                count += 1
                if count == most:
                    return False
        return True

    def _take(self, event: StreamEvent, ledger: Ledger) -> None:
        assert event.event_id == self.last + 1, f"{self.name} heard event {event.event_id} after {self.last}"
        if event.name != "ended":
            self.last = event.event_id
        take = getattr(self, f"_take_{event.name}", None)
        if take is not None:
            take(event.data, ledger)

    def _take_ended(self, data: dict[str, Any], _ledger: Ledger) -> None:
        self.gone = self.gone or f"ended: {data['reason']}"

    def _take_state(self, data: dict[str, Any], _ledger: Ledger) -> None:
        if data["why"] not in ("joined", "speaks", "left"):
            # As the page does: with somebody else, or with nobody any more, an open question is closed.
            self.person, self.consent = data["name"], None
        self.state, self.offer = data["state"], None

    def _take_offer(self, data: dict[str, Any], _ledger: Ledger) -> None:
        self.offer = data["id"]

    def _take_queue(self, _data: dict[str, Any], _ledger: Ledger) -> None:
        self.offer = None

    def _take_consent(self, data: dict[str, Any], _ledger: Ledger) -> None:
        self.consent = data if data["open"] else None

    def _take_message(self, data: dict[str, Any], ledger: Ledger) -> None:
        if data["text"] is None:
            return
        words = ledger.words.get(data["id"])
        if words is None:
            assert data["text"] == warning_text(), f"{self.name} got words that nobody wrote: {data}"
            return
        assert words.visitor == self.name, f"{self.name} got words for {words.visitor}: {words.text}"
        assert words.text == data["text"] and data["id"] not in self.seen, f"{self.name} got {words.text} twice"
        by_self = words.author == self.name
        assert (data["from"] == "visitor") is by_self, f"{self.name} got {words.text} as from {data['from']}"
        assert by_self or data["name"] == words.author, f"{self.name} got {words.text} as from {data['name']}"
        self.seen.append(data["id"])


@dataclass
class Console:
    """A counsellor and their console. A new login has another key; ``seen`` is what the screen shows, by chat."""

    name: str
    region: str | None
    shared: Shared = field(repr=False)
    coordinator: bool = False
    most: int = 2
    session: Session = field(init=False, repr=False)
    cursor: str = ""
    view: dict[str, Any] = field(default_factory=dict, repr=False)
    seen: dict[str, list[str]] = field(default_factory=dict)
    is_up: bool = False
    pending: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        self.log_in()

    @property
    def staff(self) -> str:
        return f"id-{self.name}"

    def log_in(self) -> None:
        roles = frozenset({StaffRole.COORDINATOR if self.coordinator else StaffRole.COUNSELLOR})
        regions = (self.region,) if self.region in REGIONS else ()
        account = Account(self.staff, self.name, self.name, roles, regions, most=self.most, enrolled=True)
        self.session = self.shared.sessions.begin(account)
        self.cursor, self.view, self.seen, self.pending = "", {}, {}, None
        self.cards = Cards(self.session)

    def chats(self, *phases: str, part: str = "holder") -> list[dict[str, Any]]:
        """The chats on the screen, as it was at the last look."""
        chats = self.view.get("chats", ())
        return [chat for chat in chats if chat["as"] == part and (not phases or chat["phase"] in phases)]

    async def look(self, gateway: Gateway, ledger: Ledger, most: int | None = None) -> bool:
        """Read on from the cursor. False when the line dropped after ``most`` events."""
        count = 0
        async with aclosing(gateway.staff.streams.run(self.session, self.cursor)) as stream:
            async for event in stream:
                if event is None:
                    continue
                if event.name == "ready":
                    return True
                self.cursor = event.cursor
                self._take_desk(event.data) if event.name == "desk" else await self._take_line(event.data, ledger)
                count += 1
                if count == most:
                    return False
        return False

    def _take_desk(self, view: dict[str, Any]) -> None:
        self.view = view
        open_ones = {
            chat["ticket"] for chat in view["chats"] if chat["as"] in ("holder", "shadow") and chat["phase"] != "ended"
        }
        self.seen = {ticket: seen for ticket, seen in self.seen.items() if ticket in open_ones}

    async def _take_line(self, data: dict[str, Any], ledger: Ledger) -> None:
        ticket = (await self.shared.look()).tickets.get(data["ticket"])
        may = ticket is not None and not ticket.is_over and self.staff in (ticket.holder, *ticket.shadows)
        assert may, f"{self.name} reads along in {data['ticket']} without being let in"
        if data["kind"] != "message":
            return
        owner = ledger.owner[data["ticket"]]
        words = ledger.words.get(data["id"])
        if data["history"] or data["id"] in ledger.to_bot:
            assert ledger.shares[data["ticket"]], f"{self.name} reads what {owner} said to the bot alone"
        if words is None:
            known = data["from"] == "bot" or data["text"] == warning_text()
            assert known, f"{self.name} got words that nobody wrote: {data}"
            return
        assert words.visitor == owner, f"{self.name} reads words of {words.visitor} in the chat of {owner}"
        assert words.text == data["text"], f"{self.name} reads {data['text']} instead of {words.text}"
        seen = self.seen.setdefault(data["ticket"], [])
        assert data["id"] not in seen, f"{self.name} got {words.text} twice"
        seen.append(data["id"])
