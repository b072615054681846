"""What a visitor can do with a spoken code: come back, call with a card, leave a question. Must not keep raw text."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Danger
from webchat.chats import HARD_SECONDS, ChatGone, ChatKeys
from webchat.desk.codes import CALL, CALL_SECONDS, QUESTION, RETURN, SpokenCodes, Tries
from webchat.desk.questions import QUESTION_SECONDS, Questions, may_be_code
from webchat.handover.codes import new_code
from webchat.ports import NotAllowedNow
from webchat.turns.cards import Wish, fill_in
from webchat.turns.knowledge import Knowledge, clean
from webchat.turns.replies import Replies
from webchat.turns.room import OpenChat, Room, Step


class Codes:
    """The codes of visitors. ``who`` is only counted by, in memory. Without ``questions`` none can be left here."""

    def __init__(
        self,
        room: Room,
        codes: SpokenCodes,
        questions: Questions | None,
        tries: Tries,
        knowledge: Knowledge,
        replies: Replies,
    ) -> None:
        self._room = room
        self._codes = codes
        self._questions = questions
        self._tries = tries
        self._knowledge = knowledge
        self._replies = replies

    async def return_code(self, token: str) -> dict[str, Any]:
        """A code that brings the visitor back to this chat until its hard end. From now on closing the page keeps it.

        Raises ``ChatGone`` and ``StoreUnavailable``.
        """
        keys = ChatKeys.from_token(token)
        chat = await self._room.load(keys)
        left = chat.stored.times.started + HARD_SECONDS - self._room.clock.steady()
        code, until = await self._codes.give(RETURN, {"token": token}, left)
        await self._room.change(keys, lambda chat: Step(replace(chat.notes, keep=True), activity=True))
        return _given(code, until)

    async def come_back(self, typed: str, who: bytes | None) -> dict[str, Any]:
        """The chat of a code, as when it was opened. The code is used up, and closing the page wipes again.

        Raises ``NotAllowedNow``; a chat that is gone looks like a code that never was.
        """
        self._tries.count(who, self._room.clock.steady())
        token = str((await self._codes.use(RETURN, typed))["token"])

        def work_out(chat: OpenChat) -> Step:
            return Step(replace(chat.notes, keep=False), activity=True)

        try:
            step, times = await self._room.change(ChatKeys.from_token(token), work_out)
        except ChatGone:
            raise NotAllowedNow("code-unknown") from None
        return {
            "token": token,
            "state": step.notes.state.value,
            "replies": [],
            "ends_at": self._room.at(times.ends).isoformat(),
        }

    async def call_code(self, token: str, wish: Wish) -> dict[str, Any]:
        """A code for the phone: whoever answers opens the card that the visitor chose, once, within two hours.

        Returns the card as it will be seen. Raises ``ChatGone`` and ``StoreUnavailable``.
        """
        keys = ChatKeys.from_token(token)
        chat = await self._room.load(keys)
        if wish.region is not None and not self._knowledge.is_region(wish.region):
            raise NotAllowedNow("unreadable")
        card = fill_in(replace(wish, with_conversation=False), chat.notes, self._knowledge)
        code, until = await self._codes.give(CALL, {"card": dict(card.shown)}, CALL_SECONDS)
        return {**_given(code, until), "card": dict(card.shown), "redacted_kinds": list(card.kinds)}

    async def leave_question(self, raw: str, region: str | None, who: bytes | None) -> dict[str, Any]:
        """Keep a redacted question for the next shift. With danger in it there is 112 instead, and nothing is kept.

        Raises ``NotAllowedNow``.
        """
        questions = self._kept()
        self._tries.count(who, self._room.clock.steady())
        if region is not None and not self._knowledge.is_region(region):
            raise NotAllowedNow("unreadable")
        text = clean(raw)
        self._refuse_danger(text)
        scrubbed = self._knowledge.scrubber.scrub(text, None)
        if not text or scrubbed.failed:
            raise NotAllowedNow("unreadable")
        code = new_code()
        await questions.leave(await self._codes.keys(QUESTION, code), scrubbed.text, region)
        given = _given(code, self._codes.until(QUESTION_SECONDS))
        return {**given, "text": scrubbed.text, "redacted_kinds": list(scrubbed.kinds)}

    async def read_answer(self, typed: str, wipe: bool, who: bytes | None) -> dict[str, Any]:
        """How a question stands; with ``wipe`` it is removed at once. Raises ``NotAllowedNow``."""
        questions = self._kept()
        self._tries.count(who, self._room.clock.steady())
        keys = await self._codes.keys(QUESTION, may_be_code(typed))
        answer = await questions.read(keys)
        if wipe:
            await questions.wipe(keys)
            return {"state": "wiped", "answer": None}
        return {"state": "open" if answer is None else "answered", "answer": answer}

    def _kept(self) -> Questions:
        if self._questions is None:
            raise NotAllowedNow("no-questions")
        return self._questions

    def _refuse_danger(self, text: str) -> None:
        finding = self._knowledge.danger.detect(text)
        if finding.level is Danger.NONE:
            return
        now, role = self._room.clock.now(), Assessment().role
        card = self._replies.emergency(now)
        if finding.level is Danger.ACUTE:
            raise NotAllowedNow("question-danger", (self._replies.danger(finding.kinds, role, now), card))
        raise NotAllowedNow("question-danger", (card,))


def _given(code: str, until: datetime) -> dict[str, Any]:
    return {"code": code, "valid_until": until.isoformat()}
