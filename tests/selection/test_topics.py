"""What an item is about."""

from __future__ import annotations

from summarizer.selection import topics
from summarizer.vocabulary import Topic


def test_topic_is_the_one_with_most_words_when_rules_alone_look() -> None:
    """Prisoners and their exchange: detainees."""
    assert topics.by_rule("Both will release prisoners in an exchange of detainees.")[0] == (
        Topic.DETAINEES_HOSTAGES
    )


def test_first_is_the_likeliest_when_several_topics_are_likely() -> None:
    """The likeliest leads, at most three are named, unlikely ones are not."""
    chances = [0.0] * len(topics.TOPICS)
    for topic, chance in ((Topic.CEASEFIRE, 0.5), (Topic.PROCESS, 0.9), (Topic.NUCLEAR_WMD, 0.1)):
        chances[topics.TOPICS.index(topic)] = chance
    assert topics.likely(chances) == [Topic.PROCESS, Topic.CEASEFIRE]


def test_one_topic_is_given_when_none_is_likely() -> None:
    """An item is always about something."""
    assert len(topics.likely([0.01] * len(topics.TOPICS))) == 1
