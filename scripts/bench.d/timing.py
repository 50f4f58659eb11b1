"""How long a command takes, from before it is started until all it says is read and it has ended; and the processor time of it and of what it waited for.

Nothing stands between: it is the leader of a session on a terminal whose other end is here, or it has pipes.
"""

import collections
import fcntl
import os
import pty
import struct
import sys
import termios
import time

Took = collections.namedtuple("Took", "ms cpu status said")


def on_terminal(words, environment=None):
    """As typed by a user: its three streams are a terminal of 80 columns, which is its own."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    # The leader of a session that opens a terminal nobody has gets it as its own.
    terminal = [(os.POSIX_SPAWN_OPEN, 0, os.ttyname(slave), os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
    return run(words, environment, terminal, master, slave)


def in_pipes(words, environment=None):
    """As in a script: nothing to read, and what it says goes into a pipe."""
    end, other = os.pipe()
    pipes = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, other, 1), (os.POSIX_SPAWN_DUP2, other, 2)]
    return run(words, environment, pipes, end, other)


def silent(words, environment=None):
    """Only errors are read: of what it says that there is much."""
    end, other = os.pipe()
    null = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, other, 2)]
    return run(words, environment, null, end, other)


def run(words, environment, streams, end, other):
    began = time.monotonic_ns()
    process = os.posix_spawnp(words[0], words, {**os.environ, **(environment or {})}, file_actions=streams, setsid=True)
    os.close(other)
    said = []
    while data := read(end):
        said.append(data)
    _, status, usage = os.wait4(process, 0)
    ms = (time.monotonic_ns() - began) / 1e6
    os.close(end)
    return Took(ms, (usage.ru_utime + usage.ru_stime) * 1000, os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status), b"".join(said))


def read(end):
    try:
        return os.read(end, 1 << 16)
    except OSError:
        return b""  # how a terminal ends on Linux


def well(took, words):
    """What failed takes another time than what was to be measured."""
    if took.status != 0:
        sys.exit(f"scripts/bench: {' '.join(words)} ended with {took.status}: {took.said.decode(errors='replace')[-1000:]}")
    return took
