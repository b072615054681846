"""Turns what was measured into text: the same Markdown table on the screen and in docs/benchmarks.md."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.benching.load import Growth, Load
from scripts.benching.memory import Memory
from scripts.benching.timings import Gate, Timings, ratio

_TIMES_HEAD = ("what", "n", "p50", "p90", "p99", "max", "errors", "load")
_GROWTH_HEAD = ("one long chat", "ms at turn 10", "ms at late turn", "late turn", "ratio", "bytes early", "bytes late")
_PROCESS_HEAD = ("process", "start-up s", "RSS MB", "PSS MB")
_RATIO_HEAD = ("ours / peer (under 1: ours is less)", "p50", "p99", "five quick lines, last", "growth", "RSS")

INTRODUCTION = """# Benchmarks

Written by `make bench ARGS=--write`; each run replaces this page. Times are milliseconds seen by the caller.
Both sides run on the same machine in the same run, on loopback, from the same texts of `data/nlu` by a fixed seed.
Absolute figures belong to the machine; ratios inside one run are what to look at. "load" is the
machine's load average when a row was done: above the number of cores, times are those of a busy machine.
The peers answer every intent with one fixed text, redact nothing, encrypt nothing and remember nothing of a
situation, so they do less work per message than the product.
"""


@dataclass
class Report:
    """Everything of one run, filled step by step."""

    title: str
    times: list[tuple[str, Timings, str, str]] = field(default_factory=list)
    growth: list[tuple[str, Growth]] = field(default_factory=list)
    processes: list[tuple[str, float, Memory]] = field(default_factory=list)
    ratios: list[tuple[str, tuple[float, ...]]] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add_load(self, name: str, load: Load) -> None:
        """A row of times with its errors."""
        self.times.append((name, load.timings, str(load.errors), _machine()))

    def add_timings(self, name: str, timings: Timings) -> None:
        """A row of times of something that has no errors."""
        self.times.append((name, timings, "", _machine()))

    @property
    def met(self) -> bool:
        """Whether every gate is met."""
        return all(gate.met for gate in self.gates)

    def markdown(self) -> str:
        """The whole report."""
        times = [(name, *_times(timings), errors, machine) for name, timings, errors, machine in self.times]
        parts = [f"## {self.title}", table(_TIMES_HEAD, times)]
        if self.growth:
            parts.append(table(_GROWTH_HEAD, [(name, *_grown(growth)) for name, growth in self.growth]))
        if self.processes:
            rows = [(name, f"{s:.1f}", f"{m.rss:.0f}", f"{m.pss:.0f}") for name, s, m in self.processes]
            parts.append(table(_PROCESS_HEAD, rows))
        if self.ratios:
            rows_of_ratios = [(name, *(f"{value:.2f}" for value in values)) for name, values in self.ratios]
            parts.append(table(_RATIO_HEAD, rows_of_ratios))
        lines = [f"- gate: {gate}" for gate in self.gates] + [f"- {note}" for note in self.notes]
        return "\n\n".join([*parts, "\n".join(lines)]) + "\n"

    def write(self, path: Path) -> None:
        """Replace the page with this report."""
        path.write_text(f"{INTRODUCTION}\n{self.markdown()}", encoding="utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, padded so that it also reads well on a screen; numbers stand right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [head, rule, *rows]
    return "\n".join("| " + " | ".join(_cells(line, widths)) + " |" for line in lines)


def _cells(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]


def _times(timings: Timings) -> tuple[str, ...]:
    shown = (timings.p50, timings.p90, timings.p99, timings.longest)
    return (str(timings.n), *(f"{value:.1f}" for value in shown))


def _machine() -> str:
    """Load average of the last minute, others and the bench itself included: how far to trust a row."""
    return f"{os.getloadavg()[0]:.1f}"


def _grown(growth: Growth) -> tuple[str, ...]:
    stored = ("in memory", "in memory") if not growth.late_bytes else (growth.early_bytes, growth.late_bytes)
    factor = ratio(growth.late, growth.early)
    shown = (f"{growth.early:.1f}", f"{growth.late:.1f}", str(growth.late_turn), f"{factor:.2f}")
    return (*shown, *(str(one) for one in stored))
