"""Compressed pieces ─► bytes, and never more of them than a limit: a kilobyte of gzip or brotli can hold gigabytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # ships no types
import zstandard

STEP = 64 * 1024
ZSTD_WINDOW = 8 * 1024 * 1024  # what RFC 8878 asks every decoder to support; browsers refuse more, too
ENCODINGS = ("gzip", "br", "zstd")


class TooLargeError(Exception):
    """The limit is passed; the rest was not read."""

    def __init__(self, start: bytes) -> None:
        super().__init__()
        self.start = start
        """What came before the limit."""


class BadEncodingError(Exception):
    """The bytes are not what Content-Encoding says."""


class _Decoder(Protocol):
    """Takes compressed pieces, gives plain ones of about STEP bytes, and says whether its stream came to an end."""

    def feed(self, piece: bytes) -> Iterator[bytes]: ...

    def is_done(self) -> bool: ...


def read_body(pieces: Iterable[bytes], *, encoding: str | None, limit: int) -> bytes:
    """Read a body that was sent in these pieces, decompressed, up to `limit` bytes.

    A body that is itself a gzip file (sitemap.xml.gz) is unpacked as well. Raises TooLargeError as soon as the limit is
    passed, reading no further piece, and BadEncodingError when the compressed stream is damaged, cut off or of a kind
    that was not asked for.

    >>> read_body([zlib.compress("tin mới".encode())], encoding="deflate", limit=100).decode()
    'tin mới'
    """
    body = _gather(_decoded(pieces, encoding), limit)
    if body.startswith(b"\x1f\x8b\x08"):
        return _gather(_decoded([body], "gzip"), limit)
    return body


def _gather(pieces: Iterable[bytes], limit: int) -> bytes:
    gathered: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLargeError(b"".join([*gathered, piece])[:limit])
        gathered.append(piece)
    return b"".join(gathered)


def _decoded(pieces: Iterable[bytes], encoding: str | None) -> Iterable[bytes]:
    names = [name.strip().lower() for name in (encoding or "").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if not names:
        return pieces
    if len(names) > 1 or names[0] not in _DECODERS:
        raise BadEncodingError(f"the unknown encoding {encoding!r}")
    return _run(_DECODERS[names[0]](), pieces)


def _run(decoder: _Decoder, pieces: Iterable[bytes]) -> Iterator[bytes]:
    is_empty = True
    for piece in pieces:
        is_empty = is_empty and not piece
        yield from decoder.feed(piece)
    if not is_empty and not decoder.is_done():
        raise BadEncodingError("a compressed body that breaks off")


class _Zlib:
    """gzip of one or several members, or deflate in its zlib or its bare form."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._inner = zlib.decompressobj(wbits=31 if is_gzip else 15)
        self._is_fresh = True

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            if self._inner.eof:
                if not self._is_gzip or not piece.startswith(b"\x1f\x8b"):
                    return  # padding after the end, as gunzip ignores it
                self._inner = zlib.decompressobj(wbits=31)
            yield self._step(piece)
            piece = self._inner.unconsumed_tail or self._inner.unused_data
        while not self._inner.eof and (rest := self._inner.decompress(b"", STEP)):
            yield rest

    def _step(self, piece: bytes) -> bytes:
        fresh, self._is_fresh = self._is_fresh, False
        try:
            return self._inner.decompress(piece, STEP)
        except zlib.error as e:
            if self._is_gzip or not fresh:
                raise BadEncodingError("a body that is not gzip or deflate, though it says so") from e
        self._inner = zlib.decompressobj(wbits=-15)
        try:
            return self._inner.decompress(piece, STEP)
        except zlib.error as e:
            raise BadEncodingError("a body that is not deflate, though it says so") from e

    def is_done(self) -> bool:
        return self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while plain := self._step(piece):
            yield plain
            piece = b""  # what it holds back comes out by asking again; can_accept_more_data() says True too early

    def _step(self, piece: bytes) -> bytes:
        try:
            return bytes(self._inner.process(piece, output_buffer_limit=STEP))
        except brotli.error as e:
            raise BadEncodingError("a body that is not brotli, though it says so") from e

    def is_done(self) -> bool:
        return bool(self._inner.is_finished())


class _Zstd:
    """Its streaming object knows no output limit, so it is fed little by little.

    A block takes 4 bytes at least and decodes to 128 KiB at most, so no step yields more than 2 MiB.
    """

    FEED = 64

    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()

    def feed(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), self.FEED):
            if self._inner.eof:
                return
            try:
                yield self._inner.decompress(piece[start : start + self.FEED])
            except zstandard.ZstdError as e:
                raise BadEncodingError("a body that is not zstd, though it says so") from e

    def is_done(self) -> bool:
        return bool(self._inner.eof)


_DECODERS: dict[str, Callable[[], _Decoder]] = {
    "gzip": lambda: _Zlib(is_gzip=True),
    "x-gzip": lambda: _Zlib(is_gzip=True),
    "deflate": lambda: _Zlib(is_gzip=False),
    "br": _Brotli,
    "zstd": _Zstd,
}
