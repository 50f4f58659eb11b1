"""Rounds of all ways in turn, and the tables of their medians."""

import os
import statistics

import session

rounds = int(os.environ.get("BENCH_ROUNDS", 5))
size = int(os.environ.get("BENCH_BYTES", 100_000_000))


def table(title, unit, figures, base, show):
    print(f"{title:<34}{'median':>10}{'lowest':>10}{'highest':>10}{'x ' + base:>10}")
    first = statistics.median(next(iter(figures.values())))
    for name, values in figures.items():
        middle = statistics.median(values)
        print(f"  {name:<32}{show(middle):>10}{show(min(values)):>10}{show(max(values)):>10}{middle / first:>10.2f}  {unit}")


def measure(work, ways, base):
    """The first of the ways is what the others are compared with."""
    app = f"{work}/app"
    os.mkdir(app)
    with open(f"{app}/Procfile", "w") as procfile:
        procfile.write("web: true\n")
    speeds, medians, slowest = ({name: [] for name, _ in ways} for _ in range(3))
    for turn in range(rounds + 1):
        for name, start in ways:
            speed, times = session.throughput(start, size, app), sorted(session.echo(start, app))
            if turn > 0:  # the first time everything is cold
                speeds[name].append(speed)
                medians[name].append(statistics.median(times))
                slowest[name].append(times[len(times) * 99 // 100])
    table(f"{size / 1e6:.0f} MB through a terminal", "MB/s", speeds, base, "{:.1f}".format)
    table(f"echo of a key, median of {session.KEYS}", "ms", medians, base, "{:.3f}".format)
    table("echo of a key, 99th percentile", "ms", slowest, base, "{:.3f}".format)
