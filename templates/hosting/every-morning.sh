#!/bin/sh
# A morning now, and one every day at the hour in MORNING (UTC; 05:17 by default).
set -u
cd "$(dirname "$0")" || exit 1
while true; do
    if sh morning.sh; then
        mkdir -p .cache && touch .cache/good-morning
    else
        echo "$(date -u +%F): not everything went well, see above" >&2
    fi
    [ -z "${ONCE-}" ] || break
    now=$(date -u +%s)
    next=$(date -u -d "${MORNING:-05:17}" +%s)
    [ "$next" -gt "$now" ] || next=$((next + 86400))
    sleep $((next - now))
done
