"""The agreements between teams: read with care, and a mistake is named in Dutch."""

import pytest

from bot.advice.errors import BadContent
from webchat.staff import agreements

HEAD = "bron: x\ngecontroleerd_op: 2026-11-25\nstatus: ok\n"


def read(tmp_path, text: str):
    path = tmp_path / "afspraken.yml"
    path.write_text(HEAD + text, encoding="utf-8")
    return agreements.load(lambda name: name in ("noord", "oost"), path)


def test_the_file_of_the_project_can_be_used():
    assert agreements.load(lambda _name: True).steps == (30.0, 60.0, 120.0)


def test_steps_and_neighbours_are_taken_over(tmp_path):
    widening = read(tmp_path, "stappen: [10, 20, 40]\nburen: {noord: [oost]}\n")
    assert (widening.steps, widening.neighbours) == ((10.0, 20.0, 40.0), {"noord": ("oost",)})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("stappen: [10, 20]\nburen: {}\n", "stappen"),
        ("stappen: [30, 20, 40]\nburen: {}\n", "oplopen"),
        ("stappen: [-1, 20, 40]\nburen: {}\n", "stappen"),
        ("stappen: [10, 20, 40]\nburen: {noord: [atlantis]}\n", "noord"),
        ("stappen: [10, 20, 40]\nburen: {atlantis: [noord]}\n", "atlantis"),
        ("stappen: [10, 20, 40]\nburen: noord\n", "buren"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, named):
    with pytest.raises(BadContent, match=named):
        read(tmp_path, text)
