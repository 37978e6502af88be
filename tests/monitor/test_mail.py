"""Mail over a real server that also misbehaves, and into a folder."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from monitor.errors import MonitorError
from monitor.mail import FolderMailer, Mailer, WayClosedError
from monitor.smtp import SmtpMailer
from monitor.smtp_line import SmtpSettings, read_smtp_url
from tests.monitor.certificates import Authority
from tests.monitor.mail_server import DROP, DROP_TAKEN, STALL, STALL_TAKEN, MailServer, serving

SENDER = "diem-tin@tinh.example"
LAN = "lan@tinh.example"


def a_message(
    key: str = "1", *, to: str = LAN, subject: str = "Điểm tin 28/11", text: str = "Có 2 tin mới.\n"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Điểm tin <{SENDER}>", to, subject
    message["Message-ID"] = f"<{key}@tinh.example>"
    message.set_content(text)
    return message


class HandingOver:
    """Counts how often it was called, and what the server had by then."""

    def __init__(self, server: MailServer | None = None) -> None:
        self.calls = 0
        self._server = server

    def __call__(self) -> None:
        self.calls += 1
        assert not self._server or not self._server.taken, "nothing may be given away before"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with serving(MailServer()) as server:
        yield server


Make = Callable[..., SmtpMailer]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[SmtpMailer] = []

    def make(server: MailServer, scheme: str = "smtp", *, login: str = "", **fields: object) -> SmtpMailer:
        settings = read_smtp_url(f"{scheme}://{login}127.0.0.1:{server.port}", sender=SENDER, timeout=5.0)
        made.append(SmtpMailer(replace(settings, **fields)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for mailer in made:
        mailer.close()


@pytest.fixture
def mailer(server: MailServer, make: Make) -> SmtpMailer:
    return make(server)


# --- the usual


def test_a_message_arrives_as_it_was_written(server: MailServer, mailer: SmtpMailer) -> None:
    message = a_message(subject="Điểm tin: Lào Cai đạt 92,3% " * 5, text=".dòng bắt đầu bằng chấm\n..\n.\nhết\n")
    handing_over = HandingOver(server)

    answer = mailer.send(message, LAN, handing_over=handing_over)

    assert (answer.outcome, answer.said, handing_over.calls) == ("taken", "250 2.0.0 OK", 1)
    ((recipient, taken),) = server.taken
    assert recipient == LAN
    assert taken["Subject"] == message["Subject"]
    assert taken.get_content() == message.get_content()
    assert taken.as_bytes().isascii(), "every server takes it"


@pytest.mark.parametrize("cte", ["7bit", "quoted-printable"])
def test_lines_of_dots_are_neither_the_end_nor_lost(server: MailServer, mailer: SmtpMailer, cte: str) -> None:
    text = ".a line\n..\n.\nthe end\n."
    message = a_message()
    message.set_content(text, cte=cte)

    assert mailer.send(message, LAN, handing_over=HandingOver()).outcome == "taken"

    ((_, taken),) = server.taken
    assert taken.get_content().splitlines() == text.splitlines()


def test_many_messages_go_over_one_connection(server: MailServer, mailer: SmtpMailer) -> None:
    server.rule("RCPT", "hai@tinh.example", "450 sau")
    server.rule("END", "ba@tinh.example", "554 không")

    for name in ("mot", "hai", "ba", "bon"):
        address = f"{name}@tinh.example"
        mailer.send(a_message(name, to=address), address, handing_over=HandingOver())

    assert [recipient for recipient, _ in server.taken] == ["mot@tinh.example", "bon@tinh.example"]
    assert server.connections == 1


def test_a_connection_that_went_stale_is_made_anew(server: MailServer, mailer: SmtpMailer) -> None:
    mailer.send(a_message("1"), LAN, handing_over=HandingOver())
    server.rule("MAIL", "*", DROP)

    answer = mailer.send(a_message("2"), LAN, handing_over=HandingOver())

    assert answer.outcome == "taken"
    assert server.connections == 2


def test_an_address_with_diacritics_is_sent_as_utf8_and_any_other_is_not(
    server: MailServer, mailer: SmtpMailer
) -> None:
    for address in ("lân@tinh.example", "lan@tỉnh.example"):
        assert mailer.send(a_message(to=address), address, handing_over=HandingOver()).outcome == "taken"

    assert server.commands == [
        f"MAIL {SENDER} SMTPUTF8 BODY=8BITMIME", "RCPT lân@tinh.example",
        f"MAIL {SENDER}", "RCPT lan@xn--tnh-dlz.example",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["lan@a.example\r\nRCPT TO:<x@a.example>", "lan", "@", "lan@" + "ạ" * 80 + ".vn"])
def test_an_address_that_is_none_is_never_sent_to(server: MailServer, mailer: SmtpMailer, address: str) -> None:
    answer = mailer.send(a_message(), address, handing_over=HandingOver())

    assert answer.outcome == "never"
    assert server.commands == []


def test_the_pace_is_kept(server: MailServer) -> None:
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    settings = replace(read_smtp_url(f"smtp://127.0.0.1:{server.port}", sender=SENDER), per_minute=30)
    mailer = SmtpMailer(settings, sleep=sleep, monotonic=lambda: now[0])
    for _ in range(3):
        mailer.send(a_message(), LAN, handing_over=HandingOver())
        now[0] += 0.5
    mailer.close()

    assert slept == [1.5, 1.5]


# --- a server that misbehaves


@pytest.mark.parametrize(
    ("step", "reply", "outcome", "calls"),
    [
        ("RCPT", "451 4.7.1 Greylisted, come back in 5 minutes", "later", 0),
        ("RCPT", "550 5.1.1 User unknown", "dead", 0),
        ("RCPT", "550 No such user here", "dead", 0),
        ("RCPT", "554 5.7.1 Relay access denied", "never", 0),
        ("RCPT", "552 5.2.2 Mailbox full", "later", 0),
        ("RCPT", "421 4.3.2 Too many connections", "later", 0),
        ("DATA", "451 4.3.0 Try later", "later", 0),
        ("DATA", "554 5.5.1 No valid recipients", "never", 0),
        ("DATA", DROP, "later", 0),
        ("DATA", STALL, "later", 0),
        ("END", "451 4.3.0 Queue full", "later", 1),
        ("END", "554 5.7.1 Looks like spam", "never", 1),
        ("END", "550 5.1.1 User unknown", "never", 1),
        ("END", DROP, "unknown", 1),
        ("END", STALL, "unknown", 1),
    ],
)
def test_what_the_server_says_decides_what_becomes_of_the_message(
    server: MailServer, make: Make, step: str, reply: str, outcome: str, calls: int
) -> None:
    mailer = make(server, timeout=0.05 if reply == STALL else 5.0)
    server.rule(step, LAN, reply)  # type: ignore[arg-type]
    handing_over = HandingOver(server)

    answer = mailer.send(a_message(), LAN, handing_over=handing_over)

    assert (answer.outcome, handing_over.calls) == (outcome, calls)
    if reply not in (DROP, STALL):
        assert answer.said == reply
    assert server.taken == []
    assert mailer.send(a_message("next"), "next@tinh.example", handing_over=HandingOver()).outcome == "taken"


@pytest.mark.parametrize("reply", [DROP_TAKEN, STALL_TAKEN])
def test_a_server_that_has_the_message_and_says_nothing_leaves_it_unknown(
    server: MailServer, make: Make, reply: str
) -> None:
    mailer = make(server, timeout=0.05)
    server.rule("END", LAN, reply)

    answer = mailer.send(a_message(), LAN, handing_over=HandingOver())

    assert answer.outcome == "unknown"
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    "reply", ["451 4.3.0 later", "550 5.7.1 Sender rejected", "530 5.7.0 Log in first", DROP, STALL]
)
def test_a_server_that_will_not_have_us_closes_the_way(server: MailServer, make: Make, reply: str) -> None:
    mailer = make(server, timeout=0.2 if reply == STALL else 5.0)
    server.rule("MAIL", "*", reply)
    handing_over = HandingOver()

    with pytest.raises(WayClosedError):
        mailer.send(a_message(), LAN, handing_over=handing_over)

    assert handing_over.calls == 0
    assert mailer.send(a_message(), LAN, handing_over=HandingOver()).outcome == "taken"


def test_a_message_that_is_too_big_is_refused_and_the_way_stays_open(server: MailServer, mailer: SmtpMailer) -> None:
    server.rule("MAIL", "*", "552 5.3.4 Message too big")

    assert mailer.send(a_message(), LAN, handing_over=HandingOver()).outcome == "never"


def test_a_server_that_is_away_closes_the_way() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(WayClosedError, match="không kết nối được máy chủ thư"):
            SmtpMailer(read_smtp_url(url, sender=SENDER)).send(a_message(), LAN, handing_over=HandingOver())


def test_nothing_is_given_when_the_note_of_it_can_not_be_made(server: MailServer, mailer: SmtpMailer) -> None:
    def fails() -> None:
        raise RuntimeError("no disk")

    with pytest.raises(RuntimeError, match="no disk"):
        mailer.send(a_message(), LAN, handing_over=fails)

    assert mailer.send(a_message("2"), LAN, handing_over=HandingOver()).outcome == "taken"
    assert list(server.ids) == ["<2@tinh.example>"]


# --- TLS and passwords

unencrypted = pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not requiring TLS"
)  # on loopback, where we allow it


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@unencrypted
@pytest.mark.parametrize(
    ("scheme", "offers", "is_encrypted"),
    [
        ("smtps", "smtps", True), ("smtp+starttls", "tls", True), ("smtp", "tls", True), ("smtp", None, False),
        ("smtp+plain", "tls", False),
    ],
)  # fmt: skip
def test_mail_is_encrypted_as_the_address_says(
    make: Make, authority: Authority, scheme: str, offers: str | None, is_encrypted: bool
) -> None:
    told = MailServer()
    given = {offers: authority.context} if offers else {}
    with serving(told, password="bi m@t", **given) as server:  # type: ignore[arg-type]
        mailer = make(server, scheme, login="lan:bi%20m%40t@", ca_file=authority.file)

        answer = mailer.send(a_message(), LAN, handing_over=HandingOver())

        assert answer.outcome == "taken"
        assert mailer._line is not None
        assert isinstance(mailer._line.sock, ssl.SSLSocket) == is_encrypted
        mailer.close()


def test_a_certificate_that_nobody_vouches_for_closes_the_way(make: Make, authority: Authority) -> None:
    for scheme, offers in (("smtps", "smtps"), ("smtp", "tls")):
        with serving(MailServer(), **{offers: authority.context}) as server:  # type: ignore[arg-type]
            with pytest.raises(WayClosedError, match="MONITOR_SMTP_CA_FILE"):
                make(server, scheme).send(a_message(), LAN, handing_over=HandingOver())
            assert server.taken == []


@unencrypted
@pytest.mark.parametrize("password", ["sai-bet", "sai-bẽt"])
def test_a_wrong_password_closes_the_way_and_is_not_told(make: Make, password: str) -> None:
    with serving(MailServer(), password="khác") as server, pytest.raises(WayClosedError) as raised:
        make(server, login=f"lan:{password}@").send(a_message(), LAN, handing_over=HandingOver())

    assert "MONITOR_SMTP_URL" in str(raised.value)
    assert not any(part in str(raised.value) for part in ("sai", "ẽ"))


def test_starttls_that_is_demanded_and_not_offered_closes_the_way(server: MailServer, make: Make) -> None:
    with pytest.raises(WayClosedError, match="STARTTLS"):
        make(server, "smtp+starttls").send(a_message(), LAN, handing_over=HandingOver())


def test_a_password_is_shown_nowhere() -> None:
    settings = read_smtp_url("smtps://lan:m%40t%3Akh%E1%BA%A9u@thu.example", sender=SENDER)

    assert (settings.user, settings.password, settings.port) == ("lan", "m@t:khẩu", 465)
    assert "khẩu" not in repr(settings)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example",
        "smtp://",
        "thu.example:25",
        "smtps://lan:bí-mật@h:cổng",
        "smtp://a.example/x",
        "",
        "smtp://[::1",
    ],
)
def test_an_address_of_a_server_that_can_not_be_read_says_how_to_write_it(url: str) -> None:
    with pytest.raises(MonitorError, match="MONITOR_SMTP_URL không đọc được") as raised:
        read_smtp_url(url, sender=SENDER)

    assert "bí-mật" not in str(raised.value)


# --- the folder


def test_a_message_is_written_whole_under_its_id_and_once(tmp_path: Path) -> None:
    mailer: Mailer = FolderMailer(tmp_path / "thư" / "ra")
    for _ in range(2):
        answer = mailer.send(a_message("12.0.ab"), LAN, handing_over=HandingOver())

    (path,) = (tmp_path / "thư" / "ra").iterdir()
    assert (answer.outcome, path.name) == ("taken", "12.0.ab@tinh.example.eml")
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert (read["Subject"], read["To"]) == ("Điểm tin 28/11", LAN)


def test_nothing_is_written_when_the_note_of_it_can_not_be_made(tmp_path: Path) -> None:
    def fails() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        FolderMailer(tmp_path).send(a_message(), LAN, handing_over=fails)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_made_closes_the_way(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")

    with pytest.raises(WayClosedError, match="không tạo được thư mục"):
        FolderMailer(tmp_path / "tệp" / "ra").send(a_message(), LAN, handing_over=HandingOver())


def test_a_file_that_can_not_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "1@tinh.example.eml").mkdir()

    answer = FolderMailer(tmp_path).send(a_message("1"), LAN, handing_over=HandingOver())

    assert answer.outcome == "later"
    assert [path.name for path in tmp_path.iterdir()] == ["1@tinh.example.eml"]


def test_settings_are_plain_values() -> None:
    assert read_smtp_url("smtp://thu.example", sender=SENDER) == SmtpSettings(
        host="thu.example", port=25, tls="if_offered", sender=SENDER
    )
