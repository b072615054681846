"""Spoken codes of four Dutch words: to come back, to call with, to fetch an answer. Must not keep a code.

Four words of a list of 7,776 are 51 bits. What rests is found and opened only with the code itself, stretched by
argon2id together with a secret of the server, so that a copy of the store cannot be tried word by word.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WORDS = 4
LIST_SIZE = 7776
_LIST = Path(__file__).resolve().parents[2] / "bot/advice/content/codewoorden.txt"
_ITERATIONS, _MEMORY_KIB, _LANES = 2, 19 * 1024, 1
"""argon2id at the strength that OWASP gives as a minimum for passwords; a code has more bits than most of those."""

_NONCE_BYTES = 12


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """The words of the codes, in the order of the file. Raises ``ValueError`` when there are not ``LIST_SIZE``."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    words = tuple(line for line in lines if line and not line.startswith("#"))
    if len(set(words)) != LIST_SIZE:
        raise ValueError(f"{_LIST.name}: needs {LIST_SIZE} different words")
    return words


def new_code() -> str:
    """A fresh code, as four words with spaces."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))


def tidy(typed: str) -> str | None:
    """The code that was meant: capitals, accents, commas and dashes do not matter. ``None`` when it can be no code."""
    plain = unicodedata.normalize("NFKD", typed.casefold())
    letters = "".join(sign if sign.isalpha() else " " for sign in plain if not unicodedata.combining(sign))
    words = letters.split()
    return " ".join(words) if len(words) == WORDS else None


@dataclass(frozen=True)
class CodeKeys:
    """What one code stands for; costs about 50 ms to derive, on purpose. ``id`` is what a store may know."""

    id: str
    key: bytes = field(repr=False)
    _seed: bytes = field(repr=False)

    @classmethod
    def derive(cls, code: str, secret: bytes, purpose: str) -> "CodeKeys":
        """From a tidied code. ``purpose`` keeps a code for one thing from opening another."""
        salt = HKDF(algorithm=SHA256(), length=16, salt=None, info=b"lichtpunt code salt " + purpose.encode()).derive(
            secret
        )
        stretched = hash_secret_raw(
            code.encode("utf-8"), salt, _ITERATIONS, _MEMORY_KIB, _LANES, hash_len=32, type=Type.ID
        )
        return cls(_part(stretched, b"id")[:16].hex(), _part(stretched, b"key"), _part(stretched, b"pair"))

    @cached_property
    def pair(self) -> X25519PrivateKey:
        """A key pair, so that others can seal an answer to somebody whose code they do not know."""
        return X25519PrivateKey.from_private_bytes(self._seed)

    def close(self, text: bytes) -> bytes:
        """Encrypt for whoever has the code."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, text, self.id.encode("ascii"))

    def open(self, closed: bytes) -> bytes | None:
        """Read ``close`` back; ``None`` when it was changed."""
        try:
            return AESGCM(self.key).decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], self.id.encode("ascii"))
        except InvalidTag:
            return None


def _part(stretched: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lichtpunt code " + label).derive(stretched)
