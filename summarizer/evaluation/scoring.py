"""Score one brief against its reference: sections, brief score, panel, and a ledger of errors.

Pure: two briefs in, one ``BriefScore`` out. Section score ``F = 2 Σ credit / (|G| + |P|)``;
brief score: the weighted mean over the sections that are defined. Every lost point is in the
ledger: its ``points`` add up to 1 - score exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.alignment import Entries, Match, align, align_parties
from summarizer.evaluation.counting import count
from summarizer.evaluation.entries import (
    SECTIONS,
    Entry,
    Reader,
    Reference,
    Section,
    join,
    positions,
)
from summarizer.evaluation.fields import classify
from summarizer.evaluation.ledger import ledger
from summarizer.evaluation.normalise import PartyNames
from summarizer.evaluation.pairs import Judged, Pair, credit
from summarizer.evaluation.panel import Panel
from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.results import (
    SCORER_VERSION,
    AlignedPair,
    BriefScore,
    LedgerLine,
    NotComparable,
    SectionScore,
    require_comparable,
)
from summarizer.evaluation.similarity import ChrF, Similarity

__all__ = [
    "SCORER_VERSION",
    "SECTION_WEIGHTS",
    "AlignedPair",
    "BriefScore",
    "LedgerLine",
    "NotComparable",
    "SectionScore",
    "failed_score",
    "require_comparable",
    "score_brief",
]

#: Weight of each section in the brief score (``eval-design.md``).
SECTION_WEIGHTS: Mapping[Section, float] = {
    "offers": 0.35,
    "red_lines": 0.30,
    "open_questions": 0.15,
    "parties": 0.12,
    "next_steps": 0.08,
}


def score_brief(
    reference: Reference,
    brief: PeaceTalksBrief,
    *,
    similarity: Similarity | None = None,
    penalties: Mapping[str, float] = PENALTIES,
) -> BriefScore:
    """Score a brief against the reference of its document."""
    similarity = similarity or ChrF()
    if not (reference.brief.about_peace_talks and brief.about_peace_talks):
        return _score_subject(reference, brief, similarity)
    references, predictions, party_pairs = _read_both(reference, brief, similarity)

    def worth(one: Entry, two: Entry) -> float:
        return credit(classify(Pair(one, two, similarity, penalties)))

    alignment = align(references, predictions, party_pairs, similarity, worth)
    judged = [_judge(match, similarity, penalties) for match in alignment.matches]
    sections = {s: _section(s, references, predictions, judged) for s in SECTIONS}
    shares = _shares(sections)
    return BriefScore(
        case_id=reference.case_id,
        similarity=similarity.name,
        score=_total(sections, shares),
        sections=sections,
        panel=count(references, predictions, alignment, judged, reference.brief),
        pairs=list(map(_pair, alignment.matches, judged)),
        ledger=ledger(alignment, judged, sections, shares),
    )


def failed_score(reference: Reference, *, similarity: Similarity | None = None) -> BriefScore:
    """The score of a case for which no brief came: a crash is a zero, never left out."""
    needed = {s: _required(reference, s) for s in SECTIONS}
    sections = {
        s: SectionScore(f=0.0, recall=0.0, reference_items=n) if n else SectionScore()
        for s, n in needed.items()
    }
    total = sum(needed.values())
    return BriefScore(
        case_id=reference.case_id,
        similarity=(similarity or ChrF()).name,
        score=0.0,
        sections=sections if reference.brief.about_peace_talks else {},
        panel=Panel.model_validate({"missing": {"hits": total, "of": total}}),
        ledger=[LedgerLine(kind="crash", got="no brief", penalty=1.0, points=1.0)],
        crashed=True,
    )


def _required(reference: Reference, section: Section) -> int:
    items = getattr(reference.brief, section)
    return sum(not reference.leniency(section, index).optional for index in range(len(items)))


def _listed(brief: PeaceTalksBrief) -> int:
    return sum(len(getattr(brief, s)) for s in (*SECTIONS, "outside_voices"))


def _score_subject(
    reference: Reference, brief: PeaceTalksBrief, similarity: Similarity
) -> BriefScore:
    """A negative case, or a brief that takes a document for one: all or nothing."""
    failed = failed_score(reference, similarity=similarity)
    expected = reference.brief.about_peace_talks
    right = not expected and not brief.about_peace_talks and not _listed(brief)
    items = sum(len(getattr(brief, section)) for section in SECTIONS)
    spurious = {"hits": 0 if expected else items, "of": items}
    line = LedgerLine(
        kind="about_peace_talks",
        field="about_peace_talks",
        expected=str(expected).lower(),
        got=f"{str(brief.about_peace_talks).lower()}, {_listed(brief)} items listed",
        penalty=1.0,
        points=1.0,
    )
    panel = failed.panel.model_dump() | {"spurious": spurious}
    return failed.model_copy(
        update={
            "score": 1.0 if right else 0.0,
            "panel": Panel.model_validate(panel),
            "ledger": [] if right else [line],
            "crashed": False,
        }
    )


def _read_both(
    reference: Reference, brief: PeaceTalksBrief, similarity: Similarity
) -> tuple[Entries, Entries, list[tuple[int, int, float]]]:
    """The entries of both briefs, names resolved alike, and which parties are the same."""
    wanted = [party.names for party in reference.brief.parties]
    got = [party.names for party in brief.parties]
    party_pairs = align_parties(wanted, got, similarity)
    known = {j: wanted[i][0] for i, j, _ in party_pairs}
    own = PartyNames(wanted)
    names = own.extended([known.get(j, n[0]), *n] for j, n in enumerate(got))
    sources = reference.brief.sources
    spoken = next((source.language for source in sources), None)
    mine = Reader(own, positions(sources, sources), spoken)
    theirs = Reader(names, positions(sources, brief.sources), spoken)
    prediction = Reference(reference.case_id, brief)
    return _read(mine, reference), _read(theirs, prediction), party_pairs


def _read(reader: Reader, reference: Reference) -> Entries:
    return {section: reader.read(reference, section) for section in SECTIONS}


def _judge(match: Match, similarity: Similarity, penalties: Mapping[str, float]) -> Judged:
    """Findings of a match; of a merged or split item those of the kinder reading of it."""
    plain = Pair(match.reference, match.prediction, similarity, penalties)
    verdict = Judged(plain, tuple(classify(plain)))
    if not match.merged and not match.parts:
        return verdict
    whole, parts = match.reference, match.prediction
    for entry in match.merged:
        whole = join(whole, entry)
    for entry in match.parts:
        parts = join(parts, entry)
    joined = Pair(whole, parts, similarity, penalties)
    other = Judged(joined, tuple(classify(joined)))
    return other if other.credit >= verdict.credit else verdict


def _section(
    section: Section, references: Entries, predictions: Entries, judged: Sequence[Judged]
) -> SectionScore:
    """F, precision and recall. What concerns an optional item counts on neither side."""
    here = [verdict for verdict in judged if verdict.pair.section == section]
    needed = sum(not entry.optional for entry in references[section])
    extras = sum(verdict.optional for verdict in here)
    given = len(predictions[section]) - extras
    total = sum(verdict.credit for verdict in here if not verdict.optional)
    return SectionScore(
        f=2 * total / (needed + given) if needed + given else None,
        precision=total / given if given else None,
        recall=total / needed if needed else None,
        credit=total,
        reference_items=needed,
        predicted_items=given,
    )


def _shares(sections: Mapping[Section, SectionScore]) -> dict[Section, float]:
    """The weights of the sections that are defined, adding up to 1."""
    defined = [section for section in SECTIONS if sections[section].f is not None]
    total = sum(SECTION_WEIGHTS[section] for section in defined)
    return {section: SECTION_WEIGHTS[section] / total for section in defined}


def _total(
    sections: Mapping[Section, SectionScore], shares: Mapping[Section, float]
) -> float | None:
    if not shares:
        return None
    # Shares of 0.35, 0.30, ... do not add up to 1 exactly in floating point.
    return round(sum(share * (sections[s].f or 0.0) for s, share in shares.items()), 12)


def _pair(match: Match, verdict: Judged) -> AlignedPair:
    return AlignedPair(
        section=match.reference.section,
        reference=match.reference.index,
        prediction=match.prediction.index,
        weight=match.weight,
        credit=verdict.credit,
        optional=match.reference.optional,
    )
