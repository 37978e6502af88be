"""The settings, read once from a TOML file and MONITOR_* variables."""

from __future__ import annotations

import tomllib
from email.utils import parseaddr
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

FILE = "monitor.toml"


class ConfigError(Exception):
    """A setting that can't be used; the message says which and why."""


class Config(BaseSettings):
    """All that a person may set. A variable MONITOR_X goes before the file's x, and the file before the default."""

    model_config = SettingsConfigDict(env_prefix="MONITOR_", extra="forbid", frozen=True)

    data: Path = Path("data")
    """Where everything lives: archive, index, logs, and monitor.toml."""
    database_url: SecretStr | None = None
    """The archive, such as postgresql://user:password@host/name; None is an SQLite file in `data`."""
    elasticsearch_url: str | None = None
    """The nodes of an Elasticsearch 9 cluster, parted by commas; None: the embedded index in `data`."""
    elasticsearch_api_key: SecretStr | None = None
    elasticsearch_user: str | None = None
    elasticsearch_password: SecretStr | None = None
    elasticsearch_ca_file: Path | None = None
    """The certificate of the authority that signed the cluster's own."""
    elasticsearch_prefix: str = Field(default="monitor", pattern=r"^[a-z0-9][a-z0-9_.-]{0,99}$")
    """What the names of our indices begin with; two monitors on one cluster need two."""
    elasticsearch_shards: int = Field(default=1, ge=1, le=1024)
    elasticsearch_replicas: int | None = Field(default=None, ge=0)
    """None: one copy as soon as there is a second node."""
    elasticsearch_refresh: str = Field(default="-1", pattern=r"^(-1|\d+(ms|s|m))$")
    elasticsearch_timeout: float = Field(default=30.0, gt=0)
    elasticsearch_tries: int = Field(default=4, ge=1)
    contact: str = "https://example.org/monitor"
    """An address at which outlets can reach whoever runs this monitor; it goes into the User-Agent."""
    timeout: float = Field(default=20.0, gt=0)
    """Seconds that one request may take in all."""
    max_page_bytes: int = Field(default=10_000_000, gt=0)
    """A page or feed larger than this, unpacked, is refused."""
    workers: int = Field(default=64, ge=1, le=512)
    """Hosts that are asked at the same time."""
    dead_after: int = Field(default=30, ge=2, le=150)
    """Seconds without a sign of life after which a worker counts as dead, and its work is taken up by another."""
    tries: int = Field(default=3, ge=1)
    """How often a request is tried before it has failed."""
    host: str = "127.0.0.1"
    """The address on which the web page is served."""
    port: int = Field(default=8470, ge=0, le=65535)
    demo_port: int = Field(default=8473, ge=1, le=65500)
    """The first port of the bundled newsroom; its outlets take this one and those after it."""
    poll_minutes: int = Field(default=30, ge=1)
    """How long a source that answered is left in peace."""
    smtp_url: SecretStr | None = None
    """The server that mail goes through, smtps://user:password@host, or "folder:PATH"; None: mail waits."""
    smtp_ca_file: Path | None = None
    """The certificate of the authority that signed the mail server's own."""
    smtp_timeout: float = Field(default=30.0, gt=0)
    """Seconds for each of the mail server's answers; ten times as long for the one to a whole message."""
    mail_from: str | None = None
    """Who mail is from: an address, or a name with its address in <>."""
    mail_per_minute: int | None = Field(default=None, ge=1)
    """How many messages a minute the mail server is given, at most."""
    base_url: str | None = Field(default=None, pattern=r"^https?://[^/?#\s]+[^?#\s]*$")
    """Where readers reach the web page: what links in messages begin with."""
    signups_per_hour: int = Field(default=5, ge=1)
    """How often one person may ask for a confirmation mail on the sign-up page."""
    webhooks_to_private: bool = False
    """Whether webhooks may go to this machine and to private networks."""

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        local, _, domain = parseaddr(value or "")[1].rpartition("@")
        if value and (not local or not domain or any(ord(letter) < 32 for letter in value)):
            raise ValueError('not a mail address; write "diem-tin@tinh.gov.vn" or "Điểm tin <diem-tin@tinh.gov.vn>"')
        return value

    @property
    def archive_url(self) -> str:
        """The archive's address, its password included: not to be shown."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data / 'archive.db').resolve()}"

    @property
    def is_shared(self) -> bool:
        """Whether the archive lies on a server, where workers on several machines can share the work."""
        return self.archive_url.startswith("postgres")

    @property
    def mail_address(self) -> str | None:
        """The address in `mail_from`, which bounces go to."""
        return parseaddr(self.mail_from)[1] or None if self.mail_from else None

    @property
    def index_folder(self) -> Path:
        """Where the embedded index lies."""
        return self.data / "index"

    @property
    def sources_file(self) -> Path:
        """The user's own sources, beside those that come with the program."""
        return self.data / "sources.toml"

    @property
    def model_path(self) -> Path:
        """The topic model that was trained for this store; where there is none, the shipped one serves."""
        return self.data / "topics.npz"

    @property
    def newsroom_mark(self) -> Path:
        """A file that stands in a store made from the bundled newsroom, and holds its first port."""
        return self.data / "newsroom-port"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the caller gave, then the environment, then the file."""
        given = init_settings()
        folder = Path(given.get("data") or env_settings().get("data") or "data")
        file = TomlConfigSettingsSource(settings_cls, toml_file=folder / FILE)
        return init_settings, env_settings, file


def read_config(data: Path | None = None) -> Config:
    """Read the settings; `data` goes before MONITOR_DATA.

    Raises ConfigError when the file or a variable holds what can't be used.
    """
    try:
        return Config(data=data) if data is not None else Config()
    except ValidationError as e:
        first = e.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or FILE
        raise ConfigError(f"setting {where!r}: {first['msg']} (in {FILE} or MONITOR_{where.upper()})") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"{FILE} is not valid TOML: {e}") from e
    except OSError as e:
        raise ConfigError(f"{FILE} can't be read: {e.strerror}") from e
