"""benchmarks/peers: what another library found becomes a brief as any answer does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks" / "peers"))
from briefing import brief_of
from extractions import read

from tests.drafts import SENTENCES, document


def found(name: str, text: str, /, *, lost: bool = False, **attributes: Any) -> dict[str, Any]:
    """An extraction at its place in the document of tests.drafts."""
    start = document().text.index(text)
    place = {"start": None, "end": None} if lost else {"start": start, "end": start + len(text)}
    return {"kind": name, "text": text, "attributes": attributes, **place}


def test_spans_become_items_with_their_sentences() -> None:
    """Each class its section, the holder the attribute, the sentence the one the span is in."""
    spans = [
        found("offer", "offered to free 40 prisoners", by=["Arvenia"], told_by="Mara Tolen"),
        found("red_line", "will not accept foreign patrols", held_by="Kor Front", kind="refusal"),
        found("open_issue", SENTENCES[3], kind="question", parties="Kor Front"),
        found("open_issue", "may call both sides back", kind="next_step", parties=["Qatar"]),
    ]
    brief = brief_of(read(json.dumps(spans), document()), document(), "a peer")
    assert [offer.by for offer in brief.offers] == [["Arvenia"]]
    assert [citation.sentence for citation in brief.red_lines[0].citations] == [3]
    assert brief.red_lines[0].held_by == "Kor Front"
    assert len(brief.open_questions) == len(brief.next_steps) == 1
    assert {party.name for party in brief.parties} == {"Arvenia", "Kor Front", "Qatar"}


def test_span_without_place_or_holder_is_left_out() -> None:
    """What cannot be cited, or is nobody's, is no item; with no item it is about no talks."""
    spans = [
        found("offer", "offered to free 40 prisoners", lost=True, by=["Arvenia"]),
        found("red_line", "will not accept foreign patrols", held_by=None),
        found("offer", "ended a third day", by=""),
    ]
    draft = read(json.dumps(spans), document())
    assert not draft.offers
    assert not draft.red_lines
    assert not draft.about_peace_talks


def test_answer_of_another_shape_is_read_as_far_as_it_goes() -> None:
    """A list for a name, a kind that is none: the first name, the usual kind."""
    spans = [found("red_line", "will not accept foreign patrols", held_by=["Kor Front"], kind="x")]
    (line,) = read(json.dumps(spans), document()).red_lines
    assert (line.held_by, line.kind.value) == ("Kor Front", "demand")
