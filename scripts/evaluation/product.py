"""Asks the whole running product, over its own API, and compares with what a good answer would be."""

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.advice.assessment import PASSING
from scripts.evaluation.figures import Figures
from scripts.evaluation.sets import Message, Story

_PASSING = frozenset(topic.value for topic in PASSING)


@dataclass
class Client:
    """A visitor of the API at ``base`` (``http://127.0.0.1:8080``)."""

    base: str
    token: str = ""
    last: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One request. Problem documents come back as their JSON."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return dict(json.loads(answer.read() or b"{}"))
        except urllib.error.HTTPError as problem:
            return dict(json.loads(problem.read() or b"{}"))

    def open(self) -> "Client":
        """Start a chat."""
        self.token = ""
        self.last = self.call("POST", "/chats", {})
        self.token = self.last["token"]
        return self

    def say(self, text: str | None = None, choice: str | None = None) -> dict[str, Any]:
        """Type or press."""
        body = {"id": str(uuid.uuid4()), **({"text": text} if text is not None else {"choice": choice})}
        self.last = self.call("POST", "/chats/current/messages", body)
        return self.last

    def leave(self) -> None:
        """Wipe the chat."""
        self.call("DELETE", "/chats/current")


def referral_ids(answer: dict[str, Any]) -> list[str]:
    """Ids over all replies in order, each once; a person in the chat is no organisation."""
    ids = [one["id"] for reply in answer.get("replies", ()) for one in reply["referrals"]]
    return list(dict.fromkeys(one for one in ids if one != "handover"))


def ask_messages(client: Client, messages: Iterable[Message], note: Callable[[str], None]) -> Figures:
    """Each message in a chat of its own. ``note`` gets one line per mistake."""
    figures = Figures()
    for message in messages:
        answer = client.open().say(message.text)
        client.leave()
        _judge(figures, message, answer, note)
    return figures


def _judge(figures: Figures, message: Message, answer: dict[str, Any], note: Callable[[str], None]) -> None:
    seen = answer.get("assessment") or {"role": "-", "topics": [], "urgency": "-"}
    referrals = referral_ids(answer)
    group = message.voice
    figures.add("role accuracy", seen["role"] == message.role, group)
    figures.confuse("role", message.role, seen["role"])
    found = set(seen["topics"])
    for topic in message.topics:
        figures.add("topic recall", topic in found, group)
        if topic not in found:
            figures.confuse("topic", topic, ",".join(sorted(found)) or "-")
    for topic in found - _PASSING:
        figures.add("topic precision", topic in message.topics, group)
    if message.urgency == "acute":
        figures.add("acute recall", seen["urgency"] == "acute", group)
    elif message.near_miss:
        figures.add("false acute on near misses", seen["urgency"] == "acute", group)
    if message.urgency != "acute":
        figures.add("false acute on all others", seen["urgency"] == "acute", group)
    if message.urgency == "unclear":
        figures.add("unclear asks the question", seen["urgency"] in ("unclear", "acute"), group)
    if message.referrals:
        figures.add("referral recall (first wanted)", message.referrals[0] in referrals, group)
        figures.add("first referral right", referrals[:1] == [message.referrals[0]], group)
    figures.add("forbidden referral", bool(message.never & set(referrals)), group)
    figures.add("fallback", "niet_begrepen" in str(answer) or not answer.get("replies"), group)
    if "other_language" in message.topics:
        figures.add("other language recognised", "other_language" in found, group)
    else:
        figures.add("Dutch taken for another language", "other_language" in found, group)
    if seen["role"] != message.role or not message.topics <= found or (seen["urgency"] == "acute") != (
        message.urgency == "acute"
    ):
        wanted = f"{message.role} {sorted(message.topics)} {message.urgency} {list(message.referrals)}"
        got = f"{seen['role']} {sorted(found)} {seen['urgency']} {referrals}"
        note(f"{message.text[:160]}\n      wanted {wanted}\n      got    {got}")


def play_stories(client: Client, stories: Iterable[Story], note: Callable[[str], None]) -> Figures:
    """Each conversation from its start; it is right when every expectation of every turn holds."""
    figures = Figures()
    for story in stories:
        client.open()
        faults = []
        for number, step in enumerate(story.steps, 1):
            answer = client.say(step.text, step.choice)
            for fault in faults_of(step.expected, answer):
                faults.append(f"turn {number}: {fault}")
            figures.add("turns right", not faults_of(step.expected, answer))
        client.leave()
        figures.add("conversations fully right", not faults)
        if faults:
            note(f"{story.name}: " + "; ".join(faults))
    return figures


def faults_of(expected: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """Which expectations of one turn do not hold."""
    seen = answer.get("assessment") or {}
    referrals = referral_ids(answer)
    kinds = [reply["kind"] for reply in answer.get("replies", ())]
    handed = [one["id"] for reply in answer.get("replies", ()) for one in reply["referrals"]]
    faults = []
    for name in ("urgentie", "rol", "regio"):
        key = {"urgentie": "urgency", "rol": "role", "regio": "region"}[name]
        if name in expected and seen.get(key) != expected[name]:
            faults.append(f"{name} {seen.get(key)} instead of {expected[name]}")
    for name, have in (("onderwerpen_bevat", seen.get("topics", ())), ("verwijzing_bevat", [*referrals, *handed])):
        missing = [str(one) for one in expected.get(name) or () if str(one) not in have]
        if missing:
            faults.append(f"{name} lacks {missing}")
    if "eerste_verwijzing" in expected and referrals[:1] != [str(expected["eerste_verwijzing"])]:
        faults.append(f"eerste_verwijzing {referrals[:1]} instead of {expected['eerste_verwijzing']}")
    if "soort_bevat" in expected and expected["soort_bevat"] not in kinds:
        faults.append(f"soort {kinds} lacks {expected['soort_bevat']}")
    wrong = [str(one) for one in expected.get("nooit") or () if str(one) in referrals]
    if wrong:
        faults.append(f"nooit {wrong}")
    return faults
