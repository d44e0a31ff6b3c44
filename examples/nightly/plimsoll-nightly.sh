#!/bin/sh
# One night: take the best bundle from the inbox, bring the archive to it, judge, write reports.
# Every step may be repeated: a run after a crash goes on where the last one ended.
# Settings come from /etc/plimsoll/nightly.conf or the environment.
set -eu

: "${PLIMSOLL:=plimsoll}"
: "${INBOX:=/var/lib/plimsoll/inbox}"
: "${DB:=/var/lib/plimsoll/db}"
: "${ARCHIVE:=/var/lib/plimsoll/archive}"
: "${REPORTS:=/var/lib/plimsoll/reports}"
: "${EXIT_ON:=critical}"
: "${POLICY_OPTIONS:=}"

mkdir -p "$REPORTS/outbox"
exec 9>"$REPORTS/lock"
flock -n 9 || { echo "another nightly run is at work" >&2; exit 75; }

stamp=$(date -u +%Y-%m-%dT%H%M%SZ)
log() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>"$REPORTS/nightly.log"; }

# 1. Import. Exit 4 = only refused files were in the inbox: the old database stays in use and the night goes on, loudly.
imported=0
"$PLIMSOLL" db import --inbox "$INBOX" --db "$DB" >>"$REPORTS/nightly.log" 2>&1 || imported=$?
log "import ended with $imported"

# 2. Re-match, judge, report. Events that an interrupted run stored and did not tell are told by this one.
judged=0
# shellcheck disable=SC2086
"$PLIMSOLL" archive rematch --archive "$ARCHIVE" --db "$DB" --exit-on "$EXIT_ON" $POLICY_OPTIONS \
  -o "html=$REPORTS/$stamp.html" -o "markdown=$REPORTS/$stamp.md" -o "json=$REPORTS/outbox/$stamp.json" \
  >"$REPORTS/$stamp.txt" 2>>"$REPORTS/nightly.log" || judged=$?
log "re-match ended with $judged"
[ "$judged" -le 1 ] || exit "$judged"

# 3. Is the archive whole?
"$PLIMSOLL" archive verify --archive "$ARCHIVE" >>"$REPORTS/nightly.log" 2>&1 || { log "the archive is damaged"; exit 3; }

[ "$imported" -eq 0 ] || exit "$imported"
exit "$judged"
