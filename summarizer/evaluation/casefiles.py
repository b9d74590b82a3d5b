"""Load and check case files: one clear line for each thing that is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from summarizer.draft import MAX_CITATIONS
from summarizer.evaluation.cases import LISTS, Case, CaseError, Quote, read_document
from summarizer.figures import WORD_LANGUAGES, Figure, figures_of
from summarizer.partykeys import name_key
from summarizer.vocabulary import (
    Basis,
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    QuestionReason,
    RedLineKind,
    StepCertainty,
    Term,
    Topic,
)

MAX_WORDS = 40
_TAG = re.compile(r"(?:genre|lang|conflict|rule):[\w-]+|negative|hard-negative")

#: What `also` may name per section: the field's terms, or None where it holds names or text.
_COMMON_ALSO: dict[str, type[Term] | None] = {
    "topics": Topic, "basis": Basis, "speaker": None, "speaks_for": None,
}  # fmt: skip
ALSO: dict[str, dict[str, type[Term] | None]] = {
    "parties": {"kind": PartyKind, "roles": PartyRole},
    "offers": {
        **_COMMON_ALSO, "kind": OfferKind, "status": OfferStatus, "certainty": Certainty,
        "by": None, "to": None, "deadline": None, "conditions": None,
    },
    "red_lines": {
        **_COMMON_ALSO, "kind": RedLineKind, "firmness": Firmness, "certainty": Certainty,
        "held_by": None,
    },
    "open_questions": {
        **_COMMON_ALSO, "reason": QuestionReason, "certainty": Certainty, "parties": None,
    },
    "next_steps": {
        **_COMMON_ALSO, "certainty": StepCertainty, "parties": None, "when": None, "date": None,
    },
    "outside_voices": {"topics": Topic, "speaker": None},
}  # fmt: skip
_MAY_BE_EMPTY = frozenset({"to", "parties", "conditions"})
_NAMES = frozenset({"by", "to", "held_by", "parties", "speaks_for"})


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a case file; ``where`` is the path of the item in it."""

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where + ': ' if self.where else ''}{self.message}"


class UniqueLoader(yaml.SafeLoader):
    """SafeLoader that refuses a key that occurs twice, which YAML forbids and PyYAML drops."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = [key for key, number in Counter(map(str, keys)).items() if number > 1]
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {twice[0]!r} occurs twice", node.start_mark
            )
        return dict(super().construct_mapping(node, deep=deep))


def load_case(path: Path) -> Case:
    """One case with its documents. Raises ``CaseError`` naming everything that is wrong."""
    case, faults = read_case(path)
    if case is None or faults:
        raise CaseError([str(fault) for fault in faults])
    return case


def load_cases(folder: Path) -> list[Case]:
    """Every case of a folder, by id. Raises ``CaseError`` for an empty folder or any fault."""
    cases, faults = read_cases(folder)
    if faults:
        raise CaseError([str(fault) for fault in faults])
    return cases


def read_cases(folder: Path) -> tuple[list[Case], list[Fault]]:
    """The cases of a folder that can be used, and what is wrong with the others."""
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    if not paths:
        return [], [Fault(str(folder), "", "no case files (*.yaml) here")]
    read = [read_case(path) for path in paths]
    faults = [fault for _, found in read for fault in found]
    good = [case for case, found in read if case is not None and not found]
    twice = [key for key, number in Counter(case.id for case in good).items() if number > 1]
    faults += [Fault(str(folder), "id", f"{key!r} is the id of two cases") for key in twice]
    return sorted(good, key=lambda case: case.id), faults


def read_case(path: Path) -> tuple[Case | None, list[Fault]]:
    """One case and everything that is wrong with it; None if it cannot be read at all."""
    file = str(path)
    try:
        data = yaml.load(path.read_bytes(), Loader=UniqueLoader)
        case = Case.model_validate(data)
    except OSError as error:
        return None, [Fault(file, "", f"cannot be read: {error.strerror or error}")]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return None, [Fault(file, "", f"not YAML: {' '.join(str(error).split())}")]
    except ValidationError as error:
        return None, list(schema_faults(file, error))
    case = case.model_copy(update={"file": file})
    readings, faults = _read_documents(path, case)
    if faults:
        return None, faults
    case = case.model_copy(update={"readings": tuple(readings)})
    return case, [Fault(file, where, message) for where, message in _faults(case, path)]


def schema_faults(file: str, error: ValidationError) -> Iterator[Fault]:
    for one in error.errors(include_url=False, include_context=False):
        message = one["msg"]
        if one["type"] == "extra_forbidden":
            message = "unknown key"
        elif one["type"] == "missing":
            message = "missing key"
        elif one["type"] == "string_type":
            message = f"should be text: put {one['input']!r} in quotes"
        yield Fault(file, _path(one["loc"]), message)


def _path(location: Sequence[int | str]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).removeprefix(".")


def _read_documents(path: Path, case: Case) -> tuple[list[Any], list[Fault]]:
    readings, faults = [], []
    for index, name in enumerate(case.documents):
        found = find_document(path, name)
        where = f"documents[{index}]"
        if found is None:
            faults.append(Fault(case.file, where, f"no such document: {name}"))
            continue
        try:
            readings.append(read_document(found, name, case.language))
        except (OSError, ValueError) as error:
            faults.append(
                Fault(case.file, where, f"cannot be read as UTF-8: {type(error).__name__}")
            )
    return readings, faults


def find_document(case_file: Path, name: str) -> Path | None:
    """A document named relative to the folder of the case file or any folder above it."""
    candidates = (folder / name for folder in case_file.absolute().parents)
    return next((path for path in candidates if path.is_file()), None)


def _faults(case: Case, path: Path) -> Iterator[tuple[str, str]]:
    if case.id != path.stem:
        yield "id", f"{case.id!r} differs from the name of the file"
    for tag in case.tags:
        if not _TAG.fullmatch(tag):
            yield "tags", f"unknown tag {tag!r}"
    yield from _subject_faults(case)
    yield from _name_faults(case)
    for section, index, item in case.items():
        where = f"{section}[{index}]"
        for place, message in _item_faults(case, section, item):
            yield f"{where}{'.' + place if place else ''}", message


def _subject_faults(case: Case) -> Iterator[tuple[str, str]]:
    listed = [section for section in LISTS if getattr(case, section)]
    if not case.about_peace_talks:
        if not case.not_about:
            yield "not_about", "a negative case says what it is about"
        for section in listed:
            yield section, "a negative case lists nothing"
        if "negative" not in case.tags:
            yield "tags", "a negative case has the tag 'negative'"
        return
    if case.not_about:
        yield "not_about", "only a negative case has it"
    if not any(section in listed for section in LISTS[1:-1]):
        yield "", "nothing to score: no offer, red line, open question or next step"


def _name_faults(case: Case) -> Iterator[tuple[str, str]]:
    owner: dict[str, str] = {}
    for index, party in enumerate(case.parties):
        for name in dict.fromkeys((party.name, *party.aliases)):
            other = owner.setdefault(name_key(name), party.name)
            if other != party.name:
                yield f"parties[{index}]", f"{name!r} is also a name of {other!r}"
    names = {party.name for party in case.parties}
    if len(names) < len(case.parties):
        yield "parties", "two parties have the same name"


def _item_faults(case: Case, section: str, item: Any) -> Iterator[tuple[str, str]]:
    yield from _evidence_faults(case, "evidence", item.evidence)
    yield from _also_faults(case, section, item)
    known = {party.name for party in case.parties}
    for name in dict.fromkeys(getattr(item, "parties_named", [])):
        if name not in known:
            yield "", f"party {name!r} is not among the parties"
    for index, answer in enumerate(getattr(item, "responses", [])):
        yield from _evidence_faults(case, f"responses[{index}].evidence", answer.evidence)
    if section != "parties":
        yield from _statement_faults(case, section, item)


def _evidence_faults(
    case: Case, where: str, evidence: Sequence[Quote]
) -> Iterator[tuple[str, str]]:
    if not evidence:
        yield where, "no evidence"
    for index, quote in enumerate(evidence):
        try:
            case.find(quote)
        except LookupError as error:
            yield f"{where}[{index}]", f"{quote.quote[:60]!r} {error}"
            return
    sentences = {(one.document, one.sentence) for one in case.cite(evidence)}
    if len(sentences) > MAX_CITATIONS:
        yield where, f"lies in {len(sentences)} sentences; an item cites {MAX_CITATIONS} at most"


def _also_faults(case: Case, section: str, item: Any) -> Iterator[tuple[str, str]]:
    known = {party.name for party in case.parties}
    for key, values in item.also.items():
        if key not in ALSO[section]:
            yield f"also.{key}", "not a field that can have other values"
            continue
        terms = ALSO[section][key]
        if not values and key not in _MAY_BE_EMPTY:
            yield f"also.{key}", "an empty list: only a list of the item can be empty as well"
        if values and key == "conditions":
            yield f"also.{key}", "other conditions are not compared: only [] (none) can stand here"
        for value in values:
            if terms is not None and str(value) not in {str(term) for term in terms}:
                yield f"also.{key}", f"{value!r} is none of the values of this field"
            if key in _NAMES and value is not None and value not in known:
                yield f"also.{key}", f"party {value!r} is not among the parties"


def _statement_faults(case: Case, section: str, item: Any) -> Iterator[tuple[str, str]]:
    statement = item.statement
    key = "question" if section == "open_questions" else "statement"
    if not statement.strip():
        yield key, "empty"
    if len(statement.split()) > MAX_WORDS:
        yield key, f"{len(statement.split())} words, at most {MAX_WORDS}"
    if section == "open_questions" and not statement.rstrip().endswith("?"):
        yield key, "does not end in a question mark"
    for figure in _figures_without_evidence(case, item):
        yield key, f"the figure {figure} is in none of its evidence quotes"


def _figures_without_evidence(case: Case, item: Any) -> list[str]:
    """Figures of the statement that no quote holds, in digits or in words.

    Where number words cannot be read (Russian, Ukrainian, Arabic) a figure that is not there
    in digits may be there in words: no fault then.
    """
    if case.language is not None and case.language not in WORD_LANGUAGES:
        return []
    quotes = " … ".join(quote.quote for quote in item.evidence)
    held = figures_of(quotes, case.language or "en")
    wanted = [figure for figure in figures_of(item.statement, "en") if not figure.soft]
    return [str(f) for f in wanted if not any(_shows(one, f) for one in held)]


def _shows(held: Figure, wanted: Figure) -> bool:
    """Whether a figure of the evidence bears one of the statement out: "the 23rd" for 23 March."""
    same = held.equals(wanted) or held.is_close_to(wanted) or held.value == wanted.value != 0
    return same or (wanted.day is not None and held.value == wanted.day)
