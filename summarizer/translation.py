"""The one place where foreign errors become ours; no message of theirs is repeated."""

from __future__ import annotations

import json
import math
import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from summarizer.endpoints import Endpoint
from summarizer.errors import (
    BadRequest,
    ContextTooSmall,
    EndpointError,
    InvalidOutput,
    ModelError,
    RateLimited,
    TimedOut,
    Unauthorised,
    Unreachable,
)
from summarizer.wire import AnswerTooBig

LONG_WAIT = 60.0
"""Seconds of a Retry-After from which on they are part of the message."""
_NOT_SENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"})
"""httpx2's errors before the first byte of a request."""


def root_cause(error: BaseException) -> BaseException:
    """The error below instructor's and tenacity's wrappers."""
    for cause in causes(error):
        if type(cause).__module__.split(".")[0] not in {"instructor", "tenacity"}:
            return cause
    return error


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was raised from, the last first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        attempt = getattr(error, "last_attempt", None)
        wrapped = attempt.exception() if attempt is not None else None
        error = wrapped or error.__cause__ or error.__context__


def said_in(error: BaseException) -> str:
    """What the endpoint said about a refused request, for looking parameters up in it.

    The shapes are OpenAI's, and those of servers that say ``{"error": "…"}`` or
    ``{"detail": …}``.
    """
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    said = message if isinstance(message, str) and message else str(body or "")
    parameter = getattr(error, "param", None)
    return f"'{parameter}' {said}" if parameter else said


def raw_of(error: BaseException) -> str | None:
    """What came over the wire where no answer could be made of it."""
    if isinstance(error, json.JSONDecodeError):
        return error.doc
    if isinstance(error, UnicodeDecodeError):
        return bytes(error.object).decode("utf-8", "replace")
    text = getattr(getattr(error, "response", None), "text", None)
    return text if isinstance(text, str) and text else None


def translate(error: BaseException, endpoint: Endpoint, now: datetime | None = None) -> ModelError:
    """Our error for a foreign one, with what the endpoint said.

    ``now`` is what a Retry-After that is a date is counted from; None: the time that it is.
    """
    if isinstance(error, ModelError):
        return error
    translated = _translated(error, endpoint.base_url or endpoint.provider, endpoint)
    translated.raw_answer = raw_of(error)
    if isinstance(translated, EndpointError) and translated.retry_after is None:
        translated.retry_after = retry_after(_header(error), now=now)
    return translated


def _translated(error: BaseException, where: str, endpoint: Endpoint) -> ModelError:
    import openai

    below = list(causes(error))
    if any(isinstance(cause, AnswerTooBig) for cause in below):
        return _paid(InvalidOutput(f"{where} sent more than any answer can be, or packed it"))
    sent = not any(type(cause).__name__ in _NOT_SENT for cause in below)
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        late = TimedOut(f"{where} did not answer in time: raise --timeout, or try later")
        return _paid(late, sent)
    if isinstance(error, openai.APIConnectionError | ConnectionError):
        return _paid(_unreachable(below, where), sent)
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if isinstance(status, int):
        ours = _of_status(status, error, where, endpoint)
        ours.status = status
        return ours
    return _paid(
        InvalidOutput(
            f"{where} sent something that is no chat completion: does it speak OpenAI's API?"
        )
    )


def _paid(error: ModelError, perhaps: bool = True) -> ModelError:
    error.perhaps_charged = perhaps
    return error


def _unreachable(below: list[BaseException], where: str) -> Unreachable:
    if any(isinstance(cause, socket.gaierror) for cause in below):
        return Unreachable(f"{where} is not found by its name: is it spelled right?")
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in below):
        distrusted = Unreachable(f"{where} has a certificate that is not trusted")
        distrusted.retry_after = math.inf
        return distrusted
    return Unreachable(f"{where} cannot be reached: is the address right, and is it running?")


def _of_status(status: int, error: BaseException, where: str, endpoint: Endpoint) -> ModelError:
    if status in {401, 403}:
        return Unauthorised(_about_the_key(status, where, endpoint))
    if status == 429:
        return _rate_limited(error, where)
    if status == 408:
        return TimedOut(f"{where} timed out (408)")
    if status == 409 or status >= 500:
        # Behind a gateway that gave up (504) the model may have answered.
        return _paid(Unreachable(f"{where} is failing ({status})"), status == 504)
    if 300 <= status < 400:
        message = f"{where} sends elsewhere ({status}): give the address it redirects to itself"
        return BadRequest(message)
    if status == 404:
        return BadRequest(_not_found(where, endpoint))
    said = said_in(error).casefold()
    if "context" in said and ("length" in said or "size" in said or "exceed" in said):
        return ContextTooSmall("the document does not fit the context of the model")
    return BadRequest(f"{where} refuses the request ({status})")


def _about_the_key(status: int, where: str, endpoint: Endpoint) -> str:
    if endpoint.api_key is None:
        return f"{where} wants a key ({status}): set SUMMARIZER_API_KEY"
    return f"{where} does not accept the key ({status}): check it"


def _not_found(where: str, endpoint: Endpoint) -> str:
    hint = ""
    if endpoint.kind == "self-hosted" and not where.endswith("/v1"):
        hint = ", or the address is not right: most end in /v1"
    return f"{where} does not know the model {endpoint.model[:100]!r} (404){hint}"


def _rate_limited(error: BaseException, where: str) -> ModelError:
    if getattr(error, "code", None) == "insufficient_quota":
        used_up = RateLimited(f"the quota at {where} is used up (429): raise it, or wait")
        used_up.retry_after = math.inf
        return used_up
    asked = retry_after(_header(error))
    long = f" for {asked:,.0f} s" if asked is not None and asked >= LONG_WAIT else ""
    return RateLimited(f"{where} asks to slow down{long} (429): try later")


def _header(error: BaseException) -> str | None:
    headers: Any = getattr(getattr(error, "response", None), "headers", {})
    found: str | None = headers.get("retry-after")
    return found


def retry_after(value: str | None, *, now: datetime | None = None) -> float | None:
    """Seconds of a Retry-After header in either form (RFC 9110, section 10.2.3).

    Fractions are accepted, since servers send them; what is no time is None.
    """
    if value is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,12}(\.[0-9]*)?\s*", value):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
        wait = date.replace(tzinfo=date.tzinfo or UTC) - (now or datetime.now(UTC))
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, wait.total_seconds())
