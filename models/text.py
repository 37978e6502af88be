"""Vietnamese text at the level of characters, syllables and sentences. Nothing but `re` and `unicodedata`.

Offsets: `fold` and `unify_tones` keep the length of an NFC text, so a span of their result is a span of that text.
`normalise` may not (NFD, zero-width characters); `models.alignment.align` does the same and knows the way back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Span = tuple[int, int]

# --- characters -------------------------------------------------------------------------------------------------------

# Zero-width characters, soft hyphens and bidi marks: word processors and portals leave them inside words.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
DROPPED = re.compile(f"[{_INVISIBLE}]")
# Replaced one for one, so these alone move no offset.
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]"
)
_CARRIAGE_RETURN = re.compile("\r(?!\n)")


def normalise(text: str) -> str:
    """NFC, without what breaks searching: controls, zero-width characters, lone surrogates, odd spaces.

    Tab and newline stay, a lone surrogate becomes U+FFFD. Lengths can change, so offsets into the result are not
    offsets into `text`; whoever needs those uses `align`.

    >>> normalise("ho\\u0300a\\u00a0bi\\u0300nh\\u200b")
    'hòa bình'
    >>> normalise("hỏng \\ud83d!")
    'hỏng \ufffd!'
    """
    return unicodedata.normalize("NFC", text if is_clean(text) else DROPPED.sub("", replace_unclean(text)))


def is_clean(text: str) -> bool:
    """Whether a text surely holds nothing to replace or to drop: none of that is printable, and to ask so is quick."""
    return text.replace("\n", " ").replace("\t", " ").isprintable()


def replace_unclean(text: str) -> str:
    """With a blank, a line's end or U+FFFD for each of the controls, odd spaces and lone surrogates; of the same length."""
    return _UNCLEAN.sub(_stand_in, _CARRIAGE_RETURN.sub("\n", text)) if _UNCLEAN.search(text) else text


def _stand_in(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return "\n" if character in "\x0b\x0c\x85\u2028\u2029" else " "


class _FoldTable(dict[int, str | None]):
    """One character ─► one character without diacritics, lower case; worked out when first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        folded: str | None = None
        if not unicodedata.combining(character):
            base = unicodedata.normalize("NFD", character)[0].lower()
            folded = {"đ": "d", "ð": "d"}.get(base[0], base[0])
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Without diacritics and in lower case, đ → d. For searching and matching only, never for storage.

    Keeps the length of an NFC text; combining marks of an NFD one fall away.

    >>> fold("Đắk Lắk: ĐỀ ÁN 06")
    'dak lak: de an 06'
    """
    return text.lower() if text.isascii() else text.translate(_FOLD)


# --- syllables --------------------------------------------------------------------------------------------------------

_TONES = 5
_PLAIN_TO_TONED = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ", "o": "òóỏõọ", "u": "ùúủũụ"}
_GLIDES = (("o", "a"), ("o", "e"), ("u", "y"))


def _tone_pairs() -> tuple[dict[str, str], dict[str, str]]:
    """oà → òa where a syllable ends, òa → oà where it goes on; in all the ways of writing capitals."""
    open_pairs: dict[str, str] = {}
    closed_pairs: dict[str, str] = {}
    for glide, vowel in _GLIDES:
        for tone in range(_TONES):
            late, early = glide + _PLAIN_TO_TONED[vowel][tone], _PLAIN_TO_TONED[glide][tone] + vowel
            for case in (str.lower, str.upper, str.capitalize):
                open_pairs[case(late)], closed_pairs[case(early)] = case(early), case(late)
    return open_pairs, closed_pairs


_OPEN, _CLOSED = _tone_pairs()
_TONED = "àáảãạÀÁẢÃẠèéẻẽẹÈÉẺẼẸỳýỷỹỵỲÝỶỸỴ"
# Plain classes, as an alternation of all the pairs costs six times as much, and the first letter in one of them, as a search
# skips to it. Nine in ten stand right and are passed over ("hoàn", "của"); the rest is decided for each hit.
_TWO_VOWELS = re.compile(
    f"[oOuUòóỏõọÒÓỎÕỌùúủũụÙÚỦŨỤ](?:(?<=[oOuU])[{_TONED}](?<![qQ]..)(?![a-zA-Z])"
    r"|(?<![oOuU])[aAeEyY](?:(?=[^\W\d_])|(?<=[qQ]..)))"
)


def unify_tones(text: str) -> str:
    """One place for the tone where Vietnamese writes two: hoà = hòa, thuý = thúy, hóan = hoán, qúy = quý.

    Follows underthesea's normaliser, which leaves i and y as they are (kĩ thuật ≠ kỹ thuật); `unify_i` is for those.
    Keeps the length, and the capitals.

    >>> unify_tones("Hoà Bình, Thuý Kiều, QÚY I, hoàn thuế")
    'Hòa Bình, Thúy Kiều, QUÝ I, hoàn thuế'
    """
    return _TWO_VOWELS.sub(_move_tone, text)


def _move_tone(match: re.Match[str]) -> str:
    letters = match[0]
    text, start, end = match.string, match.start(), match.end()
    after_q = start > 0 and text[start - 1] in "qQ"  # the u belongs to the q: quý keeps its tone on the y
    if after_q or (end < len(text) and text[end].isalpha()):
        return _CLOSED.get(letters, letters)
    return _OPEN.get(letters, letters)


_FINAL_Y = re.compile(r"\b(qu|[hklmstHKLMST]|Qu|QU)([yỳýỷỹỵYỲÝỶỸỴ])\b")
_Y_TO_I = str.maketrans("yỳýỷỹỵYỲÝỶỸỴ", "iìíỉĩịIÌÍỈĨỊ")


def unify_i(text: str) -> str:
    """One spelling for i and y at the end of a syllable: kỹ thuật = kĩ thuật, tỷ lệ = tỉ lệ. Keeps the length.

    >>> unify_i("Công ty chế tạo máy ở Mỹ Lý")
    'Công ti chế tạo máy ở Mĩ Lí'
    """
    return _FINAL_Y.sub(lambda match: match[1] + match[2].translate(_Y_TO_I), text)


_SYLLABLE = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")


def syllables(text: str) -> list[str]:
    """The syllables and numbers of an NFC text, as written.

    >>> syllables("Đạt 15,91% (1.245 hồ sơ); Covid-19.")
    ['Đạt', '15,91', '1.245', 'hồ', 'sơ', 'Covid', '19']
    """
    return _SYLLABLE.findall(text)


# --- sentences --------------------------------------------------------------------------------------------------------

_OPENERS = "\"'“”‘«(\\[–—\\-•*+#_"
# Where a sentence may end: end marks with what closes after them, then space and no small letter; a line's end; or a
# missing space after a full stop ("hồ sơ.Đến nay").
_BREAK = re.compile(
    rf"(?P<mark>[.!?…]+)[\"'”’»)\]*_]*[ \t]+(?=[{_OPENERS} \t]*(?P<next>[^\W_]))"
    r"|(?P<line>\n\s*)"
    r"|(?P<glued>\.)(?=[^\W\d_a-z][^\W\d_A-Z]+[ ,])(?<=[^\W\d_A-Z]{2}\.)"
)
# All of these begin with one of four marks or a line's end, which a search skips to: half the time.
_MARK = re.compile(r"[.!?…\n]")
_TOKEN_BEFORE = re.compile(r"[^\s(\"“‘\[]*$")
# Shortened words that a name or a number follows. Others ("kg.", "v.v.") may end a sentence.
_ABBREVIATIONS = frozenset(
    """
    tp t.p q p h x tx tt đ kp th.s ths ts t.s pgs p.gs gs g.s bs b.s ks k.s ls l.s cn ncs nsnd nsưt gs.ts pgs.ts gs.tskh
    tskh pgs.tskh gs.bs ts.bs pgs.ts.bs ths.bs bs.ckii bs.cki ckii cki mr mrs ms dr st no vol đt sđt tel fax nxb tr đc stt
    vd v.d
    """.split()  # noqa: SIM905  one word a line reads worse
)
_ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLivxl]{1,6}|[a-zđA-ZĐ])")


def split_sentences(text: str) -> list[Span]:
    """Where the sentences of a text stand, without the space around them; together they hold all that is not space.

    A line's end parts sentences unless the next line goes on with a small letter. Domains, TP., Th.S, "/." and 1.245
    do not, nor does the number that heads an item.

    >>> text = "Theo mic.gov.vn, TP. Huế đạt 1.245 điểm. Nơi nhận:/.\\nMột. Hai"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Theo mic.gov.vn, TP. Huế đạt 1.245 điểm.', 'Nơi nhận:/.', 'Một.', 'Hai']
    """
    spans: list[Span] = []
    start = len(text) - len(text.lstrip())
    for match in _breaks(text):
        if match.start() >= start and _ends_sentence(text, start, match):
            spans.append((start, start + len(text[start : match.end()].rstrip())))
            start = match.end()
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """As _BREAK.finditer."""
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() >= end and (match := _BREAK.match(text, mark.start())):
            yield match
            end = match.end()


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if match["line"] is not None:
        return _ends_line(text, match)
    if match["glued"]:
        return _is_glued(text, start, match)
    if match["next"].islower():
        return False
    return match["mark"] != "." or not _is_abbreviated(text, start, match)


def _ends_line(text: str, match: re.Match[str]) -> bool:
    if match["line"].count("\n") > 1 or match.start() == 0 or match.end() == len(text):
        return True
    return not text[match.end()].islower() or text[match.start() - 1] in ".!?…:;"


def _is_abbreviated(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to the word before it: TP. Huế, Q. 1, "2. Giao Sở …", Nguyễn V. Nam."""
    token = _word_before(text, start, match.start())
    if start + len(token) == match.start() and _ENUMERATOR.fullmatch(token):
        return True
    if token.lower() in _ABBREVIATIONS:
        return not token.islower() or len(token) > 1
    return len(token) == 1 and token.isupper()


def _is_glued(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop without a space ends a sentence; "VnExpress.Net" and "Tp.Hồ Chí Minh" are one word each."""
    token = _word_before(text, start, match.start())
    return token.lower() not in _ABBREVIATIONS and "." not in token and not token.isascii()


def _word_before(text: str, start: int, position: int) -> str:
    first = max(start, position - 20)
    word = text[max(first, text.rfind(" ", first, position) + 1) : position]
    if word.isalnum():  # nine in ten
        return word
    found = _TOKEN_BEFORE.search(text[first:position])
    return found[0] if found else ""
