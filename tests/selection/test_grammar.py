"""Where parties stand in the grammar of a sentence."""

from __future__ import annotations

import pytest

from summarizer.selection.grammar import Sentence
from summarizer.selection.parsed import parse


def _relations(text: str, name: str, cue: str = "") -> set[str]:
    (doc,) = parse([text], "en") or []
    start = text.index(name)
    return Sentence(doc, text.find(cue) if cue else len(text)).relations(start, start + len(name))


def test_named_one_is_subject_of_content_when_another_tells_it() -> None:
    """In "X said that Y would reject" Y holds the content and X only says it."""
    text = "Russia said that Ukraine would reject the plan."
    assert "subject of content" in _relations(text, "Ukraine")
    told = _relations(text, "Russia")
    assert "subject of saying" in told
    assert "subject of content" not in told


def test_quoted_content_counts_when_the_verb_of_saying_stands_behind_it() -> None:
    """In "Y will not leave, said X" Y is the subject of what is said."""
    text = "Armenia will not withdraw its troops, Azerbaijan said."
    assert "subject of content" in _relations(text, "Armenia")
    assert "subject of content" not in _relations(text, "Azerbaijan")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Russian officials rejected the plan.", "Russian"),
        ("The leaders of Hamas rejected the plan.", "Hamas"),
        ("Israel's spokesman rejected the plan.", "Israel"),
    ],
)
def test_party_is_subject_when_its_people_are(text: str, name: str) -> None:
    """Officials, leaders and a spokesman stand for their party."""
    assert "subject of content" in _relations(text, name)


def test_agent_is_seen_when_the_verb_is_passive() -> None:
    """In "was rejected by Y" it is Y who rejected."""
    text = "The plan was rejected by Ukraine on Monday."
    assert "agent" in _relations(text, "Ukraine")


def test_owner_of_a_refusal_is_seen_when_it_is_a_noun() -> None:
    """ "Kyiv's refusal" is Kyiv's."""
    text = "Kyiv's refusal to cede land was repeated on Monday."
    assert "owner of cue noun" in _relations(text, "Kyiv")


def test_both_are_subjects_when_two_are_joined() -> None:
    """ "X and Y agreed": both."""
    text = "Armenia and Azerbaijan agreed to a ceasefire."
    assert "subject of content" in _relations(text, "Armenia")
    assert {"subject of content", "joined"} <= _relations(text, "Azerbaijan")


@pytest.mark.parametrize("text", ["Monday.", "Israel", "...", "“”", "No."])
def test_nothing_is_claimed_when_a_sentence_has_no_verb(text: str) -> None:
    """A fragment has no subject, and no fault."""
    (doc,) = parse([text], "en") or []
    sentence = Sentence(doc, 0)
    assert sentence.subject() is None
    assert not sentence.relations(0, len(text)) & {"subject of content", "agent"}
