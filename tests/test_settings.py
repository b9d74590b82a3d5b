"""summarizer.settings: where settings come from, and what is refused."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import SettingsError
from summarizer.settings import (
    ENVIRONMENT,
    RESERVED_PARAMS,
    Settings,
    config_path,
    load_settings,
    parse_params,
    with_overrides,
)

KEY = "sk-planted-4711"


def load(config: str, tmp_path: Path, environment: dict[str, str] | None = None) -> Settings:
    """Settings with this text as the config file."""
    path = tmp_path / "config.toml"
    path.write_text(config, encoding="utf-8")
    return load_settings(environment=environment or {}, config=path)


def test_arguments_win_over_environment_over_file_over_defaults(tmp_path: Path) -> None:
    """Each source is asked only for what the ones above it do not say."""
    path = tmp_path / "config.toml"
    path.write_text('model = "openai/file"\nstrategy = "single"\ntimeout = 7\nmax_retries = 9\n')
    environment = {"SUMMARIZER_MODEL": "openai/environment", "SUMMARIZER_STRATEGY": "stepwise"}
    found = load_settings({"model": "openai/argument"}, environment=environment, config=path)
    assert (found.model, found.strategy) == ("openai/argument", "stepwise")
    assert (found.timeout, found.max_retries, found.max_chars) == (7.0, 9, 2_000_000)


def test_override_of_none_means_not_given() -> None:
    """An option that nobody gave does not hide the environment."""
    found = load_settings({"model": None}, environment={"SUMMARIZER_MODEL": "openai/x"})
    assert found.model == "openai/x"


@pytest.mark.parametrize("setting", sorted(ENVIRONMENT))
def test_variable_fills_its_setting_when_set(setting: str) -> None:
    """Every variable of the table reaches the setting it is listed for."""
    value = {
        "strategy": "stepwise",
        "cache": "0",
        "language": "fr",
        "translate_quotes": "1",
        "offline": "1",
    }.get(setting, "5")
    found = load_settings(environment={ENVIRONMENT[setting][0]: value})
    assert getattr(found, setting) != getattr(Settings(), setting)


def test_blank_variable_counts_as_unset() -> None:
    """``SUMMARIZER_MODEL=" "`` is how people switch a variable off."""
    assert load_settings(environment={"SUMMARIZER_MODEL": " "}).model is None


def test_key_is_mended_when_pasted_with_line_break() -> None:
    """A line break at the end of a key would break the header it travels in."""
    found = load_settings({"api_key": f"{KEY}\r\n"}, environment={"OPENAI_API_KEY": f" {KEY}\n"})
    for key in (found.api_key, found.openai_api_key):
        assert key is not None
        assert key.get_secret_value() == KEY


@pytest.mark.parametrize("key", ["“sk-curly”", "sk-a\nb", "ключ"])
def test_key_is_refused_when_no_header_can_carry_it(key: str) -> None:
    """The reason is said here, and not as an endpoint that cannot be reached."""
    with pytest.raises(SettingsError, match="plain ASCII") as caught:
        load_settings(environment={"OPENAI_API_KEY": key})
    assert key not in str(caught.value)


def test_keys_are_masked_in_every_representation() -> None:
    """No key is in repr, str, a dump or JSON of settings."""
    keys = dict.fromkeys(("api_key", "openai_api_key", "azure_api_key"), KEY)
    found = load_settings(keys, environment={})
    for shown in (repr(found), str(found), str(found.model_dump()), found.model_dump_json()):
        assert KEY not in shown
        assert "*****" in shown


def test_unknown_key_of_config_is_named_with_the_nearest_known(tmp_path: Path) -> None:
    """A typing error in the file is found, and what was meant is offered."""
    with pytest.raises(SettingsError, match=r"unknown key 'modle'; did you mean 'model'\?"):
        load('modle = "openai/x"', tmp_path)


def test_unknown_override_is_named_with_the_nearest_known() -> None:
    """The same for a keyword of ``summarize``."""
    with pytest.raises(SettingsError, match=r"unknown setting 'time_out'; did you mean 'timeout'"):
        load_settings({"time_out": 3}, environment={})


def test_unknown_key_without_a_near_one_gets_no_hint(tmp_path: Path) -> None:
    """A wild guess would mislead."""
    with pytest.raises(SettingsError, match=r"unknown key 'zzzzqqqq'$"):
        load("zzzzqqqq = 1", tmp_path)


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ('api_key = "sk-planted-4711', "not TOML: a mistake at end"),
        ("a = [" + "[" * 5000, "nested too deep|mistake"),
        ('api_key = "sk-planted-4711" x', "mistake at line 1, column 29"),
        ("timeout = 'soon'", "'timeout'"),
        ("timeout = -1", "greater than 0"),
        ("timeout = nan", "greater than 0"),
        ("max_chars = 0", "greater than 0"),
        ("strategy = 'both'", "'single'"),
        ("api_key = 5", "'api_key'"),
        ("[params]\nmessages = 1", "'messages' is set by this program"),
        ("[params]\nday = 2026-01-01", "JSON cannot carry"),
        ("[model]\nname = 'x'", "'model'"),
    ],
)
def test_config_is_refused_in_one_line_when_it_makes_no_sense(
    config: str, reason: str, tmp_path: Path
) -> None:
    """The message says which setting, on one line, and repeats no value."""
    with pytest.raises(SettingsError, match=reason) as caught:
        load(config, tmp_path)
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)


def test_config_with_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Editors on Windows put one in front."""
    assert load("\ufeffmodel = 'openai/x'", tmp_path).model == "openai/x"


def test_config_is_refused_when_it_is_not_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, and a folder, are both one line."""
    path = tmp_path / "config.toml"
    path.write_bytes(b"model = '\xff'")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(environment={}, config=path)
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load_settings(environment={}, config=tmp_path)


def test_missing_config_is_fine_unless_somebody_named_it(tmp_path: Path) -> None:
    """A path in SUMMARIZER_CONFIG that leads nowhere is a mistake; no file at all is not."""
    assert load_settings(environment={}).model is None
    missing = str(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="No such file"):
        load_settings(environment={"SUMMARIZER_CONFIG": missing})


def test_config_is_looked_for_in_the_platform_folder(own_environment: Path) -> None:
    """Without a variable the platform's folder is asked."""
    assert config_path({}).is_relative_to(own_environment)
    assert config_path({"SUMMARIZER_CONFIG": "/a/b.toml"}) == Path("/a/b.toml")


def test_models_are_kept_below_the_cache(tmp_path: Path, own_environment: Path) -> None:
    """The folder of weights follows the cache folder, wherever that is."""
    assert load_settings({"cache_dir": tmp_path}, environment={}).models_dir == tmp_path / "models"
    assert Settings().models_dir.is_relative_to(own_environment)


def test_settings_stay_as_they_are_when_somebody_assigns() -> None:
    """Settings are shared by tasks: they do not change under them."""
    with pytest.raises(ValueError, match="frozen"):
        Settings().model = "openai/x"


def test_overrides_go_over_settings_and_are_checked() -> None:
    """``summarize(settings=…, model=…)`` means both, and keeps the keys."""
    given_before = Settings(model="openai/a", api_key=KEY, timeout=5)  # type: ignore[arg-type]
    found = with_overrides(given_before, {"model": "openai/b", "timeout": None})
    assert (found.model, found.timeout, found.api_key) == ("openai/b", 5, given_before.api_key)
    assert with_overrides(given_before, {}) is given_before
    with pytest.raises(SettingsError, match="'timeout'"):
        with_overrides(given_before, {"timeout": -1})


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("seed=7", {"seed": 7}),
        ("top_p=0.5", {"top_p": 0.5}),
        ("reasoning_effort=high", {"reasoning_effort": "high"}),
        ('stop=["a","b"]', {"stop": ["a", "b"]}),
        ("store=true", {"store": True}),
        ("a=b=c", {"a": "b=c"}),
        ("empty=", {"empty": ""}),
        (" x =1", {"x": 1}),
        ("day=2026-01-01", {"day": "2026-01-01"}),
        ("wild=nan", {"wild": "nan"}),
        ("two=1\nmore = 2", {"two": "1\nmore = 2"}),
        ("map={a = 1}", {"map": {"a": 1}}),
    ],
)
def test_param_is_read_as_toml_or_text(pair: str, expected: dict[str, Any]) -> None:
    """Numbers, lists and truth values keep their type; the rest is text that JSON can carry."""
    assert parse_params([pair]) == expected


@pytest.mark.parametrize("pair", ["seed", "=7", " =7", ""])
def test_param_is_refused_when_it_is_no_pair(pair: str) -> None:
    """A missing key or equals sign is said."""
    with pytest.raises(SettingsError, match="KEY=VALUE"):
        parse_params([pair])


@pytest.mark.parametrize("name", sorted(RESERVED_PARAMS))
def test_param_is_refused_when_it_is_how_calls_are_made(name: str) -> None:
    """``stream``, ``messages`` and the like would break the call, ``context`` template the text."""
    with pytest.raises(SettingsError, match=re.escape(repr(name))):
        load_settings({"params": {name: 1}}, environment={})


@given(st.text(max_size=40))
def test_any_value_of_param_can_be_sent_as_json(value: str) -> None:
    """Whatever stands after the equals sign, settings accept it."""
    params = parse_params([f"key={value}"])
    assert set(params) == {"key"}
    assert Settings(params=params).params == params


@given(st.text(max_size=30))
def test_any_toml_text_ends_in_settings_or_one_line(text: str) -> None:
    """A config file of any text raises nothing but SettingsError."""
    with tempfile.TemporaryDirectory() as folder, suppress(SettingsError):
        path = Path(folder) / "config.toml"
        path.write_text(text, encoding="utf-8")
        assert load_settings(environment={}, config=path) == Settings()
