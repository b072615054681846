"""The look of the catalogue: one HTML page that needs nothing else. Must not read content or decide what is in it.

Well-formed as XML too, so that a test can read it. No network, no storage: ticks leave the page as a file only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Bubbles:
    """One way in which an entry may be said: a label, then messages in order."""

    label: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One answer, step, card or fixed text as a reviewer sees it."""

    id: str
    reader: str
    previews: tuple[Bubbles, ...]
    buttons: tuple[str, ...]
    referrals: tuple[str, ...]
    sources: tuple[str, ...]
    checked: str
    status: str


@dataclass(frozen=True)
class Section:
    """Entries that belong together, under a heading."""

    title: str
    entries: tuple[Entry, ...]


STYLE = """
:root { --line: #767676; --bot: #eef3f8; color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 0 auto; padding: 1rem;
  max-width: 60rem; }
a { color: #0b4f8a; }
h2 { border-top: 2px solid var(--line); padding-top: 1rem; margin-top: 2.5rem; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
h3, h4 { margin: 0 0 .5rem; } h4 { margin-top: 1rem; font-size: 1rem; }
.bubble { background: var(--bot); border-radius: 1rem 1rem 1rem .25rem; padding: .5rem .9rem; margin: .25rem 0;
  max-width: 38rem; white-space: pre-line; }
.buttons { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.buttons li { border: 2px solid #0b4f8a; border-radius: 1rem; padding: .1rem .8rem; }
.hidden { color: #8a1c0b; font-weight: bold; }
.review { border-top: 1px dashed var(--line); margin-top: 1rem; padding-top: .5rem; }
textarea { display: block; width: 100%; min-height: 3rem; font: inherit; border: 1px solid var(--line);
  box-sizing: border-box; }
input[type=checkbox] { width: 1.25rem; height: 1.25rem; vertical-align: middle; }
button { font: inherit; padding: .5rem 1rem; min-height: 2.75rem; }
:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
.bar { position: sticky; bottom: 0; background: #fff; border-top: 2px solid var(--line); padding: .5rem 0; }
@media print { .bar, nav { display: none; } article { break-inside: avoid; } }
"""

SCRIPT = """
const entries = [...document.querySelectorAll('article')];
const state = document.querySelector('#stand');
function reviewed() {
  return entries.map(function (one) {
    return { id: one.id, akkoord: one.querySelector('input').checked,
      opmerking: one.querySelector('textarea').value.trim() };
  });
}
function count() {
  const done = reviewed().filter(function (one) { return one.akkoord; }).length;
  state.textContent = done + ' van ' + entries.length + ' akkoord';
}
function save() {
  const content = { gemaakt_op: document.body.dataset.gemaakt, beoordeling: reviewed().filter(function (one) {
    return one.akkoord || one.opmerking; }) };
  const file = new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'beoordeling.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
document.addEventListener('change', count);
document.querySelector('#bewaar').addEventListener('click', save);
count();
"""

INTRO = (
    "Alle antwoorden van de chat, om na te kijken. Vink aan wat klopt en schrijf op wat anders moet. Alles blijft op "
    "deze pagina: bewaar het met de knop onderaan voordat je de pagina sluit, en geef het bestand aan de redactie. "
    "De verwijzingen zijn zoals ze op een werkdag om 14 uur in beeld komen."
)


def page(sections: Sequence[Section], made_on: str) -> str:
    """The whole page. ``made_on``: the day, as a person writes it."""
    count = sum(len(section.entries) for section in sections)
    links = "".join(
        f'<li><a href="#deel{number}">{escape(section.title)}</a> ({len(section.entries)})</li>'
        for number, section in enumerate(sections)
    )
    body = "".join(_section(number, section) for number, section in enumerate(sections))
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>Lichtpunt: alle antwoorden</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body data-gemaakt="{escape(made_on)}">\n<header><h1>Lichtpunt: alle antwoorden</h1>\n'
        f"<p>{escape(INTRO)}</p><p>{count} teksten, gemaakt op {escape(made_on)}.</p></header>\n"
        f'<nav aria-label="Inhoud"><ul>{links}</ul></nav>\n<main>{body}</main>\n'
        '<div class="bar"><button type="button" id="bewaar">Bewaar mijn beoordeling als bestand</button> '
        '<span id="stand" role="status"></span></div>\n'
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def _section(number: int, section: Section) -> str:
    entries = "".join(_entry(entry) for entry in section.entries)
    return f'<section aria-labelledby="deel{number}"><h2 id="deel{number}">{escape(section.title)}</h2>{entries}</section>\n'


def _entry(entry: Entry) -> str:
    name = escape(entry.id)
    return (
        f'<article id="{name}" aria-labelledby="kop-{name}"><h3 id="kop-{name}">{name}</h3>'
        f"<p>Voor: {escape(entry.reader)}{_hidden(entry.status)}</p>"
        f"{''.join(_bubbles(one) for one in entry.previews)}"
        f"{_list('Knoppen', entry.buttons, 'buttons')}{_list('Verwijzingen', entry.referrals)}"
        f"{_list('Bronnen', entry.sources)}<p>{escape(entry.checked)}</p>"
        f'<div class="review"><p><label><input type="checkbox"/> Dit klopt</label></p>'
        f"<label>Opmerking bij {name}<textarea></textarea></label></div></article>\n"
    )


def _hidden(status: str) -> str:
    return "" if status == "ok" else ' <span class="hidden">Wordt niet getoond: eerst laten controleren.</span>'


def _bubbles(one: Bubbles) -> str:
    messages = "".join(f'<p class="bubble">{escape(text)}</p>' for text in one.messages)
    return f"<h4>{escape(one.label)}</h4>{messages}"


def _list(title: str, items: Iterable[str], kind: str = "") -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    attribute = f' class="{kind}"' if kind else ""
    return f"<h4>{title}</h4><ul{attribute}>{rows}</ul>" if rows else ""
