"""The program as a whole: help, version, completion, and that errors of ours are one line."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from summarizer.cli import one_line
from summarizer.cli.progress import NoticesOnly, ShownProgress, shown_progress
from summarizer.version import __version__
from tests.cli.terminal import Terminal, spawn
from tests.factories import attempt

COMMANDS = ("brief", "prompt", "schema", "models", "doctor")


def test_help_names_every_command(summarizer: Terminal) -> None:
    """``--help`` and ``-h`` are the same; no command at all shows it too."""
    run = summarizer("--help")
    assert run.status == 0
    assert all(name in run.out for name in COMMANDS)
    assert summarizer("-h").out == run.out
    assert "brief" in summarizer().out + summarizer().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, summarizer: Terminal) -> None:
    """One screen per command, on stdout."""
    run = summarizer(command, "--help")
    assert (run.status, run.err) == (0, "")
    assert f"summarizer {command}" in run.out


def test_version_is_the_package_s(summarizer: Terminal) -> None:
    """Nothing but the number."""
    assert summarizer("--version").out == f"{__version__}\n"


@pytest.mark.parametrize(
    ("shell", "says"),
    [("bash", "complete -o"), ("zsh", "#compdef summarizer"), ("fish", "complete ")],
)
def test_completion_is_shown_for_each_shell(shell: str, says: str) -> None:
    """A script for the shell, named after the program."""
    run = spawn("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert run.returncode == 0
    assert says in run.stdout.decode()


def test_completion_offers_the_commands() -> None:
    """What the script asks for is answered."""
    run = spawn(
        _SUMMARIZER_COMPLETE="complete_bash", _PYTHON__M_SUMMARIZER_COMPLETE="complete_bash",
        COMP_WORDS="summarizer ", COMP_CWORD="1",
    )  # fmt: skip
    assert set(COMMANDS) <= set(run.stdout.decode().split())


@pytest.mark.parametrize(
    ("message", "line"),
    [("a\n  b\tc", "a b c"), ("x\x1b[31my", "x [31my"), ("é “q” 和", "é “q” 和"), ("", "")],
)
def test_message_is_one_line_without_control_characters(message: str, line: str) -> None:
    """Whatever a message holds, the terminal gets text."""
    assert one_line(message) == line


def test_progress_is_silent_where_it_would_disturb(capsys: pytest.CaptureFixture[str]) -> None:
    """Notices only where stderr is no terminal, nothing at all when quiet."""
    with shown_progress(quiet=True) as silent:
        silent.notice("x")
    assert capsys.readouterr().err == ""
    with shown_progress(quiet=False) as notices:
        assert isinstance(notices, NoticesOnly)
        notices.step("draft")
        notices.attempt(attempt(outcome="timed_out", message="late"))
        notices.download("x", 1, 2)
        notices.notice("one line")
    assert capsys.readouterr().err == "summarizer: one line\n"


def test_progress_shows_steps_failures_and_downloads_on_a_terminal() -> None:
    """What is done, what went wrong, and a bar; long notices are not broken into lines."""
    console = Console(force_terminal=True, width=60, record=True, file=StringIO())
    long = "word " * 30
    with ShownProgress(console) as progress:
        progress.download("weights", 10, 100)
        progress.download("weights", 100, 100)
        progress.step("red_lines")
        progress.attempt(attempt(outcome="ok"))
        progress.attempt(attempt(outcome="timed_out", message="[bold]too late[/bold]"))
        progress.notice(long)
        progress.step("next_steps")
    shown = console.export_text()
    assert "summarizer: attempt 1 (draft): [bold]too late[/bold]" in shown
    assert f"summarizer: {long}".strip() in shown
