#!/bin/sh
# A tour of the API with curl: register, import every sample statement twice, see where the money went, correct
# one category and see that it was learned, compare ways out of debt, overspend a budget and see what moves. Needs
# curl and python3 (to read JSON).
#
#   sh docs/try-it.sh [http://127.0.0.1:8000]
set -eu

base=${1:-http://127.0.0.1:8000}
base=${base%/}
api=$base/api/v1
samples=$(dirname "$0")/samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
token=

say() { printf '%s\n' "$*"; }
title() { printf '\n%s\n' "$*"; }
die() {
    printf 'Stopped: %s\n' "$*" >&2
    exit 1
}

# pick PATH: the value at a dotted path of the last answer, such as "rows.new" or "results.0.id".
pick() {
    python3 - "$work/body" "$1" <<'PY'
import json, sys

value = json.load(open(sys.argv[1], encoding="utf-8"))
for name in sys.argv[2].split("."):
    value = value[int(name) if name.isdigit() else name]
print("" if value is None else value)
PY
}

# object NAME VALUE ...: a JSON object of texts.
object() {
    python3 -c 'import json, sys; a = sys.argv[1:]; print(json.dumps(dict(zip(a[::2], a[1::2]))))' "$@"
}

# reason: what the server said about its last refusal.
reason() {
    pick error 2>/dev/null || head -c 300 "$work/body"
}

# call METHOD PATH [curl options]: one request; waits where the server asks for it, stops at any other refusal.
call() {
    method=$1
    address=$api$2
    shift 2
    tries=0
    while :; do
        status=$(curl -sS -X "$method" -o "$work/body" -D "$work/headers" -w '%{http_code}' \
            -H "Accept: application/json" ${token:+-H "Authorization: Bearer $token"} "$@" "$address") ||
            die "$address did not answer."
        tries=$((tries + 1))
        [ "$status" = 429 ] && [ "$tries" -le 3 ] || break
        seconds=$(tr -d '\r' <"$work/headers" | sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,3\}\)$/\1/p')
        say "  (the server asks to wait ${seconds:-60} s)"
        sleep "${seconds:-60}"
    done
    case $status in
    2??) ;;
    *) die "$method $address answered $status: $(reason)" ;;
    esac
}

send() {
    method=$1
    path=$2
    call "$method" "$path" -H 'Content-Type: application/json' -d "$3"
}

# import_file FILE: uploads it and waits, at most a minute, until the job has ended.
import_file() {
    call POST /ingest/statements -F "file=@$1"
    job=$(pick id)
    tries=0
    while :; do
        case $(pick status) in
        succeeded) break ;;
        failed | cancelled) die "the import of $1 ended as $(pick status): $(pick error)" ;;
        esac
        tries=$((tries + 1))
        [ "$tries" -le 120 ] || die "the import of $1 is still $(pick status) after a minute; does a worker run?"
        sleep 0.5
        call GET "/ingest/statements/$job"
    done
    printf '  %-20s %5s %10s %8s\n' "$(basename "$1")" "$(pick rows.new)" "$(pick rows.duplicate)" "$(pick rows.invalid)"
}

import_all() {
    title "$1"
    printf '  %-20s %5s %10s %8s\n' file new duplicate invalid
    for file in "$samples"/*; do
        import_file "$file"
    done
}

show_summary() {
    python3 - "$work/body" <<'PY'
import json, sys

summary = json.load(open(sys.argv[1], encoding="utf-8"))
print(f"  {'category':32}{'rows':>5}{'spent':>12}{'income':>12}")
for line in summary["lines"]:
    print(f"  {line['labels']['category']:32}{line['count']:>5}{line['spent']:>12}{line['income']:>12}")
print(f"  {'all, in ' + summary['currency']:32}{'':5}{summary['spent']:>12}{summary['income']:>12}")
PY
}

show_plans() {
    python3 - "$work/body" <<'PY'
import json, sys

found = json.load(open(sys.argv[1], encoding="utf-8"))
print(f"  {'strategy':16}{'months':>8}{'interest':>12}{'free on':>14}")
for line in (found["baseline"], *found["results"]):
    print(f"  {line['strategy']:16}{line['months']:>8}{line['total_interest']:>12}{line['debt_free_on']:>14}")
print(f"  {found['why']}")
PY
}

show_days() {
    python3 - "$work/body" <<'PY'
import json, sys

month = json.load(open(sys.argv[1], encoding="utf-8"))
days = [each["on"] for each in month["days"]]
today = days.index(month["today"])
print(f"  {'day':12}{'planned':>10}{'available':>11}{'spent':>10}  status")
for line in month["days"][max(today - 1, 0) : today + 3]:
    print(f"  {line['on']:12}{line['planned']:>10}{line['available']:>11}{line['spent']:>10}  {line['status']}")
PY
}

# wait_for_redistribution: the first of this person, at most half a minute after it was asked for.
wait_for_redistribution() {
    tries=0
    call GET '/budgets/redistributions?limit=1'
    while [ "$(pick results)" = "[]" ]; do
        tries=$((tries + 1))
        [ "$tries" -le 60 ] || die "nothing was moved within half a minute; does a worker run?"
        sleep 0.5
        call GET '/budgets/redistributions?limit=1'
    done
}

command -v curl >/dev/null || die "curl is not installed."
command -v python3 >/dev/null || die "python3 is not installed."
curl -sS -o /dev/null "$base/health" 2>/dev/null || die "nothing answers at $base; start it with: make run"

email=tour-$(date +%s)-$$@solvent.example
password=$(python3 -c 'import secrets; print(secrets.token_urlsafe(12))')
title "1. Registering $email"
send POST /auth/register "$(object email "$email" password "$password" name Tour country DE base_currency EUR)"
token=$(pick access)
say "  signed in as $(pick user.id), amounts are in $(pick user.base_currency)"

import_all "2. Importing every file in docs/samples"
import_all "3. The same files again: nothing comes twice"

title "4. Where the money went"
call GET '/transactions/summary?group_by=category'
show_summary

title "5. Correcting a category"
call GET '/transactions?kind=expense&text=starbucks&limit=1'
row=$(pick results.0.id)
account=$(pick results.0.account)
merchant=$(pick results.0.merchant)
day=$(pick results.0.date)
text=$(pick results.0.description)
say "  before: $text is “$(pick results.0.category_name)”. $(pick results.0.category_reason)"
call GET '/categories?code=gifts'
gifts=$(pick results.0.id)
send PATCH "/transactions/$row" "$(object category "$gifts")"
say "  now:    $text is “$(pick category_name)”. $(pick category_reason)"
call GET "/merchants/$merchant"
[ "$(pick category)" = "$gifts" ] || die "the merchant was not taught."
say "  taught: the merchant $(pick name)"
send POST /transactions "$(object account "$account" date "$day" amount -4.20 description "$text")"
[ "$(pick category_source)" = correction ] || die "the next row did not follow the correction."
say "  next:   a new row of $text is “$(pick category_name)”. $(pick category_reason)"

title "6. Three debts and 800 a month: which one first?"
fixed() { printf '{"name": "%s", "balance": "%s", "apr": "%s", "minimum_payment": {"rule": "fixed", "amount": "%s"}}' "$@"; }
send POST /debts/compare "{\"currency\": \"EUR\", \"monthly_budget\": \"800.00\", \"debts\": [
    $(fixed Card 5000.00 22.99 150.00), $(fixed Store 3500.00 18.99 100.00), $(fixed Car 12000.00 6.5 350.00)]}"
show_plans

title "7. A budget: 25 for dining, 100 for entertainment, and 35 spent on dining today"
call GET '/categories?code=dining'
dining=$(pick results.0.id)
call GET '/categories?code=entertainment'
films=$(pick results.0.id)
send POST /budgets/periods "{\"income_expected\": \"3000.00\", \"allocations\": [
    $(object category "$dining" amount 25.00 pattern even), $(object category "$films" amount 100.00 pattern even)]}"
say "  from $(pick first_on) to $(pick last_on): $(pick allotted) allotted, $(pick unallocated) not"
call GET /budgets/safe-to-spend
today=$(pick on)
say "  safe to spend today: $(pick safe_today) $(pick currency), then $(pick per_day) a day until $(pick last_on)"
send POST /transactions "$(object account "$account" date "$today" amount -35.00 description Trattoria category "$dining")"
wait_for_redistribution
run=$(pick results.0.id)
say "  $(pick results.0.message)"
month=${today%-*}
call GET "/budgets/calendar/$month"
show_days
call POST "/budgets/redistributions/$run/undo"
say "  undone again: it is $(pick status)"

title "Done. The address and this password sign you in: $email $password"
say "The API's reference: $base/docs"
