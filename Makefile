# Two commands matter: `make run` and `make test`. Each works alone and first, on a fresh machine.
PYTHON := .venv/bin/python
SETUP := python3 scripts/setup.py

.PHONY: help run test check train bench eval eval-redaction content catalogue directory-check canary nightly screenshots example model-nl

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

run: ## set everything up and serve the chat
	@$(SETUP) run && exec $(PYTHON) -m scripts.run

test: ## set everything up and run all tests
	@$(SETUP) test && $(PYTHON) -m scripts.check && $(PYTHON) -W ignore -m bot.engine.training && exec $(PYTHON) -m pytest -m "not slow"

check: ## the fast part, without Rasa, under a minute
	@$(SETUP) test && exec $(PYTHON) -m scripts.check --tests

train: ## train the model when its inputs changed
	@$(SETUP) run && exec $(PYTHON) -W ignore -m bot.engine.training

content: ## check all content files and say in Dutch what is wrong
	@$(SETUP) test && exec $(PYTHON) -W ignore -m scripts.content

catalogue: ## one page with every answer, to review and tick off
	@$(SETUP) test && exec $(PYTHON) -W ignore -m scripts.catalogue

directory-check: ## which organisations a person must check, with a call sheet
	@$(SETUP) run && exec $(PYTHON) -m scripts.directory_check

eval: ## how well the product understands, on its own validation set
	@$(SETUP) test && $(PYTHON) -W ignore -m bot.engine.training && exec $(PYTHON) -W ignore -m scripts.eval $(ARGS)

eval-redaction: ## how well personal data is removed
	@$(SETUP) test && exec $(PYTHON) -m scripts.eval_redaction $(ARGS)

bench: ## speed and memory beside stock Rasa
	@$(SETUP) test && $(PYTHON) -W ignore -m bot.engine.training && exec $(PYTHON) -W ignore -m scripts.bench $(ARGS)

canary: ## search every sink for what was typed, in full
	@$(SETUP) test && $(PYTHON) -W ignore -m bot.engine.training && exec $(PYTHON) -W ignore -m scripts.canary $(ARGS)

nightly: ## the proofs that take too long for make test
	@$(SETUP) test && $(PYTHON) -W ignore -m bot.engine.training && exec $(PYTHON) -W ignore -m scripts.nightly $(ARGS)

example: ## add an example sentence, checked, and see what it changes
	@$(SETUP) test && exec $(PYTHON) -W ignore -m scripts.add_example $(ARGS)

screenshots: ## pictures of the page in its states
	@$(SETUP) test && exec $(PYTHON) -W ignore -m scripts.screenshots

model-nl: ## the large Dutch model of spaCy (optional)
	@$(SETUP) run && exec $(PYTHON) -m scripts.model_nl $(ARGS)
