"""The full search for what was typed: all markers in all states, then the memory of the processes. ``make canary``.

Needs root for the memory of other processes. Prints what it found at each moment; exit code 1 when a marker is in a
sink, or in the memory of the gateway or the engine after its chat was wiped and 200 further chats went by (P2).
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing

from tests.privacy import sinks
from tests.privacy.canary import Marker, markers
from tests.privacy.consoles import VISITOR
from tests.privacy.encodings import Search, report
from tests.privacy.product import Product, product
from tests.privacy.states import STATES, Walk, walk_through, wipe_all
from tests.privacy.states_desk import DESK_STATES
from tests.privacy.states_staff import STAFF_STATES
from tests.privacy.visitors import card, talking

FURTHER_CHATS = 200
SHORT = frozenset({"a_question_left_and_answered"})
"""States in which a limit on tries lets only some of many markers through."""

ORDINARY = (
    "mijn man scheldt mij vaak uit",
    "al een paar jaar, de kinderen zien het ook",
    "ik ben bang om weg te gaan",
    "wat kan ik doen",
    "is dit anoniem",
)
FORMS = ("mijn man {} slaat me", "ik woon op {}", "{}", "bel me op {}", "die {} van hiernaast gilt", "wat is een {}")


def walk_through_everything(running: Product, some: Sequence[Marker]) -> list[str]:
    """Type every marker in every state and search every sink, while the chats live and after they were wiped."""
    walk, hits = Walk(running), []
    needles = [marker.needle for marker in some]
    with closing(walk):
        for state in STATES:
            began = time.monotonic()
            walk_through(walk, lambda _state: some, (state,))
            if state in (*DESK_STATES, *STAFF_STATES):
                hits += on_screens(walk, needles)
            print(f"  {state.__name__:45} {time.monotonic() - began:6.1f} s", flush=True)
        for moment in ("while the chats live", "after everything was wiped"):
            found = sinks.all_of(running, walk.answers)
            print(f"  searched {len(found)} sinks, {sum(map(len, found.values())) / 1e6:.1f} MB, {moment}", flush=True)
            hits += [f"{moment}: {line}" for line in report(found, [*needles])]
            logs = {name: data for name, data in found.items() if not name.startswith("environ")}
            hits += [f"{moment}, a secret: {line.rsplit(': ', 1)[0]}" for line in report(logs, walk.secrets())]
            wipe_all(walk)
    return hits


def on_screens(walk: Walk, needles: Sequence[str]) -> list[str]:
    """What came on a screen that it was not meant for, in the state that was just left; then the screens are blank.

    The same words are typed in every state, and meant for others in each. A console on which less than half of what was
    meant for it came would prove nothing, so that is a hit too. Visitors do not always look.
    """
    hits: list[str] = []
    for reader, screen in walk.screens.items():
        meant, came = walk.desk.ledger.may[reader], walk.desk.ledger.arrived(reader, screen)
        if reader != VISITOR and len(came) < len(meant) / 2 and walk.state not in SHORT:
            hits.append(f"{walk.state}: only {len(came)} of {len(meant)} words came on the screen of {reader}")
        hits += [f"{walk.state}, on a screen: {line}" for line in walk.desk.ledger.strange(reader, screen, needles)]
        if reader != VISITOR:
            secrets = report({reader: screen}, walk.secrets())
            hits += [f"{walk.state}: a secret on the screen of {reader}" for _line in secrets]
    walk.clear()
    return hits


def in_memory(running: Product, needles: Iterable[str]) -> dict[str, Counter[str]]:
    """How many copies of which needles are in the memory of the gateway and of the engine."""
    search = Search(needles)
    return {
        name: Counter(hit.needle for hit in search.find(sinks.memory(running.pids()[name])))
        for name in ("gateway", "engine")
    }


def one_chat_and_many_others(running: Product, some: Sequence[Marker]) -> dict[str, dict[str, Counter[str]]]:
    """P2: type all markers in chats, wipe them, let 200 other chats go by, and scan the memory at each moment.

    Every second chat is with a counsellor, who ends it and goes home.
    """
    walk, seen = Walk(running), {}
    needles = [marker.needle for marker in some]
    with closing(walk):
        tickets = []
        for place, marker in enumerate(some):
            if place % 20 == 10:
                tickets.append(talking(walk, walk.desk.one, card(marker))[1])
            token = walk.open() if place % 20 == 0 else walk.tokens[-1]
            walk.expect(walk.say(token, FORMS[place % len(FORMS)].format(marker.typed)), 200)
            if place % 20 == 19:
                walk.desk.one.closes(tickets[-1])
        needles += walk.secrets()
        seen["with the chats open"] = in_memory(running, needles)
        wipe_all(walk)
        walk.desk.close()
        seen["right after wiping"] = in_memory(running, needles)
        for _ in range(FURTHER_CHATS):
            token = walk.open()
            for text in ORDINARY:
                walk.expect(walk.say(token, text), 200)
            walk.call("DELETE", "/chats/current", token)
        seen[f"after {FURTHER_CHATS} further chats"] = in_memory(running, needles)
    return seen


def memory_can_be_read() -> bool:
    """The positive control: a word in the memory of a process of ours is found."""
    word = "controlewoordinhetgeheugen"
    program = f"import time; held = [{word[:13]!r} + {word[13:]!r}]; print(1, flush=True); time.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    try:
        if child.stdout:
            child.stdout.readline()
        return bool(Search([word]).find(sinks.memory(child.pid)))
    finally:
        child.kill()
        child.wait()


def print_memory(seen: dict[str, dict[str, Counter[str]]], kinds: dict[str, str]) -> None:
    """A table of what was found, by shape; what was found is counted, never shown."""
    for moment, processes in seen.items():
        for name, counted in processes.items():
            shapes = Counter(kinds.get(needle, "token") for needle in counted)
            told = ", ".join(f"{count} of shape {shape}" for shape, count in sorted(shapes.items())) or "nothing"
            print(f"  {moment:28} {name:8} {len(counted):4} found ({counted.total()} copies): {told}")


def main() -> int:
    """Run all of it. Exit code 0 when the gates hold."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--each", type=int, default=44, help="markers of each of the five shapes")
    some = markers(arguments.parse_args().each)
    if os.geteuid() != 0:
        print(
            "canary: needs root, to read the memory of the gateway and the engine; run: sudo make canary",
            file=sys.stderr,
        )
        return 2
    kinds = {marker.needle: marker.shape.value for marker in some}
    with product() as running:
        print(f"{len(some)} markers in {len(STATES)} states", flush=True)
        hits = walk_through_everything(running, some)
        for line in hits:
            print(f"  FOUND {line}")
        if not memory_can_be_read():
            print("canary: the memory scan is blind on this machine", file=sys.stderr)
            return 2
        running.kill("gateway")
        running.kill("engine")
        running.start("engine")
        running.start("gateway")
        print("memory of fresh processes", flush=True)
        seen = one_chat_and_many_others(running, some)
    print_memory(seen, kinds)
    left = seen[f"after {FURTHER_CHATS} further chats"]
    good = not hits and not left["gateway"] and not left["engine"]
    print("nothing was found in any sink" if not hits else f"{len(hits)} hits in sinks")
    print(f"memory at the end: gateway {len(left['gateway'])}, engine {len(left['engine'])} (gates: 0)")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
