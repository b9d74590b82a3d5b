"""summarizer.endpoints: which model is used, and where its requests go."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.endpoints import (
    PROVIDERS,
    checked_url,
    choose_endpoint,
    names_embedded,
    ollama_url,
)
from summarizer.errors import SettingsError, SummarizerError, UnknownModel
from summarizer.settings import DEFAULT_OPENAI_MODEL, Settings
from summarizer.weights import default

KEY = "sk-planted-4711"


def chosen(**settings: Any) -> Any:
    """The endpoint that these settings lead to."""
    return choose_endpoint(Settings(**settings))


def test_providers_are_those_of_instructor_and_embedded() -> None:
    """The list that is written down does not fall behind the library."""
    from instructor.auto_client import supported_providers

    assert set(PROVIDERS) == {*supported_providers, "embedded"}
    assert len(PROVIDERS) == len(set(PROVIDERS))


def test_embedded_is_used_when_there_is_neither_key_nor_name() -> None:
    """Without a key nothing leaves this machine."""
    found = chosen()
    assert (found.kind, found.name) == ("embedded", f"embedded/{default().name}")
    assert found.why == "no model is named and OPENAI_API_KEY is not set"


def test_openai_is_used_when_only_its_key_is_set() -> None:
    """The default of OpenAI is taken, with the key."""
    found = chosen(openai_api_key=KEY)
    assert (found.name, found.kind) == (DEFAULT_OPENAI_MODEL, "hosted")
    assert found.api_key.get_secret_value() == KEY
    assert found.base_url is None
    assert KEY not in repr(found)


def test_named_model_wins_over_the_key() -> None:
    """Who names the embedded model gets it, whatever keys there are."""
    assert chosen(model="embedded", openai_api_key=KEY).kind == "embedded"


def test_embedded_stays_here_when_an_address_is_set_elsewhere() -> None:
    """SUMMARIZER_BASE_URL in the environment does not send an embedded run away."""
    found = chosen(model="embedded", base_url="http://gpu.example/v1")
    assert (found.kind, found.base_url) == ("embedded", None)
    assert names_embedded("embedded/x")
    assert not names_embedded("embeddings/x")
    assert not names_embedded(None)


def test_openai_gets_its_own_key_only() -> None:
    """OPENAI_API_KEY does not travel to a server that somebody named with --base-url."""
    own = chosen(model="m", base_url="http://gpu:8000/v1", openai_api_key=KEY)
    assert own.api_key is None
    keyed = chosen(model="m", base_url="http://gpu:8000/v1", openai_api_key=KEY, api_key="own")
    assert keyed.api_key.get_secret_value() == "own"
    assert chosen(model="ollama/m", openai_api_key=KEY).api_key is None


@pytest.mark.parametrize(
    ("model", "sent"),
    [
        ("meta-llama/Llama-3.3", "meta-llama/Llama-3.3"),
        ("openai/gpt-oss", "gpt-oss"),
        ("ollama/qwen3", "qwen3"),
        ("plain", "plain"),
    ],
)
def test_own_server_is_asked_for_the_name_it_knows(model: str, sent: str) -> None:
    """Names with a slash are kept; a provider in front of one is taken off."""
    found = chosen(model=model, base_url="http://gpu:8000/v1")
    assert (found.name, found.model, found.kind) == (model, sent, "self-hosted")


@pytest.mark.parametrize(
    ("given_url", "address"),
    [
        ("http://gpu:8000/v1", "http://gpu:8000/v1"),
        (" http://gpu:8000/v1/ ", "http://gpu:8000/v1"),
        ("http://gpu/v1/chat/completions", "http://gpu/v1"),
        ("https://[::1]:8000/v1", "https://[::1]:8000/v1"),
    ],
)
def test_address_is_mended_when_it_is_nearly_right(given_url: str, address: str) -> None:
    """Blanks, a last slash and the path of the call are taken off."""
    assert chosen(model="m", base_url=given_url).base_url == address


@pytest.mark.parametrize(
    "url",
    [
        "gpu:8000", "localhost", "ftp://gpu/v1", "http://", "http:///v1", "http://[::1",
        "https:gpu", "http://gpu:x/v1", "http://gpu:99999/v1", "http://gpu:0/v1", "http://g pu/v1",
        "http://gpu/v1\n/x",
    ],
)  # fmt: skip
def test_address_is_refused_when_it_is_none(url: str) -> None:
    """One line that says how an address looks, before anything is sent."""
    with pytest.raises(SettingsError, match="--base-url") as caught:
        chosen(model="m", base_url=url)
    assert "\n" not in str(caught.value)


def test_address_is_refused_without_repeating_its_password() -> None:
    """Addresses are shown in errors and by doctor: there is no place for a password in them."""
    with pytest.raises(SettingsError, match="user or password") as caught:
        chosen(model="m", base_url=f"http://me:{KEY}@gpu/v1")
    assert KEY not in str(caught.value)


@given(st.text(max_size=40))
def test_any_address_is_accepted_or_refused_in_our_own_words(url: str) -> None:
    """No text makes the parser of addresses raise something foreign."""
    with suppress(SettingsError):
        assert checked_url("--base-url", url).casefold().startswith(("http://", "https://"))


def test_own_server_needs_a_model() -> None:
    """A server's model cannot be guessed."""
    with pytest.raises(SettingsError, match="--base-url needs --model"):
        chosen(base_url="http://gpu/v1")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("gpt-5", "did you mean 'openai/gpt-5'?"),
        ("embeded", "did you mean 'embedded'?"),
        ("opnai/gpt-5", "did you mean 'openai/gpt-5'?"),
        ("OpenAI/gpt-5", "did you mean 'openai/gpt-5'?"),
        ("openai", "write openai/NAME"),
        ("openai/", "write openai/NAME"),
        ("wholly/unknown", "for your own server use --base-url"),
        ("/x", "--base-url"),
        ("embedded/qwen2.5-codr-1.5b", "qwen2.5-coder-1.5b-instruct"),
    ],
)
def test_unknown_model_is_refused_with_a_hint(name: str, hint: str) -> None:
    """The message says what to write instead."""
    with pytest.raises(UnknownModel) as caught:
        chosen(model=name, openai_api_key=KEY)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(min_size=1, max_size=300))
def test_any_name_ends_in_an_endpoint_or_our_own_error(name: str) -> None:
    """No name raises anything foreign, or makes a message of many lines or screens."""
    message = ""
    try:
        choose_endpoint(Settings(model=name))
    except SummarizerError as error:
        message = str(error)
    assert len(message) < 700
    assert "\n" not in message


def test_openai_without_a_key_says_which_variable() -> None:
    """The message names what to set."""
    with pytest.raises(SettingsError, match="set OPENAI_API_KEY"):
        chosen(model="openai/gpt-5")


def test_openai_goes_where_its_own_variable_says() -> None:
    """OPENAI_BASE_URL counts, and is shown, as users of openai's library expect."""
    found = chosen(
        model="openai/gpt-5", openai_api_key=KEY, openai_base_url="https://gateway.example/v1/"
    )
    assert (found.base_url, found.kind) == ("https://gateway.example/v1", "hosted")


def test_azure_needs_key_and_address() -> None:
    """Both variables are named when one is missing."""
    for present in ({"azure_api_key": KEY}, {"azure_endpoint": "https://x.example"}):
        with pytest.raises(SettingsError, match="AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT"):
            chosen(model="azure_openai/gpt", **present)


def test_azure_goes_to_its_resource() -> None:
    """The address of the resource, the deployment as the model."""
    found = chosen(
        model="azure_openai/my-gpt", azure_api_key=KEY, azure_endpoint="https://x.example/"
    )
    assert (found.provider, found.model) == ("azure_openai", "my-gpt")
    assert (found.base_url, found.kind) == ("https://x.example", "hosted")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        (None, "http://localhost:11434/v1"),
        ("gpu", "http://gpu:11434/v1"),
        ("gpu:8080", "http://gpu:8080/v1"),
        (":8080", "http://127.0.0.1:8080/v1"),
        ("0.0.0.0", "http://127.0.0.1:11434/v1"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080/v1"),
        ("http://gpu:11434/", "http://gpu:11434/v1"),
        ("https://gpu.example", "https://gpu.example/v1"),
        ("[::1]", "http://[::1]:11434/v1"),
    ],
)
def test_ollama_is_found_where_its_own_clients_look(host: str | None, address: str) -> None:
    """OLLAMA_HOST is read as Ollama reads it: a port of its own, 0.0.0.0 as this machine."""
    found = chosen(model="ollama/qwen3:8b", ollama_host=host)
    assert (found.base_url, found.provider, found.model) == (address, "openai", "qwen3:8b")
    assert found.kind == "self-hosted"


def test_ollama_host_is_refused_when_it_is_no_address() -> None:
    """The variable is named."""
    with pytest.raises(SettingsError, match="OLLAMA_HOST"):
        ollama_url("http://[")


def test_other_vendors_are_left_to_instructor() -> None:
    """Their key may come from SUMMARIZER_API_KEY, their address is the vendor's."""
    found = chosen(model="anthropic/claude", api_key=KEY)
    assert (found.provider, found.model, found.base_url) == ("anthropic", "claude", None)
    assert found.api_key.get_secret_value() == KEY
