"""Fixtures, and a wall around the suite: no connection leaves this machine."""

from __future__ import annotations

import ipaddress
import os
import socket

import pytest
from hypothesis import settings

# On CI the same examples at each run, so that a change is judged by itself; at home new ones are looked for each time.
settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection but to loopback fails the test that tries it."""
    really_connect = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test tried to reach {address}")
        really_connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
