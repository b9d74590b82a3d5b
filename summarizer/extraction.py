"""A document's sentences ─▶ draft: one strategy per function.

Every strategy asks, reads, mends, and shows the model what was wrong, at most ``max_reasks``
times; what still does not fit is dropped item by item and named in a warning.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, create_model

from summarizer.answers import Fault
from summarizer.attempts import Ledger
from summarizer.brief import Warning
from summarizer.dialogue import WHOLE, Dialogue
from summarizer.documents import Document
from summarizer.draft import (
    SECTIONS,
    BriefDraft,
    DraftPart,
    DraftParty,
    empty_draft,
    says_nothing,
)
from summarizer.errors import (
    EndpointError,
    InvalidOutput,
    LimitExceeded,
    ModelError,
    Truncated,
)
from summarizer.languages import NAMES
from summarizer.leaks import without_leaks
from summarizer.prompts import (
    ENGLISH,
    LARGE,
    Prompt,
    load_template,
    make_prompt,
    neutralised,
    new_fence,
    prompt_version,
)
from summarizer.windows import Window, spans

PARROTED = (
    "the model gave the prompt's worked example back and nothing else: it is too small for this "
    "text; use a larger one, or --strategy fast"
)
MAX_FAULTS_SHOWN = 12
"""Faults that go back to the model at once; a re-ask must not outgrow the document."""
MAX_CARRIED = 12
"""Parties, and people of each, that a window is told of from those before it."""
MAX_PART_CHARACTERS = 1_200
"""Longest offending part that goes back to the model."""
MAX_FAULT_CHARACTERS = 400
"""Longest description of one fault."""
MAX_REASK_CHARACTERS = 10_000
"""Faults and parts of one re-ask together, some 2,500 tokens: by so much, and the few lines of its
template, a prompt may grow. Re-asks do not add up: each is put after the first prompt."""


@dataclass(frozen=True)
class Options:
    """What the strategies need to know beside the document.

    ``window``: characters of the document that one call is shown at most, None for all of them;
    ``at_once``: windows that are read at the same time; ``split_when_cut``: whether a window
    whose answer was cut off at the cap is read again in two halves; ``judge``: the name of the
    model that is asked of items of two windows whether they are one, where the rules cannot tell.
    """

    system: str = LARGE
    cap: int = 16_000
    max_reasks: int = 2
    language: str = ENGLISH
    on_step: Callable[[str], None] = lambda step: None
    window: int | None = None
    at_once: int = 4
    split_when_cut: bool = True
    judge: str | None = None


@dataclass(frozen=True)
class Extraction:
    """A draft that fits its document, what was lost on the way, and how it was made.

    ``failure``: the endpoint, the deadline or the budget ended it before all parts were asked
    for; the draft is of those that were. ``to_confirm``: section and position of items whose
    holder is not sure.
    """

    draft: BriefDraft
    warnings: tuple[Warning, ...]
    strategy: str
    prompt_version: str
    failure: ModelError | None = None
    to_confirm: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class View:
    """What of a document a strategy reads: all of it, or a window and the parties before it.

    ``splits``: a cut answer is an error then, since the window will be read in halves.
    """

    window: Window | None = None
    parties: tuple[DraftParty, ...] = ()
    splits: bool = False

    @property
    def shown(self) -> list[int] | None:
        """The numbers of the sentences that are shown; None for all."""
        return self.window.shown if self.window else None

    def label(self, step: str) -> str:
        """What a step is called in the ledger."""
        return f"{step}, {self.window.name}" if self.window else step

    def task(self, document: Document, task: str | None = None) -> str | None:
        """The closing line of the prompt."""
        if self.window is None:
            return task
        context = self.window.context
        return load_template("window").render(
            sentences=len(document.sentences),
            own=self.window.name,
            context=f"sentences {spans(context)}" if context else "",
            parties=[neutralised(_introduced(party)) for party in self.parties[:MAX_CARRIED]],
            task=task,
        )


WHOLE_DOCUMENT = View()


async def single(
    document: Document, ledger: Ledger, options: Options, view: View = WHOLE_DOCUMENT
) -> Extraction:
    """One call fills the whole draft."""
    options.on_step(view.label("draft"))
    prompt = make_prompt(
        document,
        system=options.system,
        task=view.task(document),
        shown=view.shown,
        language=options.language,
    )
    draft, warnings = await _asked(prompt, document, ledger, options, "draft", view)
    return Extraction(draft, warnings, "single", prompt.version)


async def selection(
    document: Document, options: Options, strategy: str, encoders: Mapping[str, Path]
) -> Extraction:
    """No model at all: sentences are selected by a fitted classifier and attributed by rule.

    ``encoders``: the files of the encoders that the strategy, full or fast, found here, by size.
    """
    from summarizer.selection import selecting

    options.on_step("selection")
    selected = selecting.select(document, encoders)
    notices = list(selected.notices)
    if selected.draft.parties:
        notices += _untranslated(document, options.language)
    warnings = tuple(Warning(kind="notice", message=notice) for notice in notices)
    version = selecting.version(selected.encoders)
    return Extraction(selected.draft, warnings, strategy, version, to_confirm=selected.to_confirm)


def _untranslated(document: Document, language: str) -> list[str]:
    """That labels are in the language asked for and statements are not, where they differ."""
    own = NAMES.get(document.language or "", language)
    if own == language:
        return []
    return [
        f"labels are in {language}, statements in {own} as the document has them: nothing is "
        "translated without a language model"
    ]


async def stepwise(
    document: Document, ledger: Ledger, options: Options, view: View = WHOLE_DOCUMENT
) -> Extraction:
    """Parties first, then a call per section; the shared prefix is the same in all of them."""
    fence, draft = new_fence(), empty_draft()
    warnings: list[Warning] = []
    failure: ModelError | None = None
    for step in SECTIONS:
        if failure is not None:
            warnings.append(not_asked(view.label(step), failure))
            continue
        options.on_step(view.label(step))
        prompt = make_prompt(
            document,
            system=options.system,
            task=view.task(document, _task(step, draft)),
            answer=step_answer(step),
            fence=fence,
            shown=view.shown,
            language=options.language,
        )
        try:
            draft, found = await _asked(prompt, document, ledger, options, step, view, draft)
        except (EndpointError, LimitExceeded) as error:
            if step == "parties":
                raise
            failure, found = error, (not_asked(view.label(step), error),)
        warnings += found
        if not draft.about_peace_talks:
            break
    version = prompt_version(
        options.system, templates=("document", "step"), language=options.language
    )
    return Extraction(draft, tuple(warnings), "stepwise", version, failure)


def not_asked(where: str, error: ModelError) -> Warning:
    """The warning for a part that an error kept out of the draft."""
    return Warning(kind="dropped", where=where, message=f"nothing of it is in the brief: {error}")


@cache
def step_answer(step: str) -> type[BaseModel]:
    """The schema of one step: its own list, and the head of the draft with the parties."""
    head = BriefDraft.model_fields
    names = ("about_peace_talks", "not_about", "title") if step == "parties" else ()
    fields: dict[str, Any] = {name: (head[name].annotation, head[name]) for name in names}
    fields[step] = (head[step].annotation, head[step])
    return create_model(f"Answer_{step}", __base__=DraftPart, **fields)


def _introduced(party: DraftParty) -> str:
    """``Norland (Mara Tolen, foreign minister)``: who "the minister" is, some pages on."""
    people = [f"{p.name}, {p.title}" if p.title else p.name for p in party.people[:MAX_CARRIED]]
    return f"{party.name} ({'; '.join(people)})" if people else party.name


def _task(step: str, draft: BriefDraft) -> str:
    # Made by the model of the document: no forged marker or fence comes back by way of it.
    statements = [offer.statement for offer in draft.offers]
    statements += [line.statement for line in draft.red_lines]
    return load_template("step").render(
        step=step,
        parties=[neutralised(party.name) for party in draft.parties],
        statements=[neutralised(statement) for statement in statements],
    )


async def _asked(
    prompt: Prompt,
    document: Document,
    ledger: Ledger,
    options: Options,
    step: str,
    view: View,
    before: BriefDraft | None = None,
) -> tuple[BriefDraft, tuple[Warning, ...]]:
    """Ask, read and mend; re-ask while something would be lost."""
    sections = tuple(SECTIONS) if step == "draft" else (step,)
    dialogue = Dialogue(len(document.sentences), sections, before or empty_draft(), view.shown)
    current, label = prompt, view.label(step)
    for _ in range(options.max_reasks + 1):
        try:
            raw = await ledger.ask(current, step=label, cap=options.cap)
            faults = dialogue.take(raw.text)
        except Truncated as error:
            if view.splits:
                raise
            dialogue.salvage(error)
            break
        except InvalidOutput as error:
            ledger.mark_last(error, label)
            faults = dialogue.fail(error)
        except ModelError as error:
            dialogue.stop(error)
            break
        if not faults:
            break
        current = reask(prompt, faults)
    draft, leaked = without_leaks(dialogue.result(ledger), document, prompt.example_names)
    if step == "draft" and leaked and says_nothing(draft):
        # An empty brief would read as if the document held nothing.
        parroted = InvalidOutput(PARROTED)
        ledger.mark_last(parroted, label)
        raise parroted
    return draft, (*dialogue.warnings(), *leaked)


def reask(prompt: Prompt, faults: Sequence[Fault]) -> Prompt:
    """The same prompt with what was wrong; only the offending parts go back.

    Corrected entries alone are asked for: they are joined with the good ones by code.
    """
    shown: dict[str, dict[str, Any]] = {}
    told, size = 0, 0
    for fault in faults[:MAX_FAULTS_SHOWN]:
        part, line = _shown(fault.part), str(fault)[:MAX_FAULT_CHARACTERS]
        size += len(json.dumps(line, ensure_ascii=False)) + (0 if part in shown else len(part))
        if size > MAX_REASK_CHARACTERS:
            break
        entry = shown.setdefault(part, {"faults": [], "part": json.loads(part)})
        entry["faults"].append(line)
        told += 1
    text = load_template("reask").render(
        faults=json.dumps(list(shown.values()), ensure_ascii=False),
        more=len(faults) - told,
        whole=any(fault.where in WHOLE for fault in faults),
    )
    said = [
        {"role": "assistant", "content": "(my previous answer)"},
        {"role": "user", "content": text},
    ]
    return replace(prompt, messages=[*prompt.messages, *said])


def _shown(part: Any) -> str:
    """A part as JSON; as a string with the beginning of its JSON if it is too long."""
    try:
        text = json.dumps(part, ensure_ascii=False, default=str)
    except (RecursionError, ValueError):
        return '"(nested too deeply to be shown)"'
    text = text.encode("utf-8", "replace").decode()  # a lone surrogate cannot be sent
    if len(text) <= MAX_PART_CHARACTERS:
        return text
    return json.dumps(text[:MAX_PART_CHARACTERS] + " …", ensure_ascii=False)
