"""Prints which organisations a person must check, and a call sheet for it. Must not change the directory.

``python -m scripts.directory_check [--op 2027-03-01] [--alles]``. Exit code 1 when something is a quarter
late or when the referral table names an organisation that is not shown; 2 when a file cannot be used.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.advice import directory, referral
from bot.advice.directory import Directory, Freshness, Organisation
from bot.advice.errors import BadContent
from bot.advice.hours import AMSTERDAM

STATES = {
    Freshness.FRESH: "in orde",
    Freshness.DUE: "nu aan de beurt",
    Freshness.STALE: "te laat: een kwartaal over tijd",
    Freshness.HIDDEN: "wordt niet meer getoond: een half jaar over tijd",
}
ANSWERS = "   [ ] klopt   [ ] klopt niet, want: ______________________   door: ________   op: ________"


def report(entries: Directory, today: date, *, everything: bool = False) -> Iterator[str]:
    """The lines for ``today``: what is due, then the call sheet; ``everything``: a sheet for all shown."""
    due = entries.due(today)
    shown = entries.shown(today)
    yield f"Verwijsgids op {today.isoformat()}: {len(shown)} getoond, {len(due)} te controleren."
    if not due:
        first = min(entries.shown(), key=lambda entry: entry.check_before)
        yield f"De eerstvolgende controle moet klaar zijn voor {first.check_before.isoformat()}."
    for entry, state in due:
        yield f"- {entry.name} ({entry.id}): {STATES[state]}; uiterlijk {entry.check_before.isoformat()}"
    chosen = entries.shown() if everything else tuple(entry for entry, _ in due)
    if chosen:
        yield ""
        yield "BELLIJST. Zeg wie je bent en dat dit een controle is."
        yield "Houd het kort: de lijn is voor wie hulp nodig heeft."
        for number, entry in enumerate(chosen, start=1):
            yield from _sheet(number, entry)
        yield ""
        yield "Klaar? Zet in bot/advice/content/organisations.yml bij elke organisatie gecontroleerd_op"
        yield "en opnieuw_voor (een kwartaal later), verbeter wat niet klopte, en laat een tweede persoon"
        yield "de cijfers nalezen."


def _sheet(number: int, entry: Organisation) -> Iterator[str]:
    yield ""
    yield f"{number}. {entry.name} ({entry.id}), laatst gecontroleerd op {entry.checked_on.isoformat()}"
    yield f"   Telefoon: {entry.phone or 'geen nummer dat getoond mag worden'}; {entry.cost or 'geen kosten'}"
    yield f"   Website: {entry.website or 'niet getoond'}; chat: {entry.chat_url or 'niet getoond'}"
    yield f"   Doen: {entry.how_to_check}"
    yield ANSWERS


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the report; returns the exit code."""
    parser = argparse.ArgumentParser(description="Wat moet een mens controleren in de verwijsgids?")
    parser.add_argument("--op", type=date.fromisoformat, help="datum, bijvoorbeeld 2027-03-01 (anders vandaag)")
    parser.add_argument("--alles", action="store_true", help="bellijst voor alle organisaties, vóór livegang")
    chosen = parser.parse_args(arguments)
    today = chosen.op or datetime.now(AMSTERDAM).date()
    try:
        entries = directory.load()
        unshown = referral.load().warnings(today)
    except BadContent as problem:
        print(problem, file=sys.stderr)
        return 2
    print("\n".join(report(entries, today, everything=chosen.alles)))
    for line in unshown:
        print(f"Let op: {line}")
    return 1 if entries.warnings(today) or unshown else 0


if __name__ == "__main__":
    sys.exit(main())
