"""L: many runs after each other."""

import os
import statistics
import time

from harness import Dyno, check, case, size


def took(dyno, *words):
    begin = time.monotonic()
    dyno.call(*words).ended(0)
    return time.monotonic() - begin


def ptys():
    with open("/proc/sys/kernel/pty/nr") as file:
        return int(file.read())


@case("L01", "many runs in one state directory: nothing grows, neither files nor pseudo-terminals nor the time of ps", limit=7000)
def sequential_runs():
    dyno = Dyno()
    dyno.write("lib/a", "a" * 1000)
    many = size("SEQUENCE", 1000, 14, 10_000)
    warm = min(120, many // 2)  # the last hundred one-offs are remembered; then it is level
    before = None
    for number in range(many):
        if number == warm:
            before = len(dyno.state()), statistics.median(took(dyno, "ps") for _ in range(5))
        dyno.run("true").ended(0)
    dyno.await_clean()
    files, ps = len(dyno.state()), statistics.median(took(dyno, "ps") for _ in range(5))
    grown = files - before[0]
    check(grown <= (20 if many > 240 else 4 * (many - warm)), "%d files more after %d runs" % (grown, many - warm))
    check(ps < 2 * before[1] + 0.2, "ps took %.3f s, now %.3f s" % (before[1], ps))
    disk = sum(os.lstat(os.path.join(dyno.home, path)).st_size for path in dyno.state())
    check(disk < 30_000_000, "%d bytes of state" % disk)
