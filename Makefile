# make letters   make every letter due in the example, with contracts and invoices, as PDF and DOCX, into out/
# make print     make one PDF of every letter due in the example, to print, and the list for the post, into out/print/
# make posted    record that every letter due in the example was posted, and keep the files in posted/
# make test      lint, types and tests
# make gallery   show every document in every language on one page, out/gallery/index.html
# All set up what they need in .venv; the rest is for people who work on the program.

PYTHON ?= python3
VENV   ?= .venv
TODAY  ?= 2026-11-23
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools

.PHONY: letters print posted test golden gallery house fonts profile sources regions bench clean

letters: $(READY)
	@$(BIN)/docgen letters --papers --format both --today $(TODAY)

print: $(READY)
	@$(BIN)/docgen print --today $(TODAY)

posted: $(READY)
	@$(BIN)/docgen posted --all --today $(TODAY)

test: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --junit-xml=out/tests.xml

golden: $(TOOLS)
	GOLDEN=write $(BIN)/pytest tests/test_documents.py tests/test_problems.py tests/test_own.py

gallery: $(TOOLS)
	@$(BIN)/python tools/gallery.py

house: $(TOOLS)
	$(BIN)/python tools/build_house.py
	$(BIN)/python tools/build_looks.py

bench: $(READY)
	$(BIN)/python benchmarks/accruals.py
	$(BIN)/python benchmarks/peers.py
	$(BIN)/python benchmarks/pdf_speed.py
	$(BIN)/python benchmarks/proof_share.py
	$(BIN)/python benchmarks/reading_speed.py
	$(BIN)/python benchmarks/batch_speed.py

fonts: $(TOOLS)
	$(BIN)/python tools/build_fonts.py
	$(BIN)/python tools/build_measures.py

profile: $(TOOLS)
	$(BIN)/python tools/build_profile.py

sources: $(TOOLS)
	$(BIN)/python tools/build_sources.py

regions: $(TOOLS)
	$(BIN)/python tools/build_regions.py

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@$(BIN)/python -m compileall -q docgen  # so that no command has to
	@touch $@

$(TOOLS): $(READY)
	@echo "Adding the tools of the tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf out $(VENV)
