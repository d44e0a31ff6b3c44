#!/bin/sh
# One night: take the best bundle from the inbox, bring the archive to it, judge, write reports.
# Every step may be repeated: a run after a crash goes on where the last one ended.
# Settings come from /etc/plimsoll/nightly.conf or the environment.
set -eu

: "${PLIMSOLL:=plimsoll}"
: "${INBOX:=/srv/plimsoll/inbox}"
: "${DB:=/var/lib/plimsoll/db}"
: "${ARCHIVE:=/var/lib/plimsoll/archive}"
: "${REPORTS:=/var/lib/plimsoll/reports}"
: "${EXIT_ON:=critical}"
: "${POLICY_OPTIONS:=}"

mkdir -p "$REPORTS"
exec 9>"$REPORTS/lock"
flock -n 9 || { echo "another nightly run is at work" >&2; exit 75; }

day=$(date -u +%Y-%m-%d)
log() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>"$REPORTS/nightly.log"; }

# 1. Import. Exit 4 = a file in the inbox was refused: the old database stays in use and the night goes on, loudly.
imported=0
"$PLIMSOLL" db import --inbox "$INBOX" --db "$DB" >>"$REPORTS/nightly.log" 2>&1 || imported=$?
log "import ended with $imported"

# 2. Re-match, judge, report. Events stored by an interrupted run are told by this one.
judged=0
# shellcheck disable=SC2086
"$PLIMSOLL" archive rematch --archive "$ARCHIVE" --db "$DB" --exit-on "$EXIT_ON" $POLICY_OPTIONS \
  -o "json=$REPORTS/$day.json" -o "html=$REPORTS/$day.html" -o "markdown=$REPORTS/$day.md" \
  >"$REPORTS/$day.txt" 2>>"$REPORTS/nightly.log" || judged=$?
log "re-match ended with $judged"
[ "$judged" -le 1 ] || exit "$judged"

# 3. The archive is whole?
"$PLIMSOLL" archive verify --archive "$ARCHIVE" >>"$REPORTS/nightly.log" 2>&1 || { log "archive is damaged"; exit 3; }

ln -sfn "$day.json" "$REPORTS/latest.json"
[ "$imported" -eq 0 ] || exit "$imported"
exit "$judged"
