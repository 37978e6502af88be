"""What most tests of alerts begin with. Those that need another desk make their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.assembly import Desk
from tests.monitor.alerts.makers import a_desk
from tests.monitor.mail_server import MailServer, serving


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that has taken nothing yet."""
    with serving(MailServer()) as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty store, with no way out."""
    with a_desk(tmp_path) as desk:
        yield desk
