"""What code found across the items of a brief, as lines that name the items (pure).

Contradictions between documents, offers that a red line rules out, and what several sides say
alike: each says by which rule it was found, and cites the sentences of its items.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summarizer.brief import (
    Citation,
    Collision,
    Contradiction,
    Convergence,
    PeaceTalksBrief,
    Side,
)
from summarizer.rendering.lines import Line, Remark
from summarizer.rendering.words import Words


@dataclass(frozen=True)
class Findings:
    """Makes lines of findings; ``items`` are the lines they are about, by their ids."""

    items: Mapping[str, Line]
    words: Words

    def contradictions(self, brief: PeaceTalksBrief) -> list[Line]:
        """What documents say differently."""
        return [self._contradiction(one) for one in brief.contradictions]

    def collisions(self, brief: PeaceTalksBrief) -> list[Line]:
        """Offers and demands that a red line of another rules out."""
        return [self._collision(one) for one in brief.collisions]

    def convergence(self, brief: PeaceTalksBrief) -> list[Line]:
        """What at least two sides say alike."""
        return [self._convergence(one) for one in brief.convergence]

    def _contradiction(self, found: Contradiction) -> Line:
        return Line(
            name="",
            id="",
            lead=", ".join(found.holders),
            text=f"{self.words(f'differ {found.kind}')} ({self.words.term(found.topic)})",
            citations=(),
            remarks=(*map(self._side, found.sides), Remark("rule", found.rule)),
            parties=tuple(found.holders),
            topics=(found.topic,),
        )

    def _side(self, side: Side) -> Remark:
        known = [*self._names(side.items), *side.speakers, *(d.isoformat() for d in side.dates)]
        beside = f" ({', '.join(known)})" if known else ""
        return Remark("side", f"{side.says}{beside}", tuple(side.citations))

    def _names(self, ids: list[str]) -> Iterator[str]:
        yield from (self.items[id].name for id in ids if id in self.items)

    def _collision(self, found: Collision) -> Line:
        return self._about([found.item, found.red_line], " ✕ ", found)

    def _convergence(self, found: Convergence) -> Line:
        return self._about(found.items, " ＝ ", found)

    def _about(self, ids: list[str], sign: str, found: Collision | Convergence) -> Line:
        """The items side by side, each with its name."""
        lines = [self.items[id] for id in ids if id in self.items]
        return Line(
            name="",
            id="",
            lead=self.words.term(found.topic),
            text=sign.join(f"{line.name} {line.lead}: {line.text}" for line in lines),
            citations=_citations(lines),
            remarks=(Remark("rule", found.rule),),
            parties=tuple(dict.fromkeys(name for line in lines for name in line.parties)),
            topics=(found.topic,),
        )


def _citations(lines: list[Line]) -> tuple[Citation, ...]:
    return tuple(citation for line in lines for citation in line.citations)
