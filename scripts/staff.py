"""The first people of a new console: an administrator by a one-time link, or demo counsellors. Must not run off loopback.

``python -m scripts.staff`` prints the link for an installation that has nobody yet (DATABASE_URL and STAFF_SECRET as the
gateway has them). ``make run`` does the same by itself, and with DEMO=1 adds two counsellors to a database of its own.
"""

import asyncio
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyotp

from scripts import services
from webchat.adapters.clocks import SystemClock
from webchat.adapters.sql import UnfitDatabase, prepare, staff_stores
from webchat.staff import StaffCases, build_staff
from webchat.staff.accounts import Wanted
from webchat.staff.enrolment import enrolment_path
from webchat.staff.ports import Account
from webchat.staff.roles import Skill, StaffRole

VAR = services.ROOT / "var"
DEMO_PEOPLE = (
    ("demo-een", "Demo Een", frozenset({StaffRole.COUNSELLOR, StaffRole.COORDINATOR}), frozenset({Skill.CHILD})),
    ("demo-twee", "Demo Twee", frozenset({StaffRole.COUNSELLOR, StaffRole.PIKET}), frozenset({Skill.SEXUAL_VIOLENCE})),
)


@dataclass(frozen=True)
class DemoLogin:
    """What somebody needs to look around: recovery codes work once each in the place of an app."""

    name: str
    password: str
    codes: tuple[str, ...]


def home(environ: dict[str, str], place: services.Place) -> dict[str, str]:
    """Where the staff side keeps its accounts: ``var/`` in this folder, or a place that goes with a demo.

    Settings that are given stay. Secret and file are for this user only.
    """
    folder = place.folder if environ.get("DEMO") == "1" else VAR
    folder.mkdir(mode=0o700, exist_ok=True)
    url = environ.get("DATABASE_URL") or f"sqlite:///{folder / 'staff.sqlite'}"
    return {"DATABASE_URL": url, "STAFF_SECRET": environ.get("STAFF_SECRET") or _secret(folder / "staff.secret")}


async def first_link(url: str, secret: str) -> str | None:
    """The path that makes the first administrator, or ``None`` when there is somebody. Raises ``UnfitDatabase``."""
    database = await prepare(url)
    try:
        cases = build_staff(staff_stores(database), SystemClock(), secret.encode("utf-8"))
        return await cases.accounts.ensure_first_administrator()
    finally:
        await database.close()


async def demo_people(url: str, secret: str) -> tuple[DemoLogin, ...]:
    """Two counsellors in an empty database. Raises ``UnfitDatabase``."""
    database = await prepare(url)
    try:
        cases = build_staff(staff_stores(database), SystemClock(), secret.encode("utf-8"))
        link = await cases.accounts.ensure_first_administrator()
        if link is None:
            return ()
        (administrator,) = await cases.accounts.everybody()
        return tuple([await _demo_login(cases, administrator, *person) for person in DEMO_PEOPLE])
    finally:
        await database.close()


async def _demo_login(
    cases: StaffCases, by: Account, name: str, shown: str, roles: frozenset[StaffRole], skills: frozenset[Skill]
) -> DemoLogin:
    changed = await cases.accounts.add(by, name, shown, Wanted(roles=roles, skills=skills, most=4))
    token, password = (changed.enrolment or "").rpartition("=")[2], secrets.token_urlsafe(12)
    invitation = await cases.enrolments.begin(token, password)
    codes = await cases.enrolments.finish(token, pyotp.TOTP(invitation.secret).at(datetime.now(UTC)))
    return DemoLogin(name, password, codes)


def _secret(path: Path) -> str:
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def main() -> int:
    """Print the link. Exit code 2 and one line when it cannot be made."""
    url, secret = os.environ.get("DATABASE_URL"), os.environ.get("STAFF_SECRET")
    if not url or not secret:
        print("staff: set DATABASE_URL and STAFF_SECRET as the gateway has them", file=sys.stderr)
        return 2
    try:
        link = asyncio.run(first_link(url, secret))
    except UnfitDatabase as error:
        print(f"staff: {error}", file=sys.stderr)
        return 2
    print(link or f"there are accounts already; an administrator makes new links at {enrolment_path('')[:6]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
