"""The HTML report: one page, no request, everything of documents and models escaped."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest

from summarizer.evaluation.penalties import PENALTIES
from summarizer.evaluation.reports.alignedrows import explanations
from summarizer.evaluation.reports.html import to_html
from summarizer.evaluation.runs import Run
from tests import factories as make
from tests.evaluation.reports.runs import HOSTILE, crashed, lake_case, run_of, scored
from tests.evaluation.samples import MUTANTS, SENTENCES, edit, sample, without

VOID = frozenset({"meta", "link", "br", "rect", "circle"})


class Page(HTMLParser):
    """Elements, ids, links and text of a page, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"{tag} closes something else"

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        """The values of an attribute, in order."""
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]


def _hostile_run() -> tuple[Run, str]:
    """Hostile text in every place that a document, a model or a user fills."""
    text = (f"{HOSTILE} said one.", *SENTENCES[1:])
    brief = make.make_brief(
        text,
        parties=[make.party(f"Lake{HOSTILE}", aliases=[HOSTILE], people=[(HOSTILE, HOSTILE)])],
        offers=[
            make.offer(
                f"{HOSTILE} will go.", by=[f"Lake{HOSTILE}"], conditions=[HOSTILE],
                deadline=HOSTILE, speaker=HOSTILE, support=make.partial(HOSTILE),
            )
        ],
        open_questions=[make.question(f"{HOSTILE}?")],
    )  # fmt: skip
    case = lake_case(brief, text)
    other = edit(brief, "offers", 0, by=[HOSTILE], deadline="now", speaker=f"x {HOSTILE}")
    run = run_of(
        scored(case, other, tags=[f"genre:{HOSTILE}", f"lang:{HOSTILE}", f"conflict:{HOSTILE}"]),
        crashed(case, error=HOSTILE, repeat=2),
        scored(lake_case(), case_id=f"javascript:{HOSTILE}"),
        label=HOSTILE, model=HOSTILE, note=HOSTILE, params={HOSTILE: HOSTILE},
        scorer_version=HOSTILE, similarity=HOSTILE,
    )  # fmt: skip
    return run, to_html(run, [case])


@pytest.mark.parametrize("penalty", sorted(PENALTIES))
def test_every_lost_point_is_explained(penalty: str) -> None:
    """Each line of the ledger that cost something is on the page, with its points."""
    case = lake_case()
    outcome = scored(case, MUTANTS[penalty](sample()))
    page = Page(to_html(run_of(outcome), [case]))
    costly = [one for one in explanations(outcome) if one.points > 0]
    assert costly
    for one in costly:
        assert one.text in page.text
        assert one.lost in page.text
        assert one.word in page.text


def test_page_is_well_formed_and_ids_are_unique() -> None:
    """Every element is closed, no id occurs twice, and every link leads somewhere in the page."""
    case = lake_case()
    brief = without(MUTANTS["holder"](MUTANTS["evidence.disjoint"](sample())), "offers", 0)
    outcomes = [scored(case, brief), scored(case, repeat=2), crashed(case, repeat=3)]
    page = Page(to_html(run_of(*outcomes), [case]))
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    links = [attrs["href"] or "" for tag, attrs in page.elements if tag == "a"]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_hostile_text_stays_text() -> None:
    """No element, handler, address or mark of direction comes from a document or a model."""
    _, page = _hostile_run()
    parsed = Page(page)
    tags = {tag for tag, _ in parsed.elements}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "base"}
    assert not any(name.startswith("on") for _, attrs in parsed.elements for name in attrs)
    assert "<script>alert(1)</script>" in parsed.text
    assert not set("\u202e\u202c") & set(page)
    assert parsed.open == []


def test_page_makes_no_request() -> None:
    """Nothing is loaded, every link stays in the page, and no address is a scheme to run."""
    _, page = _hostile_run()
    parsed = Page(page)
    assert parsed.values("src") == []
    assert all(link.startswith("#") or link == "data:," for link in parsed.values("href"))
    assert not parsed.values("style")
    style = page[page.index("<style>") : page.index("</style>")]
    assert not re.search(r"url\(|@import|http", style)


def test_policy_allows_the_own_style_sheet_and_nothing_else() -> None:
    """The hash in the policy is that of the style element, so browsers apply it and no other."""
    case = lake_case()
    page = to_html(run_of(scored(case)), [case])
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    style = re.search(r"<style>(.*)</style>", page, re.DOTALL)
    assert found
    assert style
    policy = html.unescape(found[1])
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_page_can_be_written_as_utf_8() -> None:
    """A lone surrogate from a model does not stop the report."""
    case = lake_case()
    bad = "half \ud800 a character"
    brief = edit(sample(), "offers", 0, statement=bad, speaker=bad, deadline=bad)
    outcome = scored(case).model_copy(update={"brief": brief})
    page = to_html(run_of(outcome, crashed(case, error=bad, repeat=2), label=bad), [case])
    assert "half \ufffd a character" in page.encode("utf-8").decode("utf-8")


def test_worst_case_is_first_and_none_is_left_out() -> None:
    """The list of cases runs from the worst to the best."""
    cases = [lake_case(id=name) for name in ("good", "middling", "broken")]
    good, middling, broken = cases
    run = run_of(scored(good), scored(middling, without(sample(), "offers", 0)), crashed(broken))
    page = to_html(run, cases)
    names = re.findall(r'class="name" dir="auto">([^<]+)<', page)
    assert names == ["broken", "middling", "good"]


def test_panel_has_interval_n_ceiling_and_denominators() -> None:
    """No number stands alone."""
    cases = [lake_case(), lake_case(id="river")]
    text = Page(to_html(run_of(scored(cases[0]), crashed(cases[1])), cases)).text
    squeezed = " ".join(text.split())
    for wanted in (
        "mean over 2 articles", "95 % interval 0.00 to 1.00", "ceiling 0.912",
        "1 of 2 outputs, each a zero", "By language", "By genre", "By length", "By subject",
        "By conflict", "By hard case", "attribution accuracy", "3 of 3",
    ):  # fmt: skip
        assert wanted in squeezed, wanted


def test_sentences_are_marked_by_word_and_class() -> None:
    """Evidence and citation differ by a word, not by colour alone, and link to their item."""
    case = lake_case()
    page = Page(to_html(run_of(scored(case, MUTANTS["evidence.disjoint"](sample()))), [case]))
    classes = [attrs.get("class") for _, attrs in page.elements]
    assert {"s both", "s reference", "s output"} <= set(classes)
    assert "ref R1" in page.text
    assert "out R1" in page.text
    assert {"#c1-reference-R1", "#c1-output-R1"} <= set(page.values("href"))


def test_word_that_turns_a_statement_round_is_marked() -> None:
    """The "not" that the output dropped is what the eye falls on."""
    case = lake_case()
    brief = edit(
        sample(), "red_lines", 0, statement="Ostmark will accept foreign troops on its soil."
    )
    page = to_html(run_of(scored(case, brief)), [case])
    assert re.findall(r"<mark>([^<]+)</mark>", page) == ["not "]


def test_outcome_of_an_unknown_case_is_shown_without_its_document() -> None:
    """The ledger stays; document and reference are said to be lacking."""
    case = lake_case()
    outcome = scored(case, without(sample(), "offers", 0))
    text = Page(to_html(run_of(outcome), [])).text
    assert "document and reference cannot be shown" in text
    assert explanations(outcome)[0].text in text


def test_empty_run_is_a_page() -> None:
    """Nothing was run: a page that says so, not an error."""
    page = Page(to_html(run_of(ceiling=None), []))
    assert page.open == []
    assert "ceiling unknown" in page.text
    assert "mean over 0 articles" in page.text


def test_right_to_left_documents_take_their_own_direction() -> None:
    """Labels carry their direction, so that a paragraph's own first letter decides its own."""
    text = ("قال المبعوث إن الطرفين اتفقا.", "Talks go on.")
    brief = make.make_brief(text, offers=[make.offer("Lake will go.", by=["Lake"])])
    case = lake_case(brief, text)
    page = to_html(run_of(scored(case)), [case])
    paragraph = page[page.index("<h4>Document") :]
    start = paragraph.index('<p dir="auto">')
    before = paragraph[start : paragraph.index("قال")]
    assert '<sup class="no" dir="ltr">' in before
    assert 'class="tag reference" dir="ltr"' in paragraph
