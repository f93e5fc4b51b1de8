# Sourced by the other scripts: makes the virtual environment in .venv, once, and says so.
# Needs Python 3.11 or newer with venv. Set PYTHON to choose one.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV="$ROOT/.venv"

find_python() {
  for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv). Set PYTHON to name one." >&2
  return 2
}

# is_made [EXTRA]: whether .venv holds the project and its libraries as pyproject.toml asks for them.
is_made() {
  local sum have
  sum="$(cksum <"$ROOT/pyproject.toml") $ROOT"
  have=$(cat "$VENV/.installed" 2>/dev/null || true)
  [ -x "$VENV/bin/align" ] && { [ "${1:-} $sum" = "$have" ] || [ "test $sum" = "$have" ]; }
}

# make_environment [EXTRA]: install the project and its libraries, with bytecode, if they changed.
make_environment() {
  local extra="${1:-}" python
  if is_made "$extra"; then return 0; fi
  python=$(find_python) || return 2
  echo "Making the environment in .venv (a minute or two, once) ..." >&2
  "$python" -m venv "$VENV"
  PIP_DISABLE_PIP_VERSION_CHECK=1 "$VENV/bin/python" -m pip install --quiet --compile \
    --editable "$ROOT${extra:+[$extra]}" >&2
  printf '%s' "$extra $(cksum <"$ROOT/pyproject.toml") $ROOT" >"$VENV/.installed"
}

# find_environment EXTRA: set ENVIRONMENT_PYTHON to the Python of .venv, or to one that is active and
# holds the libraries (an environment of one's own), or make .venv.
find_environment() {
  local active
  active=$(command -v "${PYTHON:-python3}" || true)
  if ! is_made "$1" && [ -n "$active" ] && "$active" - <<'TEXT' 2>/dev/null; then
import sys
from importlib.util import find_spec
libraries = ("click", "geopandas", "mutmut", "osmium", "osmnx", "playwright", "psutil", "pytest")
sys.exit(sys.version_info < (3, 11) or not all(map(find_spec, libraries)))
TEXT
    ENVIRONMENT_PYTHON="$active"
  else
    make_environment "$1" && ENVIRONMENT_PYTHON="$VENV/bin/python"
  fi
}
