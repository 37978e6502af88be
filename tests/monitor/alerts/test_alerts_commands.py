"""`monitor alerts` and `monitor digest` as people type them, on a store of each test's own."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from monitor.cli import run
from tests.monitor.conftest import ROOT

SENTENCE = "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Lào Cai đạt 85,2%."
Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]
Ingest = Callable[..., None]


@pytest.fixture
def monitor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: a child takes a second to start."""

    def called(*arguments: str) -> Done:
        capsys.readouterr()
        code = run(["--data", str(tmp_path / "store"), *arguments])
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, printed.out, printed.err)

    return called


@pytest.fixture
def ingest(monitor: Run, tmp_path: Path) -> Ingest:
    def come(number: int, title: str, text: str) -> None:
        line = {"url": f"https://laocai.vn/{number}", "title": title, "text": text, "source": "bao_a"}
        file = tmp_path / f"{number}.jsonl"
        file.write_text(json.dumps(line), "utf-8")
        assert monitor("ingest", str(file)).returncode == 0

    return come


def test_an_alert_is_previewed_saved_fed_sent_and_looked_up(monitor: Run, ingest: Ingest, tmp_path: Path) -> None:
    ingest(1, "Lào Cai đạt 85,2%", f"{SENTENCE} Mưa lớn kéo dài ở vùng cao.")
    letters = tmp_path / "thu"

    asked = ("--when", "tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90%")
    tried = monitor("alerts", "preview", *asked)
    added = monitor("alerts", "add", *asked, "--folder", str(letters), "--atom", "--owner", "lan", "--yes")
    key = re.findall(r"Đã lưu theo dõi (\w+)", added.stdout)[0]
    before = monitor("digest", "--due")
    ingest(2, "Lào Cai đạt 84%", "Năm 2026, tỷ lệ hồ sơ nộp trực tuyến của Lào Cai đạt 84%.")
    ingest(3, "Lào Cai đạt 95%", "Tháng 11/2026, tỷ lệ hồ sơ nộp trực tuyến của Lào Cai đạt 95%.")
    due = json.loads(monitor("digest", "--due", "--json").stdout)
    matches = json.loads(monitor("alerts", "show", key, "--json").stdout)["matches"]
    sent = monitor("alerts", "send", key)
    again = monitor("alerts", "send", key)
    (delivery,) = json.loads(monitor("alerts", "deliveries", key, "--json").stdout)

    assert "Tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90%" in tried.stdout
    assert "đạt «85,2%»" in tried.stdout
    assert f"/theo-doi/{_token(added.stdout)}/diem-tin.atom" in added.stdout
    assert "Chưa có gì đến hạn" in before.stdout
    assert due["digests"] == 0
    assert due["matched"]["left"] == 0
    assert [(match["figures"], match["digest"]) for match in matches] == [([0], None)]
    assert "1 đã gửi" in sent.stdout
    assert "Không có gì mới" in again.stdout
    assert (delivery["state"], delivery["channel"]) == ("sent", "folder")
    (letter,) = letters.glob("*.eml")
    message = message_from_bytes(letter.read_bytes(), policy=policy.default)
    assert "84%" in message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert message["Message-ID"] == delivery["message_id"]


def _token(printed: str) -> str:
    return re.findall(r"/theo-doi/([\w-]{32})/", printed)[0]


def test_alerts_are_listed_paused_taken_up_removed_and_restored(monitor: Run) -> None:
    add = ("alerts", "add", "một cửa", "--name", "Một cửa", "--mail", "lan@example.vn", "--owner", "lan")
    added = monitor(*add)
    twice = monitor(*add)
    listed = json.loads(monitor("alerts", "list", "--json").stdout)
    states = []
    for verb in ("pause", "resume", "remove", "resume"):
        done = monitor("alerts", verb, "một cửa")
        assert done.returncode == 0, done.stderr
        states.append(json.loads(monitor("alerts", "show", "Một cửa", "--json").stdout)["state"])
    monitor("alerts", "remove", listed[0]["id"])
    table, everything = monitor("alerts", "list"), monitor("alerts", "list", "--all")

    assert added.returncode == 0
    assert "MONITOR_SMTP_URL" in added.stderr
    assert twice.returncode == 1
    assert "đã có theo dõi y như vậy" in twice.stderr
    assert [(one["name"], one["owner"], one["schedule"]["at"]) for one in listed] == [("Một cửa", "lan", "07:00")]
    assert states == ["paused", "active", "ended", "active"]
    assert (table.stdout, "Chưa có theo dõi nào" in table.stderr) == ("", True)
    assert "đã hủy" in everything.stdout


def test_what_is_typed_wrongly_is_refused_with_what_to_do(monitor: Run) -> None:
    cases = [
        (("add", 'một "cửa', "--atom"), 1, 'một "cửa\n    ^\n'),
        (("add", "một cửa"), 1, "chưa nói gửi đi đâu"),
        (("add", "--below", "90", "--atom"), 1, "chưa nói chỉ tiêu nào"),
        (("add", "x", "--mail", "lan@example.vn", "--outside"), 1, "MONITOR_BASE_URL"),
        (("add", "x", "--webhook", "https://a.vn/", "--template", "@khong-co.json"), 1, "không đọc được tệp mẫu"),
        (("show", "khong-co"), 1, "không có theo dõi nào"),
        (("send",), 1, "nêu một theo dõi"),
        (("send", "--again", "7"), 1, "không có lần gửi số 7"),
        (("deliveries", "--state", "lost"), 2, "lost"),
    ]

    for arguments, code, said in cases:
        done = monitor("alerts", *arguments)
        assert (done.returncode, said in done.stderr) == (code, True), (arguments, done.stderr)
    assert monitor("digest").returncode == 2


def test_an_outside_reader_is_asked_by_mail_and_asked_again_on_demand(monitor: Run, tmp_path: Path) -> None:
    data = tmp_path / "store"
    data.mkdir()
    data.joinpath("monitor.toml").write_text('smtp_url = "folder:thu"\nbase_url = "https://tin.example.vn"\n', "utf-8")

    added = monitor("alerts", "add", "một cửa", "--mail", "mai@example.vn", "--outside", "--owner", "Phòng báo chí")
    key = re.findall(r"Đã lưu theo dõi (\w+)", added.stdout)[0]
    refused = monitor("alerts", "resume", key)
    again = monitor("alerts", "send", key)

    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in (data / "thu").glob("*.eml")]
    assert "Đã gửi thư xác nhận đến mai@example.vn" in added.stderr
    assert "chưa xác nhận" in refused.stderr
    assert again.returncode == 0
    assert [letter["To"] for letter in letters] == ["mai@example.vn"] * 2
    assert any("Phòng báo chí, người quản trị trang tin.example.vn" in letter.get_content() for letter in letters)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("answer", "code", "saved"), [("n\n", 1, 0), ("y\n", 0, 1)])
def test_on_a_terminal_it_is_asked_before_it_is_saved(
    monitor: Run, tmp_path: Path, answer: str, code: int, saved: int
) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    command = [sys.executable, "-m", "monitor", "--data", str(tmp_path / "store"), "alerts", "add", "một cửa", "--atom"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, stdin=theirs, capture_output=True, env=environment, timeout=60, check=False)
    finally:
        os.close(ours)
        os.close(theirs)

    assert "Lưu theo dõi này?" in done.stderr.decode()
    assert done.returncode == code
    assert len(json.loads(monitor("alerts", "list", "--json").stdout)) == saved
