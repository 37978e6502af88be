"""A certificate for the tests that speak TLS."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest

from tests.demands import lacking


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for tin.vn that nobody signed but itself, with its key in the same file."""
    openssl = which("openssl")
    if openssl is None:
        lacking("openssl", "the program that makes a certificate is not installed")
    folder = tmp_path_factory.mktemp("tls")
    command = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tin.vn -addext subjectAltName=DNS:tin.vn -keyout key -out cert"
    subprocess.run([openssl, *command.split()], cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key").read_bytes() + (folder / "cert").read_bytes())
    return both
