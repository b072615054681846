"""Puts the steps of the redaction in order and writes the placeholders. Must never let raw text out on an error."""

import re
from dataclasses import dataclass

from bot.advice.redaction import address, names, organisations, places, protect, structured
from bot.advice.redaction.canvas import Canvas, Span, clean, fold
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.lexicon import load as load_lexicon
from bot.advice.redaction.memory import NameMemory
from bot.advice.redaction.protect import Protected

REFUSED = "[bericht niet doorgegeven]"
PLACEHOLDERS = {
    "phone": "[telefoonnummer]", "email": "[e-mailadres]", "address": "[adres]", "postcode": "[postcode]", "place": "[plaats]",
    "organisation": "[organisatie]", "date_of_birth": "[geboortedatum]", "bsn": "[bsn]", "iban": "[rekeningnummer]", "plate": "[kenteken]",
    "url": "[website]", "handle": "[accountnaam]", "ip": "[ip-adres]", "case_number": "[zaaknummer]",
}  # fmt: skip
# Placeholders of an earlier pass (the same text sent again) stay as they are.
_OURS = re.compile(r"\[(?:naam(?: \d+)?|" + "|".join(re.escape(p[1:-1]) for p in PLACEHOLDERS.values()) + r")\]")


@dataclass(frozen=True)
class Redacted:
    """The text without identifying data, the kinds that were taken out, and the names of the chat so far."""

    text: str
    kinds: tuple[str, ...]
    memory: NameMemory


@dataclass(frozen=True)
class Redactor:
    """Redacts messages of Dutch chats; stateless, so one serves every chat."""

    lexicon: Lexicon
    protected: Protected

    def redact(self, text: str, memory: NameMemory | None = None) -> Redacted:
        """The message without identifying data. On any error the whole message is refused, never passed on raw."""
        known = memory or NameMemory()
        try:
            return self._redact(text, known)
        except Exception:  # noqa: BLE001  the named fallback of REDACTION: whatever breaks, raw text must not go on
            return Redacted(REFUSED, (), known)

    def _redact(self, text: str, memory: NameMemory) -> Redacted:
        canvas = Canvas(clean(text))
        for match in list(_OURS.finditer(canvas.folded)):
            canvas.keep(*match.span())
        protect.keep(canvas, self.protected)
        structured.find(canvas, self.lexicon)
        address.find(canvas, self.lexicon)
        organisations.find(canvas, self.lexicon)
        places.find(canvas, self.lexicon)
        names.find(canvas, self.lexicon, memory)
        return _write(canvas, memory)


def _write(canvas: Canvas, memory: NameMemory) -> Redacted:
    parts: list[str] = []
    kinds: list[str] = []
    last = 0
    for span in sorted(canvas.spans, key=lambda s: s.start):
        placeholder, memory = _placeholder(canvas, span, memory)
        parts += [canvas.text[last : span.start], placeholder]
        kinds.append(span.kind)
        last = span.end
    parts.append(canvas.text[last:])
    return Redacted("".join(parts), tuple(dict.fromkeys(kinds)), memory)


def _placeholder(canvas: Canvas, span: Span, memory: NameMemory) -> tuple[str, NameMemory]:
    if span.kind != "person":
        return PLACEHOLDERS[span.kind], memory
    parts = re.findall(r"[^\W_]+", fold(canvas.text[span.start : span.end]).removesuffix("'s"))
    memory, number = memory.with_name(parts, span.strong)
    return f"[naam {number}]", memory


def load() -> Redactor:
    """Read all lists and rules once. Raises BadContent naming the file that cannot be used."""
    structured.load_rules()
    return Redactor(load_lexicon(), protect.load())
