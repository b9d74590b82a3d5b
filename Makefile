# make brief: set up and make a brief of a shipped document. make test: set up and run the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ENCODERS := all-minilm-l6-v2 all-mpnet-base-v2
DOCUMENT ?= seeds/berlin-talks-2025.txt

.PHONY: setup brief test lint eval prove lock clean
.DEFAULT_GOAL := brief

setup: $(VENV)/.installed

# The lock has hashes and no index address: pip's own configuration says where packages come from.
$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "summarizer needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 2; }
	@echo "Setting up $(VENV) (about 1 GB on disk and encoders of 91 and 438 MB, the first time) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/summarizer models pull $(ENCODERS) --quiet > /dev/null || \
		echo "Going on without: briefs of English documents find less, and say so."
	@touch $@

brief: setup
	@$(BIN)/summarizer brief $(DOCUMENT)

test: setup
	@$(BIN)/python -m pytest

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Replays the recorded answers of the embedded model (each document in one window, as recorded) and
# holds every score against the snapshot; then makes every brief by sentence selection, live.
# Scores are those of the small encoder: without it the recipe stops here.
eval: setup
	@$(BIN)/summarizer models path $(firstword $(ENCODERS)) > /dev/null
	@$(BIN)/summarizer eval check
	@SUMMARIZER_WINDOW=24000 $(BIN)/summarizer eval run --model embedded/qwen2.5-coder-0.5b-instruct --strategy single \
		--replay --like evals/baselines/replay.json --quiet --concurrency 4 -o .eval-replay.json
	@$(BIN)/summarizer eval gate .eval-replay.json
	@$(BIN)/summarizer eval run --model embedded --strategy fast --quiet -o .eval-fast.json
	@$(BIN)/summarizer eval gate .eval-fast.json --live --against evals/baselines/fast.json --floor 0.4
	@$(BIN)/summarizer eval multi --oracle

# Needs the peers' packages: pip install 'summarizer[eval-peers]'
prove: setup
	@$(BIN)/summarizer eval prove --write

lock:
	$(BIN)/uv pip compile --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra embedded --extra eval --extra documents --group dev --universal pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .eval-replay.json .eval-fast.json
