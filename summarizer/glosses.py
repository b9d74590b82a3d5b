"""Translations of quoted sentences, to stand beside the quotes and never in their place.

A model translates, code checks what can be checked without knowing both languages: that every
sentence was translated, and that its figures are all there. What fails is named in a warning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from pydantic import Field, ValidationError

from summarizer.attempts import Ledger
from summarizer.brief import Citation, Gloss, PeaceTalksBrief, Warning
from summarizer.draft import DraftPart
from summarizer.errors import ModelError
from summarizer.languages import NAMES
from summarizer.prompts import Prompt, load_template, neutralised, new_fence, version_of

SENTENCES_PER_CALL = 30
"""What a model translates at once; about 1,500 tokens in and as many out."""
_DIGITS = re.compile(r"\d+")


class GlossDraft(DraftPart):
    """One sentence as the model translated it."""

    number: int = Field(description="of the sentence")
    text: str = Field(description="its translation")


class GlossesDraft(DraftPart):
    """What the model fills in."""

    translations: list[GlossDraft]


async def glossed(brief: PeaceTalksBrief, ledger: Ledger, *, cap: int) -> PeaceTalksBrief:
    """``brief`` with a translation of every quote that is in another language than it.

    A call that fails costs the translations of its sentences, and is named in a warning.
    """
    made: list[Gloss] = []
    warnings: list[Warning] = []
    for group in batches(foreign(brief), SENTENCES_PER_CALL):
        try:
            answer = await ledger.ask(gloss_prompt(group, brief.language), step="quotes", cap=cap)
            found = read(answer.text)
        except ModelError as error:
            warnings.append(_lost(len(group), str(error)))
            continue
        made += (_gloss(cited, found[n], brief) for n, cited in enumerate(group, 1) if n in found)
        warnings += _doubts(group, found)
    provenance = brief.provenance.model_copy(
        update={"warnings": [*brief.provenance.warnings, *warnings]}
    )
    return brief.model_copy(update={"translations": made, "provenance": provenance})


def unglossed(brief: PeaceTalksBrief, why: str) -> PeaceTalksBrief:
    """``brief`` as it is, with a warning where translations were asked for and nobody made them."""
    number = len(foreign(brief))
    if not number:
        return brief
    warnings = [*brief.provenance.warnings, _lost(number, why)]
    provenance = brief.provenance.model_copy(update={"warnings": warnings})
    return brief.model_copy(update={"provenance": provenance})


def foreign(brief: PeaceTalksBrief) -> list[Citation]:
    """The cited sentences of sources in another language than the brief, each once."""
    others = {source.id for source in brief.sources if source.language != brief.language}
    once = {(cited.document, cited.sentence): cited for cited in brief.citations()}
    return [once[place] for place in sorted(once) if place[0] in others]


def gloss_prompt(group: Sequence[Citation], language: str) -> Prompt:
    """The prompt for some sentences, numbered from 1."""
    template, fence = load_template("gloss"), new_fence()
    told = template.render(language=NAMES[language])
    lines = [f"[{number}] {neutralised(cited.quote)}" for number, cited in enumerate(group, 1)]
    schema = GlossesDraft.model_json_schema()
    return Prompt(
        messages=[
            {"role": "system", "content": told},
            {"role": "user", "content": "\n".join([fence, *lines, fence])},
        ],
        answer=GlossesDraft,
        version=version_of(template, [told], schema),
        example_names=template.example_names,
        language=NAMES[language],
    )


def read(text: str) -> dict[int, str]:
    """The translations of an answer by number; of what cannot be read there are none."""
    start, end = text.find("{"), text.rfind("}")
    try:
        answer = GlossesDraft.model_validate(json.loads(text[start : end + 1]))
    except (ValueError, ValidationError, RecursionError):
        return {}
    return {entry.number: entry.text for entry in answer.translations if entry.text.strip()}


def batches(found: Sequence[Citation], size: int) -> Iterator[list[Citation]]:
    """``found`` in groups of at most ``size``."""
    for start in range(0, len(found), size):
        yield list(found[start : start + size])


def _gloss(cited: Citation, text: str, brief: PeaceTalksBrief) -> Gloss:
    return Gloss(
        document=cited.document, sentence=cited.sentence, language=brief.language, text=text
    )


def _doubts(group: Sequence[Citation], found: dict[int, str]) -> Iterator[Warning]:
    """What is missing, and translations that lack a figure of the sentence."""
    missing = [number for number in range(1, len(group) + 1) if number not in found]
    if missing:
        yield _lost(len(missing), "the model left them out")
    for number, cited in enumerate(group, 1):
        lacking = sorted(_figures(cited.quote) - _figures(found.get(number, cited.quote)))
        if lacking:
            yield Warning(
                kind="notice",
                where=f"translation of {cited.document}:{cited.sentence}",
                message=f"lacks {', '.join(lacking)}, which the sentence has",
            )


def _figures(text: str) -> set[str]:
    """Runs of digits, whatever the script writes them in and groups them with."""
    plain = re.sub(r"(?<=\d)[\s.,'’](?=\d{3}\b)", "", text)
    return {str(int(digits)) for digits in _DIGITS.findall(plain)}


def _lost(number: int, why: str) -> Warning:
    quotes = "quote" if number == 1 else "quotes"
    return Warning(
        kind="notice", where="quotes", message=f"{number} {quotes} not translated: {why}"
    )
