"""Nothing of the prompt's worked example gets into a brief."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.draft import SECTIONS, BriefDraft
from summarizer.leaks import without_leaks
from summarizer.prompts import LARGE, SMALL, load_template
from tests.drafts import (
    document,
    draft,
    full_draft,
    line,
    offer,
    party,
    question,
    red_line,
    step,
    voice,
)

NAMES = load_template(LARGE).example_names


def _kept(**changes: Any) -> tuple[BriefDraft, list[str]]:
    made, warnings = without_leaks(draft(**changes), document(), NAMES)
    return made, [f"{w.kind} {w.where}: {w.message}" for w in warnings]


def test_draft_when_nothing_leaked() -> None:
    """It is left as it is."""
    right = BriefDraft.model_validate(full_draft())
    assert without_leaks(right, document(), NAMES) == (right, [])


@pytest.mark.parametrize(
    ("section", "leaked"),
    [
        ("parties", party("Veldra")),
        ("parties", party("tarn commission")),
        ("offers", offer("Ostmere's 40 prisoners would go free.")),
        ("offers", offer(conditions=["the shelling of Lowmark stops"])),
        ("offers", offer(speaker="Ilse Marrow")),
        ("red_lines", red_line("No patrols on the Kessane.")),
        ("open_questions", question("Does OSTMERE confirm?")),
        ("next_steps", step("The Tarn\nCommission may call.")),
        ("outside_voices", voice(speaker="Harun Dale, a former envoy")),
        ("bottom_line", line("Veldra’s minister spoke.")),
    ],
)
def test_entry_when_it_names_the_example(section: str, leaked: dict[str, Any]) -> None:
    """It is dropped, wherever in it the name stands, and the loss is counted by section."""
    good = full_draft()[section]
    made, said = _kept(**{section: [*good, leaked]})
    assert len(getattr(made, section)) == len(good)
    assert said == [f"dropped {section}: 1 entry repeated the prompt's worked example"]


def test_party_when_only_an_alias_or_person_leaked() -> None:
    """The party of the document stays without them, so that its items keep their holder."""
    people = [{"name": "Ilse Marrow", "title": None}, {"name": "Mara Tolen", "title": None}]
    made, said = _kept(parties=[party(aliases=["Veldra", "Lissen"], people=people)])
    assert made.parties[0].aliases == ["Lissen"]
    assert [person.name for person in made.parties[0].people] == ["Mara Tolen"]
    assert said == ["repaired parties: names of the prompt's worked example were left out"]


def test_title_when_it_leaked() -> None:
    """The document's own title stands in, or none."""
    made, said = _kept(title="Veldra–Ostmere: prisoner offer reported")
    assert "Veldra" not in made.title
    assert made.title
    assert said == ["dropped title: repeated the prompt's worked example"]


def test_name_when_the_document_has_it_too() -> None:
    """A document that names Veldra itself may be briefed on it; other names still are leaks."""
    own = document("Veldra and its neighbour met in Lowmarket.")
    made, _ = without_leaks(
        draft(offers=[offer("Veldra spoke."), offer("Ostmere spoke.")]), own, NAMES
    )
    assert [entry.statement for entry in made.offers] == ["Veldra spoke."]


def test_name_when_it_is_part_of_a_word() -> None:
    """Whole names only: "Lowmarket" is not "Lowmark"."""
    made, said = _kept(offers=[offer("They meet in Lowmarket.")])
    assert len(made.offers) == 1
    assert said == []


@pytest.mark.parametrize("system", [LARGE, SMALL])
def test_example_when_a_model_copies_all_of_it(system: str) -> None:
    """Of the worked example itself nothing is left."""
    names = load_template(system).example_names
    copied = draft(
        parties=[party(name) for name in names],
        offers=[offer(f"{name} offered.") for name in names],
        title=f"{names[0]} talks",
    )
    made, _ = without_leaks(copied, document(), names)
    assert all(getattr(made, section) == [] for section in SECTIONS)
