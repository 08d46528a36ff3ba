PYTHON ?= .venv/bin/python

.PHONY: bench
bench: ## speed, ours beside the floor: make bench ARGS="board form --write"
	$(PYTHON) -m bench $(ARGS)
