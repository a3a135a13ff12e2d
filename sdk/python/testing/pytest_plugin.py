"""The fixture of pytest. The package registers this module with pytest."""

from typing import Iterator

import pytest

from .emulator import Emulator, start_emulator


@pytest.fixture
def lyceum_emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulator for one test. The variables of the test's process lead to it, so a program uses no account."""
    with start_emulator() as emulator:
        for name, value in emulator.environment.items():
            monkeypatch.setenv(name, value)
        yield emulator
