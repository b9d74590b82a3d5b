"""Lines of the ledger in words: each error has its word, its items and one line."""

from __future__ import annotations

import pytest

from summarizer.brief import NextStep
from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.reports.alignedrows import explanations
from summarizer.evaluation.reports.differences import (
    both_shortened,
    shortened,
    word_differences,
)
from summarizer.evaluation.reports.explanations import explain, lost, word_of
from summarizer.evaluation.results import LedgerLine
from summarizer.vocabulary import StepCertainty
from tests.evaluation.reports.runs import HOSTILE, crashed, lake_case, scored
from tests.evaluation.samples import MUTANTS, edit, sample, without


def _line(**values: object) -> LedgerLine:
    return LedgerLine.model_validate({"kind": "field", "section": "offers", **values})


@pytest.mark.parametrize("penalty", sorted(PENALTIES))
def test_every_error_is_told_on_one_line(penalty: str) -> None:
    """Whatever the scorer charges for has a word, its items, and a line that names the field."""
    outcome = scored(lake_case(), MUTANTS[penalty](sample()))
    told = explanations(outcome)
    assert told
    for one in told:
        assert one.word
        assert "\n" not in one.text
        assert "↔" in str(one.place)
        assert one.group not in {"right", "optional"}
        assert one.lost == lost(one.line.points)


def test_critical_errors_have_a_group_of_their_own() -> None:
    """What misleads about who wants what is told apart from what is merely wrong."""
    groups = {error: word_of(_line(error=error, penalty=0.5))[1] for error in ("polarity", "holder",
              "swapped", "self_stated", "number", "status", "topic")}  # fmt: skip
    assert [name for name, group in groups.items() if group == "critical"] == [
        "polarity", "holder", "swapped", "self_stated",
    ]  # fmt: skip
    assert groups["topic"] == "minor"


@pytest.mark.parametrize(("penalty", "group"), [(0.3, "wrong"), (0.05, "minor")])
def test_field_without_a_counter_is_wrong_or_minor_by_its_penalty(
    penalty: float, group: str
) -> None:
    """A field that the panel does not count gets its own name as the word."""
    assert word_of(_line(field="speaks_for", penalty=penalty)) == ("wrong speaks for", group)


def test_places_name_both_items_when_they_are_aligned() -> None:
    """``O1 ↔ O1`` is the reference's first offer and the output's; a lone one has a dash."""
    lone = scored(lake_case(), without(sample(), "red_lines", 1))
    assert [str(one.place) for one in explanations(lone)] == ["R2 ↔ –"]
    both = scored(lake_case(), MUTANTS["status"](sample()))
    assert [str(one.place) for one in explanations(both)] == ["O1 ↔ O1"]


def test_item_in_another_section_has_a_line_for_each_place() -> None:
    """The line where it is missing and the line where it stands are told apart."""
    brief = sample()
    asked = brief.open_questions[0]
    moved = NextStep(
        **asked.model_dump(exclude={"question", "reason", "certainty"}),
        statement=asked.question,
        certainty=StepCertainty.PLANNED,
    )
    steps = [*brief.next_steps, moved]
    output = without(brief, "open_questions", 0).model_copy(update={"next_steps": steps})
    told = {one.place.side: one for one in explanations(scored(lake_case(), output))}
    assert told["reference"].text.startswith("stands among the next steps instead")
    assert told["output"].text.startswith("belongs to the open questions")
    assert {str(one.place) for one in told.values()} == {"Q1 ↔ N2"}


def test_crash_and_wrong_subject_are_about_the_brief() -> None:
    """Where no item is to blame, the place is the brief."""
    (one,) = explanations(crashed(lake_case()))
    assert (one.word, str(one.place), one.points) == ("no brief", "brief", 1.0)
    brief = sample().model_copy(update={"about_peace_talks": False, "not_about": "chess"})
    (two,) = explanations(scored(lake_case(), brief))
    assert two.word == "wrong subject"
    assert "should be true; is false" in two.text


def test_missing_figure_is_told_from_an_invented_one() -> None:
    """Leaving a figure out and making one up are different things to a reader."""
    line = {"field": "number", "error": "number"}
    assert explain(_line(**line, expected="30 days", got="none"), None).text.startswith("leaves")
    assert explain(_line(**line, expected="none", got="7"), None).text.startswith("has 7")
    text = explain(_line(**line, expected="30", got="7"), None).text
    assert text == "number should be 30; is 7"


def test_optional_item_that_is_missing_is_told_as_free() -> None:
    """Nobody is to look for points that were not lost."""
    case = lake_case(optional=[("red_lines", 1)])
    (one,) = explanations(scored(case, without(sample(), "red_lines", 1)))
    assert one.lost == "0"
    assert "nothing is lost" in one.text


def test_values_of_a_vocabulary_have_spaces_and_names_keep_theirs() -> None:
    """``under_negotiation`` is told in words; the name of an account stays as it is."""
    line = {"expected": "under_negotiation", "got": "none"}
    assert "under negotiation; is none" in explain(_line(field="status", **line), None).text
    handle = _line(field="speaker", expected="@lake_gov", got="none")
    assert "@lake_gov" in explain(handle, None).text


def test_hostile_statement_cannot_reorder_or_break_a_line() -> None:
    """Marks of direction and line breaks do not reach a report."""
    brief = edit(sample(), "offers", 0, statement=f"{HOSTILE}\nsecond line")
    for one in explanations(scored(lake_case(), brief)):
        assert not set("\u202e\u202c\n") & set(one.text)


@pytest.mark.parametrize(
    ("points", "shown"), [(0.0341, "−0.034"), (0.0, "0"), (0.00012, "−0.0001"), (1.0, "−1.000")]
)
def test_lost_points_never_look_like_nothing(points: float, shown: str) -> None:
    """A small loss is shown with the digits it needs."""
    assert lost(points) == shown


def test_shortened_texts_keep_the_place_where_they_part() -> None:
    """A "not" at the end of a long sentence stays in sight."""
    start = "Under the text that both accepted in the spring and confirmed in writing since, "
    one, other = start * 2 + "they will not object.", start * 2 + "they will object."
    left, right = both_shortened(one, other)
    assert "will not object" in left
    assert "will object" in right
    assert max(len(left), len(right)) <= 110


def test_shortened_text_ends_at_a_word_where_it_can() -> None:
    """Words are not cut, but a text without spaces is."""
    assert shortened("one two three four", 12) == "one two…"
    assert shortened("x" * 40, 12) == "x" * 11 + "…"
    assert shortened("short", 12) == "short"


def test_word_differences_mark_only_what_the_other_lacks() -> None:
    """The marked words are the difference; put together the pieces are the texts."""
    one, other = "They will not object to it.", "They will object to it."
    left, right = word_differences(one, other)
    assert [text.strip() for text, apart in left if apart] == ["not"]
    assert not any(apart for _, apart in right)
    assert "".join(text for text, _ in left) == one
    assert "".join(text for text, _ in right) == other


def test_word_differences_are_not_marked_when_all_is_different() -> None:
    """Two texts with little in common would be marked throughout, which shows nothing."""
    assert word_differences("a b c", "x y z") == ([("a b c", False)], [("x y z", False)])
