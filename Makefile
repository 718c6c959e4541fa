# Two commands are enough: `make run` and `make test`. The plain lines behind them are in the README.
PYTHON ?= python3
BIN := .venv/bin

.venv/ready: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch .venv/ready

run: .venv/ready
	$(BIN)/python -m streamlit run app.py

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n logical --dist loadfile

passphrase: .venv/ready
	$(BIN)/python -m data.register.passphrase

bench: .venv/ready
	$(BIN)/python -m tests.bench

.PHONY: run test bench passphrase
