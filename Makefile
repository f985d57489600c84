# Two commands matter: `make run` and `make test`. Everything lives in .venv, build/ and var/.
PYTHON ?= $(shell command -v python3 || command -v python || echo python3)
BIN := .venv/bin
NAME ?=
ARGS ?=

REPORT := DJANGO_SETTINGS_MODULE=quizsite.settings_test QUIZSITE_TEST_DATABASE_URL=sqlite://:memory: \
	$(BIN)/python manage.py course_report

LINT := $(subst course_report,lint_course,$(REPORT))

.PHONY: help run setup test test-sqlite test-postgres check course-report lint-course format bench lighthouse screenshots fuzz drill-kill clean
help:
	@echo "make run          serve on http://localhost:8000, with a worker, beat and all they need"
	@echo "make setup        prepare .venv for all other targets"
	@echo "make test         every test: on SQLite, then on PostgreSQL"
	@echo "make check        lint, types, layers, migrations, deployment, templates and the course"
	@echo "make course-report  what the shipped course covers, and what it still owes"
	@echo "make lint-course  what is likely to be wrong with the questions of the shipped course"
	@echo "make messages     bring the catalogues of translations up to the source, and compile them"
	@echo "make bench        the measures, one JSON object a line (NAME=... runs one)"
	@echo "make lighthouse   what Lighthouse says of the main pages on a phone, into docs/lighthouse.md"
	@echo "make screenshots  the main pages as they look, into docs/screenshots/"
	@echo "make fuzz         the property tests, for long"
	@echo "make drill-kill   5,000 answers while servers are killed 50 times"
	@echo "make clean        remove .venv and build/; var/ (the data) stays"

run:
	@$(PYTHON) quizsite/setup_env.py runtime
	@test -e .env || echo "QUIZSITE_ENV=development" > .env
	@exec $(BIN)/python manage.py serve $(ARGS)

setup:
	@$(PYTHON) quizsite/setup_env.py dev

test: test-sqlite test-postgres

test-sqlite: setup
	$(BIN)/pytest -n auto $(ARGS)

# The same tests on a PostgreSQL of our own, but for those in a browser or about servers that die.
test-postgres: setup
	$(BIN)/python -m quizsite.embedded.postgres $(BIN)/pytest -n auto -m "not browser and not drill" $(ARGS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	DJANGO_SETTINGS_MODULE=quizsite.settings_test QUIZSITE_TEST_DATABASE_URL=sqlite://:memory: \
		$(BIN)/python manage.py makemigrations --check --dry-run
	QUIZSITE_ENV_FILE=/dev/null QUIZSITE_ENV=production ALLOWED_HOSTS=quizsite.example \
		SECRET_KEY=only-for-this-check-and-as-long-as-a-real-one-would-be-0123456789 \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/djlint courses --lint --quiet
	$(BIN)/python -m quizsite.messages check
	$(BIN)/bandit -q -c pyproject.toml -r courses quizsite
	$(REPORT)
	$(LINT)

course-report: setup
	$(REPORT) $(ARGS)

lint-course: setup
	$(LINT) $(ARGS)

messages: setup
	$(BIN)/python -m quizsite.messages update

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup
	$(BIN)/python -m tests.bench $(NAME)

lighthouse: setup
	$(BIN)/python -m tests.lighthouse $(NAME)

screenshots: setup
	$(BIN)/python -m tests.screenshots

fuzz: setup
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -n auto -m fuzz $(ARGS)

drill-kill: setup
	$(BIN)/pytest -n 0 -m drill_full tests/drills $(ARGS)

clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
