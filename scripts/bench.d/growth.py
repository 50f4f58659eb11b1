#!/usr/bin/env python3
"""What grows, and with what: the measuring part of `scripts/bench growth`.

usage: growth.py DIRECTORY DYNO [files|dynos|runs]...

Commands are timed on a terminal of their own at each step, in turn with a Java program that says hello: the machine may be slower at one step than at another, and
then that is too. BENCH_FILES, BENCH_DYNOS and BENCH_RUNS are the steps.
"""

import os
import sys

import apps
import figures
import hello
import living
import timing

work, dyno = sys.argv[1:3]
parts = ["files", "dynos", "runs"]
wanted = sys.argv[3:] or parts
times = figures.rounds(11)
floor = (hello.JAVA, *hello.compiled(work))


def cells(commands):
    """A cell for hello, and for each command one with its time and how many times hello's that is."""
    took = {words: [] for words in [floor, *commands]}
    for turn in range(times + 1):
        for words in took:
            one = timing.well(timing.on_terminal(list(words)), words)
            if turn > 0:
                took[words].append(one.ms)
    base = took.pop(floor)
    return [figures.spread(base), *(f"{figures.spread(ms)}, {figures.ratio(ms, base)} x" for ms in took.values())]


def command(*words):
    return (dyno, *words)


def by_files():
    rows = []
    for count in figures.sizes("BENCH_FILES", "10 100 1000 10000 100000"):
        app = apps.app(f"{work}/files-{count}", count)
        first = timing.well(timing.on_terminal([dyno, "run", "-a", app, "true"]), ["dyno", "run"]).ms
        rows.append([f"{count:,}", *cells([command("ps", "-a", app), command("run", "-a", app, "true")]), f"{first:,.0f}"])
    figures.table("Files of the app: ms, and times hello", ["files", "hello", "ps", "run true", "the first run"], rows)


def by_dynos():
    """Dynos that are alive, of one app; they end with their input."""
    os.chdir(apps.app(f"{work}/dynos"))
    rows, alive = [], []
    with open(f"{work}/errors", "w") as errors:
        for step in figures.sizes("BENCH_DYNOS", "1 10 50 100 200"):
            while len(alive) < step:
                alive.append(living.Living([dyno, "run", living.PROGRAM], errors))
                if not alive[-1].up():
                    sys.exit(f"scripts/bench: a dyno did not come up: {figures.text(errors.name)[-1000:]}")
            families = living.families([one.process.pid for one in alive])
            own = [living.memory(family[:1]) for family in families]
            rows.append([step, *cells([command("ps"), command("run", "true")]), figures.spread(own), figures.spread([living.memory(family) for family in families])])
        for one in alive:
            one.end()
        for one in alive:
            one.ended()
    columns = ["dynos alive", "hello", "ps", "run true", "memory of each, MB (PSS)", "with its helpers and its program"]
    figures.table("One-offs that are alive: ms, and times hello; memory by dynos", columns, rows)


def by_runs():
    os.chdir(apps.app(f"{work}/runs"))
    rows, past = [], 0
    for step in figures.sizes("BENCH_RUNS", "1 10 100 1000"):
        while past < step:
            timing.well(timing.in_pipes([dyno, "run", "true"]), ["dyno", "run"])
            past += 1
        commands = [command("ps"), command("run", "true"), command("runs"), command("logs")]
        rows.append([f"{past:,}", *cells(commands), figures.said("du", "-sk", os.environ["DYNO_HOME"]).split()[0]])
        past += times + 1
    figures.table("Past runs of one app: ms, and times hello", ["past runs", "hello", "ps", "run true", "runs", "logs", "disk, kB"], rows)


def main():
    if not set(wanted) <= set(parts):
        sys.exit(f"scripts/bench growth can measure {', '.join(parts)}")
    with figures.measured(work, f"{times} at each step, after one that does not count"):
        for name, part in [("files", by_files), ("dynos", by_dynos), ("runs", by_runs)]:
            if name in wanted:
                os.environ["DYNO_HOME"] = f"{work}/state-{name}"
                part()


main()
