"""A draft is mended against its document; what is wrong is named, and nothing vanishes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.answers import Fault
from summarizer.draft import MAX_CITATIONS, MAX_TITLE_CHARACTERS, SECTIONS, BriefDraft
from summarizer.validation import entry_key, mend, unknown_sentences
from summarizer.vocabulary import PartyRole, Topic
from tests.drafts import draft, full_draft, line, offer, party, question, red_line, step, voice

SENTENCES = 6


def _only_fault(**changes: Any) -> Fault:
    (fault,) = mend(draft(**changes), SENTENCES).faults
    return fault


def _response(**changes: Any) -> dict[str, Any]:
    return {"party": "Kor Front", "response": "rejects", "citations": [3], **changes}


def test_draft_when_right() -> None:
    """A right draft has no faults, and comes out as it went in."""
    right = BriefDraft.model_validate(full_draft())
    mended = mend(right, SENTENCES)
    assert mended.faults == ()
    assert mended.draft == mended.clean == right


@pytest.mark.parametrize(
    ("changes", "where", "hints"),
    [
        ({"offers": [offer(" ")]}, "offers[0]", ["says nothing", "write one plain sentence"]),
        ({"offers": [offer(citations=[])]}, "offers[0]", ["cites no sentence"]),
        ({"open_questions": [question("")]}, "open_questions[0]", ["says nothing"]),
        ({"bottom_line": [line(citations=[])]}, "bottom_line[0]", ["cites no sentence"]),
        ({"outside_voices": [voice(speaker=" ")]}, "outside_voices[0]", ["who says it"]),
        ({"parties": [party(" ")]}, "parties[0]", ["name is empty"]),
        ({"offers": [offer(by=[])]}, "offers[0]", ["held by no listed party", "`parties`"]),
    ],
)
def test_entry_when_it_cannot_be_mended(
    changes: dict[str, Any], where: str, hints: list[str]
) -> None:
    """It is dropped, with the entry and what to do about it; worth asking again."""
    fault = _only_fault(**changes)
    assert fault.where == where
    assert all(hint in fault.message for hint in hints)
    assert (fault.lossy, fault.dropped) == (True, True)
    (section,) = changes
    assert fault.part == draft(**changes).model_dump(mode="json")[section][0]
    assert getattr(mend(draft(**changes), SENTENCES).draft, section) == []


@pytest.mark.parametrize("numbers", [[0], [7], [-1], [10**30], [99, 0]])
def test_citations_when_none_exists(numbers: list[int]) -> None:
    """Unknown numbers are named with the range that exists; without any other it is dropped."""
    mended = mend(draft(red_lines=[red_line(citations=numbers)]), SENTENCES)
    assert mended.draft.red_lines == []
    first, second = mended.faults
    assert ", ".join(map(str, numbers)) in first.message
    assert "1 to 6" in first.message
    assert second.dropped


def test_citations_when_some_exist() -> None:
    """The known ones stay, each once, and the entry counts as repaired at a loss."""
    mended = mend(draft(red_lines=[red_line(citations=[3, 99, 3, 4])]), SENTENCES)
    assert mended.draft.red_lines[0].citations == [3, 4]
    assert [fault.dropped for fault in mended.faults] == [False]
    assert mended.clean.red_lines == []
    assert [repaired.entry for repaired in mended.repaired] == mended.draft.red_lines


def test_citations_when_too_many() -> None:
    """At most four stay, the first."""
    fault = _only_fault(offers=[offer(citations=[1, 2, 3, 4, 5])])
    assert "cite the 4 or fewer" in fault.message
    mended = mend(draft(offers=[offer(citations=[1, 2, 3, 4, 5])]), SENTENCES)
    assert mended.draft.offers[0].citations == [1, 2, 3, 4]


def test_holder_when_not_listed() -> None:
    """An unknown holder names the listed parties; the entry goes, since nobody holds it."""
    mended = mend(draft(red_lines=[red_line(held_by="Atlantis")]), SENTENCES)
    assert mended.draft.red_lines == []
    assert (
        "'Atlantis' is not a listed party (Arvenia, Kor Front, Qatar)" in mended.faults[0].message
    )
    assert any(fault.dropped for fault in mended.faults)


def test_other_party_when_not_listed() -> None:
    """An unknown addressee or speaker's party is left out; the entry stays."""
    changed = offer(to=["Atlantis", "qatar "], speaks_for="Mu", by=["ARVENIA", "Arvenia"])
    mended = mend(draft(offers=[changed]), SENTENCES)
    (kept,) = mended.draft.offers
    assert (kept.by, kept.to, kept.speaks_for) == (["Arvenia"], ["Qatar"], None)
    assert len(mended.lossy) == 2


def test_party_when_named_by_an_alias() -> None:
    """An alias, in any case, becomes the name."""
    listed = [party(aliases=["Lissen", "the Arvenians"]), party("Kor Front")]
    made = draft(parties=listed, red_lines=[red_line(held_by="LISSEN")])
    mended = mend(made, SENTENCES)
    assert mended.draft.red_lines[0].held_by == "Arvenia"
    assert mended.faults == ()


def test_party_when_listed_twice() -> None:
    """The two are joined: no alias or person of the second is lost, nor an item that uses them."""
    second = party(
        " arvenia", aliases=["Lissen"], roles=["host"], people=[{"name": "Bo Vik", "title": None}]
    )
    made = draft(parties=[party(), second], red_lines=[red_line(held_by="Lissen")])
    mended = mend(made, SENTENCES)
    (kept,) = mended.draft.parties
    assert kept.aliases == ["Lissen"]
    assert kept.roles == [PartyRole.PRIMARY_PARTY, PartyRole.HOST]
    assert [person.name for person in kept.people] == ["Bo Vik"]
    assert mended.draft.red_lines[0].held_by == "Arvenia"
    (fault,) = mended.faults
    assert "already listed" in fault.message
    assert not fault.dropped


def test_alias_when_two_parties_claim_it() -> None:
    """The first keeps it; a name is never another party's alias; both are said."""
    listed = [party(aliases=["the sides", "Kor Front"]), party("Kor Front", aliases=["The Sides"])]
    mended = mend(draft(parties=listed), SENTENCES)
    assert [kept.aliases for kept in mended.draft.parties] == [["the sides"], []]
    assert len(mended.faults) == 2
    assert all("already belongs to" in fault.message for fault in mended.faults)
    assert mended.lossy == []


def test_party_when_it_has_no_role() -> None:
    """The role that claims least stands in, so that a brief can be made; it is asked for again."""
    mended = mend(draft(parties=[party(roles=[])]), SENTENCES)
    assert mended.draft.parties[0].roles == [PartyRole.AFFECTED_OUTSIDER]
    assert "give at least one" in mended.lossy[0].message
    assert mended.clean.parties == []


def test_party_when_it_cites_what_does_not_exist() -> None:
    """The party stays, repaired at a loss, so that a correction can take its place."""
    mended = mend(draft(parties=[party(citations=[1, 70])]), SENTENCES)
    assert mended.draft.parties[0].citations == [1]
    assert [repaired.section for repaired in mended.repaired] == ["parties"]


def test_item_when_given_twice() -> None:
    """The second is dropped and named; the same words of another holder are another item."""
    twice = [red_line(), red_line("  the KOR Front will not accept foreign patrols on the river.")]
    mended = mend(draft(red_lines=[*twice, red_line(held_by="Arvenia")]), SENTENCES)
    assert [kept.held_by for kept in mended.draft.red_lines] == ["Kor Front", "Arvenia"]
    (fault,) = mended.faults
    assert fault.where == "red_lines[1]"
    assert "the same item twice" in fault.message


@pytest.mark.parametrize(
    ("topics", "kept"),
    [
        ([], [Topic.OTHER]),
        (["process", "ceasefire", "other", "humanitarian"], ["process", "ceasefire", "other"]),
    ],
)
def test_topics_when_none_or_too_many(topics: list[str], kept: list[str]) -> None:
    """One to three stay, and the change is named, without asking again."""
    fault = _only_fault(next_steps=[step(topics=topics)])
    assert "1 to 3" in fault.message
    assert not fault.lossy
    assert (
        mend(draft(next_steps=[step(topics=topics)]), SENTENCES).draft.next_steps[0].topics == kept
    )


@pytest.mark.parametrize("value", ["next week", "2026-02-30", "4 March 2026", "2026-13-01"])
def test_date_when_it_is_none(value: str) -> None:
    """What is no ISO date is left out and named; the step stays."""
    fault = _only_fault(next_steps=[step(date=value)])
    assert "YYYY-MM-DD" in fault.message
    assert mend(draft(next_steps=[step(date=value)]), SENTENCES).draft.next_steps[0].date is None


def test_response_when_broken() -> None:
    """A broken response goes, the offer stays; the whole offer is shown, to be given again."""
    answers = [_response(), _response(party="Mu"), _response(citations=[9])]
    mended = mend(draft(offers=[offer(responses=answers)]), SENTENCES)
    assert [answer.party for answer in mended.draft.offers[0].responses] == ["Kor Front"]
    dropped = [fault for fault in mended.faults if fault.dropped]
    assert [fault.where for fault in dropped] == [
        "offers[0].responses[1]",
        "offers[0].responses[2]",
    ]
    assert all(fault.part["statement"] for fault in mended.faults)
    assert mended.clean.offers == []


def test_title_when_too_long_or_empty() -> None:
    """A long title is cut at a word, an empty one named; neither is worth another call."""
    for title in ("word " * 40, "x" * 200):
        mended = mend(draft(title=title), SENTENCES)
        assert len(mended.draft.title) <= MAX_TITLE_CHARACTERS
        assert mended.draft.title.endswith("…")
        assert "at most 120" in mended.faults[0].message
        assert mended.lossy == []
    assert "is empty" in _only_fault(title=" ").message


def test_negative_when_it_lists_something() -> None:
    """Every list is emptied and named, the bottom line too; the contradiction is asked again."""
    made = draft(about_peace_talks=False, not_about="Football.", bottom_line=[line()])
    mended = mend(made, SENTENCES)
    assert all(getattr(mended.draft, section) == [] for section in SECTIONS)
    assert {fault.where for fault in mended.faults} == {
        "parties",
        "bottom_line",
        "about_peace_talks",
    }
    assert [fault.where for fault in mended.lossy] == ["about_peace_talks"]


def test_negative_when_right() -> None:
    """A negative without entries has no fault; without a subject it is asked for one."""
    made = draft(about_peace_talks=False, not_about="Football.", parties=[])
    assert mend(made, SENTENCES).faults == ()
    fault = _only_fault(about_peace_talks=False, parties=[])
    assert fault.where == "not_about"
    assert not fault.dropped


def test_not_about_when_it_is_about_peace_talks() -> None:
    """A draft about talks has no ``not_about``."""
    assert mend(draft(not_about="Football."), SENTENCES).draft.not_about is None


def test_unknown_sentences_when_listed() -> None:
    """Every place that cites what does not exist, responses included."""
    made = draft(offers=[offer(citations=[2, 9], responses=[_response(citations=[8])])])
    assert unknown_sentences(made, SENTENCES) == ["offers[0] cites 9", "offers[0] cites 8"]
    assert unknown_sentences(draft(), SENTENCES) == []


names = st.sampled_from(["Arvenia", "arvenia ", "Kor Front", "Qatar", "Mu", "", "the sides"])
cited = st.lists(st.integers(-1, 9), max_size=6)
words = st.sampled_from(["", " ", "One thing.", "one  THING.", "Another thing.", "A third."])
name_lists = st.lists(names, max_size=3)
responses = st.lists(st.builds(_response, party=names, citations=cited), max_size=2)


def _listed(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=4)


drafts = st.builds(
    draft,
    about_peace_talks=st.sampled_from([True, True, True, False]),
    title=st.sampled_from(["", "T", "long " * 50]),
    parties=_listed(
        st.builds(
            party,
            names,
            aliases=name_lists,
            citations=cited,
            roles=st.lists(st.sampled_from(["host", "mediator"]), max_size=2),
        )
    ),
    offers=_listed(
        st.builds(offer, words, citations=cited, by=name_lists, to=name_lists, responses=responses)
    ),
    red_lines=_listed(st.builds(red_line, words, citations=cited, held_by=names)),
    open_questions=_listed(st.builds(question, words, citations=cited, parties=name_lists)),
    next_steps=_listed(
        st.builds(step, words, citations=cited, date=st.sampled_from([None, "x", "2026-01-02"]))
    ),
    outside_voices=_listed(st.builds(voice, words, citations=cited, speaker=names)),
    bottom_line=_listed(st.builds(line, words, citations=cited)),
)


@settings(max_examples=150, deadline=None)
@given(drafts)
def test_mend_when_given_any_draft(given_draft: BriefDraft) -> None:
    """Every entry is in the result, or a fault names its place: nothing vanishes."""
    mended = mend(given_draft, SENTENCES)
    places = {fault.where.split(".")[0] for fault in mended.faults}
    for section in SECTIONS:
        kept = {entry_key(entry)[0] for entry in getattr(mended.draft, section)}
        for index, entry in enumerate(getattr(given_draft, section)):
            assert entry_key(entry)[0] in kept or {section, f"{section}[{index}]"} & places


@settings(max_examples=150, deadline=None)
@given(drafts)
def test_mended_when_held_against_its_document(given_draft: BriefDraft) -> None:
    """What comes out fits: known sentences, listed holders, one to three topics, a role."""
    made = mend(given_draft, SENTENCES).draft
    assert unknown_sentences(made, SENTENCES) == []
    listed = {party.name for party in made.parties}
    assert len(listed) == len(made.parties)
    assert all(party.roles for party in made.parties)
    for section in list(SECTIONS)[1:]:
        for entry in getattr(made, section):
            assert 1 <= len(entry.citations) <= MAX_CITATIONS
            assert 1 <= len(getattr(entry, "topics", [1])) <= 3
            used = {*getattr(entry, "by", []), *getattr(entry, "to", [])}
            assert used | {*getattr(entry, "parties", [])} <= listed
            assert getattr(entry, "held_by", None) in {None, *listed}


@settings(max_examples=150, deadline=None)
@given(drafts)
def test_mended_when_mended_again(given_draft: BriefDraft) -> None:
    """Mending what is mended changes nothing, and finds at most an empty head."""
    once = mend(given_draft, SENTENCES)
    twice = mend(once.draft, SENTENCES)
    assert twice.draft == once.draft
    assert {fault.where for fault in twice.faults} <= {"title", "not_about"}


@settings(max_examples=100, deadline=None)
@given(drafts)
def test_clean_when_something_was_lost(given_draft: BriefDraft) -> None:
    """The clean draft and the repaired entries together are the mended draft."""
    mended = mend(given_draft, SENTENCES)
    for section in SECTIONS:
        repaired = [part.entry for part in mended.repaired if part.section == section]
        together = [*getattr(mended.clean, section), *repaired]
        assert len(together) == len(getattr(mended.draft, section))
        assert all(entry in getattr(mended.draft, section) for entry in together)
    assert all(part.faults for part in mended.repaired)
