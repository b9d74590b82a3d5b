"""Which model would be used, where it is reached, and why (pure)."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

from summarizer.errors import SettingsError, UnknownModel
from summarizer.settings import DEFAULT_OPENAI_MODEL, Settings
from summarizer.wire import is_local

Kind = Literal["hosted", "self-hosted", "embedded"]

EMBEDDED = "embedded"
OLLAMA_HOST = "http://localhost:11434"
OLLAMA_PORT = 11_434

PROVIDERS = (
    "anthropic", "anyscale", "azure_openai", "bedrock", "cerebras", "cohere", "databricks",
    "deepseek", "embedded", "fireworks", "gemini", "generative-ai", "google", "groq", "litellm",
    "mistral", "ollama", "openai", "openrouter", "perplexity", "together", "vertexai", "writer",
    "xai",
)  # fmt: skip
"""What may stand before the slash: instructor 1.17's ``supported_providers``, and ``embedded``.
Written down so that a wrong name is refused without importing instructor; a test compares."""


@dataclass(frozen=True)
class Endpoint:
    """A model and how to reach it. ``name`` is as recorded in a brief; ``why`` is for people."""

    name: str
    provider: str
    model: str
    kind: Kind
    why: str
    base_url: str | None = None
    api_key: SecretStr | None = None


def choose_endpoint(settings: Settings) -> Endpoint:
    """The endpoint that these settings lead to.

    Raises UnknownModel for a name that nobody can resolve, SettingsError for a missing key, an
    address that is none, or one of another machine where ``offline`` is set.
    """
    chosen = _chosen(settings)
    if settings.offline and not _is_here(chosen):
        raise SettingsError(
            f"--offline: {chosen.name} is not on this machine; name the embedded model, or a "
            "--base-url at localhost"
        )
    return chosen


def _is_here(endpoint: Endpoint) -> bool:
    return endpoint.kind == "embedded" or is_local(endpoint.base_url or "")


def _chosen(settings: Settings) -> Endpoint:
    # Who names the embedded model wants the document to stay here, whatever else is set.
    if settings.base_url and not names_embedded(settings.model):
        return _own_server(settings, settings.base_url)
    if settings.model:
        return _named(settings, settings.model, "named by --model, SUMMARIZER_MODEL or the config")
    if settings.offline:
        return _named(settings, EMBEDDED, "no model is named, and --offline is given")
    if settings.openai_api_key:
        return _named(settings, DEFAULT_OPENAI_MODEL, "OPENAI_API_KEY is set, no model is named")
    return _named(settings, EMBEDDED, "no model is named and OPENAI_API_KEY is not set")


def names_embedded(name: str | None) -> bool:
    """Whether a model's name is that of an embedded one."""
    return (name or "").partition("/")[0] == EMBEDDED


def _own_server(settings: Settings, base_url: str) -> Endpoint:
    address = checked_url("--base-url", base_url)
    if not settings.model:
        raise SettingsError("--base-url needs --model: the name under which the server knows it")
    return Endpoint(
        name=settings.model,
        provider="openai",
        model=settings.model.removeprefix("openai/").removeprefix("ollama/"),
        kind="self-hosted",
        why="--base-url is given",
        base_url=address,
        # Not OPENAI_API_KEY: that key belongs to another host.
        api_key=settings.api_key,
    )


def checked_url(option: str, url: str) -> str:
    """``url`` without a trailing slash, path of a call or blanks around it.

    Raises SettingsError for what is no http address with a host, and for one with a password
    in it, since addresses are shown; the message repeats no password.
    """
    url = url.strip().rstrip("/").removesuffix("/chat/completions")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise SettingsError(f"{option} is not an http address: give http://HOST:PORT/v1") from None
    if "@" in parts.netloc:
        raise SettingsError(f"{option} holds a user or password: use SUMMARIZER_API_KEY instead")
    if not usable or any(c.isspace() or not c.isprintable() for c in url):
        raise SettingsError(
            f"{option} {url[:100]!r} does not begin with http:// or https:// and a host"
        )
    return url


def _named(settings: Settings, name: str, why: str) -> Endpoint:
    provider, _, model = name.partition("/")
    if provider not in PROVIDERS or (not model and provider != EMBEDDED):
        raise UnknownModel(f"unknown model {name[:100]!r}{_hint(name)}")
    endpoint = Endpoint(name, provider, model, "hosted", why, None, settings.api_key)
    special = {"embedded": _embedded, "ollama": _ollama, "openai": _openai, "azure_openai": _azure}
    return special[provider](endpoint, settings) if provider in special else endpoint


def _hint(name: str) -> str:
    provider, slash, model = name.partition("/")
    if provider in PROVIDERS:
        return f": write {provider}/NAME"
    near = difflib.get_close_matches(provider.casefold(), PROVIDERS, n=1, cutoff=0.7)
    if not slash:
        guess = near[0] if near else f"openai/{name[:100]}"
        return f": write provider/name; did you mean {guess!r}?"
    if near:
        return f": did you mean {f'{near[0]}/{model[:100]}'!r}?"
    return f": the provider is one of {', '.join(PROVIDERS)}; for your own server use --base-url"


def _embedded(endpoint: Endpoint, settings: Settings) -> Endpoint:
    from summarizer.weights import default
    from summarizer.weights import model as known_model

    found = known_model(endpoint.model or default().name)
    return Endpoint(f"embedded/{found.name}", "embedded", found.name, "embedded", endpoint.why)


def _ollama(endpoint: Endpoint, settings: Settings) -> Endpoint:
    host = ollama_url(settings.ollama_host or OLLAMA_HOST)
    return replace(endpoint, provider="openai", kind="self-hosted", base_url=f"{host}/v1")


def ollama_url(host: str) -> str:
    """The address that Ollama's own clients make of OLLAMA_HOST.

    Without a scheme the port is 11434 if none is given; the address that a server listens on
    everywhere (0.0.0.0) is reached on this machine.

    >>> ollama_url("0.0.0.0"), ollama_url("gpu:80"), ollama_url("https://gpu.example")
    ('http://127.0.0.1:11434', 'http://gpu:80', 'https://gpu.example')
    """
    host = host.strip()
    bare = "://" not in host
    address = f"http://127.0.0.1{host}" if host.startswith(":") else host
    address = f"http://{address}" if "://" not in address else address
    url = checked_url("OLLAMA_HOST", address)
    parts = urlsplit(url)
    netloc = parts.netloc
    if bare and parts.port is None:
        netloc = f"{netloc}:{OLLAMA_PORT}"
    if parts.hostname == "0.0.0.0":
        netloc = netloc.replace("0.0.0.0", "127.0.0.1")
    return parts._replace(netloc=netloc).geturl()


def _openai(endpoint: Endpoint, settings: Settings) -> Endpoint:
    key = settings.api_key or settings.openai_api_key
    if key is None:
        raise SettingsError(f"{endpoint.name} needs a key: set OPENAI_API_KEY")
    own = settings.openai_base_url
    address = checked_url("OPENAI_BASE_URL", own) if own else None
    return replace(endpoint, base_url=address, api_key=key)


def _azure(endpoint: Endpoint, settings: Settings) -> Endpoint:
    key = settings.api_key or settings.azure_api_key
    if key is None or settings.azure_endpoint is None:
        raise SettingsError(
            f"{endpoint.name} needs AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT; the name after "
            "the slash is the deployment's"
        )
    address = checked_url("AZURE_OPENAI_ENDPOINT", settings.azure_endpoint)
    return replace(endpoint, base_url=address, api_key=key)
