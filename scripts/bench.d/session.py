"""A program on a terminal of its own, its other end here: how much comes through, and how soon a key is echoed."""

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time

KEYS = 300


class Session:
    """A program on a terminal of its own, of which this is the other end."""

    def __init__(self, start, command, directory):
        self.master, slave = pty.openpty()
        words = [*start, command, "/dev/null"] if start[0] == "script" else [*start, command]
        self.program = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, cwd=directory, preexec_fn=own_terminal)
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


def throughput(start, size, directory):
    """Megabytes a second, from when the program begins to write until its last byte is here."""
    lines = size // 100
    session = Session(start, f"stty -opost; echo be''gin; read x; yes {'x' * 99} | head -n {lines}; echo e''nd", directory)
    session.until(b"begin")
    began = time.monotonic()
    session.type(b"\r")
    count = session.until(b"end")
    seconds = time.monotonic() - began
    session.end()
    if count < lines * 100:
        sys.exit(f"{start}: {lines * 100 - count} bytes were lost")
    return size / 1e6 / seconds


def echo(start, directory):
    """Milliseconds until a key is echoed: all of them."""
    session = Session(start, "echo be''gin; exec cat", directory)
    session.until(b"begin\r\n")
    times = []
    for i in range(KEYS):
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
