#!/bin/sh
# Runs the HTTP benchmark and keeps its tables beside the samples: run.sh [--short] [options of compare.py]
here=$(cd "$(dirname "$0")" && pwd) || exit
mkdir -p "$here/target"
python3 "$here/compare.py" "$@" >"$here/target/http.md" || exit
cat "$here/target/http.md"
