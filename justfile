# The tasks of this repository; `just` lists them.

_default:
    @just --list --unsorted

# Set everything up in .venv
setup:
    script/setup --lint

# Read the sample reports
demo:
    script/demo

# Run the tests (arguments go to pytest)
test *ARGUMENTS:
    script/test {{ ARGUMENTS }}

# Put the code into its form
format:
    .venv/bin/ruff format .
    .venv/bin/ruff check --fix .

# Everything that CI checks
check:
    .ci/run

# Resolve the dependencies anew and write the three lock files
lock:
    uv lock
    uv export --quiet --locked --no-header --no-default-groups --group test --no-emit-project -o requirements.lock
    uv export --quiet --locked --no-header --only-group lint --no-emit-project -o requirements-lint.lock
    uv export --quiet --locked --no-header --only-group release --no-emit-project -o requirements-release.lock

# Build what is published, and hold it to what is promised
release:
    script/release

# Put what the commands print now into the README
readme:
    script/readme

# Write docs/reference.md and docs/licences.md anew
docs:
    .venv/bin/python release/reference.py
    .venv/bin/python release/licences.py

# Measure speed, memory and start-up time
bench *ARGUMENTS:
    .venv/bin/python benchmarks/reading/run.py {{ ARGUMENTS }}
