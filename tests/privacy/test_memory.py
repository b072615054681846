"""What the processes free is overwritten at once; the scan of the running product is ``scripts/canary.py``, as root."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import gc, os, re, sys
from {module} import {name}
if "wiping" in sys.argv:
    {name}()
from tests.privacy.sinks import memory
said = [("geheim" + "woord%05d" % number) * length for number in range(500) for length in (1, 4, 60)]
del said
gc.collect()
print(len(set(re.findall(rb"geheimwoord\\\\d{{5}}", memory(os.getpid())))))
"""


RINGS = """
import asyncio, gc, os, re, sys
from webchat.main import _let_go, _wipe_what_is_freed
from tests.privacy.sinks import memory
_wipe_what_is_freed()
gc.freeze()
for number in range(500):
    ring = ["geheim" + "woord%05d" % number]
    ring.append(ring)
del ring
if "letting-go" in sys.argv:
    asyncio.run(_let_go())
print(len(set(re.findall(rb"geheimwoord\\\\d{{5}}", memory(os.getpid())))))
"""


def left_behind(module: str, name: str, *arguments: str) -> int:
    """How many of 500 words are still in the memory of a process that let go of them."""
    return words_in_memory(PROGRAM.format(module=module, name=name), *arguments)


def words_in_memory(program: str, *arguments: str) -> int:
    """Run a program that prints a count."""
    program = program.replace("\\\\", "\\").replace("{{5}}", "{5}")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.parametrize(
    ("module", "name"), [("webchat.main", "_wipe_what_is_freed"), ("bot.engine.quiet", "wipe_what_is_freed")]
)
def test_words_that_were_let_go_are_overwritten(module, name):
    assert left_behind(module, name) > 50, "the control: without it they stay"
    assert left_behind(module, name, "wiping") == 0


def test_words_that_only_hold_on_to_themselves_are_let_go():
    assert words_in_memory(RINGS) > 50, "the control: without it they stay"
    assert words_in_memory(RINGS, "letting-go") == 0
