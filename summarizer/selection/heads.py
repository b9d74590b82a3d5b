"""The fitted classifier: what a line carries, and whether a document is about peace talks.

The weights are in ``heads.npz``, made by ``evals/training/fit.py``; numpy is all it takes here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from summarizer.selection import grounds, kinds, lines, questions, status, subject, topics
from summarizer.selection.layers import FARTHEST, Layer, stored_layer
from summarizer.selection.lines import Lines
from summarizer.selection.odds import log_odds, probability
from summarizer.selection.subject import Subject
from summarizer.selection.tuned import MENTIONED
from summarizer.vocabulary import (
    Basis,
    OfferKind,
    OfferStatus,
    QuestionReason,
    RedLineKind,
    Topic,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarizer.selection.reading import Reading
    from summarizer.selection.tuned import Opinion

    Matrix = NDArray[np.float32]

LABELS = ("offers", "red_lines", "open_questions", "next_steps", "outside_voices")
"""What a line may carry; several at once."""
NAMES = (
    "holders", "status", "topics", "reasons", "grounds", "offer_kinds", "line_kinds", "makers",
    "together", "receivers", "acting", "concerned", "tellers",
)  # fmt: skip
"""The layers beside ``lines`` and ``subject``."""
ALONE, BESIDE, LARGE = 0.5, 0.2, 0.5
"""Shares in the log-odds of a line: of one tuned encoder by itself, and of the small one and the large
one together; the rest is the linear layer's. By lines that they had not seen, as those below
(``evals/training/README.md``)."""
SHARES = {"status": 0.5, "reason": 0.5, "kind": 0.6, "line_kind": 0.6}
"""Of a tuned encoder, the large one if there are two, in the probabilities of fields: of ``status`` and
``kind`` by whole briefs, of the others by lines."""
NAMED = 0.6
"""Of the large one in the log-odds that one who is named near a line makes the offer or holds the limit."""
RULED_OUT = 0.02
"""Probability under which, for every label, the encoder is not asked about a line: it takes time."""
UNLIKELY = 0.05
"""The same for the large encoder, after the small one: two lines in five, with 3 % of what is looked
for; they keep the cheaper judgement."""
__all__ = ["FARTHEST", "LABELS", "NAMES", "Heads", "Judgement", "Layer", "load"]


@dataclass(frozen=True)
class Heads:
    """All that is fitted, layer by layer."""

    lines: Lines
    subject: Subject
    holders: Layer
    status: Layer
    topics: Layer
    reasons: Layer
    grounds: Layer
    offer_kinds: Layer
    line_kinds: Layer
    makers: Layer
    together: Layer
    receivers: Layer
    acting: Layer
    concerned: Layer
    tellers: Layer

    def judge(self, reading: Reading) -> Judgement:
        """Everything that the fitted weights say of a document."""
        seen = lines.see(reading)
        words = [word for line in seen.words for word in line]
        about = self.subject.chance(subject.describe(reading), seen.vectors.mean(axis=0), words)
        chances = self.lines.chances(seen)
        return Judgement(reading, about, chances, seen.described, seen.vectors, self)


@dataclass(frozen=True)
class Judgement:
    """What the weights say of one document."""

    reading: Reading
    about: float
    """How likely the document is about peace talks."""
    chances: Matrix
    described: Matrix
    vectors: Matrix
    heads: Heads
    opinion: Opinion | None = None
    """What the small tuned encoder says, where it was there to be asked."""
    large: Opinion | None = None
    """What the large one says."""

    @property
    def open(self) -> frozenset[int]:
        """Numbers of the lines that may carry something."""
        return self._over(RULED_OUT)

    @property
    def likely(self) -> frozenset[int]:
        """Numbers of the lines that are worth the time of the large encoder."""
        return self._over(UNLIKELY)

    def _over(self, least: float) -> frozenset[int]:
        over = self.chances.max(axis=1) >= least
        return frozenset(
            line.number for line, one in zip(self.reading.lines, over, strict=True) if one
        )

    def heard(self, opinion: Opinion | None, large: Opinion | None = None) -> Judgement:
        """The judgement with the encoders' shares in the log-odds of the lines they were shown."""
        import numpy

        if opinion is None and large is None:
            return self
        own = mixed = log_odds(self.chances)
        for said in (opinion, large):
            if said is not None:
                odds = own * (1 - ALONE) + said.lines["lines"] * ALONE
                mixed = numpy.where(said.asked[:, None], odds, mixed)
        if opinion is not None and large is not None:
            both = (opinion.asked & large.asked)[:, None]
            odds = opinion.lines["lines"] * BESIDE + large.lines["lines"] * LARGE
            mixed = numpy.where(both, odds + own * (1 - BESIDE - LARGE), mixed)
        return replace(self, chances=probability(mixed), opinion=opinion, large=large)

    def chance(self, number: int, label: str) -> float:
        """How likely a line carries an item of a section."""
        return float(self.chances[number - 1, LABELS.index(label)])

    def holders(self, number: int, described: Mapping[str, list[float]]) -> dict[str, float]:
        """How likely each one described by ``holders.describe`` holds what a line says."""
        return self._named(number, "held_by", self._each("holders", described))

    def status(self, number: int, guess: OfferStatus) -> dict[OfferStatus, float]:
        """How likely each status of an offer is."""
        import numpy

        whole = numpy.array(status.describe(self.reading, guess), dtype=numpy.float32)
        row = numpy.concatenate([self.described[number - 1], whole])[None, :]
        vector = self.vectors[number - 1 : number]
        found = self._with_opinion(self.heads.status.chances(row, vector)[0], number, "status")
        return dict(zip(status.STATUSES, map(float, found), strict=True))

    def topics(self, number: int, section: str) -> list[Topic]:
        """What a line that is chosen for a section is about."""
        import numpy

        text, label = self.reading.line(number).text, LABELS.index(section)
        row = numpy.array([topics.describe(text, label, len(LABELS))], dtype=numpy.float32)
        chances = self.heads.topics.chances(row, self.vectors[number - 1 : number])
        return topics.likely([float(chance) for chance in chances[0]])

    def basis(self, number: int, section: str, guess: Basis) -> Basis:
        """The ground of an item that a line is chosen for; ``guess`` is what the rules say."""
        import numpy

        said = grounds.describe(guess, LABELS.index(section), len(LABELS))
        row = numpy.concatenate(
            [self.described[number - 1], numpy.array(said, dtype=numpy.float32)]
        )[None, :]
        chances = self.heads.grounds.chances(row, self.vectors[number - 1 : number])
        return grounds.GROUNDS[int(chances[0].argmax())]

    def offer_kind(self, number: int, guess: OfferKind) -> OfferKind:
        """The kind of an offer; ``guess`` is what the rules say."""
        return self._kind(self.heads.offer_kinds, number, guess, tuple(OfferKind), "kind")

    def line_kind(
        self, number: int, guess: RedLineKind, allowed: Collection[RedLineKind]
    ) -> RedLineKind:
        """The kind of a red line among those allowed; ``guess`` is what the rules say."""
        return self._kind(self.heads.line_kinds, number, guess, allowed, "line_kind")

    def _kind(
        self,
        layer: Layer,
        number: int,
        guess: kinds.K,
        allowed: Collection[kinds.K],
        head: str,
    ) -> kinds.K:
        import numpy

        said = numpy.array(kinds.describe(guess), dtype=numpy.float32)
        row = numpy.concatenate([self.described[number - 1], said])[None, :]
        own = layer.chances(row, self.vectors[number - 1 : number])[0]
        chances = self._with_opinion(own, number, head)
        weighed = dict(zip(type(guess), map(float, chances), strict=True))
        return kinds.least_wrong(weighed, allowed)

    def together(self, number: int, numbers: list[float]) -> float:
        """How likely an offer is made by several, described by ``holders.together``."""
        import numpy

        row = numpy.concatenate(
            [self.described[number - 1], numpy.array(numbers, dtype=numpy.float32)]
        )[None, :]
        return float(self.heads.together.chances(row, self.vectors[number - 1 : number])[0, 0])

    def word(self, number: int, numbers: list[float]) -> dict[grounds.Word, float]:
        """Whose word an item is, described by ``grounds.describe_word``."""
        import numpy

        said = numpy.array(numbers, dtype=numpy.float32)
        row = numpy.concatenate([self.described[number - 1], said])[None, :]
        chances = self.heads.tellers.chances(row, self.vectors[number - 1 : number])[0]
        return dict(zip(grounds.Word, map(float, chances), strict=True))

    def makers(self, number: int, described: Mapping[str, list[float]]) -> dict[str, float]:
        """How likely each one described by ``sides.describe`` makes the offer of a line."""
        return self._named(number, "by", self._each("makers", described))

    def sides(self, name: str, described: Mapping[str, list[float]]) -> dict[str, float]:
        """How likely each one described by ``sides.describe`` is one, by the layer of that name."""
        return self._each(name, described)

    def _each(self, name: str, described: Mapping[str, list[float]]) -> dict[str, float]:
        import numpy

        if not described:
            return {}
        layer: Layer = getattr(self.heads, name)
        rows = numpy.array(list(described.values()), dtype=numpy.float32)
        return dict(zip(described, map(float, layer.chances(rows, rows)[:, 0]), strict=True))

    def _named(self, number: int, head: str, chances: Mapping[str, float]) -> dict[str, float]:
        """With the large encoder's share for those whose mentions it was shown."""
        if self.large is None:
            return dict(chances)
        column, found = MENTIONED.index(head), dict(chances)
        for party, chance in chances.items():
            said = self.large.of(number, party)
            if said is not None:
                odds = log_odds(chance) * (1 - NAMED) + said[column] * NAMED
                found[party] = float(probability(odds))
        return found

    def reason(self, number: int) -> QuestionReason:
        """Why what a line asks is open."""
        import numpy

        said = numpy.array(questions.describe(self.reading.line(number).text), dtype=numpy.float32)
        row = numpy.concatenate([self.described[number - 1], said])[None, :]
        chances = self.heads.reasons.chances(row, self.vectors[number - 1 : number])[0]
        return questions.REASONS[int(self._with_opinion(chances, number, "reason").argmax())]

    def _with_opinion(self, chances: Matrix, number: int, head: str) -> Matrix:
        """Probabilities of which one is true, with the encoder's share in them."""
        import numpy

        own: Matrix = chances / chances.sum()
        for opinion in (self.large, self.opinion):
            if opinion is not None and opinion.asked[number - 1] and head in opinion.lines:
                said = numpy.exp(opinion.lines[head][number - 1])
                mixed: Matrix = own * (1 - SHARES[head]) + said / said.sum() * SHARES[head]
                return mixed
        return own


@cache
def load() -> Heads:
    """The shipped weights."""
    import numpy

    file = resources.files("summarizer.selection").joinpath("heads.npz")
    with resources.as_file(file) as path, numpy.load(path, allow_pickle=False) as stored:
        layers = {name: stored_layer(stored, name) for name in NAMES}
        return Heads(lines.stored(stored, "lines"), subject.stored(stored, "subject"), **layers)
