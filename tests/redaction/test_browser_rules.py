"""The browser notices what the gateway removes: the same rules, run by node and by Python over the same lines."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.advice.redaction import load, protect, shared_rules, structured
from bot.advice.redaction.canvas import Canvas
from bot.advice.redaction.lexicon import load as load_lexicon
from scripts.eval_redaction import fill_numbers, load_phones

ROOT = Path(__file__).parents[2]
NOTICE = Path(__file__).with_name("notice.mjs")
SETS = sorted((ROOT / "data" / "validation").glob("redaction*.jsonl"))
EXACT = frozenset({"phone", "email", "iban", "bsn", "ip", "postcode", "date_of_birth", "case_number"})
"""Kinds whose checks need no word list, so both sides must find the very same places."""

HARD = [
    "Mijn nummer is 06 12 34 56 78 😢 bel niet",
    "IK WOON OP 1234 AB EN BEN BANG",
    "bsn 111222333 en rekening nl91abna0417164300",
    "géboren op 3 méi 2010, kenteken AB-12-CD",
    "nul zes twaalf vierendertig zesenvijftig acht en zeventig",
    "mail lisa apenstaartje gmail punt com of kijk op t.me/lisa",
    "zaaknummer PL0900-2024123456 van 12-03-2009",
    "snap: lisa.2009 of @kimmie_xo of coolkid_bram",
    "ik ben 12 en zit in groep 8, om 3 uur vannacht",
    "",
]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    phones = load_phones()
    typed = [json.loads(line)["text"] for path in SETS for line in path.read_text(encoding="utf-8").splitlines()]
    return [*HARD, *(fill_numbers(text, phones) for text in typed)]


@pytest.fixture(scope="module")
def noticed(lines: list[str]) -> list[list[tuple[int, int, str]]]:
    node = shutil.which("node")
    assert node, "node 20 or newer is needed: apt-get install nodejs"
    told = json.dumps({"document": json.loads(shared_rules()), "lines": lines})
    done = subprocess.run([node, str(NOTICE)], input=told, capture_output=True, text=True, timeout=60, check=True)
    # JavaScript counts in UTF-16: places are turned into Python's.
    return [
        [(_place(line, one["start"]), _place(line, one["end"]), one["kind"]) for one in finds]
        for line, finds in zip(lines, json.loads(done.stdout), strict=True)
    ]


def _place(line: str, units: int) -> int:
    return len(line.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))


def _ours(line: str) -> set[tuple[int, int, str]]:
    canvas = Canvas(line)
    protect.keep(canvas, protect.load())
    structured.find(canvas, load_lexicon())
    return {(span.start, span.end, span.kind) for span in canvas.spans}


def test_both_sides_find_the_same_data_of_fixed_form(
    lines: list[str], noticed: list[list[tuple[int, int, str]]]
) -> None:
    assert len(lines) > 1500
    different = []
    for line, finds in zip(lines, noticed, strict=True):
        theirs = {one for one in finds if one[2] in EXACT}
        ours = {one for one in _ours(line) if one[2] in EXACT}
        if theirs != ours:
            different.append((line, sorted(theirs ^ ours)))
    assert different == []


def test_what_is_offered_to_be_left_out_is_removed_by_the_gateway_too(
    lines: list[str], noticed: list[list[tuple[int, int, str]]]
) -> None:
    redactor = load()
    kept, offered = [], 0
    for line, finds in zip(lines, noticed, strict=True):
        redacted = redactor.redact(line).text
        for start, end, kind in finds:
            offered += 1
            if line.count(line[start:end]) <= redacted.count(line[start:end]):
                kept.append((kind, line[start:end], line))
    assert offered > 400
    assert kept == []


def test_hardly_anything_is_offered_in_a_message_without_such_data(
    lines: list[str], noticed: list[list[tuple[int, int, str]]]
) -> None:
    clean = {
        row["text"]
        for path in SETS
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if row["clean"]
    }
    asked = [line for line, finds in zip(lines, noticed, strict=True) if line in clean and finds]
    assert len(asked) <= 0.01 * len(clean), asked


def test_a_helpline_is_never_offered_to_be_left_out() -> None:
    phones = sorted(load_phones().values())
    node = shutil.which("node")
    assert node
    told = json.dumps(
        {"document": json.loads(shared_rules()), "lines": [f"ik belde {phone} gisteren" for phone in phones]}
    )
    done = subprocess.run([node, str(NOTICE)], input=told, capture_output=True, text=True, timeout=60, check=True)
    assert len(phones) > 20
    assert [finds for finds in json.loads(done.stdout) if finds] == []
