"""Which teams step in for each other and when, from content/afspraken.yml. Must not decide who takes a chat."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.advice.content_files import CONTENT, read_yaml
from bot.advice.errors import BadContent
from webchat.handover.routing import Widening

FILE = CONTENT / "afspraken.yml"
_STEPS = 3


def load(is_region: Callable[[str], bool], path: Path = FILE) -> Widening:
    """Read the file. Raises ``BadContent`` for steps that do not grow or a region that does not exist."""
    content = read_yaml(path)
    return Widening(_steps(content.get("stappen"), path), _neighbours(content.get("buren"), is_region, path))


def _steps(value: Any, path: Path) -> tuple[float, float, float]:
    numbers = value if isinstance(value, list) else []
    usable = len(numbers) == _STEPS and all(isinstance(one, int | float) and one >= 0 for one in numbers)
    if not usable or sorted(numbers) != numbers:
        raise BadContent(path.name, "'stappen' heeft drie getallen nodig die oplopen, in seconden")
    first, second, third = numbers
    return float(first), float(second), float(third)


def _neighbours(value: Any, is_region: Callable[[str], bool], path: Path) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise BadContent(path.name, "'buren' is een lijst van regio's met daarachter hun buren")
    found = {}
    for region, others in value.items():
        names = [region, *(others if isinstance(others, list) else [None])]
        wrong = [name for name in names if not isinstance(name, str) or not is_region(name)]
        if wrong:
            raise BadContent(
                path.name, f"'buren' noemt bij {region} een regio die niet bestaat; gebruik de ids uit regions"
            )
        found[str(region)] = tuple(names[1:])
    return found
