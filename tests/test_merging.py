"""summarizer.merging: many briefs, one process; nothing averaged, lost or made up."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import Citation, PeaceTalksBrief, Source
from summarizer.faces import text_of
from summarizer.figures import figures_of
from summarizer.joining import fullness
from summarizer.merging import SECTIONS, merge
from summarizer.rendering.machine import to_json
from summarizer.rendering.markdown import to_markdown
from summarizer.rendering.outline import outline
from summarizer.sameness import numbers_differ, opposed
from summarizer.vocabulary import (
    Basis,
    Certainty,
    ContradictionKind,
    Firmness,
    OfferStatus,
    PartyRole,
    Response,
    Topic,
)
from tests.factories import (
    make_brief,
    make_provenance,
    make_source,
    offer,
    party,
    question,
    red_line,
    response,
    statement,
    step,
    unsupported,
    voice,
)
from tests.processes import briefs

FREE = "Arvenia offers to free 40 prisoners if the shelling stops."
DAYS = [date(2026, 3, day) for day in (12, 13, 14, 15)]


def told(*sentences: str, on: date | None = DAYS[0], **changes: Any) -> PeaceTalksBrief:
    """A brief of a document of those sentences."""
    source = make_source(sentences, on=on, title=changes.pop("headline", None))
    return make_brief(sources=[source], **changes)


def freed(text: str = FREE, *, on: date | None = DAYS[0], **changes: Any) -> PeaceTalksBrief:
    """A document of one day with one offer of Arvenia."""
    usual: dict[str, Any] = {"by": ["Arvenia"], "topics": [Topic.DETAINEES_HOSTAGES]}
    return told(text, f"Told on {on}.", on=on, offers=[offer(text, **{**usual, **changes})])


def places(brief: PeaceTalksBrief) -> set[tuple[str, int, int, str]]:
    """Every citation of items and parties, by the text it is of."""
    sha = {source.id: source.sha256 for source in brief.sources}
    cited: Iterator[Citation] = brief.citations()
    return {(sha[c.document], c.start, c.end, c.quote) for c in cited}


def item_places(brief: PeaceTalksBrief) -> set[tuple[str, str, int]]:
    """Section, text and sentence of every citation of an item."""
    sha = {source.id: source.sha256 for source in brief.sources}
    return {
        (section, sha[c.document], c.sentence)
        for section in SECTIONS
        for item in getattr(brief, section)
        for c in item.citations
    }


def texts(brief: PeaceTalksBrief) -> set[str]:
    """Every statement and question."""
    return {text_of(item) for section in SECTIONS for item in getattr(brief, section)}


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_merging_is_commutative(made: list[PeaceTalksBrief], chance: random.Random) -> None:
    """The order of the documents makes no difference, not even to ids."""
    mixed = list(made)
    chance.shuffle(mixed)
    assert merge(mixed) == merge(made)


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=1, max_size=4))
def test_merging_is_idempotent(made: list[PeaceTalksBrief]) -> None:
    """A brief merged with itself is itself, whether of one document or of many."""
    once = merge(made)
    assert merge([once]) == once == merge([once, once]) == merge([*made, once])
    assert merge([made[0], made[0]]) == made[0]


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=2, max_size=6), st.data())
def test_merging_in_stages_is_merging_at_once(
    made: list[PeaceTalksBrief], data: st.DataObject
) -> None:
    """Whatever was merged before: merged briefs keep their parts."""
    cut = data.draw(st.integers(1, len(made) - 1))
    left, right = merge(made[:cut]), merge(made[cut:])
    assert merge([left, right]) == merge(made) == merge([*made[:cut], right])


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=1, max_size=5))
def test_no_citation_is_lost_or_made_up(made: list[PeaceTalksBrief]) -> None:
    """The merged brief cites what the briefs cite, and every quote stands in its source."""
    once = merge(made)
    assert item_places(once) == {place for brief in made for place in item_places(brief)}
    assert places(once) <= {place for brief in made for place in places(brief)}
    text = {source.id: source.text or "" for source in once.sources}
    assert all(text[c.document][c.start : c.end] == c.quote for c in once.citations())


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=1, max_size=5))
def test_nothing_is_said_that_no_document_says(made: list[PeaceTalksBrief]) -> None:
    """Every statement, figure included, is that of a document."""
    assert texts(merge(made)) <= {text for brief in made for text in texts(brief)}


VAGUE = "Arvenia offers to free prisoners if the shelling stops."


@pytest.mark.parametrize("days", [(DAYS[0], DAYS[1]), (DAYS[1], DAYS[0]), (None, DAYS[0])])
def test_joint_item_has_the_fuller_statement(days: tuple[date | None, date | None]) -> None:
    """More figures, dates and conditions, whichever is older; all citations stay."""
    vague = freed(VAGUE, on=days[0], speaks_for="Arvenia", basis=Basis.ON_RECORD)
    full = freed(on=days[1], speaks_for=None, basis=Basis.NARRATION)
    (item,) = merge([vague, full]).offers
    assert item.statement == FREE
    assert {c.quote for c in item.citations} == {VAGUE, FREE}


def test_fuller_words_of_another_party_do_not_stand_for_the_holders() -> None:
    """What the other side says is offered is second-hand, however much it says."""
    own = freed(VAGUE, speaks_for="Arvenia", basis=Basis.ON_RECORD)
    told_by_them = freed(on=DAYS[1], speaks_for="Kor Front", basis=Basis.ON_RECORD)
    (item,) = merge([own, told_by_them]).offers
    assert (item.statement, item.speaks_for) == (VAGUE, "Arvenia")


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=2, max_size=5))
def test_no_member_of_a_joint_item_is_fuller_than_it(made: list[PeaceTalksBrief]) -> None:
    """Among the equally well supported, nothing exact is lost by joining."""
    once = merge(made)
    ids = {source.sha256: source.id for source in once.sources}
    for section in SECTIONS:
        for joint in getattr(once, section):
            cited = {(c.document, c.sentence) for c in joint.citations}
            members = [
                item
                for brief in made
                for item in getattr(brief, section)
                if {(ids[brief.sources[0].sha256], c.sentence) for c in item.citations} <= cited
            ]
            assert all(fullness(joint) >= fullness(member) for member in members)


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=2, max_size=5))
def test_bottom_line_states_nothing_that_is_in_dispute(made: list[PeaceTalksBrief]) -> None:
    """What a line rests on is no side of a contradiction, unless the line gives all sides."""
    once = merge(made)
    both = {
        tuple((c.document, c.sentence) for side in one.sides for c in side.citations)
        for one in once.contradictions
    }
    contested = {place for places in both for place in places}
    for line in once.bottom_line:
        places = tuple((c.document, c.sentence) for c in line.citations)
        assert places in both or contested.isdisjoint(places)


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=1, max_size=5))
def test_items_that_differ_in_number_or_polarity_are_never_one(
    made: list[PeaceTalksBrief],
) -> None:
    """What is one item in the end agrees in its figures and says neither yes and no."""
    once = merge(made)
    said = {
        (brief.sources[0].sha256, c.sentence): text_of(item)
        for brief in made
        for section in SECTIONS
        for item in getattr(brief, section)
        for c in item.citations
    }
    sha = {source.id: source.sha256 for source in once.sources}
    for section in SECTIONS:
        for item in getattr(once, section):
            members = {said[(sha[c.document], c.sentence)] for c in item.citations}
            for one in members:
                for other in members:
                    assert not numbers_differ(figures_of(one), figures_of(other))
                    assert not opposed(one, other)


@settings(deadline=None, max_examples=40)
@given(st.lists(briefs(), min_size=1, max_size=5))
def test_merged_brief_is_whole(made: list[PeaceTalksBrief]) -> None:
    """Ids are unique, parties named by items are listed, sides and copies name what exists;
    it can be stored, read back and printed."""
    once = merge(made)
    ids = [item.id for item in (*once.items(), *once.outside_voices)]
    assert len(ids) == len(set(ids))
    listed = {entry.name for entry in once.parties}
    assert {name for one in once.offers for name in one.by} <= listed
    assert {line.held_by for line in once.red_lines} <= listed
    documents = {source.id for source in once.sources}
    for found in once.contradictions:
        for side in found.sides:
            assert set(side.items) <= set(ids)
            assert set(side.documents) <= documents
    assert PeaceTalksBrief.model_validate_json(to_json(once)) == once
    assert to_markdown(once)


def test_same_offer_in_two_documents_is_one_item_with_both_citations() -> None:
    """Reworded, and told a day later: one item, called as the earlier one, in the newer words."""
    first = freed()
    second = freed("Arvenia would free 40 prisoners if shelling stops.", on=DAYS[1])
    once = merge([second, first])
    (item,) = once.offers
    assert item.statement == second.offers[0].statement
    assert item.id == first.offers[0].id
    assert [(c.document, c.sentence) for c in item.citations] == [("d1", 1), ("d2", 1)]
    assert [source.date for source in once.sources] == DAYS[:2]
    assert once.voices(item) == 2


def test_stronger_voice_leads_and_the_weaker_is_cited() -> None:
    """Own words before second-hand ones, supported before unsupported."""
    told_of = freed(speaker="Ivo Brand", speaks_for="Kor Front")
    own = freed(FREE.replace("offers", "is offering"), on=DAYS[1], speaker="Mara Tolen",
                speaks_for="Arvenia")  # fmt: skip
    (item,) = merge([told_of, own]).offers
    assert (item.speaker, item.self_stated) == ("Mara Tolen", True)
    weak = freed(FREE.replace("offers", "is offering"), on=DAYS[1], support=unsupported("x"),
                 speaker="Mara Tolen", speaks_for="Arvenia")  # fmt: skip
    assert merge([told_of, weak]).offers[0].speaker == "Ivo Brand"


def test_another_number_is_a_contradiction_with_both_sides() -> None:
    """Not averaged, not chosen: side by side, each with documents, dates, speakers."""
    other = freed(FREE.replace("40", "25"), on=DAYS[1], speaker="Ivo Brand")
    once = merge([freed(), other])
    assert len(once.offers) == 2
    (found,) = once.contradictions
    assert found.kind is ContradictionKind.NUMBER
    assert found.holders == ["Arvenia"]
    assert [side.says for side in found.sides] == [FREE, FREE.replace("40", "25")]
    assert [side.documents for side in found.sides] == [["d1"], ["d2"]]
    assert [side.dates for side in found.sides] == [[DAYS[0]], [DAYS[1]]]
    assert found.sides[1].speakers == ["Ivo Brand"]


def test_two_numbers_in_one_document_are_no_contradiction() -> None:
    """What a document tells apart are two things."""
    both = told(FREE, FREE.replace("40", "25"), offers=[
        offer(FREE, cites=[1]), offer(FREE.replace("40", "25"), cites=[2])])  # fmt: skip
    assert merge([both, freed(on=DAYS[1])]).contradictions == []


def test_yes_and_no_of_one_holder_contradict() -> None:
    """As two offers, and as an offer against a refusal."""
    yes = "Arvenia will accept foreign monitors on the river."
    no = "Arvenia will not accept foreign monitors on the river."
    topics = [Topic.MONITORING_VERIFICATION]
    refused = told(no, on=DAYS[0], red_lines=[red_line(no, held_by="Arvenia", topics=topics)])
    offered = told(yes, on=DAYS[1], offers=[offer(yes, by=["Arvenia"], topics=topics)])
    also = told(yes, on=DAYS[1], red_lines=[red_line(yes, held_by="Arvenia", topics=topics)])
    for other in (offered, also):
        once = merge([refused, other])
        assert [found.kind for found in once.contradictions] == [ContradictionKind.POLARITY]
        assert [side.says for side in once.contradictions[0].sides] == [no, yes]


def test_status_that_moves_between_days_becomes_a_history() -> None:
    """Tabled on the 12th, rejected on the 14th: one item, and how it went."""
    later = freed(on=DAYS[2], status=OfferStatus.REJECTED,
                  responses=[response("Kor Front", Response.REJECTS)])  # fmt: skip
    once = merge([freed(status=OfferStatus.TABLED), later])
    (item,) = once.offers
    assert item.status is OfferStatus.REJECTED
    assert [(entry.status, entry.date) for entry in item.history] == [
        (OfferStatus.TABLED, DAYS[0]), (OfferStatus.REJECTED, DAYS[2]),
    ]  # fmt: skip
    assert [entry.citations[0].document for entry in item.history] == ["d1", "d2"]
    assert once.contradictions == []


def test_two_statuses_of_one_day_contradict() -> None:
    """Agreed and rejected at once: both stay, and neither is the status of the other."""
    agreed = freed(status=OfferStatus.AGREED)
    refused = freed(FREE.replace("offers", "offered"), status=OfferStatus.REJECTED)
    once = merge([agreed, refused])
    assert {item.status for item in once.offers} == {OfferStatus.AGREED, OfferStatus.REJECTED}
    assert [found.kind for found in once.contradictions] == [ContradictionKind.STATUS]
    says = sorted(side.says.split(":")[0] for side in once.contradictions[0].sides)
    assert says == ["agreed", "rejected"]


def test_later_denial_marks_the_earlier_item_disputed() -> None:
    """Agreed by two on the 12th; one of them says on the 13th that it was not."""
    deal = "Arvenia and the Kor Front agreed on a truce of 30 days from Monday."
    denial = (
        "The Kor Front agreed on a truce of 30 days from Monday, Arvenia says; the Front denies it."
    )
    both = ["Arvenia", "Kor Front"]
    topics = [Topic.CEASEFIRE]
    first = told(deal, offers=[offer(deal, by=both, status=OfferStatus.AGREED, topics=topics)])
    second = told(denial, on=DAYS[1], offers=[offer(
        denial, by=["Arvenia"], status=OfferStatus.DISPUTED, certainty=Certainty.DISPUTED,
        topics=topics)])  # fmt: skip
    once = merge([first, second])
    earlier = next(item for item in once.offers if item.by == both)
    assert (earlier.status, earlier.certainty) == (OfferStatus.DISPUTED, Certainty.DISPUTED)
    assert [found.kind for found in once.contradictions] == [ContradictionKind.STATUS]


def test_firmness_is_that_of_the_latest_document() -> None:
    """A line that softens has softened."""
    text = "The Kor Front will not accept foreign monitors on the river."
    old = told(text, red_lines=[red_line(text)])
    new = told(text.replace("any", "a"), "More.", on=DAYS[1],
               red_lines=[red_line(text, firmness=Firmness.SOFTENING)])  # fmt: skip
    assert merge([new, old]).red_lines[0].firmness is Firmness.SOFTENING


def test_copies_are_one_voice() -> None:
    """A wire story in two papers is told by one."""
    body = [f"{FREE} It was said for the {n}th time in the valley of {n} rivers." for n in range(8)]
    topics = [Topic.DETAINEES_HOSTAGES]
    wire = told(FREE, *body, offers=[offer(FREE, topics=topics)])
    copied = [offer(FREE, cites=[2], topics=topics)]
    copy = told("Prisoners for silence", FREE, *body, offers=copied)
    other = freed("Arvenia said it would free 40 prisoners if the shelling stops.", on=DAYS[1])
    once = merge([wire, copy, other])
    (item,) = once.offers
    assert len({c.document for c in item.citations}) == 3
    assert once.voices(item) == 2
    (copies,) = once.copies
    assert len(copies.documents) == 2
    assert copies.share > 0.9


WIRE = [
    "DOHA (Halden Wire) - Arvenia offers to free 40 prisoners if the shelling stops.",
    *(f"Minister number {n} spoke of list {n * 7} for long in the old hall." for n in range(8)),
]
REPRINT = ["The Coast Courier, with Halden Wire", WIRE[0].split(" - ")[1], *WIRE[1:]]


def _story(
    sentences: list[str], on: date, status: OfferStatus, cites: int = 1, origin: str = "x.txt"
) -> PeaceTalksBrief:
    source = make_source(sentences, on=on, origin=origin)
    return make_brief(
        sources=[source],
        offers=[offer(FREE, by=["Arvenia"], cites=[cites], topics=[Topic.DETAINEES_HOSTAGES],
                      status=status)],
    )  # fmt: skip


def test_copy_does_not_stand_for_its_original_in_a_history() -> None:
    """The original tells it, though the copy comes first by its name."""
    wire = _story(WIRE, DAYS[0], OfferStatus.TABLED, origin="wire.txt")
    copy = _story(REPRINT, DAYS[0], OfferStatus.TABLED, 2, origin="a-copy.txt")
    later = _story([FREE, "No, said the Front."], DAYS[2], OfferStatus.REJECTED)
    once = merge([copy, later, wire])
    (item,) = once.offers
    origins = {source.id: source.origin for source in once.sources}
    assert [origins[entry.document] for entry in item.history] == ["wire.txt", "x.txt"]
    assert [origins[id] for id in once.copies[0].documents] == ["wire.txt", "a-copy.txt"]


TREGUA = "Cordelia ofrece al Frente una tregua de 30 días si libera a los maestros."
ACORDADA = "Cordelia y el Frente acordaron la tregua de 30 días a cambio de los maestros."


def _truce(text: str, on: date, status: OfferStatus, **changes: Any) -> PeaceTalksBrief:
    made = offer(text, by=["Cordelia"], to=["Frente"], topics=[Topic.CEASEFIRE], status=status,
                 **changes)  # fmt: skip
    return told(text, on=on, offers=[made])


def test_statements_in_another_language_are_joined_by_meaning() -> None:
    """In one language or two, and the brief says so."""
    tabled = _truce(TREGUA, DAYS[0], OfferStatus.TABLED)
    agreed = _truce(ACORDADA, DAYS[1], OfferStatus.AGREED)
    english = _truce("Cordelia and the Front agreed on the truce of 30 days for the teachers.",
                     DAYS[2], OfferStatus.SIGNED)  # fmt: skip
    once = merge([tabled, agreed, english])
    (item,) = once.offers
    assert [entry.status for entry in item.history] == ["tabled", "agreed", "signed"]
    said = [warning.message for warning in once.provenance.warnings]
    assert "items joined by meaning (sentence encoder), not by their words: 1" in said


@pytest.mark.parametrize(
    "other",
    [
        "Cordelia ofrece al Frente una tregua de 10 días si libera a los maestros.",
        "Cordelia no ofrece al Frente una tregua de 30 días si libera a los maestros.",
        "Cordelia ofrece al Frente retirar el ejército del valle en 30 días.",
    ],
    ids=["number", "polarity", "substance"],
)
def test_close_statements_that_differ_are_two(other: str) -> None:
    """In any language a number, a no or another thing keeps them apart."""
    pair = [_truce(TREGUA, DAYS[0], OfferStatus.TABLED), _truce(other, DAYS[1], OfferStatus.TABLED)]
    assert len(merge(pair).offers) == 2


@pytest.mark.usefixtures("without_encoder")
def test_merging_goes_by_words_and_says_so_without_the_encoder() -> None:
    """No error: the same words are still one, others are not."""
    tabled = _truce(TREGUA, DAYS[0], OfferStatus.TABLED)
    again = _truce(TREGUA, DAYS[1], OfferStatus.TABLED)
    agreed = _truce(ACORDADA, DAYS[2], OfferStatus.AGREED)
    once = merge([tabled, again, agreed])
    assert len(once.offers) == 2
    assert any("summarizer[embedded]" in one.message for one in once.provenance.warnings)


def test_look_alike_questions_about_two_places_are_two() -> None:
    """Though both cite the same words: "there" is another place in each."""
    cited = "Who will lead the delegation of Arvenia there is still not decided."
    asked = [
        told(cited, f"Talks are in {town}.", on=day, open_questions=[
            question(f"Who will lead the delegation of Arvenia in {town}?", cites=[1])])
        for town, day in (("Lund", DAYS[0]), ("Brevik", DAYS[1]))
    ]  # fmt: skip
    assert len(merge(asked).open_questions) == 2


def test_step_of_one_party_is_that_of_both_at_one_place_on_one_day() -> None:
    """Each side tells of its own delegation; on another day, or elsewhere, it is another step."""
    texts = ("The delegations are to meet again on board the Concordia.",
             "The Front's delegation will be on board the Concordia for the meeting.",
             "The Front's delegation will be in Lund for the meeting.")  # fmt: skip
    parties = (["Arvenia", "Front"], ["Front"], ["Front"])
    made = [
        told(text, on=DAYS[0], next_steps=[step(text, parties=who, on=DAYS[3])])
        for text, who in zip(texts, parties, strict=True)
    ]
    assert len(merge(made[:2]).next_steps) == 1
    assert len(merge([made[0], made[2]]).next_steps) == 2


def test_answer_to_an_offer_is_told_in_other_words_and_is_that_offer() -> None:
    """The same giver, receiver and figure: fewer words in common are enough."""
    first = "Arvenia offers the Front a truce of 60 days, to begin when the Front spares the pipes."
    answer = "The Front has accepted the truce of 60 days that Arvenia offered for the pipes; a "
    answer += "bishop carried its answer to the capital."
    kinds: dict[str, Any] = {"by": ["Arvenia"], "to": ["Front"], "topics": [Topic.CEASEFIRE]}
    pair = [
        told(first, on=DAYS[0], offers=[offer(first, **kinds)]),
        told(answer, on=DAYS[2], offers=[offer(answer, **kinds, status=OfferStatus.AGREED)]),
    ]
    (item,) = merge(pair).offers
    assert [entry.status for entry in item.history] == [OfferStatus.TABLED, OfferStatus.AGREED]
    to_others = [pair[0], told(answer, on=DAYS[2], offers=[
        offer(answer, **{**kinds, "to": ["League"]}, status=OfferStatus.AGREED)])]  # fmt: skip
    assert len(merge(to_others).offers) == 2


def test_late_copy_is_no_new_move() -> None:
    """What was rejected in between is not tabled again because a paper prints old news."""
    wire = _story(WIRE, DAYS[0], OfferStatus.TABLED, origin="wire.txt")
    later = _story([FREE, "No, said the Front."], DAYS[1], OfferStatus.REJECTED)
    copy = _story(REPRINT, DAYS[2], OfferStatus.TABLED, 2, origin="a-copy.txt")
    (item,) = merge([wire, later, copy]).offers
    assert [entry.status for entry in item.history] == [OfferStatus.TABLED, OfferStatus.REJECTED]
    assert item.status == OfferStatus.REJECTED


def test_document_about_something_else_is_set_aside_by_name() -> None:
    """Football, and talks of others: listed, named, and nothing of them among the items."""
    football = told("The cup final ended two to one.", headline="Cup final", not_about="Football.")
    elsewhere = told("Norland will free 9 men.", headline="Norland", offers=[
        offer("Norland will free 9 men.", by=["Norland"])])  # fmt: skip
    once = merge([football, freed(), freed(on=DAYS[1]), elsewhere])
    assert {(entry.name, entry.reason[:9]) for entry in once.set_aside} == {
        ("Cup final", "Football."), ("Norland", "about oth"),
    }  # fmt: skip
    assert {name for item in once.offers for name in item.by} == {"Arvenia"}
    assert len(once.sources) == 4
    assert "Norland" not in {entry.name for entry in once.parties}


def test_two_processes_of_one_size_are_both_kept_and_named() -> None:
    """Nobody can say which of them is meant, and a reader is told of the mixture once."""
    elsewhere = told("Norland will free 9 men.", offers=[
        offer("Norland will free 9 men.", by=["Norland"])])  # fmt: skip
    once = merge([freed(), elsewhere])
    assert once.set_aside == []
    (said,) = [w.message for w in once.provenance.warnings if "different talks" in w.message]
    assert "d1 (Norland); d2 (Arvenia)" in said
    assert merge([once, freed()]) == once
    third = merge([once, freed(on=DAYS[1])])
    assert [entry.reason[:17] for entry in third.set_aside] == ["about other talks"]
    assert third.provenance.warnings == []


def test_merged_brief_of_selected_sentences_says_so_in_every_format() -> None:
    """In its header, as the brief of one document does; of how many documents, if not of all."""
    fast = make_provenance(model="no language model", endpoint="embedded", strategy="fast")
    offline = [freed(on=day).model_copy(update={"provenance": fast}) for day in DAYS[:2]]
    once = merge(offline)
    assert once.provenance.strategy == "merged from 2 briefs (fast)"
    assert "made offline by sentence selection" in outline(once).made
    assert "2 of 3 made offline" in outline(merge([once, freed(on=DAYS[2])])).made
    assert "offline" not in outline(merge([freed(), freed(on=DAYS[2])])).made


def test_nothing_about_talks_is_said_to_be_so() -> None:
    """Two documents about other things make no brief of talks."""
    one = told("A final.", headline="Cup", not_about="It is about football.")
    two = told("A strike.", headline="Strike", not_about="It is about a strike.", on=DAYS[1])
    once = merge([one, two])
    assert not once.about_peace_talks
    assert once.not_about == "It is about football. It is about a strike."
    assert len(once.set_aside) == 2


def test_parties_are_one_across_spellings_languages_and_scripts() -> None:
    """Ukraine by three names, Zelenskyy by three spellings: one party, one person."""
    people = (
        ("Volodymyr Zelenskyy", "president"),
        ("Zelenski", None),
        ("Володимир Зеленський", None),
    )
    names: tuple[tuple[str, list[str]], ...] = (
        ("Ukraine", ["Kyiv"]),
        ("Ucrania", []),
        ("Україна", ["Київ"]),
    )
    texts_ = ("Ukraine will free 40 men.", "Ucrania liberará a 40.", "Україна звільнить 40.")
    made = [
        told(text, on=day, parties=[party(name, aliases=aliases, people=[person])],
             offers=[offer("Ukraine will free 40 men.", by=[name])])
        for text, day, (name, aliases), person in zip(texts_, DAYS, names, people, strict=False)
    ]  # fmt: skip
    once = merge(made)
    (entry,) = once.parties
    assert entry.name == "Ukraine"
    assert set(entry.aliases) == {"Kyiv", "Ucrania", "Україна", "Київ"}
    assert [(p.name, p.title) for p in entry.people] == [("Volodymyr Zelenskyy", "president")]
    assert len(once.offers) == 1
    assert once.offers[0].by == ["Ukraine"]


def test_parties_that_one_document_keeps_apart_stay_apart() -> None:
    """Sudan and South Sudan, and two fronts of one alias."""
    roles = [PartyRole.PRIMARY_PARTY]
    one = told("A.", parties=[party("Sudan", roles=roles), party("South Sudan", roles=roles)])
    two = told("B.", on=DAYS[1], parties=[party("Republic of Sudan", roles=roles)])
    assert {entry.name for entry in merge([one, two]).parties} == {"Sudan", "South Sudan"}


def test_answers_of_all_documents_stand_in_their_order() -> None:
    """Noncommittal first, then no: both, since both were said."""
    first = freed(responses=[response("Kor Front", Response.NONCOMMITTAL)])
    second = freed(on=DAYS[1], responses=[response("Kor Front", Response.REJECTS)])
    (item,) = merge([second, first]).offers
    assert [answer.response for answer in item.responses] == [
        Response.NONCOMMITTAL, Response.REJECTS,
    ]  # fmt: skip


def test_outside_voices_are_joined_by_speaker() -> None:
    """One expert quoted in two papers is one voice; another expert is another."""
    text = "The plan is too vague to be checked."
    one = told(text, outside_voices=[voice(text, speaker="Ines Calder (Peace Institute)")])
    two = told(text, "More.", on=DAYS[1], outside_voices=[voice(text, speaker="Inés Calder")])
    three = told(text, "Other.", on=DAYS[2], outside_voices=[voice(text, speaker="Bo Lund")])
    assert [len(v.citations) for v in merge([one, two, three]).outside_voices] == [2, 1]


def test_bottom_line_is_chosen_from_the_parts() -> None:
    """The latest document first; of what another document tells otherwise both accounts."""
    old = told(FREE, "Talks go on in Doha on Monday.", offers=[offer(FREE)],
               bottom_line=[statement("Talks go on in Doha.", cites=[2])])  # fmt: skip
    new = told(FREE.replace("40", "25"), "The river was quiet.", on=DAYS[1],
               offers=[offer(FREE.replace("40", "25"))],
               bottom_line=[statement("Arvenia would free 25.", cites=[1]),
                            statement("All is quiet at the river.", cites=[2])])  # fmt: skip
    once = merge([old, new])
    assert [line.statement for line in once.bottom_line] == [
        f"Accounts differ: {FREE} / {FREE.replace('40', '25')}",
        "Talks go on in Doha.",
        "All is quiet at the river.",
    ]
    assert [c.document for c in once.bottom_line[0].citations] == ["d1", "d2"]
    assert once.title == "Arvenia: 2 documents of 12 to 13 March 2026"


def test_how_every_part_was_made_is_kept() -> None:
    """Models, calls, tokens and warnings of all of them, with the document they belong to."""
    one = freed().model_copy(update={"provenance": make_provenance(model="a/x")})
    two = freed(on=DAYS[1]).model_copy(
        update={"provenance": make_provenance(model="b/y", endpoint="embedded")}
    )
    made = merge([one, two]).provenance
    assert (made.model, made.endpoint) == ("a/x, b/y", "mixed")
    assert [attempt.number for attempt in made.attempts] == [1, 2]
    assert made.tokens_in == one.provenance.tokens_in + two.provenance.tokens_in


def test_texts_are_kept_once() -> None:
    """The parts have no text of their own; leaving texts out changes nothing else."""
    once = merge([freed(), freed(on=DAYS[1])])
    assert all(source.text is None for part in once.parts for source in part.sources)
    bare = [without_text(brief) for brief in (freed(), freed(on=DAYS[1]))]
    assert merge(bare).offers == once.offers


def without_text(brief: PeaceTalksBrief) -> PeaceTalksBrief:
    """A brief as ``--no-text`` stores it."""
    sources: Sequence[Source] = [s.model_copy(update={"text": None}) for s in brief.sources]
    return brief.model_copy(update={"sources": sources})


def test_nothing_to_merge_is_an_error() -> None:
    """There is no brief of nothing."""
    with pytest.raises(ValueError, match="no brief"):
        merge([])


def test_steps_of_other_days_are_two() -> None:
    """A meeting on the 20th is not the meeting on the 27th; told of one meeting, they clash."""
    on = [date(2026, 3, 20), date(2026, 3, 27)]
    text = "The delegations of both sides are to meet in Doha for a second round."
    made = [
        told(text, f"On {day.day} March.", on=told_on,
             next_steps=[step(text, on=day, basis=Basis.NARRATION)])
        for day, told_on in zip(on, DAYS, strict=False)
    ]  # fmt: skip
    once = merge(made)
    assert [item.date for item in once.next_steps] == on
    assert [found.kind for found in once.contradictions] == [ContradictionKind.NUMBER]


def test_statements_in_other_languages_are_one_only_when_the_words_are() -> None:
    """Nobody here knows what turns a Spanish sentence round."""
    yes, no = "Arvenia aceptará a los observadores.", "Arvenia no aceptará a los observadores."
    also = "Arvenia aceptará a los observadores"
    made = [freed(text, on=day) for text, day in zip((yes, no, also), DAYS, strict=False)]
    assert len(merge(made).offers) == 2
