#!/usr/bin/env python3
"""What `dyno local` costs and loses, against those who run a Procfile too: the measuring part of `scripts/bench formation`.

usage: formation.py DIRECTORY DYNO [lines|latency|idle|tail]...

Everyone runs the same Procfile, ten processes being ten entries of it, and writes into a pipe that is read here. All take their turn in each round,
so that a slow moment of the machine meets all.
"""

import contextlib
import ctypes
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time

import figures

work, dyno = sys.argv[1], shlex.quote(sys.argv[2])
parts = ["lines", "latency", "idle", "tail"]
wanted = sys.argv[3:] or parts
times = figures.rounds(5)
lines = int(os.environ.get("BENCH_LINES", 200_000))

# name; its version, or a failure where it is not installed; how it starts the Procfile of its directory
PEERS = [
    ("dyno local", f"{dyno} local --help >&2 && {dyno} --version", f"exec {dyno} local --once --format=local"),
    ("dyno local --no-tty", f"{dyno} local --help >&2 && {dyno} --version", f"exec {dyno} local --once --format=local --no-tty"),
    ("foreman", "foreman version", "exec foreman start"),
    ("nf", "nf --version", "exec nf start"),
    ("heroku local", "heroku --version", "exec heroku local"),
    ("honcho", "honcho version", "exec honcho start"),
    ("overmind", "overmind --version", "exec overmind start -s ../overmind.sock"),
    ("hivemind", "hivemind --version", "exec hivemind Procfile"),
]
# The writer without anyone between it and us, which tells what the writer, the terminal and the reader take; for Procfiles of one line
FLOORS = [
    ("nobody, a pipe", "", "exec $(sed s/^w0:// Procfile)"),
    ("nobody, script(1)", "", 'exec script -qfec "$(sed s/^w0:// Procfile)" /dev/null'),
]

# Lines of 100 bytes, made before the start and written in pieces of 8192 bytes, as a program does whose output is buffered.
WRITER = '''
import os, signal, sys, time

def write(data):
    while data:
        data = data[os.write(1, data):]

what, number, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
text = b"".join((b"w%d %d " % (number, i)).ljust(99, b"x") + b"\\n" for i in range(count))
if what == "burst":
    write(text[:-1])
    os._exit(0)
write(b"w%d ready\\n" % number)
signal.sigwait([signal.SIGUSR1])
if what == "flood":
    for i in range(0, len(text), 8192):
        write(text[i:i + 8192])
if what == "stamp":
    for i in range(count):
        write(b"w%d at %d\\n" % (number, time.monotonic_ns()))
        time.sleep(0.02)
signal.pause()
'''
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else "python3"


class Failed(Exception):
    """What a peer did not do in time."""


class Run:
    """One peer at work: started, read, and ended with all that it left."""

    def __init__(self, command, app):
        self.errors = open(f"{work}/stderr", "wb")
        self.began = time.monotonic()
        peer = subprocess.Popen(
            ["sh", "-c", command], cwd=app, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors, start_new_session=True
        )
        self.peer, self.pid, self.output = peer, peer.pid, peer.stdout.fileno()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Ctrl-C first; what is there ten seconds later is killed. Its last words are read, or it might wait for us."""
        deadline = time.monotonic() + 10
        if self.pid in descendants():
            os.killpg(self.pid, signal.SIGINT)
        while left := descendants():
            for pid in left if time.monotonic() > deadline else []:
                with contextlib.suppress(ProcessLookupError):  # the end of one is the end of others in a namespace
                    os.kill(pid, signal.SIGKILL)
            if self.read(0.01) == b"":
                time.sleep(0.01)
        self.peer.stdout.close()
        self.errors.close()

    def read(self, seconds):
        """The next bytes, none at the end, None when nothing came in time."""
        return os.read(self.output, 1 << 20) if select.select([self.output], [], [], max(seconds, 0))[0] else None

    def until(self, seen, seconds=60):
        """All that is read before every one of the patterns has been seen."""
        text, deadline = b"", time.monotonic() + seconds
        while not all(re.search(pattern, text) for pattern in seen):
            chunk = self.read(deadline - time.monotonic())
            if not chunk:
                raise Failed(f"{'ended' if chunk == b'' else 'silent'} before {seen[0].decode()}")
            text += chunk
        return text

    def go(self, writers):
        """Waits until the writers are ready and lets them write; when that was."""
        self.until([rb"w%d ready" % i for i in range(writers)])
        pids = [pid for pid in descendants() if "write.py" in read_file(f"/proc/{pid}/cmdline").split("\0")]
        if len(pids) != writers:
            raise Failed(f"{len(pids)} writers found instead of {writers}")
        began = time.monotonic()
        for pid in pids:
            os.kill(pid, signal.SIGUSR1)
        return began


def read_file(path):
    """Its text, or nothing where the process is gone."""
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def stat(pid):
    """Parent, and user and system time in ticks, that of children waited for included."""
    fields = read_file(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return (int(fields[1]), sum(map(int, fields[11:15]))) if fields else (0, 0)


def descendants():
    """All processes below this one that are alive; what lost its parent is below it too, since it is their reaper."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
    parents = {int(pid): stat(pid)[0] for pid in os.listdir("/proc") if pid.isdigit()}
    found, new = set(), {os.getpid()}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new}
        found |= new
    return found


def app(name, entries):
    path = f"{work}/{name}"
    os.mkdir(path)
    for file, text in [("Procfile", "".join(f"w{i}: {command}\n" for i, command in enumerate(entries))), ("write.py", WRITER)]:
        with open(f"{path}/{file}", "w") as out:
            out.write(text)
    return path


def check(output, writers, count):
    """How many lines are missing, and how many lines hold a piece of one, of two, or one that is not in its place."""
    expected, good, bad = [0] * writers, 0, 0
    for line in re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", output).split(b"\n"):
        found = re.fullmatch(rb"[^x]*?\bw(\d) ((\d+) x+)\s*", line)
        if found and len(found[2]) == 96 and int(found[3]) >= expected[int(found[1])]:
            expected[int(found[1])] = int(found[3]) + 1
            good += 1
        elif b"xx" in line:
            bad += 1
    return writers * count - good, bad


def flood(command, directory, writers):
    """Lines in a second, missing and bad lines. It ends with the last line of each writer, or when nothing has come for 3 s."""
    count = lines // writers
    output, tail = [], b""
    # Looked for in two steps: to look for each whole line in all that is read would take longer than to read it.
    mark = b" %d " % (count - 1)
    last = {(b"w%d %d " % (i, count - 1)).ljust(99, b"x") for i in range(writers)}
    with Run(command, directory) as run:
        began = run.go(writers)
        while last and (chunk := run.read(3)):
            ended = time.monotonic()
            output.append(chunk)
            if mark in tail + chunk[:200] or mark in chunk:
                last = {line for line in last if line not in tail + chunk}
            tail = (tail + chunk[-200:])[-200:]
    lost, bad = check(b"".join(output), writers, count)
    return {"lines/s": (writers * count - lost) / (ended - began), "lost": lost, "bad": bad}


def latency(command, directory):
    """Milliseconds from a write to its line being read."""
    took, rest = [], b""
    with Run(command, directory) as run:
        run.go(1)
        while len(took) < 200:
            chunk = run.read(3)
            now = time.monotonic_ns()
            if not chunk:
                raise Failed(f"{200 - len(took)} lines missing")
            *whole, rest = (rest + chunk).split(b"\n")
            took += [(now - int(at)) / 1e6 for line in whole for at in re.findall(rb"w0 at (\d+)", line)]
    took.sort()
    return {"median ms": took[99], "95 % ms": took[189]}


def idle(command, directory):
    """What it takes to look after 20 that sleep: everything it started but they themselves, two seconds after all are up."""
    with Run(command, directory) as run:
        run.until([rb"up w%d\b" % i for i in range(20)])
        up = time.monotonic() - run.began
        time.sleep(2)
        helpers = [pid for pid in descendants() if read_file(f"/proc/{pid}/comm") != "sleep\n"]
        before = sum(stat(pid)[1] for pid in helpers)
        time.sleep(10)
        ticks = sum(stat(pid)[1] for pid in helpers) - before
        memory = {pid: int((re.findall(r"(?m)^Pss: +(\d+)", read_file(f"/proc/{pid}/smaps_rollup")) or [0])[0]) / 1024 for pid in helpers}
        return {
            "all up ms": up * 1000,
            "CPU ms/10 s": ticks * 1000 / os.sysconf("SC_CLK_TCK"),
            "PSS MB": memory[run.pid],
            "with helpers": sum(memory.values()),
        }


def burst(command, directory, count):
    """Whether all is read of a process that writes so many lines, the last one without a newline, and ends."""
    output = b""
    with Run(command, directory) as run:
        while chunk := run.read(15):
            output += chunk
    lost, bad = check(output, 1, count)
    return {"runs with loss": lost + bad > 0, "runs not ended": chunk is None, "lost": lost, "bad": bad}


SUMS = {"lost", "bad", "runs with loss", "runs not ended"}


def compare(title, times, peers, measure, *arguments):
    """A table of the peers: losses of all rounds together, of all else the median, its spread, and its ratio to that of `dyno local`."""
    results = {name: [] for name, *_ in peers}
    for _ in range(times):
        for name, _, command in peers:
            try:
                results[name].append(measure(command, *arguments))
            except Failed as failed:
                words = read_file(f"{work}/stderr").strip().split("\n")[-1]
                print(f"{name}: {failed}. {words}", file=sys.stderr)
    measured = next((list(runs[0]) for runs in results.values() if runs), [])
    columns, rows = ["", *(cell for column in measured for cell in [column] + ["x dyno"] * (column not in SUMS)), "failed"], []
    for name, runs in results.items():
        row = [name]
        for column in measured:
            of_all = [run[column] for run in runs]
            if column in SUMS:
                row.append(f"{sum(of_all):,}" if runs else "-")
                continue
            digits = 0 if of_all and max(of_all) >= 1000 else 2
            row += [figures.spread(of_all, digits), figures.ratio(of_all, [run[column] for run in results["dyno local"]])]
        rows.append([*row, f"{times - len(runs)} of {times}"])
    figures.table(f"{title}; rounds: {times}", columns, rows)
    return results


def held(results, bad):
    """Whether `dyno local`, with terminals and without, lost nothing."""
    for name in results:
        if name.startswith("dyno"):
            lost = sum(run[column] for run in results[name] for column in bad)
            figures.aim(f"`{name}` loses and tears nothing", lost == 0 and bool(results[name]), f"{lost:,} in {len(results[name])} of the rounds")


def main():
    if not set(wanted) <= set(parts):
        sys.exit(f"scripts/bench formation can measure {', '.join(parts)}")
    # Whoever's parent dies becomes a child of this process: daemons of the peers are found too, and can be ended.
    ctypes.CDLL(None).prctl(36, 1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    peers, missing = [], []
    for peer in PEERS:
        version = subprocess.run(peer[1], shell=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=work)
        if version.returncode == 0:
            peers.append(peer)
            print(f"{peer[0]}: {version.stdout.strip()}")
        else:
            missing.append(peer[0])
    figures.missing(missing)
    with figures.measured(work, f"{times}, of `tail` {times * 4}"):
        measure(peers)


def measure(peers):
    write = f"{PYTHON} write.py"
    if "lines" in wanted:
        one = app("flood1", [f"{write} flood 0 {lines}"])
        ten = app("flood10", [f"{write} flood {i} {lines // 10}" for i in range(10)])
        held(compare(f"1 writer, {lines:,} lines of 100 bytes", times, FLOORS + peers, flood, one, 1), ["lost", "bad"])
        held(compare(f"10 writers, {lines:,} lines of 100 bytes", times, peers, flood, ten, 10), ["lost", "bad"])
    if "latency" in wanted:
        compare("200 lines, one each 20 ms: from write to read", times, FLOORS + peers, latency, app("stamp", [f"{write} stamp 0 200"]))
    if "idle" in wanted:
        compare("20 that sleep", times, peers, idle, app("idle", [f"echo up w{i}; exec sleep 600" for i in range(20)]))
    if "tail" in wanted:
        for count in 2, 2000:
            entry = f"{write} burst 0 {count}"
            title = f"{count:,} lines, then the end without a newline"
            held(compare(title, times * 4, FLOORS + peers, burst, app(f"burst{count}", [entry]), count), ["lost", "bad", "runs not ended"])


main()
