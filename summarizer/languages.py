"""The languages that a brief can be written in, by ISO 639-1 code."""

from __future__ import annotations

from typing import Literal, get_args

Language = Literal["en", "fr", "es", "ar", "ru", "uk"]

LANGUAGES: tuple[str, ...] = get_args(Language)
"""Each has a table of labels in ``rendering/languages``."""

NAMES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ar": "Arabic",
    "ru": "Russian",
    "uk": "Ukrainian",
}
"""What a prompt calls them."""
