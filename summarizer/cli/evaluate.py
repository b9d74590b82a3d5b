"""``summarizer eval``: measure a model, a prompt, or any other system against the references."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.evalfiles import (
    HOME,
    Evals,
    ceiling,
    check_reports,
    complain,
    not_measured,
    print_run,
    select,
    write_report,
)
from summarizer.cli.evalmulti import multi
from summarizer.cli.evalruns import run

app = typer.Typer(
    help="Measure briefs against hand-written references. "
    "Exit status: 0 passed, 1 regressed, 2 could not measure.",
    no_args_is_help=True,
)

RunFile = Annotated[Path, typer.Argument(help="A run written by `eval run --output`.")]

app.command("run")(run)
app.command("multi")(multi)


@app.command("report")
def report(
    run_file: RunFile,
    output: Annotated[list[Path] | None, typer.Option("--output", "-o")] = None,
    evals: Evals = HOME,
) -> None:
    """Print a stored run, or write it as .html or .xml."""
    from summarizer.evaluation.runs import load_run

    check_reports(output or [])
    made = load_run(run_file)
    _, everything = select(evals, None, None)
    for path in output or []:
        write_report(made, everything, path)
    print_run(made)


@app.command("compare")
def compare(first: RunFile, second: RunFile) -> None:
    """Compare two runs, paired on the cases that both have."""
    from summarizer.evaluation.runs import load_run, require_comparable_runs
    from summarizer.evaluation.statistics import paired

    one, other = load_run(first), load_run(second)
    require_comparable_runs(one, other)
    result = paired(one.scores, other.scores)
    mean = result.difference
    low, high = (f"{x:+.3f}" if x is not None else "–" for x in (mean.low, mean.high))
    typer.echo(f"{other.label} − {one.label}: {mean.mean:+.3f} (95 % {low} to {high}, n={mean.n})")
    if result.smallest_detectable is not None:
        typer.echo(f"smallest difference this could have seen: {result.smallest_detectable:.3f}")
    for name, ids in (("fixed", result.fixed), ("broken", result.broken),
                      ("only in one", result.only_in_one)):  # fmt: skip
        typer.echo(f"{name}: {', '.join(ids) or 'none'}")


@app.command("gate")
def gate(
    run_file: RunFile,
    against: Annotated[
        Path, typer.Option(help="Snapshot or baseline to hold the run against.")
    ] = HOME / "baselines" / "replay.json",
    live: Annotated[
        bool, typer.Option("--live", help="By chance and floor, not to the last digit.")
    ] = False,
    floor: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Least mean score (with --live).")
    ] = None,
    must_pass: Annotated[
        str | None, typer.Option(help="Cases that may gain no critical error, by comma.")
    ] = None,
) -> None:
    """Pass (0), fail (1), or say that it could not be measured (2)."""
    from summarizer.evaluation.gate import check_live, check_replay
    from summarizer.evaluation.runs import load_run

    made, baseline = load_run(run_file), load_run(against)
    names = [name.strip() for name in (must_pass or "").split(",") if name.strip()]
    verdict = (
        check_live(made, baseline, floor=floor, must_pass=names)
        if live
        else check_replay(made, baseline)
    )
    for line in verdict.lines:
        typer.echo(line)
    typer.echo(("gate: passed", "gate: REGRESSED", "gate: could not measure")[verdict.status])
    raise typer.Exit(verdict.status)


@app.command("rescore")
def rescore(
    run_file: RunFile,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Default: the same.")
    ] = None,
    evals: Evals = HOME,
) -> None:
    """Score the stored outputs of a run again, by the present scorer and references."""
    from summarizer.evaluation.runner import rescored
    from summarizer.evaluation.runs import load_run, save_run

    _, everything = select(evals, None, None)
    made = rescored(load_run(run_file), everything)
    made = made.model_copy(update={"ceiling": ceiling(evals)})
    save_run(made, output or run_file)
    print_run(made)


@app.command("check")
def check(evals: Evals = HOME) -> None:
    """Lint every case: quotes, parties, figures, aliases, values, hard cases."""
    from summarizer.evaluation.casefiles import read_cases
    from summarizer.evaluation.coverage import coverage
    from summarizer.evaluation.multi.files import read_multi

    cases, faults = read_cases(evals / "cases")
    if (evals / "multi").exists():
        several, pairs, more = read_multi(evals / "multi")
        faults += more
        typer.echo(f"multi: {len(several)} cases, {len(pairs)} pairs to compare")
    covered = coverage(cases)
    for kind, counts in covered.counts.items():
        typer.echo(f"{kind}: " + ", ".join(f"{value} {n}" for value, n in counts.items()))
    for line in [*map(str, faults), *covered.gaps]:
        complain(line)
    typer.echo(f"{len(cases)} cases, {len(faults)} faults, {len(covered.gaps)} gaps")
    if faults or covered.gaps:
        raise typer.Exit(2)


@app.command("prove")
def prove(
    evals: Evals = HOME,
    peers: Annotated[bool, typer.Option("--peers/--no-peers", help="ROUGE-L, ANLS*, …")] = True,
    write: Annotated[bool, typer.Option("--write", help="Into the README of the folder.")] = False,
) -> None:
    """Print the corruption table: what the scorer sees, and what the others do not."""
    from summarizer.evaluation.damage import load_damage
    from summarizer.evaluation.paraphrases import load_paraphrases
    from summarizer.evaluation.proof import prove as table

    cases, _ = select(evals, "dev", None)
    texts, variants = evals / "proof" / "paraphrases.yaml", evals / "proof" / "damage.yaml"
    paraphrases = load_paraphrases(texts) if texts.exists() else None
    damage = load_damage(variants) if variants.exists() else None
    made = table(cases, paraphrases=paraphrases, damage=damage, with_peers=peers)
    typer.echo(made)
    if write:
        _write_between(evals / "README.md", made)


def _write_between(path: Path, text: str) -> None:
    """Replace what stands between the two marker lines of a README."""
    from summarizer.storage import read_text, write_atomically

    begin, end = "<!-- proof begins -->", "<!-- proof ends -->"
    whole = read_text(path)
    before, _, rest = whole.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise not_measured(f"{path} has no lines {begin} and {end}")
    write_atomically(path, f"{before}{begin}\n{text}\n{end}{after}")


@app.command("show")
def show(
    case: Annotated[str, typer.Argument(help="Id of a case.")],
    run_file: RunFile,
    evals: Evals = HOME,
) -> None:
    """Print reference and output of one case side by side."""
    from rich.console import Console

    from summarizer.evaluation.reports.show import to_side_by_side
    from summarizer.evaluation.runs import load_run

    _, everything = select(evals, None, None)
    found = [one for one in everything if one.id == case]
    outcomes = [one for one in load_run(run_file).outcomes if one.case_id == case]
    if not found or not outcomes:
        raise not_measured(f"no case {case!r} in {'the cases' if not found else run_file}")
    Console().print(to_side_by_side(found[0], outcomes[0]))
