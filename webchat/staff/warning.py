"""The fixed words a counsellor sends with one button, from content/console_teksten.yml. Must not decide when."""

from pathlib import Path

from bot.advice.content_files import CONTENT, read_yaml
from bot.advice.errors import BadContent

FILE = CONTENT / "console_teksten.yml"


def load(address_form: str = "je", path: Path = FILE) -> str:
    """The warning before a chat is closed for abuse; ``address_form`` is ``je`` or ``u``. Raises ``BadContent``."""
    entry = read_yaml(path).get("waarschuwing")
    key = "tekst_u" if address_form == "u" else "tekst"
    text = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise BadContent(path.name, f"waarschuwing heeft geen '{key}'; vul die in")
    return " ".join(text.split())
