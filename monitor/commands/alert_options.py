"""The options that say what is to be watched, when and where it is told: the same for adding an alert and trying it."""

from __future__ import annotations

import getpass
import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from monitor.errors import MonitorError

if TYPE_CHECKING:
    from monitor.alerts.wishes import Wish

Texts = list[str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What was typed. A field is an option; its name and help stand beside it."""

    query: Annotated[str, typer.Argument(help='Câu tìm như ở search, ví dụ: "một cửa" OR DVCTT. Trống: mọi bài.')] = ""
    name: Annotated[str | None, typer.Option(help="Tên để nhận ra; bỏ trống thì lấy từ câu tìm.")] = None
    topic: Annotated[Texts, typer.Option(help="Chủ đề; lặp lại được.")] = None
    place: Annotated[Texts, typer.Option(help="Địa phương, bộ ngành; lặp lại được.")] = None
    source: Annotated[Texts, typer.Option(help="Nguồn; lặp lại được.")] = None
    when: Annotated[
        str | None,
        typer.Option(metavar="LỜI", help="Điều kiện về số liệu: “tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90%”."),
    ] = None
    indicator: Annotated[str | None, typer.Option(help="Điều kiện theo từng phần: chỉ tiêu (mã hoặc tên).")] = None
    of: Annotated[str | None, typer.Option(metavar="NƠI", help="… của địa phương, bộ ngành nào.")] = None
    below: Annotated[str | None, typer.Option(metavar="SỐ", help="… dưới.")] = None
    above: Annotated[str | None, typer.Option(metavar="SỐ", help="… trên.")] = None
    at_least: Annotated[str | None, typer.Option(metavar="SỐ", help="… ít nhất.")] = None
    at_most: Annotated[str | None, typer.Option(metavar="SỐ", help="… không quá.")] = None
    change_over: Annotated[str | None, typer.Option(metavar="SỐ", help="… thay đổi quá, so với kỳ trước.")] = None
    rank_drop: Annotated[bool, typer.Option("--rank-drop", help="… tụt hạng.")] = False
    differs: Annotated[bool, typer.Option("--differs", help="… khác số đã công bố cho cùng kỳ.")] = False
    targets: Annotated[bool, typer.Option("--targets", help="… xét mục tiêu thay cho kết quả đạt được.")] = False
    every: Annotated[str, typer.Option(help="Nhịp gửi: instant, hourly, daily hoặc weekly.")] = "daily"
    at: Annotated[str | None, typer.Option(metavar="GIỜ", help="Giờ gửi của daily, weekly; mặc định 07:00.")] = None
    weekday: Annotated[str | None, typer.Option(metavar="THỨ", help="Ngày gửi của weekly: T2 … CN.")] = None
    quiet: Annotated[str | None, typer.Option(metavar="TỪ-ĐẾN", help="Giờ không gửi: 22:00-06:00.")] = None
    timezone: Annotated[str | None, typer.Option(help="Múi giờ; mặc định Asia/Ho_Chi_Minh.")] = None
    mail: Annotated[Texts, typer.Option(metavar="ĐỊA_CHỈ", help="Gửi thư đến đây; lặp lại được.")] = None
    webhook: Annotated[Texts, typer.Option(metavar="URL", help="Gọi webhook này; lặp lại được.")] = None
    secret: Annotated[str | None, typer.Option(help="Khóa ký webhook; bỏ trống thì tự tạo và in ra một lần.")] = None
    template: Annotated[str | None, typer.Option(help="Thân của webhook: telegram, JSON, hoặc @TỆP chứa JSON.")] = None
    folder: Annotated[Texts, typer.Option(metavar="THƯ_MỤC", help="Ghi thư thành tệp .eml vào đây, để dùng thử.")] = (
        None
    )
    atom: Annotated[bool, typer.Option("--atom", help="Có nguồn Atom riêng.")] = False
    owner: Annotated[str | None, typer.Option(metavar="AI", help="Ai theo dõi; mặc định là tên đăng nhập máy.")] = None
    language: Annotated[str, typer.Option(help="Ngôn ngữ của thư: vi hoặc en; bài viết vẫn là tiếng Việt.")] = "vi"
    tell_silence: Annotated[bool, typer.Option("--tell-silence", help="Gửi cả khi không có tin, kèm lý do.")] = False
    outside: Annotated[
        bool, typer.Option("--outside", help="Của người đọc bên ngoài: gửi thư xác nhận, chỉ gửi tin khi họ đồng ý.")
    ] = False

    def wish(self, *, somewhere: bool = True) -> Wish:
        """What is asked for. Not `somewhere`: a place to send to may be missing, as for a preview."""
        from monitor.alerts.wishes import ConditionWish, Wish

        parts = (self.of, self.below, self.above, self.at_least, self.at_most, self.change_over)
        if self.indicator is None and (
            any(part is not None for part in parts) or self.rank_drop or self.differs or self.targets
        ):
            raise MonitorError(
                "chưa nói chỉ tiêu nào. Thêm --indicator TÊN, hoặc viết cả điều kiện bằng --when: “mục tiêu … dưới 90%”"
            )
        condition = None if self.indicator is None else ConditionWish(
            indicator=self.indicator, of=self.of, below=self.below, above=self.above, at_least=self.at_least,
            at_most=self.at_most, change_over=self.change_over, rank_drop=self.rank_drop, differs=self.differs,
            targets=self.targets,
        )  # fmt: skip
        nowhere = not (self.mail or self.webhook or self.folder or self.atom)
        return Wish(
            query=self.query, name=self.name, topics=self.topic or (), places=self.place or (), sources=self.source or (),
            when=self.when, condition=condition, every=self.every, at=self.at, weekday=self.weekday, quiet=self.quiet,
            timezone=self.timezone, language=self.language, mails=self.mail or (), webhooks=self.webhook or (),
            secret=self.secret, template=_read_template(self.template), folders=self.folder or (),
            atom=self.atom or (nowhere and not somewhere), owner=self.owner or _me(), tells_silence=self.tell_silence,
            outside=self.outside,
        )  # fmt: skip

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing but the argument was given."""
        return self == Options(query=self.query)


def _read_template(typed: str | None) -> str | None:
    if typed is None or not typed.startswith("@"):
        return typed
    try:
        return Path(typed[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise MonitorError(
            f"không đọc được tệp mẫu {typed[1:]}. Kiểm tra tên tệp, hoặc viết JSON ngay sau --template"
        ) from e


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameter `options` stands for all the fields of Options, each an option of its own."""

    def run(**given: Any) -> None:
        options = Options(**{field.name: given.pop(field.name) for field in fields(Options)})
        command(options=options, **given)

    hints = get_type_hints(Options, include_extras=True)
    own = get_type_hints(command, include_extras=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    asked = [
        inspect.Parameter(one.name, keyword, default=one.default, annotation=hints[one.name])
        for one in fields(Options)
        if one.default is not MISSING
    ]
    rest = [
        one.replace(kind=keyword, annotation=own[one.name])
        for one in inspect.signature(command).parameters.values()
        if one.name != "options"
    ]
    parameters = [*asked, *rest]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads the command line off it
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run
