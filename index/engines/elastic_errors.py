"""What Elasticsearch answers when it can't ─► our errors, which say what to do."""

from __future__ import annotations

from typing import Any

import elastic_transport
import elasticsearch

from index.engines.counting import TOO_MANY
from index.errors import AwayError, EngineError

WAITS = "bài mới vẫn được lưu và sẽ tự vào chỉ mục sau đó"
_OVERLOADED = (429, 502, 503, 504)
_DROPPED = ("EOF", "reset", "Broken pipe", "aborted", "closed connection")


class AlreadyThereError(EngineError):
    """An index that was to be made is there."""


class GoneError(EngineError):
    """An index or alias is not there (any more)."""


class DroppedError(AwayError):
    """The connection was cut in the middle of a request: the node died, or did not like how large it was."""


def should_try_again(error: Exception) -> bool:
    """Whether the same request may well succeed in a moment."""
    if isinstance(error, elasticsearch.ApiError):
        kind, _ = cause(error.body)
        return passes(error.status_code, kind)
    return isinstance(error, elastic_transport.ConnectionError) and not _is_mistrust(error)


def passes(status: int, kind: str) -> bool:
    """Whether what an answer complains of is over in a moment, such as a shard whose node has just died."""
    return status in _OVERLOADED and kind != "cluster_block_exception"


def cause(body: Any) -> tuple[str, str]:
    """The type and the reason of an error as Elasticsearch words it, whatever answered.

    >>> cause({"error": {"type": "x", "reason": "y"}}), cause("<html>")
    (('x', 'y'), ('', '<html>'))
    """
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return "", str(error)[:300]
    inner = error.get("caused_by") or {}
    reason = str(error.get("reason") or "")
    if inner.get("reason") and str(inner["reason"]) not in reason:
        reason = f"{reason}: {inner['reason']}"
    return str(error.get("type") or ""), reason[:300]


def explained(error: Exception, at: str) -> EngineError:
    """Our error for one of the client's; a mistake of ours in a request is raised as it is."""
    if isinstance(error, elasticsearch.UnsupportedProductError):
        return AwayError(f"Địa chỉ {at} trả lời nhưng không phải Elasticsearch 9. Kiểm tra MONITOR_ELASTICSEARCH_URL")
    if isinstance(error, elasticsearch.ApiError):
        kind, reason = cause(error.body)
        return problem(error.status_code, kind, reason, at) or _bug(error)
    if _is_mistrust(error):
        said = f"Chứng chỉ của Elasticsearch {at} không được tin ({_short(error)})"
        return AwayError(f"{said}. Đặt MONITOR_ELASTICSEARCH_CA_FILE là tệp chứng chỉ gốc của cụm")
    if isinstance(error, elastic_transport.ConnectionTimeout):
        return AwayError(f"Elasticsearch {at} không trả lời kịp. Kiểm tra tải của máy chủ rồi thử lại; {WAITS}")
    if isinstance(error, elastic_transport.ConnectionError):
        dropped = any(word in _short(error) for word in _DROPPED)
        said = f"{'Bị ngắt kết nối với' if dropped else 'Không kết nối được'} Elasticsearch {at} ({_short(error)})"
        return (DroppedError if dropped else AwayError)(
            f"{said}. Kiểm tra máy chủ và MONITOR_ELASTICSEARCH_URL; {WAITS}"
        )
    if isinstance(error, elastic_transport.SerializationError):
        return AwayError(f"Địa chỉ {at} trả lời khác Elasticsearch. Kiểm tra MONITOR_ELASTICSEARCH_URL")
    raise error


def problem(status: int, kind: str, reason: str, at: str) -> EngineError | None:
    """Our error for an answer; None where the request itself was at fault."""
    if kind == "media_type_header_exception":
        return AwayError(f"Elasticsearch {at} quá cũ: cần phiên bản 9 trở lên. Hãy nâng cấp cụm")
    if kind == "cluster_block_exception":
        return _blocked(reason, at)
    if kind == "resource_already_exists_exception":
        return AlreadyThereError(reason)
    if kind == "index_not_found_exception":
        return GoneError(f"Chỉ mục trên Elasticsearch {at} không còn ({reason}). Chạy `monitor reindex` để dựng lại")
    if "too_many_buckets" in kind or "too many buckets" in reason:
        return EngineError(TOO_MANY)
    if status == 401:
        names = "MONITOR_ELASTICSEARCH_API_KEY hoặc MONITOR_ELASTICSEARCH_USER và MONITOR_ELASTICSEARCH_PASSWORD"
        return AwayError(f"Elasticsearch {at} không nhận khóa hay mật khẩu này. Kiểm tra {names}")
    if status == 403:
        return AwayError(
            f"Elasticsearch {at} không cho tài khoản này làm việc đó ({reason}). Cấp quyền cho nó; {WAITS}"
        )
    if status == 429:
        return AwayError(f"Elasticsearch {at} đang quá tải ({reason}). Chờ một lát rồi thử lại; {WAITS}")
    if status >= 500:
        return AwayError(f"Elasticsearch {at} chưa sẵn sàng ({reason}). Xem: monitor doctor; {WAITS}")
    return None


def _blocked(reason: str, at: str) -> EngineError:
    if "read-only-allow-delete" in reason or "disk usage exceeded" in reason:
        return AwayError(f"Đĩa của Elasticsearch {at} đã đầy nên chỉ mục bị khóa ghi. Dọn đĩa hoặc thêm máy; {WAITS}")
    if "state not recovered" in reason or "no master" in reason:
        return AwayError(f"Cụm Elasticsearch {at} chưa sẵn sàng ({reason}). Chờ một lát rồi thử lại; {WAITS}")
    said = f"Chỉ mục trên Elasticsearch {at} đang ở chế độ chỉ đọc ({reason})"
    return AwayError(f"{said}. Bỏ index.blocks.write, index.blocks.read_only của nó; {WAITS}")


def _is_mistrust(error: Exception) -> bool:
    """A certificate that is not to be trusted, not a TLS connection that was cut."""
    return isinstance(error, elastic_transport.TlsError) and "EOF" not in _short(error)


def _short(error: Exception) -> str:
    return str(getattr(error, "message", error)).partition("\n")[0][:200]


def _bug(error: elasticsearch.ApiError) -> EngineError:
    raise error
