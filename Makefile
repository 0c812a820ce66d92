# Bare `make` lists the targets.
.DEFAULT_GOAL := help
PY := .venv/bin/python
ARGS ?=
# Tests run in two processes; ARGS="-n 0" runs them in one, as a debugger needs it.
SIDE_BY_SIDE := -n 2 --dist loadfile
CHECKS := style types templates migrations deployment architecture translations
.PHONY: help run test check bench chaos lock messages runtime development $(CHECKS)

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

run: runtime ## Start the service with demonstration content at http://127.0.0.1:8000
	@exec $(PY) run.py

test: development ## Run the tests on SQLite, and on PostgreSQL where TEST_DATABASE_URL names one (choose with ARGS="-k …")
ifdef TEST_DATABASE_URL
	@status=0; \
	echo "On SQLite:"; \
	env -u TEST_DATABASE_URL $(PY) -m pytest -q $(SIDE_BY_SIDE) -m "not postgres and not benchmark" $(ARGS) || status=1; \
	echo "On PostgreSQL:"; \
	$(PY) -m pytest -q $(SIDE_BY_SIDE) -m "database and not browser and not processes and not benchmark and not sqlite and not elasticsearch" --ignore=tests/journeys \
	    $(ARGS) || status=1; \
	exit $$status
else
	@$(PY) -m pytest -q $(SIDE_BY_SIDE) $(ARGS)
endif

check: development ## Style, types, templates, migrations, settings, import direction, translations
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

style:
	@echo "Style"
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .

types:
	@echo "Types"
	@$(PY) -m mypy --no-error-summary .

templates:
	@echo "Templates"
	@$(PY) -m djlint --lint --quiet templates

migrations:
	@echo "Migrations"
	@$(PY) manage.py makemigrations --check --dry-run

# The settings of a real installation without any data, with values that are only long enough.
deployment:
	@echo "Settings of an installation"
	@empty=$$(mktemp -d); trap 'rm -rf "$$empty"' EXIT; \
	    DATA_DIR=$$empty SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') SITE_URL=https://verkosto.example \
	    ALLOWED_HOSTS=verkosto.example EMAIL_URL=smtp://mail.example DJANGO_SETTINGS_MODULE=config.settings.production \
	    $(PY) manage.py check --deploy --fail-level WARNING

architecture:
	@echo "Import direction and layout"
	@$(PY) -m pytest -q tests/test_architecture.py

translations:
	@echo "Translations"
	@$(PY) manage.py check_translations
	@$(PY) site/locale_wagtail/missing.py

bench: development ## Measure the speed of pages and search
	@$(PY) -m pytest -q -m benchmark -s $(ARGS)

chaos: development ## Kill workers and web processes 200 times while pages change and 100 times while texts are saved, and let two sides edit 20,000 texts; nothing may be lost
	@KILLS=$${KILLS:-200} $(PY) -m pytest -q -s tests/search/test_kills.py $(ARGS)
	@KILLS=$${KILLS:-100} $(PY) -m pytest -q -s tests/drafts/test_load.py $(ARGS)
	@INTERLEAVINGS=$${INTERLEAVINGS:-20000} $(PY) -m pytest -q -s tests/texts/test_following.py $(ARGS)

LOCK := $(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --custom-compile-command "make lock" --quiet

lock: development ## Resolve pyproject.toml into the two requirements files (newer versions: ARGS=--upgrade)
	@$(LOCK) $(ARGS) -o requirements.txt
	@$(LOCK) $(ARGS) --extra dev -c requirements.txt -o requirements-dev.txt

messages: development ## Collect the translatable texts of code and templates into site/locale (needs gettext)
	@$(PY) manage.py check_translations --collect

runtime:
	@PYTHON="$(PYTHON)" ./install.sh requirements.txt

development:
	@PYTHON="$(PYTHON)" ./install.sh requirements-dev.txt
