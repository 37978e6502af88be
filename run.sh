#!/usr/bin/env bash
# How we work, executable:  ./run.sh up · test · check · eval · bench · monitor COMMAND …
# Needs Python >= 3.11 and bash; makes its own environment in .venv (with uv where it is there, else venv + pip).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv="$root/.venv"
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}"
export PYTHONUTF8=1
export MONITOR_DATA="${MONITOR_DATA:-$root/data}"
export MONITOR_COMMAND="${MONITOR_COMMAND:-./run.sh monitor}" # what hints tell the user to type

say() { printf '%s\n' "$*" >&2; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "This needs Python 3.11 or newer; found none. Install it, or set PYTHON=/path/to/python3."
    exit 1
}

# install FILE: the environment holds what FILE pins; done once per content of FILE
install() {
    local pins="$root/$1" mark
    mark="$venv/.installed-$(cksum <"$pins" | tr -d ' ')"
    [ -e "$mark" ] && return
    exec 9>"$root/.venv.lock"
    if command -v flock >/dev/null 2>&1; then flock 9; fi
    if [ ! -e "$mark" ]; then
        say "Setting up the environment in .venv from $1 (once; a minute or two) …"
        if command -v uv >/dev/null 2>&1; then
            [ -x "$venv/bin/python" ] || uv venv --quiet --python "$(find_python)" "$venv"
            uv pip install --quiet --python "$venv/bin/python" -r "$pins"
        else
            if [ ! -x "$venv/bin/python" ]; then
                "$(find_python)" -m venv "$venv" || {
                    say "Python's venv module is missing (Debian, Ubuntu: apt install python3-venv)."
                    exit 1
                }
            fi
            "$venv/bin/python" -m pip install -qq --disable-pip-version-check -r "$pins"
        fi
        touch "$mark"
    fi
    exec 9>&-
}

runtime() { compgen -G "$venv/.installed-$(cksum <"$root/requirements-dev.txt" | tr -d ' ')" >/dev/null || install requirements.txt; }

usage() {
    cat >&2 <<'EOF'
usage: ./run.sh VERB …
  up [--demo] [--once] [--port N]   collect what is due and serve the search page (= monitor up)
  monitor COMMAND …                 every command; ./run.sh monitor --help lists them
  test [PYTEST OPTIONS]             the tests
  check                             format, lint, types, layers
  eval                              topics and figures against the labelled texts in tests/eval
  bench [NAME] [OPTIONS]            the benchmarks in bench/ (analyse, pages, path, crawl, search, terms, figures, alerts, digests, elastic; writers needs PostgreSQL)
EOF
    exit 2
}

[ $# -gt 0 ] || usage
verb=$1
shift
case "$verb" in
    up)
        runtime
        exec "$venv/bin/python" -m monitor up "$@"
        ;;
    monitor)
        runtime
        exec "$venv/bin/python" -m monitor "$@"
        ;;
    test)
        install requirements-dev.txt
        cd "$root"
        exec "$venv/bin/python" -m pytest -rs -n "${TEST_WORKERS:-auto}" "$@" # -rs: what was skipped, and why
        ;;
    check)
        install requirements-dev.txt
        cd "$root"
        "$venv/bin/ruff" format --check .
        "$venv/bin/ruff" check .
        "$venv/bin/mypy"
        exec "$venv/bin/python" -m pytest -q tests/test_layers.py
        ;;
    eval)
        runtime
        exec "$venv/bin/python" -m monitor evaluate "$@"
        ;;
    bench)
        install requirements-dev.txt
        cd "$root"
        if [ $# -gt 0 ] && [ -e "bench/$1.py" ]; then
            name=$1
            shift
            exec "$venv/bin/python" -m "bench.$name" "$@"
        fi
        for name in analyse pages path crawl search terms figures alerts digests elastic; do
            say "== bench $name"
            "$venv/bin/python" -m "bench.$name" "$@"
        done
        ;;
    *) usage ;;
esac
