"""Settings: the only reader of the environment and of the config file.

Precedence: arguments over environment over the TOML file over defaults. Keys are masked in
every representation.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from summarizer.errors import SettingsError
from summarizer.languages import Language

DEFAULT_OPENAI_MODEL = "openai/gpt-5.6-terra"
"""Used when OPENAI_API_KEY is set and no model is named: the balanced tier of mid-2026."""

Strategy = Literal["auto", "full", "fast", "single", "stepwise"]

ENVIRONMENT = {
    "model": ("SUMMARIZER_MODEL",),
    "base_url": ("SUMMARIZER_BASE_URL",),
    "api_key": ("SUMMARIZER_API_KEY",),
    "openai_api_key": ("OPENAI_API_KEY",),
    "openai_base_url": ("OPENAI_BASE_URL",),
    "azure_api_key": ("AZURE_OPENAI_API_KEY",),
    "azure_endpoint": ("AZURE_OPENAI_ENDPOINT",),
    "azure_api_version": ("OPENAI_API_VERSION",),
    "ollama_host": ("OLLAMA_HOST",),
    "strategy": ("SUMMARIZER_STRATEGY",),
    "timeout": ("SUMMARIZER_TIMEOUT",),
    "deadline": ("SUMMARIZER_DEADLINE",),
    "max_output_tokens": ("SUMMARIZER_MAX_OUTPUT_TOKENS",),
    "max_total_tokens": ("SUMMARIZER_MAX_TOTAL_TOKENS",),
    "window": ("SUMMARIZER_WINDOW",),
    "max_reasks": ("SUMMARIZER_MAX_REASKS",),
    "max_retries": ("SUMMARIZER_MAX_RETRIES",),
    "language": ("SUMMARIZER_LANGUAGE",),
    "translate_quotes": ("SUMMARIZER_TRANSLATE_QUOTES",),
    "max_chars": ("SUMMARIZER_MAX_CHARS",),
    "cache_dir": ("SUMMARIZER_CACHE_DIR",),
    "cache": ("SUMMARIZER_CACHE",),
    "offline": ("SUMMARIZER_OFFLINE",),
}
"""Which environment variables fill which setting."""

RESERVED_PARAMS = frozenset(
    "messages model response_model response_format tools tool_choice functions stream n "
    "max_retries strict hooks context validation_context extra_body extra_headers extra_query "
    "timeout".split()
)
"""What ``--param`` may not set: these are how a call is made and its answer read."""


class SettingsOverrides(TypedDict, total=False):
    """The settings that ``summarize`` takes as keyword arguments."""

    model: str
    base_url: str
    api_key: str
    strategy: Strategy
    language: Language
    translate_quotes: bool
    params: dict[str, Any]
    timeout: float
    deadline: float
    max_output_tokens: int
    max_total_tokens: int
    window: int
    max_reasks: int
    max_retries: int
    max_chars: int
    allow_private: bool
    offline: bool
    cache_dir: Path
    cache: bool


class Settings(BaseModel):
    """Everything that can be set; times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(default=None, description="provider/name, or embedded[/name]")
    base_url: str | None = Field(default=None, description="any OpenAI-compatible server")
    api_key: SecretStr | None = Field(default=None, description="key of --base-url or the provider")
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    azure_api_key: SecretStr | None = None
    azure_endpoint: str | None = None
    azure_api_version: str | None = None
    ollama_host: str | None = None
    strategy: Strategy = "auto"
    params: dict[str, Any] = Field(default_factory=dict, description="passed to the model as is")
    timeout: float | None = Field(
        default=None, gt=0, description="of one call; 180, or 1800 for the embedded model"
    )
    deadline: float | None = Field(default=None, gt=0, description="of the whole brief; none")
    max_output_tokens: int | None = Field(default=None, gt=0, description="cap of one answer")
    max_total_tokens: int | None = Field(default=None, gt=0, description="budget of one brief")
    window: int | None = Field(
        default=None, gt=0, description="tokens of a document per call; 10,000, embedded 3,000"
    )
    max_reasks: int | None = Field(
        default=None, ge=0, description="times that faults go back to the model; 2, embedded 0"
    )
    max_retries: int = Field(default=4, ge=0, description="times that a failed call is repeated")
    language: Language = Field(default="en", description="of statements and labels")
    translate_quotes: bool = Field(default=False, description="translations beside the quotes")
    max_chars: int = Field(default=2_000_000, gt=0, description="longest document accepted")
    allow_private: bool = Field(
        default=False, description="read addresses inside a private network as well"
    )
    offline: bool = Field(default=False, description="reach nothing but this machine")
    cache_dir: Path = Field(default_factory=lambda: default_cache_dir())
    cache: bool = Field(default=True, description="keep answers, and use those that were kept")

    @field_validator("api_key", "openai_api_key", "azure_api_key")
    @classmethod
    def _fits_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        """A key pasted with a line break is mended, one with odd characters refused."""
        if key is None:
            return None
        stripped = key.get_secret_value().strip()
        if not stripped.isascii() or not stripped.isprintable():
            raise ValueError("a key is made of plain ASCII characters: copy it again")
        return SecretStr(stripped) if stripped else None

    @field_validator("params")
    @classmethod
    def _not_reserved(cls, params: dict[str, Any]) -> dict[str, Any]:
        reserved = sorted(RESERVED_PARAMS & set(params))
        if reserved:
            raise ValueError(f"{reserved[0]!r} is set by this program and cannot be passed on")
        try:
            json.dumps(params, allow_nan=False)
        except TypeError:
            raise ValueError("a value that JSON cannot carry: write it as text") from None
        return params

    def __getstate__(self) -> dict[Any, Any]:
        """Refuse to be pickled with a key, which would stand in the pickle in plain text."""
        if any(isinstance(value, SecretStr) for value in dict(self).values()):
            raise TypeError("settings that hold a key are not pickled: load them where needed")
        return super().__getstate__()

    @property
    def models_dir(self) -> Path:
        """Where weights of embedded models are kept."""
        return self.cache_dir / "models"

    @property
    def answers_dir(self) -> Path:
        """Where answers are kept, so that they are not paid for twice."""
        return self.cache_dir / "answers"


def default_cache_dir() -> Path:
    """The platform's cache folder of this program."""
    from platformdirs import user_cache_path

    return user_cache_path("summarizer", appauthor=False)


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the config file is looked for: SUMMARIZER_CONFIG, or the platform's config folder."""
    if environment.get("SUMMARIZER_CONFIG"):
        return Path(environment["SUMMARIZER_CONFIG"])
    from platformdirs import user_config_path

    return user_config_path("summarizer", appauthor=False) / "config.toml"


def load_settings(
    overrides: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    config: Path | None = None,
) -> Settings:
    """Settings from arguments, environment and config file.

    ``None`` among the overrides means "not given". Raises SettingsError, with the offending key
    and the nearest known one.
    """
    path = config or config_path(environment)
    values = _from_file(path, required=bool(config or environment.get("SUMMARIZER_CONFIG")))
    values |= _from_environment(environment)
    return _validated({**values, **_given(overrides or {})})


def with_overrides(settings: Settings, overrides: Mapping[str, Any]) -> Settings:
    """``settings`` with some of them replaced; ``None`` and errors as for ``load_settings``."""
    given = _given(overrides)
    return _validated({**dict(settings), **given}) if given else settings


def _given(overrides: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in overrides.items() if value is not None}


def _validated(values: dict[str, Any]) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"unknown setting {key!r}{nearest(key)}") from None
        message = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"setting {key!r}: {message}") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    return {
        key: environment[name].strip()
        for key, names in ENVIRONMENT.items()
        for name in reversed(names)
        if environment.get(name, "").strip()
    }


def _from_file(path: Path, *, required: bool) -> dict[str, Any]:
    """What the config file says; only one that somebody named has to be there."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not required:
            return {}
        raise SettingsError(f"config file {path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"config file {path} is not TOML: {_reason(error)}") from None
    for key in values:
        if key not in Settings.model_fields:
            raise SettingsError(f"config file {path}: unknown key {key!r}{nearest(key)}")
    return values


def _reason(error: Exception) -> str:
    """Why a file is not TOML: where, but nothing of what stands there."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "nested too deep" if isinstance(error, RecursionError) else "not UTF-8 text"
    where = re.search(r"\(at [^()]*\)$", str(error))
    return f"a mistake {where[0][1:-1]}" if where else "a mistake in it"


def nearest(key: str) -> str:
    """A hint at the known setting that is spelled most like ``key``."""
    found = difflib.get_close_matches(key, Settings.model_fields, n=1, cutoff=0.5)
    return f"; did you mean {found[0]!r}?" if found else ""


def parse_params(pairs: list[str]) -> dict[str, Any]:
    """``KEY=VALUE`` pairs; values are read as TOML where they are TOML, else as text."""
    params: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise SettingsError(f"--param {pair!r} is not KEY=VALUE")
        params[key.strip()] = _param(value)
    return params


def _param(text: str) -> Any:
    """A TOML value that JSON can carry, else the text itself (a date, ``nan``, a word)."""
    try:
        values = tomllib.loads(f"value = {text}")
        json.dumps(values, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return text
    return values["value"] if list(values) == ["value"] else text
