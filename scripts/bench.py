"""Measures speed and memory of the product and of its peers. ``python -m scripts.bench [--quick] [--diet] [--write]``.

Starts everything itself on free loopback ports and stops it again; needs a trained model (``make train``).
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import FrameType

from scripts import services
from scripts.benching import load, peers, product, visitors
from scripts.benching.children import Children
from scripts.benching.load import Growth, Load
from scripts.benching.memory import Memory
from scripts.benching.report import Report
from scripts.benching.script import Step, chats, cycle
from scripts.benching.timings import Gate, Timings, ratio
from scripts.evaluation.sets import Example, corpus
from scripts.run import CannotRun

PAGE = services.ROOT / "docs" / "benchmarks.md"
CHATS = 8
MESSAGES, QUICK_MESSAGES = 40, 10
LATE_TURN = 200
GATEWAY_LATE_TURN = 100
"""The gateway ends a chat at 500 stored events, which busy turns reach before turn 200."""


@dataclass(frozen=True)
class Seen:
    """What was measured of one side, for the ratios."""

    whole: Load
    quick: Load
    growth: Growth
    memory: Memory


@dataclass(frozen=True)
class Plan:
    """What is said in this run."""

    examples: Sequence[Example]
    chats: list[list[Step]]
    long_chat: list[Step]

    @classmethod
    def make(cls, messages: int) -> "Plan":
        """The same plan for the same corpus."""
        examples = corpus()
        return cls(
            examples,
            chats(examples, CHATS, messages),
            cycle(examples, LATE_TURN + load.NEIGHBOURS),
        )


def measure_product(plan: Plan, report: Report) -> Seen:
    """The whole product, then its engine alone."""
    say("product: starting")
    with product.running() as ours:
        seen = asyncio.run(_measure_product(plan, ours, report))
        for name in ("engine", "gateway", "redis (chats)", "redis (engine)"):
            report.processes.append((name, ours.children.seconds[name], ours.children.memory(name)))
    return seen


async def _measure_product(plan: Plan, ours: product.Product, report: Report) -> Seen:
    def visitor() -> visitors.Visitor:
        return visitors.GatewayVisitor(ours.gateway_url)

    say(f"product: {CHATS} chats at once")
    whole = await load.together([visitor() for _ in plan.chats], plan.chats)
    memory = _sum(ours.children, ("engine", "gateway", "redis (chats)", "redis (engine)"))
    report.add_load(f"product: messages, {CHATS} chats at once", whole)
    heard = visitors.hear([step for chat in (*plan.chats, plan.long_chat) for step in chat])

    def at_engine() -> visitors.Visitor:
        return visitors.EngineVisitor(ours.engine_url, ours.engine_secret, heard)

    say("engine alone: the same chats")
    engine = await load.together([at_engine() for _ in plan.chats], plan.chats)
    report.add_load("engine's turn alone, the same chats", engine)
    say("five quick lines, one long chat")
    quick = await load.quickly(visitor, plan.long_chat)
    report.add_load("product: five quick lines of one sender", quick)
    growth = await load.grow(at_engine, plan.long_chat, LATE_TURN, lambda: product.stored_bytes(ours.engine_redis))
    report.growth.append(("engine", growth))
    through = await load.grow(
        visitor, plan.long_chat, GATEWAY_LATE_TURN, lambda: product.stored_bytes(ours.chats_redis)
    )
    report.growth.append(("product", through))
    errors = whole.errors + engine.errors + quick.errors + growth.errors + through.errors
    report.gates += [
        Gate("messages p50", whole.timings.p50, 60, "ms"),
        Gate("messages p99", whole.timings.p99, 250, "ms"),
        Gate("errors", errors, 0),
        Gate(f"engine's turn {growth.late_turn} / turn {load.EARLY_TURN}", ratio(growth.late, growth.early), 2),
    ]
    return Seen(whole, quick, growth, memory)


def measure_understanding(report: Report) -> None:
    """Understanding alone, in a process without a server."""
    say("understanding alone")
    command = [sys.executable, "-W", "ignore", "-m", "scripts.benching.understanding"]
    done = subprocess.run(command, cwd=services.ROOT, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise CannotRun(f"understanding: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    found = json.loads(done.stdout)
    timings = Timings.of(found["ms"])
    report.add_timings("understanding one text, in process", timings)
    report.gates.append(Gate("understanding p50", timings.p50, 8, "ms"))
    state = "trained from the present data" if found["current"] else "older than the present data"
    report.notes.append(f"model {found['model']}, {state}")


def measure_peer(recipe: peers.Recipe, plan: Plan, report: Report, ours: Seen) -> None:
    """The same load on a peer, and our figures over its own."""
    model = peers.prepare(recipe, plan.examples)
    say(f"{recipe.name}: starting")
    with peers.running(recipe, model) as peer:
        theirs = asyncio.run(_measure_peer(recipe, plan, peer, report))
        for name in ("rasa", "actions"):
            memory = peer.children.memory(name)
            report.processes.append((f"{recipe.name}: {name}", peer.children.seconds[name], memory))
    values = (
        ratio(ours.whole.timings.p50, theirs.whole.timings.p50),
        ratio(ours.whole.timings.p99, theirs.whole.timings.p99),
        ratio(ours.quick.timings.longest, theirs.quick.timings.longest),
        ratio(ratio(ours.growth.late, ours.growth.early), ratio(theirs.growth.late, theirs.growth.early)),
        ratio(ours.memory.rss, theirs.memory.rss),
    )
    report.ratios.append((f"whole product / {recipe.name}", values))
    report.notes.append(f"{recipe.name}: {recipe.title}")


async def _measure_peer(recipe: peers.Recipe, plan: Plan, peer: peers.Peer, report: Report) -> Seen:
    def visitor() -> visitors.Visitor:
        return visitors.RestVisitor(peer.url)

    # Both sides have answered once before anything counts; ours does so at its own start.
    first = visitor()
    await first.say(plan.long_chat[0])
    await first.leave()
    say(f"{recipe.name}: {CHATS} chats at once")
    whole = await load.together([visitor() for _ in plan.chats], plan.chats)
    memory = _sum(peer.children, ("rasa", "actions"))
    report.add_load(f"{recipe.name}: messages, {CHATS} chats at once", whole)
    say(f"{recipe.name}: five quick lines, one long chat")
    quick = await load.quickly(visitor, plan.long_chat)
    report.add_load(f"{recipe.name}: five quick lines of one sender", quick)
    growth = await load.grow(visitor, plan.long_chat, LATE_TURN, lambda: 0)
    report.growth.append((recipe.name, growth))
    return Seen(whole, quick, growth, memory)


def _sum(children: Children, names: Sequence[str]) -> Memory:
    total = Memory(0.0, 0.0)
    for name in names:
        total += children.memory(name)
    return total


def say(line: str) -> None:
    """One line of progress."""
    print(f"  {line}", flush=True)


def recipes(diet: bool) -> Iterator[peers.Recipe]:
    """The peers of this run. One that cannot be made costs one line, not the run."""
    yield peers.stock()
    if diet:
        try:
            yield peers.diet()
        except CannotRun as problem:
            say(f"diet: left out, {problem}")


def _title(quick: bool) -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=services.ROOT, capture_output=True, text=True)
    commit = done.stdout.strip() or "unknown commit"
    return f"{datetime.now():%d-%m-%Y %H:%M}, {commit}{', quick run' if quick else ''}"


def bench(arguments: argparse.Namespace) -> Report:
    """Measure everything that was asked for."""
    before = os.getloadavg()[0]
    report = Report(_title(arguments.quick))
    plan = Plan.make(QUICK_MESSAGES if arguments.quick else MESSAGES)
    ours = measure_product(plan, report)
    measure_understanding(report)
    for recipe in () if arguments.quick else recipes(arguments.diet):
        try:
            measure_peer(recipe, plan, report, ours)
        except CannotRun as problem:
            say(f"{recipe.name}: left out, {problem}")
    report.notes.append(
        f"{os.cpu_count()} cores, load average {before:.1f} before the run and {os.getloadavg()[0]:.1f} at its end"
    )
    return report


def main() -> int:
    """Exit code 0 when every gate is met, 1 when one is not, 2 when the bench cannot run."""
    parser = argparse.ArgumentParser(description="Measure speed and memory on loopback.")
    parser.add_argument("--quick", action="store_true", help="8 chats of 10 messages, no peers")
    parser.add_argument("--diet", action="store_true", help="also official Rasa with TensorFlow (installs 2.7 GB)")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    try:
        report = bench(arguments)
    except FileNotFoundError as problem:
        print(f"bench: not found: {problem}", file=sys.stderr)
        return 2
    except CannotRun as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 2
    print(f"\n{report.markdown()}")
    if arguments.write:
        report.write(PAGE)
    return 0 if report.met else 1


def _end(*_: int | FrameType | None) -> None:
    """SIGTERM ends the run the ordinary way, so that everything it started is stopped."""
    raise SystemExit(143)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
