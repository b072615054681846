"""Lets Rasa 3.6 run without TensorFlow and its other unused heavy dependencies.

Rasa imports TensorFlow at module level even when no component uses it (docs/decisions/0001). This finder
answers those imports with empty stand-ins. A stand-in never computes anything: a component that really needs
TensorFlow fails at its first call, and our pipeline holds none.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

ABSENT = frozenset(
    {
        "confluent_kafka",
        "keras",
        "mattermostwrapper",
        "psycopg2",
        "rocketchat_API",
        "sklearn_crfsuite",
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "tensorflow_text",
    }
)


class _StandInType(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn


class StandIn(metaclass=_StandInType):
    """What every attribute of an absent package is: subclassable, usable as decorator, never useful."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __call__(self, *args: Any, **_: Any) -> Any:
        return args[0] if args and callable(args[0]) else StandIn()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn


class _AbsentModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn


class _AbsentFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] in ABSENT:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        module = _AbsentModule(spec.name)
        module.__path__ = []
        # Rasa compares this with its pin at import.
        module.__version__ = "2.12.0"  # type: ignore[attr-defined]
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the module is empty on purpose."""


def install() -> None:
    """Make the absent packages importable. Safe to call twice; call before the first ``import rasa``.

    spaCy is imported first, because thinc probes for TensorFlow and must find it truly absent.
    """
    if any(isinstance(finder, _AbsentFinder) for finder in sys.meta_path):
        return
    import spacy  # noqa: F401

    sys.meta_path.insert(0, _AbsentFinder())
