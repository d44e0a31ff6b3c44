#!/bin/sh
# Sends every report of the outbox and moves it to sent/: a report that could not be sent waits for the next try.
set -eu
: "${PLIMSOLL:=plimsoll}"
: "${REPORTS:=/var/lib/plimsoll/reports}"
: "${NOTIFY_OPTIONS:=}"
[ -n "$NOTIFY_OPTIONS" ] || exit 0
mkdir -p "$REPORTS/sent"
for report in "$REPORTS"/outbox/*.json; do
  [ -e "$report" ] || continue
  # shellcheck disable=SC2086
  "$PLIMSOLL" notify "$report" $NOTIFY_OPTIONS
  mv "$report" "$REPORTS/sent/"
done
