"""Words of refusal and of agreement in six languages."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from summarizer.lexicon import Polarity, has_polarity, polarity_languages

REFUSALS = {
    "en": ["They won't sign.", "It “ruled out” troops.", "Kyiv rejects it.", "They don’t accept."],
    "es": ["No aceptarán tropas.", "El gobierno rechazó el plan.", "Negó haber firmado."],
    "fr": ["Kiev n’acceptera pas cela.", "Paris refuse le plan.", "C'est hors de question."],
    "ru": ["Москва отвергла план.", "Это неприемлемо.", "Мы не уйдём."],
    "uk": ["Київ відмовився від плану.", "Це неприйнятно.", "Ми не підемо."],
    "ar": ["رفضت الحكومة الخطة.", "لن نقبل ذلك.", "هذا غير مقبول."],
}
NO_REFUSALS = {
    "en": ["Nonetheless the talks go on.", "The objective is peace.", "They nevertheless met."],
    "es": ["La negociación sigue.", "El contrato vale.", "Los negociadores viajan."],
    "fr": ["Les négociations continuent.", "Elle partira demain."],
    "ru": ["Переговоры идут.", "Немецкий план лежит на столе."],
    "uk": ["Переговори тривають."],
    "ar": ["تستمر المحادثات في الدوحة."],
}
AGREEMENTS = {
    "en": ["The sides agreed.", "Both signed it.", "They reached an accord.", "He accepts."],
    "es": ["Las partes acordaron.", "Firmaron el texto."],
    "fr": ["Les parties ont accepté.", "Un accord est conclu."],
    "ru": ["Стороны согласились.", "Договор подписан."],
    "uk": ["Сторони погодили текст.", "Угоду підписано."],
    "ar": ["اتفق الطرفان.", "وقعت الحكومة الاتفاق."],
}
NO_AGREEMENTS = {
    "en": [
        "They don't talk.",
        "According to a committee, it is a significant signal.",
        "Kyiv has not yet agreed.",
        "They refused to sign.",
        "She never accepted.",
        "Initially they met in Doha.",
    ],
    "es": ["No aceptó.", "Las partes hablaron."],
    "fr": ["Il n'a pas accepté.", "Les parties parlent, et n'ont rien dit."],
    "ru": ["Стороны не согласились.", "Переговоры идут."],
    "uk": ["Сторони не погодили.", "Переговори тривають."],
    "ar": ["تستمر المحادثات.", "لم يتفق الطرفان."],
}


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in table.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), _cases(REFUSALS))
def test_refusal_when_there_is_one(language: str, text: str) -> None:
    """A word of refusal is seen."""
    assert has_polarity(text, language, "refusal")


@pytest.mark.parametrize(("language", "text"), _cases(NO_REFUSALS))
def test_refusal_when_there_is_none(language: str, text: str) -> None:
    """Words that begin alike are no refusal."""
    assert not has_polarity(text, language, "refusal")


@pytest.mark.parametrize(("language", "text"), _cases(AGREEMENTS))
def test_agreement_when_there_is_one(language: str, text: str) -> None:
    """A word of agreement is seen."""
    assert has_polarity(text, language, "agreement")


@pytest.mark.parametrize(("language", "text"), _cases(NO_AGREEMENTS))
def test_agreement_when_there_is_none(language: str, text: str) -> None:
    """A negated word of agreement is none, nor is a word that begins alike, nor "don't"."""
    assert not has_polarity(text, language, "agreement")


def test_agreement_when_one_of_two_is_negated() -> None:
    """A word that stands unnegated beside a negated one counts."""
    assert has_polarity("They have not signed, but they agreed.", "en", "agreement")
    assert has_polarity("It not only agreed, it paid.", "en", "agreement")


@pytest.mark.parametrize("polarity", ["refusal", "agreement"])
def test_polarity_when_language_is_unknown(polarity: Polarity) -> None:
    """A language without words is an error, not a silent no."""
    assert polarity_languages() == {"en", "es", "fr", "ru", "uk", "ar"}
    with pytest.raises(KeyError):
        has_polarity("Nein.", "de", polarity)


def test_word_lists_when_loaded() -> None:
    """Every language has the three lists, without a word twice, blank, or in capitals."""
    text = resources.files("summarizer").joinpath("polarity.toml").read_text(encoding="utf-8")
    for language, lists in tomllib.loads(text).items():
        assert set(lists) == {"refusal", "agreement", "negation"}, language
        for words in lists.values():
            assert len(set(words)) == len(words)
            assert all(word == word.strip().lower() != "" for word in words)
