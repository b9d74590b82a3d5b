"""Keys of party names: what two spellings of one name have in common (pure)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from summarizer.folding import fold

#: Names that every reader takes for one, whatever the document calls them. Metonyms are not
#: here: "Washington" means the United States only where the document uses it so.
WELL_KNOWN: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split("|"))
    for names in (
        "united states|us|usa|united states of america",
        "united kingdom|uk|britain|great britain",
        "united nations|un|united nations organization",
        "european union|eu",
        "african union|au",
        "russia|russian federation",
        "turkey|turkiye",
        "dr congo|drc|democratic republic of the congo|democratic republic of congo",
        "cote divoire|ivory coast",
        "north macedonia|macedonia",
        "myanmar|burma",
        "syria|syrian arab republic",
        "iran|islamic republic of iran",
        "north korea|dprk|democratic peoples republic of korea",
        "south korea|republic of korea",
        "international committee of the red cross|icrc|red cross",
    )
)
_PREFIX = re.compile(
    r"^(?:(?:the|la|le|el|los|las|les) )?"
    r"(?:(?:government|republic|state|kingdom) of (?:the )?)?"
)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """What a name is looked up by: no case, accents, punctuation or leading article.

    >>> name_key("The U.S.") == name_key("us")
    True
    """
    bare = unicodedata.normalize("NFD", fold(name).replace(".", "").replace("'", ""))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    words = " ".join(re.sub(r"[^\w]+", " ", bare).split())
    shorter = re.sub(r"^(?:the|la|le|el|los|las|les) ", "", words)
    return shorter or words or fold(name)


def relaxed(key: str) -> str:
    """The key without "government of" and the like."""
    return _PREFIX.sub("", key) or key
