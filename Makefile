# One file of commands for people and for CI. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
VENV := .venv
UV := .tools/bin/uv
PYTHON := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help setup run chat test lint types unit data bench lock clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(VENV)/.installed ## Install everything into .venv (done by the others where needed)

$(VENV)/.installed: requirements.lock tools.lock pyproject.toml scripts/setup.sh tests/node/package-lock.json
	@bash scripts/setup.sh
	@touch $@

run: setup ## Set up, train if needed, and serve the bot with its chat page
	@$(VENV)/bin/wenhao serve $(ARGS)

chat: setup ## Talk to the bot in the terminal
	@$(VENV)/bin/wenhao chat

test: setup lint types data unit ## Every check and test

lint: setup
	@echo "== ruff"; $(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

types: setup
	@echo "== mypy"; $(VENV)/bin/mypy

data: setup
	@echo "== rule table and training data"
	@$(VENV)/bin/wenhao rules check
	@$(VENV)/bin/wenhao evaluate --data
	@echo "== rasa data validate"
	@$(PYTHON) -W ignore -m rasa data validate --domain domain --config config.yml --data data/nlu data/rules --fail-on-warnings 2>&1 | grep -viE 'warning|deprecat|declare_namespace|^ +'
	@echo "== model"
	@$(VENV)/bin/wenhao train --if-needed

unit: setup
	@echo "== pytest"; $(PYTHON) -m pytest $(ARGS)

bench: setup ## Measure against a plain Rasa project and on public sets, and write docs/benchmarks.md (about an hour)
	@$(PYTHON) -m benchmarks

lock: setup ## Resolve the dependencies anew into requirements.lock
	@$(UV) pip compile pyproject.toml --extra dev --python $(PYTHON) --generate-hashes --no-header --no-annotate --upgrade -q -o requirements.lock

clean: ## Remove what was installed and trained
	rm -rf $(VENV) .tools tests/node/node_modules models var .mypy_cache .ruff_cache .pytest_cache *.egg-info
