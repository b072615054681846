"""Where a console is in each of its conversations, as one word for ``Last-Event-ID``. Must not be trusted.

Whatever a browser sends back here only says from where on it wants to read what it may read anyway.
"""

import base64
import binascii
import json
from collections.abc import Mapping

LONGEST = 2000


def as_word(positions: Mapping[str, int]) -> str:
    """The last event of each conversation, in letters that may stand in a header."""
    text = json.dumps(dict(positions), separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(text.encode("ascii")).rstrip(b"=").decode("ascii")


def from_word(word: str) -> dict[str, int]:
    """Read ``as_word`` back; anything else is the very beginning."""
    if len(word) > LONGEST:
        return {}
    try:
        values = json.loads(base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {name: at for name, at in values.items() if type(at) is int and 0 <= at < 2**31}
