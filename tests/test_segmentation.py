"""Sentences: slices of the text, in order, that cover every visible character."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.segmentation import Sentence, segment


def sentences(text: str, language: str | None = "en") -> list[str]:
    """The sentences, with line breaks and runs of spaces collapsed."""
    return [" ".join(text[s.start : s.end].split()) for s in segment(text, language)]


def assert_covers(text: str, found: tuple[Sentence, ...]) -> None:
    """In order, without overlap, visible at both ends, with nothing visible left out."""
    position = 0
    for index, sentence in enumerate(found):
        assert sentence.number == index + 1
        assert position <= sentence.start < sentence.end <= len(text)
        assert not text[position : sentence.start].strip()
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
        position = sentence.end
    assert not text[position:].strip()
    numbers = [sentence.paragraph for sentence in found]
    assert numbers == sorted(numbers)


# Each is one sentence: abbreviations, initials, titles, numbers, quotes, clock times.
ONE = [
    ("en", "The U.S. envoy Ana Sel met Mr. Oreskov on Dec. 2 at 5 p.m. in the port."),
    ("en", "A U.S.-led force of 3.5 thousand will go to the river."),
    ("en", "H.E. Tam Oreskov, Maj. Gen. Ret. Vant and Dr. Sel signed No. 4 of the annexes."),
    ("en", "J. D. Vant and J.D. Sel arrived on Oct. 16, the agency said."),
    ("en", "The U.N. Security Council met at 11:04 A.M. EDT on Tuesday."),
    ("en", "They meet again at 5 p.m. Monday."),
    ("en", "The rule is in para. 7 of Vol. 2, Ch. 4 of the treaty."),
    ("en", "“It would be a miracle if they would not say no,” Sel said."),
    ("en", "“Will they come?” he asked."),
    ("en", "“We agree. We will sign. We will go home,” she told the reporters."),
    ("en", "He has… second thoughts about the guns … and the list."),
    ("en", "See www.example.org/accord.v2.html for the text."),
    ("en", "(Inaudible.) In the first instance we need the guns to leave."),
    ("en", "The parties (see Art. 5. and the annex) shall meet."),
    ("en", "Gov. al-Sel spoke in St. Petersburg."),
    ("es", "El Sr. Vant y la Sra. Sel firmaron el art. 5 en EE. UU. con D. Juan."),
    ("es", "«¿Qué firmamos?», preguntó el Gral. Paz."),
    ("es", "El n.º 4 de la lista es el Cnel. Paz."),
    ("fr", "M. Vant, Mme Sel et M. Le Goff ont parlé à l’O.N.U. de l’art. 5."),
    ("fr", "M. J.-Y. Le Goff a rencontré le gén. Dupont."),
    ("fr", "« Non ! » a-t-il dit."),
    ("de", "Am 16. Okt. 2025 begann das 4. Treffen der Minister z. B. in Ostrel."),
    ("ru", "В. В. Вант и С. Сель подписали ст. 5 договора 16 окт. 2025 года."),
    ("ru", "«Нет!» — сказал он."),
    ("uk", "В. О. Вант прибув до міста 2 груд. 2025 року."),
    ("ar", "قال د. محمد إن المحادثات انتهت."),
    ("hi", "डॉ. सिंह ने कहा।"),
    ("ja", "「同意する。」と述べた。"),
    ("zh", "“我们同意。”他说。"),
    ("ko", '"동의한다." 라고 했다.'),
    (None, "Mr. Vant met the U.S. envoy on Dec. 2 in the port."),
]


@pytest.mark.parametrize(("language", "text"), ONE)
def test_segment_keeps_a_sentence_whole(language: str | None, text: str) -> None:
    """Dots that end no sentence, and the verb of saying after a quote, do not split."""
    assert sentences(text, language) == [text]


# The bar marks where one sentence ends and the next starts.
SEVERAL = [
    ("en", "They met on Dec. 2.|They also led the delegation."),
    ("en", "Many refugees live in the U.S.|The talks go on.|He went to the U.N.|She stayed."),
    ("en", "He was told no.|Then he left.|No.|I said so.|See No. 4.|Fine."),
    ("en", "Is that so?|No.|It was never agreed.|No, sir."),
    ("en", "‘The road’ failed.|The parties’ views differ.|It’s over."),
    ("en", "“We agree.”|“We do not.”|He left."),
    ("en", "**Who signs?**|Nobody knows.|So did we."),
    ("en", "All agreed (in part).|It was over.[1]|The rest is known."),
    ("en", "They signed.²|Then they left."),
    ("en", "They left. |“All is well.|And then they came back."),
    ("en", "It was Annex A.|Then came the rest."),
    ("en", "It ended at 5 p.m.|He left."),
    ("en", "Wait, what?!|Really!!|Yes."),
    ("en", "They met in Cairo.|al-Sel spoke first."),
    ("en", "the talks ended.|the guns did not."),
    ("es", "¿Vendrá?|¡Sí!|Dijo que no.|No.|El acuerdo sigue."),
    ("fr", "Est-ce vrai ?|Oui.|« Nous acceptons. »|Puis il part."),
    ("ru", "Он сказал: «Мы согласны».|Потом он ушёл."),
    ("ar", "هل وافقوا؟|نعم.|انتهت المحادثات."),
    ("ur", "کیا یہ سچ ہے؟|جی ہاں۔|مذاکرات ختم ہوئے۔"),
    ("zh", "会谈结束了。|真的吗？|他说：“我们同意。”|然后他离开了。"),
    ("hi", "वार्ता समाप्त हुई।|हाँ।"),
    ("am", "ስምምነቱ ተፈረመ።|ውይይቱ ተጠናቀቀ።"),
    ("hy", "Բանակցությունները ավարտվեցին։|Այո։"),
    ("km", "កិច្ចព្រមព្រៀង។|បញ្ចប់។"),
]


@pytest.mark.parametrize(("language", "marked"), SEVERAL)
def test_segment_splits_where_a_sentence_ends(language: str, marked: str) -> None:
    """Full stops of every script split, and closing marks stay with what they close."""
    parts = [part.strip() for part in marked.split("|")]
    joiner = "" if language in ("zh", "ja") else " "
    assert sentences(joiner.join(parts), language) == parts


def test_segment_keeps_the_speaker_with_the_first_sentence_of_a_turn() -> None:
    """A reader of a sentence that opens a turn sees who speaks."""
    text = "Q    No. Why? It ends.\n\nMR. VANT: No. We stay.\n\nAnd we wait.\n\nQ (Laughs.) Thanks."
    assert sentences(text) == [
        "Q No.",
        "Why?",
        "It ends.",
        "MR. VANT: No.",
        "We stay.",
        "And we wait.",
        "Q (Laughs.) Thanks.",
    ]


def test_segment_numbers_paragraphs_not_turns() -> None:
    """Every paragraph of a turn has its own number, from 0."""
    text = "MR. VANT: We stay. We wait.\n\nAnd we hope.\n\n- guns\n- lists"
    assert [sentence.paragraph for sentence in segment(text)] == [0, 0, 1, 2, 3]


@pytest.mark.parametrize("marker", ["1. ", "(a) ", "A. ", "iv. ", "- ", "• ", "§ ", "Article 4. "])
def test_segment_keeps_a_list_marker_with_its_item(marker: str) -> None:
    """A marker is never a sentence of its own."""
    assert sentences(f"{marker}The guns leave. The lists come.") == [
        f"{marker}The guns leave.",
        "The lists come.",
    ]


def test_segment_never_glues_furniture_to_a_sentence() -> None:
    """Menus, headings, captions, rulers and credits stay apart from what people said."""
    lines = [
        "1. Home",
        "Talks resume in Ostrel",
        "Published in World News",
        "Envoys of both sides met on Monday for the first time since the guns fell silent.",
        "Ostrel meeting",
        "They agreed to meet again.",
        "---------",
        "Photo: the castle above the town",
        "©2025 Harbour News. All rights reserved.",
        "Comments",
    ]
    found = sentences("\n".join(lines))
    assert found == [*lines[:8], "©2025 Harbour News.", "All rights reserved.", "Comments"]


PROSE = (
    "The U.S. envoy, Mr. J.D. Sel, said on Dec. 2 that “nothing is agreed until all is agreed.” "
    "Varda, for its part, wants No. 4 of the annexes out. Is that a refusal? No. It is a wish, "
    "Gen. Vant told the agency at 5 p.m. Monday. He lives in the U.S. The talks go on (for now). "
    "“We stay. We wait,” he said."
)


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n> "])
def test_segment_finds_the_same_sentences_however_the_text_is_wrapped(
    width: int, newline: str
) -> None:
    """A sentence runs over line breaks, and no break makes or hides a boundary."""
    wrapped = newline.join(textwrap.wrap(PROSE, width, break_on_hyphens=False))
    found = [sentence.replace("> ", "") for sentence in sentences(wrapped)]
    assert found == sentences(PROSE)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "  ", "\t", "\u3000"])
def test_segment_takes_any_white_space_for_a_space(space: str) -> None:
    """No-break spaces and tabs part sentences and follow titles like plain spaces do."""
    text = f"Mr.{space}Vant stays.{space}He waits."
    assert [text[s.start : s.end] for s in segment(text)] == [f"Mr.{space}Vant stays.", "He waits."]


def test_segment_slices_the_text_as_it_is_when_it_is_not_normalised() -> None:
    """Decomposed letters, emoji and invisible characters keep their offsets."""
    text = "\ufeffCafe\u0301 talks ended 🕊️. \u200bNaïve\u200d hopes 👩‍⚖️ stay.\r\nEnd."
    found = segment(text)
    assert [text[s.start : s.end] for s in found] == [
        "\ufeffCafe\u0301 talks ended 🕊️.",
        "\u200bNaïve\u200d hopes 👩‍⚖️ stay.",
        "End.",
    ]


@pytest.mark.parametrize("text", ["…", "—", "“”", "* * *", "🕊️", "\u200b"])
def test_segment_still_covers_a_text_without_letters(text: str) -> None:
    """Marks alone are one slice: nothing visible is lost."""
    found = segment(text)
    assert len(found) == 1
    assert_covers(text, found)


def test_segment_finds_nothing_when_all_is_blank() -> None:
    """White space has no sentence."""
    assert segment(" \r\n\u00a0\t") == ()


PIECES = st.sampled_from(
    [
        *(
            "The guns leave",
            "he said",
            "Mr",
            "U.S",
            "No",
            "J",
            "Dec",
            "p.m",
            "2025",
            "[12]",
            "一二",
        ),
        *(".", ". ", "!", "?", "…", "。", "؟", "।", "።", "។", ";", ":", ", ", " — ", "- ", "\n- "),
        *("“", "”", "«", "»", "(", ")", "'", '"', "*", "_", "> ", "\n> ", "Q ", "MR. X: ", "\n1. "),
        *(" ", "  ", "\n", "\r\n", "\r", "\n\n", "\t", "\u00a0", "\u2028", "\x0c", "\x1c", "\x85"),
        *("\ufeff", "\u200b", "\u0301", "🕊️", "\x00", "ا", "\U0010ffff"),
    ]
)
MIXED = st.lists(PIECES, max_size=60).map("".join)
ANY = st.text(st.characters(codec="utf-8"), max_size=120)
LANGUAGES = st.sampled_from(
    [None, "en", "es", "fr", "de", "ru", "uk", "ar", "zh", "ja", "ko", "xx"]
)


@given(st.one_of(MIXED, ANY), LANGUAGES)
@example("a.\n\n\n. b", "en")
@example("\x1c.\x1d a. ) B", "en")
@example("(" * 50 + "a. B" + "“" * 50, "en")
@settings(max_examples=400, deadline=None)
def test_segment_covers_any_text(text: str, language: str | None) -> None:
    """For any text the sentences are in order, apart, trimmed, and leave nothing out."""
    assert_covers(text, segment(text, language))


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.integers(300, 900))
@settings(max_examples=20, deadline=None)
def test_segment_covers_a_paragraph_longer_than_a_window(piece: str, times: int) -> None:
    """Long paragraphs go through sentencex in windows without a gap between them."""
    text = piece * times
    assert_covers(text, segment(text, "en"))


def test_segment_finds_the_same_in_a_long_paragraph_as_in_a_short_one() -> None:
    """Windows neither make nor hide a boundary between ordinary sentences."""
    count = 2_000
    assert sentences(" ".join([PROSE] * count)) == sentences(PROSE) * count


HOSTILE = {
    "50,000 sentences": "The guns leave. " * 50_000,
    "50,000 lines": "The guns leave.\n" * 50_000,
    "a sentence of 100,000 characters": "guns " * 20_000,
    "100,000 line breaks": "a" + "\n" * 100_000 + "b",
    "a carriage return after another": "\r" * 200_000,
    "nothing but dots": "." * 200_000,
    "dots apart": ". " * 100_000,
    "open quotes": "“" * 200_000,
    "open quotes apart": "“a. " * 50_000,
    "apostrophes": "'a. b' " * 30_000,
    "open brackets": "(a. " * 50_000,
    "closing marks": "x.” " * 50_000,
    "answers": "No. " * 50_000,
    "labels": "MR. X: " * 30_000,
    "numbers": "1. " * 50_000,
    "spaces": "a." + " " * 200_000 + "B.",
    "quoted mail": ">" * 200_000,
    "wrapped without an end": ("and the guns that were in the town for so many years\n" * 4_000),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_segment_stays_linear_when_the_text_is_hostile(text: str) -> None:
    """Hundreds of thousands of characters of anything take seconds at most, not minutes."""
    started = time.process_time()
    found = segment(text, "en")
    assert time.process_time() - started < 8
    assert_covers(text, found)
