#!/usr/bin/env python3
"""What `dyno run --record` costs: the measuring part of `scripts/bench record`.

usage: record.py DIRECTORY DYNO

Throughput: a program writes BENCH_BYTES in lines of 100 bytes into its terminal, and the other end is read here. Echo: keys are typed one by one, and the time
until each has come back is taken; the program is `cat`, so the echo is the dyno's terminal's. With a recording and without take turns in each round, beside
script(1), which has a terminal of its own between too.
"""

import sys

import table

work, dyno = sys.argv[1:3]
table.measure(
    work,
    [
        ("dyno run", [dyno, "run"]),
        ("dyno run --record", [dyno, "run", "--record"]),
        ("script(1)", ["script", "-qec"]),
    ],
    "run",
)
