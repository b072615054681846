"""Asks the whole running product, over its own API, and compares with what a good answer would be."""

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice.assessment import PASSING
from bot.advice.directory import load as load_directory
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


def open_now(wanted: str) -> frozenset[str]:
    """The ids that count for a wanted referral: those with its number, and Veilig Thuis when it is closed now."""
    directory = load_directory()
    organisation = directory.get(wanted)
    same = {one.id for one in directory.shown() if one.tel and one.tel == organisation.tel}
    closed = organisation.is_open(datetime.now(ZoneInfo("Europe/Amsterdam"))) is False
    return frozenset({wanted, *same, *(("veilig-thuis",) if closed else ())})


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
    found = set(seen["topics"])
    figures.add("role accuracy", seen["role"] == message.role, message.voice)
    figures.confuse("role", message.role, seen["role"])
    _judge_topics(figures, message, found)
    _judge_urgency(figures, message, seen["urgency"])
    _judge_referrals(figures, message, referrals)
    wrong_danger = (seen["urgency"] == "acute") != (message.urgency == "acute")
    if seen["role"] != message.role or not message.topics <= found or wrong_danger:
        wanted = f"{message.role} {sorted(message.topics)} {message.urgency} {list(message.referrals)}"
        got = f"{seen['role']} {sorted(found)} {seen['urgency']} {referrals}"
        note(f"{message.text[:160]}\n      wanted {wanted}\n      got    {got}")


def _judge_topics(figures: Figures, message: Message, found: set[str]) -> None:
    for topic in message.topics:
        figures.add("topic recall", topic in found, message.voice)
        if topic not in found:
            figures.confuse("topic", topic, ",".join(sorted(found)) or "-")
    for topic in found - _PASSING:
        figures.add("topic precision", topic in message.topics, message.voice)
    other = "other_language" in message.topics
    name = "other language recognised" if other else "Dutch taken for another language"
    figures.add(name, "other_language" in found, message.voice)


def _judge_urgency(figures: Figures, message: Message, urgency: str) -> None:
    if message.urgency == "acute":
        figures.add("acute recall", urgency == "acute", message.voice)
        return
    figures.add("false acute on all others", urgency == "acute", message.voice)
    if message.near_miss:
        figures.add("false acute on near misses", urgency == "acute", message.voice)
    if message.urgency == "unclear":
        figures.add("unclear asks the question", urgency in ("unclear", "acute"), message.voice)


def _judge_referrals(figures: Figures, message: Message, referrals: list[str]) -> None:
    figures.add("forbidden referral", bool(message.never & set(referrals)), message.voice)
    if not message.referrals:
        return
    wanted = open_now(message.referrals[0])
    figures.add("referral recall (first wanted)", bool(wanted & set(referrals)), message.voice)
    figures.add("first referral right", bool(wanted & set(referrals[:1])), message.voice)
    if not wanted & set(referrals):
        figures.confuse("referral", message.referrals[0], ",".join(referrals) or "-")


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


def _counts(wanted: str, name: str) -> frozenset[str]:
    return open_now(wanted) if name == "verwijzing_bevat" and wanted != "handover" else frozenset({wanted})


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
        missing = [str(one) for one in expected.get(name) or () if not _counts(str(one), name) & set(have)]
        if missing:
            faults.append(f"{name} lacks {missing}")
    if "eerste_verwijzing" in expected and not open_now(str(expected["eerste_verwijzing"])) & set(referrals[:1]):
        faults.append(f"eerste_verwijzing {referrals[:1]} instead of {expected['eerste_verwijzing']}")
    if "soort_bevat" in expected and expected["soort_bevat"] not in kinds:
        faults.append(f"soort {kinds} lacks {expected['soort_bevat']}")
    wrong = [str(one) for one in expected.get("nooit") or () if str(one) in referrals]
    if wrong:
        faults.append(f"nooit {wrong}")
    return faults
