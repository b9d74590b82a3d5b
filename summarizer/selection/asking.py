"""A clause of an English sentence turned round into a question, by its grammar (pure).

What a sentence asks indirectly ("has not said who would pay") is asked; what a party asks for,
refuses or is to do is asked about ("Will Baku open the road?"). Where the clause does not stand by
itself, or has words of the one who speaks in it ("we"), there is no question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.selection import fronted
from summarizer.selection.grammar import Sentence, subject_of
from summarizer.selection.turning import SUBJECTS, Clause, Naming, finished, named, phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_INDIRECT = frozenset({"ccomp", "csubj", "csubjpass", "pcomp", "xcomp", "advcl"})
_WORDS = frozenset({"WP", "WRB", "WDT", "WP$"})
_IF = frozenset("say know ask see tell decide wonder clear sure determine learn".split())
_WANTING = frozenset(
    "demand ask want seek propose suggest request insist urge require expect press push hope "
    "recommend wish agree promise pledge offer plan intend prepare vow undertake commit threaten "
    "consider call refuse decline try need".split()
)
"""Verbs whose complement is what may or may not come."""
_FOR = frozenset("demand want seek request require ask call insist press push".split())
_TABLING = frozenset("propose suggest offer float table".split())
_REFUSING = frozenset("reject refuse oppose dismiss resist".split())
_OF_ANOTHER = frozenset(
    "ask request urge press call invite order require force push allow want permit".split()
)
"""Verbs whose object is who is to act: "asked Egypt to open it"."""
_READY = frozenset(
    "ready willing unwilling prepared able unable due set likely unlikely reluctant free".split()
)
_LACKING = frozenset(
    "date detail name figure number timetable place venue text list deadline sum size".split()
)
_MISSING = frozenset(
    "agreement answer decision reply response consensus deal settlement progress".split()
)
_SAYING = frozenset(
    "say tell mention elaborate specify comment give name disclose explain know think add note be have see".split()
)
_OPEN = re.compile(
    r"(?:not|yet|n't) (?:\w+ )?(?:been |be )?(?:agreed|decided|set|fixed|settled|discussed|resolved|defined|published|determined|worked out)|"
    r"remains? (?:to be|open|unclear|unsettled|unresolved|in dispute|disputed|undecided|a (?:point|matter|bone))|"
    r"(?:is|are) (?:still |also )?(?:open|unclear|unsettled|unresolved|disputed|undecided|in dispute|left open|to be (?:agreed|decided|settled|worked out))"
)  # fmt: skip


def asked(doc: Doc, naming: Naming) -> str | None:
    """The question of a parsed sentence, or None."""
    found = next((q for q in _all(doc, naming) if q), None)
    return _unquoted(found, doc.text) if found else None


def _unquoted(question: str, text: str) -> str:
    """Without quotation marks where what they enclose is no longer as the source has it."""
    for quoted in re.findall(r"“[^”]*”|\"[^\"]*\"", question):
        if quoted[1:-1] not in text:
            question = question.replace(quoted, quoted[1:-1])
    return question


def _all(doc: Doc, naming: Naming) -> Iterator[str | None]:
    yield fronted.asked(doc)
    for verb in doc:
        if verb.pos_ in {"VERB", "AUX"} and verb.dep_ in _INDIRECT:
            yield _indirect(verb, naming)
    yield _left_open(doc)
    for verb in _main(doc):
        yield _stance(verb, naming)
    for verb in _main(doc):
        yield _coming(verb, naming)
    for verb in _main(doc):
        yield _not_found(verb, naming)
    yield _claimed(doc, naming)


def _main(doc: Doc) -> list[Token]:
    """The verb of what is said, and the other verbs of main clauses."""
    sentence = Sentence(doc, -1)
    first = [v for v in (sentence.content, sentence.root) if v is not None]
    more = [t for t in doc if t.pos_ in {"VERB", "AUX"} and t.dep_ in {"conj", "ccomp", "ROOT"}]
    return list(dict.fromkeys([*first, *more]))


def _indirect(verb: Token, naming: Naming) -> str | None:
    """ "whether X will come", "how X is watched", "who to send"."""
    mark = next((c for c in verb.children if c.dep_ == "mark"), None)
    if mark is not None and mark.lower_ in {"whether", "if"}:
        if mark.lower_ == "if" and (verb.dep_ != "ccomp" or verb.head.lemma_ not in _IF):
            return None
        return _turned(Clause(verb, naming), "")
    wh = next((t for t in verb.subtree if t.tag_ in _WORDS), None)
    if wh is None or wh.i > verb.i or wh.lower_ == "that":
        return None
    if verb.dep_ == "advcl" and verb.head.lemma_ not in _IF:
        return None
    fronted = _fronted(wh, verb)
    words = verb.doc[fronted.left_edge.i : fronted.right_edge.i + 1]
    far = verb.i in range(words.start, words.end) or words.start > verb.left_edge.i + 2
    if far or not _within(fronted.head, verb):
        return None
    clause = Clause(verb, naming, after=words.end)
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if (
        wh.lower_ == "which"
        and own is not None
        and own == verb.doc[wh.i + 1]
        and own.pos_ == "NOUN"
    ):
        return finished(f"{words.text} {clause.plain()}")  # "which office", misread
    if fronted.dep_ in SUBJECTS and fronted.head == verb:
        return finished(f"{words.text} {clause.plain()}")
    return _turned(clause, words.text)


def _within(below: Token, verb: Token) -> bool:
    """Whether a word depends on a verb through "ready to" and the like alone."""
    while below != verb and below.dep_ in {"xcomp", "acomp"}:
        below = below.head
    return below == verb


def _fronted(wh: Token, verb: Token) -> Token:
    """The head of the phrase that a word of asking leads: "how many of the prisoners"."""
    head = wh
    while head.head not in {verb, head} and head.head.pos_ not in {"VERB", "AUX"}:
        head = head.head
    return head


def _turned(clause: Clause, lead: str) -> str | None:
    turned = clause.turned()
    return finished(f"{lead} {turned}") if turned else None


def _left_open(doc: Doc) -> str | None:
    """ "The number of guards has not been agreed"."""
    root = Sentence(doc, -1).content
    subject = subject_of(root) if root is not None else None
    if root is None or subject is None:
        return None
    lacking = _lacking(
        subject
        if subject.dep_ != "expl"
        else next((c for c in root.children if c.dep_ == "attr"), subject)
    )
    if lacking:
        return lacking
    if subject.pos_ not in {"NOUN", "PROPN"}:
        return None
    behind = doc[subject.right_edge.i + 1 : root.right_edge.i + 1].text
    if not _OPEN.search(behind[:60]) or subject.ent_type_ in {"PERSON", "GPE", "NORP"}:
        return None
    return finished(f"What will be decided on {phrase(subject)}")


def _is_plain(verb: Token) -> bool:
    """Whether it is a verb with no word of asking before it."""
    asks = any(t.tag_ in _WORDS and t.lower_ != "that" and t.i < verb.i for t in verb.subtree)
    return verb.pos_ in {"VERB", "AUX"} and not asks


def _asks(verb: Token) -> bool:
    """Whether a word of asking before a verb is its own: "what it will look like"."""
    return any(
        t.tag_ in _WORDS and t.lower_ != "that" and t.i < verb.i and _verb_above(t) == verb
        for t in verb.subtree
    )


def _verb_above(word: Token) -> Token:
    head = word.head
    while head != head.head and (head.pos_ not in {"VERB", "AUX"} or head.dep_ == "aux"):
        head = head.head
    return head


def _lacking(noun: Token) -> str | None:
    """ "No date for the next round", "no agreement on the road"."""
    bare = next((c for c in noun.children if c.dep_ == "det" and c.lower_ == "no"), None)
    lemma = noun.lemma_.lower()
    such = any(c.lower_ in {"such", "other", "more"} for c in noun.children)
    if bare is None or such or lemma not in _LACKING | _MISSING:
        return None
    rest = noun.doc[bare.i + 1 : noun.right_edge.i + 1].text
    if lemma in _MISSING:
        return finished(
            f"Will there be {_article(rest)} {rest}"
            if lemma not in {"progress", "consensus"}
            else f"Will there be {rest}"
        )
    return finished(f"What {'are' if noun.tag_ == 'NNS' else 'is'} the {rest}")


def _not_found(verb: Token, naming: Naming) -> str | None:
    """ "have found no consensus on it": will they find any?"""
    noun = next((c for c in verb.children if c.dep_ == "dobj"), None)
    bare = noun is not None and any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)
    if noun is None or not bare or noun.lemma_.lower() not in _MISSING:
        return None
    return finished(re.sub(r"\bno\b", "any", Clause(verb, naming).coming(), count=1))


def _article(words: str) -> str:
    return "an" if words[:1].lower() in "aeiou" else "a"


def _stance(verb: Token, naming: Naming) -> str | None:
    """What someone wants, offers or refuses."""
    lemma, negated = verb.lemma_.lower(), _negated(verb)
    who = named(subject_of(verb), naming)
    ready = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ in _READY), None)
    below = next(
        (c for c in (ready or verb).children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i), None
    )
    thing = _object(verb)
    if (lemma in _WANTING or ready) and below is not None and _is_plain(below):
        holder = phrase(thing) if thing is not None and lemma in _OF_ANOTHER else who
        return finished(Clause(below, naming, holder=holder).coming())
    if thing is None or who is None or any(c.lower_ == "no" for c in thing.children):
        return None
    if lemma in _REFUSING or (lemma == "rule" and any(c.dep_ == "prt" for c in verb.children)):
        return finished(f"Will {who} accept {phrase(thing)}")
    if lemma in _TABLING:
        return finished(f"Will {phrase(thing)} be agreed")
    if lemma in _FOR and not negated:
        return finished(f"Will {who} get {phrase(thing)}")
    return None


def _coming(verb: Token, naming: Naming) -> str | None:
    """What is to come or has not come: "will not open the road", "has yet to answer"."""
    modal = any(c.tag_ == "MD" and c.dep_ == "aux" for c in verb.children)
    if verb.lemma_.lower() in _SAYING or not (modal or _negated(verb)) or _asks(verb):
        return None
    return finished(Clause(verb, naming).coming())


def _claimed(doc: Doc, naming: Naming) -> str | None:
    """What someone says is so: "said that the list was complete"."""
    sentence = Sentence(doc, -1)
    verb = sentence.content
    if verb is None or verb == sentence.root:
        return None
    return _turned(Clause(verb, naming), "")


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _object(verb: Token) -> Token | None:
    """The object, or what stands behind "for" or "on"."""
    for child in verb.children:
        if child.dep_ == "dobj" and child.pos_ in {"NOUN", "PROPN"}:
            return child
        if child.dep_ == "prep" and child.lower_ in {"for", "on"}:
            found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if found is not None and found.pos_ in {"NOUN", "PROPN"}:
                return found
    return None
