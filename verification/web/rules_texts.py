#!/usr/bin/env python3
"""Prints random texts and what rules.py makes of them, for readers in another language. rules_texts.py [N] [SEED]

One JSON array a line: kind, text, "ok" and the value, or the error's type and words. Of each kind N texts, made from
valid and invalid ones by small changes. Standard library only.
"""
import json
import math
import random
import sys

import generate
import rules

KINDS = {
    "int": (rules.read_int, "0123456789+-_. eEx\u0663\u00a0"),
    "float": (rules.read_float, "0123456789+-_. eEdf\u00a0"),
    "bool": (rules.read_bool, "tTrueyYnNofs10 "),
    "uuid": (rules.read_uuid, "0123456789abcdefABCDEF-{}zu:\u00fc\U0001f600"),
    "date": (rules.read_date, "0123456789-T:Z. x+_\u00fc"),
    "naive": (lambda s: rules.read_datetime(s, False), "0123456789-T:Z. x+,\u2212"),
    "aware": (lambda s: rules.read_datetime(s, True), "0123456789-T:Z. x+,\u2212"),
    "duration": (rules.read_duration, "0123456789PTDHMSWYd ay:.,-+"),
    "time": (rules.read_time, "0123456789-:Z. x+,\u2212"),
}


def mutated(rng, s, alphabet):
    for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3])):
        i = rng.randint(0, len(s))
        roll = rng.random()
        s = s[:i] + (rng.choice(alphabet) if roll < 0.35 or roll >= 0.7 else "") + s[i + (roll >= 0.35):]
    return s


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    rng = random.Random(sys.argv[2] if len(sys.argv) > 2 else "1")
    for kind, (read, alphabet) in KINDS.items():
        seeds = generate.TEXT[kind][0] + generate.TEXT[kind][1]
        for _ in range(n):
            s = mutated(rng, rng.choice(seeds), alphabet)
            try:
                outcome = read(s)
            except OverflowError:      # a number beyond the years of Python
                continue
            if outcome[1] in (math.inf, -math.inf):
                outcome = (outcome[0], "Infinity" if outcome[1] > 0 else "-Infinity")
            print(json.dumps([kind, s, *outcome]))


if __name__ == "__main__":
    main()
