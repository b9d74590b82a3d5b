"""The attack suite: what holds of every brief, whatever a document says and a model answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from summarizer.blocking import run
from summarizer.brief import PeaceTalksBrief
from summarizer.documents import Document, from_text
from summarizer.pipeline import brief_process, summarize
from summarizer.prompts import FENCE, make_prompt, numbered_source
from summarizer.settings import Settings
from summarizer.testing import ModelServer
from summarizer.testing.attacks import ATTACKS, CLEAN, Attack
from tests import runs
from tests.attacks import models
from tests.attacks.promises import (
    cites_the_document,
    keeps_to_the_schema,
    owns_up_to_strangers,
    renders_harmlessly,
)

Model = Callable[[Attack], Any]
SMALL = [attack for attack in ATTACKS if not attack.large]
LARGE = [attack for attack in ATTACKS if attack.large]


def named(attack: Attack) -> str:
    """What a test is called by."""
    return attack.name


def test_suite_has_every_kind_of_attack() -> None:
    """At least sixty documents, each once, and several of every kind."""
    assert len(ATTACKS) >= 60
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
    assert len({attack.text for attack in ATTACKS}) >= 60
    assert min(Counter(attack.kind for attack in ATTACKS).values()) >= 5
    assert all(attack.text != CLEAN for attack in ATTACKS)


def briefed(attack: Attack, model: Model) -> PeaceTalksBrief:
    """The brief that a model makes of the attack over a real wire."""
    with ModelServer(model(attack)) as server:
        settings = runs.settings(server.base_url)
        document = from_text(attack.text, title=attack.title)
        return _brief(document, settings)


def _brief(document: Document, settings: Settings) -> PeaceTalksBrief:
    return run(lambda: brief_process([document], settings))


def kept(brief: PeaceTalksBrief, attack: Attack, *, office: bool = True) -> None:
    """All promises; ``office``: in the formats that take long to write as well."""
    keeps_to_the_schema(brief)
    cites_the_document(brief, attack.text)
    owns_up_to_strangers(brief)
    renders_harmlessly(brief, office=office)


@pytest.mark.parametrize("attack", SMALL, ids=named)
def test_promises_hold_when_the_model_believes_everything(attack: Attack) -> None:
    """Its every field is the payload, with citations that exist and others that do not."""
    brief = briefed(attack, models.gullible)
    kept(brief, attack)
    assert brief.items()
    assert [warning for warning in brief.provenance.warnings if warning.kind == "dropped"]


@pytest.mark.parametrize("attack", SMALL, ids=named)
def test_promises_hold_when_the_model_obeys(attack: Attack) -> None:
    """It does what the document says."""
    kept(briefed(attack, models.obeying), attack, office=False)


@pytest.mark.parametrize("attack", SMALL, ids=named)
def test_promises_hold_when_no_model_is_asked(attack: Attack) -> None:
    """Sentence selection: there is nobody to obey, and what is selected is rendered alike."""
    settings = runs.settings("http://127.0.0.1:1/v1", model="embedded", strategy="fast")
    brief = _brief(from_text(attack.text, title=attack.title), settings)
    kept(brief, attack, office=False)


@pytest.mark.parametrize("attack", LARGE, ids=named)
def test_promises_hold_when_the_document_is_huge(attack: Attack) -> None:
    """A sentence of 100,000 characters, 50,000 sentences; believed by the model."""
    kept(briefed(attack, models.gullible), attack, office=False)


def test_promises_hold_when_a_huge_sentence_is_selected_from() -> None:
    """The sentence encoder is not shown 100,000 characters, which would take it minutes."""
    (attack,) = [attack for attack in LARGE if attack.name == "size-brackets"]
    settings = runs.settings("http://127.0.0.1:1/v1", model="embedded", strategy="fast")
    kept(_brief(from_text(attack.text), settings), attack, office=False)


@pytest.mark.parametrize("attack", SMALL, ids=named)
def test_prompt_is_ours_when_the_document_forges_it(attack: Attack) -> None:
    """One fence, one number per sentence and line, the rules in the system message untouched."""
    document = from_text(attack.text)
    prompt, clean = make_prompt(document), make_prompt(from_text(CLEAN))
    assert prompt.messages[0] == clean.messages[0]
    assert [message["role"] for message in prompt.messages] == ["system", "user"]
    fences = FENCE.findall(prompt.messages[1]["content"])
    assert len(fences) == 3
    assert len(set(fences)) == 1
    lines = [line for line in numbered_source(document).split("\n") if line]
    assert [line.partition("]")[0] for line in lines] == [
        f"[{sentence.number}" for sentence in document.sentences
    ]


def test_summarize_takes_an_attack_as_text() -> None:
    """The public door leads the same way."""
    attack = SMALL[0]
    with ModelServer(models.gullible(attack)) as server:
        brief = summarize(text=attack.text, settings=runs.settings(server.base_url))
    cites_the_document(brief, attack.text)
