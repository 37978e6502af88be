"""The settings of alerts: what they mean, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from monitor.assembly import make_mailer
from monitor.config import Config, ConfigError, read_config
from monitor.errors import MonitorError
from monitor.mail import FolderMailer, WayClosedError
from monitor.smtp import SmtpMailer


def test_the_address_of_the_sender_is_read_from_its_name_and_address() -> None:
    assert Config(mail_from="Điểm tin <diem-tin@tinh.example>").mail_address == "diem-tin@tinh.example"
    assert Config(mail_from="diem-tin@tinh.example").mail_address == "diem-tin@tinh.example"
    assert Config().mail_address is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_FROM", "Điểm tin"), ("MAIL_FROM", "a@b.vn\r\nBcc: c@d.vn"), ("BASE_URL", "tin.tinh.vn"),
        ("MAIL_PER_MINUTE", "0"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_by_its_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MONITOR_{name}", value)

    with pytest.raises(ConfigError, match=f"MONITOR_{name}"):
        read_config()


def test_mail_goes_where_the_settings_say(tmp_path: Path) -> None:
    folder = make_mailer(Config(data=tmp_path, smtp_url=SecretStr("folder:thu")))
    server = make_mailer(Config(smtp_url=SecretStr("smtp://thu.example"), mail_from="diem-tin@tinh.example"))

    assert isinstance(folder, FolderMailer)
    assert isinstance(server, SmtpMailer)


def test_without_a_server_or_a_sender_mail_waits_and_it_is_said_what_to_set() -> None:
    with pytest.raises(WayClosedError, match="MONITOR_SMTP_URL"):
        make_mailer(Config())
    with pytest.raises(WayClosedError, match="MONITOR_MAIL_FROM"):
        make_mailer(Config(smtp_url=SecretStr("smtp://thu.example")))
    with pytest.raises(MonitorError, match="không đọc được"):
        make_mailer(Config(smtp_url=SecretStr("thu.example"), mail_from="a@b.example"))
