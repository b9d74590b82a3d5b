"""One reference on which every penalty can be shown, and one way to earn each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from summarizer.brief import Citation, PeaceTalksBrief, Person
from summarizer.evaluation.casefiles import load_case, read_cases
from summarizer.evaluation.cases import Case
from summarizer.evaluation.entries import Leniency, Reference
from summarizer.evaluation.results import BriefScore
from summarizer.evaluation.scoring import score_brief
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
    Topic,
)
from tests import factories as make

ROOT = Path(__file__).parents[2]
CASES = ROOT / "evals" / "cases"
PARAPHRASES = Path(__file__).with_name("paraphrases.yaml")

SENTENCES = (
    "Lakeland's envoy Mira Tol said on 3 May that her government would free 1,200 prisoners "
    "within 30 days if Ostmark pulled its guns back from the river.",
    "The offer has been tabled in Geneva and stands until 3 June 2026, mediators said.",
    "Ostmark will not accept foreign troops on its soil, its minister Jan Verk said.",
    "According to Ms Tol, Ostmark insists that sanctions be lifted before any signing.",
    "Who would check the withdrawal was not explained.",
    "The delegations meet again in Geneva on 12 May 2026.",
    "Snow fell on the passes above the lake and closed two of the roads.",
    "Cafés on the quay were full all week long, waiters said with some relief.",
)


_OFFER = "Lakeland would free 1,200 prisoners within 30 days if Ostmark pulled its guns back."


def sample() -> PeaceTalksBrief:
    """A brief with one or two items in each section, every field filled in."""
    return make.make_brief(
        SENTENCES,
        parties=[
            make.party("Lakeland", aliases=["the Lakers"], people=[("Mira Tol", "envoy")]),
            make.party("Ostmark", people=[("Jan Verk", "minister")], cites=[3]),
            make.party("Switzerland", roles=[PartyRole.HOST, PartyRole.MEDIATOR], cites=[2]),
        ],
        offers=[
            make.offer(
                _OFFER,
                by=["Lakeland"],
                to=["Ostmark"],
                conditions=["Ostmark pulls its guns back from the river"],
                deadline="until 3 June 2026",
                responses=[make.response("Ostmark", Response.NONCOMMITTAL, cites=[2])],
                topics=[Topic.DETAINEES_HOSTAGES],
                cites=[1, 2],
                speaker="Mira Tol",
                speaks_for="Lakeland",
            )
        ],
        red_lines=[
            make.red_line(
                "Ostmark will not accept foreign troops on its soil.",
                held_by="Ostmark",
                topics=[Topic.FOREIGN_FORCES],
                cites=[3],
                speaker="Jan Verk",
                speaks_for="Ostmark",
            ),
            make.red_line(
                "Ostmark insists that sanctions be lifted before any signing.",
                held_by="Ostmark",
                kind=RedLineKind.DEMAND,
                topics=[Topic.SANCTIONS_ASSETS],
                cites=[4],
                speaker="Mira Tol",
                speaks_for="Lakeland",
            ),
        ],
        open_questions=[
            make.question(
                "Who would check the withdrawal?",
                parties=["Ostmark"],
                topics=[Topic.MONITORING_VERIFICATION],
                cites=[5],
            )
        ],
        next_steps=[
            make.step(
                "The delegations meet again in Geneva.",
                parties=["Lakeland", "Ostmark"],
                when="12 May 2026",
                on=date(2026, 5, 12),
                cites=[6],
            )
        ],
    )


def reference(brief: PeaceTalksBrief | None = None, /, **leniencies: Leniency) -> Reference:
    """A reference; leniencies by ``section_index``: ``offers_0=Leniency(optional=True)``."""
    placed = {
        (name.rpartition("_")[0], int(name.rpartition("_")[2])): leniency
        for name, leniency in leniencies.items()
    }
    return Reference("sample", brief or sample(), placed)


def edit(brief: PeaceTalksBrief, section: str, index: int, **update: Any) -> PeaceTalksBrief:
    """The brief with fields of one item changed."""
    items = list(getattr(brief, section))
    items[index] = items[index].model_copy(update=update)
    return brief.model_copy(update={section: items})


def without(brief: PeaceTalksBrief, section: str, index: int) -> PeaceTalksBrief:
    """The brief without one item."""
    items = list(getattr(brief, section))
    return brief.model_copy(update={section: items[:index] + items[index + 1 :]})


def cite(*numbers: int) -> list[Citation]:
    """Citations of sentences of the sample."""
    source = make.make_source(SENTENCES)
    return [
        Citation(document="d1", sentence=n, start=start, end=end, quote=SENTENCES[n - 1])
        for n in numbers
        for start, end in [source.sentences[n - 1]]
    ]


def score(brief: PeaceTalksBrief, **leniencies: Leniency) -> BriefScore:
    """The score of a brief against the sample."""
    return score_brief(reference(None, **leniencies), brief)


def points(brief: PeaceTalksBrief, **leniencies: Leniency) -> float:
    """The brief score against the sample."""
    found = score(brief, **leniencies).score
    assert found is not None
    return found


def dev_case(case_id: str) -> Case:
    """A case of the project's own, of the split that may be looked at."""
    case = load_case(CASES / f"{case_id}.yaml")
    assert case.split == "dev"
    return case


def dev_cases() -> list[Case]:
    """Every usable case of the split ``dev`` that is about peace talks, by id."""
    cases, _ = read_cases(CASES)
    return [case for case in cases if case.split == "dev" and case.about_peace_talks]


Mutant = Callable[[PeaceTalksBrief], PeaceTalksBrief]


def _mutant(section: str, index: int, **update: Any) -> Mutant:
    return lambda brief: edit(brief, section, index, **update)


#: By key of ``PENALTIES``: an error that is punished by this penalty and by no other.
MUTANTS: Mapping[str, Mutant] = {
    "polarity": _mutant("red_lines", 0, kind=RedLineKind.DEMAND),
    "swapped": _mutant("offers", 0, by=["Ostmark"], to=["Lakeland"]),
    "holder": _mutant("red_lines", 0, held_by="Switzerland"),
    "number": _mutant("offers", 0, statement=_OFFER.replace("1,200", "2,100")),
    "number.close": _mutant("offers", 0, statement=_OFFER.replace("30 days", "a month")),
    "number.missing": _mutant("offers", 0, statement=_OFFER.replace(" within 30 days", "")),
    "status": _mutant("offers", 0, status=OfferStatus.AGREED),
    "status.neighbour": _mutant("offers", 0, status=OfferStatus.FLOATED),
    "date": _mutant("next_steps", 0, date=date(2026, 5, 13)),
    "date.missing": _mutant("next_steps", 0, date=None),
    "time": _mutant("offers", 0, deadline="until 9 August 2026"),
    "time.missing": _mutant("offers", 0, deadline=None),
    "conditions": _mutant("offers", 0, conditions=[]),
    "self_stated": _mutant("red_lines", 1, speaks_for="Ostmark"),
    "speaks_for": _mutant("open_questions", 0, speaks_for="Switzerland"),
    "responses": _mutant("offers", 0, responses=[]),
    "roles": _mutant("parties", 0, roles=[PartyRole.WITNESS]),
    "parties.next_steps": _mutant("next_steps", 0, parties=["Lakeland"]),
    "parties.open_questions": _mutant("open_questions", 0, parties=["Lakeland"]),
    "to": _mutant("offers", 0, to=["Switzerland"]),
    "certainty": _mutant("offers", 0, certainty=Certainty.HEDGED),
    "certainty.neighbour": _mutant("next_steps", 0, certainty=StepCertainty.ASSERTED),
    "reason": _mutant("open_questions", 0, reason=QuestionReason.SEQUENCING),
    "kind.parties": _mutant("parties", 0, kind=PartyKind.ARMED_GROUP),
    "kind": _mutant("offers", 0, kind=OfferKind.PROPOSAL),
    "evidence.disjoint": _mutant("red_lines", 0, citations=cite(7)),
    "evidence.partial": _mutant("offers", 0, citations=cite(1)),
    "wording": _mutant("open_questions", 0, question="Is that why mittens have thumbs?"),
    "topic": _mutant("red_lines", 0, topics=[Topic.HUMANITARIAN]),
    "basis": _mutant("offers", 0, basis=Basis.ANONYMOUS),
    "speaker": _mutant("offers", 0, speaker="Olga Brandt"),
    "speaker.missing": _mutant("offers", 0, speaker=None),
    "firmness": _mutant("red_lines", 0, firmness=Firmness.SOFTENING),
    "people": _mutant("parties", 0, people=[Person(name="Otto Quill")]),
}
