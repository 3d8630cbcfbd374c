# `make run` and `make test` each do all of their own set-up. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
PY = .venv/bin/python
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
# mypy and the linters only need settings to load; no server is asked.
NO_SERVER = DATABASE_URL=postgres://nobody@localhost/none SECRET_KEY=unused
# What isn't byte for byte what the lock files name is refused.
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK = var/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
PYTEST = $(PY) -m pytest -n $(JOBS) --dist worksteal -q

.PHONY: help run test test-conformance test-all test-endurance setup check bench lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 20

run: .venv/for-running ## start the registry with its own PostgreSQL and two scored cases (PORT=8000)
	@exec env PORT=$(PORT) MAKE_PID=$$PPID $(PY) -m registry.run

test: .venv/for-testing check ## format, lint, types, import directions, migrations, and the quick tests
	$(PYTEST) -m "not slow"

test-conformance: .venv/for-testing ## only the quick tests that look at material of others, in ../shared
	$(PYTEST) -m "conformance and not slow"

test-all: .venv/for-testing ## the slow tests, and all tests on PostgreSQL 16
	$(PYTEST) -m "slow and not endurance"
	TEST_POSTGRES=16 $(PYTEST) -m "not slow and not browser"

test-endurance: .venv/for-testing ## a hundred kills, 10,000 amendments: many minutes each
	$(PYTEST) -m endurance

check: .venv/for-testing
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	$(NO_SERVER) $(PY) -m mypy
	$(NO_SERVER) .venv/bin/lint-imports --no-cache
	$(PY) manage.py makemigrations --check --dry-run

bench: .venv/for-testing ## measure ours beside its rivals; prints ratios
	$(PY) -m bench

setup: .venv/for-testing ## prepare the environment for running and testing

lock: ## write the lock files anew from requirements.txt and requirements-dev.txt (several minutes)
	@$(PYTHON) -m venv var/lock
	@var/lock/bin/python -m pip install --quiet --disable-pip-version-check pip-tools==7.6.2
	$(LOCK) --output-file requirements.lock requirements.txt
	$(LOCK) --output-file requirements-dev.lock requirements-dev.txt

clean: ## remove the environment and all data under var/
	rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; '$(PYTHON)' is `$(PYTHON) --version 2>&1`. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making a Python environment in .venv"
	@$(PYTHON) -m venv .venv

.venv/for-running: requirements.lock | .venv/bin/python
	@echo "Installing what the registry needs (once; about half a minute)"
	@$(INSTALL) -r requirements.lock
	@touch $@

.venv/for-testing: requirements-dev.lock | .venv/bin/python
	@echo "Installing what running and testing need (once; about a minute)"
	@$(INSTALL) -r requirements-dev.lock
	@touch .venv/for-running $@
