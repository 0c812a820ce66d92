# Bare `make` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run test check bench lock messages runtime development

PY := .venv/bin/python
ARGS ?=

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

run: runtime ## Start the service with demonstration content at http://127.0.0.1:8000
	@exec $(PY) run.py

test: development ## Run the tests on SQLite, and on PostgreSQL where TEST_DATABASE_URL names one
	@PYTHON=$(PY) tests/run $(ARGS)

check: development ## Format, types, templates, migrations, translations, import direction
	@PYTHON=$(PY) tests/check

bench: development ## Measure the speed of pages and search
	@$(PY) -m pytest tests/benchmarks -m benchmark -s $(ARGS)

LOCK := $(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --custom-compile-command "make lock" --quiet

lock: development ## Resolve pyproject.toml into the two requirements files (newer versions: ARGS=--upgrade)
	@$(LOCK) $(ARGS) -o requirements.txt
	@$(LOCK) $(ARGS) --extra dev -c requirements.txt -o requirements-dev.txt

messages: development ## Collect the translatable texts into site/locale (needs gettext)
	@$(PY) manage.py collect_messages

runtime:
	@PYTHON="$(PYTHON)" ./install.sh requirements.txt

development:
	@PYTHON="$(PYTHON)" ./install.sh requirements-dev.txt
