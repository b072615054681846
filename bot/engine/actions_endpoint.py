"""Runs the actions in the engine's own process instead of over HTTP, and hides the text from them.

Stands in for Rasa's EndpointConfig. One process less that can be down, and about 3 ms per action faster.
"""

from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint that calls ``rasa_sdk`` directly."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="in-process", selective_domain=True)
        self.kwargs["selective_domain"] = True
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    @property
    def names(self) -> frozenset[str]:
        """The names of the actions that were found."""
        return frozenset(self._executor.actions)

    async def request(self, *_: Any, **kwargs: Any) -> Any:
        """Run the action that ``json`` names and return what an action server would answer."""
        call = dict(kwargs["json"])
        tracker = dict(call["tracker"])
        latest = dict(tracker.get("latest_message") or {})
        latest.pop("text", None)
        # Rules work on the recognised situation and the slots; earlier events and the text are not theirs.
        tracker.update(latest_message=latest, events=[])
        call["tracker"] = tracker
        return await self._executor.run(call)
