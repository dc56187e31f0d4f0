# The only interface. `make` alone prints what there is.
# DATA=, AS_OF= and LAYER= choose another edition; each has a folder of its own under _build/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

DATA  ?=
AS_OF ?=
LAYER ?= announced
PYTHON ?= python3
JOBS  ?=
PORT  ?= 8000
N     ?= auto
# Not from the environment: some shells keep the name of the host in NAME.
NAME   =
ROWS   =
SAMPLE ?= 30
SEED   ?= 7

# A misspelt variable would silently build the wrong edition.
KNOWN := DATA AS_OF LAYER PYTHON JOBS PORT N NAME ROWS SAMPLE SEED
GIVEN := $(foreach word,$(MAKEOVERRIDES),$(firstword $(subst =, ,$(word))))
UNKNOWN := $(filter-out $(KNOWN),$(GIVEN))
ifneq ($(UNKNOWN),)
$(error unknown variable $(UNKNOWN); known are: $(KNOWN))
endif

VENV := .venv
PY := $(VENV)/bin/python

dash = $(subst /,_,$(subst ..,up,$(1)))
EDITION := book$(if $(DATA),-data-$(call dash,$(DATA)))$(if $(AS_OF),-as-of-$(AS_OF))$(if $(filter-out announced,$(LAYER)),-$(LAYER))
OUT := _build/$(EDITION)
SITE := $(OUT)/site/index.html

# Folders count too: a file that was taken away changes its folder.
INPUTS := _config.yml _toc.yml requirements.lock pyproject.toml \
  $(shell find data/ notebooks/ book/ $(DATA) -not -path '*/.*' 2>/dev/null) \
  $(shell find src -name '*.py')

.PHONY: help book scenario serve check-data audit zip test lint bench format lock clean

help: ## this list
	@echo "The Tightrope. make TARGET [DATA=dir] [AS_OF=YYYY-MM-DD] [LAYER=announced|binding|paid]"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

book: $(SITE) ## build the book; nothing to do if nothing changed

$(SITE): $(INPUTS) | $(VENV)/ready
	@$(PY) -m tightrope.publish --data '$(DATA)' --as-of '$(AS_OF)' --layer '$(LAYER)' --out '$(OUT)' $(if $(JOBS),--jobs $(JOBS))

scenario: | $(VENV)/ready ## the book with a scenario of your own: NAME=my ROWS=my.csv
	@test -n '$(NAME)' -a -n '$(ROWS)' || { echo 'name the scenario and the file with its rows: make scenario NAME=my ROWS=my.csv' >&2; exit 1; }
	@$(PY) -m tightrope.publish --data '$(DATA)' --as-of '$(AS_OF)' --layer '$(LAYER)' --out '$(OUT)-scenario-$(NAME)' --scenario '$(NAME)' --rows '$(ROWS)' $(if $(JOBS),--jobs $(JOBS))

serve: book ## build the book and open it at http://localhost:8000 (PORT=)
	@echo "http://localhost:$(PORT)/  (Ctrl-C ends it)"
	@(sleep 1; $(PY) -m webbrowser -t http://localhost:$(PORT)/ >/dev/null 2>&1 || true) &
	@$(PY) -m http.server $(PORT) --bind 127.0.0.1 --directory $(OUT)/site

check-data: | $(VENV)/ready ## print everything that is wrong with the data
	@$(PY) -m tightrope.validation $(or $(DATA),data)

audit: | $(VENV)/ready ## draw rows to check, as a worksheet in _build/audit: SAMPLE=30 SEED=7
	@$(PY) -m tightrope.publish.audit --data '$(DATA)' --sample '$(SAMPLE)' --seed '$(SEED)' --out _build/audit

zip: | $(VENV)/ready ## write the data, with licence and README, to _build/tightrope-data.zip
	@$(PY) -m tightrope.publish.archive --data '$(DATA)' --out '_build/tightrope-data$(if $(DATA),-$(call dash,$(DATA))).zip'

test: book ## run every test (needs Chromium for the pages)
	@$(PY) -m pytest -n $(N) --cov --cov-report=term:skip-covered --cov-fail-under=90

lint: | $(VENV)/ready ## style, types, and notebooks without outputs
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/nbstripout --verify notebooks/*.ipynb

bench: | $(VENV)/ready ## measure the flow measures beside other solvers (about six minutes)
	@mkdir -p _build
	@$(PY) -m pytest bench -s --benchmark-quiet --benchmark-timer=time.process_time --benchmark-json=_build/bench.json

format: | $(VENV)/ready ## put code in shape and take outputs out of notebooks
	@$(PY) -m ruff check --fix -q . ; $(PY) -m ruff format -q .
	@$(VENV)/bin/nbstripout notebooks/*.ipynb

# Extras stay in: without them pip before 23.3 takes the newest coverage for coverage[toml], and has no hash for it.
lock: | $(VENV)/ready ## renew requirements.lock from pyproject.toml
	@$(VENV)/bin/pip install -q uv
	@$(VENV)/bin/uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --no-annotate --no-strip-extras --extra dev --custom-compile-command 'make lock' -q pyproject.toml -o requirements.lock

clean: ## remove everything that was built
	rm -rf _build

# The stamp is written last: an interrupted set-up starts again.
$(VENV)/ready: requirements.lock pyproject.toml
	@echo "Setting up the environment (once, about two minutes) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11, 3.12 or 3.13 is needed, this is " + sys.version.split()[0] + "; name another with PYTHON=") if not (3, 11) <= sys.version_info < (3, 14) else None'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(VENV)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(VENV)/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
