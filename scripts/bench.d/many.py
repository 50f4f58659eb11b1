#!/usr/bin/env python3
"""Many dynos at the same time: the measuring part of `scripts/bench many`.

usage: many.py DIRECTORY DYNO

BENCH_DYNOS of each way are started at once, of an app of BENCH_FILES files; when all are up they are told to end, each with a status of its own. The floor is the
program itself with nobody who starts it; the peers start it in the app's own directory and isolate nothing.
"""

import glob
import os
import shutil
import sys
import time

import apps
import figures
import living

work, dyno = sys.argv[1:3]
count, files = int(os.environ.get("BENCH_DYNOS", 100)), int(os.environ.get("BENCH_FILES", 2000))
DYNO = "dyno run"


def at_once(words, errors):
    began = time.monotonic()
    all_of_them = [living.Living(words, errors) for _ in range(count)]
    names = [one.up() for one in all_of_them]
    up = time.monotonic() - began
    if "" in names:
        sys.exit(f"scripts/bench: {names.count('')} of {' '.join(words)} did not come up: {figures.text(errors.name)[-1000:]}")
    memory = sum(living.memory(family) for family in living.families([one.process.pid for one in all_of_them])) / count
    disk = sum(directory_size(path) for path in glob.glob(f"{os.environ['DYNO_HOME']}/apps/*/dynos")) / 1e6
    began = time.monotonic()
    for one in all_of_them:
        one.end()
    statuses = [one.ended() for one in all_of_them]
    return {
        "up": up * 1000,
        "ended": (time.monotonic() - began) * 1000,
        "own": statuses.count(7),
        "names": len(set(names) - {"", "-"}),
        "memory": memory,
        "disk": disk,
        "left": sum(len(os.listdir(path)) for path in glob.glob(f"{os.environ['DYNO_HOME']}/apps/*/dynos")),
    }


def directory_size(path):
    return int(figures.said("du", "-sk", path).split()[0]) * 1000


def main():
    times = figures.rounds(3)
    os.chdir(apps.app(f"{work}/app", files))
    with open("wait.sh", "w") as program:
        program.write(living.PROGRAM)
    ways = [
        ("the program alone", ["bash", "wait.sh"]),
        (DYNO, [dyno, "run", "bash", "wait.sh"]),
        ("dyno run --isolation=plain", [dyno, "run", "--isolation=plain", "bash", "wait.sh"]),
        ("foreman run", ["foreman", "run", "bash", "wait.sh"]),
        ("nf run", ["nf", "run", "bash", "wait.sh"]),
        ("honcho run", ["honcho", "run", "bash", "wait.sh"]),
    ]
    there = [way for way in ways if shutil.which(way[1][0])]
    took = {name: [] for name, _ in there}
    with open(f"{work}/errors", "w") as errors, figures.measured(work, times):
        living.Living([dyno, "run", "true"], errors).ended()  # the slug is made once
        for _ in range(times):
            for name, words in there:
                took[name].append(at_once(words, errors))
    of = {name: {figure: [one[figure] for one in rounds] for figure in rounds[0]} for name, rounds in took.items()}
    rows = [
        (
            name,
            figures.spread(one["up"], 0),
            figures.ratio(one["up"], of[DYNO]["up"]),
            figures.spread(one["ended"], 0),
            figures.spread(one["memory"]),
            f"{min(one['own'])} of {count}",
        )
        for name, one in of.items()
    ]
    columns = ["", "all up, ms", "x dyno run", "all ended, ms", "memory of each, MB (PSS)", "own status"]
    figures.table(f"{count} at once, of an app of {files:,} files. Memory is that of all that was started, the program (bash) among it", columns, rows)
    own = of[DYNO]
    print(f"dyno run: {min(own['names'])} names, {figures.spread(own['disk'])} MB of disk for all while they lived, {max(own['left'])} directories left")
    figures.missing([name.split()[0] for name, words in ways if not shutil.which(words[0])])


main()
