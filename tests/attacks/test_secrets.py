"""No key is in anything that a run leaves behind, and what it leaves is for its owner alone."""

from __future__ import annotations

import copy
import json
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from summarizer.endpoints import choose_endpoint
from summarizer.errors import SummarizerError
from summarizer.pipeline import summarize
from summarizer.settings import Settings, load_settings
from summarizer.testing import FAULTS, ModelServer, Reply, Request, answer, error_body, status
from summarizer.testing.behaviour import Behaviour
from tests import runs
from tests.runs import GOOD, TEXT

KEYS = {
    "SUMMARIZER_API_KEY": "sk-planted-own-8d1f02c7",
    "OPENAI_API_KEY": "sk-planted-openai-77aa31",
    "AZURE_OPENAI_API_KEY": "planted-azure-5b90e3",
}
IN_CONFIG = "sk-planted-config-c0ffee42"
PLANTED = (*KEYS.values(), IN_CONFIG)


def blabbing(request: Request) -> Reply:
    """A server that repeats the key in its refusal, as some do."""
    said = f"Incorrect API key provided: {request.headers.get('authorization')}"
    return status(401, error_body(said, code="invalid_api_key"))


BEHAVIOURS: dict[str, Behaviour] = {
    "good": answer(GOOD),
    "repeats the key": blabbing,
    "not JSON": answer("I would rather not."),
    **{
        name: FAULTS[name].behaviour(GOOD)
        for name in ("http_400", "http_401", "http_403", "http_429", "http_500", "reset_in_body")
        if name in FAULTS
    },
}
COMMANDS = (
    ("brief", "in/talks.txt", "-o", "b.json", "-o", "b.md", "-o", "b.html", "-o", "b.eml"),
    ("brief", "in/talks.txt", "--format", "json", "--strict", "--no-cache"),
    ("batch", "in", "--out", "out", "--format", "md"),
    ("doctor",),
    ("prompt", "in/talks.txt"),
    ("cache", "show"),
)


@dataclass
class Place:
    """A folder with everything that a user has; the program runs in it, with umask 0."""

    root: Path
    output: list[bytes] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def run(self, *arguments: str, in_config: bool = False) -> None:
        """Run the command line as a process of its own."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in KEYS and not name.startswith("XDG_")
        }
        homes = {f"XDG_{k}_HOME": str(self.root / k.lower()) for k in ("CONFIG", "CACHE", "DATA")}
        keys = {"SUMMARIZER_CONFIG": str(self.root.parent / "config.toml")} if in_config else KEYS
        ran = subprocess.run(
            [sys.executable, "-X", "dev", "-W", "ignore", "-m", "summarizer", *arguments],
            cwd=self.root, env={**environment, **homes, **keys}, capture_output=True,
            stdin=subprocess.DEVNULL, umask=0, timeout=120, check=False,
        )  # fmt: skip
        self.output += [ran.stdout, ran.stderr]
        self.statuses.append(ran.returncode)

    def files(self) -> Iterator[Path]:
        """Every file that is there."""
        return (path for path in self.root.rglob("*") if path.is_file())

    def leaks(self) -> list[str]:
        """Where a planted key stands: file contents, file names, output."""
        places = {str(path): path.read_bytes() + os.fsencode(path) for path in self.files()}
        places |= {f"output {n}": text for n, text in enumerate(self.output)}
        return [place for place, held in places.items() if any(k.encode() in held for k in PLANTED)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with two documents, beside a config file with a key in it."""
    (tmp_path / "config.toml").write_text(f'api_key = "{IN_CONFIG}"\n', encoding="utf-8")
    made = Place(tmp_path / "place")
    (made.root / "in").mkdir(parents=True)
    for name in ("talks", "more"):
        (made.root / "in" / f"{name}.txt").write_text(f"{TEXT}\n{name}.", encoding="utf-8")
    return made


@pytest.mark.parametrize("in_config", [False, True], ids=["environment", "config"])
@pytest.mark.parametrize("name", BEHAVIOURS)
def test_no_key_is_left_behind_when_a_run_ends(place: Place, name: str, in_config: bool) -> None:
    """Briefs, cache, batch folder, errors, notices: whatever the server does."""
    chosen = COMMANDS if name == "good" else COMMANDS[:4]
    with ModelServer(BEHAVIOURS[name]) as server:
        for command in chosen:
            asks = command[0] in {"brief", "batch", "doctor"}
            at = ["--base-url", server.base_url, "--model", "m"] if asks else []
            retry = ["--max-retries", "0"] if command[0] in {"brief", "batch"} else []
            place.run(*command, *at, *retry, in_config=in_config)
        sent = {request.headers.get("authorization") for request in server.requests}
    key = IN_CONFIG if in_config else KEYS["SUMMARIZER_API_KEY"]
    assert sent == {f"Bearer {key}"}  # it was used, and no other
    assert place.leaks() == []
    if name == "good":
        assert place.statuses[0] == 0
        assert {"b.json", "b.md", "b.html", "b.eml", "index.jsonl"} <= {
            path.name for path in place.files()
        }
    else:
        assert place.statuses[0] in {3, 4}


def test_what_is_left_is_for_its_owner_when_the_umask_is_permissive(place: Place) -> None:
    """Briefs and cache 0600, folders of ours 0700, though the umask would allow everybody."""
    with ModelServer(answer(GOOD)) as server:
        at = ["--base-url", server.base_url, "--model", "m"]
        place.run(*COMMANDS[0], *at)
        place.run(*COMMANDS[2], *at)
    made = [
        path for path in place.root.rglob("*") if "in" not in path.relative_to(place.root).parts
    ]
    answers = [path for path in made if "answers" in path.parts and path.is_file()]
    assert answers
    assert [path for path in made if "out" in path.parts and path.suffix == ".md"]
    open_to_others = [
        f"{path.relative_to(place.root)} {path.stat().st_mode & 0o777:o}"
        for path in made
        if path.stat().st_mode & 0o077
    ]
    assert [name for name in open_to_others if not name.startswith(("cache 7",))] == []


def test_no_key_is_logged_when_everything_is(caplog: pytest.LogCaptureFixture) -> None:
    """Debug logging of every library, of a call that works and of one that fails."""
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx2", "httpcore2", "instructor", "summarizer"):
        caplog.set_level(logging.DEBUG, logger=name)
    told: list[str] = []
    for behaviour in (answer(GOOD), blabbing):
        with ModelServer(behaviour) as server:
            settings = runs.settings(server.base_url, api_key=KEYS["SUMMARIZER_API_KEY"])
            try:
                told.append(summarize(text=TEXT, settings=settings).model_dump_json())
            except SummarizerError as error:
                told += [str(error), repr(error), str(vars(error)), str(error.__cause__)]
                told.append(str(error.__context__))
    told += [record.getMessage() for record in caplog.records]
    assert len(told) > 10
    assert not [text for text in told if KEYS["SUMMARIZER_API_KEY"] in text]


def test_no_key_is_in_the_title_of_the_process(place: Place) -> None:
    """What ``ps`` shows while a call is under way."""
    titles: list[bytes] = []

    def look(request: Request) -> Reply | Behaviour:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                titles.append(process.read_bytes() + (process.parent / "comm").read_bytes())
            except OSError:
                continue
        return answer(GOOD)

    if not Path("/proc/self/cmdline").exists():
        pytest.skip("this system has no /proc")
    with ModelServer(look) as server:  # type: ignore[arg-type]
        place.run("brief", "in/talks.txt", "--base-url", server.base_url, "--model", "m")
    assert [title for title in titles if b"in/talks.txt" in title]
    assert not [title for title in titles if any(key.encode() in title for key in PLANTED)]


def test_no_key_is_in_settings_that_are_shown_or_stored() -> None:
    """repr, str, dumps and copies; a pickle, which cannot mask, is refused."""
    settings = load_settings(environment=KEYS, config=None)
    endpoint = choose_endpoint(settings)
    shown = [
        repr(settings), str(settings), settings.model_dump_json(), str(settings.model_dump()),
        str(vars(settings)), repr(endpoint), str(vars(endpoint)), repr(copy.deepcopy(settings)),
        json.dumps(settings.model_dump(mode="json")),
    ]  # fmt: skip
    assert not [text for text in shown if any(key in text for key in PLANTED)]
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(settings)
    assert pickle.loads(pickle.dumps(Settings())) == Settings()
    key = copy.deepcopy(settings).api_key
    assert key is not None
    assert key.get_secret_value() == KEYS["SUMMARIZER_API_KEY"]
