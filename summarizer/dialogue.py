"""What has been learned over one answer and its re-asks: good items, faults, losses (pure).

A re-ask brings corrected entries only. They take the place of what they correct; what they do
not correct stays as well as it could be mended, and every fault that is left is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.answers import Cut, Fault, cut_of, read_answer
from summarizer.attempts import Ledger
from summarizer.brief import Warning
from summarizer.draft import SECTIONS, BriefDraft, DraftPart
from summarizer.errors import InvalidOutput, ModelError, NoUsableAnswer, Truncated
from summarizer.names import folded
from summarizer.validation import Mended, entry_key, mend

WHOLE = frozenset({"", "about_peace_talks"})
"""Faults after which the whole answer is asked for again, not the corrected entries alone."""
ALIKE = 0.4
"""Share of words from which on an entry is taken for a correction of another one."""
THE_SAME = 0.8
"""Share of words from which on an entry is taken for a repetition of another one."""


@dataclass
class Dialogue:
    """One answer to one prompt, mended over re-asks.

    ``sentences``: how many the document has; ``sections``: the lists that are asked for;
    ``before``: what earlier steps have found; ``shown``: numbers of the sentences that the
    model sees, None for all of them.
    """

    sentences: int
    sections: Sequence[str]
    before: BriefDraft
    shown: Collection[int] | None = None
    mended: Mended | None = None
    failure: ModelError | None = None
    notes: list[Warning] = field(default_factory=list)
    settled: list[Fault] = field(default_factory=list)
    """Faults of earlier answers that no later one has corrected."""
    broken: list[str] = field(default_factory=list)
    """Answers in which no draft was found."""

    def take(self, text: str, *, partial: bool = False) -> list[Fault]:
        """Take an answer in; returns what should be asked again.

        Raises InvalidOutput when there is no draft in it.
        """
        if self.mended is None or _asked_whole(self.mended):
            return self._take_whole(text, partial=partial)
        answer = read_answer(text, sections=(), partial=partial)
        base, draft = self.mended.clean, answer.draft
        new = {s: _without_known(getattr(draft, s), getattr(base, s)) for s in SECTIONS}
        spare = self._settle(self.mended, new)
        lists = {s: [*getattr(base, s), *new[s], *spare[s]] for s in SECTIONS}
        head = {
            "title": draft.title or base.title,
            "not_about": draft.not_about or base.not_about,
            "about_peace_talks": base.about_peace_talks,
        }
        return self._mend(base.model_copy(update={**lists, **head}), answer.faults)

    def _take_whole(self, text: str, *, partial: bool) -> list[Fault]:
        answer = read_answer(text, sections=self.sections, partial=partial)
        draft = answer.draft
        lists: dict[str, Any] = {
            s: [*getattr(self.before, s), *getattr(draft, s)] for s in SECTIONS
        }
        head = {name: getattr(draft, name) for name in ("about_peace_talks", "not_about", "title")}
        if "parties" not in self.sections:
            head = {}
        return self._mend(self.before.model_copy(update={**lists, **head}), answer.faults)

    def _mend(self, draft: BriefDraft, faults: Sequence[Fault]) -> list[Fault]:
        mended = mend(draft, self.sentences, self.shown)
        told = "parties" in self.sections  # an empty title was named in its own step
        found = [fault for fault in mended.faults if told or fault.where != "title"]
        self.mended = Mended(mended.draft, (*faults, *found), mended.repaired)
        return self.mended.lossy

    def _settle(self, mended: Mended, new: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Keep what the new entries do not correct: repaired entries, and the faults.

        Returns the repaired entries that stay, by section.
        """
        open_to = {section: list(entries) for section, entries in new.items()}
        stay: dict[str, list[Any]] = {section: [] for section in SECTIONS}
        own: set[int] = set()
        for repaired in mended.repaired:
            own |= {id(fault) for fault in repaired.faults}
            if not _take_alike(open_to[repaired.section], repaired.entry):
                stay[repaired.section].append(repaired.entry)
                self.settled += _as_settled(repaired.faults)
        left = [fault for fault in mended.faults if id(fault) not in own]
        self.settled += [fault for fault in left if not fault.lossy]
        self.settled += _as_settled(_uncorrected([f for f in left if f.lossy], open_to))
        return stay

    def salvage(self, error: Truncated) -> None:
        """Keep the complete items of an answer that was cut off, and say so."""
        self.failure, first = error, self.mended is None
        try:
            self.take(error.raw_answer or "", partial=True)
        except InvalidOutput:
            if self.mended is None:
                return
        sections = self.sections if first else ()
        message = _told(cut_of(error.raw_answer or "", sections))
        self.notes.append(Warning(kind="truncated", where=self._step, message=message))

    def fail(self, error: InvalidOutput) -> list[Fault]:
        """An answer without a draft: ask again for what was asked for."""
        self.failure = error
        self.broken.append(error.raw_answer or "")
        if self.mended is None:
            return [Fault("", str(error))]
        return [Fault("answer", str(error)), *self.mended.lossy]

    def stop(self, error: ModelError) -> None:
        """The call failed for good: what was found before stays, if there is any."""
        self.failure = error
        if self.mended is not None:
            message = f"asking again failed: {error}"
            self.notes.append(Warning(kind="notice", where=self._step, message=message))

    def result(self, ledger: Ledger) -> BriefDraft:
        """The draft. Raises the failure, with the ledger, when nothing usable was answered.

        A later step of several without a usable answer is lost, and named; the earlier ones
        are kept.
        """
        if self.mended is None:
            self._take_broken()
        if self.mended is not None:
            return self.mended.draft
        failure = self.failure or InvalidOutput("no usable answer")
        if isinstance(failure, NoUsableAnswer) and "parties" not in self.sections:
            message = f"no usable answer, nothing of this step is in the brief: {failure}"
            self.notes.append(Warning(kind="dropped", where=self._step, message=message))
            return self.before
        failure.attempts = list(ledger.attempts)
        raise failure

    def _take_broken(self) -> None:
        """Keep what is whole of an answer that breaks off, though nobody said that it does."""
        texts = sorted(self.broken, key=lambda text: cut_of(text, ()).whole)
        if texts and cut_of(texts[-1], ()).whole:
            self.salvage(Truncated(str(self.failure), raw_answer=texts[-1]))

    def warnings(self) -> list[Warning]:
        """Every loss and repair that is left, named; call it after ``result``."""
        faults = [*self.settled, *(self.mended.faults if self.mended else ())]
        named = {(fault.where, fault.message, fault.dropped): fault for fault in faults}
        return [*self.notes, *(as_warning(fault) for fault in named.values())]

    @property
    def _step(self) -> str:
        return self.sections[0] if len(self.sections) == 1 else "draft"


def _told(cut: Cut) -> str:
    """How much of a cut answer is there, and how much is not."""
    lost = ["1 was cut in two and is lost"] if cut.broken else []
    if cut.missing:
        lost.append(f"nothing came for {', '.join(cut.missing)}")
    kept = f"{cut.whole} complete {'entry is' if cut.whole == 1 else 'entries are'} kept"
    return f"the answer was cut off: {', '.join([kept, *lost])}"


def _asked_whole(mended: Mended) -> bool:
    return any(fault.where in WHOLE for fault in mended.lossy)


def _without_known(new: Iterable[DraftPart], good: Sequence[DraftPart]) -> list[DraftPart]:
    """The entries that are no repetition of a good one: some models send everything again."""
    keys = {entry_key(entry) for entry in good}
    return [
        entry
        for entry in new
        if entry_key(entry) not in keys and not any(_is_same(entry, other) for other in good)
    ]


def _is_same(entry: DraftPart, other: DraftPart) -> bool:
    """The same sentences, the same holders, nearly the same words."""
    same_sentences = _citations(entry) == _citations(other)
    same_holders = entry_key(entry)[1:] == entry_key(other)[1:]
    return same_sentences and same_holders and _likeness(_text(entry), _text(other)) >= THE_SAME


def _take_alike(entries: list[Any], part: Any) -> bool:
    """Take the entry that corrects this one out of the list; false if there is none."""
    best = max(entries, key=lambda entry: _likeness(_text(entry), _text(part)), default=None)
    if best is None or _likeness(_text(best), _text(part)) < ALIKE:
        return False
    entries[:] = [entry for entry in entries if entry is not best]
    return True


def _uncorrected(faults: Iterable[Fault], open_to: dict[str, list[Any]]) -> list[Fault]:
    """The faults of dropped entries for which no new entry can stand.

    First those alike; an entry that says nothing may be corrected by any that is left.
    """
    # Of the answer as a whole, or a list that was not given: the new answer has its own.
    of_entries = [
        fault for fault in faults if _section(fault) in open_to and fault.part is not None
    ]
    corrected: dict[str, bool] = {}
    for fault in sorted(of_entries, key=lambda fault: not folded(_text(fault.part))):
        if fault.where not in corrected:
            corrected[fault.where] = _take_any(open_to[_section(fault)], fault.part)
    return [fault for fault in of_entries if not corrected[fault.where]]


def _take_any(entries: list[Any], part: Any) -> bool:
    """``_take_alike``; for a part that says nothing any entry is as good."""
    if folded(_text(part)) or not entries:
        return _take_alike(entries, part)
    entries.pop()
    return True


def _section(fault: Fault) -> str:
    return re.split(r"[\[.]", fault.where)[0]


def _as_settled(faults: Iterable[Fault]) -> list[Fault]:
    return [Fault(f.where, f.message, f.part, lossy=False, dropped=f.dropped) for f in faults]


def _text(part: Any) -> str:
    """What an entry says, or the name of a party; of a part of any shape what can be found."""
    if isinstance(part, DraftPart):
        part = part.model_dump()
    if not isinstance(part, dict):
        return part if isinstance(part, str) else ""
    said = (part.get(name) for name in ("question", "statement", "name"))
    return next((text for text in said if isinstance(text, str)), "")


def _likeness(one: str, two: str) -> float:
    """Jaccard similarity of the words."""
    words, others = set(folded(one).split()), set(folded(two).split())
    return len(words & others) / len(words | others) if words | others else 0.0


def _citations(entry: Any) -> tuple[int, ...]:
    return tuple(sorted(entry.citations))


def as_warning(fault: Fault) -> Warning:
    """A fault as a warning of the brief."""
    kind = "dropped" if fault.dropped else "repaired"
    return Warning(kind=kind, where=fault.where or None, message=fault.message)  # type: ignore[arg-type]
