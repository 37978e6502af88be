"""What a machine lacks: a test that needs it is skipped with the reason in words, or fails where all is demanded."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(part: str, why: str) -> NoReturn:
    """End the test that asks: `.ci/run` names in TEST_DEMANDS what must be there."""
    if part.casefold() in os.environ.get("TEST_DEMANDS", "").split(","):
        pytest.fail(f"{part} is demanded, and can't be used here: {why}")
    pytest.skip(f"{part} can't be used here: {why}")
