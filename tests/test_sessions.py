"""summarizer.sessions: what ``auto`` means for a model."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from summarizer.endpoints import choose_endpoint
from summarizer.sessions import strategy_of
from summarizer.settings import Settings


@pytest.mark.parametrize(
    ("model", "strategy"),
    [
        ("embedded", "full"),
        ("embedded/qwen2.5-coder-0.5b-instruct", "full"),
        ("embedded/qwen3-4b-instruct-2507", "single"),
        ("embedded/qwen2.5-7b-instruct", "single"),
        ("openai/some-model", "single"),
    ],
)
def test_auto_asks_a_model_that_is_large_enough(model: str, strategy: str, tmp_path: Path) -> None:
    """Small ones are not asked to write; whoever names a larger one wants it to be."""
    settings = Settings(model=model, openai_api_key=SecretStr("unused"), cache_dir=tmp_path)
    assert strategy_of(settings, choose_endpoint(settings)) == strategy


def test_strategy_that_is_named_is_taken_whatever_the_model(tmp_path: Path) -> None:
    """``auto`` is a default, and no rule."""
    settings = Settings(model="embedded", strategy="stepwise", cache_dir=tmp_path)
    assert strategy_of(settings, choose_endpoint(settings)) == "stepwise"
