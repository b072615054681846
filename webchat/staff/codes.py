"""What staff do with spoken codes: open a card by phone, answer a question left behind. Must not keep either."""

from typing import Any

from webchat.desk.codes import CALL, SpokenCodes, Tries
from webchat.desk.questions import OpenQuestion, Questions
from webchat.ports import Clock, NotAllowedNow
from webchat.staff.audit import AuditAction, AuditResult
from webchat.staff.bench import ActionLog
from webchat.staff.sessions import Session


class PhoneCards:
    """For who answers the phone: four words open the card that the caller chose, once."""

    def __init__(self, codes: SpokenCodes, tries: Tries, actions: ActionLog, clock: Clock) -> None:
        self._codes = codes
        self._tries = tries
        self._actions = actions
        self._clock = clock

    async def open(self, who: Session, typed: str) -> dict[str, Any]:
        """The card. Raises ``NotAllowedNow`` for a code that does not fit or after five tries a minute."""
        self._tries.count(who.account.id.encode("utf-8"), self._clock.steady())
        try:
            content = await self._codes.use(CALL, typed)
        except NotAllowedNow:
            await self._actions.record(who.account.id, AuditAction.CARD_OPENED, AuditResult.REFUSED)
            raise
        await self._actions.record(who.account.id, AuditAction.CARD_OPENED)
        card: dict[str, Any] = content["card"]
        return card


class ShiftQuestions:
    """Questions left by code, for who is on duty next."""

    def __init__(self, questions: Questions, actions: ActionLog) -> None:
        self._questions = questions
        self._actions = actions

    async def waiting(self, who: Session) -> tuple[OpenQuestion, ...]:
        """Those of this person's regions and those of no region; all of them for a national team."""
        regions = set(who.account.regions)
        found = await self._questions.waiting()
        return tuple(one for one in found if not regions or one.region is None or one.region in regions)

    async def answer(self, who: Session, question_id: str, text: str) -> None:
        """Answer one. Raises ``NotAllowedNow`` when a colleague was faster."""
        if question_id not in {one.id for one in await self.waiting(who)}:
            raise NotAllowedNow("question-gone")
        await self._questions.answer(question_id, text)
        await self._actions.record(who.account.id, AuditAction.QUESTION_ANSWERED)
