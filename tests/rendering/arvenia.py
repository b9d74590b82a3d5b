"""A full brief by hand, of an invented war, with one of everything that a brief can show."""

from __future__ import annotations

from datetime import date

from summarizer.brief import PeaceTalksBrief, Warning
from summarizer.vocabulary import (
    Basis,
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    QuestionReason,
    RedLineKind,
    Response,
    StepCertainty,
)
from tests.factories import (
    attempt,
    make_brief,
    make_provenance,
    make_source,
    offer,
    partial,
    party,
    question,
    red_line,
    response,
    statement,
    step,
    unsupported,
    voice,
)

SENTENCES = [
    "Arvenia’s foreign minister Lena Marsh said in Doha that the army would leave the Sel\n"
    "valley within ten days if the Kor Front opened the road to Teth.",
    "“We will open the road the day the last tank is gone,” Front spokesman Odo Brandt said.",
    "Qatar tabled a nine-point plan on Sunday.",
    "A Qatari official said the plan has a “robust but light” mission of 300 observers.",
    "The Front has always refused foreign soldiers on its soil.",
    "“There will be no foreign troops, not one,” Brandt said.",
    "Marsh said the Front must hand over its rockets as part of any deal.",
    "Brandt said prisoners must be freed before the next round.",
    "According to Marsh, the Front has agreed to give up the port of Sarn.",
    "Brandt denied it.",
    "The official gave no details on who would command the observers.",
    "Arvenia’s parliament votes on the plan on 3 December 2026.",
    "The sides may meet again at the weekend, Marsh said.",
    "The United States and Norway said in a joint statement that they would pay for the clearing\n"
    "of mines.",
    "“Without a command, 300 people with binoculars are a target,” said Ines Calder of the\n"
    "Peace Institute in Oslo.",
    "The war began in 2021.",
]

SOURCE = make_source(
    SENTENCES,
    origin="seeds/arvenia-talks.txt",
    title="Valley for a road: Arvenia and the Front inch closer",
    publisher="Doha Wire",
    on=date(2026, 11, 21),
)
PARTIES = [
    party(
        "Arvenia",
        aliases=["Teth government"],
        people=[("Lena Marsh", "foreign minister")],
        cites=[1],
    ),
    party(
        "Kor Front",
        aliases=["the Front"],
        kind=PartyKind.ARMED_GROUP,
        people=[("Odo Brandt", "spokesman")],
        cites=[1, 2],
    ),
    party("Qatar", roles=[PartyRole.MEDIATOR, PartyRole.HOST], cites=[3]),
    party("United States", roles=[PartyRole.IMPLEMENTER], cites=[14]),
    party("Norway", roles=[PartyRole.IMPLEMENTER], cites=[14]),
    party(
        "African Union",
        kind=PartyKind.INTERNATIONAL_ORGANISATION,
        roles=[PartyRole.MONITOR],
        cites=[4],
        support=unsupported("“African Union” is not in the cited sentence"),
    ),
]
OFFERS = [
    offer(
        "Arvenia would leave the Sel valley within ten days.",
        by=["Arvenia"],
        to=["Kor Front"],
        kind=OfferKind.CONCESSION,
        status=OfferStatus.ACCEPTED_IN_PART,
        conditions=["the Front opens the road to Teth"],
        deadline="within ten days",
        speaker="Lena Marsh",
        speaks_for="Arvenia",
        cites=[1],
        responses=[response("Kor Front", Response.ACCEPTS_IN_PART, cites=[2])],
    ),
    offer(
        "Qatar tabled a nine-point plan with a “robust but light” mission of 300 observers.",
        by=["Qatar"],
        to=["Arvenia", "Kor Front"],
        kind=OfferKind.PROPOSAL,
        status=OfferStatus.UNDER_NEGOTIATION,
        speaker="a Qatari official",
        speaks_for="Qatar",
        basis=Basis.ANONYMOUS,
        cites=[3, 4],
        support=partial("“under negotiation” has no word of it in the cited sentences"),
    ),
    offer(
        "The Kor Front would give up the port of Sarn.",
        by=["Kor Front"],
        to=["Arvenia"],
        kind=OfferKind.CONCESSION,
        status=OfferStatus.DISPUTED,
        certainty=Certainty.DISPUTED,
        speaker="Lena Marsh",
        speaks_for="Arvenia",
        cites=[9, 10],
        responses=[response("Kor Front", Response.REJECTS, cites=[10])],
    ),
    offer(
        "The Kor Front signed a truce of 90 days.",
        by=["Kor Front"],
        status=OfferStatus.SIGNED,
        cites=[2],
        support=unsupported("90 is not in the cited sentence", "no word of signing in it"),
    ),
    offer(
        "The United States and Norway will pay for the clearing of mines.",
        by=["United States", "Norway"],
        kind=OfferKind.COMMITMENT,
        status=OfferStatus.UNSTATED,
        speaks_for="United States",
        basis=Basis.OFFICIAL_TEXT,
        cites=[14],
    ),
]
RED_LINES = [
    red_line(
        "The Kor Front must hand over its rockets as part of any deal.",
        held_by="Arvenia",
        kind=RedLineKind.DEMAND,
        firmness=Firmness.QUALIFIED,
        speaker="Lena Marsh",
        speaks_for="Arvenia",
        cites=[7],
    ),
    red_line(
        "The Kor Front will not accept foreign troops.",
        speaker="Odo Brandt",
        speaks_for="Kor Front",
        cites=[6],
    ),
    red_line("The Kor Front refuses foreign soldiers on its soil.", cites=[5]),
    red_line(
        "Prisoners must be freed before the next round.",
        kind=RedLineKind.PRECONDITION,
        speaker="Odo Brandt",
        speaks_for="Kor Front",
        cites=[8],
    ),
]
QUESTIONS = [
    question(
        "Who would command the observers?",
        speaker="a Qatari official",
        speaks_for="Qatar",
        basis=Basis.ANONYMOUS,
        cites=[11],
    ),
    question(
        "Has the Kor Front agreed to give up the port of Sarn?",
        parties=["Arvenia", "Kor Front"],
        reason=QuestionReason.CONFLICTING_ACCOUNTS,
        certainty=Certainty.DISPUTED,
        cites=[9, 10],
    ),
]
STEPS = [
    step(
        "Arvenia’s parliament votes on the plan.",
        parties=["Arvenia"],
        when="on 3 December 2026",
        on=date(2026, 12, 3),
        cites=[12],
    ),
    step(
        "The sides may meet again at the weekend.",
        parties=["Arvenia", "Kor Front"],
        when="at the weekend",
        certainty=StepCertainty.HEDGED,
        speaker="Lena Marsh",
        speaks_for="Arvenia",
        cites=[13],
    ),
]
VOICES = [
    voice(
        "Observers without a clear command would be a target.",
        speaker="Ines Calder (Peace Institute, Oslo)",
        cites=[15],
    )
]
WARNINGS = [
    Warning(kind="dropped", where="offer 4", message="no such sentence: 88"),
    Warning(kind="repaired", where="parties", message="“the Front” written as “Kor Front”"),
    Warning(kind="unsupported", where="offer 4", message="the cited sentences do not carry it"),
]


def arvenia() -> PeaceTalksBrief:
    """The brief that ``full-brief.md`` shows."""
    return make_brief(
        title="Arvenia: the army would leave the Sel valley for an open road",
        bottom_line=[
            statement(
                "Arvenia says its army would leave the Sel valley within ten days if the Kor Front"
                " opens the road to Teth; the Front wants the tanks gone first.",
                cites=[1, 2],
            ),
            statement("The Front rules out foreign troops.", cites=[6]),
        ],
        parties=PARTIES,
        offers=OFFERS,
        red_lines=RED_LINES,
        open_questions=QUESTIONS,
        next_steps=STEPS,
        outside_voices=VOICES,
        sources=[SOURCE],
        provenance=make_provenance(
            attempts=[
                attempt(
                    1,
                    outcome="timed out",
                    tokens_in=None,
                    tokens_out=None,
                    message="no answer in 60 s",
                ),
                attempt(2),
            ],
            cost="0.0412",
            warnings=WARNINGS,
        ),
    )
