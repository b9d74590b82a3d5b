"""What a run tells while it goes on. The base class says nothing."""

from __future__ import annotations

from summarizer.brief import Attempt


class Progress:
    """Override what you want to show; every method may be called many times."""

    def step(self, name: str) -> None:
        """A step begins: parties, offers, grounding, …"""

    def attempt(self, attempt: Attempt) -> None:
        """A call to the model has ended, well or not."""

    def download(self, name: str, done: int, total: int) -> None:
        """``done`` of ``total`` bytes of weights are here."""

    def notice(self, message: str) -> None:
        """One line that a person should see."""
