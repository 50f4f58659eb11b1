#!/usr/bin/env python3
"""What a dyno of an app of so many files costs: the measuring part of `scripts/bench create`.

usage: create.py DIRECTORY DYNO

Per size (BENCH_FILES), in turn in each round: `find`, which looks at each file and is the floor; `cp -a` and `rsync -a` of the app; `dyno run true` when nothing is
known of the app, when nothing has changed, and when one file has. An app of no files is always there: what is more than its run is what the files cost.
Nothing is removed before the end: some file systems are slow to create for a while after that.
"""

import glob
import os
import shutil
import statistics
import subprocess
import sys

import apps
import figures
import timing

work, dyno = sys.argv[1:3]
MOST_CREATED = 3  # what creates all the files again takes long, and much of the disk
WAYS = ["find", "cp -a", "rsync -a", "first", "unchanged", "changed"]


def once(words, state=None):
    return timing.well(timing.silent(words, {"DYNO_HOME": state} if state else None), words).ms


def turn(count, number, took):
    app, copies = f"{work}/app-{count}", number < MOST_CREATED
    state = f"{work}/state-{count}-{min(number, MOST_CREATED - 1)}"
    run = [dyno, "run", "-a", app, "true"]
    os.sync()
    took["find"].append(once(["find", app, "-printf", "%s %T@ %C@\n"]))
    if copies:
        took["cp -a"].append(once(["cp", "-a", app, f"{work}/cp-{count}-{number}"]))
    if copies and shutil.which("rsync"):
        took["rsync -a"].append(once(["rsync", "-a", f"{app}/", f"{work}/rsync-{count}-{number}"]))
    if copies:
        took["first"].append(once(run, state))
    once(run, state)  # the app as it is now is known
    took["unchanged"].append(once(run, state))
    with open(f"{app}/changed", "a") as file:
        file.write(f"{number}\n")
    took["changed"].append(once(run, state))


def disk(count):
    """The kilobytes that a dyno has for itself while it is alive: its own directory, without the slug that all share."""
    state = f"{work}/state-{count}-0"
    words = [dyno, "run", "-a", f"{work}/app-{count}", "echo up; read x"]
    alive = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "DYNO_HOME": state})
    alive.stdout.readline()
    used = subprocess.run(["du", "-sk", *glob.glob(f"{state}/apps/*/dynos/run.*")], capture_output=True, text=True, check=True).stdout.split()[0]
    alive.communicate(b"\n")
    return f"{used} kB"


def main():
    times = figures.rounds(5)
    counts = [0, *(count for count in figures.sizes("BENCH_FILES", "10 100 1000 10000 100000") if count > 0)]
    took = {count: {way: [] for way in WAYS} for count in counts}
    for count in counts:
        once(["find", apps.app(f"{work}/app-{count}", count)])
    with figures.measured(work, f"{times}, what creates {min(times, MOST_CREATED)}"):
        for number in range(times):
            for count in counts:
                turn(count, number, took[count])
    rows = [[f"{count:,}", *(figures.spread(took[count][way]) for way in WAYS), disk(count)] for count in counts]
    figures.table("ms; `dyno run true` the first time, with nothing changed, with one file changed", ["files", *WAYS, "disk of a dyno"], rows)
    bounds = []
    for count in counts[1:]:
        find, same, changed, first = (took[count][way] for way in ("find", "unchanged", "changed", "first"))
        more = [(mine - empty) / floor for mine, empty, floor in zip(same, took[0]["unchanged"], find)]
        bounds.append((f"{count:,}", figures.spread(more, 2), figures.ratio(same, find), figures.ratio(changed, find), figures.ratio(first, took[count]["cp -a"])))
    columns = ["files", "(unchanged - empty app) / find", "unchanged / find", "changed / find", "first / cp -a"]
    figures.table("Against the floors; the first column by rounds", columns, bounds)
    figures.missing([] if shutil.which("rsync") else ["rsync"])
    if len(counts) > 1:
        last = counts[-1]
        more = statistics.median((mine - empty) / floor for mine, empty, floor in zip(took[last]["unchanged"], took[0]["unchanged"], took[last]["find"]))
        figures.aim(f"unchanged, with {last:,} files, within 2 x find on top of an empty app", more <= 2, f"{more:.2f} x")


main()
