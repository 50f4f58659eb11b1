"""Medians with their spread, the tables they stand in, and the machine they are of."""

import contextlib
import os
import platform
import re
import shutil
import statistics
import subprocess

COUNT = os.environ.get("BENCH_ROUNDS")


def rounds(default):
    return int(COUNT or default)


def sizes(variable, default):
    """The sizes to measure at, smallest first: `BENCH_FILES="10 1000"`."""
    return sorted({int(size) for size in os.environ.get(variable, default).split()})


def spread(values, digits=1):
    """The median, and from what to what it went."""
    if not values:
        return "-"
    middle, low, high = (f"{value:,.{digits}f}" for value in (statistics.median(values), min(values), max(values)))
    return f"{middle} ({low} to {high})" if len(values) > 1 else middle


def ratio(values, base):
    """The median as a multiple of that of the base."""
    if not values or not base or not statistics.median(base):
        return "-"
    return f"{statistics.median(values) / statistics.median(base):.2f}"


def table(title, columns, rows):
    """In Markdown, and aligned, so that it can be read as it is and pasted."""
    lines = [[str(cell) for cell in line] for line in [columns, *rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    lines.insert(1, ["-" * width for width in widths])
    print(f"\n{title}\n")
    for line in lines:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
    print(flush=True)


def aim(words, met, figure):
    """Whether an aim is reached; None where what it is held against is not here."""
    print(f"aim: {words}: " + ("not measured, " if met is None else "reached, " if met else "NOT reached, ") + figure, flush=True)


def missing(names):
    print("not installed here: " + (", ".join(names) or "none"), flush=True)


@contextlib.contextmanager
def measured(work, times):
    """Says on what machine it is measured, how often, and what else the machine did meanwhile."""
    print(f"Machine: {machine(work)}.\nRounds: {times}; medians (lowest to highest); all ways take turns in each round.", flush=True)
    before = load()
    yield
    print(f"Load (of 1 minute, of 5, of 15): {before} before, {load()} after.", flush=True)


def load():
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def machine(work):
    release = text(f"{os.environ.get('JAVA_HOME')}/release")
    java = " ".join(re.findall(r'(?m)^(?:IMPLEMENTOR|JAVA_RUNTIME_VERSION)="(.*)"', release)) or "no JDK found"
    processor = re.search(r"(?m)^model name\s*: (.*)", text("/proc/cpuinfo"))
    memory = re.search(r"(?m)^MemTotal: +(\d+)", text("/proc/meminfo"))
    system = re.search(r'(?m)^PRETTY_NAME="?([^"\n]*)', text("/etc/os-release"))
    facts = [
        f"{len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()} cores" + (f" of {processor[1]}" if processor else ""),
        f"{int(memory[1]) / 1e6:.0f} GB" if memory else "",
        f"{platform.system()} {platform.release()}",
        system[1] if system else "",
        said("df", "--output=fstype", work).partition("\n")[2],
        java,
        said("bwrap", "--version") or "no bubblewrap",
        "root" if os.geteuid() == 0 else "an ordinary user",
    ]
    return ", ".join(fact for fact in facts if fact)


def said(*words):
    """What a command says, nothing where it is not there or fails."""
    if not shutil.which(words[0]):
        return ""
    answer = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def text(path):
    """What a file holds, nothing where it cannot be read."""
    try:
        with open(path, errors="replace") as file:
            return file.read()
    except OSError:
        return ""
