#!/usr/bin/env python3
"""What `dyno run --record` costs: the measuring part of `scripts/bench record`.

usage: record.py DIRECTORY DYNO

Throughput: a program writes BENCH_BYTES in lines of 100 bytes into its terminal, and the other end is read here. Echo: keys are typed one by one, and the time
until each has come back is taken; the program is `cat`, so the echo is the dyno's terminal's. With a recording and without take turns in each round, beside
script(1), which has a terminal of its own between too.
"""

import fcntl
import os
import pty
import select
import statistics
import subprocess
import sys
import termios
import time

work, dyno = sys.argv[1:3]
rounds = int(os.environ.get("BENCH_ROUNDS", 5))
size = int(os.environ.get("BENCH_BYTES", 100_000_000))
keys = 300
WAYS = [
    ("dyno run", [dyno, "run"]),
    ("dyno run --record", [dyno, "run", "--record"]),
    ("script(1)", ["script", "-qec"]),
]


class Session:
    """A program on a terminal of its own, of which this is the other end."""

    def __init__(self, start, command):
        self.master, slave = pty.openpty()
        words = [*start, command, "/dev/null"] if start[0] == "script" else [*start, command]
        self.program = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, cwd=f"{work}/app", preexec_fn=own_terminal)
        os.close(slave)

    def until(self, mark, seconds=120):
        """Reads on until this has come; how many bytes came before, and with it."""
        seen, count, deadline = b"", 0, time.monotonic() + seconds
        while mark not in seen:
            if not select.select([self.master], [], [], max(deadline - time.monotonic(), 0))[0]:
                sys.exit(f"{mark} did not come; the end is {seen[-200:]}")
            data = os.read(self.master, 1 << 16)
            count += len(data)
            seen = seen[-len(mark):] + data
        return count

    def type(self, text):
        os.write(self.master, text)

    def end(self):
        """Reads what is left and waits for the end."""
        try:
            while os.read(self.master, 1 << 16):
                pass
        except OSError:
            pass  # how a terminal ends on Linux
        os.close(self.master)
        self.program.wait()


def own_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def throughput(start):
    """Megabytes a second, from when the program begins to write until its last byte is here."""
    lines = size // 100
    session = Session(start, f"stty -opost; echo be''gin; read x; yes {'x' * 99} | head -n {lines}; echo e''nd")
    session.until(b"begin")
    began = time.monotonic()
    session.type(b"\r")
    count = session.until(b"end")
    seconds = time.monotonic() - began
    session.end()
    if count < lines * 100:
        sys.exit(f"{start}: {lines * 100 - count} bytes were lost")
    return size / 1e6 / seconds


def echo(start):
    """Milliseconds until a key is echoed: all of them."""
    session = Session(start, "echo be''gin; exec cat")
    session.until(b"begin\r\n")
    times = []
    for i in range(keys):
        key = b"%c" % (97 + i % 26)
        if i % 50 == 49:
            session.type(b"\r")
            session.until(b"\n")
            time.sleep(0.05)
            drain(session)
        began = time.monotonic_ns()
        session.type(key)
        session.until(key)
        times.append((time.monotonic_ns() - began) / 1e6)
        time.sleep(0.004)
    session.type(b"\r\x04")
    session.end()
    return times


def drain(session):
    while select.select([session.master], [], [], 0)[0]:
        os.read(session.master, 1 << 16)


def table(title, unit, figures, show):
    print(f"{title:<34}{'median':>10}{'lowest':>10}{'highest':>10}{'x run':>8}")
    base = statistics.median(figures[WAYS[0][0]])
    for name, values in figures.items():
        middle = statistics.median(values)
        print(f"  {name:<32}{show(middle):>10}{show(min(values)):>10}{show(max(values)):>10}{middle / base:>8.2f}  {unit}")


def main():
    os.mkdir(f"{work}/app")
    with open(f"{work}/app/Procfile", "w") as procfile:
        procfile.write("web: true\n")
    speeds, medians, slowest = ({name: [] for name, *_ in WAYS} for _ in range(3))
    for turn in range(rounds + 1):
        for name, start in WAYS:
            speed, times = throughput(start), sorted(echo(start))
            if turn > 0:  # the first time everything is cold
                speeds[name].append(speed)
                medians[name].append(statistics.median(times))
                slowest[name].append(times[len(times) * 99 // 100])
    table(f"{size / 1e6:.0f} MB through a terminal", "MB/s", speeds, "{:.1f}".format)
    table(f"echo of a key, median of {keys}", "ms", medians, "{:.3f}".format)
    table("echo of a key, 99th percentile", "ms", slowest, "{:.3f}".format)


main()
