"""JSON for programs: lossless, safe to print, without the texts on request."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.machine import to_json
from tests.factories import make_brief, offer
from tests.rendering.arvenia import arvenia


def test_to_json_gives_an_equal_brief_when_read_again() -> None:
    """Nothing is lost on the way, derived fields included."""
    written = to_json(arvenia())
    assert PeaceTalksBrief.model_validate_json(written) == arvenia()
    assert json.loads(written)["offers"][0]["self_stated"] is True
    assert written.endswith("}\n")


def test_to_json_leaves_texts_out_and_keeps_quotes_when_asked() -> None:
    """A confidential text need not travel; the quotes and their offsets stay."""
    brief = arvenia()
    left = PeaceTalksBrief.model_validate_json(to_json(brief, text=False))
    assert [source.text for source in left.sources] == [None]
    assert list(left.citations()) == list(brief.citations())
    assert left.sources[0].sentences == brief.sources[0].sentences
    assert "The war began in 2021." not in to_json(brief, text=False)
    assert brief.sources[0].text is not None


def test_to_json_writes_each_span_on_one_line_when_indented() -> None:
    """A long document does not become four lines of JSON for each sentence."""
    assert '"sentences": [\n        [0, 10],\n        [11, 23]\n' in to_json(
        make_brief("Ada spoke. Bob refused.")
    )


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_to_json_is_lossless_and_safe_to_print_when_hostile(text: str) -> None:
    """No raw control or invisible character is printed, and every one of them comes back."""
    brief = make_brief(title=text, offers=[offer(f"x[\n 1,\n 2\n]{text}", conditions=[text])])
    written = to_json(brief)
    assert PeaceTalksBrief.model_validate_json(written) == brief
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2028]", written)


def test_to_json_escapes_tags_beyond_the_basic_plane_when_present() -> None:
    """Smuggled ASCII is written as a surrogate pair, as JSON asks."""
    written = to_json(make_brief(title="\U000e0041\x9b\u202e"))
    assert '"title": "\\udb40\\udc41\\u009b\\u202e"' in written
    assert json.loads(written)["title"] == "\U000e0041\x9b\u202e"
