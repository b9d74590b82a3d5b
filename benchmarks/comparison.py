"""Comparing, positions and collisions: seconds of CPU, and how they grow with the items.

python benchmarks/comparison.py [--repeats 5] [--most 200]

Two briefs of one process: half of the items of the newer one say the same in other words, a
quarter have another figure, the rest are new. Nearly all items share holders and topics, so that
they meet their like: the worst case for comparing all with all.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from summarizer.brief import (
    Citation,
    Offer,
    Party,
    PeaceTalksBrief,
    Provenance,
    RedLine,
    Source,
    Support,
)
from summarizer.chronology import timeline
from summarizer.collisions import with_findings
from summarizer.comparison import compare
from summarizer.merging import merge
from summarizer.positioning import positions
from summarizer.vocabulary import (
    Basis,
    Certainty,
    Firmness,
    OfferKind,
    OfferStatus,
    PartyKind,
    PartyRole,
    RedLineKind,
    SupportStatus,
    Topic,
)

SUPPORTED = Support(status=SupportStatus.SUPPORTED)
PARTIES = ("Arvenia", "Kor Front", "Norland")
SYLLABLES = "ka lo mi tu re sa vo ne pi du".split()
WORDS = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
TOPICS = list(Topic)[:6]
Words = list[str]


def a_brief(items: list[tuple[Words, int]], day: date) -> PeaceTalksBrief:
    """A brief with an item for each list of words and figure: offers and red lines in turn."""
    texts = [
        f"Item {number} of {day}: {' '.join(words)}." for number, (words, _) in enumerate(items)
    ]
    text = " ".join(texts)
    spans, at = [], 0
    for one in texts:
        spans.append((at, at + len(one)))
        at += len(one) + 1
    source = Source(
        id="d1", date=day, language="en", word_count=len(text.split()), text=text, sentences=spans,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    cited = [
        Citation(document="d1", sentence=n, start=a, end=b, quote=text[a:b])
        for n, (a, b) in enumerate(spans, 1)
    ]
    made = [_item(n, *item, cited[n], source.sha256) for n, item in enumerate(items)]
    return PeaceTalksBrief(
        about_peace_talks=True,
        title="Talks go on",
        parties=[
            Party(
                name=name, kind=PartyKind.STATE, roles=[PartyRole.PRIMARY_PARTY],
                citations=cited[:1], support=SUPPORTED,
            )
            for name in PARTIES
        ],
        offers=[one for one in made if isinstance(one, Offer)],
        red_lines=[one for one in made if isinstance(one, RedLine)],
        sources=[source],
        provenance=Provenance(
            model="benchmark", endpoint="answer", strategy="benchmark", prompt_version="0",
            tool_version="0", created=datetime(2026, 1, 1, tzinfo=UTC),
        ),
    )  # fmt: skip


def _item(number: int, words: Words, figure: int, cited: Citation, text: str) -> Offer | RedLine:
    holder = PARTIES[number % len(PARTIES)]
    digest = hashlib.sha256(f"{text}{number}".encode()).hexdigest()[:8]
    said = " ".join(words)
    common: dict[str, Any] = {
        "topics": [TOPICS[number % len(TOPICS)]], "citations": [cited], "speaker": None,
        "speaks_for": holder, "basis": Basis.ON_RECORD, "support": SUPPORTED,
        "certainty": Certainty.ASSERTED,
    }  # fmt: skip
    if number % 2:
        return RedLine(
            id=f"R-{digest}", statement=f"{holder} will not accept {figure} {said}.",
            held_by=holder, kind=RedLineKind.REFUSAL, firmness=Firmness.CATEGORICAL, **common,
        )  # fmt: skip
    return Offer(
        id=f"O-{digest}", statement=f"{holder} offers {figure} {said}.", by=[holder],
        kind=OfferKind.OFFER, status=OfferStatus.TABLED, **common,
    )  # fmt: skip


def two_briefs(size: int, seed: int = 1) -> tuple[PeaceTalksBrief, PeaceTalksBrief]:
    """An older and a newer brief of that many items each."""
    chance = random.Random(seed)
    old = [(chance.sample(WORDS, 8), chance.randint(10, 99)) for _ in range(size)]
    new = []
    for number, (words, figure) in enumerate(old):
        if number % 4 == 0:
            words = chance.sample(WORDS, 8)
        elif number % 4 == 1:
            figure += 100
        else:
            words = [*words[:6], *chance.sample(WORDS, 2)]
        new.append((words, figure))
    return a_brief(old, date(2026, 3, 1)), a_brief(new, date(2026, 4, 1))


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Median of CPU time; this process alone counts, not the rest of the machine."""
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--most", type=int, default=200, help="Items of the largest brief.")
    asked = parser.parse_args()
    compare(*two_briefs(10))  # tables of names are read once
    print(f"{'items':>6} {'compare':>9} {'positions':>10} {'collisions':>11}   (seconds of CPU)")
    for size in (asked.most // 8, asked.most // 4, asked.most // 2, asked.most):
        old, new = two_briefs(size)
        changes = len(compare(old, new).changes)
        took = [
            seconds(lambda old=old, new=new: compare(old, new), asked.repeats),  # type: ignore[misc]
            seconds(lambda new=new: positions(new), asked.repeats),  # type: ignore[misc]
            seconds(lambda new=new: with_findings(new), asked.repeats),  # type: ignore[misc]
        ]
        print(f"{size:6} {took[0]:9.3f} {took[1]:10.4f} {took[2]:11.3f}   {changes} changes")
    small = [two_briefs(20, seed)[1] for seed in range(200)]
    every = seconds(lambda: [positions(one) for one in small], 3)
    print(f"200 positions matrices, 20 items each: {every:.3f} s")
    some = small[:50]
    print(f"timeline of {len(some)} briefs: {seconds(lambda: timeline(some), 1):.2f} s")
    joint = merge(some[:20])
    print(f"positions of 20 briefs merged: {seconds(lambda: positions(joint), 3):.3f} s")


if __name__ == "__main__":
    main()
