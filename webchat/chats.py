"""What a chat is: its keys, its lifetimes and what rests of it, sealed. Must not do I/O or know who stores it.

The token exists only with the visitor. Everything else is derived from it (SECURITY §3.1), so a copy of the store
opens nothing.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.advice.assessment import Assessment

IDLE_SECONDS = 45 * 60
HARD_SECONDS = 4 * 60 * 60
LEFT_SECONDS = 15 * 60
"""Lifetimes of DESIGN §7: without activity, in all, and after the last stream closed."""

MOST_EVENTS = 500
LONGEST_TEXT = 2000
BLOCK = 256
"""Sealed payloads are padded to a multiple of this, so that their length says little."""

_VERSION = 1
_TOKEN_BYTES = 32
_TAG_BYTES = 16
_NONCE_BYTES = 12
_HEADER = 2 + _TAG_BYTES + _NONCE_BYTES


class ChatGone(Exception):
    """The token is unknown, or its chat was wiped or has expired. Callers may not be told which."""


class SealBroken(Exception):
    """A stored envelope cannot be opened: it was changed, or belongs elsewhere."""


class ChatState(StrEnum):
    """Who answers now (DESIGN §3)."""

    BOT = "bot"
    WAITING = "waiting"
    WITH_COUNSELLOR = "with_counsellor"
    ENDED = "ended"


class Sealed(IntEnum):
    """What is inside an envelope; part of what the seal is bound to."""

    NOTES = 1
    RESULT = 2
    REPLY = 3
    MESSAGE = 4
    TYPING = 5
    STATE = 6
    QUEUE = 7
    OFFER = 8
    CONSENT = 9
    ASSESSMENT = 10
    SIGNAL = 11
    FLAG = 12

    @property
    def event_name(self) -> str:
        """The name of the event in the public API."""
        return self.name.lower()


def new_token() -> str:
    """A fresh token of 256 random bits, as base64url without padding."""
    return base64.urlsafe_b64encode(secrets.token_bytes(_TOKEN_BYTES)).rstrip(b"=").decode("ascii")


@dataclass(frozen=True)
class ChatKeys:
    """What one token stands for. ``chat_id`` and ``engine_id`` are 32 hex digits and cannot be joined without it."""

    chat_id: str
    authenticator_hash: bytes = field(repr=False)
    chat_key: bytes = field(repr=False)
    engine_id: str = field(repr=False)
    engine_key: bytes = field(repr=False)

    @classmethod
    def from_token(cls, token: str) -> "ChatKeys":
        """Derive all keys. A text that is no token costs the same work and belongs to no chat."""
        secret = _token_bytes(token)
        return cls(
            chat_id=_derive(secret, b"chat id", 16).hex(),
            authenticator_hash=hashlib.sha256(_derive(secret, b"authenticator", 32)).digest(),
            chat_key=_derive(secret, b"chat key", 32),
            engine_id=_derive(secret, b"rasa id", 16).hex(),
            engine_key=_derive(secret, b"rasa key", 32),
        )

    @property
    def engine_key_text(self) -> str:
        """The engine's key as base64url, the way the engine expects it."""
        return base64.urlsafe_b64encode(self.engine_key).rstrip(b"=").decode("ascii")

    def tag(self, message_id: str) -> bytes:
        """What the store sees of a message id: 16 bytes that mean nothing without the chat key."""
        return hmac.new(self.chat_key, message_id.encode("utf-8"), hashlib.sha256).digest()[:_TAG_BYTES]


NO_TAG = bytes(_TAG_BYTES)
"""The tag of an envelope that belongs to no message of the visitor."""


def _token_bytes(token: str) -> bytes:
    try:
        secret = base64.b64decode(token.encode("ascii") + b"=", altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError, ValueError):
        secret = b""
    if len(secret) != _TOKEN_BYTES:
        return hashlib.sha256(b"no token" + token.encode("utf-8", "surrogatepass")).digest()
    return secret


def _derive(secret: bytes, label: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"lichtpunt " + label).derive(secret)


def seal(keys: ChatKeys, kind: Sealed, payload: Mapping[str, Any], tag: bytes = NO_TAG) -> bytes:
    """Encrypt ``payload`` (JSON) for this chat: version, kind, tag, nonce, then AES-256-GCM of the padded text.

    Bound to the chat, the kind and the message it belongs to, so that an envelope moved elsewhere does not open.
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    length = len(text).to_bytes(4, "big")
    padded = (length + text).ljust(-(-(len(text) + 4) // BLOCK) * BLOCK, b"\0")
    head = bytes((_VERSION, kind)) + tag
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + AESGCM(keys.chat_key).encrypt(nonce, padded, head + keys.chat_id.encode("ascii"))


def unseal(keys: ChatKeys, envelope: bytes) -> tuple[Sealed, dict[str, Any]]:
    """Open what ``seal`` made. Raises ``SealBroken`` when it was changed or belongs to another chat."""
    head, nonce = envelope[: 2 + _TAG_BYTES], envelope[2 + _TAG_BYTES : _HEADER]
    try:
        if head[0] != _VERSION:
            raise SealBroken
        kind = Sealed(head[1])
        padded = AESGCM(keys.chat_key).decrypt(nonce, envelope[_HEADER:], head + keys.chat_id.encode("ascii"))
        length = int.from_bytes(padded[:4], "big")
        payload = json.loads(padded[4 : 4 + length])
    except (InvalidTag, ValueError, IndexError) as error:
        raise SealBroken from error
    if not isinstance(payload, dict):
        raise SealBroken
    return kind, payload


@dataclass(frozen=True)
class Times:
    """When things happened, in seconds of the steady clock. ``seen``: when a stream was last known to be open.

    ``kept``: the visitor has a code to come back with, so that only the hard end counts.
    """

    started: float
    active: float
    seen: float | None = None
    kept: bool = False

    @property
    def ends(self) -> float:
        """The nearer of the idle and the hard end; what the visitor is shown."""
        hard = self.started + HARD_SECONDS
        return hard if self.kept else min(self.active + IDLE_SECONDS, hard)

    @property
    def gone(self) -> float:
        """From when on the chat no longer exists; earlier than ``ends`` when the visitor's line stays away."""
        if self.kept or self.seen is None:
            return self.ends
        return min(self.ends, max(self.seen, self.active) + LEFT_SECONDS)


@dataclass(frozen=True)
class Notes:
    """What the gateway remembers of a chat between two turns; rests only inside a seal, never with raw text.

    While a person was asked for: ``ticket`` is the chat's id at the desk, ``talk`` the token of the conversation there,
    ``card_key`` opens the card, ``talk_cursor`` is the last event of the talk that the visitor got, and ``told`` what
    the visitor was told last. ``keep``: only the hard end counts (``Times.kept``).
    """

    state: ChatState = ChatState.BOT
    assessment: Assessment = field(default_factory=Assessment)
    fixed: tuple[str, ...] = ()
    names: dict[str, Any] | None = None
    easy: bool = False
    noticed: bool = False
    offered: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    ticket: str | None = None
    talk: str | None = field(default=None, repr=False)
    card_key: str | None = field(default=None, repr=False)
    talk_cursor: int = 0
    told: dict[str, Any] = field(default_factory=dict)
    keep: bool = False

    def as_dict(self) -> dict[str, Any]:
        """JSON for ``seal``."""
        return {
            "state": self.state.value,
            "assessment": self.assessment.as_dict(),
            "fixed": list(self.fixed),
            "names": self.names,
            "easy": self.easy,
            "noticed": self.noticed,
            "offered": list(self.offered),
            "flags": list(self.flags),
            "ticket": self.ticket,
            "talk": self.talk,
            "card_key": self.card_key,
            "talk_cursor": self.talk_cursor,
            "told": self.told,
            "keep": self.keep,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Notes":
        """Read ``as_dict`` back."""
        return cls(
            state=ChatState(values["state"]),
            assessment=Assessment.from_dict(values["assessment"]),
            fixed=tuple(values["fixed"]),
            names=values["names"],
            easy=values["easy"],
            noticed=values["noticed"],
            offered=tuple(values["offered"]),
            flags=tuple(values["flags"]),
            ticket=values["ticket"],
            talk=values["talk"],
            card_key=values["card_key"],
            talk_cursor=values["talk_cursor"],
            told=values["told"],
            keep=values["keep"],
        )
