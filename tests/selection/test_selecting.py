"""The whole way from a document to a brief, with the shipped weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from summarizer import summarize
from summarizer.brief import PeaceTalksBrief
from summarizer.documents import from_text
from summarizer.languages import Language
from summarizer.selection.heads import load
from summarizer.selection.reading import read
from summarizer.selection.selecting import ABOUT, DOUBTFUL, is_about
from summarizer.vocabulary import OfferStatus, SupportStatus

ROOT = Path(__file__).parents[2]
BERLIN = ROOT / "seeds" / "berlin-talks-2025.txt"


@pytest.fixture(scope="module")
def berlin() -> PeaceTalksBrief:
    return summarize(BERLIN, strategy="fast", model="embedded")


def test_brief_lists_items_when_sentences_are_selected(berlin: PeaceTalksBrief) -> None:
    """A document about peace talks gives offers and red lines, without any call to a model."""
    assert berlin.about_peace_talks
    assert berlin.offers
    assert berlin.red_lines
    assert berlin.provenance.attempts == []
    assert berlin.provenance.strategy == "fast"


def test_no_item_is_unsupported_when_sentences_are_selected(berlin: PeaceTalksBrief) -> None:
    """Statements in the source's own words stand up to the support check."""
    assert all(item.support.status != SupportStatus.UNSUPPORTED for item in berlin.items())


def test_brief_says_how_it_was_made_when_sentences_are_selected(berlin: PeaceTalksBrief) -> None:
    """A reader learns that nothing was rewritten and what to confirm."""
    said = [warning.message for warning in berlin.provenance.warnings]
    assert any("made offline by sentence selection" in message for message in said)


def test_same_brief_comes_again_when_a_document_is_selected_twice(berlin: PeaceTalksBrief) -> None:
    """Selection is deterministic."""
    again = summarize(BERLIN, strategy="fast", model="embedded")
    assert [item.id for item in again.items()] == [item.id for item in berlin.items()]


def test_nothing_is_claimed_when_the_language_is_not_supported() -> None:
    """A Russian text gives an empty brief that says why, no claim about its subject."""
    text = "Представители двух сторон встретились во вторник. Стороны договорились о перемирии."
    brief = summarize(text=text, strategy="fast", model="embedded")
    assert brief.about_peace_talks
    assert list(brief.items()) == []
    said = [warning.message for warning in brief.provenance.warnings]
    assert any("not supported offline" in message for message in said)


@pytest.mark.parametrize(("language", "told"), [("fr", True), ("en", False)])
def test_notice_says_that_nothing_is_translated_when_labels_are_in_another_language(
    language: Language, told: bool
) -> None:
    """French labels do not pass English statements off as French ones."""
    brief = summarize(BERLIN, strategy="fast", model="embedded", language=language)
    said = [warning.message for warning in brief.provenance.warnings]
    assert any("labels are in French, statements in English" in one for one in said) is told


def test_doubted_holders_are_marked_when_printed(berlin: PeaceTalksBrief) -> None:
    """A holder that is not sure has a question mark behind it, in Markdown as well."""
    from summarizer.rendering.markdown import to_markdown

    doubted = sum(offer.holder_to_confirm for offer in berlin.offers)
    doubted += sum(line.holder_to_confirm for line in berlin.red_lines)
    printed = to_markdown(berlin)
    assert printed.count(" ? ") + printed.count(" ?**") >= doubted
    assert "made offline by sentence selection" in printed.split("##")[0]


TALKS = "The army and the rebels agreed a ceasefire. Troops leave the town."
PAY = "The union and the company agreed on pay. Workers end the strike action."
BETWEEN = (ABOUT + DOUBTFUL) / 2


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        (TALKS, BETWEEN, True),
        (PAY, BETWEEN, False),
        (TALKS, DOUBTFUL - 0.1, False),
        (PAY, ABOUT + 0.1, True),
    ],
)
def test_subject_is_told_by_its_words_only_when_the_weights_are_in_doubt(
    text: str, about: float, expected: bool
) -> None:
    """Between the two bounds words of war and of trade decide; outside them the weights do."""
    document = from_text(text)
    judged = replace(load().judge(read(document)), about=about)
    assert is_about(judged) is expected


def test_nothing_is_signed_when_no_sentence_of_a_report_says_so(berlin: PeaceTalksBrief) -> None:
    """ "The joint statement says …" is no signature: the least claim is made."""
    signed = [offer for offer in berlin.offers if offer.status == OfferStatus.SIGNED]
    assert not signed
