"""What the trained components share: they store one thing in a folder and read it back."""

from abc import abstractmethod
from pathlib import Path
from typing import Any, Generic, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

Kept = TypeVar("Kept")


class StoredComponent(GraphComponent, Generic[Kept]):
    """A component whose learned part has ``save(folder)``; subclasses say how to read it."""

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        kept: Kept | None = None,
        config: dict[str, Any] | None = None,
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._kept = kept
        self._config = config or {}

    @property
    def kept(self) -> Kept:
        """The learned part. Raises ``RuntimeError`` before training."""
        if self._kept is None:
            raise RuntimeError(f"{type(self).__name__} is not trained")
        return self._kept

    @classmethod
    @abstractmethod
    def read(cls, folder: Path) -> Kept:
        """Read the learned part from its folder."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "StoredComponent[Kept]":
        """Build an untrained component."""
        return cls(model_storage, resource, config=config)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "StoredComponent[Kept]":
        """Build a trained component from the model."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, cls.read(folder), config)

    def keep(self, kept: Any) -> Resource:
        """Store the learned part in the model."""
        self._kept = kept
        with self._model_storage.write_to(self._resource) as folder:
            kept.save(folder)
        return self._resource
