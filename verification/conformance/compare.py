#!/usr/bin/env python3
"""Compare two files of traces, a JSON object {"id", "trace"} per line.

compare.py expected.jsonl actual.jsonl [--ties heapq|fifo|either] [--show N]

--ties says how the implementation under test orders timers of equal time:
heapq  like CPython's heap (the default: the field "trace");
fifo   in the order of scheduling (the field "trace_fifo" where there is one);
either accepts both.
Where CPython has a fault, the trace without it counts ("trace_mended").

Exit status 0 if all traces agree, 1 otherwise.
"""
import argparse
import collections
import json
import sys


def read(path):
    out = collections.OrderedDict()
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.strip():
                d = json.loads(line)
                out[d["id"]] = d
    return out


def first_difference(a, b):
    for i, (x, y) in enumerate(zip(a, b)):
        if x != y:
            return i
    return min(len(a), len(b)) if len(a) != len(b) else None


def wanted(d, ties):
    if "trace_mended" in d:
        return [d["trace_mended"]]
    fifo = d.get("trace_fifo", d["trace"])
    return {"heapq": [d["trace"]], "fifo": [fifo],
            "either": [d["trace"], fifo]}[ties]


def profile(d):
    p = d.get("program", {}).get("profile")
    return p or d["id"].rsplit("-", 2)[0]


def text(event):
    t = json.dumps(event)
    return t if len(t) <= 400 else t[:400] + " ..."


def show(d, want, got, i, out):
    print("--- %s: event %d of %d (got %d events)"
          % (d["id"], i, len(want), len(got)), file=out)
    for k in range(max(0, i - 4), i):
        print("      " + text(want[k]), file=out)
    print("  exp " + (text(want[i]) if i < len(want) else "(end)"),
          file=out)
    print("  got " + (text(got[i]) if i < len(got) else "(end)"),
          file=out)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("expected")
    ap.add_argument("actual")
    ap.add_argument("--ties", default="heapq",
                    choices=["heapq", "fifo", "either"])
    ap.add_argument("--show", type=int, default=5)
    ap.add_argument("--ids", action="store_true",
                    help="print the ids of all failures")
    ap.add_argument("--by-kind", action="store_true",
                    help="count failures by the kind of the expected event")
    o = ap.parse_args()
    exp, act = read(o.expected), read(o.actual)
    total, passed = collections.Counter(), collections.Counter()
    missing, failures = [], []
    kinds = collections.Counter()
    for id_, d in exp.items():
        prof = profile(d)
        total[prof] += 1
        if id_ not in act:
            missing.append(id_)
            continue
        got = act[id_].get("trace")
        if got is None:
            got = []
        want = wanted(d, o.ties)
        if any(w == got for w in want):
            passed[prof] += 1
            continue
        best = max(want, key=lambda w: first_difference(w, got) or 0)
        i = first_difference(best, got)
        failures.append((d, best, got, i))
        kinds[best[i][2] if i < len(best) else "(end)"] += 1
    for prof in total:
        print("%-14s %5d / %5d" % (prof, passed[prof], total[prof]))
    print("%-14s %5d / %5d" % ("total", sum(passed.values()),
                               sum(total.values())))
    if missing:
        print("missing: %d (first: %s)" % (len(missing), missing[0]))
    if o.by_kind:
        for k, n in kinds.most_common():
            print("  diverges at %-24s %d" % (k, n))
    if o.ids:
        for f in failures:
            print("FAIL " + f[0]["id"])
    for f in failures[:o.show]:
        show(*f, sys.stdout)
    sys.exit(1 if failures or missing else 0)


if __name__ == "__main__":
    main()
