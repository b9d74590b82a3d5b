"""Web pages in the layouts of five kinds of sites, with the furniture that such sites have."""

from __future__ import annotations

ARTICLE = (
    "Envoys of Varda and the League met for a third day in the port of Ostrel on Tuesday.",
    "Varda offered to withdraw its heavy guns from the eastern bank if the League opens the road "
    "to Kessen by 1 March, two officials who were in the room said.",
    "Ilse Marrow, who leads the League's team, said that no foreign troops would be accepted on "
    "the islands. “That has not changed and will not change,” she told reporters.",
    "The mediators expect the talks to resume on 4 January.",
)
HEADLINE = "League rules out foreign troops as Ostrel talks go on"
FURNITURE = ("Subscribe to our newsletter", "Most read", "All rights reserved", "Cookie settings")

_MENU = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>'
    for name in ("World", "Politics", "Business", "Sport", "Weather", "Opinion", "Culture")
)
_READ = "".join(
    f'<li><a href="/{n}">{text}</a></li>'
    for n, text in enumerate(
        ("Ferry prices rise again", "How to keep herring fresh", "Ten views of the old port")
    )
)
_FOOT = (
    "<footer><p>All rights reserved. Harbour News Ltd, 3 Quay Street, Ostrel.</p>"
    "<p><a href='/c'>Cookie settings</a> <a href='/t'>Terms of use</a></p></footer>"
)


def _paragraphs(texts: tuple[str, ...] = ARTICLE) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def agency() -> str:
    """A news agency: JSON-LD, a header menu, a list of most read pages, a newsletter box."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{HEADLINE} | Harbour "
        "News</title><meta property='og:site_name' content='Harbour News'>"
        '<script type=\'application/ld+json\'>{"@context":"https://schema.org","@type":'
        f'"NewsArticle","headline":"{HEADLINE}","datePublished":"2025-12-16T18:30:00+01:00",'
        '"publisher":{"@type":"Organization","name":"Harbour News"}}</script></head><body>'
        f"<header><nav><ul>{_MENU}</ul></nav></header><main><article><h1>{HEADLINE}</h1>"
        f"<p class='byline'>By Marten Oakes</p>{_paragraphs()}<div class='newsletter'>"
        "<p>Subscribe to our newsletter and never miss a story.</p></div></article></main>"
        f"<aside><h3>Most read</h3><ol>{_READ}</ol></aside>{_FOOT}</body></html>"
    )


def ministry() -> str:
    """A ministry: tables lay out the page, the menu is a cell, there is no article element."""
    return (
        "<html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'><title>"
        "Ministry of Foreign Affairs of Varda - Statement on the third round</title></head><body>"
        f"<table width='960'><tr><td class='menu' valign='top'><ul>{_MENU}</ul></td>"
        "<td valign='top'><h2>Statement on the third round</h2><p>Ostrel, 16 December 2025</p>"
        f"{_paragraphs()}<p>The parties agreed on the following:</p><ol><li>to exchange 140 "
        "detainees by 4 January;</li><li>to keep the road to Kessen open.</li></ol></td></tr>"
        "<tr><td colspan='2' class='footer'>All rights reserved. <a href='/c'>Cookie settings</a>"
        "</td></tr></table></body></html>"
    )


def blog() -> str:
    """A mission's blog: a sidebar, share buttons, comments of readers."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{HEADLINE} – Mission "
        "diary</title><meta property='article:published_time' content='2025-12-16'></head>"
        f"<body class='single'><div id='header'><ul class='nav'>{_MENU}</ul></div>"
        f"<div class='post hentry'><h1 class='entry-title'>{HEADLINE}</h1>"
        f"<div class='entry-content'>{_paragraphs()}<blockquote><p>We stay until the road is "
        "open.</p></blockquote></div><div class='sharedaddy'><h3>Share this</h3></div></div>"
        "<div id='comments'><h3>2 comments</h3><ol class='commentlist'><li class='comment'><p>"
        "I do not believe a word of it, they said the same last year.</p></li></ol></div>"
        f"<div id='sidebar' class='widget-area'><h3>Most read</h3><ul>{_READ}</ul><p>Subscribe to "
        f"our newsletter</p></div>{_FOOT}</body></html>"
    )


def arabic() -> str:
    """A broadcaster in Arabic, from right to left."""
    texts = (
        "التقى مبعوثو فاردا والرابطة لليوم الثالث في ميناء أوستريل يوم الثلاثاء لمواصلة المحادثات.",
        "وقالت إيلسه مارو، رئيسة وفد الرابطة، إن الرابطة لن تقبل وجود قوات أجنبية في الجزر.",
        "ويتوقع الوسطاء أن تستأنف المحادثات في الرابع من يناير المقبل في مدينة أوستريل الساحلية.",
    )
    return (
        "<!DOCTYPE html><html lang='ar' dir='rtl'><head><meta charset='utf-8'><title>الرابطة ترفض "
        "القوات الأجنبية</title></head><body><nav><ul><li><a href='/1'>الرئيسية</a></li>"
        "<li><a href='/2'>رياضة</a></li><li><a href='/3'>اقتصاد</a></li></ul></nav><article>"
        f"<h1>الرابطة ترفض القوات الأجنبية</h1>{_paragraphs(texts)}</article>"
        "<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"
    )


def soup() -> str:
    """A portal of nothing but div elements with class names that a program chose."""
    body = "".join(f'<div class="css-1x9q"><div class="css-77p">{t}</div></div>' for t in ARTICLE)
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{HEADLINE}</title></head><body>"
        "<div class=css-a1><div class=css-a2><a href=/a>World</a> <a href=/b>Sport</a> "
        "<a href=/c>Weather</a></div></div><div class=css-k3>"
        f"<h1 class=css-h>{HEADLINE}</h1>{body}</div><div class=css-f9><div>Cookie settings</div>"
        "<div>All rights reserved</div></div></body></html>"
    )


def paywalled() -> str:
    """A page that gives two sentences and says that the rest is not free."""
    page = agency().replace('"headline"', '"isAccessibleForFree":false,"headline"')
    for text in ARTICLE[2:]:
        page = page.replace(f"<p>{text}</p>", "")
    return page


def scripted() -> str:
    """A page that a script fills."""
    return (
        "<!DOCTYPE html><html><head><title>Loading</title></head><body><div id='root'></div>"
        "<script>window.__DATA__ = {text: 'League rules out foreign troops'}</script>"
        "<noscript></noscript></body></html>"
    )


RUSSIAN = (
    "Представители Варды и Лиги третий день ведут переговоры в порту Острэл.",
    "Ильзе Марроу, которая возглавляет делегацию Лиги, заявила, что Лига не примет иностранные "
    "войска на островах и не изменит этой позиции.",
    "Посредники ожидают, что переговоры возобновятся четвёртого января в том же порту.",
)


def russian(charset: str) -> str:
    """An article in Russian that says it is in ``charset``."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>Лига отказывается</title>"
        f"</head><body><article><h1>Лига отказывается</h1>{_paragraphs(RUSSIAN)}</article>"
        "</body></html>"
    )


def feed(site: str) -> str:
    """An RSS feed of three entries, one of them without an address."""
    items = "".join(f"<item><title>{n}</title><link>{site}/{n}</link></item>" for n in ("a", "b"))
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour News</title>"
        f"<link>{site}</link><description>News</description>{items}"
        "<item><title>c</title><description>No address.</description></item></channel></rss>"
    )


def atom(site: str) -> str:
    """An Atom feed of two entries with relative addresses."""
    entries = "".join(
        f"<entry><title>{n}</title><id>urn:{n}</id><link href='/{n}'/></entry>" for n in ("x", "y")
    )
    return (
        f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xml:base='{site}/'>"
        f"<title>Harbour News</title>{entries}</feed>"
    )
