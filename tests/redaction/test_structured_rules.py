"""The rules that the browser shares must mean the same in Python and in JavaScript."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.advice.errors import BadContent
from bot.advice.redaction import structured

SHARED = json.loads(structured.FILE.read_text(encoding="utf-8"))
SAMPLES = [
    "bel 06-12345678", "lisa@voorbeeld.nl", "ik woon op kerkstraat 12", "nl91 abna 0417 1643 00", "kenteken ab-12-cd", "3511 lx", "@kimmie_xo",
    "geboren op 3 mei 2010", "zaaknummer pl0900-2024123456", "www.voorbeeld.nl/x", "snap: lisa.2009", "nul zes een twee drie vier", "ik ben 12",
]  # fmt: skip
JS = """
const {patterns, samples} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const found = patterns.map(p => samples.map(s => [...s.matchAll(new RegExp(p, 'g'))].map(m => m[0])));
console.log(JSON.stringify(found));
"""


def test_each_kind_has_a_dutch_question() -> None:
    kinds = {rule["kind"] for rule in SHARED["rules"] + SHARED["hint_only"]}
    assert kinds <= set(SHARED["questions"])
    assert all(question.endswith("Weglaten?") for question in SHARED["questions"].values())


def test_no_pattern_uses_what_javascript_lacks() -> None:
    for rule in SHARED["rules"] + SHARED["hint_only"]:
        assert not re.search(r"\(\?P|\(\?<|\(\?[aiLmsux]|\\A|\\Z|\(\?>|[*+?}]\+", rule["pattern"])


def test_python_and_javascript_find_the_same() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("node ontbreekt: installeer nodejs, de browserkant wordt er ook mee getest")
    patterns = [rule["pattern"] for rule in SHARED["rules"] + SHARED["hint_only"]]
    run = subprocess.run(
        [node, "-e", JS],
        input=json.dumps({"patterns": patterns, "samples": SAMPLES}),
        capture_output=True,
        text=True,
        check=True,
    )
    ours = [[[m.group() for m in re.finditer(p, s)] for s in SAMPLES] for p in patterns]
    assert json.loads(run.stdout) == ours
    assert any(any(found) for found in ours)


def test_a_broken_rule_file_names_itself_and_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "structured.json"
    broken.write_text('{"rules": [{"kind": "phone", "pattern": "("}]}', encoding="utf-8")
    monkeypatch.setattr(structured, "FILE", broken)
    with pytest.raises(BadContent, match=r"structured\.json"):
        structured.load_rules.__wrapped__()
