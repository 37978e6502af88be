from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from crawlers.decoding import BadEncodingError, TooLargeError, read_body

TEXT = bytes(range(256)) * 40 + "Đề án chuyển đổi số. ".encode() * 9000
WAYS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda plain: bytes(brotli.compress(plain, quality=5)),
    "zstd": zstandard.compress,
}


def cut(body: bytes, size: int) -> Iterator[bytes]:
    return (body[start : start + size] for start in range(0, len(body), size))


@pytest.mark.parametrize("size", [1, 7, 1000, 1_000_000])
@pytest.mark.parametrize("encoding", WAYS)
def test_a_body_reads_the_same_in_whatever_pieces_it_comes(encoding: str, size: int) -> None:
    assert read_body(cut(WAYS[encoding](TEXT), size), encoding=encoding, limit=len(TEXT)) == TEXT


@pytest.mark.parametrize("encoding", WAYS)
def test_a_byte_more_than_the_limit_is_too_large_and_its_beginning_is_kept(encoding: str) -> None:
    with pytest.raises(TooLargeError) as caught:
        read_body([WAYS[encoding](TEXT)], encoding=encoding, limit=len(TEXT) - 1)

    assert caught.value.start == TEXT[:-1]


@pytest.mark.parametrize("encoding", WAYS)
def test_nothing_is_read_beyond_the_limit(encoding: str) -> None:
    packed = WAYS[encoding](random.Random(1).randbytes(2_000_000))
    pieces = cut(packed, max(1, len(packed) // 50))

    with pytest.raises(TooLargeError):
        read_body(pieces, encoding=encoding, limit=1000)

    assert len(list(pieces)) >= 40  # of 50


@pytest.mark.parametrize("encoding", WAYS)
def test_a_body_that_breaks_off_is_refused(encoding: str) -> None:
    with pytest.raises(BadEncodingError):
        read_body([WAYS[encoding](TEXT)[:-9]], encoding=encoding, limit=len(TEXT))


@given(st.sampled_from([*WAYS, "identity", "", "gzip, br", "khác"]), st.lists(st.binary(max_size=50)))
def test_whatever_bytes_come_there_is_a_body_or_a_refusal(encoding: str, pieces: list[bytes]) -> None:
    with suppress(BadEncodingError, TooLargeError):
        assert len(read_body(pieces, encoding=encoding, limit=1000)) <= 1000


def test_bare_deflate_and_gzip_in_several_members_are_read() -> None:
    bare = zlib.compressobj(wbits=-15)

    assert read_body([bare.compress(TEXT) + bare.flush()], encoding="deflate", limit=len(TEXT)) == TEXT
    assert read_body([gzip.compress(b"ti"), gzip.compress(b"n")], encoding="gzip", limit=9) == b"tin"


def test_a_gzip_file_is_unpacked_whether_or_not_it_is_packed_again() -> None:
    file = gzip.compress(b"<urlset/>")

    assert read_body([file], encoding=None, limit=99) == b"<urlset/>"
    assert read_body([gzip.compress(file)], encoding="gzip", limit=99) == b"<urlset/>"


def test_an_empty_body_is_empty_in_every_encoding() -> None:
    assert [read_body([], encoding=encoding, limit=0) for encoding in WAYS] == [b""] * len(WAYS)
