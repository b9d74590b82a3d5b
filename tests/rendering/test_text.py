"""Plain text: 78 columns, and nothing that acts."""

from __future__ import annotations

import re

from summarizer.rendering.text import WIDTH, to_text
from summarizer.rendering.words import words
from tests.rendering.arvenia import arvenia
from tests.rendering.hostile import hostile
from tests.rendering.merged import merged
from tests.test_snapshot import made


def test_no_line_is_wider_than_a_mail() -> None:
    """Unless one word alone is."""
    for text in (to_text(made()), to_text(merged(), words("ru")), to_text(arvenia())):
        for line in text.splitlines():
            assert len(line) <= WIDTH or " " not in line.strip(), line


def test_line_has_its_remarks_below_it() -> None:
    """Terms, status, who says it, and each answer with its sentence."""
    text = to_text(arvenia())
    assert (
        "O1   Arvenia → Kor Front: Arvenia would leave the Sel valley within ten days.\n"
        "     [1]\n"
        "     - condition: the Front opens the road to Teth; deadline: within ten days;\n"
        "       concession; accepted in part; own words: Lena Marsh\n"
        "     - Kor Front: accepts in part [2]\n"
    ) in text


def test_findings_across_documents_name_their_items() -> None:
    """What collides, what differs, what is alike, and how a status moved."""
    text = " ".join(to_text(merged()).split())
    assert "X1 foreign forces: O2 Qatar → Arvenia, Kor Front: Qatar tabled" in text
    assert "✕ R1 Kor Front: The Kor Front will not accept foreign troops." in text
    assert "ten days (O1, Lena Marsh, 2026-11-21) [d1:1]" in text
    assert "thirty days (O1) [d2:1]" in text
    assert "2026-11-21: tabled [d1:1]" in text
    assert "undated: accepted in part [d2:1]" in text
    assert "one text in d1, d2 (91% alike)" in text
    assert "set aside, about something else: d3 (sport.txt): a football match" in text
    alone = merged().model_copy(update={"copies": []})
    cited = alone.offers[0].citations + alone.contradictions[0].sides[1].citations
    both = alone.offers[0].model_copy(update={"citations": cited})
    several = to_text(alone.model_copy(update={"offers": [both]}))
    assert "in 2 independent documents" in " ".join(several.split())
    assert "independent documents" not in text  # they are copies of one text
    assert "[d2:1, p. 1] “The army would leave" in text


def test_hostile_text_neither_acts_nor_hides() -> None:
    """No control character, no override of direction, no line of its own."""
    text = to_text(hostile(), handling="\x1b[31mINTERNAL\nx")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert text.startswith("␛[31mINTERNAL x\n\n")
