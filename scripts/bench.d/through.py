"""What passes through a terminal, of all ways in turn, and the table of it."""

import os
import statistics

import apps
import figures
import session

SIZE = int(os.environ.get("BENCH_BYTES", 100_000_000))


def measure(work, ways):
    """The first of the ways is what the others are compared with. Returns the megabytes a second and the median echo of each round."""
    times = figures.rounds(5)
    app = apps.app(f"{work}/app")
    speeds, keys, slowest = ({way.name: [] for way in ways} for _ in range(3))
    with figures.measured(work, f"{times}, after one that does not count"):
        for turn in range(times + 1):
            for way in ways:
                speed, took = session.throughput(way, SIZE, app), sorted(session.echo(way, app))
                if turn > 0:  # the first time everything is cold
                    speeds[way.name].append(speed)
                    keys[way.name].append(statistics.median(took))
                    slowest[way.name].append(took[len(took) * 99 // 100])
    first = ways[0].name
    rows = [
        (
            name,
            figures.spread(speeds[name]),
            figures.ratio(speeds[name], speeds[first]),
            figures.spread(keys[name], 3),
            f"{added(keys, name, first):+.3f}",
            figures.spread(slowest[name], 3),
            f"{added(slowest, name, first):+.3f}",
        )
        for name in speeds
    ]
    columns = ["", "MB/s", f"x {first}", "echo p50, ms", "added", "echo p99, ms", "added"]
    figures.table(f"{SIZE / 1e6:.0f} MB in lines of 100 bytes; {session.KEYS} keys. What is added is against {first}", columns, rows)
    return speeds, keys


def added(figure, name, base):
    return statistics.median(figure[name]) - statistics.median(figure[base])
