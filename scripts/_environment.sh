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

# make_environment [EXTRA]: install the project and its libraries, with bytecode, if they changed.
make_environment() {
  local extra="${1:-}" python want have
  python=$(find_python) || return 2
  want="$extra $(cksum <"$ROOT/pyproject.toml") $ROOT"
  have=$(cat "$VENV/.installed" 2>/dev/null || true)
  if [ -x "$VENV/bin/align" ] && { [ "$want" = "$have" ] || [ "test $(cksum <"$ROOT/pyproject.toml") $ROOT" = "$have" ]; }; then
    return 0
  fi
  echo "Making the environment in .venv (a minute or two, once) ..." >&2
  "$python" -m venv "$VENV"
  PIP_DISABLE_PIP_VERSION_CHECK=1 "$VENV/bin/python" -m pip install --quiet --compile \
    --editable "$ROOT${extra:+[$extra]}" >&2
  printf '%s' "$want" >"$VENV/.installed"
}
