"""The closed vocabularies: plain strings with definitions."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from pydantic import BaseModel, ValidationError

from summarizer import vocabulary
from summarizer.vocabulary import Basis, Certainty, OfferStatus, StepCertainty, Term, Topic

TERMS = [
    value
    for value in vars(vocabulary).values()
    if isinstance(value, type) and issubclass(value, Term) and value is not Term
]


@pytest.mark.parametrize("terms", TERMS, ids=lambda terms: terms.__name__)
def test_terms_when_listed(terms: type[Term]) -> None:
    """Every value is one snake_case word, has a one-line definition, and occurs once."""
    values = [term.value for term in terms]
    assert len(set(values)) == len(values) == len(terms.__members__)
    for term in terms:
        assert term.value == term.name.lower()
        assert term.definition.strip() == term.definition != ""
        assert "\n" not in term.definition


@pytest.mark.parametrize("terms", TERMS, ids=lambda terms: terms.__name__)
def test_definitions_when_compared(terms: type[Term]) -> None:
    """No two values of a vocabulary are defined alike: a model could not tell them apart."""
    definitions = [term.definition for term in terms]
    assert len(set(definitions)) == len(definitions)


def test_term_when_used_as_a_string() -> None:
    """A term is its plain string: compared, printed, formatted, in JSON, as a key."""
    term: str = Topic.CEASEFIRE
    assert term == "ceasefire"
    assert str(Topic.CEASEFIRE) == f"{Topic.CEASEFIRE}" == "ceasefire"
    assert json.dumps([Topic.CEASEFIRE]) == '["ceasefire"]'
    assert {"ceasefire": 1}[Topic.CEASEFIRE] == 1


def test_term_when_copied() -> None:
    """Copying and pickling give the same member, definition included."""
    for term in Topic:
        assert copy.deepcopy(term) is term
        assert pickle.loads(pickle.dumps(term)) is term
        assert type(term)(term.value) is term


def test_term_when_validated_by_pydantic() -> None:
    """A field takes the plain value and refuses any other, naming those it knows."""

    class Part(BaseModel):
        basis: Basis

    assert Part.model_validate({"basis": "leaked"}).basis is Basis.LEAKED
    assert Part(basis=Basis.LEAKED).model_dump(mode="json") == {"basis": "leaked"}
    with pytest.raises(ValidationError, match="on_record"):
        Part.model_validate({"basis": "rumour"})


def test_vocabularies_when_compared_with_the_guide() -> None:
    """The values whose order or number the guide fixes."""
    assert [basis.value for basis in Basis] == [
        "on_record", "official_text", "anonymous", "other_media", "leaked", "narration", "analyst",
    ]  # fmt: skip
    assert {c.value for c in StepCertainty} == {c.value for c in Certainty} | {"planned"}
    assert len(Topic) == 19
    assert OfferStatus.UNSTATED in list(OfferStatus)
