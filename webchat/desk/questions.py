"""A question left for the next shift, and its answer. Must not be readable in the database.

The question is sealed to the team, the answer to the code: whoever answers does not know the code, and whoever has the
code needs no account. After at most seven days the row goes, answered or not.
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from webchat.handover.codes import CodeKeys, tidy
from webchat.ports import Clock, NotAllowedNow, QuestionRow, QuestionStore

QUESTION_SECONDS = 7 * 24 * 60 * 60.0
MOST_OPEN = 500
"""More than so many open questions nobody would answer in time: then it is said at once."""

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_BLOCK = 512


@dataclass(frozen=True)
class OpenQuestion:
    """A question as a counsellor reads it. ``id`` is another one than the code's, and means nothing elsewhere."""

    id: str
    region: str | None
    asked_hours_ago: int
    text: str = field(repr=False)


class Questions:
    """All questions of this installation. ``secret`` is needed to read one, beside the database."""

    def __init__(self, store: QuestionStore, clock: Clock, secret: bytes) -> None:
        self._store = store
        self._clock = clock
        seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lichtpunt team key").derive(secret)
        self._team = X25519PrivateKey.from_private_bytes(seed)

    async def leave(self, keys: CodeKeys, text: str, region: str | None) -> None:
        """Keep a redacted question under a new code. Raises ``NotAllowedNow`` when too many wait already."""
        now = self._now()
        if len(await self._store.open(now)) >= MOST_OPEN:
            raise NotAllowedNow("too-many-questions")
        question_id = secrets.token_hex(8)
        sealed = _SUITE.encrypt(_padded({"text": text}), self._team.public_key(), _info("question", question_id))
        public = keys.pair.public_key().public_bytes_raw()
        await self._store.add(
            QuestionRow(question_id, keys.id, region, now, now + QUESTION_SECONDS, sealed, public, None)
        )

    async def waiting(self) -> tuple[OpenQuestion, ...]:
        """The questions without an answer, the oldest first."""
        now = self._now()
        rows = sorted(await self._store.open(now), key=lambda row: row.asked)
        return tuple(
            OpenQuestion(row.id, row.region, int((now - row.asked) // 3600), self._read(row)["text"]) for row in rows
        )

    async def answer(self, question_id: str, text: str) -> None:
        """Answer once. Raises ``NotAllowedNow`` when it is gone or was answered by a colleague."""
        row = next((row for row in await self._store.open(self._now()) if row.id == question_id), None)
        if row is None:
            raise NotAllowedNow("question-gone")
        sealed = _SUITE.encrypt(
            _padded({"text": text}), X25519PublicKey.from_public_bytes(row.public), _info("answer", question_id)
        )
        if not await self._store.answer(question_id, sealed):
            raise NotAllowedNow("question-gone")

    async def read(self, keys: CodeKeys) -> str | None:
        """The answer, or ``None`` while there is none. Raises ``NotAllowedNow`` for an unknown code."""
        row = await self._store.find(keys.id, self._now())
        if row is None:
            raise NotAllowedNow("code-unknown")
        if row.answer is None:
            return None
        try:
            text = _SUITE.decrypt(row.answer, keys.pair, _info("answer", row.id))
        except (InvalidTag, ValueError):
            raise NotAllowedNow("code-unknown") from None
        return str(json.loads(text)["text"])

    async def wipe(self, keys: CodeKeys) -> None:
        """Remove question and answer."""
        await self._store.remove(keys.id)

    async def sweep(self) -> None:
        """Remove what is too old."""
        await self._store.sweep(self._now())

    def _read(self, row: QuestionRow) -> dict[str, Any]:
        try:
            read: dict[str, Any] = json.loads(_SUITE.decrypt(row.question, self._team, _info("question", row.id)))
        except (InvalidTag, ValueError):
            # Sealed under another secret than the present one; it cannot be read any more and goes by itself.
            return {"text": "…"}
        return read

    def _now(self) -> float:
        return self._clock.now().timestamp()


def may_be_code(typed: str) -> str:
    """The tidied code, or what was typed: both cost the same work further on."""
    return tidy(typed) or typed


def _padded(values: dict[str, str]) -> bytes:
    text = json.dumps(values, ensure_ascii=False).encode("utf-8")
    return text.ljust(-(-len(text) // _BLOCK) * _BLOCK)


def _info(purpose: str, question_id: str) -> bytes:
    return f"lichtpunt {purpose} {question_id}".encode("ascii")
