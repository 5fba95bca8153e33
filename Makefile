# Everything that is done with this project, by name. `make` alone lists it.

.DEFAULT_GOAL := help
.PHONY: help setup run test check check-pages bench package lock clean

# The Python that makes .venv, and the article that `make run` opens.
PYTHON ?= python3
ARTICLE ?= build/sample.md
export ARTICLE

PREPARE := $(PYTHON) packaging/prepare.py
VENV := .venv/bin

# All tests are shared out among the processors, and whoever is done first takes over what others still have before them;
# more processes than four cost more to start than they save. A few tests are done sooner than a second process starts.
ALL_TESTS := --numprocesses auto --maxprocesses 4 --dist worksteal

help: ## list what make can do here
	@sed -n 's/^\([a-z-]*\):.* ## /\1\t/p' Makefile | while IFS='	' read -r name text; do printf '  make %-13s%s\n' "$$name" "$$text"; done
	@echo '  ARTICLE=path/to/article.md make run    opens that article'

setup: ## install all that Stet and its tests need, system libraries included
	@$(PREPARE) test

run: ## open the window on an article (without a display: export it)
	@$(PREPARE) run
	@[ "$$ARTICLE" != build/sample.md ] || $(MAKE) --no-print-directory build/sample.md
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(VENV)/stet "$$ARTICLE"; fi; \
	mkdir -p build; \
	page="build/$$(basename "$${ARTICLE%.*}").html"; \
	echo "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so no window can open."; \
	$(VENV)/stet export --force "$$ARTICLE" -o "$$page" >/dev/null && echo "$$ARTICLE is exported to $$page instead."

# A copy, so that trying things out changes no file of the project; once made, it is the reader's own.
build/sample.md: | resources/articles/sample.md
	@mkdir -p build
	@cp resources/articles/sample.md $@

test: ## run all tests; TESTS=tests/core runs some
	@$(PREPARE) test
	@$(VENV)/python -m pytest $(or $(TESTS),$(ALL_TESTS))

check: ## everything that must pass before a change goes in: format, lint, types, layers, tests
	@$(PREPARE) test
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(VENV)/python -m pytest $(ALL_TESTS)

check-pages: ## have html-validate, axe-core and Chromium judge exported pages; ARTICLES=some.md judges theirs
	@$(PREPARE) pages
	@$(VENV)/python checks/check_pages.py $(ARTICLES)

bench: ## measure, and print what was measured; PARTS="outside keys" measures some
	@$(PREPARE) test
	@$(VENV)/python bench/run.py $(PARTS)

package: ## build the sdist and the wheel into dist/
	@$(PREPARE) run
	@$(VENV)/python -m hatchling build --directory dist

lock: ## choose the newest allowed packages anew and write them to requirements.lock
	@$(PYTHON) packaging/lock.py

clean: ## remove what was built; .venv too
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
