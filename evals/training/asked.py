"""Does the embedded model's opinion of a sentence add to the classifier? Measured, not shipped.

    python evals/training/asked.py --model qwen2.5-coder-0.5b-instruct --documents 24

Every sentence of some English documents is put to the model behind the same labelled examples, and
the log-probabilities of six labels are read off its first token (kept under ``--kept``). They are
added to the odds of a classifier that has not seen the document. Needs the weights
(``summarizer models pull``) and half a second to two seconds a sentence.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from data import Example, cases, examples
from measure import out_of_fold
from sklearn.metrics import average_precision_score

from summarizer import weights
from summarizer.embedded import EmbeddedServer
from summarizer.settings import default_cache_dir

LABELS = ("offer", "refusal", "demand", "unresolved", "meeting", "background")
SHOTS = (
    ("The government said it was ready to free two hundred prisoners if the truce held.", "offer"),
    ("“We will never accept foreign soldiers on our island,” the president told parliament.",
     "refusal"),
    ("The rebels insist that the army leave the valley before any talks begin.", "demand"),
    ("Who would pay for the monitors was not said.", "unresolved"),
    ("The delegations will meet again in Geneva on 14 March.", "meeting"),
    ("More than ten thousand people have died since the war began in 2011.", "background"),
    ("Both sides agreed to open the road to aid convoys within ten days.", "offer"),
    ("The minister ruled out any change of the border.", "refusal"),
    ("Any deal must include a full withdrawal, the foreign ministry said.", "demand"),
    ("It remains unclear whether the ceasefire covers the coast.", "unresolved"),
    ("A further round is expected after the holiday, the mediator said.", "meeting"),
    ("The talks were held in a hotel on the lake.", "background"),
    ("He pledged that the port would be handed over to a joint company.", "offer"),
    ("The movement rejected the draft and said it would not disarm.", "refusal"),
    ("Norland wants the sanctions lifted first.", "demand"),
    ("The envoy gave no details of the proposal.", "unresolved"),
    ("Thank you all for coming.", "background"),
    ("Experts are to submit their report by the end of June.", "meeting"),
)  # fmt: skip
BEFORE = (
    f"Sentences of reports on peace talks, each with what it is: {', '.join(LABELS)}.\n\n"
    + "".join(f"Sentence: {said}\nLabel: {label}\n\n" for said, label in SHOTS)
)
SECTIONS = (("offer",), ("refusal", "demand"), ("unresolved",), ("meeting",))
"""Labels of each section, in the order of ``heads.LABELS``."""
WORTH = np.array([0.35, 0.30, 0.15, 0.08]) / 0.88
LONGEST = 45
"""Sentences of a document that is asked about: patience."""
SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
"""Of the model's log-odds, beside those of the classifier."""


def ask(server: EmbeddedServer, text: str, tokens: Sequence[int]) -> list[float]:
    """The log-probability of each label behind a sentence."""
    body = {
        "prompt": f"{BEFORE}Sentence: {' '.join(text.split())[:600]}\nLabel:",
        "n_predict": 1, "n_probs": 200, "temperature": 0, "cache_prompt": True,
    }  # fmt: skip
    answer = server._ask("POST", "/completion", body)
    top = answer["completion_probabilities"][0]["top_logprobs"]
    found = {one["id"]: one["logprob"] for one in top}
    return [found.get(token, -20.0) for token in tokens]


def opinions(model: str, asked: Sequence[Example], kept: Path) -> list[np.ndarray]:
    """A row of label probabilities per line, from the disk where they were asked before."""
    path = weights.path(model, default_cache_dir() / "models")
    if path is None:
        raise SystemExit(f"needs weights: summarizer models pull {model}")
    kept.mkdir(parents=True, exist_ok=True)
    files = [kept / f"{model}-{e.case.id}.npy" for e in asked]
    missing = [(e, file) for e, file in zip(asked, files, strict=True) if not file.exists()]
    if missing:
        with EmbeddedServer(path, context=2048, threads=1) as server:
            tokens = [server._ask("POST", "/tokenize", {"content": f" {label}"})["tokens"][0]
                      for label in LABELS]  # fmt: skip
            for e, file in missing:
                began = time.perf_counter()
                texts = [line.text for line in e.reading.lines]
                np.save(file, np.array([ask(server, text, tokens) for text in texts]))
                seconds = (time.perf_counter() - began) / len(e.reading.lines)
                print(f"{e.case.id}: {seconds:.2f} s a sentence", flush=True)
    return [np.load(file) for file in files]


def odds(opinion: np.ndarray) -> np.ndarray:
    """Log-probabilities of the sections' labels, one of the six being certain."""
    sure = opinion - np.logaddexp.reduce(opinion, axis=1, keepdims=True)
    columns = [[LABELS.index(label) for label in labels] for labels in SECTIONS]
    return np.stack([np.logaddexp.reduce(sure[:, some], axis=1) for some in columns], axis=1)


def show(name: str, labels: np.ndarray, ranked: np.ndarray) -> None:
    """Average precision, weighted as the sections are, and of each."""
    each = [average_precision_score(labels[:, k], ranked[:, k]) for k in range(len(SECTIONS))]
    print(f"{name}: {np.dot(each, WORTH):.3f} | " + " ".join(f"{value:.3f}" for value in each))


def main() -> None:
    """Ask, and print what it adds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="qwen2.5-coder-0.5b-instruct")
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--kept", type=Path, default=default_cache_dir() / "asked")
    options = parser.parse_args()
    read = examples(cases())
    own = [i for i, e in enumerate(read) if e.about and e.case.language == "en"]
    random.Random(7).shuffle(own)
    some = [i for i in own if len(read[i].reading.lines) < LONGEST][: options.documents]
    opinion = odds(np.vstack(opinions(options.model, [read[i] for i in some], options.kept)))
    judged = out_of_fold(read)
    chances = np.vstack([judged[i].chances for i in some])[:, : len(SECTIONS)]
    labels = np.vstack([read[i].labels for i in some])[:, : len(SECTIONS)]
    print(f"{len(some)} documents, {len(labels)} sentences")
    show("model alone", labels, opinion)
    for share in SHARES:
        show(f"classifier and {share} of the model", labels,
             np.log(chances / (1 - chances)) + share * opinion)  # fmt: skip


if __name__ == "__main__":
    main()
