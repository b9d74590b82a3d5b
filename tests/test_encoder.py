"""summarizer.encoder: the encoders are there when needed, or a brief says that they are not."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer import summarize, weights
from summarizer.brief import PeaceTalksBrief
from summarizer.documents import from_text
from summarizer.downloads import HttpsFile
from summarizer.encoder import NAMES, PAUSE, Found, encoders_for
from summarizer.errors import MissingExtra
from summarizer.progress import Progress
from summarizer.selection.architectures import BERT, MPNET
from summarizer.settings import Settings, Strategy
from tests.downloading import FileServer, an_entry, running
from tests.selection.encoders import fit_here, write_encoder, write_tuned

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
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, FileServer]]:
    """Small encoders of both kinds to pull from loopback, and fitted weights for them."""
    found, items = {}, {}
    with ExitStack() as stack:
        for size, kind in (("small", BERT), ("large", MPNET)):
            fitted = write_tuned(tmp_path / f"{size}.npz", mentions=size == "large")
            fit_here(monkeypatch, size, fitted)
            files = found[size] = FileServer()
            written = write_encoder(tmp_path / f"{size}.safetensors", kind=kind)
            files.body = written.read_bytes()
            stack.enter_context(running(files))
            plain = an_entry(HttpsFile(url=files.url), body=files.body)
            changes = {"kind": "encoder", "file_name": written.name, "name": NAMES[size]}
            items[NAMES[size]] = plain.model_copy(update=changes)
        known = weights.entry
        monkeypatch.setattr(weights, "entry", lambda name: items.get(name) or known(name))
        yield found


@pytest.fixture
def server(servers: dict[str, FileServer]) -> FileServer:
    """Who has the small one."""
    return servers["small"]


@pytest.fixture
def other(servers: dict[str, FileServer]) -> FileServer:
    """Who has the large one."""
    return servers["large"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A cache folder in which nothing is."""
    return Settings(cache_dir=tmp_path / "cache")


def found(
    settings: Settings, language: str = "en", told: Told | None = None, strategy: str = "fast"
) -> Found:
    document = replace(from_text(TEXT), language=language)
    return encoders_for(document, strategy, settings, told or Told())


def sizes(settings: Settings, strategy: str = "full") -> list[str]:
    """Which are found."""
    return list(found(settings, strategy=strategy).files)


def said(brief: PeaceTalksBrief) -> str:
    return "\n".join(warning.message for warning in brief.provenance.warnings)


def test_encoder_is_pulled_when_it_is_needed_first(server: FileServer, settings: Settings) -> None:
    """As the embedded models are: with progress, once, and a line that says what is fetched."""
    told = Told()
    first = found(settings, told=told)
    assert first == Found({"small": settings.models_dir / "small.safetensors"})
    assert first.files["small"].read_bytes() == server.body
    assert {"download", "check"} <= set(told.steps)
    assert len(told.notices) == 1
    assert "MB, once" in told.notices[0]
    again = Told()
    assert found(settings, told=again) == first
    assert again.notices == []
    assert len(server.ranges) == 1


def test_both_are_pulled_when_the_tier_is_full(
    server: FileServer, other: FileServer, settings: Settings
) -> None:
    """Each once, the small one first; the fast tier is content with that one."""
    assert sizes(settings, "fast") == ["small"]
    assert other.ranges == []
    told = Told()
    both = found(settings, told=told, strategy="full")
    assert list(both.files) == ["small", "large"]
    assert both.notice is None
    assert len(told.notices) == 1
    assert NAMES["large"] in told.notices[0]
    assert (len(server.ranges), len(other.ranges)) == (1, 1)


def test_nothing_is_pulled_when_the_document_is_in_another_language(
    server: FileServer, other: FileServer, settings: Settings
) -> None:
    """The encoders know English only: others neither wait for them nor hear of them."""
    for strategy in ("fast", "full"):
        assert found(settings, "es", strategy=strategy) == Found()
    assert server.ranges == other.ranges == []
    assert not settings.cache_dir.exists()


def test_brief_says_so_when_the_large_encoder_cannot_be_pulled(
    other: FileServer, settings: Settings
) -> None:
    """The full tier goes on as the fast one; brief and provenance say what it was made with."""
    other.status = 404
    told = Told()
    brief = summarize(BERLIN, model="embedded", settings=settings, progress=told)
    assert brief.offers
    assert f"made without the tuned encoder {NAMES['large']}, so that it finds less" in said(brief)
    assert f"summarizer models pull {NAMES['large']}" in said(brief)
    assert str(settings.cache_dir) not in said(brief)
    assert any("answered 404" in notice for notice in told.notices)
    assert brief.provenance.strategy == "full"
    assert brief.provenance.prompt_version.startswith("selection and encoder ")
    fast = summarize(BERLIN, model="embedded", settings=settings, strategy="fast")
    assert fast.offers == brief.offers
    assert "encoder" not in said(fast)


def test_brief_says_so_when_no_encoder_can_be_pulled(
    server: FileServer, other: FileServer, settings: Settings
) -> None:
    """One line names both; after the first failure the second is not tried as well."""
    server.status = other.status = 404
    brief = summarize(text=TEXT, model="embedded", settings=settings)
    pulls = f"summarizer models pull {NAMES['small']} {NAMES['large']}"
    assert f"{NAMES['small']} and {NAMES['large']}, so that it finds less" in said(brief)
    assert pulls in said(brief)
    assert other.ranges == []
    assert brief.provenance.prompt_version.startswith("selection ")


def test_large_encoder_is_used_when_only_the_small_one_cannot_be_pulled(
    server: FileServer, settings: Settings
) -> None:
    """What is here is used."""
    weights.pull(weights.entry(NAMES["large"]), settings.models_dir)
    server.status = 404
    had = found(settings, strategy="full")
    assert list(had.files) == ["large"]
    assert NAMES["large"] not in str(had.notice)


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
    assert sizes(settings) == ["small", "large"]


def test_encoder_is_used_when_it_was_pulled_by_hand_after_a_failure(
    server: FileServer, settings: Settings
) -> None:
    """The failure is forgotten as soon as the file is there."""
    server.status = 404
    assert sizes(settings) == []
    server.status = None
    weights.pull(weights.entry(NAMES["small"]), settings.models_dir)
    assert sizes(settings) == ["small"]


def test_nothing_is_asked_for_when_offline(
    server: FileServer, other: FileServer, settings: Settings
) -> None:
    """--offline: the brief says why it is without, and later runs may still pull."""
    shut = settings.model_copy(update={"offline": True})
    brief = summarize(text=TEXT, model="embedded", settings=shut)
    assert "--offline" in said(brief)
    assert server.ranges == other.ranges == []
    assert sizes(settings) == ["small", "large"]
    assert "encoder" not in said(summarize(text=TEXT, model="embedded", settings=shut))


def test_brief_is_made_with_the_encoders_when_they_are_here(
    server: FileServer, settings: Settings
) -> None:
    """The brief records which weights had a part in it, and has nothing to apologise for."""
    tiers: tuple[tuple[Strategy, str], ...] = (
        ("full", "selection and two encoders "),
        ("fast", "selection and encoder "),
    )
    for strategy, by in tiers:
        brief = summarize(text=TEXT, model="embedded", settings=settings, strategy=strategy)
        assert brief.provenance.strategy == strategy
        assert brief.provenance.prompt_version.startswith(by)
        assert "encoder" not in said(brief)


def test_extra_is_asked_for_when_a_package_is_missing(
    server: FileServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is pulled that could not be used."""
    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(MissingExtra, match="summarizer\\[embedded\\]"):
        found(settings)
    assert server.ranges == []


@pytest.mark.parametrize("size", ["small", "large"])
def test_nothing_is_pulled_when_this_version_has_no_fitted_weights(
    servers: dict[str, FileServer], settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, size: str,
) -> None:  # fmt: skip
    """An encoder without what was fitted to it is of no use."""
    fit_here(monkeypatch, size, tmp_path / "none.npz")
    assert size not in sizes(settings)
    assert len(found(settings, strategy="full").files) == 1
    assert servers[size].ranges == []
