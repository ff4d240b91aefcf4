# Recipes of development; `./kangshu test` must have run once. `.ci/run` calls the same tests.
set positional-arguments

bin := justfile_directory() / ".venv/bin"

# list the recipes
default:
    @just --list

# look: lint, format, types, layers, architecture
check:
    {{bin}}/ruff check
    {{bin}}/ruff format --check
    {{bin}}/mypy
    {{bin}}/lint-imports
    {{bin}}/pytest tests/architecture -q -n 0

# repair what can be repaired
fix:
    {{bin}}/ruff check --fix
    {{bin}}/ruff format

# everything that must pass, or the tests named
test *words:
    ./kangshu test {{words}}

# the long proofs: engines against each other, kill -9, upgrades
prove:
    {{bin}}/pytest -q -n 0 -m slow tests

# the browser journeys with a picture of every step, in .kangshu/journeys
pictures *words:
    KANGSHU_PICTURES=1 {{bin}}/pytest -q -n 0 tests/journeys {{words}}

# a county of invented people, served
demo *words:
    ./kangshu demo {{words}}

# measure and write bench/results/*.json
bench *names:
    {{bin}}/python -m bench {{names}}

# known vulnerabilities in the locked packages, where a registry can be asked
audit:
    {{bin}}/pip-audit --require-hashes -r requirements/main.txt
