"""Getting in: nodes, keys, certificates, and servers that are away or no Elasticsearch 9."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index.elastic import ElasticIndex
from index.elastic_client import ElasticSettings
from index.errors import AwayError, EngineError
from tests.index.elastic.asking import fill
from tests.index.makers import a_document

NO_SERVER = "http://127.0.0.1:9"
"""A port on which nothing listens."""


def test_elastic_is_not_asked_before_the_first_question() -> None:
    ElasticIndex(ElasticSettings(urls=("http://127.0.0.1:1",))).close()


def test_a_server_that_is_away_is_named_with_what_to_do_and_without_the_password() -> None:
    index = ElasticIndex(ElasticSettings(urls=("http://me:secret@127.0.0.1:9",), tries=2))

    with pytest.raises(AwayError, match=r"http://127\.0\.0\.1:9 .*MONITOR_ELASTICSEARCH_URL") as caught:
        index.count()
    assert "secret" not in str(caught.value)
    index.close()


def test_elastic_answers_through_another_node_when_one_is_away(index: ElasticIndex, settings: ElasticSettings) -> None:
    fill(index, a_document())
    several = ElasticIndex(replace(settings, urls=(NO_SERVER.replace("http", "https"), *settings.urls), tries=4))

    assert [several.count() for _ in range(6)] == [1] * 6
    several.close()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "sai"}, "MONITOR_ELASTICSEARCH_PASSWORD"),
        ({"user": None, "api_key": "c2FpOnNhaQ=="}, "MONITOR_ELASTICSEARCH_API_KEY"),
        ({"user": None}, "MONITOR_ELASTICSEARCH_API_KEY"),
        ({"ca_file": None}, "MONITOR_ELASTICSEARCH_CA_FILE"),
        ({"urls": ("không phải địa chỉ",)}, "MONITOR_ELASTICSEARCH_URL"),
    ],
)
def test_elastic_says_which_setting_keeps_us_out(settings: ElasticSettings, changed: dict[str, Any], said: str) -> None:
    index = ElasticIndex(replace(settings, **changed))

    with pytest.raises(EngineError, match=said):
        index.count()
    index.close()


def test_elastic_says_that_the_certificate_file_is_missing(settings: ElasticSettings) -> None:
    assert settings.ca_file is not None
    index = ElasticIndex(replace(settings, ca_file=settings.ca_file.with_name("không-có.pem")))

    with pytest.raises(EngineError, match="MONITOR_ELASTICSEARCH_CA_FILE"):
        index.count()


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    """Something that is no Elasticsearch 9 and listens where one was expected."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


# What Elasticsearch 8 answers to a client of version 9; the tests have no such server at hand.
_EIGHT = {
    "error": {"type": "media_type_header_exception", "reason": "Accept version must be either 8 or 7"},
    "status": 400,
}


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>", "MONITOR_ELASTICSEARCH_URL"),
        (200, {"Content-Type": "application/json"}, b"{}", "không phải Elasticsearch 9"),
        (
            400, {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}, json.dumps(_EIGHT).encode(),
            "quá cũ.*phiên bản 9",
        ),
    ],
)  # fmt: skip
def test_another_server_than_elastic_nine_is_recognised(
    status: int, headers: dict[str, str], body: bytes, said: str
) -> None:
    with answering(status, headers, body) as url:
        index = ElasticIndex(ElasticSettings(urls=(url,), tries=1))

        with pytest.raises(AwayError, match=said):
            index.count()
        index.close()
