"""The desk under random moves: whatever happens, nobody is in two places and nobody holds a key they should not."""

from dataclasses import replace
from functools import wraps

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.advice.vocabulary import Urgency
from webchat.handover import duty_moves, routing, staff_moves, time_moves, visitor_moves
from webchat.handover.desk import Desk, Refused
from webchat.handover.people import LOST_SECONDS, OnDuty, Status
from webchat.handover.tickets import Ask, Ending, Phase, Question, Seals, Ticket

REGIONS = ("noord", "oost", "zuid")
STAFF = tuple(f"staff{number}" for number in range(6))
WIDENING = routing.Widening(neighbours={"noord": ("oost",)})

picks = st.integers(0, 9999)
"""Chooses one of those for whom a rule makes sense at that moment."""


def chosen(candidates, pick: int):
    return candidates[pick % len(candidates)]


def when(find):
    """Do nothing where the rule makes no sense. A precondition would make the runs short: too few rules would hold."""

    def decorate(act):
        @wraps(act)
        def act_or_not(machine, **choices):
            return act(machine, **choices) if find(machine) else None

        return act_or_not

    return decorate


class DeskUnderRandomMoves(RuleBasedStateMachine):
    """Most rules pick somebody for whom the move makes sense; some pick anybody. A refusal changes nothing."""

    @initialize(most=st.integers(1, 4))
    def open_desk(self, most: int) -> None:
        self.desk, self.now, self.sessions, self.names = Desk(), 1000.0, 0, 0
        for name, region in zip(STAFF, (*REGIONS, None), strict=False):
            self.come(name, region, most)
        for region in (*REGIONS, None):
            self.ask(0, Urgency.NORMAL, region, False)

    def attempt(self, move) -> bool:
        before = self.desk
        try:
            self.desk = move(time_moves.sweep(self.desk, self.now))
        except Refused:
            self.desk = before
            return False
        for ticket in self.desk.tickets.values():
            event(f"somebody is {ticket.phase}{' and read along' * bool(ticket.shadows)}")
        return True

    def keys(self, ticket: Ticket) -> dict[str, Seals]:
        return {duty.session: Seals(f"card {ticket.id}", f"talk {ticket.id}") for duty in self.desk.duty.values()}

    def come(self, name: str, region: str | None, most: int) -> None:
        self.sessions += 1
        regions = (region,) if region else ()
        duty = OnDuty(name, f"session{self.sessions}", "00", name, Status.AVAILABLE, self.now, self.now, most, regions)
        self.attempt(lambda desk: duty_moves.arrive(desk, duty))

    def tickets(self, *phases: Phase) -> list[Ticket]:
        return [ticket for ticket in self.desk.tickets.values() if not phases or ticket.phase in phases]

    def asked(self, agreed: bool) -> list[Ticket]:
        return [ticket for ticket in self.tickets() if ticket.question and ticket.question.agreed is agreed]

    def read_along(self) -> list[Ticket]:
        return [ticket for ticket in self.tickets() if ticket.shadows]

    def people(self) -> list[str]:
        return list(self.desk.duty)

    def talking(self) -> list[Ticket]:
        return self.tickets(Phase.TALKING)

    @rule(name=st.sampled_from(STAFF), region=st.sampled_from((*REGIONS, None)), most=st.integers(1, 4))
    def arrive_with_a_new_session(self, name: str, region: str | None, most: int) -> None:
        self.come(name, region, most)

    @rule(pick=picks, status=st.sampled_from(Status))
    @when(people)
    def say_how_one_is(self, pick: int, status: Status) -> None:
        self.attempt(lambda desk: duty_moves.set_status(desk, chosen(self.people(), pick), status))

    @rule(pick=picks)
    @when(people)
    def depart(self, pick: int) -> None:
        name = chosen(self.people(), pick)
        if self.attempt(lambda desk: duty_moves.depart(desk, name)):
            assert not [ticket for ticket in self.desk.of(name) if not ticket.is_over]

    @rule(
        seconds=st.sampled_from((1.0, 9.0, 29.0, 61.0, 121.0, 181.0, 901.0)),
        dead=st.sets(st.sampled_from(STAFF), max_size=1),
        away=st.sets(st.integers(1, 12), max_size=2),
    )
    def time_passes(self, seconds: float, dead: set[str], away: set[int]) -> None:
        self.now += seconds
        for name in set(self.desk.duty) - dead:
            self.desk = duty_moves.beat(self.desk, name, self.desk.duty[name].session, self.now)
        for ticket in self.tickets(Phase.WAITING, Phase.CALLED, Phase.TALKING):
            if ticket.id not in {f"visitor{number}" for number in away}:
                self.desk = visitor_moves.seen(self.desk, ticket.id, self.now)
        self.desk = time_moves.sweep(self.desk, self.now)
        assert all(self.now - duty.beat < LOST_SECONDS for duty in self.desk.duty.values())

    @rule(pick=picks, urgency=st.sampled_from(Urgency), region=st.sampled_from((*REGIONS, None)), danger=st.booleans())
    def ask(self, pick: int, urgency: Urgency, region: str | None, danger: bool) -> None:
        self.names += 1
        ticket = Ticket(f"visitor{self.names}", urgency, self.now, self.now, region=region, danger=danger)
        self.attempt(lambda desk: visitor_moves.ask(desk, replace(ticket, seals=self.keys(ticket)), self.now))

    @rule(pick=picks)
    @when(lambda self: self.tickets())
    def seal_again(self, pick: int) -> None:
        ticket = chosen(self.tickets(), pick)
        if routing.is_offered(ticket, self.now):
            self.attempt(lambda desk: visitor_moves.seal_for(desk, ticket.id, self.keys(ticket)))

    @rule(pick=picks, who=picks)
    @when(lambda self: self.tickets() and self.people())
    def claim(self, pick: int, who: int) -> None:
        ticket, staff = chosen(self.tickets(), pick), chosen(self.people(), who)
        if routing.is_offered(ticket, self.now):
            self.attempt(lambda desk: visitor_moves.seal_for(desk, ticket.id, self.keys(ticket)))
        over = ticket.phase is Phase.TALKING
        if self.attempt(lambda desk: staff_moves.claim(desk, ticket.id, staff, self.now, WIDENING)):
            event("taken over" if over else "taken")
            ticket = self.desk.tickets[ticket.id]
            assert ticket.holder == staff
            assert set(ticket.seals) == {self.desk.duty[staff].session}

    @rule(pick=picks)
    @when(lambda self: self.tickets(Phase.CALLED))
    def accept(self, pick: int) -> None:
        self.attempt(lambda desk: visitor_moves.accept(desk, chosen(self.tickets(Phase.CALLED), pick).id, self.now))

    @rule(pick=picks, danger=st.booleans())
    @when(lambda self: self.tickets())
    def speak(self, pick: int, danger: bool) -> None:
        self.attempt(lambda desk: visitor_moves.spoke(desk, chosen(self.tickets(), pick).id, self.now, danger, ()))

    @rule(pick=picks, who=picks, anybody=st.booleans())
    @when(lambda self: self.talking() and self.people())
    def answer(self, pick: int, who: int, anybody: bool) -> None:
        ticket = chosen(self.talking(), pick)
        staff = chosen(self.people(), who) if anybody else ticket.holder or ""
        if self.attempt(lambda desk: staff_moves.answered(desk, ticket.id, staff)):
            assert staff == ticket.holder or staff in ticket.speaking

    @rule(pick=picks, to=picks, kind=st.sampled_from(Ask), region=st.sampled_from((*REGIONS, None, None)))
    @when(lambda self: self.talking() and self.people())
    def propose(self, pick: int, to: int, kind: Ask, region: str | None) -> None:
        ticket, colleague = chosen(self.talking(), pick), chosen(self.people(), to)
        to_region = region if kind is Ask.TRANSFER else None
        to_staff = None if to_region or kind is Ask.TO_BOT else colleague
        question = Question(f"question at {self.now}", kind, ticket.holder or "", to_staff, to_region)
        seals = {self.desk.duty[colleague].session: Seals("card", "")}
        self.attempt(lambda desk: staff_moves.propose(desk, ticket.id, question, seals))

    @rule(pick=picks, yes=st.booleans())
    @when(lambda self: self.asked(False))
    def colleague_answers(self, pick: int, yes: bool) -> None:
        ticket = chosen(self.asked(False), pick)
        self.attempt(lambda desk: staff_moves.colleague_answers(desk, ticket.id, ticket.question.staff, yes))

    @rule(pick=picks, yes=st.booleans())
    @when(lambda self: self.asked(True))
    def visitor_answers(self, pick: int, yes: bool) -> None:
        ticket = chosen(self.asked(True), pick)
        question, keys = ticket.question, self.keys(ticket)
        if self.attempt(lambda desk: visitor_moves.answer(desk, ticket.id, question.id, yes, keys, self.now)):
            event(f"the visitor answered about {question.kind}: {yes}")

    @rule(pick=picks)
    @when(lambda self: self.talking())
    def take_back(self, pick: int) -> None:
        ticket = chosen(self.talking(), pick)
        self.attempt(lambda desk: staff_moves.take_back(desk, ticket.id, ticket.holder or ""))

    @rule(pick=picks, by_holder=st.booleans(), let_speak=st.booleans())
    @when(read_along)
    def with_a_reader(self, pick: int, by_holder: bool, let_speak: bool) -> None:
        ticket = chosen(self.read_along(), pick)
        guest, by = ticket.shadows[0], ticket.holder if by_holder else ticket.shadows[0]
        if let_speak:
            self.attempt(lambda desk: staff_moves.let_speak(desk, ticket.id, by or "", guest))
        else:
            assert self.attempt(lambda desk: staff_moves.stop_reading(desk, ticket.id, guest, by or ""))

    @rule(pick=picks, who=picks, yes=st.booleans())
    @when(lambda self: self.talking() and self.people())
    def report_abuse(self, pick: int, who: int, yes: bool) -> None:
        ticket, colleague = chosen(self.talking(), pick), chosen(self.people(), who)
        staff, seals = ticket.holder or "", {self.desk.duty[colleague].session: Seals("card", "talk")}
        self.attempt(lambda desk: staff_moves.warn(desk, ticket.id, staff))
        self.attempt(lambda desk: staff_moves.report_abuse(desk, ticket.id, staff, colleague, seals))
        if self.attempt(lambda desk: staff_moves.judge_abuse(desk, ticket.id, colleague, yes, self.now)):
            event(f"judged as abuse: {yes}")

    @rule(pick=picks)
    @when(lambda self: self.tickets(Phase.CALLED, Phase.TALKING))
    def hand_back(self, pick: int) -> None:
        ticket = chosen(self.tickets(Phase.CALLED, Phase.TALKING), pick)
        assert self.attempt(lambda desk: staff_moves.hand_back(desk, ticket.id, ticket.holder or ""))

    @rule(pick=picks, ending=st.sampled_from((Ending.EXIT, Ending.GOODBYE, Ending.CLOSED)))
    @when(lambda self: self.tickets())
    def leave(self, pick: int, ending: Ending) -> None:
        name = chosen(self.tickets(), pick).id
        self.attempt(lambda desk: visitor_moves.leave(desk, name, ending, self.now))
        ticket = self.desk.tickets.get(name)
        assert ticket is None or ticket.is_over

    @rule(pick=picks)
    @when(lambda self: self.tickets(Phase.CALLED, Phase.TALKING, Phase.ENDED))
    def end_and_wrap_up(self, pick: int) -> None:
        ticket = chosen(self.tickets(Phase.CALLED, Phase.TALKING, Phase.ENDED), pick)
        staff = ticket.holder or ""
        assert ticket.is_over or self.attempt(lambda desk: staff_moves.end(desk, ticket.id, staff, self.now))
        assert self.attempt(lambda desk: staff_moves.wrap_up(desk, ticket.id, staff))
        assert ticket.id not in self.desk.tickets

    @invariant()
    def everybody_is_in_one_place(self) -> None:
        for ticket in self.desk.tickets.values():
            if ticket.phase is Phase.WAITING:
                assert ticket.holder is None and not ticket.shadows
            elif not ticket.is_over:
                assert ticket.holder in self.desk.duty
                assert ticket.holder not in ticket.shadows
                assert set(ticket.shadows) <= set(self.desk.duty)
                assert set(ticket.speaking) <= set(ticket.shadows)

    @invariant()
    def keys_are_with_those_who_may_read(self) -> None:
        for ticket in self.desk.tickets.values():
            if ticket.is_over:
                assert not ticket.seals and not ticket.card
            elif ticket.phase is not Phase.WAITING and not routing.is_overdue(ticket, self.now):
                allowed = {ticket.holder, *ticket.shadows, ticket.question.staff if ticket.question else None}
                readable = {session for session, seals in ticket.seals.items() if seals.talk}
                on_duty = {duty.session for duty in self.desk.duty.values() if duty.staff in allowed}
                known = {duty.session for duty in self.desk.duty.values()}
                assert readable & known <= on_duty

    @invariant()
    def nobody_waits_while_somebody_is_free(self) -> None:
        free = [duty for duty in self.desk.duty.values() if routing.is_free(self.desk, duty)]
        for ticket in self.desk.waiting():
            reasons = [routing.why_not(self.desk, ticket, duty, self.now, WIDENING) for duty in free]
            assert not free or any(reason in (None, "not-sealed-yet") for reason in reasons)
            if self.now - ticket.asked_at >= WIDENING.steps[-1] or ticket.danger:
                assert all(reason in (None, "not-sealed-yet") for reason in reasons)

    @invariant()
    def it_survives_being_stored(self) -> None:
        assert Desk.from_bytes(self.desk.as_bytes()) == self.desk

    @invariant()
    def danger_is_first_in_the_queue(self) -> None:
        dangers = [ticket.danger for ticket in routing.order(self.desk, self.now)]
        assert dangers == sorted(dangers, reverse=True)

    def teardown(self) -> None:
        """A quiet hour later nothing is left of anybody."""
        if hasattr(self, "desk"):
            self.now += 7200
            self.desk = time_moves.sweep(time_moves.sweep(self.desk, self.now), self.now + 7200)
            assert not self.desk.tickets and not self.desk.duty


TestDeskUnderRandomMoves = DeskUnderRandomMoves.TestCase
TestDeskUnderRandomMoves.settings = settings(
    max_examples=150, stateful_step_count=100, deadline=None, suppress_health_check=list(HealthCheck)
)
