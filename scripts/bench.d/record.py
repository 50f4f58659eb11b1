#!/usr/bin/env python3
"""What `dyno run --record` costs: the measuring part of `scripts/bench record`.

usage: record.py DIRECTORY DYNO

Throughput: a program writes BENCH_BYTES in lines of 100 bytes into its terminal, and the other end is read here. Echo: keys are typed one by one, and the time
until each has come back is taken; the program is `cat`, so the echo is the dyno's terminal's. Beside it those who record too: script(1) into a file, which
keeps the bytes as they are, and asciinema, whose format dyno's is.
"""

import shutil
import sys

import figures
import through
from session import Way

work, dyno = sys.argv[1:3]
peers = [
    Way("script(1) into a file", ["script", "-qec"], [f"{work}/typescript"]),
    Way("asciinema rec", ["asciinema", "rec", "-q", "--overwrite", f"{work}/recording.cast", "-c"]),
]
there = [way for way in peers if shutil.which(way.before[0])]
through.measure(work, [Way("dyno run", [dyno, "run"]), Way("dyno run --record", [dyno, "run", "--record"]), *there])
figures.missing([way.before[0] for way in peers if way not in there])
