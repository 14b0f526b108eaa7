"""Settings: one frozen object, read once by the command line, handed on, never imported as a global."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Settings(BaseSettings):
    """From ENTENTE_* in the environment, then entente.toml beside the caller. See docs/operate.md."""

    model_config = SettingsConfigDict(
        env_prefix="ENTENTE_", toml_file="entente.toml", frozen=True, extra="forbid"
    )

    data: Path = Path("var")
    """Folder of everything kept: the store, the index, blobs, the journal's key."""
    store: str = ""
    """URL of the store; empty means SQLite in the data folder. `postgresql://…` for PostgreSQL."""
    text: str = ""
    """URL of the text engine; empty means tantivy in the data folder. `fts5:path` is the fallback."""
    vectors: str = ""
    """URL of the engine for likenesses; empty means a folder in the data folder."""
    galleries: str = ""
    """URL of the engine for fingerprints and faces; empty means a folder in the data folder."""
    columns: str = ""
    """URL of the engine for figures; empty means a folder in the data folder."""
    faces: str = ""
    """Folder of an encoder of faces of one's own (`model.toml` and an ONNX file); empty: the house's."""
    blobs: str = ""
    """URL of the blobs; empty means a folder in the data folder."""
    origin: str = "entente.local"
    """Name of this house in signed checkpoints; choose it once."""
    address: str = ""
    """The address officers type, such as https://entente.example: in one-time links and passkeys."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    """Server processes. One of them, whichever gets the lock, also does the work behind the answers."""
    https: bool = False
    """Whether officers reach the house over HTTPS (a proxy in front): cookies are then Secure."""
    session_hours: int = 12
    idle_minutes: int = 30
    officer_rate: float = 20.0
    """Requests a second an officer may make on average (burst of three times as many)."""
    key_rate: float = 500.0
    """The same for a machine's key."""
    answer_grid_ms: int = 5
    """Answers to searches leave on this time grid, so that their timing tells less. 0 is off."""
    key: str = Field(default="", repr=False)
    """A machine's key, for `entente message` on the command line; the server needs none."""
    question_days: int = 365
    """How long the text of a question stays readable in the journal (its proof stays for good)."""
    deconfliction_days: int = 30
    """Two bureaus' inquiries into one subject meet when no more days than these lie between them."""

    screening_days: int = 30
    """How long a list that was screened is kept after it was last asked for."""
    webhooks: str = ""
    """Origins, separated by commas, that bureaus' webhooks may be sent to. Empty: to none."""

    @property
    def webhook_origins(self) -> tuple[str, ...]:
        return tuple(o.strip() for o in self.webhooks.split(",") if o.strip())

    @property
    def store_url(self) -> str:
        return self.store or f"sqlite:///{self.data / 'entente.db'}"

    @property
    def text_url(self) -> str:
        return self.text or f"tantivy:{self.data / 'names'}"

    @property
    def vectors_url(self) -> str:
        return self.vectors or f"folder:{self.data / 'likenesses'}"

    @property
    def galleries_url(self) -> str:
        return self.galleries or f"folder:{self.data / 'galleries'}"

    @property
    def columns_url(self) -> str:
        return self.columns or f"folder:{self.data / 'columns'}"

    @property
    def blobs_url(self) -> str:
        return self.blobs or f"folder:{self.data / 'blobs'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
