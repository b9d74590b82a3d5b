"""langextract: exact spans of the text in three classes with attributes.

    python benchmarks/peers/langextract_brief.py --out runs/langextract

Its own way: a description, examples, chunks of 1,000 characters, JSON Schema made of the examples,
one pass, one call at a time. The class ``open_issue`` with its kind covers open questions and next
steps alike.
"""

from __future__ import annotations

import json
import textwrap
from typing import Any

import langextract as lx
from briefing import Peer, run
from extractions import read
from langextract.providers.openai import OpenAILanguageModel

from summarizer.documents import Document
from summarizer.embedded import EmbeddedServer

DESCRIPTION = textwrap.dedent("""\
    Extract from a report what is said in peace negotiations, in order of appearance. Use the exact
    text for each extraction: a whole clause or sentence, no paraphrase, no overlap. Extract nothing
    that is background, and nothing if the text is not about ending an armed conflict.
    - offer: what a party gives, would give, proposes or commits to. by: the parties that give; to:
      the parties that would get it; conditions; told_by: who says so.
    - red_line: what a party will not accept (refusal), insists on (demand) or requires first
      (precondition). held_by: the one party that holds it; told_by: who says so.
    - open_issue: what is said to be unsettled (kind question), or a meeting, deadline or vote still
      to come (kind next_step). parties: whose answer or act it is; when: as written.""")

REPORT = (
    "Veldra's foreign minister, Ilse Marrow, said on Sunday that Ostmere had offered to free 40 "
    "prisoners if the shelling of Lowmark stops. Veldra will not accept foreign patrols on the "
    "Kessane river, Marrow added. Who would watch over a truce has not been settled. The two "
    "delegations are to meet again in Tarn on 4 May. The river is 300 miles long."
)
SPEECH = (
    "“We insist that every mine is cleared,” the Ostmere envoy told reporters. “Before we sit "
    "down, the blockade must end.” His government would open two crossings, he said. He gave no "
    "details of how goods would be checked."
)


def _extraction(name: str, text: str, /, **attributes: str | list[str]) -> Any:
    return lx.data.Extraction(name, text, attributes=attributes)


EXAMPLES = [
    lx.data.ExampleData(REPORT, [
        _extraction("offer", "Ostmere had offered to free 40 prisoners if the shelling of Lowmark "
                    "stops", by=["Ostmere"], to=["Veldra"], told_by="Ilse Marrow",
                    conditions=["the shelling of Lowmark stops"]),
        _extraction("red_line", "Veldra will not accept foreign patrols on the Kessane river",
                    held_by="Veldra", kind="refusal", told_by="Ilse Marrow"),
        _extraction("open_issue", "Who would watch over a truce has not been settled",
                    kind="question", parties=["Veldra", "Ostmere"], when=""),
        _extraction("open_issue", "The two delegations are to meet again in Tarn on 4 May",
                    kind="next_step", parties=["Veldra", "Ostmere"], when="4 May"),
    ]),
    lx.data.ExampleData(SPEECH, [
        _extraction("red_line", "We insist that every mine is cleared", held_by="Ostmere",
                    kind="demand", told_by="the Ostmere envoy"),
        _extraction("red_line", "Before we sit down, the blockade must end", held_by="Ostmere",
                    kind="precondition", told_by="the Ostmere envoy"),
        _extraction("offer", "His government would open two crossings", by=["Ostmere"], to=[],
                    told_by="the Ostmere envoy", conditions=[]),
        _extraction("open_issue", "He gave no details of how goods would be checked",
                    kind="question", parties=["Ostmere"], when=""),
    ]),
]  # fmt: skip
CAP = 600
"""Output tokens of one chunk: more than twice what its 1,000 characters take."""
SECONDS = 3_600.0
"""For one answer: a busy machine is no fault of the library."""


def ask(document: Document, server: EmbeddedServer) -> str:
    """All chunks, one after the other; langextract leaves out one whose answer is no JSON."""
    model = OpenAILanguageModel(
        model_id=server.model, api_key=server.api_key, base_url=server.base_url, temperature=0.0,
        max_workers=1, max_output_tokens=CAP,
    )  # fmt: skip
    model._client = model._client.with_options(timeout=SECONDS, max_retries=0)
    model.apply_schema(model.get_schema_class().from_examples(EXAMPLES))
    found = lx.extract(
        document.text, prompt_description=DESCRIPTION, examples=EXAMPLES, model=model,
        max_workers=1, show_progress=False,
        use_schema_constraints=False,  # the model has them already
    )  # fmt: skip
    return json.dumps([_kept(extraction) for extraction in found.extractions or []])


def _kept(extraction: Any) -> dict[str, Any]:
    place = extraction.char_interval
    return {
        "kind": extraction.extraction_class,
        "text": extraction.extraction_text,
        "attributes": extraction.attributes or {},
        "start": place.start_pos if place else None,
        "end": place.end_pos if place else None,
    }


PEER = Peer("langextract", ask, read)

if __name__ == "__main__":
    run(PEER)
