"""A certificate for this machine that only those trust who are told to."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path


class Authority:
    """`file` is what a client must be given; `context` is the server's side."""

    def __init__(self, folder: Path) -> None:
        self.file, key = folder / "certificate.pem", folder / "key.pem"
        command = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(self.file),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.file, key)
