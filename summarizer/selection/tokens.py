"""A text as the pieces of words that the encoder knows, each with its place in the text.

The vocabulary, ``wordpieces.txt``, is that of all-MiniLM-L6-v2 (Apache-2.0), which is BERT's for
English without capitals; all-mpnet-base-v2 has the same, numbered otherwise. No text can name a control token: "[SEP]" in a document is a bracket,
a word and a bracket.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from summarizer.errors import MissingExtra

if TYPE_CHECKING:
    from tokenizers import Tokenizer

START, END = 101, 102
"""The control tokens [CLS] and [SEP], as numbers of lines of ``wordpieces.txt``, from 0."""
COUNT = 30_522
"""Lines of ``wordpieces.txt``."""
LONGEST = 100
"""Characters of a word beyond which it is one unknown piece, as the encoder was trained."""


@dataclass(frozen=True)
class Pieces:
    """The pieces of a text: their numbers, and ``[start, end)`` of each within the text."""

    ids: list[int]
    places: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.ids)


def pieces(text: str) -> Pieces:
    """The pieces of a text, without control tokens. Raises MissingExtra without ``tokenizers``."""
    sendable = text.encode("utf-8", "replace").decode()  # a lone surrogate is one "?"
    cut = _tokenizer().encode(sendable, add_special_tokens=False)
    return Pieces(cut.ids, cut.offsets)


@cache
def _tokenizer() -> Tokenizer:
    try:
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    except ImportError as error:
        raise MissingExtra("embedded", "the tuned encoder") from error
    file = resources.files("summarizer.selection").joinpath("wordpieces.txt")
    listed = file.read_text(encoding="utf-8").splitlines()
    made = Tokenizer(
        models.WordPiece(
            {piece: number for number, piece in enumerate(listed)},
            unk_token="[UNK]", max_input_chars_per_word=LONGEST,
        )
    )  # fmt: skip
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made
