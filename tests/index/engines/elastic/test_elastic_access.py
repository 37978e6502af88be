"""Getting in: nodes, keys, certificates, and servers that are away or no Elasticsearch 9."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

from index.elastic import ElasticIndex
from index.engines.elastic_client import Connection, ElasticSettings, pause
from index.errors import AwayError, EngineError
from tests.index.engines.elastic.asking import fill
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


class Answer(NamedTuple):
    """What something says that listens where Elasticsearch 9 was expected."""

    status: int
    body: bytes
    headers: dict[str, str] = {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}  # noqa: RUF012
    after: threading.Event | None = None


@contextmanager
def answering(*answers: Answer) -> Iterator[str]:
    """Answers one after another, and the last for ever."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = left.pop(0) if len(left) > 1 else left[0]
            if answer.after is not None:
                answer.after.wait()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


BUSY = Answer(503, b'{"error": {"type": "unavailable_shards_exception", "reason": "later"}, "status": 503}')


def test_elastic_that_is_busy_is_asked_again_and_again_and_then_said_to_be_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[int] = []
    monkeypatch.setattr("index.engines.elastic_client.pause", lambda number: waits.append(number) or 0.0)

    with answering(BUSY, BUSY, Answer(200, b'{"count": 7}')) as url:
        connection = Connection(ElasticSettings(urls=(url,), tries=3))
        assert connection.ask("GET", "/any/_count") == {"count": 7}
        assert waits == [1, 2]
        connection.close()
    with answering(BUSY) as url, pytest.raises(AwayError, match="chưa sẵn sàng"):
        Connection(ElasticSettings(urls=(url,), tries=3)).ask("GET", "/any/_count")
    assert waits == [1, 2, 1, 2]


def test_the_pauses_between_tries_grow_up_to_five_seconds_and_are_never_quite_the_same() -> None:
    pauses = [[pause(number) for _ in range(50)] for number in (1, 2, 3, 20)]

    assert [round(sum(some) / 50, 1) for some in pauses[:3]] == pytest.approx([0.2, 0.4, 0.8], abs=0.1)
    assert max(pauses[3]) <= 5 * 1.25
    assert all(len(set(some)) > 40 for some in pauses)


def test_elastic_that_does_not_answer_in_time_is_away_and_not_waited_for_any_longer() -> None:
    """With four tries left: more than twice the time for one request is never spent."""
    answered = threading.Event()
    with answering(Answer(200, b"{}", after=answered)) as url:
        connection = Connection(ElasticSettings(urls=(url,), timeout=0.3, tries=4))
        began = time.monotonic()

        with pytest.raises(AwayError, match="không trả lời kịp"):
            connection.ask("GET", "/any/_count")

        assert time.monotonic() - began < 3
        answered.set()
        connection.close()


# What Elasticsearch 8.19.0 answered to our client of version 9; the tests have no such server at hand.
_EIGHT = {
    "error": {
        "type": "media_type_header_exception",
        "reason": "Invalid media-type value on headers [Content-Type, Accept]",
        "caused_by": {
            "type": "status_exception",
            "reason": "Accept version must be either version 8 or 7, but found 9. "
            "Accept=application/vnd.elasticsearch+json; compatible-with=9",
        },
    },
    "status": 400,
}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(200, b"<html>", {"Content-Type": "text/html"}), "MONITOR_ELASTICSEARCH_URL"),
        (Answer(200, b"{}", {"Content-Type": "application/json"}), "không phải Elasticsearch 9"),
        (Answer(400, json.dumps(_EIGHT).encode()), "quá cũ.*phiên bản 9"),
    ],
)
def test_another_server_than_elastic_nine_is_recognised(answer: Answer, said: str) -> None:
    with answering(answer) as url:
        index = ElasticIndex(ElasticSettings(urls=(url,), tries=1))

        with pytest.raises(AwayError, match=said):
            index.count()
        index.close()
