"""Grounding: exact quotes, ids that stay, findings, and nothing guessed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.documents import Document, from_text
from summarizer.draft import BriefDraft
from summarizer.grounding import PREFIXES, ground, item_ids, resolve, source_of
from summarizer.validation import mend
from tests.drafts import (
    TEXT,
    document,
    draft,
    full_draft,
    line,
    offer,
    party,
    provenance,
    question,
    red_line,
    step,
    voice,
)


def made(text: str = TEXT, doc: Document | None = None, **changes: Any) -> PeaceTalksBrief:
    """The brief of a draft with the three parties and these changes."""
    return ground(draft(**changes), doc or document(text), provenance())


def ids(brief: PeaceTalksBrief) -> list[str]:
    """The ids of all items, in order."""
    return [item.id for item in (*brief.items(), *brief.outside_voices)]


def test_brief_when_draft_is_right() -> None:
    """Every item of it is there, supported, with its fields."""
    brief = ground(BriefDraft.model_validate(full_draft()), document(), provenance())
    assert [len(ids(brief)), len(brief.parties), len(brief.bottom_line)] == [5, 3, 1]
    checked = [*brief.items(), *brief.outside_voices, *brief.parties, *brief.bottom_line]
    assert [(part.support.status, part.support.missing) for part in checked] == [
        ("supported", [])
    ] * 9
    assert brief.offers[0].statement == offer()["statement"]
    assert brief.next_steps[0].when == "next week"
    assert brief.title == "Arvenia: talks go on"
    assert brief.provenance == provenance()


def test_ids_when_looked_at() -> None:
    """Each section has its letter; no two items have the same id."""
    found = ids(ground(BriefDraft.model_validate(full_draft()), document(), provenance()))
    assert [one[0] for one in found] == [*PREFIXES.values()]
    assert len(set(found)) == len(found)


sentence = st.text("Ab1 .!?\n“”»é中\u200b\u00a0", max_size=25)
texts = st.lists(sentence, min_size=1, max_size=8).map(". ".join)


@settings(max_examples=200, deadline=None)
@given(texts.filter(lambda text: any(map(str.isalnum, text))), st.data())
def test_citation_when_text_is_anything(text: str, data: st.DataObject) -> None:
    """``text[start:end] == quote`` for every citation of every part, whatever the text."""
    doc = from_text(text)
    numbers = st.lists(st.integers(1, len(doc.sentences)), min_size=1, max_size=4)
    response = {"party": "Qatar", "response": "accepts", "citations": data.draw(numbers)}
    brief = made(
        doc=doc,
        parties=[party(n, citations=data.draw(numbers)) for n in ("Arvenia", "Kor Front", "Qatar")],
        offers=[offer(citations=data.draw(numbers), responses=[response])],
        red_lines=[red_line(citations=data.draw(numbers))],
        outside_voices=[voice(citations=data.draw(numbers))],
        bottom_line=[line(citations=data.draw(numbers))],
    )
    source = brief.sources[0]
    found = list(brief.citations())
    assert len(found) >= 8
    for citation in found:
        assert text[citation.start : citation.end] == citation.quote
        assert source.sentences[citation.sentence - 1] == (citation.start, citation.end)
        assert citation.document == source.id
    assert source.text == text


def test_resolve_when_numbers_repeat_or_are_unknown() -> None:
    """Citations come once each, in order; an unknown number is a programming error."""
    assert [c.sentence for c in resolve(document(), [3, 1, 3])] == [1, 3]
    for number in (0, 7, -1):
        with pytest.raises(IndexError):
            resolve(document(), [number])


ITEMS = [
    offer("First."),
    offer("Second.", kind="proposal"),
    offer("Third.", to=["Qatar"]),
    offer("Fourth.", citations=[2, 4]),
    offer("Fifth.", by=["Kor Front"]),
    offer("Sixth.", citations=[3]),
]


def test_ids_when_statements_are_reworded() -> None:
    """Other words, another title, other conditions: the same ids."""
    reworded = [
        item | {"statement": f"Put otherwise: {n}", "conditions": ["x"]}
        for n, item in enumerate(ITEMS)
    ]
    one, two = made(offers=ITEMS), made(offers=reworded, title="Another title")
    assert ids(one) == ids(two)
    assert len(set(ids(one))) == len(ITEMS)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_ids_when_order_changes(chance: random.Random) -> None:
    """Each item keeps its id wherever it stands, items of one sentence and holder included."""
    twins = [*ITEMS, offer("Seventh, alike but for the words.")]
    shuffled = chance.sample(twins, len(twins))
    one, two = made(offers=twins), made(offers=shuffled)
    assert {o.statement: o.id for o in one.offers} == {o.statement: o.id for o in two.offers}


def test_ids_when_other_sections_change() -> None:
    """Items of other sections, and citations after the first, have no part in an id."""
    one = made(offers=[offer()])
    two = made(offers=[offer(citations=[2, 5])], red_lines=[red_line()], next_steps=[step()])
    assert one.offers[0].id == two.offers[0].id
    assert item_ids("offers", draft(offers=[offer()]).offers, document()) == [one.offers[0].id]


def test_ids_when_document_is_longer() -> None:
    """The same sentence at another place gives the same id: two briefs can be compared."""
    longer = document("A line before.\n\n" + TEXT)
    assert (
        made(offers=[offer()]).offers[0].id
        == made(doc=longer, offers=[offer(citations=[3])]).offers[0].id
    )


def test_ids_when_holder_or_sentence_differ() -> None:
    """Another holder, another first sentence, another section: another id."""
    found = {
        made(offers=[offer()]).offers[0].id,
        made(offers=[offer(by=["Kor Front"])]).offers[0].id,
        made(offers=[offer(citations=[3])]).offers[0].id,
        made(red_lines=[red_line(citations=[2], held_by="Arvenia")]).red_lines[0].id,
    }
    assert len({one.split("-", 1)[1] for one in found}) == 4


@pytest.mark.parametrize(
    ("speaks_for", "by", "stated"),
    [
        ("Arvenia", ["Arvenia"], True),
        ("Arvenia", ["Kor Front", "Arvenia"], True),
        ("Kor Front", ["Arvenia"], False),
        (None, ["Arvenia"], False),
    ],
)
def test_self_stated_when_derived(speaks_for: str | None, by: list[str], stated: bool) -> None:
    """An item is self-stated when its speaker speaks for a holder, and never else."""
    brief = made(
        offers=[offer(by=by, speaks_for=speaks_for)],
        red_lines=[red_line(held_by=by[-1], speaks_for=speaks_for)],
    )
    assert brief.offers[0].self_stated is stated
    assert brief.red_lines[0].self_stated is stated


@pytest.mark.parametrize(
    ("text", "stated", "value", "kept"),
    [
        ("They meet on 9 March 2026.", None, "2026-03-09", True),
        ("They meet on 9 March.", None, "2026-03-09", False),
        ("They meet on 9 March.", date(2026, 3, 1), "2026-03-09", True),
        ("They meet in January.", date(2026, 12, 1), "2027-01-09", False),
        ("Some 12026 people met.", None, "2026-03-09", False),
        ("يجتمعون في 9 مارس ٢٠٢٦.", None, "2026-03-09", True),
    ],
)
def test_date_when_year_is_stated_or_not(
    text: str, stated: date | None, value: str, kept: bool
) -> None:
    """A date needs a year that is stated, in the text or with it; else it goes, by name."""
    doc = replace(from_text(text), date=stated)
    only = step(citations=[1], date=value)
    brief = ground(draft(parties=[party("Qatar")], next_steps=[only]), doc, provenance())
    assert brief.next_steps[0].date == (date.fromisoformat(value) if kept else None)
    said = [(w.kind, w.where) for w in brief.provenance.warnings]
    assert said == ([] if kept else [("repaired", brief.next_steps[0].id)])


def test_refusal_when_checked() -> None:
    """A refusal needs a word of refusal, a demand does not."""
    for kind, status in (("refusal", "unsupported"), ("demand", "supported")):
        lines = [
            red_line("Arvenia wants prisoners freed.", held_by="Arvenia", citations=[2], kind=kind)
        ]
        assert made(red_lines=lines).red_lines[0].support.status == status


@pytest.mark.parametrize(
    ("status", "answered", "expected"),
    [
        ("floated", [], "supported"),
        ("agreed", [], "unsupported"),
        ("signed", [], "unsupported"),
        ("in_force", [], "supported"),
        ("rejected", [], "unsupported"),
        ("rejected", [("Kor Front", "rejects")], "supported"),
        ("agreed", [("Kor Front", "accepts")], "supported"),
    ],
)
def test_offer_when_status_is_checked(
    status: str, answered: list[tuple[str, str]], expected: str
) -> None:
    """Agreed, signed and rejected rest on a word, which may stand in an answer to the offer."""
    text = "Arvenia offered to free 40 prisoners.\n\nIt rained.\n\nThe Kor Front {}."
    doc = document(text.format("refused" if status == "rejected" else "accepted"))
    answers = [{"party": p, "response": r, "citations": [3]} for p, r in answered]
    only = offer(
        "Arvenia offered to free 40 prisoners.", citations=[1], status=status, responses=answers
    )
    brief = made(doc=doc, offers=[only], parties=[party(), party("Kor Front")])
    assert brief.offers[0].support.status == expected
    assert [len(answer.citations) for answer in brief.offers[0].responses] == [1] * len(answers)


def test_party_when_the_document_does_not_name_it() -> None:
    """It is unsupported; where its name could not stand in the document's script, only unsure."""
    assert made(parties=[party("Atlantis")]).parties[0].support.status == "unsupported"
    russian = replace(document("Стороны говорили в Дохе."), language="ru")
    assert made(doc=russian, parties=[party("Russia")]).parties[0].support.status == "partial"
    named = made(doc=russian, parties=[party("the sides", aliases=["Стороны"])])
    assert named.parties[0].support.status == "supported"


def test_party_when_possessive_in_a_statement() -> None:
    """ "Qatar's" names Qatar: the cited sentences must have it."""
    text = "Qatar hosts.\n\nIt rained.\n\nIt poured.\n\nThe plan failed."
    only = question("Why did Qatar's plan fail?", citations=[4], parties=[])
    brief = made(text, open_questions=[only], parties=[party("Qatar")])
    found = brief.open_questions[0].support
    assert found.missing == [
        "Qatar is not named in the cited sentences or before them (it is in [1])"
    ]


def test_bottom_line_when_its_figure_is_in_no_item() -> None:
    """A figure that no item below has makes it partial, though the sentence has it."""
    brief = made(bottom_line=[line()], red_lines=[red_line()])
    assert brief.bottom_line[0].support.missing == ["figure 40 is in no item below"]
    assert brief.bottom_line[0].support.status == "partial"
    assert made(bottom_line=[line()], offers=[offer()]).bottom_line[0].support.status == "supported"


def test_bottom_line_when_its_figure_is_in_a_condition() -> None:
    """Conditions and deadlines of an item are said below as well."""
    only = offer("Arvenia made an offer.", conditions=["40 prisoners come home"])
    assert made(bottom_line=[line()], offers=[only]).bottom_line[0].support.status == "supported"


def test_people_when_a_person_stands_for_a_party() -> None:
    """A person of a party names it; a person without a name is left out."""
    people = [{"name": "Ivo Brand", "title": "spokesman"}, {"name": " ", "title": None}]
    text = "The Kor Front came.\n\nIt rained.\n\nIt poured.\n\nBrand refused patrols."
    brief = made(
        text,
        parties=[party("Kor Front", people=people)],
        red_lines=[red_line("The Kor Front refuses patrols.", citations=[4])],
    )
    assert brief.red_lines[0].support.status == "supported"
    assert [person.name for person in brief.parties[0].people] == ["Ivo Brand"]


def test_source_when_text_is_left_out() -> None:
    """Everything but the text stays."""
    whole, bare = source_of(document()), source_of(document(), text=False)
    assert bare == whole.model_copy(update={"text": None})
    assert whole.text == TEXT


def test_negative_when_grounded() -> None:
    """It has no items, and says what it is about."""
    negative = draft(about_peace_talks=False, not_about="Football.", parties=[])
    brief = ground(negative, document(), provenance())
    assert not brief.about_peace_talks
    assert brief.not_about == "Football."
    assert ids(brief) == []


def test_draft_when_mended_from_the_worst() -> None:
    """What ``mend`` lets through can always be grounded: no role, no topic, a blank speaker."""
    worst = draft(
        parties=[party(roles=[], citations=[]), party("Kor Front", aliases=["", "Arvenia"])],
        offers=[offer(topics=[], speaker=" ", to=["Mu"])],
        next_steps=[step(parties=["Mu"], date="soon", topics=[])],
        outside_voices=[voice(topics=[])],
        title="",
    )
    brief = ground(mend(worst, 6).draft, document(), provenance())
    assert len(ids(brief)) == 3
