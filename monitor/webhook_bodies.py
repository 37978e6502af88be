"""What a webhook is given: our own JSON, a bot's, or one that its owner wrote with placeholders. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from index.codec import dumps
from index.standing.alert_records import Channel
from monitor.errors import MonitorError

TELEGRAM = "telegram"
_LONGEST_CHAT = 4096
"""What Telegram takes, in UTF-16 units."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def make_body(channel: Channel, values: Mapping[str, Any]) -> bytes:
    """A request's body. `values` are what a digest tells: "subject" and "text" at least.

    Raises MonitorError for a template that can't be read, or names what is not there.
    """
    if channel.template is None:
        return dumps(dict(values))
    if channel.template == TELEGRAM:
        return dumps(_telegram(channel.address, values))
    return dumps(_filled(read_template(channel.template), values))


def read_template(template: str) -> Any:
    """A template's JSON, in whose texts "{subject}" and the like stand for a digest's values.

    Raises MonitorError for what is no JSON.
    """
    try:
        read = orjson.loads(template)
    except orjson.JSONDecodeError as e:
        raise MonitorError(f"mẫu của webhook không phải JSON ({e}). {_HOW}") from e
    if not isinstance(read, dict | list):
        raise MonitorError(f"mẫu của webhook không phải một đối tượng JSON. {_HOW}")
    return read


_HOW = f'Viết “{TELEGRAM}”, hoặc JSON như {{"text": "{{subject}}\\n{{text}}"}}'


def _filled(node: Any, values: Mapping[str, Any]) -> Any:
    """A text that is one placeholder becomes the value itself, a list or a number included."""
    match node:
        case dict():
            return {key: _filled(part, values) for key, part in node.items()}
        case list():
            return [_filled(part, values) for part in node]
        case str():
            whole = _PLACEHOLDER.fullmatch(node)
            if whole:
                return _value(whole, values)
            return _PLACEHOLDER.sub(lambda found: _said(_value(found, values)), node)
        case _:
            return node


def _value(found: re.Match[str], values: Mapping[str, Any]) -> Any:
    if found[1] not in values:
        known = ", ".join(f"{{{name}}}" for name in values)
        raise MonitorError(f"mẫu của webhook dùng {found[0]} mà không có giá trị ấy. Có: {known}")
    return values[found[1]]


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _telegram(address: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Telegram's sendMessage, and what speaks like it; the chat stands in the address: …/sendMessage?chat_id=-100123."""
    chat = dict(parse_qsl(urlsplit(address).query)).get("chat_id")
    if chat is None:
        raise MonitorError(
            "địa chỉ bot thiếu ?chat_id=…. Viết như https://api.telegram.org/botMÃ/sendMessage?chat_id=-100123"
        )
    text = f"{values['subject']}\n\n{values['text']}"
    return {"chat_id": chat, "text": _shortened(text, _LONGEST_CHAT), "disable_web_page_preview": True}


def _shortened(text: str, most: int) -> str:
    """At most so many UTF-16 units, cut at the end of a line where there is one.

    >>> _shortened("một\\nhai 🙂 ba", 9)
    'một\\n…'
    """
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= most:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: (most - 2) * 2].decode("utf-16-le", "ignore")
    return (kept[: kept.rfind("\n")] if "\n" in kept else kept).rstrip() + "\n…"
