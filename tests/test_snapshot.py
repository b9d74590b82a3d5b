"""A shipped document with an answer by hand: the whole way after the model, to the letter."""

from __future__ import annotations

import json
import re
from pathlib import Path

from summarizer.brief import PeaceTalksBrief
from summarizer.documents import load
from summarizer.pipeline import brief_from_answer
from summarizer.rendering.markdown import to_markdown
from summarizer.vocabulary import SupportStatus

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "seeds" / "berlin-talks-2025.txt"
ANSWER = Path(__file__).parent / "answers" / "berlin-talks-2025.json"
SNAPSHOT = Path(__file__).parent / "snapshots" / "berlin-talks-2025.md"


def made() -> PeaceTalksBrief:
    """The brief of the shipped document and answer."""
    return brief_from_answer(load(DOCUMENT), ANSWER.read_text(encoding="utf-8"))


def without_times(markdown: str) -> str:
    """The brief without the time and the prompt's hash, which change on purpose."""
    markdown = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "TIME", markdown)
    return re.sub(r"extract-\d+-[0-9a-f]{8}", "PROMPT", markdown)


def test_every_item_of_the_answer_is_in_the_brief_and_supported() -> None:
    """Nothing of a careful answer is dropped, repaired or doubted."""
    brief, answer = made(), json.loads(ANSWER.read_text(encoding="utf-8"))
    for section in ("parties", "offers", "red_lines", "open_questions", "next_steps",
                    "outside_voices", "bottom_line"):  # fmt: skip
        assert len(getattr(brief, section)) == len(answer[section]), section
    parts = [*brief.parties, *brief.items(), *brief.outside_voices, *brief.bottom_line]
    assert {part.support.status for part in parts} == {SupportStatus.SUPPORTED}
    assert brief.provenance.warnings == []


def test_every_quote_stands_at_its_offsets() -> None:
    """``source.text[start:end] == quote`` for every citation of the brief."""
    brief = made()
    text = brief.sources[0].text
    assert text is not None
    citations = list(brief.citations())
    assert len(citations) > 40
    assert all(text[c.start : c.end] == c.quote for c in citations)


def test_markdown_reads_as_the_snapshot() -> None:
    """The Markdown is what an editor has accepted.

    To accept a change: python -m tests.test_snapshot, and read the difference.
    """
    assert without_times(to_markdown(made())) == SNAPSHOT.read_text(encoding="utf-8")


if __name__ == "__main__":
    SNAPSHOT.write_text(without_times(to_markdown(made())), encoding="utf-8")
