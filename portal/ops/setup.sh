#!/usr/bin/env bash
# Sets up this clone on Debian 12: system packages, .venv/ with pinned packages, translations.
#   portal/ops/setup.sh run    what the portal needs to run
#   portal/ops/setup.sh all    that, and what tests, checks and benchmarks need
# Needs root or sudo only while a system package is missing. A second start takes well under a second.
# No system service is started: PostgreSQL comes without a cluster, Redis as the binary in redis-tools.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
kind=${1:-all}

run_packages=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libseccomp2 fonts-noto-core fonts-noto-mono gettext redis-tools)
test_packages=(chromium poppler-utils qpdf libimage-exiftool-perl)
cluster_conf=/etc/postgresql-common/createcluster.conf

say() { printf 'setup: %s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

missing() {  # prints those of the named packages that are not installed
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)" = installed ] || printf '%s\n' "$name"
  done
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

can_be_root() {
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null
}

install_missing() {
  local wanted
  mapfile -t wanted < <(missing "$@")
  [ ${#wanted[@]} -gt 0 ] || return 0
  can_be_root || { say "missing: ${wanted[*]}; install them as root, or start this with sudo at hand"; exit 1; }
  say "installing ${wanted[*]}"
  as_root apt-get update -qq >/dev/null
  apt_install "${wanted[@]}"
}

install_postgresql() {  # the binaries only: no cluster is made, so no server starts
  compgen -G '/usr/lib/postgresql/1[5-9]/bin/initdb' >/dev/null && return 0
  install_missing postgresql-common
  say "installing postgresql-15 without a cluster"
  as_root cp -p "$cluster_conf" "$cluster_conf.before"
  printf 'create_main_cluster = false\n' | as_root tee -a "$cluster_conf" >/dev/null
  local failed=0
  apt_install postgresql-15 || failed=$?
  as_root mv "$cluster_conf.before" "$cluster_conf"
  return "$failed"
}

install_clamav() {  # clamd alone: no service is started and no signatures are fetched; tests bring their own
  [ -x /usr/sbin/clamd ] && return 0
  can_be_root || { say "missing: clamav-daemon; install it as root, or start this with sudo at hand"; exit 1; }
  say "installing clamav-daemon without its services"
  as_root apt-get update -qq >/dev/null
  local policy=/usr/sbin/policy-rc.d failed=0
  [ ! -e "$policy" ] || as_root mv "$policy" "$policy.before"
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  apt_install clamav-daemon || failed=$?
  as_root rm -f "$policy"
  [ ! -e "$policy.before" ] || as_root mv "$policy.before" "$policy"
  # nor at the next start of this machine: a scanner of the system is not ours to begin
  ! command -v systemctl >/dev/null ||
    as_root systemctl disable --quiet clamav-daemon.service clamav-daemon.socket clamav-freshclam.service || true
  return "$failed"
}

make_venv() {  # $@: requirement files; pinned with hashes, wheels only, nothing resolved anew
  local python=.venv/bin/python stamp=.venv/installed-$kind wanted
  "$python" -c '' 2>/dev/null || { say "making .venv"; rm -rf .venv; /usr/bin/env python3 -m venv .venv; }
  wanted=$({ "$python" --version; cat "$@"; } | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && return 0
  say "installing the packages of $*"
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: "${@/#/-r}"
  "$python" -m pip check >/dev/null || { "$python" -m pip check >&2; exit 1; }
  printf '%s\n' "$wanted" >"$stamp"
}

compile_messages() {  # .po -> .mo where the source is newer
  local po mo
  for po in locale/*/LC_MESSAGES/*.po locale/desk/*/LC_MESSAGES/*.po; do
    [ -e "$po" ] || continue
    mo=${po%.po}.mo
    [ "$mo" -nt "$po" ] || msgfmt --check-format -o "$mo" "$po"
  done
}

case $kind in
  run)
    install_missing "${run_packages[@]}"
    [ -e .venv/installed-all ] && kind=all
    ;;
  all)
    install_missing "${run_packages[@]}" "${test_packages[@]}"
    install_postgresql
    install_clamav
    ;;
  *)
    say "unknown: $kind (run or all)"
    exit 2
    ;;
esac
if [ "$kind" = all ]; then make_venv requirements.txt requirements-dev.txt; else make_venv requirements.txt; fi
compile_messages
say "ready"
