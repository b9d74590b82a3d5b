"""The brief as a reader gets it: order, marks, empty sections, and hostile words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from summarizer.brief import PeaceTalksBrief, Warning
from summarizer.rendering.labels import label, language
from summarizer.rendering.markdown import to_markdown
from summarizer.rendering.words import ENGLISH
from summarizer.vocabulary import (
    Basis,
    OfferStatus,
    PartyKind,
    RedLineKind,
    Response,
    StepCertainty,
)
from tests.factories import (
    attempt,
    make_brief,
    make_provenance,
    make_source,
    offer,
    partial,
    party,
    question,
    red_line,
    response,
    statement,
    step,
    unsupported,
    voice,
)
from tests.rendering.arvenia import arvenia
from tests.rendering.commonmark import kinds, lines, row_lengths, tokens
from tests.rendering.test_escaping import HOSTILE

NONE_STATED, NONE_SUPPORTED = ENGLISH("none stated"), ENGLISH("none supported")
SNAPSHOT = Path(__file__).with_name("full-brief.md")
SECTIONS = [
    "At the table",
    "Offers",
    "Red lines",
    "Open questions",
    "What happens next",
    "Voices outside the talks",
]
# Everything that our own words make of a page; links, images, HTML and code are not in it.
OURS = {
    *["heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text"],
    *["bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"],
    *["strong_open", "strong_close", "table_open", "table_close", "thead_open", "thead_close"],
    *["tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close"],
    *["td_open", "td_close"],
}


def section(markdown: str, title: str) -> str:
    """The text between a heading of level 2 and the next one."""
    found = re.search(rf"^## {re.escape(title)}.*?\n\n(.*?)(?=^## |\Z)", markdown, re.M | re.S)
    assert found, f"no section {title!r}"
    return found[1].strip()


def headings(markdown: str) -> list[str]:
    """Headings of level 2 without their counts."""
    return [re.sub(r" \(\d+\)$", "", line) for line in re.findall(r"^## (.*)$", markdown, re.M)]


def test_to_markdown_reads_as_the_snapshot_when_the_brief_is_full() -> None:
    """One of everything, as an editor accepted it; ``python -m`` this module rewrites it."""
    assert to_markdown(arvenia()) == SNAPSHOT.read_text(encoding="utf-8")


def test_to_markdown_keeps_the_order_of_reading_when_the_brief_is_full() -> None:
    """Bottom line first, then the sections, what is unsupported, notes and annex."""
    markdown = to_markdown(arvenia())
    assert headings(markdown) == [
        *SECTIONS,
        "Not supported by the cited sentences",
        "Notes on the source",
        "Annex: the sentences cited",
    ]
    assert markdown.index("**Bottom line.**") < markdown.index("## At the table")
    assert markdown.startswith("# Arvenia: ")


def test_to_markdown_says_none_stated_when_sections_are_empty() -> None:
    """An empty section is a finding, and nothing is moved or cited."""
    markdown = to_markdown(make_brief())
    assert [section(markdown, title) for title in SECTIONS] == [NONE_STATED] * len(SECTIONS)
    assert f"**Bottom line.** {NONE_STATED}" in markdown
    assert "Not supported" not in markdown
    assert "no sentence is cited" in section(markdown, "Annex")
    assert "Nothing was dropped, repaired or cut." in section(markdown, "Notes")


def test_to_markdown_gives_three_things_only_when_not_about_peace_talks() -> None:
    """Header, the one sentence, source notes."""
    markdown = to_markdown(make_brief(title="A trade truce", not_about="It is about tariffs."))
    assert headings(markdown) == ["Notes on the source"]
    assert "**Not about peace talks.** It is about tariffs.\n" in markdown
    assert markdown.startswith("# A trade truce\n\n- **Source**: ")
    assert NONE_STATED not in markdown
    assert "Bottom line" not in markdown


def test_to_markdown_shows_source_and_making_when_known() -> None:
    """Title, publisher, language, words, date; time in UTC, model, calls, tokens, cost."""
    source = make_source(
        "Un. Dos tres.", title="Se habla", publisher="El Faro", on=date(2026, 3, 1), language="es"
    )
    made = datetime(2026, 3, 2, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    provenance = make_provenance(created=made, model="embedded/tiny_1b", endpoint="embedded")
    top = to_markdown(make_brief(sources=[source], provenance=provenance))
    assert "- **Source**: “Se habla” · El Faro · Spanish · 3 words · 2026-03-01\n" in top
    assert (
        "- **Made**: 2026-03-01 23:30 UTC · embedded/tiny_1b (embedded) · strategy single"
        " · prompt 3f9a1c20 · 1 call · 3,412 tokens in + 2,870 out · unpriced\n"
    ) in top


def test_to_markdown_names_the_file_and_says_undated_when_little_is_known() -> None:
    """No title: the file's name; no language or date: said in words."""
    source = make_source(
        "Word.", origin="/home/x/a_b.txt", title=None, publisher=None, language=None
    )
    top = to_markdown(make_brief(sources=[source]))
    assert "- **Source**: “a_b.txt” · language unknown · 1 word · undated\n" in top


@pytest.mark.parametrize(
    ("attempts", "words"),
    [
        ([], "no call · unpriced"),
        ([attempt(tokens_in=None, tokens_out=None)], "1 call · tokens not reported · "),
        (
            [attempt(1, outcome="timed out", tokens_in=None, tokens_out=None), attempt(2)],
            "2 calls (1 failed) · 3,412 tokens in + 2,870 out (not reported for 1 call) · ",
        ),
    ],
)
def test_to_markdown_does_not_take_unreported_tokens_for_none_when_counting(
    attempts: list[object], words: str
) -> None:
    """What an endpoint did not report is said, not counted as 0."""
    assert words in to_markdown(make_brief(provenance=make_provenance(attempts=attempts)))


@pytest.mark.parametrize(("cost", "words"), [("0.0412", "US$0.0412"), ("unpriced", "unpriced")])
def test_to_markdown_shows_cost_in_dollars_when_priced(cost: str, words: str) -> None:
    """A number gets its currency."""
    assert f" · {words}\n" in to_markdown(make_brief(provenance=make_provenance(cost=cost)))


def test_to_markdown_shows_naive_times_as_they_are_when_there_is_no_zone() -> None:
    """No zone is invented."""
    made = datetime(2026, 3, 2, 1, 30, tzinfo=UTC).replace(tzinfo=None)
    top = to_markdown(make_brief(provenance=make_provenance(created=made)))
    assert "**Made**: 2026-03-02 01:30 · " in top


def test_to_markdown_moves_items_out_of_place_when_unsupported() -> None:
    """Of every section, named, with what is missing, and nowhere else."""
    gone = unsupported("90 is missing")
    brief = make_brief(
        bottom_line=[statement("Bottom gone.", support=gone)],
        parties=[party("Arvenia", support=gone)],
        offers=[offer("Offer gone.", support=gone), offer("Offer kept.")],
        red_lines=[red_line("Line gone.", held_by="Arvenia", support=gone)],
        open_questions=[question("Question gone?", support=gone)],
        next_steps=[step("Step gone.", support=gone)],
        outside_voices=[voice("Voice gone.", support=gone)],
    )
    markdown = to_markdown(brief)
    moved = section(markdown, "Not supported by the cited sentences").splitlines()
    names = [re.findall(r"^- \*\*(.*?)\*\* · ", line)[0] for line in moved]
    assert names == [
        *["bottom line", "party", "offer O2", "red line R1", "open question Q1", "next step N1"],
        "outside voice",
    ]
    assert all(line.endswith("⚠ not supported: 90 is missing") for line in moved)
    assert markdown.count(" gone") == 6
    assert "| **O1** | Arvenia | Offer kept. [1] |" in markdown


def test_to_markdown_keeps_terms_and_answers_when_an_offer_is_moved() -> None:
    """Outside the table an offer still says all that it said inside."""
    moved = offer(
        conditions=["no fire"],
        deadline="Monday",
        responses=[response("Kor Front", Response.REJECTS, cites=[2])],
        support=unsupported("no name"),
    )
    assert section(to_markdown(make_brief(offers=[moved])), "Not supported") == (
        "- **offer O1** · Arvenia: Arvenia will withdraw. [1] — no fire; deadline: Monday; offer;"
        " tabled; ⚠ attributed by the document, not stated by Arvenia here;"
        " ⚠ not supported: no name; Kor Front: rejects [2]"
    )


def test_to_markdown_does_not_say_none_stated_when_all_items_were_moved() -> None:
    """The source may well state it; only its citations do not carry it."""
    brief = make_brief(open_questions=[question(support=unsupported("x"))])
    assert section(to_markdown(brief), "Open questions") == NONE_SUPPORTED


def test_to_markdown_marks_items_in_place_when_partly_supported() -> None:
    """Partial support stays where it is and says what is missing, in every section."""
    part = partial("300 is missing", "no name")
    brief = make_brief(
        bottom_line=[statement("S.", support=part)],
        parties=[party("Arvenia", support=part)],
        offers=[offer(support=part)],
        red_lines=[red_line(held_by="Arvenia", support=part)],
        open_questions=[question(support=part)],
        next_steps=[step(support=part)],
        outside_voices=[voice(support=part)],
    )
    markdown = to_markdown(brief)
    assert markdown.count("⚠ partly supported: 300 is missing; no name") == 7
    assert "7 lines compared by code with the sentences cited: 0 supported, 7 partly" in markdown


def test_to_markdown_groups_red_lines_when_kinds_are_mixed() -> None:
    """Refusals, preconditions, then demands, numbered in the order of reading."""
    order = [RedLineKind.DEMAND, RedLineKind.PRECONDITION, RedLineKind.REFUSAL, RedLineKind.DEMAND]
    brief = make_brief(red_lines=[red_line(f"Line {i}.", kind=k) for i, k in enumerate(order)])
    shown = section(to_markdown(brief), "Red lines")
    assert re.findall(r"### (.*)|\*\*(R\d)\*\* .*(Line \d)", shown) == [
        ("Refuses", "", ""),
        ("", "R1", "Line 2"),
        ("Requires first", "", ""),
        ("", "R2", "Line 1"),
        ("Demands", "", ""),
        ("", "R3", "Line 0"),
        ("", "R4", "Line 3"),
    ]


def test_to_markdown_tells_second_hand_from_own_words_when_offers_are_alike() -> None:
    """The same offer told by its maker and by the other side do not look the same."""
    own = offer(by=["Arvenia"], speaker="Lena Marsh", speaks_for="Arvenia")
    told = offer(by=["Arvenia"], speaker="Odo Brandt", speaks_for="Kor Front")
    rows = section(to_markdown(make_brief(offers=[own, told])), "Offers").splitlines()
    assert rows[2].endswith("| own words: Lena Marsh |")
    assert rows[3].endswith("| ⚠ second-hand: Odo Brandt (Kor Front) |")


def test_to_markdown_shows_terms_status_and_answers_when_an_offer_has_them() -> None:
    """Conditions, deadline, kind, status and each answer with its own citation."""
    made = offer(
        by=["Arvenia", "Qatar"],
        to=["Kor Front"],
        conditions=["the road is open", "no fire"],
        deadline="Monday",
        status=OfferStatus.UNDER_NEGOTIATION,
        responses=[response("Kor Front", Response.NONCOMMITTAL, cites=[2])],
    )
    row = section(to_markdown(make_brief(offers=[made])), "Offers").splitlines()[2]
    assert "| Arvenia, Qatar → Kor Front |" in row
    assert "| the road is open; no fire; deadline: Monday |" in row
    assert "| offer; under negotiation; Kor Front: noncommittal [2] |" in row


@pytest.mark.parametrize(
    ("certainty", "word"),
    [
        (StepCertainty.PLANNED, "planned"),
        (StepCertainty.ASSERTED, "expected"),
        (StepCertainty.HEDGED, "possible"),
        (StepCertainty.DISPUTED, "⚠ disputed"),
    ],
)
def test_to_markdown_puts_certainty_first_when_showing_next_steps(
    certainty: StepCertainty, word: str
) -> None:
    """How sure a step is comes before what it is."""
    shown = section(to_markdown(make_brief(next_steps=[step(certainty=certainty)])), "What happens")
    assert shown.startswith(f"- **N1** · **{word}** · The sides meet in Doha. [1]")


@pytest.mark.parametrize(
    ("when", "on", "words"),
    [
        ("on Friday", date(2026, 1, 2), "— when: on Friday (2026-01-02)"),
        (None, date(2026, 1, 2), "— when: 2026-01-02"),
        ("by Christmas", None, "— when: by Christmas"),
        ("2026-01-02", date(2026, 1, 2), "— when: 2026-01-02"),
        (None, None, "[1]"),
    ],
)
def test_to_markdown_says_when_as_written_and_resolved_when_known(
    when: str | None, on: date | None, words: str
) -> None:
    """The words of the source, and the date where code could resolve them."""
    shown = section(to_markdown(make_brief(next_steps=[step(when=when, on=on)])), "What happens")
    assert shown.endswith(words)


def test_to_markdown_names_each_warning_when_things_were_dropped() -> None:
    """What was dropped, repaired or cut is listed, and counted in the header."""
    warnings = [
        Warning(kind="dropped", where="offer 3", message="no such sentence: 88"),
        Warning(kind="truncated", message="the answer was cut"),
    ]
    failed = attempt(1, step="draft", outcome="invalid output", message="not JSON")
    provenance = make_provenance(warnings=warnings, attempts=[failed, attempt(2)])
    markdown = to_markdown(make_brief(provenance=provenance))
    notes = section(markdown, "Notes on the source")
    assert "- **dropped** · offer 3: no such sentence: 88\n" in notes
    assert notes.endswith("- **truncated** · the answer was cut")
    assert "- call 1 (draft) failed, invalid output: not JSON" in notes
    assert " · 2 warnings in the source notes" in markdown


def test_to_markdown_names_the_source_of_each_sentence_when_there_are_several() -> None:
    """Marks, header, notes and annex tell the sources apart, in their order."""
    sources = [
        make_source(["One.", "Two."], id="d1"),
        make_source(["Uno.", "Dos."], id="d2", title="Otra"),
    ]
    brief = make_brief(sources=sources, offers=[offer(cites=["d2:2", 1, "d1:2"])], parties=[])
    markdown = to_markdown(brief)
    assert "Arvenia will withdraw. [d1:1, d1:2, d2:2]" in markdown
    assert "- **Source d2**: “Otra” · " in markdown
    assert "- source d2: read from talks.txt · 2 sentences, 1 cited · SHA-256 " in section(
        markdown, "Notes"
    )
    assert section(markdown, "Annex").splitlines() == [
        *["- [d1:1] “One.”", "- [d1:2] “Two.”", "- [d2:2] “Dos.”"]
    ]


def test_to_markdown_quotes_cited_sentences_only_once_each_when_cited_often() -> None:
    """The annex is in the order of the text, answers to offers included."""
    answered = offer(cites=[3, 1], responses=[response("Arvenia", Response.ACCEPTS, cites=[3])])
    brief = make_brief(["A.", "B.", "C\nd.", "E."], offers=[answered])
    assert section(to_markdown(brief), "Annex").splitlines() == ["- [1] “A.”", "- [3] “C d.”"]


def test_to_markdown_says_so_when_an_item_cites_nothing() -> None:
    """A statement without a sentence behind it is not shown as if it had one."""
    assert "The plan is vague. ⚠ no sentence cited" in to_markdown(
        make_brief(outside_voices=[voice(cites=[])])
    )


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (PartyKind.STATE, "primary party [1]"),
        (PartyKind.ARMED_GROUP, "primary party (armed group) [1]"),
        (PartyKind.OTHER, "primary party [1]"),
    ],
)
def test_to_markdown_says_what_a_party_is_when_it_is_no_state(kind: PartyKind, part: str) -> None:
    """Aliases behind the name, people with titles, the kind where it tells something."""
    made = party(
        "Kor Front",
        aliases=["the Front", "KF"],
        kind=kind,
        people=[("Odo Brandt", "spokesman"), ("A. Kay", None)],
    )
    row = section(to_markdown(make_brief(parties=[made])), "At the table").splitlines()[2]
    assert row == f"| Kor Front (the Front, KF) | {part} | Odo Brandt, spokesman; A. Kay |"


def test_label_needs_no_table_when_a_value_is_added() -> None:
    """Labels derive from the values themselves."""
    labels = [label(term) for term in (*OfferStatus, *Basis, *PartyKind)]
    assert "under negotiation" in labels
    assert not [word for word in labels if "_" in word]


@pytest.mark.parametrize(
    ("code", "name"), [("uk", "Ukrainian"), ("xx", "xx"), (None, "language unknown")]
)
def test_language_is_a_name_when_known(code: str | None, name: str) -> None:
    """An unknown code is shown rather than hidden."""
    assert language(code) == name


def hostile_brief(text: str) -> PeaceTalksBrief:
    """A brief with ``text`` wherever a document or a model can put words."""
    said = {"speaker": text or None, "speaks_for": f"P{text}"}
    name = f"P{text}"
    return make_brief(
        [text + "x", "Second."],
        title=text,
        bottom_line=[statement(text), statement(text, support=partial(text))],
        parties=[party(name, aliases=[text], people=[(text, text)], support=partial(text))],
        offers=[
            offer(
                text,
                by=[name],
                to=[name],
                conditions=[text, text],
                deadline=text,
                responses=[response(name, Response.REJECTS)],
                speaker=said["speaker"],
                speaks_for=said["speaks_for"],
                support=support,
            )
            for support in (partial(text), unsupported(text))
        ],
        red_lines=[red_line(text, held_by=name, speaker=text or None, kind=k) for k in RedLineKind],
        open_questions=[question(text, parties=[name], speaker=text or None)],
        next_steps=[step(text, parties=[name], when=text)],
        outside_voices=[voice(text, speaker=text)],
        sources=[
            make_source(
                [text + "x", "Second."], origin=text, title=text, publisher=text, language=text
            )
        ],
        provenance=make_provenance(
            model=text,
            warnings=[Warning(kind="dropped", where=text, message=text)],
            attempts=[attempt(outcome="failed", step=text, message=text)],
        ),
    )


PLAIN_MARKDOWN = to_markdown(hostile_brief("plain words"))


@settings(max_examples=80, deadline=None)
@given(HOSTILE)
@example("\n# - 1. > heading")
def test_to_markdown_keeps_its_shape_when_every_field_is_hostile(text: str) -> None:
    """No link, image, HTML, code or heading appears; no table gains or loses a cell."""
    markdown = to_markdown(hostile_brief(text))
    assert kinds(markdown) <= OURS
    assert row_lengths(markdown) == row_lengths(PLAIN_MARKDOWN)
    assert shape(markdown) == shape(PLAIN_MARKDOWN)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", markdown)


def shape(markdown: str) -> list[str]:
    """The types of all tokens but those of plain text, whose number means nothing."""
    return [token.type for token in tokens(markdown) if token.type != "text"]


@pytest.mark.parametrize("bare", [" ", "\u200b", "\n\n"])
def test_to_markdown_keeps_its_shape_when_words_are_blank(bare: str) -> None:
    """Names that show nothing do not break bold type, lists or tables."""
    markdown = to_markdown(hostile_brief(bare))
    assert row_lengths(markdown) == row_lengths(PLAIN_MARKDOWN)
    assert markdown.startswith("# Untitled brief\n")
    assert "****" not in markdown


def test_to_markdown_shows_hostile_words_literally_when_rendered() -> None:
    """A reader sees what was written, not what it would have done."""
    attack = 'Yes <img src="http://e.example/x"> | [go](javascript:alert(1)) `rm` **all** \x1b[8m'
    seen = lines(to_markdown(make_brief(offers=[offer(attack, conditions=[attack])])))
    literal = attack.replace("\x1b", "␛")
    assert f"{literal} [1]" in seen
    assert literal in seen


def test_to_markdown_grows_in_step_with_the_brief_when_it_is_long() -> None:
    """A thousand offers give a thousand rows, each with its own label."""
    rows = section(
        to_markdown(make_brief(offers=[offer(f"No {i}.") for i in range(1000)])), "Offers"
    )
    assert rows.splitlines()[-1].startswith("| **O1000** | Arvenia | No 999. [1] |")


if __name__ == "__main__":
    SNAPSHOT.write_text(to_markdown(arvenia()), encoding="utf-8")
