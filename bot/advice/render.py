"""Turns compact referrals into what people see: numbers, hours and costs of this moment. Must not choose any.

The shape is the wire ``Reply`` of the visitor API; numbers come from the directory only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.advice.directory import Directory, Organisation
from bot.advice.hours import AMSTERDAM

HANDOVER = "handover"
HANDOVER_NAME = "Een medewerker van Veilig Thuis, hier in deze chat"
HANDOVER_HOURS = "alleen als er nu iemand is"


def render_referral(referral_id: str, why: str, now: datetime, directory: Directory) -> dict[str, Any]:
    """One entry of ``Reply.referrals`` at ``now``.

    Raises KeyError for an id that does not exist or may not be shown (any more).
    """
    if referral_id == HANDOVER:
        return _entry(HANDOVER, HANDOVER_NAME, why, hours=HANDOVER_HOURS)
    if not directory.is_shown(referral_id, now.astimezone(AMSTERDAM).date()):
        raise KeyError(referral_id)
    organisation = directory.get(referral_id)
    return _entry(
        organisation.id,
        organisation.name,
        _why(organisation, why),
        phone=organisation.phone,
        tel=organisation.tel,
        open_now=organisation.is_open(now),
        hours=organisation.hours_text(now),
        chat_url=organisation.chat_url,
        cost=organisation.cost,
        trace_hint=organisation.trace_hint,
    )


def render_reply(reply: Mapping[str, Any], now: datetime, directory: Directory, reply_id: str) -> dict[str, Any]:
    """The wire ``Reply`` of what the engine said; a referral that may not be shown (any more) is left out."""
    today = now.astimezone(AMSTERDAM).date()
    referrals = [
        render_referral(str(one["id"]), str(one.get("why") or ""), now, directory)
        for one in reply.get("referrals") or ()
        if one["id"] == HANDOVER or directory.is_shown(one["id"], today)
    ]
    choices = [{"title": str(one["title"]), "payload": str(one["payload"])} for one in reply.get("choices") or ()]
    return {
        "id": reply_id,
        "text": str(reply.get("text") or ""),
        "kind": str(reply["kind"]),
        "referrals": referrals,
        "choices": choices,
    }


def _why(organisation: Organisation, why: str) -> str:
    """Without a number or a chat the reason also says where to look: a name alone helps nobody."""
    if organisation.phone or organisation.chat_url or not organisation.website:
        return why
    address = organisation.website.removeprefix("https://").rstrip("/")
    return f"{why} Website: {address}".strip()


def _entry(referral_id: str, name: str, why: str, **known: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("phone", "tel", "open_now", "hours", "chat_url", "cost", "trace_hint"))
    return {"id": referral_id, "name": name, "why": why, **empty, **known}
