"""The support check: fair statements pass, others do not, and the finding says what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from summarizer.brief import Support
from summarizer.documents import Document, from_text
from summarizer.support import Claim, Evidence, check_support
from summarizer.vocabulary import SupportStatus

UKRAINE = ("Ukraine", "Kyiv", "Volodymyr Zelenskyy", "Zelenskyy")
RUSSIA = ("Russia", "Moscow", "the Kremlin", "Sergei Ryabkov", "Ryabkov")
US = ("United States", "US", "U.S.", "Washington")
HAMAS = ("Hamas",)


def _document(text: str, language: str = "en") -> Document:
    return replace(from_text(text), language=language)


def check(
    text: str,
    statement: str,
    *cites: int,
    language: str = "en",
    **claim: Any,
) -> Support:
    """The finding for a statement that cites sentences of a text, all of them by default."""
    document = _document(text, language)
    numbers = cites or range(1, len(document.sentences) + 1)
    return check_support(Claim(statement, **claim), Evidence(document, list(numbers)))


# Sentence, statement, what else is claimed: parties, people, polarity.
FAIR: list[tuple[str, str, dict[str, Any]]] = [
    (
        "Kyiv said it would free ten prisoners.",
        "Ukraine would free 10 prisoners.",
        {"parties": (UKRAINE,)},
    ),
    ("The truce lasts 72 hours.", "The truce would last three days.", {}),
    ("A two-week pause was offered.", "A pause of 14 days was offered.", {}),
    ("It wants thirty per cent of the seats.", "It wants 30% of the seats.", {}),
    ("Some 1.5 million people fled.", "About 1,500,000 people fled, it says.", {}),
    ("The vote is on 14 March 2026.", "The vote is set for March 14, 2026.", {}),
    ("The vote is on 14 March 2026.", "The vote is set for 14 March.", {}),
    ("Aid of $5 million was pledged.", "5 million dollars of aid was pledged.", {}),
    (
        "Moscow “categorically” rejected troops.",
        "Russia “categorically” rejects troops.",
        {"parties": (RUSSIA,), "polarity": "refusal"},
    ),
    (
        "“We will not,” Ryabkov said, “accept NATO troops.”",
        "Russia “will not accept NATO troops”.",
        {"parties": (RUSSIA,), "polarity": "refusal"},
    ),
    ('They offered "Article 5-like" pledges.', "The pledges would be “Article 5-like”.", {}),
    (
        "Russian envoys met officials in Doha.",
        "Russia met officials in Doha.",
        {"parties": (RUSSIA,)},
    ),
    (
        "The U.S.-led plan has 20 points.",
        "The plan of the United States has 20 points.",
        {"parties": (US,)},
    ),
    (
        "Zelenskyy said a vote would follow.",
        "Ukraine's president says a vote would follow.",
        {"parties": (UKRAINE,), "people": ("Volodymyr Zelenskyy",)},
    ),
    (
        "Zelenskyy spoke to reporters.\n\nHe offered no details on guarantees.",
        "What would the guarantees hold?",
        {"people": ("Volodymyr Zelenskyy",)},
    ),
    (
        "A senior U.S. official briefed.\n\nThe official said talks go on.",
        "Talks go on, an official said.",
        {"people": ("a senior U.S. official",)},
    ),
    ("Hamas won't disarm.", "Hamas will not disarm.", {"parties": (HAMAS,), "polarity": "refusal"}),
    (
        "Any foreign force is out of the question for Hamas.",
        "Hamas will not accept a foreign force.",
        {"parties": (HAMAS,), "polarity": "refusal"},
    ),
    (
        "Hamas has shut the door on exile.",
        "Hamas refuses exile.",
        {"parties": (HAMAS,), "polarity": "refusal"},
    ),
    ("Both sides signed the protocol.", "The protocol was signed.", {"polarity": "agreement"}),
    (
        "They reached an accord on water.",
        "An accord on water was agreed.",
        {"polarity": "agreement"},
    ),
    (
        "Ukraine and Russia met in Doha.\n\nA map was shown.\n\nA day passed.\n\n"
        "The parties shall free all captives.",
        "Ukraine and Russia free all captives.",
        {"parties": (UKRAINE, RUSSIA), "polarity": "agreement"},
    ),
    (
        "MODERATOR: Welcome to you.\n\nMS. BRUCE: We met.\n\nIt was long.\n\n"
        "The road will open on Monday.",
        "The road will open on Monday.",
        {"people": ("Tammy Bruce",)},
    ),
    (
        "Q    Will Moscow stop the strikes?\n\nA    No, it will not.",
        "Russia will not stop the strikes.",
        {"parties": (RUSSIA,), "polarity": "refusal"},
    ),
    (
        "Interview with Ada Lem of the Kyiv delegation\n\nWhat now?\n\nThere is a paper.\n\n"
        "What else?\n\nWe will free the miners.",
        "Ukraine will free the miners.",
        {"parties": (UKRAINE,), "people": ("Ada Lem",)},
    ),
    (
        "By Ilse Korn\n\nThe talks began.\n\nThey stalled.\n\nThe plan is an empty shell.",
        "The plan is an empty shell, the author holds.",
        {"people": ("Ilse Korn",)},
    ),
    (
        "Moscow may withdraw within six months, reports say.",
        "Russia may withdraw within 6 months, reportedly.",
        {"parties": (RUSSIA,)},
    ),
    (
        "Nearly 40,000 displaced people could go home.",
        "Nearly 40 000 displaced people could return home.",
        {},
    ),
    (
        "Washington tabled three conditions on Friday.",
        "The United States put three conditions on the table.",
        {"parties": (US,)},
    ),
    (
        "Neither party gives up the eastern bank.\n\nMoscow and Kyiv have both fought for it.",
        "Russia will not give up the eastern bank.",
        {"parties": (RUSSIA,), "polarity": "refusal"},
    ),
]

BAD: list[tuple[str, str, dict[str, Any]]] = [
    (
        "Kyiv said it would free ten prisoners.",
        "Ukraine would free 12 prisoners.",
        {"parties": (UKRAINE,)},
    ),
    ("The truce lasts 72 hours.", "The truce would last five days.", {}),
    ("A pause of 30 days was offered.", "A pause of 30% was offered.", {}),
    ("It wants thirty per cent of the seats.", "It wants 50% of the seats.", {}),
    ("The vote is on 14 March 2026.", "The vote is on 15 March 2026.", {}),
    ("The vote is on 14 March 2026.", "The vote is on 14 March 2027.", {}),
    ("Aid of $5 million was pledged.", "Aid of $50 million was pledged.", {}),
    ("Moscow rejected troops.", "Russia “categorically” rejected troops.", {"parties": (RUSSIA,)}),
    (
        "Moscow “will not withdraw” from the city.",
        "Moscow “will withdraw” from the city.",
        {"parties": (RUSSIA,)},
    ),
    ("They offered vague pledges.", "They offered “NATO-like” pledges.", {}),
    ("Hamas offered a truce.", "Russia offered a truce.", {"parties": (RUSSIA,)}),
    (
        "Kyiv offered a truce.\n\nIt rained.\n\nIt poured.\n\nMoscow kept silent.",
        "Ukraine kept silent.",
        {"parties": (UKRAINE,), "cites": (4,)},
    ),
    (
        "The envoys indicated an industrial site.",
        "India proposed an industrial site.",
        {"parties": (("India",),)},
    ),
    ("They told us about the site.", "The United States told about the site.", {"parties": (US,)}),
    (
        "Ryabkov said a vote would follow.",
        "A vote would follow, he said.",
        {"people": ("Volodymyr Zelenskyy",)},
    ),
    (
        "Foreign Minister Kuleba said talks go on.",
        "Talks go on.",
        {"people": ("Foreign Minister Lavrov",)},
    ),
    (
        "Sergei Lavrov spoke of the truce.",
        "The truce was spoken of.",
        {"people": ("Sergei Ryabkov",)},
    ),
    (
        "Hamas said it would disarm.",
        "Hamas will not disarm.",
        {"parties": (HAMAS,), "polarity": "refusal"},
    ),
    (
        "Hamas nevertheless praised the objective.",
        "Hamas rejects the objective.",
        {"parties": (HAMAS,), "polarity": "refusal"},
    ),
    (
        "The Kremlin studies the plan.",
        "Russia rejected the plan.",
        {"parties": (RUSSIA,), "polarity": "refusal"},
    ),
    (
        "According to a committee, the plan is significant.",
        "The plan was agreed.",
        {"polarity": "agreement"},
    ),
    ("Moscow has not agreed to the plan.", "The plan was agreed.", {"polarity": "agreement"}),
    ("Hamas refused to sign the plan.", "The plan was signed.", {"polarity": "agreement"}),
    ("They don't talk about water.", "Water was agreed on.", {"polarity": "agreement"}),
    (
        "Hamas spoke of the hostages.",
        "Hamas wants a monopoly on fishing quotas.",
        {"parties": (HAMAS,)},
    ),
    (
        "Hamas will meet again.",
        "Hamas would lend its museum lamps to beekeepers.",
        {"parties": (HAMAS,)},
    ),
    (
        "Two people were killed.\n\nIt rained.\n\nIt poured.\n\nThe town is empty.\n\n"
        "Moscow is far.",
        "Russia left the town empty.",
        {"parties": (RUSSIA,), "cites": (4,)},
    ),
    (
        "Kyiv wants 300 tanks.\n\nMoscow wants peace by 2030.",
        "Russia wants 300 tanks.",
        {"parties": (RUSSIA,), "cites": (2,)},
    ),
    (
        "“The border stays,” he said.\n\nNothing else was said.\n\nAll left.",
        "“The border moves”, he said.",
        {},
    ),
    ("Ninety buses left.", "Nineteen buses left.", {}),
]


def _check(case: tuple[str, str, dict[str, Any]]) -> Support:
    text, statement, claim = case
    more = dict(claim)
    return check(text, statement, *more.pop("cites", ()), **more)


@pytest.mark.parametrize("case", FAIR, ids=lambda case: case[1])
def test_statement_when_fair(case: tuple[str, str, dict[str, Any]]) -> None:
    """A fair paraphrase is supported: no false alarm."""
    assert _check(case) == Support(status=SupportStatus.SUPPORTED)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case[1])
def test_statement_when_not_carried(case: tuple[str, str, dict[str, Any]]) -> None:
    """A statement that the cited sentences do not carry is not supported, and it is said why."""
    found = _check(case)
    assert found.status != "supported"
    assert found.missing


def test_pairs_when_counted() -> None:
    """There are thirty of each."""
    assert len(FAIR) == len(BAD) == 30


TALKS = (
    "Kyiv asked for 300 tanks.\n\nIt rained.\n\nIt poured.\n\nMoscow called this “a joke”.\n\n"
    "The end came."
)


@pytest.mark.parametrize(
    ("statement", "claim", "status", "message"),
    [
        (
            "The end came with 300 tanks.",
            {},
            "partial",
            "figure 300 is not in the cited sentences (it is in [1])",
        ),
        (
            "The end came with 900 tanks.",
            {},
            "unsupported",
            "figure 900 is not in the cited sentences",
        ),
        (
            "The end was “a joke”.",
            {},
            "partial",
            "the words “a joke” are not in the cited sentences (it is in [4])",
        ),
        (
            "The end came, “a disgrace”.",
            {},
            "unsupported",
            "the words “a disgrace” are not in the cited sentences",
        ),
        (
            "The end came.",
            {"parties": (UKRAINE,)},
            "partial",
            "Ukraine is not named in the cited sentences or before them (it is in [1])",
        ),
        (
            "The end came.",
            {"parties": (HAMAS,)},
            "unsupported",
            "Hamas is not named in the cited sentences or before them",
        ),
        (
            "The end came.",
            {"people": ("Ada Lem",)},
            "unsupported",
            "speaker Ada Lem is not in the cited sentences",
        ),
        (
            "The end came.",
            {"polarity": "refusal"},
            "unsupported",
            "no word of refusal is in the cited sentences",
        ),
        (
            "Fishing quotas doubled.",
            {},
            "unsupported",
            "the cited sentences have no word of the statement",
        ),
        (
            "What about fishing quotas?",
            {},
            "partial",
            "the cited sentences have no word of the statement",
        ),
    ],
)
def test_finding_when_something_is_missing(
    statement: str, claim: dict[str, Any], status: str, message: str
) -> None:
    """Nowhere in the document: unsupported; elsewhere in it: partial, and where."""
    assert check(TALKS, statement, 5, **claim) == Support(
        status=SupportStatus(status), missing=[message]
    )


def test_finding_when_several_things_are_missing() -> None:
    """Each has a line of its own; the worst decides."""
    found = check(TALKS, "900 tanks at the end, “a joke”.", 5, parties=(UKRAINE,))
    assert found.status == "unsupported"
    assert len(found.missing) == 3


RUSSIAN = (
    "Москва отвергла план 14 марта 2026 года.\n\nСтороны договорились о пяти автобусах.\n\n"
    "Украина требует 300 машин через пять лет."
)


@pytest.mark.parametrize(
    ("statement", "cites", "claim", "status"),
    [
        (
            "Russia rejected the plan.",
            1,
            {"parties": (("Russia", "Москва"),), "polarity": "refusal"},
            "supported",
        ),
        ("Russia rejected the plan.", 1, {"parties": (("Russia",),)}, "partial"),
        ("On 14 March 2026 it was rejected.", 1, {}, "supported"),
        ("On 15 April 2027 it was rejected.", 1, {}, "unsupported"),
        ("Five buses were agreed on.", 2, {"polarity": "agreement"}, "supported"),
        ("Fifty-five buses were agreed on.", 2, {"polarity": "agreement"}, "unsupported"),
        (
            "Ukraine demands 300 vehicles in five years.",
            3,
            {"parties": (("Ukraine", "Украина"),)},
            "supported",
        ),
        ("Ukraine demands 300 vehicles.", 3, {"polarity": "agreement"}, "unsupported"),
        ("Ukraine demands “300 vehicles”.", 3, {}, "partial"),
        ("A demand for 300 vehicles.", 3, {"people": ("Olena Zelenska",)}, "supported"),
    ],
)
def test_statement_when_document_is_russian(
    statement: str, cites: int, claim: dict[str, Any], status: str
) -> None:
    """In another script too figures, dates and polarity are checked, names where they can be."""
    assert check(RUSSIAN, statement, cites, language="ru", **claim).status == status


@pytest.mark.parametrize(
    ("text", "language", "names", "status"),
    [
        ("L'Ukraine refuse le plan.", "fr", ("Ukraine",), "supported"),
        ("Los negociadores rusos hablaron.", "es", ("Russia", "Rusia"), "supported"),
        ("رفض الوفد القطري الخطة.", "ar", ("Qatar", "قطر"), "supported"),
        ("中国表示拒绝。", "zh", ("China", "中国"), "supported"),
        ("中国表示拒绝。", "zh", ("Japan", "日本"), "unsupported"),
        ("رفض الوفد القطري الخطة.", "ar", ("Egypt",), "partial"),
    ],
)
def test_party_when_document_is_in_another_language(
    text: str, language: str, names: tuple[str, ...], status: str
) -> None:
    """Names are found in adjectives, elisions and scripts; without such a form it is unsure."""
    assert check(text, "A plan.", language=language, parties=(names,)).status == status


CLAUSES = (
    "Kyiv and Moscow agreed the following in Doha.\n\nArt. 1\n\nOn guns.\n\n"
    "Art. 2\n\nAll guns go within 30 days."
)


def test_clause_when_text_is_official() -> None:
    """A clause of an official text rests on its head for who agrees, not for what is agreed."""
    claim: dict[str, Any] = {"parties": (UKRAINE, RUSSIA), "polarity": "agreement"}
    count = len(_document(CLAUSES).sentences)
    clause = "All guns go within 30 days."
    assert check(CLAUSES, clause, count, official=True, **claim).status == "supported"
    assert check(CLAUSES, clause, count, **claim).status == "unsupported"
    wrong = check(CLAUSES, "All guns go within 90 days.", count, official=True, **claim)
    assert wrong.missing == ["figure 90 days is not in the cited sentences"]


def test_scope_when_transcript_is_long() -> None:
    """The head of the turn counts, however far back; heads of other turns do not."""
    middle = "\n\n".join(f"Point {n} was made." for n in range(20))
    text = f"KORN: Hello all.\n\nMS. BRUCE: We met.\n\n{middle}\n\nThe road opens."
    last = len(_document(text).sentences)
    assert check(text, "The road opens.", last, people=("Tammy Bruce",)).status == "supported"
    assert check(text, "The road opens.", last, people=("Ilse Korn",)).status == "partial"


def test_quote_when_it_runs_over_sentences() -> None:
    """Of a quote that runs over two sentences, one cited, nothing was invented."""
    text = "He said: “We go. They stay.”\n\nThat was all."
    cited_all = check(text, "He said “We go. They stay.”", 1, 2)
    assert cited_all.status == "supported"
    assert check(text, "He said “We go. They stay.”", 1).status in {"partial", "supported"}


def test_claim_when_it_says_nothing() -> None:
    """A statement without words, figures or names has nothing that could be missing."""
    assert check(TALKS, "…", 5).status == "supported"
    assert check(TALKS, "The end.", 5, people=("", " , a guest")).status == "supported"


def test_dates_when_the_statement_is_the_sources_own_words() -> None:
    """A sentence in Spanish says what it says, though its dates are not read as English ones."""
    sentence = "Las delegaciones se reunirán de nuevo el 5 de enero."
    assert check(sentence, sentence, language="es").status == SupportStatus.SUPPORTED
    asked = f"How will this be settled: {sentence.rstrip('.')}?"
    assert check(sentence, asked, language="es").status == SupportStatus.SUPPORTED
