"""The keys of the staff side, all from one secret of the installation. Must not store or show any of them."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_SECRET = 32
"""Bytes; less would make what is stored guessable."""

_NONCE = 12


class StaffKeys:
    """Seals second factors and makes pseudonyms. Without the secret a copy of the database gives neither."""

    def __init__(self, secret: bytes) -> None:
        """Raises ``ValueError`` when the secret is too short."""
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"the staff secret must have at least {SHORTEST_SECRET} bytes")
        self._secret = secret
        self._sealing = AESGCM(self._derive("second factor"))

    def __repr__(self) -> str:
        """Nothing of the secret."""
        return "StaffKeys()"

    def _derive(self, label: str) -> bytes:
        return HKDF(SHA256(), 32, None, b"lichtpunt staff " + label.encode()).derive(self._secret)

    def seal(self, plain: bytes, owner: str) -> bytes:
        """Encrypt what belongs to the account ``owner``; it opens for no other account."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._sealing.encrypt(nonce, plain, owner.encode())

    def open(self, sealed: bytes, owner: str) -> bytes | None:
        """The plain bytes, or ``None`` when the secret of the installation changed or somebody moved a row."""
        try:
            return self._sealing.decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.encode())
        except InvalidTag:
            return None

    def mark(self, label: str, *parts: str) -> str:
        """A keyed hash in hex, different per ``label``. For finding something back, never for reading it."""
        message = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
        return hmac.new(self._derive(label), message, hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """What is stored of a random token of 256 bits; such a token needs no key and no stretching."""
    return hashlib.sha256(token.encode()).hexdigest()
