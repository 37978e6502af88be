"""Whose certificates we believe."""

from __future__ import annotations

import ssl
import threading
from typing import Any, Self

import certifi


class Trust(ssl.SSLContext):
    """Trusts the system's certificates and certifi's.

    They are read when the first connection needs them (50 ms). The protocols are told once: httpcore tells them for
    every connection, and OpenSSL does not bear that while another thread begins one.
    """

    def __new__(cls) -> Self:
        return super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_loaded = False
        super().set_alpn_protocols(["http/1.1", "h2"])

    def set_alpn_protocols(self, alpn_protocols: object) -> None:
        """Told already."""

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        """Put TLS on a socket, as every SSLContext does."""
        with self._lock:
            if not self._is_loaded:
                self.load_default_certs()
                self.load_verify_locations(certifi.where())
                self._is_loaded = True
        return super().wrap_socket(*args, **options)
