#!/usr/bin/env bash
# Installs the servers and checkers that stand beside this project into .peers/ and reuses what is there.
#
#   bash scripts/install-peers.sh                 all of them
#   bash scripts/install-peers.sh NAME…           only these: versitygw actionlint ministack zizmor check-jsonschema
#
# Go programs go to .peers/bin, Python packages to .peers/python. Versions: scripts/peer-versions.env.
# A stamp file .peers/stamps/NAME@VERSION says what is there; another version installs again.
# Exits 1 and names every peer that could not be installed, after trying the others.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
peers=$root/.peers
stamps=$peers/stamps
# shellcheck source=scripts/peer-versions.env
source "$root/scripts/peer-versions.env"

failed=()

say() { printf 'peers: %s\n' "$*"; }

give_up() { # NAME REASON
  printf 'peers: %s is not installed: %s\n' "$1" "$2" >&2
  failed+=("$1")
}

# Takes the old stamps away first, so that an install that breaks off halfway is never taken for a whole one.
forget() { rm -f "$stamps/$1"@*; }

remember() { : >"$stamps/$1@$2"; }

program() { # the path of an installed program; Windows adds an ending and another folder
  local candidate
  for candidate in "$@"; do
    if [[ -x $candidate ]]; then
      printf '%s' "$candidate"
      return
    fi
  done
  return 1
}

go_program() { # NAME PACKAGE VERSION
  local name=$1 package=$2 version=$3
  if [[ -e $stamps/$name@$version ]] && program "$peers/bin/$name" "$peers/bin/$name.exe" >/dev/null; then
    say "$name $version is there"
    return
  fi
  if ! command -v go >/dev/null; then
    give_up "$name" 'it is built with go, and there is no go on the PATH'
    return
  fi
  forget "$name"
  say "$name $version: building"
  if GOBIN=$peers/bin go install "$package@$version"; then
    remember "$name" "$version"
  else
    give_up "$name" "go install $package@$version failed"
  fi
}

# The interpreter of the virtual environment if it still starts: the Python it was made from may be gone.
living_python() {
  local python
  python=$(program "$peers/python/bin/python" "$peers/python/Scripts/python.exe") || return 1
  "$python" -c '' >/dev/null 2>&1 && printf '%s' "$python"
}

# The interpreter of the virtual environment, made at first use.
venv_python() {
  local python
  if living_python; then return; fi
  for python in python3 python; do
    # Asked to run something: Windows has a python3 on the PATH that only opens a shop.
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
      "$python" -m venv --clear "$peers/python" >&2 || return 1
      living_python
      return
    fi
  done
  return 1
}

python_program() { # NAME VERSION REQUIREMENT…
  local name=$1 version=$2 python
  shift 2
  if [[ -e $stamps/$name@$version ]] && living_python >/dev/null &&
    program "$peers/python/bin/$name" "$peers/python/Scripts/$name.exe" >/dev/null; then
    say "$name $version is there"
    return
  fi
  if ! python=$(venv_python); then
    give_up "$name" 'it needs python3 (3.10 or newer, with venv), and there is none that works on the PATH'
    return
  fi
  forget "$name"
  say "$name $version: installing"
  if "$python" -m pip install --quiet --disable-pip-version-check --no-input "$@"; then
    remember "$name" "$version"
  else
    give_up "$name" "pip install $* failed"
  fi
}

install_peer() {
  case $1 in
  versitygw) go_program versitygw github.com/versity/versitygw/cmd/versitygw "$VERSITYGW_VERSION" ;;
  actionlint) go_program actionlint github.com/rhysd/actionlint/cmd/actionlint "$ACTIONLINT_VERSION" ;;
  # Two packages, one stamp: ministack signs with cryptography, so a change of either installs again.
  ministack)
    python_program ministack "$MINISTACK_VERSION-cryptography-$CRYPTOGRAPHY_VERSION" \
      "ministack==$MINISTACK_VERSION" "cryptography==$CRYPTOGRAPHY_VERSION"
    ;;
  zizmor) python_program zizmor "$ZIZMOR_VERSION" "zizmor==$ZIZMOR_VERSION" ;;
  check-jsonschema)
    python_program check-jsonschema "$CHECK_JSONSCHEMA_VERSION" "check-jsonschema==$CHECK_JSONSCHEMA_VERSION"
    ;;
  *) give_up "$1" 'there is no peer of that name' ;;
  esac
}

mkdir -p "$peers/bin" "$stamps"
if [[ $# -eq 0 ]]; then set -- versitygw actionlint ministack zizmor check-jsonschema; fi
for peer in "$@"; do install_peer "$peer"; done

if [[ ${#failed[@]} -gt 0 ]]; then
  printf 'peers: failed: %s\n' "${failed[*]}" >&2
  exit 1
fi
