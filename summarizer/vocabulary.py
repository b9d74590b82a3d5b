"""The closed vocabularies of a brief: every value with its definition.

The prompts render these definitions, so that what a model is told and what the code
accepts cannot drift apart. Source of the values: the field guide in ``docs/brief-guide.md``.
"""

from __future__ import annotations

from enum import Enum

SELECTED = frozenset({"full", "fast"})
"""Strategies whose statements are sentences that were selected, without a language model."""


class Term(str, Enum):
    """A string value with a ``definition``; equal to its plain string."""

    definition: str

    # The default is for type checkers: ``Topic("process")`` finds a member by its value.
    def __new__(cls, value: str, definition: str = "") -> Term:
        term = str.__new__(cls, value)
        term._value_ = value
        term.definition = definition
        return term

    def __str__(self) -> str:
        return str(self.value)


class PartyKind(Term):
    """What a party is."""

    STATE = "state", "a country or its government"
    ARMED_GROUP = "armed_group", "a non-state force that fights"
    POLITICAL_MOVEMENT = "political_movement", "a party, front or movement that does not fight"
    INTERNATIONAL_ORGANISATION = (
        "international_organisation",
        "a standing body of states with a secretariat: UN, EU, African Union, NATO, OSCE",
    )
    BLOC = "bloc", 'an ad-hoc group of states or leaders ("European leaders from 10 states", "E3")'
    OTHER = "other", "anything else that takes part: a church, an aid agency, a company"


class PartyRole(Term):
    """The part that a party plays in the talks."""

    PRIMARY_PARTY = "primary_party", "fights, or is bound by the settlement; must consent"
    SUPPORTING_PARTY = "supporting_party", "ally or backer of a primary party"
    MEDIATOR = "mediator", "helps make the terms, carries or tables proposals"
    HOST = "host", "gives the venue or good offices only"
    GUARANTOR = "guarantor", "has offered or promised to uphold or enforce the settlement"
    MONITOR = "monitor", "verifies that the terms are kept"
    WITNESS = "witness", "attests or co-signs only"
    IMPLEMENTER = "implementer", "would carry out a part: an aid agency, a channel for money"
    AFFECTED_OUTSIDER = "affected_outsider", "not at the table, publicly for or against"


class Topic(Term):
    """What an item is about."""

    CEASEFIRE = "ceasefire", "truce, cessation of hostilities, its start, length, breaches"
    MONITORING_VERIFICATION = "monitoring_verification", "who checks, observers, mechanisms"
    SECURITY_GUARANTEES = "security_guarantees", "promises to defend or to restore security"
    FOREIGN_FORCES = "foreign_forces", "troops, bases or peacekeepers from abroad"
    FORCE_LIMITS = (
        "force_limits",
        "army size, arming and training, disarmament, demobilisation, reintegration, militias",
    )
    NUCLEAR_WMD = "nuclear_wmd", "nuclear, chemical, biological weapons and programmes"
    TERRITORY_BORDERS = "territory_borders", "land, lines, withdrawal from land, borders"
    STATUS_RECOGNITION = (
        "status_recognition",
        "sovereignty, independence, neutrality, alliance membership, diplomatic ties",
    )
    GOVERNANCE = "governance", "constitution, autonomy, power-sharing, transition, elections' rules"
    VOTES_RATIFICATION = "votes_ratification", "votes, referendums, ratification of a deal"
    DETAINEES_HOSTAGES = "detainees_hostages", "prisoners, hostages, the missing, exchanges"
    HUMANITARIAN = "humanitarian", "aid access, civilians, displacement, return"
    JUSTICE_AMNESTY = "justice_amnesty", "trials, amnesty, truth, reparation for crimes"
    RIGHTS_INCLUSION = "rights_inclusion", "rights of groups, women and minorities at the table"
    SANCTIONS_ASSETS = "sanctions_assets", "sanctions, embargoes, frozen assets"
    ECONOMY_RECONSTRUCTION = (
        "economy_reconstruction",
        "rebuilding, infrastructure, energy, demining, resources, trade",
    )
    CRIME_TERRORISM = "crime_terrorism", "terrorism, drugs, organised crime as an issue of talks"
    PROCESS = "process", "who, where, agenda, mediator, sequence, timetable of the talks"
    OTHER = "other", "none of these"


class Basis(Term):
    """On what ground the document reports an item; in order of strength."""

    ON_RECORD = (
        "on_record",
        'a named person, or a body speaking as such ("the government said"), quoted or '
        "paraphrased, posts included",
    )
    OFFICIAL_TEXT = "official_text", "a communiqué, joint or written statement, law or agreement"
    ANONYMOUS = "anonymous", "an unnamed official or source"
    OTHER_MEDIA = (
        "other_media",
        'another outlet is cited ("Tass reported"), or a reporter asserts it',
    )
    LEAKED = "leaked", "leaked minutes, drafts or documents"
    NARRATION = "narration", "the document's own voice, no one is named as saying it"
    ANALYST = "analyst", "an expert, or the author of an opinion piece"


class Certainty(Term):
    """How sure the document is of an item."""

    ASSERTED = "asserted", "said without hedging"
    HEDGED = "hedged", "may, could, expects, is believed to, reportedly"
    DISPUTED = "disputed", "another voice in the document denies or contradicts it"


class StepCertainty(Term):
    """How sure the document is of a next step."""

    PLANNED = "planned", "scheduled or announced"
    ASSERTED = "asserted", "said to come, without a schedule and without hedging"
    HEDGED = "hedged", "may, could, is expected to"
    DISPUTED = "disputed", "another voice in the document denies or contradicts it"


class OfferKind(Term):
    """What kind of giving an offer is."""

    OFFER = "offer", "will give something, usually if a condition is met"
    PROPOSAL = "proposal", "a text, plan or package tabled by anyone, a mediator included"
    COMMITMENT = "commitment", "a pledge or undertaking, agreed terms included"
    CONCESSION = "concession", "gives up an earlier position"


class OfferStatus(Term):
    """How far an offer has got, according to the document; the least claim that fits."""

    FLOATED = "floated", 'an idea aired: "could look at", hints, ideas passed on; no formal text'
    TABLED = (
        "tabled",
        "put forward: a text, a plan, a public pledge, "
        'or a stated readiness ("is ready to … if …")',
    )
    UNDER_NEGOTIATION = "under_negotiation", "being worked on by the sides"
    ACCEPTED_IN_PART = "accepted_in_part", '"yes, but"'
    AGREED = "agreed", "settled, not signed"
    SIGNED = "signed", "signed"
    IN_FORCE = "in_force", "in effect"
    REJECTED = "rejected", "refused by a side that must consent"
    WITHDRAWN = "withdrawn", "taken back by the side that made it"
    DISPUTED = "disputed", "one side says it exists or was agreed, another denies it"
    UNSTATED = "unstated", "the document does not say"


class Response(Term):
    """How a party answers an offer."""

    ACCEPTS = "accepts", "says yes"
    ACCEPTS_IN_PART = "accepts_in_part", '"yes, but"'
    REJECTS = "rejects", "says no"
    NONCOMMITTAL = "noncommittal", "answers without yes or no"


class RedLineKind(Term):
    """What a party will not accept, or insists on."""

    REFUSAL = "refusal", 'can be put as "will not accept …" without adding meaning'
    DEMAND = "demand", "insists on it, requires it as part of a deal"
    PRECONDITION = "precondition", "must happen before talks or before the next step"


class Firmness(Term):
    """How firm a red line is."""

    CATEGORICAL = "categorical", "without exception or condition"
    QUALIFIED = "qualified", "with an exception, a condition or a hedge"
    SOFTENING = "softening", "the document shows the party moving away from it"


class QuestionReason(Term):
    """Why a question is open."""

    PARTIES_DISAGREE = "parties_disagree", "the sides differ on it"
    NOT_YET_DISCUSSED = "not_yet_discussed", "said not to have been discussed"
    DETAILS_WITHHELD = "details_withheld", '"offered no details"'
    TERM_UNDEFINED = "term_undefined", "a vague word doing heavy work"
    CONFLICTING_ACCOUNTS = "conflicting_accounts", "two voices report it differently"
    AWAITING_RESPONSE = "awaiting_response", "a side has not answered yet"
    AWAITING_DECISION = "awaiting_decision", "a vote, ratification or ruling is pending"
    SEQUENCING = "sequencing", "what comes first"
    VERIFICATION = "verification", "who checks"
    IMPLEMENTATION = "implementation", "whether it can or will be carried out"


class ContradictionKind(Term):
    """In what documents contradict each other."""

    NUMBER = "number", "another figure, date or deadline"
    STATUS = "status", "another status of the same offer, or a denial of it"
    POLARITY = "polarity", "one says yes, another says no"


class ChangeKind(Term):
    """What changed between two briefs of one process."""

    NEW = "new", "in the new brief only"
    GONE = "gone", "in the old brief only: no longer mentioned, which does not mean withdrawn"
    HARDENED = "hardened", "firmer, with more conditions, or refused where it was offered"
    SOFTENED = "softened", "less firm, with fewer conditions, or offered where it was refused"
    STATUS_MOVED = "status_moved", "another status of the same offer, or another answer to it"
    NUMBER_CHANGED = "number_changed", "another figure, date or deadline in the same item"
    HOLDER_CHANGED = "holder_changed", "the same substance, held or given by another party"
    QUESTION_ANSWERED = "question_answered", "open in the old brief, settled in the new one"
    QUESTION_OPENED = "question_opened", "open in the new brief only"
    STEP_DONE = "step_done", "still to come in the old brief, done according to the new one"
    STEP_OVERDUE = "step_overdue", "its date has passed, and the new brief does not say it is done"


class SupportStatus(Term):
    """What the support check found."""

    SUPPORTED = "supported", "the cited sentences carry everything that is checked"
    PARTIAL = "partial", "something checked is missing from the cited sentences"
    UNSUPPORTED = "unsupported", "the cited sentences do not carry the statement"
