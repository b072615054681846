# Two commands matter: `make run` and `make test`. Each works alone and first, on a fresh machine.
PYTHON := .venv/bin/python
SETUP := python3 scripts/setup.py

.PHONY: run test check train bench eval eval-redaction content directory-check canary catalogue screenshots nightly model-nl help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

run: ## set everything up and serve the chat
	@$(SETUP) run && exec $(PYTHON) -m scripts.run

test: ## set everything up and run all tests
	@$(SETUP) test && $(PYTHON) -m scripts.check && $(PYTHON) -m bot.engine.training && exec $(PYTHON) -m pytest

check: ## the fast part, without Rasa, under a minute
	@$(SETUP) test && exec $(PYTHON) -m scripts.check --tests

train: ## train the model when its inputs changed
	@$(SETUP) run && exec $(PYTHON) -m bot.engine.training
