"""Keys sealed to counsellors on duty, and the card under its own key. Must not keep or log a key.

HPKE of RFC 9180 with X25519, HKDF-SHA256 and AES-256-GCM. A counsellor's private key is derived from the secret of
their session, which only their cookie holds; what rests at the desk opens for nobody else.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_KEY_BYTES = 32
_NONCE_BYTES = 12
_BLOCK = 256


class SealedForOthers(Exception):
    """This key cannot be opened here: it was sealed to somebody else, for something else, or was changed."""


@dataclass(frozen=True)
class StaffKey:
    """The key pair of one counsellor's session."""

    private: X25519PrivateKey = field(repr=False)

    @classmethod
    def from_session(cls, session_secret: str) -> "StaffKey":
        """Derive the pair; the same session always has the same one, on every gateway."""
        seed = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=b"lichtpunt staff key").derive(
            session_secret.encode("utf-8")
        )
        return cls(X25519PrivateKey.from_private_bytes(seed))

    @property
    def public(self) -> str:
        """The public key in hex."""
        return self.private.public_key().public_bytes_raw().hex()

    def open(self, sealed: str, purpose: str, ticket_id: str) -> str:
        """The key inside, as text. Raises ``SealedForOthers``."""
        try:
            opened = _SUITE.decrypt(_bytes(sealed), self.private, _info(purpose, ticket_id))
        except (InvalidTag, ValueError):
            raise SealedForOthers from None
        return opened.decode("ascii")


def new_key() -> str:
    """A fresh key of 256 bits as base64url."""
    return _text(secrets.token_bytes(_KEY_BYTES))


def seal_to(public_key: str, key: str, purpose: str, ticket_id: str) -> str:
    """``key`` for the holder of one public key, bound to what it is for and to the ticket."""
    public = X25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    return _text(_SUITE.encrypt(key.encode("ascii"), public, _info(purpose, ticket_id)))


def close_card(key: str, ticket_id: str, card: Mapping[str, Any]) -> str:
    """What the visitor chose to show, encrypted and padded, as base64url."""
    text = json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    # Blanks after JSON mean nothing, so they can pad: the length then says little about the card.
    padded = text.ljust(-(-len(text) // _BLOCK) * _BLOCK)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _text(nonce + AESGCM(_bytes(key)).encrypt(nonce, padded, _info("card", ticket_id)))


def open_card(key: str, ticket_id: str, closed: str) -> dict[str, Any]:
    """Read ``close_card`` back. Raises ``SealedForOthers``."""
    raw = _bytes(closed)
    try:
        text = AESGCM(_bytes(key)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _info("card", ticket_id))
    except (InvalidTag, ValueError):
        raise SealedForOthers from None
    card: dict[str, Any] = json.loads(text)
    return card


def _info(purpose: str, ticket_id: str) -> bytes:
    return f"lichtpunt {purpose} {ticket_id}".encode("ascii")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
