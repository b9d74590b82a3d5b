"""Sections, brief score, ledger: what a score promises whatever is scored."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.evaluation.entries import ITEM_SECTIONS, SECTIONS, Leniency, Reference
from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.scoring import (
    SCORER_VERSION,
    SECTION_WEIGHTS,
    BriefScore,
    NotComparable,
    failed_score,
    require_comparable,
    score_brief,
)
from summarizer.vocabulary import Basis, OfferStatus, PartyRole, Topic
from tests import factories as make
from tests.evaluation.samples import (
    MUTANTS,
    SENTENCES,
    cite,
    edit,
    points,
    reference,
    sample,
    score,
    without,
)

#: Saying less and saying more are not the same error, so this one is not symmetric.
SYMMETRIC = sorted(set(PENALTIES) - {"number.missing"})
FEW = settings(max_examples=25, deadline=None, derandomize=True)


def _lost(result: BriefScore) -> float:
    return sum(line.points for line in result.ledger)


def _mutated(keys: list[str]) -> PeaceTalksBrief:
    brief = sample()
    for key in keys:
        brief = MUTANTS[key](brief)
    return brief


def _shuffled(brief: PeaceTalksBrief, seed: int) -> PeaceTalksBrief:
    order = random.Random(seed)
    sections: dict[str, list[Any]] = {s: list(getattr(brief, s)) for s in SECTIONS}
    for items in sections.values():
        order.shuffle(items)
    return brief.model_copy(update=sections)


# Invariant


def test_score_is_one_when_the_brief_is_the_reference() -> None:
    """The reference scores 1 in every section, with nothing in the ledger."""
    result = score(sample())
    assert result.score == 1.0
    assert [section.f for section in result.sections.values()] == [1.0] * 5
    assert result.ledger == []
    assert (result.scorer_version, result.similarity) == (SCORER_VERSION, "chrF++ (beta 1)")


@FEW
@given(st.integers(0, 10_000), st.lists(st.sampled_from(SYMMETRIC), max_size=4))
def test_score_stays_when_items_are_reordered(seed: int, keys: list[str]) -> None:
    """The order of items is no part of a brief's quality."""
    brief = _mutated(keys)
    first, second = score(brief), score(_shuffled(brief, seed))
    assert (first.score, first.sections, first.panel) == (
        second.score,
        second.sections,
        second.panel,
    )


def test_score_stays_when_equal_items_tie_and_are_reordered() -> None:
    """Of two predictions that align equally well, the better one is taken, in either order."""
    right = sample().red_lines[0]
    wrong = right.model_copy(update={"id": "x", "topics": [Topic.HUMANITARIAN]})
    rest = sample().red_lines[1:]
    scores = [
        points(sample().model_copy(update={"red_lines": [*pair, *rest]}))
        for pair in ((right, wrong), (wrong, right))
    ]
    only_duplicated = sample().model_copy(update={"red_lines": [right, right, *rest]})
    assert scores[0] == scores[1] == points(only_duplicated)


def test_score_stays_when_a_party_goes_by_its_alias() -> None:
    """An alias is the party, in every field and in the text."""
    brief = edit(
        sample(),
        "offers",
        0,
        by=["The Lakers"],
        speaks_for="the lakers",
        statement=sample().offers[0].statement.replace("Lakeland", "the Lakers"),
    )
    brief = edit(brief, "parties", 0, name="the Lakers", aliases=["Lakeland"])
    assert score(brief).ledger == []


def test_score_stays_when_only_the_prediction_knows_the_alias() -> None:
    """A party that the brief names otherwise, and says so, is the same party."""
    brief = edit(sample(), "parties", 1, name="Republic of Ostmark", aliases=["Varn"])
    brief = edit(brief, "red_lines", 0, held_by="Varn", speaks_for="Varn")
    assert score(brief).ledger == []


def test_score_stays_when_case_and_white_space_change() -> None:
    """Letters' case, doubled spaces and typographic quotes are no errors."""
    brief = sample()
    for section in ("red_lines", "next_steps"):
        text = getattr(brief, section)[0].statement
        brief = edit(brief, section, 0, statement=f"  {text.upper().replace(' ', '   ')} ")
    assert score(brief).ledger == []


def test_score_stays_when_a_declared_alternative_is_used() -> None:
    """An ``also`` value is as right as the reference's own."""
    brief = edit(sample(), "offers", 0, status=OfferStatus.AGREED, basis=Basis.ANONYMOUS)
    brief = edit(brief, "parties", 0, roles=[PartyRole.GUARANTOR, PartyRole.PRIMARY_PARTY])
    allowed = {
        "offers_0": Leniency(also={"status": ("agreed",), "basis": ("anonymous",)}),
        "parties_0": Leniency(also={"roles": ("guarantor",)}),
    }
    assert points(brief) < 1
    assert points(brief, **allowed) == 1.0


def test_alternative_of_a_set_stands_beside_or_instead_when_declared() -> None:
    """``by: [A], also: {by: [B]}`` lets A, B and both pass, and nobody else."""
    lenient = Leniency(also={"by": ("Switzerland",), "speaks_for": ("Switzerland",)})
    ways = (["Lakeland"], ["Switzerland"], ["Lakeland", "Switzerland"])
    for by in ways:
        assert points(edit(sample(), "offers", 0, by=by), offers_0=lenient) == 1.0
    assert points(edit(sample(), "offers", 0, by=["Ostmark"]), offers_0=lenient) < 1


@pytest.mark.parametrize("section", ITEM_SECTIONS)
def test_score_stays_when_an_optional_item_is_dropped(section: str) -> None:
    """An optional item is neither missing when it is left out nor a bonus when it is there."""
    lenient = {f"{section}_0": Leniency(optional=True)}
    brief = edit(sample(), "parties", 0, roles=[PartyRole.WITNESS])
    assert points(without(brief, section, 0), **lenient) == points(brief, **lenient)


def test_error_in_an_optional_item_is_listed_but_costs_nothing() -> None:
    """What is wrong in an optional item is seen in the panel and the ledger, without points."""
    result = score(MUTANTS["polarity"](sample()), red_lines_0=Leniency(optional=True))
    assert result.score == 1.0
    assert result.panel.polarity.hits == 1
    assert [line.points for line in result.ledger] == [0.0]


# Monotone


@FEW
@given(st.permutations([(s, i) for s in ITEM_SECTIONS for i in range(2)]))
def test_score_never_rises_when_one_more_item_is_dropped(order: list[tuple[str, int]]) -> None:
    """Leaving out k + 1 items never scores above leaving out k of them."""
    brief, last = sample(), 1.0
    keys: dict[tuple[str, int], str] = {
        (s, i): item.id for s in ITEM_SECTIONS for i, item in enumerate(getattr(brief, s))
    }
    for section, index in order:
        item_id = keys.get((section, index))
        kept = [item for item in getattr(brief, section) if item.id != item_id]
        brief = brief.model_copy(update={section: kept})
        now = points(brief)
        assert now <= last + 1e-12
        last = now
    assert last < 0.2


@FEW
@given(
    st.lists(st.sampled_from(ITEM_SECTIONS), min_size=1, max_size=6),
    st.lists(st.sampled_from(SYMMETRIC), max_size=3),
)
def test_score_falls_when_a_spurious_item_is_added(sections: list[str], keys: list[str]) -> None:
    """One more thing that the document does not say never raises the score."""
    brief = _mutated(keys)
    last = points(brief)
    for number, section in enumerate(sections):
        items = getattr(brief, section)
        key = "question" if section == "open_questions" else "statement"
        update = {
            "id": f"x{number}",
            key: f"Quiet zebras juggle {number} plums, by jove.",
            "citations": cite(8),
        }
        holder = {"offers": "by", "red_lines": "held_by"}.get(section, "parties")
        update[holder] = "Elbonia" if holder == "held_by" else ["Elbonia"]
        brief = brief.model_copy(update={section: [*items, items[0].model_copy(update=update)]})
        now = points(brief)
        assert now < last
        last = now


@FEW
@given(st.lists(st.sampled_from(sorted(PENALTIES)), min_size=1, max_size=6, unique=True), st.data())
def test_score_never_falls_when_one_error_is_mended(keys: list[str], data: st.DataObject) -> None:
    """Mending any one error of several never lowers the score."""
    mended = data.draw(st.sampled_from(keys))
    fewer = [key for key in keys if key != mended]
    assert points(_mutated(fewer)) >= points(_mutated(keys)) - 1e-12


@FEW
@given(
    st.lists(st.sampled_from(SYMMETRIC), max_size=5, unique=True),
    st.lists(st.sampled_from(ITEM_SECTIONS), max_size=2, unique=True),
)
def test_precision_and_recall_change_places_when_the_briefs_do(
    keys: list[str], dropped: list[str]
) -> None:
    """Scoring A against B and B against A swaps precision and recall and keeps F."""
    brief = _mutated(keys)
    for section in dropped:
        brief = without(brief, section, 0)
    one = score_brief(reference(), brief)
    other = score_brief(Reference("sample", brief), sample())
    for section in SECTIONS:
        here, there = one.sections[section], other.sections[section]
        assert here.precision == pytest.approx(there.recall)
        assert here.recall == pytest.approx(there.precision)
        assert here.f == pytest.approx(there.f)


# Ledger


@FEW
@given(
    st.lists(st.sampled_from(sorted(PENALTIES)), max_size=12, unique=True),
    st.lists(st.sampled_from(SECTIONS), max_size=3, unique=True),
)
def test_ledger_adds_up_when_anything_is_wrong(keys: list[str], dropped: list[str]) -> None:
    """The points of the ledger are exactly what is missing from 1, also when credit runs out."""
    brief = _mutated(keys)
    for section in dropped:
        brief = without(brief, section, 0)
    result = score(brief)
    assert result.score is not None
    assert _lost(result) == pytest.approx(1 - result.score, abs=1e-9)


def test_ledger_line_says_where_and_what_when_a_field_is_wrong() -> None:
    """A line names item, partner, field, expected, got, penalty and points."""
    (line,) = score(MUTANTS["status"](sample())).ledger
    assert (line.kind, line.section, line.reference, line.prediction) == ("field", "offers", 0, 0)
    assert (line.field, line.expected, line.got) == ("status", "tabled", "agreed")
    assert (line.error, line.penalty) == ("status", 0.5)
    assert line.points == pytest.approx(0.35 * 0.5)


def test_ledger_names_the_other_section_when_an_item_is_misfiled() -> None:
    """Both ends of a misfiled item point at each other."""
    step = sample().next_steps[0]
    asked = make.question(
        "Do the delegations meet again in Geneva?", parties=step.parties, cites=[6]
    ).model_copy(update={"citations": step.citations})
    brief = without(sample(), "next_steps", 0)
    brief = brief.model_copy(update={"open_questions": [*brief.open_questions, asked]})
    lines = {line.section: line for line in score(brief).ledger}
    assert {line.kind for line in lines.values()} == {"wrong_section"}
    assert lines["next_steps"].other_section == "open_questions"
    assert lines["open_questions"].other_section == "next_steps"


# Sections


def test_section_is_not_scored_when_both_briefs_leave_it_empty() -> None:
    """An empty section is shown as empty: no free 1.0, and no weight in the brief score."""
    brief = sample().model_copy(update={"next_steps": [], "open_questions": []})
    result = score_brief(reference(brief), MUTANTS["status"](brief))
    assert result.sections["next_steps"].f is None
    defined = sum(SECTION_WEIGHTS[s] for s in ("offers", "red_lines", "parties"))
    assert result.score == pytest.approx(1 - 0.5 * 0.35 / defined)


def test_section_is_zero_when_only_the_brief_fills_it() -> None:
    """Listing items where the reference has none is an error, not a free section."""
    expected = sample().model_copy(update={"next_steps": []})
    result = score_brief(reference(expected), sample())
    assert result.sections["next_steps"].f == 0.0
    assert result.sections["next_steps"].recall is None


def test_section_score_is_twice_credit_over_items_when_things_are_wrong() -> None:
    """F = 2 Σ credit / (|G| + |P|), P = Σ credit / |P|, R = Σ credit / |G|."""
    brief = without(MUTANTS["topic"](sample()), "red_lines", 1)
    section = score(brief).sections["red_lines"]
    assert section.credit == pytest.approx(0.9)
    assert (section.f, section.precision, section.recall) == pytest.approx((0.6, 0.9, 0.45))


def test_score_is_none_when_neither_brief_holds_anything() -> None:
    """Nothing on either side is not a perfect score; there was nothing to measure."""
    empty = make.make_brief(SENTENCES)
    assert score_brief(reference(empty), empty).score is None


# Negative cases


def test_negative_case_is_all_or_nothing() -> None:
    """One point for saying so and listing nothing; anything else is a zero with a line."""
    negative = make.make_brief(SENTENCES, not_about="Weather.")
    listing = negative.model_copy(update={"parties": sample().parties})
    about = negative.model_copy(update={"about_peace_talks": True, "not_about": None})
    expected = reference(negative)
    assert score_brief(expected, negative).score == 1.0
    for wrong in (listing, about, sample()):
        result = score_brief(expected, wrong)
        assert result.score == 0.0
        assert _lost(result) == 1.0
    assert score_brief(expected, sample()).panel.spurious.hits == 8


def test_score_is_zero_when_a_brief_denies_that_it_is_about_talks() -> None:
    """A reader who is told "not about peace talks" reads no further."""
    result = score(sample().model_copy(update={"about_peace_talks": False, "not_about": "x"}))
    assert result.score == 0.0
    assert result.ledger[0].kind == "about_peace_talks"
    assert result.panel.missing.hits == 8


def test_crash_is_a_zero_with_its_denominator() -> None:
    """No brief: every section that had something is 0, and all of it is missing."""
    result = failed_score(reference(red_lines_0=Leniency(optional=True)))
    assert (result.score, result.crashed) == (0.0, True)
    assert result.panel.missing.of == result.panel.missing.hits == 7
    assert {section.f for section in result.sections.values()} == {0.0}


# Degenerate


def _degenerate() -> dict[str, PeaceTalksBrief]:
    brief = sample()
    every = cite(*range(1, len(SENTENCES) + 1))
    offer = brief.offers[0]
    article = offer.model_copy(update={"statement": " ".join(SENTENCES), "citations": every})
    held = [line.model_copy(update={"citations": every}) for line in brief.red_lines]
    rtl = "لن يقبل الوفد \u202eأي قوات\u202c أجنبية 🕊️ \u200b\ufeff"
    return {
        "empty": make.make_brief(SENTENCES),
        "fifty times": brief.model_copy(update={"offers": [offer] * 50}),
        "the whole article": make.make_brief(SENTENCES).model_copy(update={"offers": [article]}),
        "every sentence cited": brief.model_copy(update={"red_lines": held}),
        "no citations": edit(brief, "offers", 0, citations=[]),
        "empty statement": edit(brief, "offers", 0, statement=""),
        "right to left": edit(brief, "red_lines", 0, statement=rtl, held_by=rtl, speaker=rtl),
        "signs only": edit(brief, "offers", 0, statement="—…!!", conditions=["…", ""], by=["?"]),
        "unknown document": edit(
            brief, "offers", 0, citations=[c.model_copy(update={"document": "z"}) for c in every]
        ),
        "long": edit(brief, "offers", 0, statement="ten of 1,000 " * 2_000),
    }


@pytest.mark.parametrize("name", _degenerate())
def test_score_is_sound_when_the_brief_is_degenerate(name: str) -> None:
    """Whatever a brief holds, its score lies in [0, 1), adds up, and can be stored."""
    result = score(_degenerate()[name])
    assert result.score is not None
    assert 0 <= result.score < 1
    assert _lost(result) == pytest.approx(1 - result.score, abs=1e-9)
    assert BriefScore.model_validate_json(result.model_dump_json()) == result


def test_score_falls_far_when_one_item_stands_fifty_times() -> None:
    """49 repetitions are 49 duplicates, and nothing else."""
    result = score(_degenerate()["fifty times"])
    assert {k: v for k, v in result.panel.errors.items() if v} == {"duplicate": 49}
    assert result.sections["offers"].f == pytest.approx(2 / 51)


def test_citing_everything_costs_when_evidence_is_scattered() -> None:
    """Every sentence cited everywhere: evidence precision falls, and so does the score."""
    result = score(_degenerate()["every sentence cited"])
    share = result.panel.evidence_precision.share
    assert share is not None
    assert share < 0.5
    assert result.panel.evidence_recall.share == 1.0


@FEW
@given(st.text(max_size=60), st.text(max_size=20))
def test_score_is_sound_when_text_is_anything(text: str, name: str) -> None:
    """No text of a prediction makes the scorer fail."""
    brief = edit(sample(), "offers", 0, statement=text, conditions=[text], deadline=name)
    brief = edit(brief, "parties", 0, name=name or "x", aliases=[text])
    result = score(brief)
    assert result.score is not None
    assert 0 <= result.score <= 1


# Comparability


def test_results_refuse_comparison_when_similarity_or_version_differ() -> None:
    """Scores made in different ways are never set side by side."""
    one = score(sample())
    require_comparable(one, score(MUTANTS["topic"](sample())))
    for update in ({"similarity": "MiniLM"}, {"scorer_version": "0"}):
        with pytest.raises(NotComparable, match="rescore"):
            require_comparable(one, one.model_copy(update=update))


def test_documents_are_matched_by_content_when_ids_differ() -> None:
    """A brief of another system names its sources otherwise; the text tells which is which."""
    brief = sample()
    renamed = brief.sources[0].model_copy(update={"id": "article"})
    moved: dict[str, list[Any]] = {
        section: [
            item.model_copy(
                update={
                    "citations": [
                        c.model_copy(update={"document": "article"}) for c in item.citations
                    ]
                }
            )
            for item in getattr(brief, section)
        ]
        for section in ITEM_SECTIONS
    }
    assert score(brief.model_copy(update={"sources": [renamed], **moved})).score == 1.0
