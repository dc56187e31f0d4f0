# The only interface. `make` alone prints what there is.
# DATA=, AS_OF=, LAYER= and SOLUTIONS= choose another edition; each has a folder of its own under _build/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

DATA  ?=
AS_OF ?=
LAYER ?= announced
# Not from the environment: another's solutions are none of ours.
SOLUTIONS =
PYTHON ?= python3
JOBS  ?=
PORT  ?= 8000
N     ?= auto
# Not from the environment: some shells keep the name of the host in NAME.
NAME   =
FOCAL  =
FLOWS  =
ROWS   =
KEY    =
SAMPLE ?= 30
SEED   ?= 7
# Not from the environment either: it would name the version of something else.
VERSION =

KNOWN := DATA AS_OF LAYER SOLUTIONS PYTHON JOBS PORT N NAME ROWS FOCAL FLOWS KEY SAMPLE SEED VERSION

# Values reach the shell as they were given, in quotes: with spaces, brackets, quotes and dollars.
text = '$(subst ','\'',$(1))'
quote = $(call text,$(value $(1)))
dash = $(subst /,_,$(subst ..,up,$(value $(1))))
named = $(if $(value $(1)),-$(2)$(call dash,$(1)))
define line_end


endef
ifneq ($(findstring $(line_end),$(foreach one,$(KNOWN),$(value $(one)))),)
$(error a variable must not hold a line end)
endif

# A misspelt variable would silently build the wrong edition. Make writes the blanks of a value as
# "\ " here; without them each word is one variable.
nothing :=
space := $(nothing) $(nothing)
GIVEN := $(subst \$(space),_,$(subst \\,_,$(MAKEOVERRIDES)))
UNKNOWN := $(filter-out $(KNOWN),$(foreach word,$(GIVEN),$(firstword $(subst =, ,$(word)))))
ifneq ($(UNKNOWN),)
$(error unknown variable $(UNKNOWN); known are: $(KNOWN))
endif

# A build is four processes, a test run many more. Where compiled modules may not be kept, each of
# them compiles the whole package again: a third of the time of a build.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
PY := $(VENV)/bin/python

# A case is named after its data, and after the party in its middle where one is named.
CASE = case-$(if $(value FLOWS),$(call dash,FLOWS),$(call dash,DATA))$(call named,FOCAL,around-)$(call named,AS_OF,as-of-)$(if $(filter-out announced,$(value LAYER)),$(call named,LAYER,))$(call named,NAME,scenario-)
CASE_OUT = $(call text,_build/$(CASE))

EDITION = book$(call named,DATA,data-)$(call named,AS_OF,as-of-)$(if $(filter-out announced,$(value LAYER)),$(call named,LAYER,))$(call named,SOLUTIONS,solutions-)
OUT = $(call text,_build/$(EDITION))
PUBLISH = $(PY) -m tightrope.publish --data=$(call quote,DATA) --as-of=$(call quote,AS_OF) --layer=$(call quote,LAYER) --solutions=$(call quote,SOLUTIONS) --jobs=$(call quote,JOBS)

LINT = $(PY) -m ruff check . labs/*.ipynb && $(PY) -m ruff format --check . labs/*.ipynb && $(PY) -m mypy && $(VENV)/bin/nbstripout --verify notebooks/*.ipynb labs/*.ipynb
# Each process begins at another place of the list, and takes from the end of another's when it is
# done: what the tests of a file share is made once, and not by every process.
PYTEST = $(PY) -m pytest -n $(call quote,N) --dist worksteal

# What the environment was set up from; contents decide, not dates. The stamp of an earlier version
# of this file is empty, and has only its date.
PINS := requirements.lock pyproject.toml
PINNED := $(shell cat $(PINS) | cksum)
READY := $(shell cat $(VENV)/ready 2>/dev/null)
ifneq ($(READY),)
ifneq ($(READY),$(PINNED))
.PHONY: $(VENV)/ready
endif
endif

.PHONY: help book case cases scenario serve watch pdf zip-site editions check-data audit zip course planted worksheet wheel check test test-matrix test-all golden lint bench bench-build bench-pages bench-browsers bench-lighthouse mutants format lock release clean

help: ## this list
	@echo "The Tightrope. make TARGET [DATA=dir] [AS_OF=YYYY-MM-DD] [LAYER=announced|binding|paid] [SOLUTIONS=none]"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

book: | $(VENV)/ready ## build the book; nothing to do if nothing changed
	@$(PUBLISH) --out=$(OUT)

scenario: | $(VENV)/ready ## the book with a scenario of your own: NAME=my ROWS=my.csv
	@[ -n $(call quote,NAME) ] && [ -n $(call quote,ROWS) ] || { echo 'name the scenario and the file with its rows: make scenario NAME=my ROWS=my.csv' >&2; exit 1; }
	@$(PUBLISH) --out=$(call text,_build/$(EDITION)-scenario-$(value NAME)) --scenario=$(call quote,NAME) --rows=$(call quote,ROWS)

case: | $(VENV)/ready ## a book about any web: DATA=folder or FLOWS=table.csv, FOCAL=party in the middle; NAME= and ROWS= as in scenario
	@[ -n $(call quote,DATA) ] || [ -n $(call quote,FLOWS) ] || { echo 'name a data package or a table of payments: make case DATA=cases/toy, make case FLOWS=table.csv FOCAL=party' >&2; exit 1; }
	@$(PY) -m tightrope.cases --data=$(call quote,DATA) --flows=$(call quote,FLOWS) --focal=$(call quote,FOCAL) --as-of=$(call quote,AS_OF) --layer=$(call quote,LAYER) --scenario=$(call quote,NAME) --rows=$(call quote,ROWS) --jobs=$(call quote,JOBS) --out=$(CASE_OUT)

cases: | $(VENV)/ready ## build all cases as one site, with a page that compares their webs: _build/cases/index.html
	@[ $(OUT) = _build/book ] || { echo 'the cases have their own data and days: leave out DATA, AS_OF and LAYER' >&2; exit 1; }
	@$(PY) -m tightrope.cases.joined --jobs=$(call quote,JOBS) --out=_build/cases

serve: book ## build the book and open it at http://localhost:8000 (PORT=)
	@$(PY) -m tightrope.publish.serve --port=$(call quote,PORT) --site=$(OUT)/site

watch: | $(VENV)/ready ## serve the book and build it anew whenever a file of it is saved (PORT=)
	@$(PY) -m tightrope.publish.watch --port=$(call quote,PORT) --data=$(call quote,DATA) --as-of=$(call quote,AS_OF) --layer=$(call quote,LAYER) --solutions=$(call quote,SOLUTIONS) --jobs=$(call quote,JOBS) --out=$(OUT)

pdf: book ## print the book to _build/tightrope-book.pdf (needs Chromium)
	@$(PY) -m tightrope.copies.pdf --site=$(OUT)/site --out=$(call text,_build/tightrope-$(EDITION).pdf)

zip-site: book ## write the site to _build/tightrope-book.zip, to open from a disk
	@$(PY) -m tightrope.copies.sitezip --site=$(OUT)/site --out=$(call text,_build/tightrope-$(EDITION).zip)

editions: | $(VENV)/ready ## build four editions as one site with a switch: _build/editions/index.html
	@[ $(OUT) = _build/book ] || { echo 'the editions have their own days and layers: leave out DATA, AS_OF, LAYER and SOLUTIONS' >&2; exit 1; }
	@$(PY) -m tightrope.copies.editions --jobs=$(call quote,JOBS) --out=_build/editions

check-data: | $(VENV)/ready ## print everything that is wrong with the data, and which pages a case of them has
	@$(PY) -m tightrope.cases.checked $(if $(value DATA),$(call quote,DATA),data)

audit: | $(VENV)/ready ## draw rows to check, as a worksheet in _build/audit: SAMPLE=30 SEED=7
	@$(PY) -m tightrope.publish.audit --data=$(call quote,DATA) --sample=$(call quote,SAMPLE) --seed=$(call quote,SEED) --out _build/audit

zip: | $(VENV)/ready ## write the data, with licence and README, to _build/tightrope-data.zip
	@$(PY) -m tightrope.publish.archive --data=$(call quote,DATA) --out=$(call text,_build/tightrope-data$(call named,DATA,).zip)

course: | $(VENV)/ready ## write the course pack to _build/tightrope-course-….zip; KEY=1: the instructor's, with answers
	@[ $(OUT) = _build/book ] || { echo 'the labs look back at days by themselves, and ask about these deals: leave out DATA, AS_OF, LAYER and SOLUTIONS' >&2; exit 1; }
	@$(PY) -m tightrope.course.pack --key=$(call quote,KEY) --out=_build

planted: | $(VENV)/ready ## a copy of the data with eight planted errors, and its key, in _build: SEED=7
	@$(PY) -m tightrope.course.planted --seed=$(call quote,SEED) --out=_build

worksheet: | $(VENV)/ready ## an invented web to reckon by hand, and its key, in _build: SEED=7
	@$(PY) -m tightrope.course.worksheet --seed=$(call quote,SEED) --out=_build

# What an earlier build left would get in again.
wheel: | $(VENV)/ready ## write the engine as a Python package to _build/dist, for pip install
	@rm -rf build _build/dist
	@$(PY) -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w _build/dist .
	@rm -rf build
	@ls _build/dist/*.whl

# What a row or a line of the engine can break, without a browser, without other editions, and with
# a quarter of the examples that are searched for a counterexample.
# Types keep one processor busy for a while; the tests need not wait for that.
check: book ## style, types, data, engine, and the accepted numbers
	@{ $(LINT); } & lint=$$!; \
	HYPOTHESIS_PROFILE=quick $(PYTEST) -m 'not thorough and not matrix' tests/unit tests/data tests/site/test_golden_facts.py; tests=$$?; \
	wait $$lint || { echo 'make lint finds the faults above' >&2; exit 1; }; exit $$tests

# To count which lines run takes a sixth of the time: that is left to CI, which sets CI=true.
test: book ## run the tests, one of the five other editions (needs Chromium for the pages)
	@$(PYTEST) -m 'not matrix' $(if $(filter true,$(CI)),--cov --cov-report=term:skip-covered --cov-fail-under=95)

test-matrix: book ## run what make test leaves out: the other editions, pages built like others, more seeds
	@$(PYTEST) -m matrix

test-all: test-matrix test ## run every test

golden: | $(VENV)/ready ## accept the numbers in the sentences as the book has them now
	@[ $(OUT) = _build/book ] || { echo 'the accepted numbers are those of the default edition: leave out DATA, AS_OF, LAYER and SOLUTIONS' >&2; exit 1; }
	@$(PUBLISH) --out=$(OUT)
	@$(PY) -m tests.golden.facts $(OUT)/site/facts.json

lint: | $(VENV)/ready ## style, types, and notebooks without outputs
	@$(LINT)

bench: book ## measure the measures beside other solvers, the build and the pages (about three quarters of an hour)
	@mkdir -p _build
	@$(PY) -m pytest bench -s --benchmark-quiet --benchmark-timer=time.process_time --benchmark-json=_build/bench.json
	@$(PY) -m bench.build_table
	@$(BENCH_PAGES)

bench-build: | $(VENV)/ready ## measure the build alone: clean, and after a change (about eight minutes)
	@$(PY) -m bench.build_table

BENCH_PAGES = $(PY) -m bench.pages && $(PY) -m bench.pages.axe
bench-pages: book ## measure how the pages load beside Jupyter Book's own, and let axe read them all (about half an hour)
	@$(BENCH_PAGES)

bench-browsers: book ## open every kind of page in Firefox and WebKitGTK: firefox-esr, webkit2gtk-driver, xvfb
	@$(PY) -m bench.pages.browsers

bench-lighthouse: book ## Lighthouse's marks of every kind of page, where npm is (it fetches 190 MB into _build)
	@$(PY) -m bench.pages.lighthouse

# The tools stay out of the environment and of requirements.lock: only this target needs them.
mutants: SAMPLE := $(if $(filter command line,$(origin SAMPLE)),$(value SAMPLE),400)
mutants: | $(VENV)/ready ## plant faults in the measures and see which no test finds: SAMPLE=400 SEED=7 (20 minutes of a processor)
	@[ -d _build/mutation/tools ] || $(VENV)/bin/pip install -q --disable-pip-version-check --no-deps --target=_build/mutation/tools mutmut==3.8.1 libcst==1.9.0
	@PYTHONPATH=_build/mutation/tools $(PY) -m bench.mutation --sample=$(call quote,SAMPLE) --seed=$(call quote,SEED)

format: | $(VENV)/ready ## put code in shape and take outputs out of notebooks
	@$(PY) -m ruff check --fix -q . labs/*.ipynb ; $(PY) -m ruff format -q . labs/*.ipynb
	@$(VENV)/bin/nbstripout notebooks/*.ipynb labs/*.ipynb

# Extras stay in: without them pip before 23.3 takes the newest coverage for coverage[toml], and has no hash for it.
lock: | $(VENV)/ready ## renew requirements.lock from pyproject.toml
	@$(VENV)/bin/pip install -q uv
	@$(VENV)/bin/uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --no-annotate --no-strip-extras --extra dev --custom-compile-command 'make lock' -q pyproject.toml -o requirements.lock

release: | $(VENV)/ready ## check, write version and day, print the commit and the tag: VERSION=1.2.0
	@$(PY) -m tightrope.publish.release --version=$(call quote,VERSION)

clean: ## remove everything that was built
	rm -rf _build

# The stamp is written last: an interrupted set-up starts again.
$(VENV)/ready: $(if $(READY),,$(PINS))
	@echo "Setting up the environment (once, about two minutes) ..."
	@$(call quote,PYTHON) -c 'import sys; sys.exit("Python 3.11, 3.12 or 3.13 is needed, this is " + sys.version.split()[0] + "; name another with PYTHON=") if not (3, 11) <= sys.version_info < (3, 14) else None'
	@$(call quote,PYTHON) -m venv --clear $(VENV)
	@$(VENV)/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(VENV)/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo '$(PINNED)' >$@
