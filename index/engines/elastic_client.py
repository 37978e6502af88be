"""One cluster: where it is, how to be let in, and how often to ask again. Nothing is connected before the first request."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import elastic_transport
import elasticsearch

from index.codec import Json, dumps
from index.engines.elastic_errors import explained, should_try_again
from index.errors import EngineError

_JSON = {"accept": "application/json", "content-type": "application/json"}
_LINES = {"accept": "application/json", "content-type": "application/x-ndjson"}
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ElasticSettings:
    """All that a cluster's administrator decides."""

    urls: tuple[str, ...]
    """Any of the cluster's nodes; one that fails is left alone for a while."""
    api_key: str | None = None
    user: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    prefix: str = "monitor"
    """What the names of all our indices, aliases and templates begin with."""
    shards: int = 1
    replicas: int | None = None
    """None: one copy as soon as there is a second node to hold it."""
    refresh: str = "-1"
    """index.refresh_interval; a commit makes itself visible, so "-1" misses nothing."""
    timeout: float = 30.0
    """Seconds that one request may take."""
    tries: int = 4
    bulk_bytes: int = 2_500_000
    """Of one bulk request, of which two may be under way; a proxy that takes less is found out and obeyed."""


class Connection:
    """Asks the cluster; what goes wrong comes back as one of our errors."""

    def __init__(self, settings: ElasticSettings) -> None:
        self.settings = settings
        self.at = ", ".join(map(_without_secrets, settings.urls))
        """For people: the addresses without names and passwords."""
        self._client: elasticsearch.Elasticsearch | None = None
        self._opening = threading.Lock()

    def ask(
        self, method: str, path: str, body: Json | Iterable[Json] | bytes | None = None, **parameters: str | int | bool
    ) -> Any:
        """The answer's JSON. A body of several values goes as lines. Tries again what may succeed in a moment.

        Each request of ours may be sent twice: writes carry ids and versions.
        """
        headers = _JSON if body is None or isinstance(body, dict) else _LINES
        content = _encoded(body)
        began = time.monotonic()
        for number in range(1, self.settings.tries + 1):
            try:
                reply = self._open().perform_request(method, path, params=parameters, headers=headers, body=content)
            except (elasticsearch.ApiError, elastic_transport.TransportError) as e:
                out_of_time = time.monotonic() - began > self.settings.timeout
                if number == self.settings.tries or out_of_time or not should_try_again(e):
                    raise explained(e, self.at) from e
                time.sleep(pause(number))
            else:
                return reply.body
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Close what is open; a later request opens it again."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _open(self) -> elasticsearch.Elasticsearch:
        with self._opening:  # pages are served by several threads
            if self._client is None:
                self._client = _make_client(self.settings)
            return self._client


def pause(number: int) -> float:
    """Seconds to wait after the try of this number; never quite the same, so that many clients do not come back at once."""
    wait: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (number - 1))
    return wait * random.uniform(0.75, 1.25)


def _make_client(settings: ElasticSettings) -> elasticsearch.Elasticsearch:
    options: dict[str, Any] = {}
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.user:
        options["basic_auth"] = (settings.user, settings.password or "")
    if settings.ca_file:
        if not settings.ca_file.is_file():
            raise EngineError(f"Không có tệp {settings.ca_file}. Sửa MONITOR_ELASTICSEARCH_CA_FILE")
        options["ca_certs"] = str(settings.ca_file)
    try:
        return elasticsearch.Elasticsearch(
            list(settings.urls), request_timeout=settings.timeout, max_retries=0, sniff_on_start=False,
            sniff_on_node_failure=False, sniff_before_requests=False, **options,
        )  # fmt: skip
    except (ValueError, TypeError) as e:
        message = f"Không hiểu địa chỉ Elasticsearch ({e}). Viết MONITOR_ELASTICSEARCH_URL như https://may-chu:9200"
        raise EngineError(message) from e


def _encoded(body: Json | Iterable[Json] | bytes | None) -> bytes | None:
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, dict):
        return dumps(body)
    return b"".join(dumps(line) + b"\n" for line in body)


def _without_secrets(url: str) -> str:
    """
    >>> _without_secrets("https://me:secret@es.example:9200/x")
    'https://es.example:9200/x'
    """
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
