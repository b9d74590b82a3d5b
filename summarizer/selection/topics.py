"""What an item is about: cue words per topic, weighed by fitted weights with the encoding (pure)."""

from __future__ import annotations

import re

from summarizer.vocabulary import Topic

TOPICS = tuple(Topic)
BESIDE, MOST = 0.3, 3
"""From which probability on a further topic is named, and how many there are at most."""
_TOPICS: dict[Topic, str] = {
    Topic.CEASEFIRE: r"cease-?fire|truce|hostilit|halt|stop (?:the )?(?:fighting|fire|firing|shelling|strikes)|lull|pause|"
    r"hold(?:s|ing)? (?:its|their) fire|alto el fuego|tregua|cese|cessez|trêve|air ?strikes|fighting|offensive",
    Topic.MONITORING_VERIFICATION: r"monitor|verif|vérif|observ|inspect|mechanism|check|mecanismo|supervis|"
    r"peacekeep|joint commission|comité de suivi",
    Topic.SECURITY_GUARANTEES: r"security guarantee|guarantee(?:s|d)?|garant|article 5|defend (?:it|them)|assurances",
    Topic.FOREIGN_FORCES: r"foreign (?:troops|forces|fighters|soldiers|bases)|multinational|peacekeep|mercenar|"
    r"nato troops|western troops|tropas extranjeras|forces étrangères|stabili[sz]ation force|casques bleus",
    Topic.FORCE_LIMITS: r"disarm|weapon|arms\b|demobili|army size|reintegrat|militia|rifle|heavy (?:weapons|artillery)|"
    r"integrat|cantonment|desarme|armas|dejación|désarm|armes|cantonn|army of|troop (?:cap|ceiling|numbers)|missile",
    Topic.NUCLEAR_WMD: r"nuclear|enrich|uranium|chemical weapon|biological|plutonium|nucléaire",
    Topic.TERRITORY_BORDERS: r"territor|border|withdraw|withdrew|pull(?:s|ed)? (?:back|out)|land\b|line of contact|"
    r"front ?line|province|zone|corridor|frontera|retir|repliegue|frontière|retrait|positions|region|occupied|buffer",
    Topic.STATUS_RECOGNITION: r"recogni|sovereign|independen|neutral|membership|nato\b|status|embass|diplomatic|"
    r"soberan|reconoc|souverain|reconnai|indépend|autodétermin|self-determination",
    Topic.GOVERNANCE: r"constitution|autonom|power[- ]sharing|transition|government of|federal|interim|cabinet|"
    r"parliament|assembly|decentrali|gobierno de|constituc|gouvernement d|pouvoir|election|eleccion|élection|civilian rule",
    Topic.VOTES_RATIFICATION: r"\bvot(?:e|es|ed|ing)\b|referend|ratif|plebisc|ballot|congress (?:must|will)|approved by parliament",
    Topic.DETAINEES_HOSTAGES: r"prisoner|hostage|detaine|captive|abduct|missing persons|release of|exchange of|swap|"
    r"prisioner|reh[eé]n|preso|secuestr|canje|prisonnier|otage|détenu|remains",
    Topic.HUMANITARIAN: r"humanitarian|\baid\b|relief|civilian|displaced|refugee|convoy|return of|evacuat|hospital|"
    r"ayuda|desplazad|refugiad|aide|déplacé|réfugié|food|grain|water",
    Topic.JUSTICE_AMNESTY: r"amnesty|trial|court|prosecut|justice|truth commission|reparation|war crimes|amnist|"
    r"tribunal|víctimas|justicia|indict|pardon",
    Topic.RIGHTS_INCLUSION: r"women|minorit|human rights|inclusion|language rights|civil society|derechos humanos|mujeres|"
    r"droits de l|femmes|indigenous",
    Topic.SANCTIONS_ASSETS: r"sanction|embargo|frozen assets|assets|sancion|avoirs",
    Topic.ECONOMY_RECONSTRUCTION: r"reconstruct|rebuild|econom|infrastructure|energy|demining|mines\b|trade|power plant|"
    r"pipeline|oil|gas\b|export|port\b|railway|desminado|déminage|investment|electricity|road\b",
    Topic.CRIME_TERRORISM: r"terror|drug|narco|organi[sz]ed crime|cocaine|smuggl|crimin",
    Topic.PROCESS: r"talks|meet|round|negotiat|mediator|agenda|delegation|summit|timetable|venue|format|envoy|session|"
    r"reuni|ronda|mesa|negocia|pourparlers|négocia|rencontre|cycle|next step|schedule|dialogue|consult",
}
_TOPIC_PATTERNS = {
    topic: re.compile(rf"(?<!\w)(?:{words})", re.I) for topic, words in _TOPICS.items()
}


def by_rule(text: str) -> list[Topic]:
    """One or two topics, the one with most cues first; ``process`` only where no other is."""
    counts = {topic: len(p.findall(text)) for topic, p in _TOPIC_PATTERNS.items()}
    if any(count for topic, count in counts.items() if topic != Topic.PROCESS):
        counts[Topic.PROCESS] = min(1, counts[Topic.PROCESS])
    order = list(_TOPIC_PATTERNS)
    ranked = sorted((t for t, n in counts.items() if n), key=lambda t: (-counts[t], order.index(t)))
    return ranked[:2] or [Topic.PROCESS]


def describe(text: str, section: int, sections: int) -> list[float]:
    """What the rules say, the first twice as much, and which section the line is chosen for."""
    said = by_rule(text)
    named = [2.0 * (topic == said[0]) + (topic in said[1:]) for topic in TOPICS]
    return [*named, *(float(section == one) for one in range(sections))]


def likely(chances: list[float]) -> list[Topic]:
    """The likeliest, and up to two more that are likely as well."""
    ranked = sorted(zip(chances, TOPICS, strict=True), key=lambda pair: (-pair[0], pair[1].value))
    beside = [topic for chance, topic in ranked[1:MOST] if chance >= BESIDE]
    return [ranked[0][1], *beside]
