"""The audit log: who did which action when, without content. Must not hold a chat id, a name or any text."""

import hashlib
import hmac
import json
from enum import StrEnum

from webchat.ports import Clock
from webchat.staff.keys import StaffKeys
from webchat.staff.ports import AuditHead, AuditRow, AuditStore

_START = "0" * 64
_PAGE = 500
_PSEUDONYM = 16


class AuditAction(StrEnum):
    """Everything that is recorded; closed, so that nothing else can be written there."""

    LOGIN = "login"
    LOGOUT = "logout"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an action
    ENROLLED = "enrolled"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ROLES_GRANTED = "roles_granted"
    SECOND_FACTOR_RESET = "second_factor_reset"
    AUDIT_READ = "audit_read"
    ON_DUTY = "on_duty"
    OFF_DUTY = "off_duty"
    CHAT_CLAIMED = "chat_claimed"
    CHAT_RELEASED = "chat_released"
    CHAT_ENDED = "chat_ended"
    CHAT_TO_BOT = "chat_to_bot"
    CHAT_TRANSFERRED = "chat_transferred"
    CHAT_SHADOWED = "chat_shadowed"
    HELP_CALLED = "help_called"
    ABUSE_ENDED = "abuse_ended"
    CARD_OPENED = "card_opened"
    QUESTION_ANSWERED = "question_answered"
    TEAM_CHANGED = "team_changed"
    ROTA_CHANGED = "rota_changed"
    REPLIES_CHANGED = "replies_changed"
    STATISTICS_RELEASED = "statistics_released"


class AuditResult(StrEnum):
    """How it ended. ``ALONE`` is done without the second person it needs, because there is none."""

    DONE = "done"
    ASKED = "asked"
    ALONE = "alone"
    REFUSED = "refused"


class Audit:
    """Records and proves. Each row holds the hash of the one before it, and the end of the chain is sealed."""

    def __init__(self, store: AuditStore, keys: StaffKeys, clock: Clock) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock

    def pseudonym(self, account_id: str) -> str:
        """How an account is named in the log; only who has the secret of the installation can work it out."""
        return self._keys.mark("audit actor", account_id)[:_PSEUDONYM]

    async def record(self, account_id: str, action: AuditAction, result: AuditResult = AuditResult.DONE) -> None:
        """Add one row."""
        minute = self._clock.now().strftime("%Y-%m-%dT%H:%MZ")
        actor = self.pseudonym(account_id)

        def make(head: AuditHead | None) -> tuple[AuditRow, AuditHead]:
            seq, before = (head.seq + 1, head.hash) if head else (1, _START)
            row = AuditRow(seq, minute, actor, action.value, result.value, "")
            chained = _chain(before, row)
            row = AuditRow(seq, minute, actor, action.value, result.value, chained)
            return row, AuditHead(seq, chained, self._seal(seq, chained))

        await self._store.append(make)

    async def rows(self, after: int = 0, most: int = _PAGE) -> tuple[AuditRow, ...]:
        """Rows with a number above ``after``, at most ``most``."""
        return await self._store.rows(after, min(most, _PAGE))

    async def verify(self) -> int | None:
        """The number of the first row that was changed or removed; ``None`` when the log is whole."""
        # The head is read first: rows that are added meanwhile lie beyond it and are checked with the rest.
        head = await self._store.head()
        seq, before = 0, _START
        at_head = _START
        while page := await self._store.rows(seq, _PAGE):
            for row in page:
                if row.seq != seq + 1 or not hmac.compare_digest(row.hash, _chain(before, row)):
                    return seq + 1
                seq, before = row.seq, row.hash
                at_head = before if head and seq == head.seq else at_head
        if head is None:
            return None if seq == 0 else 1
        if not hmac.compare_digest(head.seal, self._seal(head.seq, head.hash)):
            return seq + 1
        if seq < head.seq:
            return seq + 1
        return None if hmac.compare_digest(at_head, head.hash) else head.seq

    def _seal(self, seq: int, chained: str) -> str:
        return self._keys.mark("audit head", str(seq), chained)


def _chain(before: str, row: AuditRow) -> str:
    values = {"seq": row.seq, "minute": row.minute, "actor": row.actor, "action": row.action, "result": row.result}
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{before}{canonical}".encode()).hexdigest()
