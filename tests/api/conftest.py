"""Fixtures of the HTTP tests: a gateway on doubles, and a client that talks to it."""

import pytest

from tests.api.client import Visitor
from tests.turns.doubles import House


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def visitor(house: House) -> Visitor:
    return Visitor(house.gateway.app)
