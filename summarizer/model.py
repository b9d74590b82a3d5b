"""Model: one OpenAI-compatible wire through openai and instructor.

instructor brings the modes and the other vendors; retries, re-asks and parsing of the answer
are ours (``attempts``, ``answers``), since the cause of a failure must be known before either.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from summarizer.capacity import check_fits, tokens_of
from summarizer.circuit import Circuit
from summarizer.contexts import served_context
from summarizer.endpoints import Endpoint
from summarizer.errors import BadRequest, ContextTooSmall, ModelError, SettingsError, Unreachable
from summarizer.prices import price
from summarizer.prompts import Prompt
from summarizer.response import RawAnswer, failure_in, read_response
from summarizer.translation import root_cause, said_in, translate
from summarizer.wire import http_client

__all__ = ["MODES", "Adapted", "Model", "RawAnswer", "response_format"]

logger = logging.getLogger("summarizer")

MODES = ("json_schema", "tools", "md_json")
"""Ways of asking for structured output, best first: enforced by the endpoint, asked for as a
tool call, asked for in words."""

LONG_PROMPT = 8_000
"""Estimated tokens from which on a server is asked whether its context is large enough."""

OPENAI_URL = "https://api.openai.com/v1"
AZURE_API_VERSION = "2024-10-21"
"""The first general release of Azure OpenAI that knows strict JSON schemas."""


class Adapted(Exception):
    """The endpoint refused a parameter or a mode; the next call is made without it."""


@dataclass
class Model:
    """A model at an endpoint; learns within a run what the endpoint refuses.

    ``timeout``: seconds that one call may take altogether. ``notes`` lists, for provenance,
    every fallback that was taken. ``context``: tokens of prompt and answer together that the
    endpoint says it can take, if it does. ``circuit`` is shared by all who call it. Close it with
    ``aclose``.
    """

    endpoint: Endpoint
    params: dict[str, Any] = field(default_factory=dict)
    timeout: float = 180.0
    azure_api_version: str | None = None
    circuit: Circuit = field(default_factory=Circuit)
    context: int | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    mode: str = field(default=MODES[0], init=False)
    notes: list[str] = field(default_factory=list, init=False)
    _asked_context: bool = field(default=False, init=False)
    _refused: set[str] = field(default_factory=set, init=False)
    _clients: dict[str, Any] = field(default_factory=dict, init=False)
    _vendor: Any = field(default=None, init=False)

    async def complete(self, prompt: Prompt, *, cap: int, most: int | None = None) -> RawAnswer:
        """One call, at most ``cap`` output tokens, or ``most``, if that is less.

        Raises an EndpointError or ContextTooSmall; Adapted when the same call should be made
        again without what the endpoint has just refused.
        """
        cap = cap if most is None else min(cap, most)
        await self._learn_context(prompt)
        check_fits(prompt, cap, self.context)
        seen: list[RawAnswer | str | None] = []
        failure: Exception | None = None
        client = self._client()
        arguments = self._arguments(prompt, cap)
        try:
            # The client's own time limit is for each read: a byte a second would never end.
            async with asyncio.timeout(self.timeout):
                parsed = await client.create(
                    messages=prompt.messages,
                    response_model=self._read_as(prompt),
                    max_retries=0,
                    strict=False,
                    hooks=_noting(seen),
                    **arguments,
                )
        except Exception as error:
            failure = error
        # Outside of `except`: the foreign error, which holds the request and its key, is no
        # context of ours.
        answer = seen[-1] if seen else None
        if isinstance(answer, RawAnswer):
            # What is wrong with an answer that came is found out by `answers`.
            return replace(answer, cost=price(answer, self.endpoint))
        if seen and answer is None:
            where = self.endpoint.base_url or self.endpoint.provider
            raise Unreachable(f"{where} is failing (an error in place of an answer)")
        if failure is not None:
            raise self._translated(failure, arguments, raw=answer)
        return RawAnswer(parsed.model_dump_json(), "stop")

    def recall(self, prompt: Prompt, *, cap: int) -> RawAnswer | None:
        """A model remembers nothing; ``cache.CachedModel`` does."""
        return None

    def prepare(self) -> None:
        """Build the client now: its imports take a second or more, which is no time of a call.

        Raises SettingsError where the vendor's package is missing.
        """
        self._client()

    async def aclose(self) -> None:
        """Close the connections."""
        close = getattr(self._vendor, "close", None)
        closing = close() if callable(close) else None
        if inspect.isawaitable(closing):
            await closing

    def _read_as(self, prompt: Prompt) -> Any:
        """What instructor reads an answer as; where the schema goes out as our own, as anything."""
        return _unread() if self.mode == "json_schema" else prompt.answer

    async def _learn_context(self, prompt: Prompt) -> None:
        """Ask an own server for its context, once, before the first prompt that may not fit.

        A short prompt is as quickly tried as asked about.
        """
        if self._asked_context or tokens_of(prompt) < LONG_PROMPT:
            return
        self._asked_context = True
        if self.context is None and self.endpoint.kind == "self-hosted" and self._speaks_openai:
            self._client()
            self.context = await served_context(self._vendor, self.endpoint.model)

    def _client(self) -> Any:
        """instructor's client for the current mode."""
        if self.mode not in self._clients:
            # Its messages hold completions, which may be confidential.
            logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
            client = self._build_client()
            self._clients[self.mode] = client
        return self._clients[self.mode]

    def _build_client(self) -> Any:
        import instructor

        if not self._speaks_openai:
            return self._build_vendor_client()
        modes = {
            "json_schema": instructor.Mode.JSON_SCHEMA,
            "tools": instructor.Mode.TOOLS,
            "md_json": instructor.Mode.MD_JSON,
        }
        if self._vendor is None:
            self._vendor = self._build_openai()
        return instructor.from_openai(self._vendor, mode=modes[self.mode])

    @property
    def _speaks_openai(self) -> bool:
        return self.endpoint.provider in {"openai", "azure_openai", "embedded"}

    def _build_openai(self) -> Any:
        import openai

        key = self.endpoint.api_key.get_secret_value() if self.endpoint.api_key else "none"
        address = self.endpoint.base_url or OPENAI_URL
        shared: dict[str, Any] = {
            "api_key": key,
            "max_retries": 0,
            "timeout": self.timeout,
            "http_client": http_client(address),
        }
        if self.endpoint.provider == "azure_openai":
            return openai.AsyncAzureOpenAI(
                azure_endpoint=address,
                api_version=self.azure_api_version or AZURE_API_VERSION,
                **shared,
            )
        return openai.AsyncOpenAI(base_url=address, **shared)

    def _build_vendor_client(self) -> Any:
        import instructor

        key = self.endpoint.api_key
        arguments: dict[str, Any] = {"api_key": key.get_secret_value()} if key else {}
        self.mode = "provider default"
        try:
            client = instructor.from_provider(self.endpoint.name, async_client=True, **arguments)
        except Exception as error:
            reason = (str(error).splitlines() or ["no reason given"])[0][:200]
            raise SettingsError(f"{self.endpoint.name} cannot be used: {reason}") from None
        self._vendor = getattr(client, "client", None)
        if hasattr(self._vendor, "max_retries"):
            self._vendor.max_retries = 0  # `attempts` owns every retry
        http: Any = getattr(self._vendor, "_client", None)
        if hasattr(http, "follow_redirects"):
            http.follow_redirects = False  # a key in a header of its own would go along
        return client

    def _arguments(self, prompt: Prompt, cap: int) -> dict[str, Any]:
        """Keyword arguments of the call; what the client does not know travels in the body."""
        arguments: dict[str, Any] = {"temperature": 0.0, **self.params}
        cap_name = self._cap_name()
        if cap_name and not {"max_tokens", "max_completion_tokens"} & set(self.params):
            arguments[cap_name] = cap
        arguments = {name: v for name, v in arguments.items() if name not in self._refused}
        if not self._speaks_openai:
            return arguments
        known = {"temperature", "max_tokens", "max_completion_tokens"}
        body = {name: arguments.pop(name) for name in set(arguments) - known}
        if self.mode == "json_schema":
            # instructor's JSON_SCHEMA mode leaves out `strict`, so nothing would enforce it.
            body["response_format"] = response_format(prompt)
        return {**arguments, "model": self.endpoint.model, "extra_body": body}

    def _cap_name(self) -> str | None:
        """OpenAI's own endpoints use the newer name; other servers know the older one."""
        newer = self.endpoint.kind == "hosted" and self._speaks_openai
        names = ["max_completion_tokens", "max_tokens"]
        for name in names if newer else reversed(names):
            if name not in self._refused:
                return name
        return None

    def _translated(
        self, error: Exception, arguments: dict[str, Any], raw: str | None = None
    ) -> Exception:
        """Our own error for a foreign one; Adapted when the endpoint can be used otherwise."""
        cause = root_cause(error)
        translated = translate(cause, self.endpoint, self.now())
        translated.raw_answer = self._without_key(translated.raw_answer or raw)
        said = said_in(cause)
        if isinstance(translated, BadRequest | ContextTooSmall):
            refused = self._learn_parameter(said, arguments)
            if refused is None and isinstance(translated, BadRequest):
                refused = self._learn_mode(said)
            if refused:
                return Adapted(refused)
        return self._naming_parameter(translated, said)

    def _without_key(self, said: str | None) -> str | None:
        """What an endpoint said; some repeat the key that they refuse."""
        key = self.endpoint.api_key.get_secret_value() if self.endpoint.api_key else ""
        return said.replace(key, "…") if said and key else said

    def _learn_parameter(self, said: str, arguments: dict[str, Any]) -> str | None:
        """Learn from a refusal which parameter to do without."""
        for name in ("max_completion_tokens", "max_tokens", "temperature"):
            if name in arguments and _names(said, name):
                self._refused.add(name)
                return self._note(f"the endpoint refuses {name!r}: left out from now on")
        return None

    def _learn_mode(self, said: str) -> str | None:
        """Learn from a refusal which way of structured output to do without."""
        about = ("response_format", "json_schema", "schema", "tool", "grammar")
        if self.mode in MODES[:-1] and any(word in said.casefold() for word in about):
            refused, self.mode = self.mode, MODES[MODES.index(self.mode) + 1]
            return self._note(f"the endpoint refuses structured output by {refused}: {self.mode}")
        return None

    def _naming_parameter(self, error: ModelError, said: str) -> ModelError:
        """A refusal that names the ``--param`` it is about."""
        named = [name for name in self.params if _names(said, name)]
        if isinstance(error, BadRequest) and named:
            return BadRequest(
                f"{error}: it names --param {named[0]}, leave it out", raw_answer=error.raw_answer
            )
        return error

    def _note(self, message: str) -> str:
        self.notes.append(message)
        logger.info(message)
        return message


@cache
def _unread() -> Any:
    """Any JSON object. Of a model instructor makes a class and a schema anew at every call,
    which takes longer than all else that happens to a document: this one is ready."""
    import instructor

    class Unread(instructor.OpenAISchema):
        @classmethod
        def model_json_schema(cls, *arguments: Any, **keywords: Any) -> dict[str, Any]:
            return {}

    return Unread


def _noting(seen: list[RawAnswer | str | None]) -> Any:
    """Hooks that put every response into ``seen``: as a RawAnswer, None if it is an error, or
    text, if it is a page in place of a completion.

    The usage is copied here, since instructor overwrites it with a running total.
    """
    from instructor.core.hooks import Hooks

    def note(response: Any) -> None:
        if isinstance(response, str):
            seen.append(response)
        else:
            seen.append(None if failure_in(response) else read_response(response))

    hooks = Hooks()
    hooks.on("completion:response", note)
    return hooks


_RECOMMENDATION = re.compile(r"(\bUse|\b[Pp]lease use|\buse\b(?=[^.;]*\binstead))\b[^.;]*")


def _names(said: str, parameter: str) -> bool:
    """Whether an error is about this parameter, and does not just recommend it instead."""
    blamed = _RECOMMENDATION.sub("", said)
    return re.search(rf"(?<![\w-]){re.escape(parameter)}(?![\w-])", blamed) is not None


def response_format(prompt: Prompt) -> dict[str, Any]:
    """The strict JSON Schema as the wire carries it."""
    schema = {"name": "brief_draft", "strict": True, "schema": prompt.schema}
    return {"type": "json_schema", "json_schema": schema}
