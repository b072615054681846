"""The proofs that take too long for ``make test``, one after the other. ``make nightly``. Must run all, also after a failure.

Each step prints one line when it is done and a table closes the night; exit code 1 when any step failed. What a failed
step said is printed whole. ``--only NAME`` runs one step, ``--list`` names them.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

PYTHON = (sys.executable, "-W", "ignore")


@dataclass(frozen=True)
class Step:
    """One proof: its name, what it shows, and the command."""

    name: str
    shows: str
    command: tuple[str, ...]


STEPS = (
    Step("canary", "nothing typed is in any sink, nor in memory after 200 chats", (*PYTHON, "-m", "scripts.canary")),
    Step("fuzz", "3,000 requests and 100,000 guessed tokens: no fault", (*PYTHON, "-m", "scripts.fuzz_api")),
    Step(
        "schemathesis",
        "2,000 requests of another tool: no fault",
        (*PYTHON, "-m", "scripts.fuzz_api", "--schemathesis"),
    ),
    Step(
        "tokens",
        "100,000 refused tokens: time tells nothing",
        (*PYTHON, "-m", "scripts.bench_tokens", "--gate", "--rounds", "33334"),
    ),
    Step("slow", "the tests that are marked slow", (*PYTHON, "-m", "pytest", "-q", "-m", "slow")),
)
"""The only list of what a night does."""


@dataclass(frozen=True)
class Result:
    """How a step ended."""

    step: Step
    good: bool
    seconds: float
    last_line: str


def run(step: Step) -> Result:
    """Run one step; print its output only when it failed."""
    began = time.monotonic()
    done = subprocess.run(step.command, capture_output=True, text=True, check=False)
    said = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    result = Result(step, done.returncode == 0, time.monotonic() - began, said[-1] if said else "said nothing")
    print(_line(result), flush=True)
    if not result.good:
        print(done.stdout, done.stderr, sep="\n", flush=True)
    return result


def _line(result: Result) -> str:
    verdict = "ok" if result.good else "FAILED"
    return f"  {result.step.name:14} {verdict:7} {result.seconds:7.0f} s  {result.last_line}"


def table(results: Sequence[Result]) -> str:
    """All steps with what they show, for a log that is read in the morning."""
    lines = [_line(result) + f"\n{'':33}({result.step.shows})" for result in results]
    good = sum(result.good for result in results)
    return "\n".join([*lines, f"  {good} of {len(results)} steps good"])


def main(arguments: Sequence[str], steps: Sequence[Step] = STEPS) -> int:
    """Run the steps; 0 when all are good, 1 when one failed, 2 for a name that is no step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    unknown = set(options.only) - {step.name for step in steps}
    if unknown:
        print(f"nightly: no step {', '.join(sorted(unknown))}; see --list", file=sys.stderr)
        return 2
    chosen = [step for step in steps if not options.only or step.name in options.only]
    if options.list:
        print("\n".join(f"  {step.name:14} {step.shows}" for step in chosen))
        return 0
    results = [run(step) for step in chosen]
    print(table(results), flush=True)
    return 0 if all(result.good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
