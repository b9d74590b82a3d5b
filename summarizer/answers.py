"""A model's raw answer ─▶ a draft, item by item (pure).

One broken item must not cost the others: every entry is validated on its own, and what
does not fit is reported as a fault that says how to mend it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from summarizer.draft import SECTIONS, BriefDraft, DraftPart
from summarizer.errors import InvalidOutput

MAX_OBJECTS_TRIED = 50
"""How many ``{`` are tried before an answer counts as prose."""
MAX_DIGITS = 18
"""Longest whole number that is read as one; Python refuses those of thousands of digits."""
MAX_MESSAGE = 160
"""Longest error of one field: it names the keys that the model made up."""
HEAD = ("about_peace_talks", "not_about", "title")
_INSTANCE = re.compile(r" or instance of \w+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """Something wrong with a part of an answer.

    ``message`` says what is wrong and how to mend it, to a model or a person; ``part`` is the
    offending part as given; ``lossy`` is true when keeping the rest loses something.
    """

    where: str
    message: str
    part: Any = None
    lossy: bool = True
    dropped: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True)
class Answer:
    """What could be read of an answer, and what was wrong with the rest."""

    draft: BriefDraft
    faults: tuple[Fault, ...]


Read = tuple[dict[str, Any], list[Fault]]
"""A draft as read, and the keys that were given twice in it."""


def read_answer(
    text: str, *, sections: Collection[str] = tuple(SECTIONS), partial: bool = False
) -> Answer:
    """Read a draft from a raw answer: JSON, alone or in prose, a fence or after ``<think>``.

    ``sections`` are the lists that were asked for; ``partial`` accepts JSON that was cut off:
    complete items are kept. Raises InvalidOutput when there is no JSON object of a draft in it,
    or nothing of use before the cut.
    """
    faults: list[Fault] = []
    data = _find_object(text, faults, partial=partial)
    faults += _unknown_keys(data)
    asked = () if partial else sections
    values: dict[str, Any] = _read_head(data, faults, asked="parties" in asked)
    values |= {name: _read_section(data, name, faults, name in asked) for name in SECTIONS}
    return Answer(BriefDraft.model_construct(None, **values), tuple(faults))


@dataclass(frozen=True)
class Cut:
    """What an answer that was cut off holds: whole entries, one that was cut in two or none,
    and the lists that it had not come to."""

    whole: int
    broken: int
    missing: tuple[str, ...]


def cut_of(text: str, sections: Collection[str]) -> Cut:
    """Count what is there, and what is lost, of a cut answer for these lists."""
    _, mark, answer = text.rpartition("</think>")
    reader = _Reader()
    data, _ = reader.read_cut(answer if mark else text)
    missing = tuple(section for section in sections if section not in data)
    return Cut(_entry_count(data), reader.broken, missing)


def _unknown_keys(data: dict[str, Any]) -> list[Fault]:
    unknown = [key for key in data if key not in SECTIONS and key not in HEAD]
    if not unknown:
        return []
    named = ", ".join(repr(key[:40]) for key in unknown[:3])
    more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
    return [Fault("answer", f"unknown keys {named}{more}: leave them out", lossy=False)]


def _read_head(data: dict[str, Any], faults: list[Fault], *, asked: bool) -> dict[str, Any]:
    about = _truth(data.get("about_peace_talks"))
    if about is None:
        listed = any(data.get(section) for section in SECTIONS)
        if asked:
            # With entries there is no doubt what it should have been.
            message, part = "must be true or false", data.get("about_peace_talks")
            fault = Fault("about_peace_talks", message, part, lossy=not listed, dropped=False)
            faults.append(fault)
        about = listed
    return {
        "about_peace_talks": about,
        "not_about": _text_or_none(data.get("not_about")),
        "title": _text_or_none(data.get("title")) or "",
    }


def _truth(value: Any) -> bool | None:
    """True or false, as small models write them too: in quotation marks."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().casefold())
    return value if isinstance(value, bool) else None


def _text_or_none(value: Any) -> str | None:
    if not isinstance(value, str) or value.strip().casefold() in {"", "null", "none", "n/a"}:
        return None
    return value


def _read_section(
    data: dict[str, Any], name: str, faults: list[Fault], asked: bool
) -> list[DraftPart]:
    entries = data.get(name)
    if not isinstance(entries, list):
        if entries is not None:
            faults.append(Fault(name, "must be a list", entries))
        elif asked and _truth(data.get("about_peace_talks")) is not False:
            faults.append(Fault(name, "is missing: give a list, empty if there is none"))
        return []
    kept = []
    for index, entry in enumerate(entries):
        where = f"{name}[{index}]"
        try:
            kept.append(SECTIONS[name].model_validate(entry))
        except ValidationError as error:
            faults.append(Fault(where, _first_errors(error), entry))
    return kept


def _first_errors(error: ValidationError, most: int = 3) -> str:
    """The first errors of pydantic, without links, input or class names."""
    lines = [
        f"{'.'.join(map(str, fault['loc']))[:40] or 'entry'}: {_INSTANCE.sub('', fault['msg'])}"
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return "; ".join([*(_shortened(line) for line in lines[:most]), *more])


def _shortened(line: str) -> str:
    return line if len(line) <= MAX_MESSAGE else line[:MAX_MESSAGE] + " …"


def _find_object(text: str, faults: list[Fault], *, partial: bool) -> dict[str, Any]:
    """The JSON object in the text that is a draft; of several the fullest."""
    text = _SURROGATE.sub("�", text)
    found = _first_found(text, partial=partial)
    if not found:
        message = (
            "the answer was cut off before anything usable"
            if partial
            else "the answer holds no JSON object of a brief draft"
        )
        raise InvalidOutput(message, raw_answer=text)
    data, repeated = max(found, key=lambda draft: _entry_count(draft[0]))
    faults += repeated
    if len(found) > 1:
        message = f"holds {len(found)} briefs: the fullest was taken; give one"
        faults.append(Fault("answer", message, lossy=False))
    return data


def _first_found(text: str, *, partial: bool) -> list[Read]:
    """What is read after the reasoning, or else in all of the text; whole or else cut."""
    _, mark, answer = text.rpartition("</think>")
    parts = [answer, text] if mark else [text]
    for part in parts:
        if found := list(_drafts(part)):
            return found
    cut = [_Reader().read_cut(part) for part in parts] if partial else []
    return [read for read in cut if _is_usable(read[0])][:1]


def _drafts(text: str) -> Iterator[Read]:
    """Every object in the text, or one level down in another object, that is a draft."""
    reader, position = _Reader(), 0
    for _ in range(MAX_OBJECTS_TRIED):
        position = text.find("{", position)
        if position < 0:
            return
        reader.repeated.clear()
        try:
            data, position = reader.decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            position += 1
            continue
        for candidate in (data, *data.values()):
            if isinstance(candidate, dict) and _is_draft(candidate):
                yield candidate, list(reader.repeated)
                break


def _is_draft(data: dict[str, Any]) -> bool:
    """Whether this is a draft, and no entry of one: they have the key ``parties`` as well."""
    named = [key for key in data if key in SECTIONS or key in HEAD]
    filled = [key for key in named if key in SECTIONS and isinstance(data[key], list)]
    told = _truth(data.get("about_peace_talks")) is not None
    return bool(filled or told) and not ({"citations", "basis"} & data.keys())


def _entry_count(data: dict[str, Any]) -> int:
    return sum(len(data[name]) for name in SECTIONS if isinstance(data.get(name), list))


def _is_usable(data: dict[str, Any]) -> bool:
    return _entry_count(data) > 0 or _truth(data.get("about_peace_talks")) is False


class _Reader:
    """JSON as models write it: line breaks in strings, NaN, a key twice."""

    def __init__(self) -> None:
        self.repeated: list[Fault] = []
        self.broken = 0
        """Entries that were cut in two."""
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._unique,
            # No JSON: it is left to the field to refuse it, so that it costs one entry only.
            parse_constant=float,
            parse_int=lambda digits: int(digits) if len(digits) <= MAX_DIGITS else digits,
            strict=False,
        )

    def _unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Refuse to lose the first of two values silently, as ``json`` does."""
        data: dict[str, Any] = {}
        for key, value in pairs:
            key, value = _SURROGATE.sub("�", key), _without_surrogates(value)
            if key not in data:
                data[key] = value
            elif isinstance(value, list) and isinstance(data[key], list):
                data[key] += value
            elif value != data[key]:
                message = f"key {key[:40]!r} is given twice in one object: give it once"
                self.repeated.append(Fault("answer", message, {key: value}))
        return data

    def read_cut(self, text: str) -> Read:
        """Of an object that was cut off, what is complete: values, and entries of lists."""
        self.repeated.clear()
        self.broken = 0
        data: dict[str, Any] = {}
        position = text.find("{") + 1
        while key := _KEY.match(text, position):
            position = key.end()
            if text[position : position + 1] == "[":
                entries, position = self._read_list(text, position + 1)
                data[key[1]] = [*_listed(data.get(key[1])), *entries]
            elif (value := self._read_value(text, position)) is not None:
                data.setdefault(key[1], value[0])
                position = value[1]
            else:
                break
        return data, list(self.repeated)

    def _read_list(self, text: str, position: int) -> tuple[list[Any], int]:
        entries: list[Any] = []
        while True:
            position = _skipped(text, position)
            if text[position : position + 1] in {"]", ""}:
                return entries, position + 1
            value = self._read_value(text, position)
            if value is None:
                self.broken += 1
                return entries, len(text)
            entries.append(value[0])
            position = value[1]

    def _read_value(self, text: str, position: int) -> tuple[Any, int] | None:
        try:
            value, end = self.decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return None
        # A number, or a word, at the very end may have been cut in the middle.
        complete = end < len(text) or isinstance(value, dict | list | str)
        return (_without_surrogates(value), end) if complete else None


_KEY = re.compile(r'[\s,]*"((?:[^"\\]|\\.)*)"\s*:\s*')
_SEPARATOR = re.compile(r"[\s,]*")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _skipped(text: str, position: int) -> int:
    match = _SEPARATOR.match(text, position)
    return match.end() if match else position


def _without_surrogates(value: Any) -> Any:
    """Lone surrogates, which no encoding can hold, out of a string, or strings in a list."""
    if isinstance(value, str):
        return _SURROGATE.sub("�", value)
    if isinstance(value, list):
        return [_without_surrogates(entry) if isinstance(entry, str) else entry for entry in value]
    return value
