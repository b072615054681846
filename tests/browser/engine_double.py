"""An engine of one file that speaks the contract of the inner engine. Must know just enough for the page to show all it can."""

import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

NOBODY: dict[str, Any] = {
    "role": "unknown",
    "topics": [],
    "urgency": "none",
    "region": None,
    "age_band": None,
    "relation": None,
    "children_present": None,
    "duration": None,
}
YES_NO = [
    {"title": "Ja", "payload": "/affirm"},
    {"title": "Nee", "payload": "/deny"},
    {"title": "Weet ik niet", "payload": "/dont_know"},
]
DOORS = [
    {"title": "Het gaat om mij", "payload": "/about_self"},
    {"title": "Ik ben bezorgd om een ander", "payload": "/about_other"},
    {"title": "Ik ben jonger dan 18", "payload": "/i_am_child"},
    {"title": "Praat met een mens", "payload": "/handover"},
]
TALK_CARD = ("Ik ben thuis bang. Ik wil even alleen praten.", "Voor wie dit leest: zorg voor een gesprek alleen.")
MARKUP = "<img src=x onerror=\"document.title='gekaapt'\">"
NUMBERED = re.compile(r"regel (\d+)")


def reply(text: str, kind: str = "answer", referrals: Any = (), choices: Any = ()) -> dict[str, Any]:
    """One reply as the contract has it."""
    return {
        "kind": kind,
        "text": text,
        "referrals": [{"id": name, "why": why} for name, why in referrals],
        "choices": list(choices),
    }


def _greeting() -> list[dict[str, Any]]:
    return [
        reply("Hallo. Ik ben een chatbot, geen mens. Wil je een mens spreken? Dat kan je meteen vragen.", "greeting"),
        reply("Waar gaat het over? Kies iets, of typ in je eigen woorden.", "question", (), DOORS),
    ]


def _to_choice(choice: str, known: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any], str | None]:
    if choice == "i_am_child":
        more = [
            *YES_NO,
            {"title": "Er is ruzie bij ons thuis", "payload": "/child_witness"},
            {"title": "Wat doet de Kindertelefoon?", "payload": "/ask_kindertelefoon"},
        ]
        text = "Goed dat je er bent. Jij doet niets fout door hier te praten. Ben je nu bang voor iemand?"
        return [reply(text, "question", (), more)], {**known, "role": "child"}, None
    if choice == "child_witness" and known["role"] == "bystander":
        line = ("veilig-thuis", "Zij denken met je mee. Je hoeft niet te zeggen wie je bent.")
        text = "Goed dat je hier niet alleen mee blijft zitten. Je kunt om advies vragen."
        return [reply(text, "referral", (line,))], {**known, "topics": ["child_witness"]}, None
    if choice == "child_witness":
        line = ("kindertelefoon", "Hier praat je met iemand die er is voor kinderen en jongeren.")
        text = "Wat rot dat er zo veel ruzie is. Dat komt niet door jou. Je mag hierover praten."
        return [reply(text, "referral", (line,))], {**known, "topics": ["child_witness"]}, None
    if choice == "about_self":
        text = "Oké, het gaat om jou. Vertel wat er speelt, in je eigen woorden. Een paar woorden is ook goed."
        return [reply(text)], {**known, "role": "victim"}, None
    if choice == "about_other":
        text = "Oké, het gaat om iemand anders. Wat zie of hoor je, waar je je zorgen over maakt?"
        more = [{"title": "Ik hoor ruzie bij een kind", "payload": "/child_witness"}]
        return [reply(text, "question", (), more)], {**known, "role": "bystander"}, None
    if choice == "cannot_talk":
        return [reply("Kort kan ook. Is er nu gevaar?", "question", (), YES_NO)], known, None
    if choice == "simpler":
        return [reply("Ik gebruik nu makkelijke taal.", "answer", (), YES_NO)], known, "easy_on"
    return [reply("Oké. Vertel gerust verder.")], known, None


def _to_text(text: str, known: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any], str | None]:
    numbered = NUMBERED.search(text)
    if numbered:
        return [reply(f"antwoord {numbered[1]}.")], known, None
    if "opmaak" in text:
        return [reply(MARKUP, "answer", (), [{"title": MARKUP, "payload": "/affirm"}])], known, None
    if "praatkaart" in text:
        card = {"title": "Kaart voor de huisarts", "payload": "/tell_more:praatkaart-arts"}
        return [reply("Welke kaart wil je laten zien?", "question", (), [card])], known, None
    if "opvang" in text:
        skip = {"title": "Liever niet zeggen", "payload": "/skip"}
        return [reply("In welke plaats woon je?", "question", (), (skip,))], known, None
    if "bang" in text:
        return [reply("Is er nu gevaar?", "question", (("112", ""),), YES_NO)], known, None
    if "slaat" in text:
        lines = (
            ("veilig-thuis", "Zij denken dag en nacht met je mee. Je hoeft je naam niet te zeggen."),
            ("slachtofferhulp", "Voor hulp bij wat je nu nodig hebt, ook als je geen aangifte doet."),
            ("handover", "Een medewerker van Veilig Thuis die met je meedenkt in deze chat."),
        )
        first = reply("Dat is niet oké. Niemand mag jou slaan, ook je partner niet. Het is goed dat je dit vertelt.")
        more = [
            {"title": "Vertel meer", "payload": "/tell_more"},
            {"title": "Waar kan ik naartoe?", "payload": "/ask_shelter"},
        ]
        second = reply("Dit zijn mensen die je kunnen helpen. Jij kiest of je belt.", "referral", lines, more)
        facts = {"role": "victim", "topics": ["partner_violence"], "urgency": "urgent", "relation": "partner"}
        return [first, second], {**known, **facts, "region": "ijsselland"}, None
    return [reply("Dank je dat je dit vertelt. Wat is er gebeurd?")], known, None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        call = self.path.rsplit("/", 1)[-1]
        if call == "forget":
            self.send_response(204)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        known = asked.get("assessment") or NOBODY
        if call == "greet":
            replies, facts, effect = _greeting(), NOBODY, None
        elif (asked.get("choice") or "").startswith("tell_more:praatkaart-"):
            replies, facts, effect = [reply(text) for text in TALK_CARD], known, None
        elif asked.get("choice"):
            replies, facts, effect = _to_choice(asked["choice"], known)
        else:
            replies, facts, effect = _to_text(asked["text"], known)
        body = json.dumps({"replies": replies, "assessment": facts, "effect": effect}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: what comes by here was said by a visitor."""


class EngineDouble:
    """Serves on loopback in a thread until ``stop``."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let go of the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
