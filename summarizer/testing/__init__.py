"""A scripted OpenAI-compatible endpoint: test an integration without a key, a network or a bill.

``ModelServer`` is a real HTTP server on a loopback port; the client under test is the real one.
What it plays is a behaviour: ``answer`` and ``status`` for single replies, ``FAULTS`` for
everything that goes wrong on a wire, ``oracle`` and ``BAD_MODELS`` for models good and bad,
``Recorder`` and ``Replay`` for real answers kept on disk. ``ATTACKS`` are hostile documents::

    from summarizer.testing import FAULTS, ModelServer, answer

    good = '{"title": "Talks resume"}'
    with ModelServer([FAULTS["http_503"].behaviour(good), answer(good)]) as server:
        ...  # point any OpenAI client to server.base_url, with any key
    assert len(server.requests) == 2
"""

from summarizer.testing.answers import Answer, Usage, answer, completion, tool_call
from summarizer.testing.attacks import ATTACKS, Attack
from summarizer.testing.behaviour import Behaviour
from summarizer.testing.fault import Fault, Scene, Stage, refused_url
from summarizer.testing.faults import FAULTS
from summarizer.testing.models import BAD_MODELS, BadModel, by_document, by_mark, oracle
from summarizer.testing.recording import Recording, request_key
from summarizer.testing.recordings import Recorder, Replay
from summarizer.testing.reply import Billed, Reply, error_body, status
from summarizer.testing.request import Request
from summarizer.testing.server import ModelServer

__all__ = [
    "ATTACKS",
    "BAD_MODELS",
    "FAULTS",
    "Answer",
    "Attack",
    "BadModel",
    "Behaviour",
    "Billed",
    "Fault",
    "ModelServer",
    "Recorder",
    "Recording",
    "Replay",
    "Reply",
    "Request",
    "Scene",
    "Stage",
    "Usage",
    "answer",
    "by_document",
    "by_mark",
    "completion",
    "error_body",
    "oracle",
    "refused_url",
    "request_key",
    "status",
    "tool_call",
]
