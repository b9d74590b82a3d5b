"""Invented talks told by several documents, for tests of merging and comparing.

``briefs()`` is a hypothesis strategy: a brief of one document that tells some of a few facts in
one of several wordings, names the parties in one of several ways, with one of several figures.
"""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from summarizer.brief import PeaceTalksBrief
from summarizer.vocabulary import Certainty, OfferStatus, PartyKind, Topic
from tests.factories import (
    make_brief,
    make_source,
    offer,
    party,
    question,
    red_line,
    statement,
    step,
)

STATE_NAMES = ("Arvenia", "the Republic of Arvenia", "Arwenia")
FRONT_NAMES = ("Kor Front", "Front of Kor")
OFFERS = (
    "{a} offers to free {n} prisoners if the shelling stops.",
    "{a} would free {n} prisoners if the shelling of the towns stops.",
)
REFUSALS = (
    "The {f} will not accept foreign monitors on the river.",
    "The {f} will not accept any foreign monitors at the river.",
    "The {f} will accept foreign monitors on the river.",
)
QUESTIONS = ("Who would monitor the truce?", "When will the lists of names be exchanged?")
STEPS = ("The sides are to meet in Doha.", "The sides are to meet in Lund.")
DATES = (date(2026, 3, 12), date(2026, 3, 13), date(2026, 3, 14), None)


@st.composite
def briefs(draw: st.DrawFn) -> PeaceTalksBrief:
    """A brief of one document."""
    state, front = draw(st.sampled_from(STATE_NAMES)), draw(st.sampled_from(FRONT_NAMES))
    told = {
        "offers": draw(st.lists(st.sampled_from(OFFERS), max_size=2, unique=True)),
        "refusals": draw(st.lists(st.sampled_from(REFUSALS), max_size=2, unique=True)),
        "questions": draw(st.lists(st.sampled_from(QUESTIONS), max_size=1)),
        "steps": draw(st.lists(st.sampled_from(STEPS), max_size=1)),
    }
    number = draw(st.sampled_from((40, 200)))
    said = {
        kind: [text.format(a=state, f=front, n=number) for text in texts]
        for kind, texts in told.items()
    }
    sentences = [text for texts in said.values() for text in texts] or ["Nothing was said."]
    at = {text: sentences.index(text) + 1 for text in sentences}
    source = make_source(sentences, on=draw(st.sampled_from(DATES)), title=None, origin="a.txt")
    return make_brief(
        sources=[source],
        bottom_line=[statement(text, cites=[at[text]]) for text in sentences[:2]],
        parties=[
            party(state, aliases=["Arvenia"] if state != "Arvenia" else []),
            party(front, kind=PartyKind.ARMED_GROUP, aliases=["Kor Front"]),
        ],
        offers=[
            offer(
                text,
                by=[state],
                cites=[at[text]],
                topics=[Topic.DETAINEES_HOSTAGES],
                status=draw(st.sampled_from(list(OfferStatus))),
                certainty=draw(st.sampled_from(list(Certainty))),
            )
            for text in said["offers"]
        ],
        red_lines=[
            red_line(text, held_by=front, cites=[at[text]], topics=[Topic.MONITORING_VERIFICATION])
            for text in said["refusals"]
        ],
        open_questions=[question(text, cites=[at[text]]) for text in said["questions"]],
        next_steps=[step(text, cites=[at[text]]) for text in said["steps"]],
    )
