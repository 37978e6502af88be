"""The ways in which Vietnamese prose names a time, each with the words it begins with and how its days are counted."""

from __future__ import annotations

import re

from models.times import spans
from models.times.rarer_words import RARER_WAYS
from models.times.shapes import (
    BARE_YEAR_ENDS,
    COUNT,
    COUNTED,
    COUNTS_OF_MONTHS,
    DATES,
    NO_RECORD,
    NO_SCALE,
    NOT_COUNTED,
    NOT_FIVE,
    NOT_SEVERAL,
    NOW,
    RELATIVE,
    ROMAN,
    TO,
    WHICH,
    YEAR_ENDS,
    YEARS,
    Way,
    counted,
    day_shape,
    spaced,
)  # fmt: skip
from models.times.spans import MONTHS, TIME_ENDS, YEAR
from models.vocabulary import alternatives, any_of

# The more telling ways of one beginning come first.
WAYS = (
    *RARER_WAYS,
    Way(
        DATES,
        spaced(rf"(?P<month1>0?[1-9]|1[0-2])\s?[-–—]\s?(?P<month2>0?[1-9]|1[0-2])/(?P<year2>{YEAR})(?![\d/-])"),
        spans.read_months,
        is_range=True,
    ),
    Way(DATES, spaced(rf"{day_shape('1', '?')}{TO}{day_shape('2', '?')}(?![\d/%])"), spans.read_days, is_range=True),
    Way(("ngày",), spaced(rf"ngày\s+{day_shape('1', '?')}{TO}{day_shape('2', '?')}(?![\d/%])"), spans.read_days, is_range=True),
    Way(
        ("ngày", "tuần từ", "từ"),
        spaced(rf"(?:ngày|(?:tuần\s+)?từ(?:\s+ngày)?)\s+(?P<day1>\d{{1,2}}){TO}{day_shape('2', '?')}(?![\d/%])"),
        spans.read_days_of_month,
        is_range=True,
    ),
    Way(
        ("ngày",),
        spaced(rf"ngày\s+(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}})(?:\s+năm\s+(?P<year>{YEAR}))?"),
        spans.read_day,
        is_day=True,
    ),
    Way(
        ("ngày",),
        spaced(
            rf"""ngày\s+(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})
            (?:\s?[/.-]\s?(?P<year>{YEAR})(?!\d)|(?!\d|[/.,-]\d|\s?%))"""
        ),
        spans.read_day,
        is_day=True,
    ),
    Way(
        DATES,
        spaced(rf"(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{YEAR})(?!\d)"),
        spans.read_day,
        is_day=True,
    ),
    Way(
        DATES,
        spaced(rf"{NO_SCALE}(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<which>{YEAR})(?![\d/-]|[.,]\d|\s?%)"),
        spans.read_month,
    ),
    Way(YEARS, spaced(rf"(?P<year1>{YEAR})\s?[-–—]\s?(?P<year2>{YEAR})(?![\d/-])"), spans.read_years, is_range=True),
    Way(
        ("tháng",),
        spaced(
            rf"""tháng\s+(?P<month1>\d{{1,2}})(?:(?:[/.-]|\s+năm\s+)(?P<year1>{YEAR}))?{TO}(?P<month2>\d{{1,2}})
            (?:\s?(?:[/.-]|\s+năm\s+)\s?(?P<year2>{YEAR})|(?![\d.,/-]|\s?%))"""
        ),
        spans.read_months,
        is_range=True,
    ),
    Way(
        ("tháng", "đầu tháng", "giữa tháng", "cuối tháng", "hết tháng"),
        spaced(
            rf"""(?:(?P<edge>đầu|giữa|cuối|hết)\s+)?tháng\s+(?P<month>\d{{1,2}})
            (?:\s?(?:[/.-]|,?\s+năm\s+)\s?(?P<which>{YEAR}|{RELATIVE})(?![\d/-]|[.,]\d|\s?%)|(?![/.,-]?\d|\s?%))"""
        ),
        spans.read_month,
    ),
    Way(
        ("tháng", "đầu tháng", "giữa tháng", "cuối tháng", "hết tháng"),
        spaced(
            rf"""(?:(?:đầu|giữa|cuối|hết)\s+)?tháng\s+(?P<month>{alternatives(MONTHS)})(?!\w|\s+(?:lần|kỳ|đợt|lượt))
            (?:\s+năm\s+(?P<which>{YEAR}|{RELATIVE})\b)?"""
        ),
        spans.read_month,
    ),
    Way(
        ("tháng đầu", "tháng cuối"),
        spaced(
            rf"""(?<!\d\s){NOT_SEVERAL}tháng\s+(?P<part>đầu|cuối)\s+(?:tiên\s+|cùng\s+)?(?:của\s+)?
            (?:năm(?:\s+(?P<which>{YEAR}|{RELATIVE})\b)?|(?P<bare>{YEAR})\b)"""
        ),
        spans.read_first_month,
        behind=re.compile(r"(?:^|[\W\d_]\s*|\b(?:trong|của|ngay|riêng|là|qua|và|từ|chỉ|đây|vào|sau|hết)\s+)$"),
    ),
    Way(("tháng",), spaced(r"tháng\s+(?P<which>này|trước|vừa\s+qua|qua)\b"), spans.read_near_month),
    *(
        way
        for begins in (COUNTS_OF_MONTHS, COUNTED)
        for way in (
            Way(
                begins,
                spaced(
                    rf"""(?P<count>{COUNT})\s+(?P<unit>tháng|quý)\s+(?P<part>đầu|cuối)\s+(?:tiên\s+)?(?:của\s+)?
                    (?:năm(?:\s+(?P<which>{YEAR}|nay|ngoái|trước)\b)?|(?P<bare>{YEAR})\b)"""
                ),
                spans.read_part_of_year,
                is_scope=True,
            ),
            Way(
                begins,
                spaced(rf"(?!1[3-9]|[2-9]\d)(?P<count>{COUNT})\s+(?P<unit>tháng|quý)\s+(?:của\s+)?năm\s+{WHICH}"),
                spans.read_first_months,
                is_scope=True,
            ),
            Way(
                begins,
                spaced(
                    rf"""(?:(?<!\bsau\s)|(?!{COUNT}\s+tháng\s*[.;)]))(?P<count>{COUNT})\s+tháng(?:(?P<since>\s+(?:vừa\s+)?qua\b)
                    |(?<=\btháng)(?=\s*[,;:)(]|\s+(?:vượt|thu|xuất|nhập|tăng|giảm|khởi|chi|lãi|lỗ|đón)\b|\s+(?:gần\s|hơn\s|khoảng\s)?\d|\s+(?:toàn|tỉnh|cả|ước|đạt|là|có|đã|đầu|vừa|của)(?![^\W\d])|\.\s|\s*$))"""
                ),
                spans.read_months_so_far,
                is_scope=True,
            ),
            Way(
                begins,
                spaced(rf"(?P<count>{COUNT})\s+tháng\b(?!\s+(?:liên|tới|nữa|trở|kể|một|\d))"),
                spans.read_months_so_far,
                is_scope=True,
                behind=re.compile(r"\b(?:lũy kế|luỹ kế|kết quả|sơ kết|tổng kết|số liệu|qua)\s+$"),
            ),
        )
    ),
    *(
        Way(
            begins,
            spaced(
                rf"{NO_RECORD}(?P<count>{COUNT})\s+năm\s+(?:liên\s+tiếp\s+|liền\s+)?(?:gần\s+(?:đây|nhất)|(?:vừa\s+)?qua|trở\s+lại\s+đây)\b"
            ),
            spans.read_years_past,
            is_range=True,
        )
        for begins in (COUNTS_OF_MONTHS, counted("năm"))
    ),
    Way(
        ("nửa đầu", "nửa cuối", "nửa năm"),
        spaced(rf"nửa\s+(?:(?:đầu|cuối)\s+(?:năm|(?={YEAR}\b))|năm\s+(?:đầu|cuối))(?:\s*(?:năm\s+)?(?P<which>{YEAR}|nay|ngoái)\b)?"),
        spans.read_half_year,
        is_scope=True,
    ),
    Way(
        ("quý",),
        spaced(
            rf"quý\s+(?P<quarter1>{ROMAN}){TO}(?:quý\s+)?(?P<quarter2>{ROMAN})\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>{YEAR})"
        ),
        spans.read_quarters,
        is_scope=True,
        is_range=True,
    ),
    Way(
        ("quý",),
        spaced(
            rf"""quý\s+(?:(?P<quarter>{ROMAN}(?!\w)|(?:một|hai|ba|bốn|tư)(?={TIME_ENDS}|\s*(?:[/.-]|\s+năm)))
            (?:\s*(?:[/.-]|,?\s+năm\s+|(?=\s{YEAR})\s)\s*(?P<which>{YEAR}|nay|ngoái|trước)\b)?)"""
        ),
        spans.read_quarter,
        is_scope=True,
    ),
    Way(
        ("quý",),
        spaced(r"quý\s+(?P<which>này|trước|vừa\s+qua|qua|đầu(?=(?:\s+tiên)?(?:\s+của)?\s+năm)|cuối(?=\s+năm))\b(?:(?:\s+tiên)?(?:\s+của)?\s+năm)?"),
        spans.read_near_quarter,
        is_scope=True,
    ),
    Way(("năm học",), spaced(rf"năm\s+học\s+(?P<year1>{YEAR})\s?[-–—]\s?(?P<year2>{YEAR})"), spans.read_school_year),
    Way(
        ("năm", "giai đoạn", "thời kỳ", "nhiệm kỳ", "các năm"),
        spaced(rf"(?:các\s+)?(?:giai\s+đoạn|năm|thời\s+kỳ|nhiệm\s+kỳ)\s+(?:từ\s+)?(?:năm\s+)?(?P<year1>{YEAR}){TO}(?P<year2>{YEAR})(?!\d)"),
        spans.read_years,
        is_range=True,
    ),
    Way(
        ("giai đoạn",),
        spaced(
            rf"""giai\s+đoạn\s+(?:từ\s+)?(?:tháng\s+)?(?P<month1>\d{{1,2}})/(?P<year1>{YEAR}){TO}(?P<month2>\d{{1,2}})/
            (?P<year2>{YEAR})(?!\d)"""
        ),
        spans.read_months,
        is_range=True,
    ),
    Way(
        ("đầu năm",),
        spaced(rf"đầu\s+năm(?:\s+(?P<which>{YEAR}|nay))?\s+(?:cho\s+)?(?:đến|tới)\s+nay\b"),
        spans.read_year_so_far,
        is_range=True,
    ),
    Way(
        ("đầu năm",),
        spaced(r"đầu\s+năm\b(?!\s+(?:học|\d|nay|ngoái|trước|sau|tới))"),
        spans.read_year_begun, behind=re.compile(r"\btừ\s+$"),
    ),
    Way(("năm",), spaced(rf"năm\s+(?:tài\s+(?:chính|khóa|khoá)\s+)?(?P<which>{YEAR}){YEAR_ENDS}"), spans.read_year, is_scope=True),
    Way(
        ("đầu năm", "giữa năm", "cuối năm", "hết năm"),
        spaced(rf"(?P<edge>đầu|giữa|cuối|hết)\s+năm\s+(?P<which>{YEAR}{YEAR_ENDS}|(?:{RELATIVE})\b)"),
        spans.read_year,
    ),
    Way(
        ("cuối năm", "hết năm"),
        spaced(r"(?P<edge>cuối|hết)\s+năm\b(?!\s+(?:học|\d))"),
        spans.read_year,
        behind=re.compile(r"\b(?:đến|tới|trước|vào|hết|phấn đấu|dự kiến|ước)\s+(?:hết\s+)?$"),
    ),
    Way(("năm",), spaced(rf"{NOT_COUNTED}năm\s+(?P<which>{RELATIVE})\b"), spans.read_year),
    Way(
        ("cả năm", "trong năm", "kế hoạch năm", "chỉ tiêu năm", "mục tiêu năm", "của năm"),
        spaced(rf"(?:cả|trong|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|của)\s+năm\b(?!\s+(?:{YEAR}|{RELATIVE})\b){NOT_FIVE}"),
        spans.read_year,
    ),
    Way(("trong tháng", "trong quý"), spaced(rf"trong\s+(?P<unit>tháng|quý){TIME_ENDS}"), spans.read_same_part),
    Way(("thời điểm", "cuối quý", "hết quý", "cuối kỳ"),
        spaced(rf"(?:thời\s+điểm(?:\s+(?:nói\s+)?(?:trên|đó)\b|(?=,))|(?:cuối|hết)\s+(?:quý|kỳ){TIME_ENDS})"),
        spans.read_until_then, behind=re.compile(r"\b(?:đến|tới|tại|cùng)\s+$")),
    Way(("tuần",), spaced(r"tuần\s+(?:vừa\s+)?qua\b"), spans.read_week, behind=re.compile(r"(?<!cuối)(?<!đầu)(?<!giữa)(?:^|\W)$")),
    Way(
        ("đến nay", "tới nay", "đến thời điểm", "tới thời điểm", "đến hiện nay", "đến hiện tại", "đến bây giờ", "đến giờ"),
        spaced(r"(?:đến|tới)\s+(?:nay|thời\s+điểm\s+(?:này|hiện\s+tại|hiện\s+nay)|hiện\s+nay|bây\s+giờ|hiện\s+tại|giờ)\b"),
        spans.read_now,
        is_now=True,
    ),
    Way(
        ("nay",),
        spaced(r"nay(?=\s+(?:đã|toàn|tỉnh|có|còn|là|số|tỷ)\b)"),
        spans.read_now,
        is_now=True,
        behind=re.compile(r"[,;.:\n]\s*$"),
    ),
    Way(("hiện",), NOW, spans.read_now, is_now=True),
    Way(
        ("cùng kỳ",),
        spaced(rf"cùng\s+kỳ(?:\s+(?:của\s+)?(?:năm\s+(?P<which>{YEAR}|ngoái|trước)|(?P<bare>{YEAR})){YEAR_ENDS})?"),
        spans.read_same_period,
    ),
    Way(
        DATES,
        spaced(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?!\d|[/.,-]\d|\s?%)"),
        spans.read_bare_day,
        is_day=True,
        behind=re.compile(r"\b(?:đến|tới|trước|hết|từ)\s+$"),
    ),
    Way(
        DATES,
        spaced(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?P<year>(?!))?(?!\d|[/.,-]\d|\s?%)"),
        spans.read_day,
        is_day=True,
        behind=re.compile(r"\b(?:sáng|trưa|chiều|tối|đêm|khuya|hôm|phiên|bản\s+tin)\s+(?:(?:qua|nay),?\s*\(?)?$"),
    ),
    Way(
        YEARS,
        spaced(rf"(?P<which>{YEAR})(?:{TIME_ENDS}|{BARE_YEAR_ENDS})"),
        spans.read_year,
        behind=re.compile(r"\b(?:đến|tới|trước|hết|sang|hồi|so\s+với|cùng\s+kỳ|chỉ\s+tiêu|mục\s+tiêu)\s+$"),
    ),
    Way(
        ("đầu", "giữa", "cuối", "hết"),
        spaced(rf"(?P<edge>đầu|giữa|cuối|hết)\s+(?P<which>{YEAR})(?:{TIME_ENDS}|{BARE_YEAR_ENDS})"),
        spans.read_year,
    ),
    Way(
        YEARS,
        spaced(rf"(?P<which>{YEAR})(?=,\s*{YEAR}|\s+và\s+{YEAR})"),
        spans.read_year,
        behind=re.compile(r"\bnăm\s+(?:liền\s+|liên\s+tiếp\s+)?\(\s*$"),
    ),
    Way(
        YEARS,
        spaced(rf"(?P<which>{YEAR})(?![\w/-]|[.,:]\d|\s?%|\s(?:hồ|văn|thủ|dịch|lượt|xã|doanh|tài)\b)"),
        spans.read_year,
        is_scope=True,
        behind=re.compile(rf"\b(?:{any_of('periods.dated')})\s+$|\b(?:index|ddci|pci|papi|sipas|dti|pii|chỉ\s+số|báo\s+cáo|sách\s+trắng|điều\s+tra|khảo\s+sát|bảng|giải\s+thưởng)\s+[^,;.:\d]{{1,55}}\s$"),
    ),
)  # fmt: skip
