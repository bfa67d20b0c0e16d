# Every command works on a fresh Debian 12 with git, make and python3, as root or with sudo.
.DEFAULT_GOAL := help
.PHONY: help setup run test prove check bench walkthrough looks lock messages
PYTHON := .venv/bin/python
SETUP := portal/ops/setup.sh

help:  ## say what each command does
	@printf 'make ...\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1 \2/p' Makefile | awk '{ name = $$1; $$1 = ""; printf "  %-12s%s\n", name, $$0 }'

setup:  ## only the set-up: system packages, .venv/ with pinned packages, translations
	@$(SETUP) all

run:  ## start the whole portal on http://localhost:8000 (or PORT=), data in var/; Ctrl-C stops it
	@$(SETUP) run
	@$(PYTHON) -m portal.ops.run

test:  ## set up, then unit and integration tests on SQLite and PostgreSQL, journeys in Chromium
	@$(SETUP) all
	@$(PYTHON) -m portal.ops.test

prove:  ## the long proofs (or NAME=x); results with date and commit go to docs/proofs.json
	@$(SETUP) all
	@$(PYTHON) -m portal.ops.prove $(NAME)

check:  ## format, lint, types, imports, migrations, declared fields, translations, pins, proofs
	@$(SETUP) all
	@$(PYTHON) -m portal.ops.check

bench:  ## measure against floors (or NAME=x); one JSON object a line
	@$(SETUP) all
	@$(PYTHON) -m bench $(NAME)

walkthrough:  ## play survivor, caseworker, lead and lawyer; OUT=dir gets the package
	@test -n "$(OUT)" || { echo 'usage: make walkthrough OUT=dir' >&2; exit 2; }
	@$(SETUP) all
	@$(PYTHON) -m portal.ops.walkthrough "$(OUT)"

looks:  ## pictures of every make of a survivor's page at 360 px, without script; OUT=dir (LANGUAGES="be ar")
	@test -n "$(OUT)" || { echo 'usage: make looks OUT=dir' >&2; exit 2; }
	@$(SETUP) all
	@LANGUAGES="$(or $(LANGUAGES),be ar)" $(PYTHON) -m tests.looks "$(OUT)"

lock:  ## pin requirements*.in with hashes and reasons (UPGRADE=1 takes newer releases)
	@$(SETUP) all
	@$(PYTHON) -m portal.ops.lock $(if $(UPGRADE),--upgrade)

messages:  ## take new texts into locale/*/LC_MESSAGES/django.po and say what to translate
	@$(SETUP) all
	@$(PYTHON) -m portal.ops.catalogues
