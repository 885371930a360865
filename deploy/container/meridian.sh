#!/bin/sh
# The image's entrypoint: the first word says which of Meridian's processes this container is. It is
# replaced by that process, so that signals reach it.
set -eu
cd /meridian
role=${1:-}
[ $# -eq 0 ] || shift
# Written by a rehearsal of a wrong clock (`meridian drill clock-skew`), and removed at its end.
offset=/var/lib/meridian/clock-offset-ms
if [ "$role" = node ] && [ -f "$offset" ]; then
  MERIDIAN_CLOCK_OFFSET_MS=$(cat "$offset")
  export MERIDIAN_CLOCK_OFFSET_MS
fi
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
