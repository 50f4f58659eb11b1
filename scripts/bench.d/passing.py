#!/usr/bin/env python3
"""What passes through the terminal of `dyno run`: the measuring part of `scripts/bench pty`.

usage: passing.py DIRECTORY DYNO FLOOR

The floor is a C program (floor.c) that does the least there is to do: a pseudo-terminal between, and bytes copied both ways. tmux is none of that kind: it draws a
screen of its own, so of its throughput only the time counts. ssh talks to a server of its own on this machine, which is started and ended here.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time

import figures
import through
from session import Way

work, dyno, floor = sys.argv[1:4]


def expect():
    with open(f"{work}/interact.exp", "w") as script:
        script.write("spawn -noecho bash -c [lindex $argv 0]\ninteract\n")
    return Way("expect, interact", ["expect", "-f", f"{work}/interact.exp"])


SERVER = ["tmux", "-L", f"dyno-bench-{os.getpid()}"]


def tmux():
    with open(f"{work}/tmux.conf", "w") as settings:
        settings.write("set -g status off\nset -g default-shell /bin/bash\n")
    return Way("tmux, which draws", [*SERVER, "-f", f"{work}/tmux.conf", "new-session"], draws=True)


@contextlib.contextmanager
def ssh():
    """The way through a server that lets in nobody but who has the key made here, and nobody from outside; None where there is no server or no way in."""
    server = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin:/sbin:/usr/local/sbin")
    if not server or not shutil.which("ssh") or not shutil.which("ssh-keygen"):
        yield None
        return
    place, chroot = f"{work}/ssh", "/run/sshd"
    os.mkdir(place, 0o700)
    for key in "host", "key":
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{place}/{key}"], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(f"{place}/config", "w") as config:
        config.write(
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {place}/host\nAuthorizedKeysFile {place}/key.pub\nStrictModes no\nUsePAM no\nPidFile none\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nPrintMotd no\n"
        )
    made = os.geteuid() == 0 and not os.path.exists(chroot)  # an init system makes it where sshd is a service
    if made:
        os.mkdir(chroot, 0o755)
    daemon = subprocess.Popen([server, "-D", "-f", f"{place}/config"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    words = ["ssh", "-F", "none", "-p", str(port), "-i", f"{place}/key", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"]
    words += ["-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={place}/known", "127.0.0.1"]
    try:
        yield Way("ssh 127.0.0.1", [*words[:-1], "-tt", words[-1]]) if let_in(words) else None
    finally:
        daemon.terminate()
        daemon.wait()
        if made:
            os.rmdir(chroot)


def let_in(words):
    for _ in range(50):
        if subprocess.run([*words, "true"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            return True
        time.sleep(0.1)
    return False


def main():
    there = {name: shutil.which(name) for name in ("script", "expect", "tmux")}
    missing = [name for name, path in there.items() if not path]
    c, run, script = Way("a program in C", [floor]), Way("dyno run", [dyno, "run"]), Way("script(1)", ["script", "-qec"], ["/dev/null"])
    ways = [c, run, Way("dyno run --isolation=plain", [dyno, "run", "--isolation=plain"])]
    ways += [script] if there["script"] else []
    ways += [expect()] if there["expect"] else []
    ways += [tmux()] if there["tmux"] else []
    try:
        with ssh() as session:
            speeds, keys = through.measure(work, ways + ([session] if session else []))
    finally:
        if there["tmux"]:
            subprocess.run([*SERVER, "kill-server"], stderr=subprocess.DEVNULL)
    figures.missing(missing + ([] if session else ["a server of ssh that lets in"]))
    more = through.added(keys, run.name, c.name)
    figures.aim("an echo 1 ms later at most than with the program in C", more <= 1, f"{more:+.3f} ms")
    if there["script"]:
        ratio = float(figures.ratio(speeds[run.name], speeds[script.name]))
        figures.aim("throughput level with script(1), that is 0.95 x or more", ratio >= 0.95, f"{ratio:.2f} x")


main()
