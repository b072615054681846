"""LANG for what the page itself says: short sentences, plain words, one form of address. The bot's words are in tests/content."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
import textstat

from webchat.api.pages import PAGES

MODULES = sorted(PAGES.glob("visitor/texts*.nl.mjs"))
HTML = sorted([*PAGES.glob("visitor/*.html"), *PAGES.glob("widget/*.html")])
LONGEST, MEAN, EASIEST = 18, 12, 70
FORMAL = re.compile(r"\b(u|uw)\b", re.IGNORECASE)
_END = re.compile(r"(?<=[.?!])\s+|\n+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ'’-]+")
_QUIET = {"script", "style", "title", "code", "pre"}
_INLINE = {"a", "b", "strong", "span", "small", "em"}
OFFICIAL = (
    "Teneinde uw melding conform de vigerende regelgeving adequaat te kunnen behandelen, verzoeken wij u onverwijld alle "
    "relevante persoonsgegevens en aanvullende bescheiden via het daartoe bestemde formulier aan ons kenbaar te maken."
)
READ = """import(process.argv[1]).then((words) => { const found = [];
  const walk = (node) => { if (typeof node === 'string') found.push(node);
    else if (typeof node === 'function') { try { walk(node('x', 'x', 'x')); } catch { /* wants more than words */ } }
    else if (node && typeof node === 'object') Object.values(node).forEach(walk); };
  walk({ ...words }); console.log(JSON.stringify(found)); })"""


class _Blocks(HTMLParser):
    """The text of a page, one piece for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = [""]
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in _QUIET
        if tag not in _INLINE:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in _QUIET
        if tag not in _INLINE:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.found[-1] += data


def _of_page(path: Path) -> list[str]:
    reader = _Blocks()
    reader.feed(re.sub(r"\{\{[^}]*\}\}", "", path.read_text(encoding="utf-8")))
    return [" ".join(piece.split()) for piece in reader.found if piece.strip()]


def _of_module(path: Path) -> list[str]:
    node = shutil.which("node")
    assert node, "node is needed to read the texts of the page: apt-get install nodejs"
    done = subprocess.run([node, "-e", READ, path.as_uri()], capture_output=True, text=True, timeout=30, check=True)
    texts: list[str] = json.loads(done.stdout)
    assert len(texts) > 20
    return texts


def faults(texts: list[str]) -> list[str]:
    """What is too long, too hard or too formal in these texts, in words."""
    sentences = [part for text in texts for part in _END.split(text) if len(_WORD.findall(part)) > 2]
    counts = [len(_WORD.findall(part)) for part in sentences]
    found = [f"long: {part}" for part, count in zip(sentences, counts, strict=True) if count > LONGEST]
    found += [f"formal: {text}" for text in texts if FORMAL.search(text)]
    if sum(counts) / len(counts) > MEAN:
        found.append(f"mean: {sum(counts) / len(counts):.1f} words")
    textstat.set_lang("nl")
    score = textstat.flesch_reading_ease(" ".join(sentences))
    return found + ([f"hard: {score:.0f}"] if score < EASIEST else [])


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.parent.name + "/" + path.name)
def test_lang_01_02_05_the_pages_are_easy_to_read(path: Path) -> None:
    assert faults(_of_page(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_lang_01_02_05_what_the_page_says_is_easy_to_read(path: Path) -> None:
    assert faults(_of_module(path)) == []


def test_lang_04_planted_officialese_is_found() -> None:
    kinds = {fault.partition(":")[0] for fault in faults([OFFICIAL])}
    assert kinds == {"long", "formal", "mean", "hard"}
