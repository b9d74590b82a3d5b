"""Every exception that this package raises on purpose.

SummarizerError                    base; ``exit_status`` is what the command line returns
├── InputError                     2  a document that cannot be read or used
│   ├── UnreadableDocument            missing, a folder, binary, undecodable
│   ├── EmptyDocument                 nothing but white space, or no sentence
│   └── DocumentTooLong               over ``--max-chars``
├── SettingsError                  2  a setting, option or config key that makes no sense
│   ├── UnknownModel                  a model name nobody can resolve
│   └── MissingExtra                  needs ``pip install 'summarizer[x]'``
├── OutputError                    2  a file that cannot be written
├── BriefVersionError              2  a stored brief that this version cannot read
├── WeightsError                   3  weights of an embedded model that cannot be had
│   └── ChecksumMismatch              downloaded bytes are not the promised ones
├── ModelError                        a call failed; carries the attempts and the raw answer
│   ├── EndpointError              3  the endpoint cannot be used
│   │   ├── Unreachable               refused, reset, DNS, 5xx
│   │   │   └── CircuitOpen           not called: it has failed too often for too long
│   │   ├── TimedOut                  a call took longer than its time limit
│   │   ├── Unauthorised              401, 403
│   │   ├── RateLimited               429 to the end
│   │   └── BadRequest                other 4xx: unknown model, refused parameter
│   ├── NoUsableAnswer             4  the endpoint answered; nothing could be used
│   │   ├── InvalidOutput             not JSON, or not the schema
│   │   ├── Truncated                 the answer hit the token cap
│   │   ├── Refused                   the model declined
│   │   ├── ContentFiltered           the provider's filter cut the answer
│   │   └── ContextTooSmall           the document does not fit the model's context
│   └── LimitExceeded              5
│       ├── DeadlineExceeded          the time for the whole brief is up
│       └── BudgetExceeded            the tokens for the whole brief are used
├── InternalError                  1  a fault of this program that a batch went on from
└── StrictFailure                  6  ``--strict`` and something was dropped or unsupported

No message contains document text, a completion or a key: errors are printed and logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from summarizer.brief import Attempt, PeaceTalksBrief


class SummarizerError(Exception):
    """Base of all errors of this package; ``str(error)`` is one line for people."""

    exit_status: ClassVar[int] = 2


class InputError(SummarizerError):
    """A document that cannot be read or used."""


class UnreadableDocument(InputError):
    """Missing, a folder, binary, or in no encoding that can be named."""


class EmptyDocument(InputError):
    """Nothing but white space, or no sentence in it."""


class DocumentTooLong(InputError):
    """More characters than ``max_chars`` allows."""


class SettingsError(SummarizerError):
    """A setting, option or config key that makes no sense."""


class UnknownModel(SettingsError):
    """A model name that nobody can resolve."""


class MissingExtra(SettingsError):
    """An optional part is not installed.

    >>> str(MissingExtra("embedded", "the embedded model"))
    "the embedded model needs an extra: pip install 'summarizer[embedded]'"
    """

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'summarizer[{extra}]'")
        self.extra = extra


class OutputError(SummarizerError):
    """A file that cannot be written."""


class BriefVersionError(SummarizerError):
    """A stored brief that this version of the package cannot read."""


class WeightsError(SummarizerError):
    """The weights of an embedded model cannot be had."""

    exit_status = 3


class ChecksumMismatch(WeightsError):
    """Downloaded bytes are not the promised ones; nothing of them is kept."""


class ModelError(SummarizerError):
    """A call to a model failed.

    ``attempts`` is the ledger up to the failure; ``raw_answer`` what the model or the endpoint
    said, if anything; ``partial`` a brief of the parts that were finished before it, if there
    are any; ``finished`` the briefs of the documents before this one, of a list. None is part
    of the message or the representation.

    ``perhaps_charged``: the prompt was sent and the answer lost, so that it may have to be paid.
    """

    exit_status = 3
    partial: PeaceTalksBrief | None = None
    perhaps_charged: bool = False
    status: int | None = None
    """What HTTP said, where it said anything."""

    def __init__(
        self, message: str, *, attempts: Sequence[Attempt] = (), raw_answer: str | None = None
    ) -> None:
        super().__init__(message)
        self.attempts = list(attempts)
        self.raw_answer = raw_answer
        self.finished: list[PeaceTalksBrief] = []


class EndpointError(ModelError):
    """The endpoint cannot be used.

    ``retry_after``: seconds it asked to wait, if it did; ``waiting``: seconds that the next try
    would have had to wait when time ran out.
    """

    retry_after: float | None = None
    waiting: float = 0.0


class Unreachable(EndpointError):
    """Refused, reset, not found by name, or failing with 5xx to the last retry."""


class CircuitOpen(Unreachable):
    """Not called any more: too many calls in a row have failed, for too long."""


class TimedOut(EndpointError):
    """A call took longer than its time limit, to the last retry."""


class Unauthorised(EndpointError):
    """The endpoint does not accept the key (401, 403)."""


class RateLimited(EndpointError):
    """The endpoint asked to slow down (429) to the last retry."""


class BadRequest(EndpointError):
    """Any other 4xx: an unknown model, a parameter that is refused."""


class NoUsableAnswer(ModelError):
    """The endpoint answered, but nothing in the answer could be used."""

    exit_status = 4


class InvalidOutput(NoUsableAnswer):
    """The answer is not JSON, or not of the schema."""


class Truncated(NoUsableAnswer):
    """The answer hit the cap on output tokens."""


class Refused(NoUsableAnswer):
    """The model declined to answer."""


class ContentFiltered(NoUsableAnswer):
    """The provider's content filter cut the answer."""


class ContextTooSmall(NoUsableAnswer):
    """The prompt does not fit the model's context."""


class LimitExceeded(ModelError):
    """A limit that the caller set is used up."""

    exit_status = 5


class DeadlineExceeded(LimitExceeded):
    """The time for the whole brief is up."""


class BudgetExceeded(LimitExceeded):
    """The tokens for the whole brief are used."""


class InternalError(SummarizerError):
    """A fault of this program, met in one document of a batch: the others go on."""

    exit_status = 1


class StrictFailure(SummarizerError):
    """``strict`` was asked for and something was dropped or is unsupported."""

    exit_status = 6
