#!/usr/bin/env bash
# Installs everything into .venv: uv first (pinned and hashed), a Python 3.10 that works, then the locked dependencies;
# and, where node and npm are, the clients that the tests hold the channels against, into tests/node/node_modules.
set -euo pipefail
cd "$(dirname "$0")/.."

# Without a home folder to write in, uv keeps what it fetches here.
[ -w "${HOME:-/}" ] || export UV_CACHE_DIR="$PWD/.tools/cache" UV_PYTHON_INSTALL_DIR="$PWD/.tools/python"

say() { printf '== %s\n' "$*"; }

works() { # A pyenv shim may exist and not run: only a Python that says it is 3.10 counts.
  [ -n "$1" ] && "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in "${PYTHON310:-}" "$(command -v python3.10 || true)" "$(command -v python3 || true)" \
    "$(command -v python || true)" /usr/bin/python3.10 /usr/local/bin/python3.10 \
    "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.10.*/bin/python3.10; do
    if works "$candidate"; then printf '%s\n' "$candidate"; return; fi
  done
}

any_python() {
  local candidate
  for candidate in python3 python /usr/bin/python3 /usr/local/bin/python3 "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.*/bin/python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
      printf '%s\n' "$candidate"; return
    fi
  done
}

install_peers() { # For the tests alone: without them those tests are skipped, so nothing here fails.
  local folder=tests/node stamp=tests/node/node_modules/.installed
  [ -f "$stamp" ] && [ "$stamp" -nt "$folder/package-lock.json" ] && return
  # Debian 12 has node 18, which runs all of them but Bolt.
  if ! command -v npm >/dev/null || ! node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; then
    say "No npm and node 18 here: the tests with clients for Node will be skipped"
    return
  fi
  say "Installing the clients for Node that the tests use"
  if npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error; then
    touch "$stamp"
  else
    say "npm could not install them: the tests with clients for Node will be skipped"
  fi
}

if ! .tools/bin/uv --version >/dev/null 2>&1; then
  say "Fetching uv, which installs the rest"
  starter=$(any_python)
  if [ -z "$starter" ]; then
    echo "No Python with venv was found. Install Python 3 (on Debian: apt install python3-venv) and run this again." >&2
    exit 1
  fi
  "$starter" -m venv --clear .tools
  .tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tools.lock
fi

python=$(find_python)
if [ -n "$python" ]; then
  say "Using $("$python" --version) at $python"
else
  say "No working Python 3.10 here: uv fetches one"
  python=3.10
fi
works .venv/bin/python || .tools/bin/uv venv --quiet --clear --python "$python" .venv

say "Installing the dependencies (about 3 GB, some minutes the first time)"
VIRTUAL_ENV="$PWD/.venv" .tools/bin/uv pip sync --require-hashes --compile-bytecode requirements.lock
VIRTUAL_ENV="$PWD/.venv" .tools/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
install_peers
say "Installed"
