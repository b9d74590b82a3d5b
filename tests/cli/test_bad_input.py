"""Bad input: one line, its exit status, no traceback, no file (issue 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.testing import FAULTS, ModelServer, answer, refused_url
from tests.cli.terminal import Run, Terminal, at
from tests.runs import GOOD, KEY


def check_refusal(run: Run, status: int, *said: str) -> None:
    """One line on stderr that says this, nothing on stdout."""
    assert run.status == status, run.err
    assert run.out == ""
    assert run.err.startswith("summarizer: ")
    assert run.err.count("\n") == 1
    assert run.err.endswith("\n")
    for words in (*said, "summarizer: "):
        assert words in run.err
    assert KEY not in run.err
    assert "Norland" not in run.err


@pytest.fixture(autouse=True)
def no_file_is_left(tmp_path: Path) -> object:
    """Whatever fails, ``-o`` leaves no file, whole or half."""
    yield
    assert not [path for path in tmp_path.rglob("*") if "brief" in path.name]


def test_missing_file_is_refused(summarizer: Terminal) -> None:
    """A name that is no file."""
    check_refusal(summarizer("brief", "none.txt", "-o", "brief.md"), 2, "none.txt", "not exist")


def test_folder_is_refused(summarizer: Terminal, tmp_path: Path) -> None:
    """A folder in place of a file."""
    check_refusal(summarizer("brief", tmp_path), 2, "is a folder")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\xc2\xa0\r\n", "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 40, "binary"),
        (b"\x00" * 300, ""),
        (b"--- *** !!!\n", "no sentence"),
    ],
    ids=["empty", "white space", "image", "zeros", "no sentence"],
)
def test_file_without_a_text_is_refused(
    data: bytes, said: str, summarizer: Terminal, tmp_path: Path
) -> None:
    """Empty, blank, binary, or without a letter."""
    (tmp_path / "a.txt").write_bytes(data)
    check_refusal(summarizer("brief", "a.txt", "-o", "brief.md"), 2, "a.txt", said)


def test_text_of_50_mb_is_refused_with_the_limit(summarizer: Terminal, tmp_path: Path) -> None:
    """The limit and the option are stated."""
    (tmp_path / "long.txt").write_bytes(b"They talk. " * 4_800_000)
    check_refusal(summarizer("brief", "long.txt"), 2, "2,000,000", "--max-chars")


@pytest.mark.parametrize(
    "output", ["none/brief.md", ".", "talks.txt/brief.md", "n" * 300, "talks.txt"]
)
def test_unwritable_output_is_refused_before_the_call(
    output: str, summarizer: Terminal, document: Path
) -> None:
    """Nothing is paid for a brief that cannot be kept, and a document is not overwritten."""
    before = document.read_bytes()
    with ModelServer(answer(GOOD)) as server:
        run = summarizer("brief", document, "-o", output, *at(server.base_url))
        assert server.request_count == 0
    check_refusal(run, 2, "cannot write")
    assert document.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "hint"),
    [("gpt-5", "'openai/gpt-5'"), ("embedded/qwen", "nearest"), ("a/b", "--base-url")],
)
def test_unknown_model_is_refused_with_a_hint(
    name: str, hint: str, summarizer: Terminal, document: Path
) -> None:
    """What to write instead."""
    check_refusal(summarizer("brief", document, "-m", name, "-o", "brief.md"), 2, hint)


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        ("http_401", 3, "does not accept the key (401)"),
        ("http_404", 3, "does not know the model 'scripted'"),
        ("http_503", 3, "is failing (503)"),
        ("http_429_absent", 3, "asks to slow down"),
        ("redirect", 3, "sends elsewhere"),
        ("html_page", 4, "no chat completion"),
        ("refusal", 4, "refused to answer"),
        ("content_filter", 4, "content filter"),
        ("null_content", 4, "without any content"),
        ("context_length_exceeded", 4, "does not fit"),
    ],
)
def test_failing_endpoint_has_its_status(
    fault: str, status: int, said: str, summarizer: Terminal, document: Path
) -> None:
    """3 where the endpoint cannot be used, 4 where its answer cannot."""
    with FAULTS[fault].serve(GOOD) as stage:
        run = summarizer("brief", document, "-o", "brief.md", *at(stage.base_url))
    check_refusal(run, status, said)


def test_endpoint_that_is_down_is_unreachable(summarizer: Terminal, document: Path) -> None:
    """The address is in the message."""
    with refused_url() as url:
        check_refusal(summarizer("brief", document, *at(url)), 3, url, "is it running?")


def test_stalling_endpoint_ends_at_the_deadline(summarizer: Terminal, document: Path) -> None:
    """Exit status 5."""
    with FAULTS["stall_in_body"].serve(GOOD) as stage:
        run = summarizer("brief", document, *at(stage.base_url), "--deadline", "0.2")
    check_refusal(run, 5, "--deadline")


def test_budget_has_its_status(summarizer: Terminal, document: Path) -> None:
    """Exit status 5 again, with the option that raises it."""
    with ModelServer(answer(GOOD)) as server:
        run = summarizer(
            "brief", document, *at(server.base_url), "--strategy", "stepwise",
            "--max-total-tokens", "10", "-o", "brief.md",
        )  # fmt: skip
    check_refusal(run, 5, "--max-total-tokens")


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("Sure, here it is.", 4, "no JSON object"),
        ("", 4, "no JSON object"),
        (GOOD.replace("[2]", "[77]"), 4, "sentences 1 to 8"),
        ('{"about_peace_talks": tru', 4, "no JSON object"),
    ],
    ids=["prose", "empty", "unknown sentence numbers", "cut"],
)
def test_answer_that_cannot_be_used_is_refused(
    text: str, status: int, said: str, summarizer: Terminal, document: Path, tmp_path: Path
) -> None:
    """Not JSON, or of another document."""
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    run = summarizer("brief", document, "--answer", "a.json", "-o", "brief.md")
    check_refusal(run, status, said)


def test_answer_that_cannot_be_read_is_refused(
    summarizer: Terminal, document: Path, tmp_path: Path
) -> None:
    """A missing file, a folder and a binary one are unreadable input."""
    (tmp_path / "b.json").write_bytes(b"\xff\xfe")
    for path in ("none.json", ".", "b.json"):
        check_refusal(summarizer("brief", document, "--answer", path), 2, "cannot read")


@pytest.mark.parametrize("command", ["brief", "prompt", "doctor", "models"])
def test_unknown_key_of_the_config_is_named(
    command: str, summarizer: Terminal, document: Path, own_environment: Path
) -> None:
    """With the nearest known one, whichever command reads it."""
    config = own_environment / "config" / "summarizer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('modle = "openai/x"\n')
    arguments = {"brief": [str(document)], "prompt": [str(document)], "models": ["list"]}
    run = summarizer(command, *arguments.get(command, []))
    check_refusal(run, 2, "'modle'", "'model'", "config.toml")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--strategy", "both"], "'single'"),
        (["--param", "seed"], "KEY=VALUE"),
        (["--param", "stream=true"], "'stream'"),
        (["--timeout", "0"], "'timeout'"),
        (["--max-chars", "0"], "'max_chars'"),
        (["--base-url", "gpu:8000", "--model", "m"], "http://"),
        (["--base-url", "http://[::1", "--model", "m"], "--base-url"),
        (["--base-url", "http://127.0.0.1:9/v1"], "--model"),
        (["--model", "openai/gpt-5"], "OPENAI_API_KEY"),
    ],
)
def test_setting_that_makes_no_sense_is_one_line(
    options: list[str],
    said: str,
    summarizer: Terminal,
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The option is named; the status is that of wrong usage."""
    monkeypatch.delenv("SUMMARIZER_API_KEY")
    check_refusal(summarizer("brief", document, *options), 2, said)


@pytest.mark.parametrize(
    "arguments", [["brief"], ["nonsense"], ["brief", "a", "--nonsense"],
                  ["brief", "a", "--date", "x"],
                  ["brief", "a", "--timeout", "soon"], ["schema", "extra"]],
)  # fmt: skip
def test_wrong_usage_is_the_same_status(arguments: list[str], summarizer: Terminal) -> None:
    """Wrong options are said by the parser, on stderr, with status 2 as well."""
    run = summarizer(*arguments)
    assert run.status == 2
    assert run.out == ""
    assert "Usage: summarizer" in run.err


def test_control_characters_do_not_reach_the_terminal(summarizer: Terminal) -> None:
    """A file name may hold an escape sequence or a line break: the message may not."""
    run = summarizer("brief", "evil\x1b[2J\r\nname.txt")
    assert run.status == 2
    assert "\x1b" not in run.err
    assert run.err.count("\n") == 1
