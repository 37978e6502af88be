"""The typical questions, asked of SQLite's full-text index as one would write it down by hand.

It keeps the words alone, as our engines do, and what facets count in plain tables. It has no tiers: a question written
with diacritics finds what has them, one without looks into a column of folded words, made by our own `fold_text`, since
no option of FTS5 turns đ into d.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bench.search import Question
from index.base import Document
from index.querying.tokens import fold_text

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(title, body, folded, content='', tokenize='unicode61 remove_diacritics 0');
CREATE TABLE articles(number INTEGER PRIMARY KEY, id TEXT, published INTEGER);
CREATE TABLE facets(kind TEXT, value TEXT, number INTEGER, PRIMARY KEY (number, kind, value)) WITHOUT ROWID;
CREATE INDEX by_value ON facets(kind, value, number);
"""
_COUNTS = """
WITH found AS MATERIALIZED ({found})
SELECT '' AS kind, '' AS value, count(*) FROM found
UNION ALL SELECT kind, value, count(*) FROM found JOIN facets USING (number) GROUP BY kind, value
"""


class Fts5:
    """One file, filled once."""

    def __init__(self, file: Path) -> None:
        self.file = file
        is_new = not file.exists()
        self._connection = sqlite3.connect(file)
        if is_new:
            self._connection.executescript(_TABLES)

    def fill(self, documents: Iterable[Document]) -> None:
        with self._connection as connection:
            for number, document in enumerate(documents, 1):
                assert isinstance(document.published, datetime)
                folded = fold_text(f"{document.title}\n{document.text}")
                connection.execute(
                    "INSERT INTO words(rowid, title, body, folded) VALUES (?, ?, ?, ?)",
                    (number, document.title, document.text, folded),
                )
                published = int(document.published.timestamp())
                connection.execute("INSERT INTO articles VALUES (?, ?, ?)", (number, document.id, published))
                values = [("source", document.source), ("month", f"{document.published:%Y-%m}")]
                values += [("topic", value) for value in document.topics]
                values += [("place", value) for value in document.places]
                connection.executemany("INSERT INTO facets VALUES (?, ?, ?)", [(*one, number) for one in values])
            connection.execute("INSERT INTO words(words) VALUES ('optimize')")

    def answer(self, question: Question) -> int:
        """What our engines answer: the ten best, how many there are, and the four facets."""
        self.ids(question)
        found, values = self._found(question, "words.rowid AS number")
        (total, *_) = self._connection.execute(_COUNTS.format(found=found), values).fetchall()
        return int(total[2])

    def ids(self, question: Question) -> list[str]:
        """The ten best, and nothing else."""
        order = "articles.published DESC" if question.sort == "newest" else "rank"
        found, values = self._found(question, "articles.id")
        return [row[0] for row in self._connection.execute(f"{found} ORDER BY {order} LIMIT 10", values)]

    def close(self) -> None:
        self._connection.close()

    def _found(self, question: Question, columns: str) -> tuple[str, list[str | float]]:
        conditions, values = ["words MATCH ?"], [_match(question)]
        for kind, value in question.filters:
            conditions.append(
                "EXISTS (SELECT 1 FROM facets AS f WHERE f.kind = ? AND f.value = ? AND f.number = words.rowid)"
            )
            values += [kind, value]
        bounds: list[float] = []
        if question.since:
            conditions.append("articles.published >= ?")
            bounds.append(question.since.timestamp())
        joined = "FROM words JOIN articles ON articles.number = words.rowid"
        return f"SELECT {columns} {joined} WHERE {' AND '.join(conditions)}", [*values, *bounds]


def _match(question: Question) -> str:
    """
    >>> from bench.search import QUESTIONS
    >>> _match(QUESTIONS[1]), _match(QUESTIONS[8])
    ('{title body} : ("dịch vụ công trực tuyến")', '{title body} : ("camera" NOT "hồ")')
    """
    parts = [_all(question.words)] if question.words else []
    if question.phrase:
        parts.append(f'"{" ".join(question.phrase)}"')
    if question.either:
        parts.append(" OR ".join(f"({_all(words)})" for words in question.either))
    wanted = " AND ".join(parts)
    if question.without:
        wanted += f' NOT "{question.without}"'
    return f"{'{title body}' if question.field == 'body' else question.field} : ({wanted})"


def _all(words: Iterable[str]) -> str:
    return " AND ".join(f'"{word}"' for word in words)
