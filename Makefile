# Five commands for people and for CI alike: site, serve, test, check, clean.
.POSIX:
.PHONY: site serve test check format lock clean help browser

# The first of these that starts and is new enough: macOS' own python3 is too old, and version
# managers put names on the path that do not start. Override: make PYTHON=…
PYTHON = $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done)
VENV = .venv
PY = $(VENV)/bin/python
PIP = $(PY) -m pip install --quiet --quiet --disable-pip-version-check

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

site: $(VENV)/runtime ## Build articles/ into site/
	@$(PY) scripts/build.py build --fetch-model never $(ARGS)

serve: $(VENV)/runtime ## Preview on http://127.0.0.1:8000, following every change
	@$(PY) scripts/build.py serve $(ARGS)

test: check browser ## Format, lint, types, then every test (unit, golden, quality, browser)
	$(PY) -m pytest -n auto --dist loadfile $(ARGS)

check: $(VENV)/dev ## Format, lint and types only
	$(VENV)/bin/ruff format --check --quiet .
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/mypy

format: $(VENV)/dev ## Format the code
	$(VENV)/bin/ruff format --quiet .
	$(VENV)/bin/ruff check --fix --quiet .

browser: $(VENV)/dev
	@$(PY) scripts/provision_browser.py

lock: $(VENV)/dev ## Pin the newest versions that the ranges in pyproject.toml allow
	$(PIP) uv
	for group in "" dev; do \
	  $(VENV)/bin/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet \
	    $${group:+--group $$group} -o requirements$${group:+-$$group}.txt || exit 1; \
	done
	$(VENV)/bin/uv pip compile --group env --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet \
	  -o requirements-env.txt

clean: ## Remove everything that make made, the environment included
	rm -rf $(VENV) .cache site docs/index.md docs/manifest.json docs/sitemap.xml docs/sw.js docs/archive \
	  docs/article docs/book docs/bundle docs/country docs/feed docs/lexicon docs/mine docs/offline \
	  docs/page docs/quality docs/search docs/sitemap docs/social docs/story docs/topic \
	  overrides/partials/bundles.html \
	  .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@python="$(PYTHON)"; \
	test -n "$$python" || { \
	  echo "Dwiwarta needs Python 3.11 or newer, and none was found. Install one, or name it:"; \
	  echo "  make PYTHON=/path/to/python3.12"; exit 1; }; \
	echo "Making $(VENV) with $$($$python --version) …"; \
	$$python -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "On Debian and Ubuntu, venv is a package of its own: apt install python3-venv"; exit 1; }

# What Python brings to install with is as old as itself.
$(VENV)/env: requirements-env.txt $(VENV)/bin/python
	@$(PIP) -r requirements-env.txt
	@touch $@

$(VENV)/runtime: requirements.txt $(VENV)/env
	@echo "Installing the pinned packages (once, about a minute) …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/env
	@echo "Installing the pinned packages for development (once, about a minute) …"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/runtime
