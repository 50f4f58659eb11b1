#!/usr/bin/env python3
"""What passes through the terminal of `dyno run`: the measuring part of `scripts/bench pty`.

usage: passing.py DIRECTORY DYNO FLOOR

The floor is a C program (floor.c) that does the least there is to do: a pseudo-terminal between, and bytes copied both ways. tmux is none of that kind: it draws a
screen of its own, so of its throughput only the time counts.
"""

import shutil
import sys

import table

work, dyno, floor = sys.argv[1:4]
ways = [("a program in C", [floor]), ("dyno run", [dyno, "run"])]
ways += [("script(1)", ["script", "-qec"])] if shutil.which("script") else []
missing = [name for name in ("script", "ssh") if not shutil.which(name)]
table.measure(work, ways, "C")
if missing:
    print("not installed: " + ", ".join(missing))
