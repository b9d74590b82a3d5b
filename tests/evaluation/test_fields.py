"""Field by field: what passes as right, and what is told apart."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.brief import OfferResponse
from summarizer.evaluation.entries import Leniency, Reference
from summarizer.evaluation.scoring import score_brief
from summarizer.vocabulary import Basis, Certainty, OfferStatus, RedLineKind, Response, Topic
from tests.evaluation.samples import cite, edit, points, sample, score


def _lines(section: str, index: int, **update: Any) -> dict[str, float]:
    ledger = score(edit(sample(), section, index, **update)).ledger
    return {line.field or "": round(line.penalty, 3) for line in ledger}


@pytest.mark.parametrize(
    ("was", "now", "penalty", "error"),
    [
        (OfferStatus.TABLED, OfferStatus.FLOATED, 0.25, "status"),
        (OfferStatus.TABLED, OfferStatus.UNSTATED, 0.25, "status"),
        (OfferStatus.TABLED, OfferStatus.IN_FORCE, 0.5, "status"),
        (OfferStatus.AGREED, OfferStatus.SIGNED, 0.25, "status"),
        (OfferStatus.AGREED, OfferStatus.REJECTED, 0.6, "polarity"),
        (OfferStatus.WITHDRAWN, OfferStatus.SIGNED, 0.6, "polarity"),
        (OfferStatus.REJECTED, OfferStatus.WITHDRAWN, 0.25, "status"),
        (OfferStatus.DISPUTED, OfferStatus.AGREED, 0.5, "status"),
    ],
)
def test_status_costs_by_distance_when_it_is_wrong(
    was: OfferStatus, now: OfferStatus, penalty: float, error: str
) -> None:
    """Half for a neighbour; settled for refused is the opposite."""
    reference = Reference("x", edit(sample(), "offers", 0, status=was))
    (line,) = score_brief(reference, edit(sample(), "offers", 0, status=now)).ledger
    assert (line.penalty, line.error) == (penalty, error)


def test_demand_for_precondition_is_a_neighbour_and_no_reversal() -> None:
    """Only a refusal has an opposite."""
    assert _lines("red_lines", 1, kind=RedLineKind.PRECONDITION) == {"kind": 0.15}
    assert _lines("red_lines", 1, kind=RedLineKind.REFUSAL) == {"kind": 0.6}


def test_reversal_is_charged_once_when_kind_and_text_show_it() -> None:
    """A refusal told as a demand with "will" for "will not" is one polarity error."""
    update = {
        "kind": RedLineKind.DEMAND,
        "statement": "Ostmark will accept foreign troops on its soil.",
    }
    assert _lines("red_lines", 0, **update) == {"kind and statement": 0.6}


def test_holder_costs_its_missing_share_when_half_of_it_is_right() -> None:
    """Of two givers one named: half the penalty, and the holder still counts as wrong."""
    result = score(edit(sample(), "offers", 0, by=["Lakeland", "Switzerland"]))
    assert [line.penalty for line in result.ledger] == [0.25]
    assert str(result.panel.attribution) == "67 % (2 of 3)"


def test_wrong_holder_is_not_charged_again_as_self_stated() -> None:
    """Who is spoken for is judged only where the holder is right."""
    assert _lines("red_lines", 1, held_by="Lakeland") == {"held_by": 0.5}


def test_any_signatory_speaks_for_a_joint_text() -> None:
    """Guide, rule 16: a joint text speaks for its signatories; either name is right."""
    joint = edit(sample(), "offers", 0, by=["Lakeland", "Ostmark"], to=[])
    other = edit(joint, "offers", 0, speaks_for="Ostmark")
    assert score_brief(Reference("x", joint), other).score == 1.0


def test_conditions_match_softly_but_never_with_another_figure_or_the_opposite() -> None:
    """Other words pass; another number or a negation does not."""
    words = "Ostmark's guns are pulled back from the river"
    assert _lines("offers", 0, conditions=[words]) == {}
    opposite = "Ostmark does not pull its guns back from the river"
    assert _lines("offers", 0, conditions=[opposite]) == {"conditions": 0.3}
    distance = "Ostmark pulls its guns back 70 km from the river"
    assert _lines("offers", 0, conditions=[distance]) == {"conditions": 0.3}


def test_condition_beside_the_right_one_costs_a_third() -> None:
    """1 - F1 of one right among two is a third."""
    right = sample().offers[0].conditions[0]
    added = [right, "zebras juggle plums"]
    assert _lines("offers", 0, conditions=added) == {"conditions": 0.1}


def test_deadline_passes_when_it_names_the_same_day() -> None:
    """ "by June 3" is "until 3 June 2026"."""
    assert _lines("offers", 0, deadline="by June 3") == {}


def test_figure_passes_when_it_moves_to_another_field_or_comes_from_the_evidence() -> None:
    """The statement may leave to the deadline what stands there, and may say more."""
    fuller = sample().offers[0].statement.replace("free", "by 3 June 2026 free")
    assert _lines("offers", 0, statement=fuller) == {}
    invented = sample().offers[0].statement.replace("free", "by 9 June 2026 free")
    assert _lines("offers", 0, statement=invented) == {"number": 0.5}


def test_number_in_words_is_the_number() -> None:
    """ "thirty days" is 30 days."""
    words = sample().offers[0].statement.replace("30", "thirty")
    assert _lines("offers", 0, statement=words) == {}


def test_responses_cost_by_pair_when_one_is_turned_round() -> None:
    """The answer of a party counts with the party: accepts for noncommittal is no match."""
    answers = [OfferResponse(party="Ostmark", response=Response.ACCEPTS, citations=[])]
    assert _lines("offers", 0, responses=answers) == {"responses": 0.3}


def test_topics_pass_when_the_main_one_is_right() -> None:
    """A second topic more or less is taste; another main one is not."""
    both = [Topic.FOREIGN_FORCES, Topic.SECURITY_GUARANTEES]
    assert _lines("red_lines", 0, topics=both) == {}
    other = [Topic.SECURITY_GUARANTEES, Topic.HUMANITARIAN]
    assert _lines("red_lines", 0, topics=other) == {"topics": 0.1}


@pytest.mark.parametrize(
    ("speaker", "fields"),
    [
        ("Tol", {}),
        ("Envoy Mira Tol", {}),
        ("Mira Toll", {}),
        ("Мира Тол", {}),
        ("Olga Brandt", {"speaker"}),
        (None, {"speaker"}),
    ],
)
def test_speaker_passes_when_it_can_be_the_same_person(
    speaker: str | None, fields: set[str]
) -> None:
    """A name shared, a spelling, another script: one voice; another name is not."""
    assert set(_lines("offers", 0, speaker=speaker)) == set(fields)


def test_evidence_is_disjoint_partial_or_right() -> None:
    """No common character 0.25; else 0.1 times what is not shared."""
    assert _lines("red_lines", 0, citations=cite(7)) == {"evidence": 0.25}
    (partial,) = _lines("red_lines", 0, citations=cite(3, 4)).values()
    assert 0.04 < partial < 0.06


def test_parties_are_not_held_to_the_sentences_of_the_reference() -> None:
    """Many sentences show a party's role; the reference quotes one or two of them."""
    assert _lines("parties", 0, citations=cite(8)) == {}


def test_wording_is_not_judged_when_the_statement_is_in_another_language() -> None:
    """A similarity of English and Spanish says nothing about the Spanish."""
    assert _lines("open_questions", 0, question="¿Quién verificaría la retirada?") == {}


def test_empty_alternative_lets_a_list_be_empty_and_nothing_else() -> None:
    """``also: {to: [], conditions: []}``: none is as right as what the reference lists."""
    also = {"to": (), "conditions": ()}
    full = edit(sample(), "offers", 0, to=["Ostmark"], conditions=["the siege ends"])
    emptied = edit(full, "offers", 0, to=[], conditions=[])
    lenient = Reference("sample", full, {("offers", 0): Leniency(also=also)})
    assert score_brief(lenient, emptied).score == 1.0
    assert (score_brief(Reference("sample", full, {}), emptied).score or 0) < 1.0
    wrong = edit(full, "offers", 0, to=["Kor Front"])
    assert (score_brief(lenient, wrong).score or 0) < 1.0


def test_alternative_excuses_every_kind_of_field() -> None:
    """Terms, texts and null can be declared as right."""
    brief = edit(
        sample(), "offers", 0, certainty=Certainty.HEDGED, basis=Basis.ANONYMOUS, speaker=None
    )
    also = {"certainty": ("hedged",), "basis": ("anonymous",), "speaker": (None,)}
    assert points(brief, offers_0=Leniency(also=also)) == 1.0
    assert points(brief) == pytest.approx(1 - 0.35 * 0.35)
