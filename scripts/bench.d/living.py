"""Dynos, or what stands for them, that live until they are told to end; and what memory they take."""

import os
import re
import subprocess

import figures

# Says that it is up, waits for the end of its input or a line, and ends with a status that nobody else ends with.
PROGRAM = 'echo "up $DYNO"; read x; exit 7'


class Living:
    def __init__(self, words, errors):
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)

    def up(self):
        """Waits until it says so. What it calls itself; nothing where it ended before."""
        for line in self.process.stdout:
            found = re.search(rb"up ?(\S*)", line)
            if found:
                return found[1].decode() or "-"
        return ""

    def end(self):
        self.process.stdin.write(b"\n")
        self.process.stdin.close()

    def ended(self):
        """How: read to the end, or it could not."""
        self.process.stdout.read()
        return self.process.wait()


def families(pids):
    """Each of these with all that is below it."""
    children = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        fields = figures.text(f"/proc/{pid}/stat").rpartition(")")[2].split()
        if fields:
            children.setdefault(int(fields[1]), []).append(int(pid))
    below = []
    for pid in pids:
        family = [pid]
        for one in family:
            family += children.get(one, [])
        below.append(family)
    return below


def memory(pids):
    """Megabytes that these hold, what they share with others divided among all who do (PSS)."""
    return sum(int((re.findall(r"(?m)^Pss: +(\d+)", figures.text(f"/proc/{pid}/smaps_rollup")) or [0])[0]) for pid in pids) / 1024
