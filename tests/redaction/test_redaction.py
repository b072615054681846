"""What the redaction promises, message by message. Invented names only."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from bot.advice.redaction import REFUSED, NameMemory, Redactor, load
from bot.advice.redaction.__main__ import answer
from bot.advice.redaction.redactor import PLACEHOLDERS

ROOT = Path(__file__).resolve().parents[2]
DIRECTORY = ROOT / "bot/advice/content/organisations.yml"


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return load()


GOES = [
    ("mn ex dennis staat voor de deur", "mn ex [naam 1] staat voor de deur", ("person",)),
    ("hij heet ahmed", "hij heet [naam 1]", ("person",)),
    ("mijn broertje jayden van 6 huilt", "mijn broertje [naam 1] van 6 huilt", ("person",)),
    ("ik woon op kerkstraat 12 bis", "ik woon op [adres]", ("address",)),
    ("wij wonen op nummer 14 in de tulpstraat", "wij wonen op [adres] in de [adres]", ("address",)),
    ("mijn nummer is 06 12 34 56 78", "mijn nummer is [telefoonnummer]", ("phone",)),
    ("nul zes een twee drie vier vijf zes zeven acht", "[telefoonnummer]", ("phone",)),
    ("j punt de vries apenstaartje gmail punt com", "[e-mailadres]", ("email",)),
    ("@kimmie_xo op insta", "[accountnaam] op insta", ("handle",)),
    ("snap: lisa.2009", "snap: [accountnaam]", ("handle",)),
    ("bsn 123.456.782", "bsn [bsn]", ("bsn",)),
    ("geboren op 3 mei 2010", "geboren op [geboortedatum]", ("date_of_birth",)),
    ("zaaknummer PL0900-2024123456", "zaaknummer [zaaknummer]", ("case_number",)),
    ("ik woon in best", "ik woon in [plaats]", ("place",)),
    ("postcode 3511 lx", "postcode [postcode]", ("postcode",)),
    ("NL91 ABNA 0417 1643 00", "[rekeningnummer]", ("iban",)),
    ("ip adres 192.168.1.45", "ip adres [ip-adres]", ("ip",)),
    ("kijk op t.me/exposedzwolle", "kijk op [website]", ("url",)),
    ("ze noemen hem lange piet", "ze noemen hem [naam 1]", ("person",)),
    ("toen roelofje weer begon", "toen [naam 1] weer begon", ("person",)),
    ("wat moet ik tegen zweitske zeggen", "wat moet ik tegen [naam 1] zeggen", ("person",)),
    ("ellimo en ik zijn bang", "[naam 1] en ik zijn bang", ("person",)),
    ("bij sportclub kracht en vriendschap", "bij [organisatie]", ("organisation",)),
    ("mijn zoon zit bij sv houten", "mijn zoon zit bij [organisatie]", ("organisation",)),
    ("mijn dochter danst bij dansschool van der meer", "mijn dochter danst bij [organisatie]", ("organisation",)),
    ("we wonen in de zonneflat", "we wonen in de [adres]", ("address",)),
    ("ik zit nu op de parkweg", "ik zit nu op de [adres]", ("address",)),
    ("06 en dan 12 34 56 78", "06 en dan [telefoonnummer]", ("phone",)),
    ("zes twaalf vierendertig zesenvijftig acht en zeventig", "[telefoonnummer]", ("phone",)),
    ("ik zit op het stedelijk gymnasium", "ik zit op het [organisatie]", ("organisation",)),
    ("ik zit op de zandkorrel in groep 5", "ik zit op de [organisatie] in groep 5", ("organisation",)),
    ("ik ben trainer van de kwartels", "ik ben trainer van de [organisatie]", ("organisation",)),
    ("hij turnt bij de hermelijnen", "hij turnt bij de [organisatie]", ("organisation",)),
    ("ik studeer aan de waddenacademia", "ik studeer aan de [organisatie]", ("organisation",)),
    ("mijn psycholoog van de windroos", "mijn psycholoog van de [organisatie]", ("organisation",)),
    ("op mijn werk, Vandermolen, weten ze het", "op mijn werk, [organisatie], weten ze het", ("organisation",)),
    ("ze is lid van sparta 23", "ze is lid van [organisatie]", ("organisation",)),
    ("wij gaan naar kerk de korenaar", "wij gaan naar [organisatie]", ("organisation",)),
    ("ik werk in de supermarkt spar", "ik werk in de supermarkt [organisatie]", ("organisation",)),
    ("bij tjibberke thuis is het niet veilig", "bij [naam 1] thuis is het niet veilig", ("person",)),
    ("niemand gelooft oldrikje", "niemand gelooft [naam 1]", ("person",)),
    ("storm heeft me geduwd", "[naam 1] heeft me geduwd", ("person",)),
    ("mijn dochter vlinder eet niet", "mijn dochter [naam 1] eet niet", ("person",)),
    ("hij noemt zichzelf big zerko", "hij noemt zichzelf [naam 1]", ("person",)),
    ("postcode 2513 xz 10", "postcode [postcode] [adres]", ("postcode", "address")),
    ("ik woon aan de lange brink", "ik woon aan de [adres]", ("address",)),
    ("ik sta op ede-wageningen", "ik sta op [plaats]", ("place",)),
]
STAYS = [
    "ik ben 12", "ik zit in groep 8", "in 2019 begon het", "hij is 17 en sterk", "dat is best erg", "ik wil weg", "mijn man wil niks",
    "mei was de ergste maand", "veilig thuis heeft gebeld", "de politie kwam", "de storm was eng", "ik kom uit marokko", "oma slaat opa",
    "ik moet 250 euro betalen", "om half 9 komt hij", "dat heet stalking", "hij noemt mij dik", "zitting is 3 februari 2026",
    "mijn moeder sgreeuwt de hele dag", "mn vader slaad mij", "mijn ex stalkd me al weken", "mijn oma knijpd me", "mijn zus sneid zichzelf",
    "m'n broer duwd me van de trap", "lening zonder bkr direct", "op de voetbalclub word ik gepest", "om twee, drie of vier uur", "ze is niet veilig thuis",
    "[naam] slaat mij en [adres] is dichtbij", "mijn mama krijscht en smijt met borden", "mijn oma sgelt en slaat", "hij wil het niet te zegge",
    "ik hoor haar gille", "me zus heb pille geslikt", "slaatie jou ook", "hij noemt me watje", "ik ben juf op de kleuterafdeling", "hij traint bij de jeugd",
    "ik ben lid van de vakbond", "ik zit op zolder met mijn boek", "ik werk bij mensen thuis", "ik heb nooit gebeld", "mijn moeder wil dat ik stop",
    "mijn dochter zomer 2020 uit huis geplaatst", "bel samen Veilig Thuis.", "we gaan op vakansie", "mijn man geeft mij geen talaq", "he is raping me",
]  # fmt: skip
# The side codes of Dutch plates, with invented letters.
PLATES = [
    "AB-12-34",
    "12-34-AB",
    "12-AB-34",
    "AB-12-CD",
    "AB-CD-12",
    "12-AB-CD",
    "12-ABC-3",
    "1-ABC-23",
    "AB-123-C",
    "A-123-BC",
    "ABC-12-D",
    "A-12-BCD",
    "1-AB-234",
    "123-AB-4",
]


@pytest.mark.parametrize(("text", "expected", "kinds"), GOES)
def test_what_identifies_goes(redactor: Redactor, text: str, expected: str, kinds: tuple[str, ...]) -> None:
    result = redactor.redact(text)
    assert (result.text, result.kinds) == (expected, kinds)


@pytest.mark.parametrize("text", STAYS)
def test_ordinary_messages_stay_as_they_are(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text).text == text


@pytest.mark.parametrize("plate", PLATES)
def test_every_side_code_of_a_plate_goes(redactor: Redactor, plate: str) -> None:
    assert redactor.redact(f"kenteken {plate} rijdt weg").text == "kenteken [kenteken] rijdt weg"


def test_no_helpline_is_ever_removed(redactor: Redactor) -> None:
    organisations = yaml.safe_load(DIRECTORY.read_text(encoding="utf-8"))["organisations"]
    numbers = [p["number"] for o in organisations for p in o.get("phones") or []]
    assert numbers
    for number in numbers:
        for text in (
            f"ik heb {number} gebeld",
            f"{number}",
            f"bel {number}, of 06-12345678",
            f"{number} 24 uur per dag",
        ):
            assert number in redactor.redact(text).text


@pytest.mark.parametrize(
    "frame", ["ik belde {}.", "bel samen {}", "wat doet {}?", "ik ben onder begeleiding bij {} nu"]
)
def test_the_name_of_every_helpline_of_the_directory_stays(redactor: Redactor, frame: str) -> None:
    entries = yaml.safe_load(DIRECTORY.read_text(encoding="utf-8"))["organisations"]
    names = [entry["name"] for entry in entries if not set(entry["name"]) & set("–(/,")]
    assert len(names) > 40
    messages = [frame.format(name) for name in names]
    assert [text for text in messages if redactor.redact(text).text != text] == []


def test_names_of_helplines_stay(redactor: Redactor) -> None:
    text = "de kindertelefoon, slachtofferhulp, fier en villa pinedo ken ik"
    assert redactor.redact(text).text == text


def test_a_name_keeps_its_placeholder_through_the_chat(redactor: Redactor) -> None:
    first = redactor.redact("mijn man heet mehmet en mijn zoon heet emre")
    second = redactor.redact("emre is bang voor mehmet", first.memory)
    assert second.text == "[naam 2] is bang voor [naam 1]"


def test_a_name_that_is_a_word_goes_everywhere_after_a_strong_cue(redactor: Redactor) -> None:
    before = redactor.redact("het was storm")
    given = redactor.redact("mijn zoon heet storm", before.memory)
    assert redactor.redact("het was storm", given.memory).text == "het was [naam 1]"
    assert before.text == "het was storm"


def test_the_memory_survives_json(redactor: Redactor) -> None:
    memory = redactor.redact("ik heet sanne").memory
    again = NameMemory.from_dict(json.loads(json.dumps(memory.as_dict())))
    assert redactor.redact("sanne hier", again).text == "[naam 1] hier"


def test_a_memory_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="NameMemory"):
        NameMemory.from_dict({"numbers": 3, "given": []})


def test_invisible_characters_hide_no_name(redactor: Redactor) -> None:
    assert redactor.redact("hij heet ah\u200bmed").text == "hij heet [naam 1]"


def test_a_second_pass_changes_nothing(redactor: Redactor) -> None:
    once = redactor.redact("lisa woont op kerkstraat 12 in zwolle, bel 06-12345678").text
    assert redactor.redact(once).text == once


def test_an_error_refuses_the_message_instead_of_passing_it_on(redactor: Redactor) -> None:
    broken = Redactor(lexicon=redactor.lexicon, protected=None)  # type: ignore[arg-type]
    assert broken.redact("ik heet lisa").text == REFUSED


@pytest.mark.parametrize("line", ["geen json", "[]", '{"text": 3}', '{"tekst": "lisa"}', ""])
def test_a_broken_line_is_refused(redactor: Redactor, line: str) -> None:
    assert json.loads(answer(line, redactor)) == {"redacted": REFUSED, "kinds": []}


def test_the_command_answers_one_for_one_and_each_line_is_a_chat_of_its_own() -> None:
    lines = ['{"text": "ik heet roos"}', "kapot", '{"text": "een roos"}']
    run = subprocess.run(
        [sys.executable, "-m", "bot.advice.redaction"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [a["redacted"] for a in answers] == ["ik heet [naam 1]", REFUSED, "een roos"]
    assert run.stderr == ""


def test_every_kind_has_a_placeholder_a_visitor_can_read() -> None:
    shared = json.loads((ROOT / "bot/advice/redaction/structured.json").read_text(encoding="utf-8"))
    assert {k: f"[{v}]" for k, v in shared["placeholders"].items() if k != "person"} == PLACEHOLDERS


@pytest.mark.parametrize(
    "piece", ["1 ", "a.", "1-", "12.12.", "nul ", "a@", "van de ", "lisa, ", "+31 ", "Aa ", "3 mei ", "een ", "_", "x"]
)
def test_a_hostile_message_of_full_length_costs_little_time(redactor: Redactor, piece: str) -> None:
    text = (piece * 2000)[:2000]
    begin = time.perf_counter()
    redactor.redact(text)
    assert time.perf_counter() - begin < 5  # a pattern that goes wild takes minutes; a busy machine does not
