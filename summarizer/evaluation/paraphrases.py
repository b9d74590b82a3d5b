"""Paraphrases written by hand: the same brief in other words, to be scored as right.

The file maps a case id to a list of ``{section, index, statement}`` (``index`` from 0, the
position in the reference's list; ``statement`` also for open questions). An entry can carry
``conditions`` in other words too. Paraphrases are never made by a system under test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.cases import CaseError


class Paraphrase(BaseModel):
    """One item of a reference in other words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: Literal["offers", "red_lines", "open_questions", "next_steps"]
    index: int = Field(ge=0)
    statement: str = Field(min_length=1)
    conditions: list[str] | None = None


_File = TypeAdapter(dict[str, list[Paraphrase]])


def load_paraphrases(path: Path) -> dict[str, list[Paraphrase]]:
    """Read a file of paraphrases. Raises ``CaseError`` naming every fault."""
    try:
        return _File.validate_python(yaml.safe_load(path.read_text("utf-8")) or {})
    except OSError as error:
        raise CaseError([f"{path}: cannot be read: {error.strerror or error}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CaseError([f"{path}: not YAML: {' '.join(str(error).split())}"]) from error
    except ValidationError as error:
        faults = [
            f"{path}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        ]
        raise CaseError(faults) from error


def paraphrased(brief: PeaceTalksBrief, paraphrases: Sequence[Paraphrase]) -> PeaceTalksBrief:
    """The brief in other words. Raises ``CaseError`` for an item that it does not have."""
    sections: dict[str, list[Any]] = {}
    for one in paraphrases:
        items = sections.setdefault(one.section, list(getattr(brief, one.section)))
        if one.index >= len(items):
            raise CaseError([f"{brief.title}: {one.section}[{one.index}] does not exist"])
        items[one.index] = items[one.index].model_copy(update=_update(one))
    return brief.model_copy(update=sections)


def _update(one: Paraphrase) -> Mapping[str, Any]:
    key = "question" if one.section == "open_questions" else "statement"
    update: dict[str, Any] = {key: one.statement}
    if one.conditions is not None and one.section == "offers":
        update["conditions"] = one.conditions
    return update
