"""What a person wrote in the talk, as events of the visitor's chat. Must pass on nothing else that is in the talk."""

from dataclasses import replace

from webchat.chats import Sealed
from webchat.desk import TalkEvent
from webchat.turns.room import NewEvent
from webchat.turns.telling import News

TYPING_UNTIL = 300
"""In a chat with more events than this typing is no longer shown, so that it leaves room for words."""


def with_talk(news: News, talk: tuple[TalkEvent, ...], chat_events: int) -> News:
    """The news, and what the person wrote since. Typing counts only when nothing was written after it."""
    if not talk:
        return news
    said = [event for event in talk if _is_from_person(event)]
    events = [_shown(event) for event in said if event.kind is Sealed.MESSAGE]
    if said and said[-1].kind is Sealed.TYPING and chat_events < TYPING_UNTIL:
        events.append((Sealed.TYPING, {"typing": True}))
    return News(replace(news.notes, talk_cursor=talk[-1].id), (*news.events, *events))


def _is_from_person(event: TalkEvent) -> bool:
    return event.kind in (Sealed.MESSAGE, Sealed.TYPING) and event.data["from"] in ("counsellor", "colleague")


def _shown(event: TalkEvent) -> NewEvent:
    return Sealed.MESSAGE, {name: event.data[name] for name in ("id", "from", "name", "text")}
