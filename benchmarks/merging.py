"""Merging: seconds of CPU for many briefs of one process, and how they grow.

python benchmarks/merging.py [--repeats 5] [--most 200]

Every brief is of a document of some 600 words and has 15 items. One in five documents is a copy;
the others tell the same talks in words, spellings and figures of their own, so that nearly every
item meets its like in most of the others: the worst case for comparing all with all.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from summarizer.brief import (
    Citation,
    NextStep,
    Offer,
    OpenQuestion,
    Party,
    PeaceTalksBrief,
    Provenance,
    RedLine,
    Source,
    Support,
)
from summarizer.merging import merge
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
    StepCertainty,
    SupportStatus,
    Topic,
)

SUPPORTED = Support(status=SupportStatus.SUPPORTED)
PLACES = "harbour valley bridge border highland river airport market coast capital".split()
GIVEN = "prisoners vehicles villages crossings tonnes hostages wounded boats".split()
SPELLINGS = (("Arvenia", "Arwenia"), ("Hezbara Front", "Hizbara Front"), ("Qatar", "Katar"))
WORDS = [f"{a}{b}" for a in "ka lo mi tu re sa vo ne pi du".split() for b in PLACES]


def a_brief(chance: random.Random, number: int) -> PeaceTalksBrief:
    """A brief with 5 offers, 5 red lines, 3 questions and 2 steps."""
    state, front, host = (chance.choice(spellings) for spellings in SPELLINGS)
    day = date(2026, 3, 1) + timedelta(days=number % 28)
    texts = list(_texts(chance, state, front))
    sentences = [line for text in texts for line in (text, _filler(chance))]
    source = _source(sentences, day, number)
    cited = [_citation(source, 2 * at + 1) for at in range(len(texts))]
    common = [_common(number, at, [citation]) for at, citation in enumerate(cited)]
    return PeaceTalksBrief(
        about_peace_talks=True,
        title="Talks go on",
        parties=[_party(name, cited[0]) for name in (state, front, host)],
        offers=[_offer(texts[at], state, front, common[at], chance) for at in range(5)],
        red_lines=[_red_line(texts[at], front, common[at]) for at in range(5, 10)],
        open_questions=[_question(texts[at], common[at]) for at in range(10, 13)],
        next_steps=[_step(texts[at], host, common[at]) for at in range(13, 15)],
        sources=[source],
        provenance=Provenance(
            model="none", endpoint="answer", strategy="answer", prompt_version="0",
            tool_version="0", created=datetime(2026, 4, 1, tzinfo=UTC),
        ),
    )  # fmt: skip


def _filler(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=28)) + "."


def _texts(chance: random.Random, state: str, front: str) -> Iterator[str]:
    """The statements: one fact each, with a place that tells it apart."""
    said = chance.choice(("says it", "has said that it", "announced that it", "confirmed it"))
    for given, place in zip(GIVEN[:5], PLACES, strict=False):
        count = chance.choice((20, 20, 20, 35))
        yield f"{state} {said} will hand over {count} {given} at the {place} once firing ends."
    for place in PLACES[5:]:
        firm = chance.choice(("", "under any flag ", "now or later "))
        yield f"The {front} will not accept foreign monitors {firm}at the {place} of the north."
    for given in GIVEN[5:]:
        yield f"Who would {chance.choice(('count', 'check'))} the {given} that are to be exchanged?"
    for place in PLACES[:2]:
        yield f"The sides are to meet {chance.choice(('again', 'once more'))} near the {place}."


def _source(sentences: list[str], day: date, number: int) -> Source:
    text = "\n".join(sentences)
    starts = [sum(len(line) + 1 for line in sentences[:at]) for at in range(len(sentences))]
    return Source(
        id="d1",
        origin=f"{number}.txt",
        date=day,
        language="en",
        word_count=len(text.split()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        sentences=[(at, at + len(line)) for at, line in zip(starts, sentences, strict=True)],
    )


def _citation(source: Source, number: int) -> Citation:
    start, end = source.sentences[number - 1]
    quote = (source.text or "")[start:end]
    return Citation(document="d1", sentence=number, start=start, end=end, quote=quote)


def _common(number: int, at: int, citations: list[Citation]) -> dict[str, Any]:
    return {
        "id": f"X-{number}-{at}",
        "topics": [Topic.CEASEFIRE],
        "citations": citations,
        "speaker": None,
        "speaks_for": None,
        "basis": Basis.NARRATION,
        "support": SUPPORTED,
    }


def _party(name: str, citation: Citation) -> Party:
    roles = [PartyRole.PRIMARY_PARTY]
    return Party(
        name=name, kind=PartyKind.OTHER, roles=roles, citations=[citation], support=SUPPORTED
    )


def _offer(
    text: str, state: str, front: str, common: dict[str, Any], chance: random.Random
) -> Offer:
    status = chance.choice((OfferStatus.TABLED, OfferStatus.REJECTED))
    return Offer(
        **common, statement=text, kind=OfferKind.OFFER, by=[state], to=[front], status=status,
        certainty=Certainty.ASSERTED,
    )  # fmt: skip


def _red_line(text: str, front: str, common: dict[str, Any]) -> RedLine:
    return RedLine(
        **common, statement=text, held_by=front, kind=RedLineKind.REFUSAL,
        firmness=Firmness.CATEGORICAL, certainty=Certainty.ASSERTED,
    )  # fmt: skip


def _question(text: str, common: dict[str, Any]) -> OpenQuestion:
    return OpenQuestion(
        **common, question=text, reason=QuestionReason.VERIFICATION, certainty=Certainty.ASSERTED
    )


def _step(text: str, host: str, common: dict[str, Any]) -> NextStep:
    return NextStep(**common, statement=text, parties=[host], certainty=StepCertainty.PLANNED)


def many(count: int, seed: int) -> list[PeaceTalksBrief]:
    """``count`` briefs; one in five is of a copy of the document before it."""
    chance = random.Random(seed)
    made = [a_brief(chance, number) for number in range(count)]
    for number in range(4, count, 5):
        made[number] = _copied(made[number - 1], number)
    return made


def _copied(brief: PeaceTalksBrief, number: int) -> PeaceTalksBrief:
    source = brief.sources[0]
    text = f"{source.text}\nCopied by paper {number}."
    digest = hashlib.sha256(text.encode()).hexdigest()
    copy = source.model_copy(update={"text": text, "sha256": digest, "origin": f"{number}.txt"})
    return brief.model_copy(update={"sources": [copy]})


def seconds(count: int, repeats: int) -> tuple[float, PeaceTalksBrief]:
    """Median seconds of a merge of briefs that were not seen before, and the last one made."""
    times = []
    for seed in range(repeats):
        briefs = many(count, seed * 1_000 + count)
        began = time.process_time()
        made = merge(briefs)
        times.append(time.process_time() - began)
    return statistics.median(times), made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--most", type=int, default=200)
    given = parser.parse_args()
    merge(many(2, 0))  # names of states are read once: 0.2 s
    for count in (25, 50, 100, 200, 400):
        if count <= given.most:
            took, made = seconds(count, given.repeats)
            items = len(list(made.items()))
            print(
                f"{count:4} briefs, {15 * count:5} items: {took:6.2f} s; {items} items, "
                f"{len(made.contradictions)} contradictions, {len(made.copies)} groups of copies"
            )


if __name__ == "__main__":
    main()
