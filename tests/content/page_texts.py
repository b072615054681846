"""Every text that the visitor's page itself says, in both forms of address, as the checks of the content take it. For tests only."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import yaml

from bot.advice import directory
from bot.advice.content_files import CONTENT
from scripts.content_checks import Text
from webchat.api.pages import PAGES

MODULES = sorted(PAGES.glob("visitor/texts*.nl.mjs"))
HTML = sorted([*PAGES.glob("visitor/*.html"), *PAGES.glob("widget/*.html")])
CODE = sorted(path for path in [*PAGES.glob("visitor/*.mjs"), *PAGES.glob("widget/*.*js")] if path not in MODULES)
FIXED = CONTENT / "gateway_teksten.yml"
FORMS = re.compile(r"\{\{([^{}|]*)\|([^{}|]*)\}\}")

CHILD, ADULT, EASY = "kind", "volwassen", "makkelijk"
FOR_SITES = "widget/index.html"
"""About building sites. A child reads all other pages, and they are held to that."""

Told = tuple[str, str, str, bool]
"""A name, the text, who reads it, and whether nobody else does: that has no form with "u"."""

_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)(?::([a-z0-9-]+))?\}\}")
_LITERAL = re.compile(r"""'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`""")
_SENTENCE = re.compile(r"^[A-ZÀ-Þ][a-zà-ÿ]+ .*[a-zà-ÿ]")
_COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*//.*$)", re.DOTALL)
_QUIET = {"script", "style", "title", "code", "pre"}
_INLINE = {"a", "b", "strong", "span", "small", "em", "i"}
_READ_ALOUD = {"aria-label", "placeholder", "alt", "title"}

_WALK = """
const [path, form] = process.argv.slice(1);
if (form === 'u') globalThis.document = { documentElement: { dataset: { addressForm: 'u' } } };
const FILLED = [[3], [1], ['Noor'], [['Noor']], [['Noor', 'Sam']], [{ from: 'colleague', name: 'Noor' }], [{ name: 'Noor' }]];
const found = [];
function walk(node, name) {
  if (typeof node === 'string') found.push([name, node]);
  else if (typeof node === 'function') {
    const said = new Set();
    for (const filled of FILLED) {
      try {
        const text = node(...filled);
        if (typeof text === 'string' && !/undefined|NaN|object Object/.test(text)) said.add(text);
      } catch { /* made for something else */ }
    }
    if (!said.size) throw new Error(`nothing fits ${name}`);
    for (const text of said) found.push([name, text]);
  } else if (node && typeof node === 'object') for (const [key, value] of Object.entries(node)) walk(value, name ? `${name}.${key}` : key);
}
import(path).then((words) => { walk({ ...words }, ''); console.log(JSON.stringify(found)); });
"""


def all_texts() -> list[Text]:
    """All of them: pages, modules and what stands between the code, each in the form with "je" and that with "u"."""
    return [text for polite in (False, True) for text in texts(polite)]


def texts(polite: bool) -> Iterator[Text]:
    """The same in one form. What only a child reads has no form with "u"."""
    for path in HTML:
        yield from of_page(path, polite)
    for path in MODULES:
        yield from of_module(path, polite)
    for path in CODE:
        yield from _with_form(path.name, [("literal", text, CHILD, False) for text in sentences_in_code(path)], polite)
    yield from _of_gateway(polite)


def of_page(path: Path, polite: bool) -> Iterator[Text]:
    """One page as it is served."""
    source = FORMS.sub(r"\2" if polite else r"\1", path.read_text(encoding="utf-8"))
    name = f"{path.parent.name}/{path.name}"
    reader = _Blocks()
    reader.feed(_PLACEHOLDER.sub(_filled, source))
    blocks = [" ".join(piece.split()) for piece in reader.found if piece.strip()]
    audience = ADULT if name == FOR_SITES else CHILD
    yield from _with_form(name, [(f"stuk {at}", text, audience, False) for at, text in enumerate(blocks)], polite)


def of_module(path: Path, polite: bool) -> Iterator[Text]:
    """What one module of texts holds, read by node as a browser does. A key in ``…Child`` goes before the one without."""
    found = _walk(path, "u" if polite else "je")
    names = {name for name, _ in found}
    told = [(name, text, *_reader(name, names)) for name, text in found if any(char.isalpha() for char in text)]
    yield from _with_form(path.name, told, polite)


def sentences_in_code(path: Path) -> list[str]:
    """What looks like a sentence between the code of a module; filled in with one word where it has a place for it."""
    code = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    literals = [one or other for one, other in _LITERAL.findall(code)]
    return [re.sub(r"\$\{[^}]*\}", "drie", text) for text in literals if _SENTENCE.match(text)]


def _of_gateway(polite: bool) -> Iterator[Text]:
    """What the gateway itself says. The name of a person or a number stands where it is filled in."""
    content = yaml.safe_load(FIXED.read_text(encoding="utf-8"))
    groups = {name: content[name] for name in ("kaarten", "gevaar", "overdracht", "problemen")}
    groups["weggelaten"] = {"zin": content["weggelaten"]}
    for group, entries in groups.items():
        for name, entry in entries.items():
            has_twin = "tekst_kind" in entry or f"{name}_kind" in entries
            told = []
            for key in ("titel", "tekst", "tekst_kind", "zin", "uitleg"):
                if key not in entry:
                    continue
                text = entry.get(f"{key}_u", entry[key]) if polite else entry[key]
                alone = key == "tekst_kind" or "kind" in name
                who = ADULT if has_twin and not alone else CHILD
                told.append((f"{group}.{name}.{key}", re.sub(r"\{[a-z0-9-]+\}", "Noor", text), who, alone))
            yield from _with_form(FIXED.name, told, polite)


def _with_form(file: str, told: list[Told], polite: bool) -> Iterator[Text]:
    for name, text, audience, alone in told:
        if not polite:
            yield Text(file, name, "je", audience, text)
        elif not alone:
            yield Text(f"{file} (u)", name, "u", EASY if audience == EASY else ADULT, text, polite=True)


def _reader(name: str, names: set[str]) -> tuple[str, bool]:
    parts = name.split(".")
    if any(part.endswith("Child") for part in parts):
        return CHILD, True
    if name.endswith("Easy"):
        return EASY, False
    above = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    has_twin = any(other.startswith(f"{one}Child") for one in above for other in names)
    return (ADULT if has_twin else CHILD), False


def _walk(path: Path, form: str) -> list[tuple[str, str]]:
    node = shutil.which("node")
    assert node, "node is needed to read the texts of the page: apt-get install nodejs"
    command = [node, "-e", _WALK, path.as_uri(), form]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return [(name, text) for name, text in json.loads(done.stdout)]


def _filled(found: re.Match[str]) -> str:
    """As much of the directory as one needs to read a sentence; a number is as short as the shortest."""
    if found[1] == "name":
        return directory.load().get(found[2]).name
    return {"phone": "112", "hours": "Elke dag open"}.get(found[1], "")


class _Blocks(HTMLParser):
    """The text of a page, one piece for each block and for each name that is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = [""]
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in _QUIET
        self.found[:0] = [value for name, value in attrs if name in _READ_ALOUD and value]
        if tag not in _INLINE:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in _QUIET
        if tag not in _INLINE:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.found[-1] += data
