#!/bin/sh
# The image's entrypoint: the first word says which of Meridian's processes this container is. It is
# replaced by that process, so that signals reach it.
set -eu
cd /meridian
role=${1:-}
[ $# -eq 0 ] || shift
case "$role" in
# Bounds what short-lived garbage may occupy; larger young generations save nothing measurable.
node) exec node --max-semi-space-size=16 node/main.ts "$@" ;;
shipper) exec node --max-semi-space-size=16 xdr-shipper/main.ts "$@" ;;
wan-link) exec node deploy/wan-link/main.ts "$@" ;;
init) exec node deploy/container/init.ts "$@" ;;
*)
  echo "usage: node | shipper | wan-link | init, with the configuration in the environment or by --config FILE" >&2
  exit 64
  ;;
esac
