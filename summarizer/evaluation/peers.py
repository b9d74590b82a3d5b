"""Other people's metrics on the same briefs, for the proof table: ROUGE-L, ANLS*, stickler.

They see what a user of them would give them: the brief's items as plain nested data (or, for
ROUGE-L, as text), every field included. The packages are in the extra ``eval-peers``; a missing
one is left out of the table and said to be "not installed".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pydantic import BaseModel

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.entries import SECTIONS

Metric = Callable[[PeaceTalksBrief, PeaceTalksBrief], float]

#: What is not said by the document but added by code.
_NOT_COMPARED = frozenset({"id", "support", "citations", "self_stated", "document", "start", "end"})


class FlatItem(BaseModel):
    """An item or party as flat text fields; evidence as the numbers of the cited sentences."""

    statement: str = ""
    kind: str = ""
    roles: list[str] = []
    people: list[str] = []
    aliases: list[str] = []
    by: list[str] = []
    to: list[str] = []
    held_by: str = ""
    parties: list[str] = []
    conditions: list[str] = []
    deadline: str = ""
    status: str = ""
    responses: list[str] = []
    firmness: str = ""
    reason: str = ""
    when: str = ""
    date: str = ""
    certainty: str = ""
    topics: list[str] = []
    speaker: str = ""
    speaks_for: str = ""
    basis: str = ""
    sentences: list[str] = []


class FlatBrief(BaseModel):
    """The scored sections of a brief."""

    parties: list[FlatItem] = []
    offers: list[FlatItem] = []
    red_lines: list[FlatItem] = []
    open_questions: list[FlatItem] = []
    next_steps: list[FlatItem] = []


def flat(brief: PeaceTalksBrief) -> FlatBrief:
    """A brief as the peers see it."""
    sections = {s: [_flat_item(item) for item in getattr(brief, s)] for s in SECTIONS}
    return FlatBrief.model_validate(sections)


def _flat_item(item: Any) -> dict[str, Any]:
    data: dict[str, Any] = item.model_dump(mode="json", exclude=set(_NOT_COMPARED))
    fields = {key: _flat_value(value) for key, value in data.items() if value is not None}
    fields["statement"] = (
        fields.pop("question", None) or fields.pop("name", None) or fields["statement"]
    )
    fields["sentences"] = [f"{c.document} {c.sentence}" for c in item.citations]
    return fields


def _flat_value(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        ": ".join(str(v) for k, v in one.items() if v and k != "citations")
        if isinstance(one, dict)
        else one
        for one in value
    ]


def _leaves(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        for value in data.values():
            yield from _leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value)
    elif data:
        yield str(data)


def _said(brief: PeaceTalksBrief) -> dict[str, Any]:
    return flat(brief).model_dump(exclude_defaults=True)


@cache
def _rouge() -> Any:
    from rouge_score.rouge_scorer import RougeScorer  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return RougeScorer(["rougeL"], use_stemmer=True)


def rouge_l(reference: PeaceTalksBrief, brief: PeaceTalksBrief) -> float:
    """F of the longest common subsequence of words (Lin 2004), stemmed, over all fields."""
    texts = (" ".join(_leaves(_said(one))) for one in (reference, brief))
    return float(_rouge().score(*texts)["rougeL"].fmeasure)


def anls_star(reference: PeaceTalksBrief, brief: PeaceTalksBrief) -> float:
    """ANLS* (Peer et al. 2024) over the nested data."""
    from anls_star import anls_score  # type: ignore[import-not-found,import-untyped,unused-ignore]

    score: Any = anls_score(gt=_said(reference), pred=_said(brief))
    return float(score)


def stickler(reference: PeaceTalksBrief, brief: PeaceTalksBrief) -> float:
    """``overall_score`` of stickler without configuration, Hungarian matching of lists."""
    from stickler import evaluate  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return float(evaluate(flat(reference), flat(brief)).overall_score)


_PEERS: Mapping[str, tuple[str, Metric]] = {
    "ROUGE-L": ("rouge-score", rouge_l),
    "ANLS*": ("anls-star", anls_star),
    "stickler": ("stickler-eval", stickler),
}


def peers() -> dict[str, Metric | None]:
    """Every peer by name; None for one whose package is not installed."""
    return {
        name: metric if _installed(package) else None for name, (package, metric) in _PEERS.items()
    }


def peer_versions() -> dict[str, str]:
    """Version of each peer's package, or "not installed"."""
    return {name: _installed(package) or "not installed" for name, (package, _) in _PEERS.items()}


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
