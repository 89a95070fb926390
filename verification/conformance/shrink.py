#!/usr/bin/env python3
"""Reduce a failing program.

shrink.py case.json -- COMMAND ...
    COMMAND reads one program (JSON) on stdin and prints its trace: either the
    bare array or an object with a field "trace".  A program fails when the
    command's trace differs from the reference's (or the command fails).
shrink.py --serve case.json -- COMMAND ...
    The same, but COMMAND is started once, reads a program per line and answers
    each with one line.
shrink.py --check case.json -- COMMAND ...
    No reference: COMMAND reads a program and exits 0 if it still fails.

With --same a smaller program must diverge first at the same kind of event as
the original (against slipping to another defect).

case.json: a program, or a line of a corpus ({"program": ..., "trace": ...});
"-" reads stdin; with --id X the line of that id is taken from a .jsonl file.
The reduced program goes to stdout, progress to stderr.
"""
import argparse
import copy
import json
import subprocess
import sys

from processes import Server, reference as reference_command

BODIES = ("body", "then", "else", "finally")
IDENTITY = {"op", "name", "id", "profile", "doc"}


def once(cmd, timeout):
    def run(program):
        try:
            r = subprocess.run(cmd, input=json.dumps(program).encode() + b"\n",
                               stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, timeout=timeout)
        except subprocess.TimeoutExpired:
            return ""
        return r.stdout.decode()
    return run


def trace_of(text):
    try:
        d = json.loads(text.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return None
    return d.get("trace") if isinstance(d, dict) else d


def lists(node, path=()):
    """Paths of all lists of statements or awaitables, outermost first."""
    if isinstance(node, list):
        if path and all(isinstance(x, (dict, str)) for x in node):
            yield path
        for i, x in enumerate(node):
            yield from lists(x, path + (i,))
    elif isinstance(node, dict):
        for k, v in node.items():
            yield from lists(v, path + (k,))


def at(node, path):
    for k in path:
        node = node[k]
    return node


def put(program, path, value):
    p = copy.deepcopy(program)
    at(p, path[:-1])[path[-1]] = value
    return p


def size(node):
    if isinstance(node, list):
        return sum(map(size, node))
    if isinstance(node, dict):
        return 1 + sum(map(size, node.values()))
    return 1


def strings(node, out):
    if isinstance(node, str):
        out.add(node)
    elif isinstance(node, list):
        for x in node:
            strings(x, out)
    elif isinstance(node, dict):
        for x in node.values():
            strings(x, out)
    return out


def candidates(program):
    """Smaller variants, the most promising first."""
    # whole parts
    for k in ("main3", "main2", "options"):
        if k in program:
            p = copy.deepcopy(program)
            del p[k]
            yield p
    # runs of statements, in halves
    for path in list(lists(program)):
        items = at(program, path)
        n = len(items)
        step = n
        while step >= 1:
            for i in range(0, n, step):
                rest = items[:i] + items[i + step:]
                if "kinds" in path[-1:] and not rest:
                    continue
                yield put(program, path, rest)
            step //= 2
    # a compound statement gives way to one of its bodies
    for path in list(lists(program)):
        items = at(program, path)
        for i, s in enumerate(items):
            if not isinstance(s, dict) or "op" not in s:
                continue
            for k in BODIES:
                if isinstance(s.get(k), list):
                    yield put(program, path, items[:i] + s[k] + items[i + 1:])
            for h in s.get("except", ()):
                yield put(program, path,
                          items[:i] + h["body"] + items[i + 1:])
            a = s.get("aw")
            if isinstance(a, dict):
                yield put(program, path, items[:i] + [
                    {"op": "call", "body": a["body"]}] + items[i + 1:])

    # optional fields and smaller numbers
    def fields(node, path):
        if isinstance(node, dict):
            for k, v in node.items():
                if k not in IDENTITY and k not in ("body", "kinds", "kind",
                                                   "target", "aws", "aw",
                                                   "cond", "then", "type",
                                                   "exc", "main"):
                    yield path, k, v
                yield from fields(v, path + (k,))
        elif isinstance(node, list):
            for i, x in enumerate(node):
                yield from fields(x, path + (i,))
    for path, k, v in list(fields(program, ())):
        if k in ("msg", "v", "eager_start", "context", "token", "immediate",
                 "return_exceptions", "return_when", "timeout", "finally",
                 "else", "except", "break_after", "style"):
            p = copy.deepcopy(program)
            del at(p, path)[k]
            yield p
        if isinstance(v, int) and not isinstance(v, bool) and v > 0:
            for w in {0, 1, v // 2, v - 1} - {v}:
                yield put(program, path + (k,), w)
    # unused resources
    used = strings({k: v for k, v in program.items() if k != "resources"},
                   set())
    for r in program.get("resources", {}).values():
        used |= {r.get("lock")}
    for n in list(program.get("resources", {})):
        if n not in used:
            p = copy.deepcopy(program)
            del p["resources"][n]
            yield p


def shrink(program, fails, budget):
    tried = set()
    progress = True
    while progress and budget > 0:
        progress = False
        for c in candidates(program):
            key = json.dumps(c, sort_keys=True)
            if key in tried:
                continue
            tried.add(key)
            if size(c) > size(program):
                continue
            budget -= 1
            if budget <= 0:
                break
            if fails(c):
                program = c
                progress = True
                sys.stderr.write("\r%d nodes  " % size(program))
                sys.stderr.flush()
                break
    sys.stderr.write("\n")
    return program


def load(path, id_):
    text = sys.stdin.read() if path == "-" else open(path).read()
    if id_:
        for line in text.splitlines():
            d = json.loads(line)
            if d["id"] == id_:
                break
        else:
            sys.exit("no such id: " + id_)
    else:
        try:
            d = json.loads(text)
        except ValueError:
            d = json.loads(text.splitlines()[0])
    return d.get("program", d)


def main():
    argv = sys.argv[1:]
    if "--" not in argv:
        sys.exit(__doc__)
    cut = argv.index("--")
    ap = argparse.ArgumentParser()
    ap.add_argument("case")
    ap.add_argument("--id")
    ap.add_argument("--serve", action="store_true")
    ap.add_argument("--check", action="store_true")
    ap.add_argument("--same", action="store_true",
                    help="keep the kind of the first event that differs")
    ap.add_argument("--ties", default="heapq", choices=["heapq", "fifo"])
    ap.add_argument("--timeout", type=float, default=20)
    ap.add_argument("--budget", type=int, default=4000,
                    help="runs of the command at most")
    o = ap.parse_args(argv[:cut])
    cmd = argv[cut + 1:]
    program = load(o.case, o.id)
    if o.check:
        def fails(p):
            try:
                return subprocess.run(
                    cmd, input=json.dumps(p).encode() + b"\n",
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    timeout=o.timeout).returncode == 0
            except subprocess.TimeoutExpired:
                return False
    else:
        reference = Server(reference_command(o.ties))
        subject = Server(cmd, o.timeout) if o.serve else once(cmd, o.timeout)

        def divergence(p):
            """Kind of the first event that differs, None if none does."""
            d = json.loads(reference(p) or "{}")
            if "trace" not in d or "drop" in d:
                return None
            want, got = d["trace"], trace_of(subject(p))
            if got is None:
                return "no trace"
            for a, b in zip(want, got):
                if a != b:
                    return a[2]
            return None if len(want) == len(got) else "length"
        kind = divergence(program)

        def fails(p):
            k = divergence(p)
            return k == kind if o.same else k is not None
        if kind is None:
            sys.exit("the program does not fail")
    if o.check and not fails(program):
        sys.exit("the program does not fail")
    small = shrink(program, fails, o.budget)
    print(json.dumps(small))


if __name__ == "__main__":
    main()
