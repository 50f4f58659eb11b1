"""R: what lies in the state directory, torn, odd, or used by many at once."""

import os
import random
import re
import shutil
import stat
import subprocess

from harness import SEED, Dyno, Failed, NotPossible, case, check, size, until

LOOKS = (("ps",), ("runs",), ("releases",), ("logs",), ("config",), ("apps",))


def lived_in(name="app"):
    """A dyno whose state directory has something of everything."""
    dyno = Dyno(name)
    dyno.write("Procfile", "web: sleep 100\n")
    dyno.write("lib/a", "a")
    dyno.run("echo out").ended(0)
    dyno.call("config:set", "KEY=value").ended(0)
    dyno.run("exit 3").ended(3)
    return dyno


def look(dyno, why, run=True):
    """Every command ends without a crash and without a hang."""
    commands = [*LOOKS, ("run", "true")] if run else LOOKS
    for words in commands:
        try:
            dyno.call(*words, seconds=20).sane()
        except Failed as problem:
            raise Failed("%s: %s" % (why, problem))


def files(dyno):
    return [path for path in dyno.state() if os.path.isfile(os.path.join(dyno.home, path))]


@case("R05", "every byte of every file of the state directory flipped once: no command crashes or hangs", limit=3000)
def flipped_bytes():
    dyno = lived_in()
    kept = os.path.join(dyno.root, "kept")
    shutil.copytree(dyno.home, kept, symlinks=True)
    names = files(dyno)
    longest = max(os.path.getsize(os.path.join(kept, name)) for name in names)
    chance = random.Random(SEED)
    steps = size("FLIPS", 150, 2, longest * 2)
    # What all else depends on is flipped in half of the steps, so that it does not hide the rest.
    gates = [name for name in names if os.path.basename(name) in ("format", "app", "isolation")]
    for step in range(steps):
        shutil.rmtree(dyno.home)
        shutil.copytree(kept, dyno.home, symlinks=True)
        chosen = [name for name in names if (name in gates) == (step % 4 == 3)]
        at = step * longest // steps if steps < longest else step % longest
        for name in chosen:
            path = os.path.join(dyno.home, name)
            with open(path, "r+b") as file:
                content = file.read()
                if content:
                    place = at % len(content)
                    file.seek(place)
                    file.write(bytes([content[place] ^ chance.choice((1, 0x20, 0x80, 0xFF))]))
        look(dyno, "step %d, byte %d of %s" % (step, at, "the gates" if step % 4 == 3 else "the rest"))


@case("R05", "each file of the state directory empty, cut, random, a directory, a FIFO, a link, unreadable: no crash, no hang", limit=1500)
def odd_state_files():
    dyno = lived_in()
    kept = os.path.join(dyno.root, "kept")
    shutil.copytree(dyno.home, kept, symlinks=True)
    chance = random.Random(SEED)
    for name in files(dyno):
        for kind in ("empty", "cut", "random", "directory", "fifo", "link", "unreadable"):
            shutil.rmtree(dyno.home)
            shutil.copytree(kept, dyno.home, symlinks=True)
            path = os.path.join(dyno.home, name)
            with open(path, "rb") as file:
                content = file.read()
            os.unlink(path)
            if kind == "directory":
                os.mkdir(path)
            elif kind == "fifo":
                os.mkfifo(path)
            elif kind == "link":
                os.symlink("/dev/zero", path)
            else:
                with open(path, "wb") as file:
                    file.write({"cut": content[: len(content) // 2], "random": chance.randbytes(500)}.get(kind, b""))
                if kind == "unreadable":
                    os.chmod(path, 0)
            look(dyno, "%s is %s" % (name, kind))


@case("R05", "the app's whole state is odd in one go: empty, random, FIFO: no crash, no hang")
def odd_state():
    dyno = lived_in()
    kept = os.path.join(dyno.root, "kept")
    shutil.copytree(dyno.home, kept, symlinks=True)
    for kind in ("empty", "random", "fifo"):
        shutil.rmtree(dyno.home)
        shutil.copytree(kept, dyno.home, symlinks=True)
        for name in files(dyno):
            if name == "format":
                continue
            path = os.path.join(dyno.home, name)
            os.unlink(path)
            if kind == "fifo":
                os.mkfifo(path)
            else:
                with open(path, "wb") as file:
                    file.write(random.Random(SEED).randbytes(300) if kind == "random" else b"")
        look(dyno, "all files are " + kind)


@case("R03", "many runs at once: each has a name of its own, its output, and a whole log", limit=400)
def concurrent_runs():
    dyno = Dyno()
    dyno.write("lib/a", "a" * 10_000)
    many = size("RUNS", 100, 8)
    processes = [dyno.start("run", "echo out-%d; cat lib/a | wc -c; exit %d" % (n, n % 100)) for n in range(many)]
    names = set()
    for number, process in enumerate(processes):
        out, err = process.communicate(timeout=300)
        check(process.returncode == number % 100, "%d: status %d, %r" % (number, process.returncode, err))
        check(out == b"out-%d\n10000\n" % number, "%d: %r" % (number, out))
        names.add(re.search(rb"run\.\d+", err).group(0))
    check(len(names) == many, "only %d names" % len(names))
    log = dyno.call("logs", "-n", "1500").ended(0).out
    whole = {name for name in names if b"heroku[%s]: State changed from up to complete" % name in log}
    check(len(whole) == many or many * 7 > 1000, "%d of %d are complete in the log" % (len(whole), many))
    check(dyno.call("ps").ended(0).out.startswith(b"No dynos"), "ps shows dynos")
    dyno.await_clean()


@case("R07", "a recorded process id belongs to a stranger now: he is never signalled")
def stranger():
    dyno = Dyno()
    process = dyno.start("run", "echo up; exec sleep 300", env={"DYNO_GRACE": "1"})
    process.stdout.readline()
    name = re.search(rb"run\.\d+", dyno.call("ps", "--json").ended(0).out).group(0).decode()
    process.kill()
    process.wait()
    other = subprocess.Popen(["sleep", "100"])
    changed = 0
    for path in files(dyno):
        full = os.path.join(dyno.home, path)
        with open(full, "rb") as file:
            content = file.read()
        swapped = re.sub(rb"\b%d\b" % process.pid, b"%d" % other.pid, content)
        if swapped != content:
            changed += 1
            with open(full, "wb") as file:
                file.write(swapped)
    if not changed:
        other.kill()
        raise NotPossible("no file holds the process id")
    ps = dyno.call("ps").ended(0)
    dyno.call("ps:stop", name).sane()
    alive = other.poll() is None
    other.kill()
    check(ps.out.startswith(b"No dynos"), str(ps))
    check(alive, "the stranger was signalled")


@case("R13", "a state directory of a newer format: refused in one line, and not touched")
def newer_format():
    dyno = lived_in()
    with open(os.path.join(dyno.home, "format"), "w") as file:
        file.write("999\n")
    before = dyno.state()
    result = dyno.run("true").sane()
    check(result.status == 125 and result.err, str(result))
    check(dyno.state() == before, "the state has changed")


@case("R14", "a state directory that is read-only, or a file: one line, no crash")
def closed_state():
    dyno = lived_in()
    if os.geteuid() != 0:
        for directory, _, _ in os.walk(dyno.home):
            os.chmod(directory, 0o500)
        look(dyno, "read-only")
    dyno.home = os.path.join(dyno.root, "file")
    with open(dyno.home, "w"):
        pass
    look(dyno, "a file")


@case("R14", "the state directory is world-writable: refused, or made the user's alone")
def open_state():
    dyno = lived_in()
    os.chmod(dyno.home, 0o777)
    result = dyno.run("true").sane()
    mode = stat.S_IMODE(os.lstat(dyno.home).st_mode)
    check(result.status == 125 or mode == 0o700, "mode %o: %s" % (mode, result))


@case("R15", "who holds the lock is stopped: others wait or say so, none hangs")
def stopped_holder():
    dyno = Dyno()
    process = dyno.start("run", "echo up; exec sleep 300")
    process.stdout.readline()
    process.send_signal(19)
    try:
        for words in LOOKS:
            dyno.call(*words, seconds=15).sane()
        dyno.run("true", seconds=15).ended(0)
    finally:
        process.send_signal(18)
        process.terminate()
        process.wait(20)
    until(lambda: not dyno.sandboxes(), "the dyno removed")


@case("R11", "the log is deleted, or a link to elsewhere: nothing is written elsewhere, no crash")
def log_replaced():
    dyno = lived_in()
    other = os.path.join(dyno.root, "user", "precious")
    with open(other, "w") as file:
        file.write("precious")
    logs = [os.path.join(dyno.home, path) for path in files(dyno) if path.endswith(".log")]
    for path in logs:
        os.unlink(path)
        os.symlink(other, path)
    dyno.run("true").sane()
    dyno.call("config:set", "A=b").sane()
    dyno.call("logs").sane()
    with open(other) as file:
        check(file.read() == "precious", "a file elsewhere was written to")
