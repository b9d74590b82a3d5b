"""Prompt templates: load, render, version.

A template is a Markdown file with YAML front matter and a Jinja2 body. Only our own templates
are rendered; a document's text is passed in as a value and is never templated itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel

from summarizer import vocabulary
from summarizer.documents import Document, Sentence
from summarizer.draft import SECTIONS, BriefDraft, bounded, draft_schema
from summarizer.errors import SettingsError

VOCABULARIES: dict[str, type[vocabulary.Term]] = {
    "party kind": vocabulary.PartyKind,
    "roles": vocabulary.PartyRole,
    "topics": vocabulary.Topic,
    "basis": vocabulary.Basis,
    "certainty": vocabulary.Certainty,
    "certainty of a next step": vocabulary.StepCertainty,
    "offer kind": vocabulary.OfferKind,
    "status": vocabulary.OfferStatus,
    "response": vocabulary.Response,
    "red line kind": vocabulary.RedLineKind,
    "firmness": vocabulary.Firmness,
    "reason": vocabulary.QuestionReason,
}
"""Every closed vocabulary under the name that the prompts call it."""

ENGLISH = "English"
"""The language of statements unless another is asked for."""

T = TypeVar("T")

LARGE, SMALL = "extract", "extract-small"
"""The system templates for large and for small models."""

FENCE = re.compile(r"<<<DOCUMENT [0-9a-f]{16}>>>")
"""The line that fences a document; recordings normalise it, since it differs per brief."""


@dataclass(frozen=True)
class Template:
    """A prompt file: its front matter and its body."""

    name: str
    version: int
    what_for: str
    example_names: tuple[str, ...]
    body: str

    def render(self, **values: Any) -> str:
        """The body with its variables filled in; a missing one is an error."""
        return str(_compiled(self.body).render(values)).strip()


@cache
def _compiled(body: str) -> Any:
    """A template that is compiled once: that takes longer than all that is done with a prompt."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=False)
    return environment.from_string(body)


@dataclass(frozen=True)
class Prompt:
    """What is sent for one step: messages, and the schema of the answer."""

    messages: list[dict[str, str]]
    answer: type[BaseModel]
    version: str
    example_names: tuple[str, ...]
    small: bool = False
    language: str = ENGLISH

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the answer: OpenAI's strict subset, bounded for a small model."""
        return _schema(self.answer, self.small, self.language)

    def as_json(self) -> str:
        """Messages and response schema as one JSON text."""
        response_format = {
            "type": "json_schema",
            "json_schema": {"name": "brief_draft", "strict": True, "schema": self.schema},
        }
        payload = {"messages": self.messages, "response_format": response_format}
        return json.dumps({**payload, "prompt_version": self.version}, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """Everything that a chat window or a person needs to answer by hand."""
        schema = json.dumps(self.schema, ensure_ascii=False)
        parts = [message["content"] for message in self.messages]
        parts.insert(1, f"The JSON Schema of the answer:\n\n{schema}")
        return "\n\n".join(parts) + "\n"


def _folder() -> Any:
    """Where the templates are: inside the installed package, or at the root of a checkout."""
    packaged = resources.files("summarizer") / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "prompts"


@cache
def load_template(name: str) -> Template:
    """Load a template by name. Raises SettingsError when there is none of that name."""
    try:
        text = (_folder() / f"{name}.md").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SettingsError(f"there is no prompt template {name!r}") from error
    _, front, body = text.split("---\n", 2)
    matter = yaml.safe_load(front)
    return Template(
        name=matter["name"],
        version=matter["version"],
        what_for=matter["what_for"],
        example_names=tuple(matter.get("example_names", ())),
        body=body,
    )


def new_fence(token: Callable[[int], str] = secrets.token_hex) -> str:
    """A fence line that no document can guess."""
    return f"<<<DOCUMENT {token(8)}>>>"


@cache
def _schema(answer: type[BaseModel], small: bool, language: str = ENGLISH) -> dict[str, Any]:
    schema = _spoken(draft_schema(answer), language)
    return bounded(schema) if small else schema


@cache
def schema_digest(answer: type[BaseModel], small: bool) -> str:
    """SHA-256 (hex) of the JSON Schema that goes out for an answer of this type."""
    text = json.dumps(_schema(answer, small), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def prompt_version(
    system: str,
    answer: type[BaseModel] = BriefDraft,
    *,
    templates: Sequence[str] = ("document",),
    language: str = ENGLISH,
) -> str:
    """Name and short hash of what the model is told: its templates and the answer's schema.

    ``templates`` are those of the user message.
    """
    schema = _schema(answer, system == SMALL, language)
    told = [_system_message(system, language), *(load_template(name).body for name in templates)]
    return version_of(load_template(system), told, schema)


def version_of(template: Template, told: Sequence[str], schema: dict[str, Any]) -> str:
    """Name and version of a template, and a short hash of everything that is told with it."""
    text = json.dumps([*told, schema], ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{template.name}-{template.version}-{digest[:8]}"


def make_prompt(
    document: Document,
    *,
    system: str = LARGE,
    task: str | None = None,
    answer: type[BaseModel] = BriefDraft,
    fence: str | None = None,
    shown: Sequence[int] | None = None,
    language: str = ENGLISH,
) -> Prompt:
    """The prompt for one document: what is the same for all documents first, the document last.

    ``task`` replaces the closing line of the user message (for one step of several); ``shown``
    are the numbers of the sentences that are shown, if not all (for one window of several);
    ``language`` (its English name) is that of the statements.
    """
    user = load_template("document").render(
        fence=fence or new_fence(),
        numbered=numbered_source(document, shown),
        sentences=len(document.sentences),
        known=_known(document),
        task=task,
    )
    messages = [
        {"role": "system", "content": _system_message(system, language)},
        {"role": "user", "content": user},
    ]
    return Prompt(
        messages,
        answer,
        prompt_version(system, answer, language=language),
        load_template(system).example_names,
        small=system == SMALL,
        language=language,
    )


@cache
def _system_message(system: str, language: str = ENGLISH) -> str:
    return load_template(system).render(
        sections={name: _spoken(_fields(model), language) for name, model in SECTIONS.items()},
        vocabularies={name: list(terms) for name, terms in VOCABULARIES.items()},
        language=language,
    )


def _spoken(told: T, language: str) -> T:
    """Descriptions of ours, which say "in English", for another language of the statements."""
    if language == ENGLISH:
        return told
    text = json.dumps(told, ensure_ascii=False).replace("in English", f"in {language}")
    spoken: T = json.loads(text)
    return spoken


def _fields(model: type[BaseModel]) -> list[dict[str, str]]:
    """Fields of a draft part that say more than the vocabulary does."""
    return [
        {"name": name, "description": field.description}
        for name, field in model.model_fields.items()
        if field.description
    ]


def _known(document: Document) -> str:
    """What is known of the document, for dates that depend on it."""
    facts = [f"date {document.date.isoformat()}"] if document.date else []
    if document.language and document.language != "en":
        facts.append(f"language {document.language}")
    return ", ".join(facts)


def numbered_source(document: Document, shown: Sequence[int] | None = None) -> str:
    """The document (or the sentences ``shown``) as numbered lines.

    A blank line stands between paragraphs, a line with an ellipsis where sentences are left out.
    """
    lines: list[str] = []
    before: Sentence | None = None
    for number in shown or range(1, len(document.sentences) + 1):
        sentence = document.sentences[number - 1]
        if before is not None and number > before.number + 1:
            lines += ["", "…", ""]
        elif before is not None and sentence.paragraph != before.paragraph:
            lines.append("")
        before = sentence
        lines.append(f"[{number}] {neutralised(document.quote(number))}")
    return "\n".join(lines)


_MARKER = re.compile(r"[\[［【]\s*(\d+)\s*[\]］】]")
_FENCE_LIKE = re.compile(r"<{2,}|>{2,}")
# <|im_start|>, <s>, </tool_call>, <start_of_turn>, <｜User｜>, [INST]
_CHAT_TOKEN = re.compile(
    r"<\s*(/?[|｜]?)(?=[a-z_]\w*\s*[|｜]?>)|<\s*([|｜])|\[(/?(?:INST|SYS\w*|AVAILABLE_TOOLS))\]",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # notes and tags, which hide whole sentences
)


def neutralised(text: str) -> str:
    """A sentence as the model sees it: one line, no forged marker, fence or chat token.

    For the model's eyes only: offsets and quotes come from the untouched text.
    """
    text = " ".join(text.split())
    text = _INVISIBLE.sub("", text)
    text = _MARKER.sub(r"(\1)", text)
    text = _FENCE_LIKE.sub(lambda match: " ".join(match[0]), text)
    return _CHAT_TOKEN.sub(lambda match: f"‹{match[1] or match[2] or match[3] or ''}", text)
