"""Topics of the user's own, corrections, and a model that learns from them: as commands on one store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.records import Article
from models.annotation import model_version
from models.topics.tagging import SHIPPED
from monitor.assembly import open_desk
from monitor.cli import run
from monitor.config import Config
from monitor.keeper import Keeper
from monitor.tagging import read_tagging
from tests.fakes import NOON
from tests.models.topics.test_training import a_corpus

CHATBOT = "Sở đưa chatbot vào trả lời người dân. Mỗi ngày chatbot trả lời 300 lượt hỏi về đất đai."
MACHINE = (
    "Người dân nhắn câu hỏi vào trang của phường và được máy trả lời ngay, cả ngoài giờ hành chính. Câu nào máy không chắc "
    "thì chuyển cho cán bộ."
)
SECURITY = "Tin tặc cài mã độc tống tiền vào máy chủ của bệnh viện, mã hóa toàn bộ dữ liệu và đòi tiền chuộc."
FOOTBALL = "Chiều qua đội chủ nhà thắng 2-1 nhờ hai bàn trong hiệp hai, trước gần mười nghìn khán giả."


@pytest.fixture
def store(tmp_path: Path) -> Config:
    config = Config(data=tmp_path / "store")
    texts = {"chatbot": CHATBOT, "machine": MACHINE, "security": SECURITY, "football": FOOTBALL}
    with open_desk(config) as desk:
        keeper = Keeper(desk, now=NOON)
        for name, text in texts.items():
            keeper.add(Article(url=url_of(name), title=f"Tin {name}", text=text, source_id="bao", fetched_at=NOON))
        keeper.flush()
        keeper.index()
    return config


def url_of(name: str) -> str:
    return f"https://bao.example/{name}.html"


def monitor(store: Config, *arguments: str) -> int:
    return run(["--data", str(store.data), *arguments])


def titles(store: Config, topic: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    capsys.readouterr()
    assert monitor(store, "search", "--topic", topic, "--json") == 0
    return {hit["title"] for hit in json.loads(capsys.readouterr().out)["hits"]}


# --- topics of one's own


def test_a_new_topic_tags_the_archive_from_words_alone_and_says_how_many(
    store: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(store, "topics", "add", "Trợ lý ảo", "--words", "trợ lý ảo, chatbot") == 0

    said = capsys.readouterr().out
    assert "Đã xem lại 4 bài: 1 bài thay đổi (1 bài được gắn, 0 bài bỏ gắn)" in said
    assert titles(store, "trợ lý ảo", capsys) == {"Tin chatbot"}


def test_examples_widen_a_topic_and_stay_with_it(
    store: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monitor(store, "topics", "add", "Trợ lý ảo", "--words", "chatbot")
    file = tmp_path / "examples.jsonl"
    shown = [MACHINE.replace("phường", "xã"), f"Tin vắn. {MACHINE}", MACHINE.upper()]
    rows = [{"text": text} for text in shown] + [{"text": FOOTBALL, "topic": False}]
    file.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n{"text": 1}\nnot json\n', "utf-8"
    )

    code = monitor(store, "topics", "add", "Trợ lý ảo", "--examples", str(file))

    output = capsys.readouterr()
    assert code == 1
    assert "dòng 5: " in output.err
    assert "dòng 6: " in output.err
    assert "1 từ khóa, 4 bài mẫu" in output.out
    assert titles(store, "tro_ly_ao", capsys) == {"Tin chatbot", "Tin machine"}


def test_a_topic_shows_its_words_its_examples_and_its_newest_articles(
    store: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "examples.jsonl"
    rows = [{"title": "", "text": MACHINE, "topic": True}, {"title": "", "text": FOOTBALL, "topic": False}]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert monitor(store, "topics", "add", "Trợ lý ảo", "--words", "trợ lý ảo, chatbot", "--examples", str(file)) == 0
    capsys.readouterr()

    assert monitor(store, "topics", "show", "Trợ lý ảo") == 0

    said = capsys.readouterr().out
    assert "Trợ lý ảo (tro_ly_ao)\nTừ khóa: trợ lý ảo, chatbot\nBài mẫu: 1 bài thuộc chủ đề, 1 bài không thuộc." in said
    assert "Tin chatbot" in said


def test_words_that_nearly_every_article_holds_are_said_to_tell_nothing_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config(data=tmp_path / "large")
    with open_desk(config) as desk:
        keeper = Keeper(desk, now=NOON)
        for number in range(24):
            text = f"Huyện số {number} họp và bàn việc xây chợ, sửa đường và trồng cây. {FOOTBALL if number % 2 else MACHINE}"
            keeper.add(Article(url=url_of(f"so-{number}"), title="Tin", text=text, source_id="bao", fetched_at=NOON))
        keeper.flush()
        keeper.index()

    assert monitor(config, "topics", "add", "Chung chung", "--words", "và") == 0

    assert "từ khóa có lẽ quá thường gặp" in " ".join(capsys.readouterr().err.split())


def test_new_articles_get_the_topic_as_they_come(store: Config) -> None:
    monitor(store, "topics", "add", "Trợ lý ảo", "--words", "chatbot")

    with open_desk(store) as desk:
        article = Article(url=url_of("new"), title="Tin mới", text=CHATBOT, source_id="bao", fetched_at=NOON)
        (stored,) = [*(keeper := Keeper(desk, now=NOON)).add(article), *keeper.flush()]
        document = desk.archive.document(stored.id)

    assert document is not None
    assert "tro_ly_ao" in document.topics


def test_a_removed_topic_is_gone_from_the_articles(store: Config, capsys: pytest.CaptureFixture[str]) -> None:
    monitor(store, "topics", "add", "Trợ lý ảo", "--words", "chatbot")

    assert monitor(store, "topics", "remove", "Trợ lý ảo") == 0

    assert "0 bài được gắn, 1 bài bỏ gắn" in capsys.readouterr().out
    assert monitor(store, "topics", "list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["topic"] for row in rows if row["own"]] == []
    assert len(rows) == 8


def test_a_topic_that_is_not_there_is_told_with_those_that_are(
    store: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(store, "topics", "remove", "Robot") == 1
    assert "không có chủ đề nào của bạn tên là “Robot”" in capsys.readouterr().err


# --- corrections


def test_a_correction_shows_in_search_at_once_and_on_the_list(
    store: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    added = monitor(
        store, "corrections", "add", url_of("security"), "--not", "An toàn thông tin", "--topic", "infrastructure",
        "--who", "Lan", "--note", "thử",
    )  # fmt: skip

    assert added == 0
    assert titles(store, "security", capsys) == set()
    assert titles(store, "infrastructure", capsys) == {"Tin security"}
    assert monitor(store, "corrections", "list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["topic"], row["was"], row["now"], row["who"], row["note"]) for row in rows] == [
        ("security", True, False, "Lan", "thử"), ("infrastructure", False, True, "Lan", "thử"),
    ]  # fmt: skip


def test_a_correction_that_agrees_with_the_model_is_told_as_a_confirmation(
    store: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(store, "corrections", "add", url_of("security"), "--topic", "security") == 0
    assert "xác nhận có" in capsys.readouterr().out

    assert monitor(store, "corrections", "list") == 0
    assert "xác nhận có" in capsys.readouterr().out


def test_an_undone_correction_leaves_it_to_the_model_again(store: Config, capsys: pytest.CaptureFixture[str]) -> None:
    monitor(store, "corrections", "add", url_of("security"), "--not", "security")

    assert monitor(store, "corrections", "add", url_of("security"), "--undo", "security") == 0

    assert titles(store, "security", capsys) == {"Tin security"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nowhere", "--topic", "security"), "không có bài “nowhere” trong kho"),
        ((url_of("security"),), "chưa nói sửa gì"),
        ((url_of("security"), "--topic", "bóng đá"), "không có chủ đề nào tên là “bóng đá”"),
        ((url_of("security"), "--topic", "security", "--not", "security"), "được nêu hai lần"),
    ],
)
def test_a_correction_that_cannot_be_says_what_to_do(
    store: Config, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], reason: str
) -> None:
    assert monitor(store, "corrections", "add", *arguments) == 1
    assert reason in capsys.readouterr().err


def test_what_is_exported_is_imported_elsewhere_once(
    store: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monitor(store, "corrections", "add", url_of("security"), "--not", "security", "--who", "Lan")
    monitor(store, "corrections", "add", url_of("security"), "--undo", "security", "--who", "Minh")
    monitor(store, "corrections", "add", url_of("football"), "--topic", "digital_skills", "--who", "Minh")
    capsys.readouterr()
    monitor(store, "corrections", "export")
    file = tmp_path / "corrections.jsonl"
    lines = capsys.readouterr().out
    file.write_text(lines + '{"url": "https://a.vn/x", "topic": "security", "now": true}\n{"topic": 1}\n', "utf-8")
    with open_desk(other := Config(data=tmp_path / "other")) as desk:
        keeper = Keeper(desk, now=NOON)
        for name, text in (("security", SECURITY), ("football", FOOTBALL)):
            keeper.add(Article(url=url_of(name), title=name, text=text, source_id="bao", fetched_at=NOON))
        keeper.flush()

    first = monitor(other, "corrections", "import", str(file)), capsys.readouterr()
    second = monitor(other, "corrections", "import", str(file)), capsys.readouterr()

    assert (first[0], second[0]) == (1, 1)  # two bad lines
    assert "Đã nhập 3 lần sửa; 0 lần đã có" in first[1].out
    assert "dòng 4: không có bài này trong kho" in first[1].err
    assert "dòng 5: " in first[1].err
    assert "Đã nhập 0 lần sửa; 3 lần đã có" in second[1].out
    monitor(other, "corrections", "export")
    exported = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["topic"], row["was"], row["now"], row["who"], row["at"]) for row in exported] == [
        (row["topic"], row["was"], row["now"], row["who"], row["at"]) for row in map(json.loads, lines.splitlines())
    ]


# --- a model that learns from corrections


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = [{"id": e.id, "origin": e.origin, "title": e.title, "text": e.text, "topics": e.topics} for e in a_corpus()]
    (folder / "a.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return folder


def test_a_model_that_does_worse_is_not_put_into_service_unless_told_to(
    store: Config, small_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monitor(store, "corrections", "add", url_of("security"), "--topic", "infrastructure")
    arguments = ("train", "--corpus", str(small_corpus))
    capsys.readouterr()

    assert monitor(store, *arguments) == 1
    said = capsys.readouterr()
    assert "1 bài đã sửa" in said.err
    assert "Điểm kém hơn mô hình đang dùng" in said.out
    assert not store.model_path.exists()

    assert monitor(store, *arguments, "--force") == 0
    assert store.model_path.exists()
    with open_desk(store) as desk:
        tagging = read_tagging(store, desk.archive)
    assert tagging.model == store.model_path
    assert model_version(tagging) != model_version(SHIPPED)


def test_the_archive_read_again_is_tagged_by_the_stores_own_model(
    store: Config, small_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monitor(store, "corrections", "add", url_of("football"), "--topic", "digital_skills")
    monitor(store, "train", "--corpus", str(small_corpus), "--force")

    assert monitor(store, "reindex", "--annotate") == 0

    with open_desk(store) as desk:
        versions = {desk.archive.annotation(document.id).model_version for document in desk.archive.all_documents()}  # type: ignore[union-attr]
        assert versions == {model_version(read_tagging(store, desk.archive))}
    assert "Tin football" in titles(store, "digital_skills", capsys)


def test_a_topic_of_ones_own_learns_from_corrections_when_one_trains(
    store: Config, small_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monitor(store, "topics", "add", "Trợ lý ảo", "--words", "chatbot")
    for name in ("machine", "chatbot"):
        monitor(store, "corrections", "add", url_of(name), "--topic", "tro_ly_ao")

    assert monitor(store, "train", "--corpus", str(small_corpus), "--force", "--output", str(store.data / "x.npz")) == 0

    assert "Chủ đề “Trợ lý ảo” đã học lại" in capsys.readouterr().out
    with open_desk(store) as desk:
        (saved,) = desk.archive.own_topics()
    assert saved.topic.weights


def test_an_older_correction_that_is_imported_does_not_undo_a_newer_one(
    store: Config, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monitor(store, "corrections", "add", url_of("security"), "--not", "security")
    file = tmp_path / "old.jsonl"
    row = {"url": url_of("security"), "topic": "security", "now": True, "at": "2020-01-01T00:00:00+07:00", "who": "Lan"}
    file.write_text(json.dumps(row), "utf-8")

    assert monitor(store, "corrections", "import", str(file)) == 0

    assert "Đã nhập 0 lần sửa; 0 lần đã có từ trước; 1 lần cũ hơn" in capsys.readouterr().out
    assert titles(store, "security", capsys) == set()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "kinh tế số"), "“Kinh tế số” là tên của chủ đề có sẵn"),
        (("add", "Cờ", "--words", ", ,"), "--words không có từ khóa nào"),
        (("remove", "security"), "không có chủ đề nào của bạn"),
    ],
)
def test_a_topic_command_that_cannot_be_says_why(
    store: Config, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], reason: str
) -> None:
    assert monitor(store, "topics", *arguments) == 1
    assert reason in capsys.readouterr().err


def test_a_topic_added_again_is_said_to_be_changed(store: Config, capsys: pytest.CaptureFixture[str]) -> None:
    monitor(store, "topics", "add", "Trợ lý ảo", "--words", "chatbot")

    assert monitor(store, "topics", "add", "trợ lý ảo", "--words", "trợ lý ảo") == 0

    assert "đã sửa: 1 từ khóa" in capsys.readouterr().out


def test_doctor_says_whose_model_serves(store: Config, small_corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monitor(store, "doctor")
    assert "Mô hình: kèm theo chương trình" in capsys.readouterr().out
    monitor(store, "corrections", "add", url_of("football"), "--topic", "digital_skills")
    monitor(store, "train", "--corpus", str(small_corpus), "--force")
    capsys.readouterr()

    monitor(store, "doctor")

    assert "Mô hình: của kho này, học từ 64 đoạn văn và 1 bài đã sửa" in capsys.readouterr().out
