"""A program on a terminal of its own, its other end here: how much comes through, and how soon a key is echoed."""

import collections
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time

KEYS = 300
# None of these is part of a sequence by which a screen is drawn.
TYPED = b"#%&*+="

# A name, the words before the command, and those behind it; one that draws does not pass on the bytes but a screen made of them.
Way = collections.namedtuple("Way", "name before behind draws", defaults=[(), False])


class Session:
    """A program on a terminal of its own, of which this is the other end."""

    def __init__(self, way, command, directory):
        self.name = way.name
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        words = [*way.before, command, *way.behind]
        self.program = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, cwd=directory, preexec_fn=own_terminal)
        os.close(slave)

    def until(self, mark, seconds=120):
        """Reads on until this has come; how many bytes came before, and with it."""
        seen, count, deadline = b"", 0, time.monotonic() + seconds
        while mark not in seen:
            if not select.select([self.master], [], [], max(deadline - time.monotonic(), 0))[0]:
                sys.exit(f"{self.name}: {mark} did not come; the last is {seen[-500:]}")
            data = self.read()
            if not data:
                sys.exit(f"{self.name} ended before {mark}; the last is {seen[-500:]}")
            count += len(data)
            seen = seen[-len(mark):] + data
        return count

    def type(self, text):
        os.write(self.master, text)

    def read(self):
        try:
            return os.read(self.master, 1 << 16)
        except OSError:
            return b""  # how a terminal ends on Linux

    def end(self):
        """Reads what is left and waits for the end."""
        while self.read():
            pass
        os.close(self.master)
        self.program.wait()


def own_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def throughput(way, size, directory):
    """Megabytes a second, from when the program begins to write until its last byte is here. It stays until then: some who draw or record lose the end."""
    lines = size // 100
    as_it_is = "true" if way.draws else "stty -opost"
    session = Session(way, f"{as_it_is}; echo be''gin; read x; yes {'x' * 99} | head -n {lines}; echo e''nd; read x", directory)
    session.until(b"begin")
    began = time.monotonic()
    session.type(b"\r")
    count = session.until(b"end")
    seconds = time.monotonic() - began
    session.type(b"\r")
    session.end()
    if count < lines * 100 and not way.draws:
        sys.exit(f"{way.name}: {lines * 100 - count} bytes were lost")
    return size / 1e6 / seconds


def echo(way, directory):
    """Milliseconds until a key is echoed: all of them."""
    session = Session(way, "echo be''gin; exec cat", directory)
    session.until(b"begin")
    quiet(session)
    times = []
    for i in range(KEYS):
        if i % 50 == 49:
            session.type(b"\r")
            quiet(session)
        key = TYPED[i % len(TYPED):][:1]
        began = time.monotonic_ns()
        session.type(key)
        session.until(key)
        times.append((time.monotonic_ns() - began) / 1e6)
        time.sleep(0.004)
    session.type(b"\r\x04")
    session.end()
    return times


def quiet(session):
    """Reads until nothing has come for a while."""
    while select.select([session.master], [], [], 0.05)[0]:
        session.read()
