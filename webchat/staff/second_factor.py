"""The second factor: codes of an authenticator app, and recovery codes. Must not accept one code twice."""

import base64
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

import pyotp
import segno

ISSUER = "Lichtpunt"
STEP_SECONDS = 30
WINDOW = 1
"""Codes of one step before and one after count too: clocks of phones differ."""

SECRET_CHARACTERS = 32
"""In base32: 160 bits, the length that RFC 4226 recommends."""

RECOVERY_CODES = 10
_RECOVERY_BYTES = 10
_RECOVERY_CHARACTERS = 16


@dataclass(frozen=True)
class Invitation:
    """What an authenticator app needs, to be shown once. ``picture`` is a QR code as an SVG data URI."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    picture: str = field(repr=False)


def new_secret() -> str:
    """A fresh secret in base32."""
    return pyotp.random_base32(SECRET_CHARACTERS)


def invitation(secret: str, name: str) -> Invitation:
    """The secret in the three forms that apps take."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    return Invitation(secret, uri, segno.make(uri, micro=False).svg_data_uri(scale=4, border=4))


def matching_step(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The time step that ``code`` belongs to, or ``None`` when it is wrong or not newer than step ``last``.

    The caller stores the step, and refuses when somebody else did so first.
    """
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        return None
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    for step in range(current - WINDOW, current + WINDOW + 1):
        if hmac.compare_digest(totp.generate_otp(step), code) and step > last:
            return step
    return None


def is_recovery_code(code: str) -> bool:
    """Whether it has the form of a recovery code, however it is spaced."""
    return len(plain_recovery_code(code)) == _RECOVERY_CHARACTERS


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 80 random bits, in four groups of four."""
    codes = (base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES))
    return tuple("-".join(code[at : at + 4] for at in range(0, _RECOVERY_CHARACTERS, 4)) for code in codes)


def plain_recovery_code(code: str) -> str:
    """The code as it is hashed: small letters and digits alone."""
    return "".join(sign for sign in code.casefold() if sign.isalnum())
