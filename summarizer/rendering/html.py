"""A brief as one HTML page that needs nothing else: no request, no font, no library (pure).

Everything that documents and models wrote goes through ``clean`` and jinja2's autoescape, and
none of it becomes an address, a style or a script. The content security policy allows the
page's own style sheet and script, each by its hash, and nothing else; without the script the
page still reads, links and prints.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from summarizer.brief import PeaceTalksBrief
from summarizer.rendering.escaping import clean
from summarizer.rendering.lines import SIGNS, Line
from summarizer.rendering.outline import Chapter, Outline, outline
from summarizer.rendering.quoting import as_quote
from summarizer.rendering.reading import Reading
from summarizer.rendering.words import ENGLISH, Words
from summarizer.vocabulary import Topic

_LEGEND_WORDS = {
    "own": "legend own",
    "second-hand": "legend second",
    "confirm": "legend confirm",
    "disputed": "legend disputed",
    "hedged": "legend hedged",
    "partial": "legend unsupported",
    "unsupported": "legend unsupported",
}
FILTERED = frozenset({
    "offers", "red lines", "collisions", "contradictions", "convergence", "open questions",
    "next steps", "outside voices",
})  # fmt: skip
"""Chapters that the filters act on; the bottom line and the parties stay."""


def to_html(brief: PeaceTalksBrief, words: Words = ENGLISH, *, handling: str = "") -> str:
    """``brief`` beside its documents, as a page for a browser, ending in a line break.

    ``handling`` is a line like "INTERNAL", shown at the top of the page and of every sheet.
    """
    return _page("brief.html.j2", outline(brief, words), handling, _file("brief.js"))


def to_mail_html(brief: PeaceTalksBrief, words: Words = ENGLISH, *, handling: str = "") -> str:
    """``brief`` alone, for the body of a mail: no script, no columns, the quotes at the end."""
    return _page("mail.html.j2", outline(brief, words), handling, "")


def _page(template: str, shown: Outline, handling: str, script: str) -> str:
    style = _file(template.replace(".html.j2", ".css"))
    reading = Reading(shown)
    parties = list(dict.fromkeys(n for c in _filtered(shown) for x in c.lines for n in x.parties))
    rendered = (
        _environment()
        .get_template(template)
        .render(
            shown=shown,
            words=shown.words,
            handling=handling,
            reading=reading,
            documents=reading.documents(),
            parties=parties,
            topics=_topics(shown),
            total=sum(len(chapter.lines) for chapter in _filtered(shown)),
            quote=lambda line: as_quote(shown, line),
            anchors=lambda line: _anchors(reading, line),
            signs=SIGNS,
            legend=[(tag, _LEGEND_WORDS[tag]) for tag in SIGNS],
            filtered=FILTERED,
            style=Markup(style),  # ours, and the same text that the policy has the hash of
            script=Markup(script),
            policy=_policy(style, script),
        )
    )
    return rendered.rstrip() + "\n"


def _filtered(shown: Outline) -> list[Chapter]:
    return [chapter for chapter in shown.chapters if chapter.key in FILTERED]


def _topics(shown: Outline) -> list[Topic]:
    found = {
        topic for chapter in _filtered(shown) for line in chapter.lines for topic in line.topics
    }
    return [topic for topic in Topic if topic in found]


def _anchors(reading: Reading, line: Line) -> str:
    return " ".join(spot.anchor for spot in reading.spots(line.all_citations) if spot.anchor)


def _policy(style: str, script: str) -> str:
    scripts = f"script-src '{_digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; {scripts}img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _file(name: str) -> str:
    return (resources.files(__package__) / "pages" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import FunctionLoader

    environment = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    return environment
