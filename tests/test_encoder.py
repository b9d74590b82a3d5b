"""summarizer.encoder: the encoder is there when it is needed, or a brief says that it is not."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer import summarize, weights
from summarizer.brief import PeaceTalksBrief
from summarizer.documents import from_text
from summarizer.downloads import HttpsFile
from summarizer.encoder import NAME, PAUSE, Found, encoder_for
from summarizer.errors import MissingExtra
from summarizer.progress import Progress
from summarizer.selection import tuned
from summarizer.settings import Settings
from tests.downloading import FileServer, an_entry, running
from tests.selection.encoders import write_encoder, write_tuned

BERLIN = Path(__file__).parents[1] / "seeds" / "berlin-talks-2025.txt"
TEXT = (
    "Government and rebels met in the capital on Tuesday for peace talks.\n\n"
    "The government offered to free two hundred prisoners if the rebels keep to the ceasefire.\n\n"
    "“We will never lay down our arms,” the rebel leader said.\n"
)


class Told(Progress):
    """What a person would have been told."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.steps: list[str] = []

    def notice(self, message: str) -> None:
        self.notices.append(message)

    def download(self, name: str, done: int, total: int) -> None:
        self.steps.append(name)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A small encoder to pull from loopback, and fitted weights for it in this version."""
    monkeypatch.setattr(tuned, "FILE", str(write_tuned(tmp_path / "tuned.npz")))
    files = FileServer()
    files.body = write_encoder(tmp_path / "small.safetensors").read_bytes()
    with running(files):
        plain = an_entry(HttpsFile(url=files.url), body=files.body)
        item = plain.model_copy(update={"kind": "encoder", "file_name": "small.safetensors"})
        monkeypatch.setattr(weights, "entry", lambda name: item)
        yield files


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A cache folder in which nothing is."""
    return Settings(cache_dir=tmp_path / "cache")


def found(settings: Settings, language: str = "en", told: Told | None = None) -> Found:
    document = replace(from_text(TEXT), language=language)
    return encoder_for(document, settings, told or Told())


def said(brief: PeaceTalksBrief) -> str:
    return "\n".join(warning.message for warning in brief.provenance.warnings)


def test_encoder_is_pulled_when_it_is_needed_first(server: FileServer, settings: Settings) -> None:
    """As the embedded models are: with progress, once, and a line that says what is fetched."""
    told = Told()
    first = found(settings, told=told)
    assert first == Found(settings.models_dir / "small.safetensors")
    assert first.file is not None
    assert first.file.read_bytes() == server.body
    assert {"download", "check"} <= set(told.steps)
    assert len(told.notices) == 1
    assert "MB, once" in told.notices[0]
    again = Told()
    assert found(settings, told=again) == first
    assert again.notices == []
    assert len(server.ranges) == 1


def test_nothing_is_pulled_when_the_document_is_in_another_language(
    server: FileServer, settings: Settings
) -> None:
    """The encoder knows English only: others neither wait for it nor hear of it."""
    assert found(settings, "es") == Found()
    assert server.ranges == []
    assert not settings.cache_dir.exists()


def test_brief_says_so_when_the_encoder_cannot_be_pulled(
    server: FileServer, settings: Settings
) -> None:
    """Selection goes on; the brief has the reason and the command, the terminal the details."""
    server.status = 404
    told = Told()
    brief = summarize(BERLIN, model="embedded", settings=settings, progress=told)
    assert brief.offers
    assert "made without the tuned encoder" in said(brief)
    assert f"summarizer models pull {NAME}" in said(brief)
    assert str(settings.cache_dir) not in said(brief)
    assert any("answered 404" in notice for notice in told.notices)
    assert brief.provenance.prompt_version.startswith("selection ")


def test_pull_is_not_tried_again_when_it_failed_within_a_day(
    server: FileServer, settings: Settings
) -> None:
    """Without a network nobody waits for it before every brief; after a day it is tried again."""
    server.status = 404
    assert found(settings).notice is not None
    server.status = None
    told = Told()
    assert "within the last day" in str(found(settings, told=told).notice)
    assert (len(server.ranges), told.notices) == (1, [])
    (marker,) = settings.models_dir.glob("*.failed")
    before = time.time() - PAUSE - 60
    os.utime(marker, (before, before))
    assert found(settings).file is not None


def test_encoder_is_used_when_it_was_pulled_by_hand_after_a_failure(
    server: FileServer, settings: Settings
) -> None:
    """The failure is forgotten as soon as the file is there."""
    server.status = 404
    assert found(settings).file is None
    server.status = None
    weights.pull(NAME, settings.models_dir)
    assert found(settings).file is not None


def test_nothing_is_asked_for_when_offline(server: FileServer, settings: Settings) -> None:
    """--offline: the brief says why it is without, and later runs may still pull."""
    shut = settings.model_copy(update={"offline": True})
    brief = summarize(text=TEXT, model="embedded", settings=shut)
    assert "--offline" in said(brief)
    assert server.ranges == []
    assert found(settings).file is not None
    assert "encoder" not in said(summarize(text=TEXT, model="embedded", settings=shut))


def test_brief_is_made_with_the_encoder_when_it_is_here(
    server: FileServer, settings: Settings
) -> None:
    """The brief records which weights had a part in it, and has nothing to apologise for."""
    brief = summarize(text=TEXT, model="embedded", settings=settings)
    assert brief.provenance.prompt_version.startswith("selection and encoder ")
    assert "encoder" not in said(brief)


def test_extra_is_asked_for_when_a_package_is_missing(
    server: FileServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is pulled that could not be used."""
    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(MissingExtra, match="summarizer\\[embedded\\]"):
        found(settings)
    assert server.ranges == []


def test_nothing_is_pulled_when_this_version_has_no_fitted_weights(
    server: FileServer, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An encoder without what was fitted to it is of no use."""
    monkeypatch.setattr(tuned, "FILE", str(tmp_path / "none.npz"))
    assert found(settings) == Found()
    assert server.ranges == []
