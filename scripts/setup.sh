#!/usr/bin/env bash
# Installs what building, running and testing Protolith needs on Debian 12. Quiet when nothing is missing.
# On a cluster without Debian, load the modules named in README.md instead.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

missing=()
for package in "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ]; then sudo=(); elif command -v sudo > /dev/null; then sudo=(sudo); else
  echo "setup.sh: missing packages, and neither root nor sudo to install them: ${missing[*]}" >&2; exit 1
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
install() { "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" > "$log" 2>&1; }
"${sudo[@]}" apt-get update -qq > "$log" 2>&1 && install || { tail -n 20 "$log" >&2; echo "setup.sh: apt-get failed" >&2; exit 1; }
