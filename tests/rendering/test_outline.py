"""The outline: what every format is made of."""

from __future__ import annotations

from summarizer.rendering.outline import outline
from tests.factories import make_brief, offer, red_line, unsupported
from tests.rendering.arvenia import arvenia
from tests.rendering.merged import merged


def test_every_part_of_a_brief_has_a_line() -> None:
    """Of the stored brief, nothing is without one, and names are unique."""
    for brief in (arvenia(), merged()):
        lines = outline(brief).lines
        parts = [
            *brief.bottom_line, *brief.parties, *brief.items(), *brief.outside_voices,
            *brief.contradictions, *brief.collisions, *brief.convergence,
        ]  # fmt: skip
        assert len(lines) == len(parts)
        assert len({line.name for line in lines}) == len(lines)
        assert {item.id for item in brief.items()} <= {line.id for line in lines}


def test_every_citation_of_the_brief_is_among_those_of_the_lines() -> None:
    """Answers, histories and sides of contradictions included."""
    brief = merged()
    cited = {(c.document, c.sentence) for c in outline(brief).cited}
    assert {(c.document, c.sentence) for c in brief.citations()} <= cited
    assert ("d2", 1) in cited


def test_chapters_of_findings_are_only_there_when_something_was_found() -> None:
    """That code found none is no finding about the source."""
    assert "collisions" not in [chapter.key for chapter in outline(arvenia()).chapters]
    keys = [chapter.key for chapter in outline(merged()).chapters]
    assert keys[1:6] == ["offers", "red lines", "collisions", "contradictions", "convergence"]


def test_tags_tell_what_a_reader_must_know_before_the_words() -> None:
    """Whose words, how sure, how well supported."""
    lines = {line.name: line.tags for line in outline(arvenia()).lines}
    assert lines["O1"] == ("own",)
    assert lines["O2"] == ("own", "partial")
    assert lines["O3"] == ("second-hand", "disputed")
    assert lines["O5"] == ("second-hand", "unsupported")
    assert lines["N2"] == ("hedged",)
    both = offer(by=["Arvenia", "Norway"], speaker="Lena Marsh", speaks_for="Arvenia")
    assert outline(make_brief(offers=[both])).lines[-1].tags == ("own", "second-hand")


def test_matrix_leaves_out_what_is_not_supported() -> None:
    """A position rests on its sentences."""
    gone = red_line("Gone.", held_by="Arvenia", support=unsupported("x"))
    matrix = outline(make_brief(red_lines=[gone, red_line("Kept.", held_by="Qatar")])).positions
    assert [[one.line.text for one in cell] for _, cells in matrix.rows for cell in cells] == [
        [], ["Kept."],
    ]  # fmt: skip


def test_matrix_has_answers_under_who_answers() -> None:
    """A party that rejects an offer has a position on it."""
    matrix = outline(arvenia()).positions
    ((_, cells),) = matrix.rows
    front = cells[matrix.parties.index("Kor Front")]
    assert [(one.line.name, one.stance, one.second_hand) for one in front] == [
        ("O1", "accepts in part", True), ("O3", "concession", True), ("O3", "rejects", True),
        ("R1", "Refuses", False), ("R2", "Refuses", True), ("R3", "Requires first", False),
    ]  # fmt: skip


def test_finding_about_items_that_are_not_there_is_no_error() -> None:
    """A brief that somebody cut by hand is still shown."""
    brief = merged().model_copy(update={"offers": [], "red_lines": []})
    assert [line.name for line in outline(brief).lines if line.name[0] in "XDC"] == [
        "X1", "D1", "C1",
    ]  # fmt: skip
