#!/bin/sh
# Runs a command beside busy processes, as on a machine that has other work to do.

usage() {
    cat <<'MESSAGE'
Usage: verification/load.sh N COMMAND [ARGUMENT...]

Starts N processes that do nothing but compute, runs the command, and ends them, whatever happens. The exit code is the
command's own; 2 if it cannot be started.

    verification/load.sh 6 mvn -B verify
MESSAGE
}

case ${1-} in
    -h | --help)
        usage
        exit
        ;;
    '' | *[!0-9]*)
        usage >&2
        exit 2
        ;;
esac
count=$1
shift
[ "${1-}" != -- ] || shift
if [ $# -eq 0 ]; then
    usage >&2
    exit 2
fi
if ! command -v "$1" >/dev/null; then
    echo "load.sh: no such command: $1" >&2
    exit 2
fi

# Looks now and then whether this script is alive: it may be killed, and then cannot end anything.
compute() {
    while kill -0 "$$" 2>/dev/null; do
        round=0
        while [ "$round" -lt 100000 ]; do
            round=$((round + 1))
        done
    done
}

busy=''
end() {
    trap - EXIT
    # shellcheck disable=SC2086 # process ids are separated by blanks
    [ -z "$busy" ] || kill $busy 2>/dev/null
}
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

while [ "$count" -gt 0 ]; do
    compute </dev/null >/dev/null 2>&1 &
    busy="$busy $!"
    count=$((count - 1))
done

"$@"
exit "$?"
