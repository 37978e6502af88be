"""The user and the API key that docs/elasticsearch.md tells people to make."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

from index.engines.elastic_client import ElasticSettings
from tests.index.engines.elastic.rights import assert_can_do_all_that_a_monitor_does, assert_reaches_no_other_index

DOCS = Path(__file__).parents[4] / "docs" / "elasticsearch.md"
USER, API_KEY = re.findall(r"```bash\n(.*?)```", DOCS.read_text("utf-8"), re.S)


def run(script: str, elastic: ElasticSettings) -> list[dict[str, str]]:
    """What Elasticsearch answered, line by line."""
    variables = {
        "PATH": os.environ["PATH"],
        "ES": elastic.urls[0],
        "ELASTIC_PASSWORD": elastic.password or "",
        "CURL_CA_BUNDLE": str(elastic.ca_file),
    }
    script = (
        script.replace("elastic:", f"{elastic.user}:")
        .replace("/monitor ", "/monitor-docs ")
        .replace('["monitor"]', '["monitor-docs"]')
    )
    done = subprocess.run(["bash", "-euc", script], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_elastic_lets_the_user_of_the_docs_do_all_that_a_monitor_does_and_no_more(elastic: ElasticSettings) -> None:
    run(USER, elastic)

    made = replace(elastic, user="monitor-docs", password="a-password-of-your-own")
    assert_can_do_all_that_a_monitor_does(made)
    assert_reaches_no_other_index(made)


def test_elastic_lets_the_api_key_of_the_docs_do_all_that_a_monitor_does_and_no_more(elastic: ElasticSettings) -> None:
    *_, answer = run(USER + API_KEY, elastic)

    made = replace(elastic, user=None, password=None, api_key=answer["encoded"])
    assert_can_do_all_that_a_monitor_does(made)
    assert_reaches_no_other_index(made)
