"""Repairs of Rasa 3.6.21 that no setting offers. Each names what it repairs and how the start check sees it."""

from typing import Any

from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction


def install() -> None:
    """Validate action results with one compiled schema.

    ``jsonschema.validate`` re-checks its own schema at every call, which costs 30 ms an action on two slow
    cores (https://github.com/RasaHQ/rasa/issues/11717).
    """
    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate_action_result
    RemoteAction.lichtpunt_cached_validator = True
