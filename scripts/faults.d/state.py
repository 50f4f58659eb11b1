"""R: what lies in the state directory, torn, odd, or used by many at once."""

import glob
import json
import os
import random
import re
import shutil
import signal
import socket
import stat
import subprocess
import time

from harness import SEED, Dyno, Failed, NotPossible, alive, case, check, children, size, status_field, until
from sandbox import mounted

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


def restore(dyno, kept):
    """Puts the state directory back; a program may still be removing what a dyno left in it."""
    until(lambda: subprocess.run(["sh", "-c", 'chmod -R u+rwX -- "$0"; rm -rf -- "$0"', dyno.home], stderr=subprocess.DEVNULL).returncode == 0, "the state directory removed")
    shutil.copytree(kept, dyno.home, symlinks=True)


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
        restore(dyno, kept)
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
    names = files(dyno)
    for name in names[:: max(1, len(names) // size("ODD_FILES", 100, 2))]:
        for kind in ("empty", "cut", "random", "directory", "fifo", "link", "unreadable"):
            restore(dyno, kept)
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
        restore(dyno, kept)
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


CHANGING = ("mkdir", "rename", "unlink", "rmdir", "link", "linkat", "symlink", "mkdirat", "renameat", "renameat2", "unlinkat",
            "symlinkat", "chmod", "fchmod", "fchmodat", "ftruncate", "openat", "write", "pwrite64", "sendfile", "copy_file_range")


def traced(dyno, words, options, **how):
    """Starts dyno with strace looking at it and at all it starts."""
    if not shutil.which("strace"):
        raise NotPossible("strace is not installed")
    return subprocess.Popen(["strace", "-f", *options, dyno.launcher, *words], env=dyno.env(), cwd=dyno.app, **how)


class Trace:
    """What a command did to files below a directory, in order: (process, call, its number there, line)."""

    def __init__(self, path, below):
        self.changes, counts = [], {}
        with open(path, "rb") as file:
            for number, line in enumerate(file):
                found = re.match(rb"(\d+) +(\w+)\(", line)
                if not found:
                    continue
                process, call = found.groups()
                counts[process, call] = counts.get((process, call), 0) + 1
                opens = call == b"openat"
                if below.encode() in line and (not opens or b"O_CREAT" in line or b"O_WRONLY" in line or b"O_RDWR" in line):
                    self.changes.append((process, call.decode(), counts[process, call], number, line.decode("utf-8", "replace")))

    def points(self, after=0):
        """Each call and the number it has in its process, once."""
        return list(dict.fromkeys((call, count) for _, call, count, number, _ in self.changes if number >= after))


def java(process):
    """The process id of dyno below strace."""
    return until(lambda: children(process.pid), "dyno's process")[0]


class Killed:
    """A command that is killed at each of its changes, after which all is to be in order."""

    def __init__(self, dyno, words, stopped=False, made=None):
        self.dyno, self.words, self.stopped, self.made = dyno, words, stopped, made
        self.before()

    def before(self):
        self.dyno.write("changing", os.urandom(8))
        if self.made and os.path.exists(self.made):
            os.unlink(self.made)

    def perform(self, options):
        """Gives the status and, where it is told to stop, how long the trace was before."""
        process = traced(self.dyno, self.words, options, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        lines = 0
        if self.stopped and process.stdout.readline():
            if "-o" in options and options[options.index("-o") + 1] != "/dev/null":
                with open(options[options.index("-o") + 1], "rb") as file:
                    lines = file.read().count(b"\n")
            try:
                os.kill(java(process), signal.SIGTERM)
            except (OSError, Failed):
                pass  # it was killed before
        process.communicate(timeout=90)
        return process.returncode, lines

    def points(self):
        trace = os.path.join(self.dyno.root, "trace")
        status, lines = self.perform(["-y", "-o", trace, "-e", "trace=" + ",".join(CHANGING)])
        check(status in (0, 143), "status %d under strace" % status)
        found = Trace(trace, self.dyno.root).points(lines)
        check(found, "it changes nothing")
        return found

    def run(self, most):
        points = self.points()
        chosen = points[:: max(1, -(-len(points) // most))]
        killed = 0
        for call, count in chosen:
            self.before()
            status, _ = self.perform(["-o", "/dev/null", "-e", "trace=" + call, "-e", "inject=%s:signal=KILL:when=%d" % (call, count)])
            killed += status in (-9, 137)
            in_order(self.dyno, "%s killed at %s %d" % (self.words[0], call, count), self.made)
        check(2 * killed >= len(chosen), "only %d of %d kills came" % (killed, len(chosen)))
        print("%s: %d kills, %d places" % (self.words[0], killed, len(points)))


def in_order(dyno, why, made=None):
    try:
        for words in LOOKS:
            result = dyno.call(*words, seconds=20).ended(0)
            # a dyno that was killed while it was made is no damage
            check(b"damaged" not in result.err and b"cannot" not in result.err and b"is not dyno's" not in result.err, str(result))
        check(dyno.call("ps").ended(0).out.startswith(b"No dynos"), "ps shows dynos")
        config = json.loads(dyno.call("config", "--json").ended(0).out)
        check(config.get("KEY") in ("value", "new") and config.get("OTHER") == "kept", "config is %s" % config)
        runs = json.loads(dyno.call("runs", "--json").ended(0).out)
        names = [run["name"] for run in runs]
        check(len(names) == len(set(names)) and "run.1" not in names, "runs are %s" % names)
        versions = [release["version"] for release in json.loads(dyno.call("releases", "--json", "-n", "50").ended(0).out)]
        check(len(versions) == len(set(versions)) and sorted(versions, reverse=True) == versions, "releases are %s" % versions)
        with open(dyno.path("changing"), "rb") as file:
            check(dyno.run("cat changing").ended(0).out == file.read(), "the dyno has not the app's files")
        left = lambda: [path for path in dyno.state() if re.search(r"/\.(new|gone)-|\.part$", path)]
        dyno.call("ps").ended(0)
        until(lambda: not left(), "what was half made or half removed is gone: %s" % left()[:3])
        until(lambda: not alive(dyno.home), "processes ended")
        if made and os.path.exists(made):
            other = Dyno("other")
            other.call("import", made).ended(0)
    except Failed as problem:
        raise Failed("%s: %s" % (why, problem))


def one_off(dyno):
    return re.search(rb"run\.\d+", dyno.run("echo out; echo changed > file").ended(0).err).group(0).decode()


def with_config():
    dyno = Dyno()
    dyno.write("lib/a", "a" * 10_000)
    dyno.write("changing", "x")
    dyno.call("config:set", "KEY=value", "OTHER=kept").ended(0)
    return dyno


def kills():
    return size("KILL_POINTS", 12, 2, 1_000_000)


@case("R01", "SIGKILL at each change that run makes to files: the next command finds all in order", limit=3000)
def killed_run():
    Killed(with_config(), ("run", "echo out; echo changed > file")).run(kills())


@case("R01", "SIGKILL at each change that a dyno which is stopped makes to files: the next command finds all in order", limit=3000)
def killed_stop():
    Killed(with_config(), ("run", "echo up; echo changed > file; exec sleep 300"), stopped=True).run(kills())


@case("R01", "SIGKILL at each change that config:set makes to files: the vars are those before or those after", limit=3000)
def killed_config():
    Killed(with_config(), ("config:set", "KEY=new")).run(kills())


@case("R01", "SIGKILL at each change that export makes to files: there is a whole file or none", limit=3000)
def killed_export():
    dyno = with_config()
    made = os.path.join(dyno.root, "user", "exported.dyno")
    Killed(dyno, ("export", one_off(dyno), "-o", made), made=made).run(kills())


@case("R02", "what is written before what: each state file by one rename, the slug before the release before the record; nothing is synced")
def order_of_writes():
    dyno = with_config()
    dyno.write("changing", "y")
    trace = os.path.join(dyno.root, "trace")
    calls = ",".join((*CHANGING, "fsync", "fdatasync", "msync", "syncfs", "sync_file_range"))
    process = traced(dyno, ("run", "echo changed > file"), ["-y", "-o", trace, "-e", "trace=" + calls], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    check(process.wait(60) == 0, "status %d under strace" % process.returncode)
    with open(trace, "rb") as file:
        text = file.read()
    check(not re.search(rb" (fsync|fdatasync|msync|syncfs|sync_file_range)\(", text), "something is synced, and docs/architecture.md says that nothing is")
    changes = Trace(trace, dyno.home).changes
    whole = re.compile(r"/(format|isolation|app|config|index|record|releases/v\d+|formation/\w+|dynos/run\.\d+/(dyno|run))$")
    renamed, last, touched = {}, {}, {}
    for _, call, _, number, line in changes:
        paths = re.findall(r'"(%s[^"]*)"' % re.escape(dyno.home), line)
        if call == "openat" and paths:
            check(not whole.search(paths[0]), "%s is written in its place" % paths[0])
            touched[paths[0]] = number
        if call in ("write", "pwrite64"):
            touched[re.search(r"<([^>]*)>", line).group(1)] = number
        if call.startswith("rename"):
            check(len(paths) == 2, "a rename of what is not in the state directory: %s" % line)
            last[paths[0]] = number
            if "/apps/" in paths[1]:
                renamed.setdefault(re.sub(r"\d{3,}|[0-9a-f]{20,}", "N", paths[1].split("/apps/")[1].split("/", 1)[1]), number)
    late = [path for path, number in last.items() if touched.get(path, 0) > number]
    check(not late, "written to after they were renamed: %s" % late)
    order = ["dynos/run.N", "slugs/N", "releases/v", "runs/run.N"]
    places = [next((at for path, at in renamed.items() if path.startswith(part)), None) for part in order]
    check(None not in places and places == sorted(places), "the order of renames: %s" % sorted(renamed.items(), key=lambda each: each[1]))
    gone = [number for _, call, _, number, line in changes if call.startswith("rename") and "/dynos/.gone-" in line]
    check(gone and gone[-1] > places[3], "a dyno's directory goes before its run is remembered")


@case("R04", "names that are taken: the last free one is found, and where there is none a clear error comes at once")
def names_taken():
    dyno = Dyno()
    dyno.run("true").ended(0)
    logs = os.path.join(dyno.home, next(path for path in dyno.state() if path.endswith("/logs")))
    for number in range(1000, 10_000):
        if number != 4711:
            open(os.path.join(logs, "run.%d.log" % number), "a").close()
    # Nothing may clear up behind the dyno: what sweeps keeps the last 900 logs only.
    result = dyno.run("true").ended(0)
    check(b"run.4711" in result.err, str(result))
    for number in range(1000, 10_000):
        open(os.path.join(logs, "run.%d.log" % number), "a").close()
    begin = time.monotonic()
    result = dyno.run("true").ended(125)
    check(b"are taken" in result.err and result.err.count(b"\n") == 2, str(result))
    check(time.monotonic() - begin < 5, "it took %.1f s" % (time.monotonic() - begin))
    dyno.call("ps").ended(0)
    dyno.run("true").ended(0)


def fake_time():
    found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1") + glob.glob("/usr/lib/faketime/libfaketimeMT.so.1")
    if not found:
        raise NotPossible("faketime is not installed")
    return {"LD_PRELOAD": found[0], "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


@case("R06", "the clock jumps back an hour, ten years on, to 1970: dynos are known, what was is listed, no age is negative", limit=400)
def clock_jumps():
    dyno = lived_in()
    fake = fake_time()
    living = dyno.start("run", "echo up; read x", stdin=subprocess.PIPE)
    living.stdout.readline()
    for jump in ("-1h", "+10y", "@1970-01-02 00:00:00"):
        env = {**fake, "FAKETIME": jump}
        ps = dyno.call("ps", env=env).ended(0)
        check(ps.out.count(b"up ") == 1 and b"~ -" not in ps.out, "%s: %s" % (jump, ps))
        dyno.run("echo changed > file; exit 4", env=env).ended(4)
        for words in (("runs",), ("logs",), ("releases",)):
            result = dyno.call(*words, env=env).ended(0)
            check(b"~ -" not in result.out, "%s: %s" % (jump, result))
    runs = json.loads(dyno.call("runs", "--json").ended(0).out)
    check([run["status"] for run in runs].count(4) == 3, "a run is missing: %s" % runs)
    living.communicate(b"x\n", timeout=20)
    check(living.returncode == 0, "the dyno that lived meanwhile: status %d" % living.returncode)
    dyno.await_clean()


@case("R06", "the clock jumps while a dyno is stopped: its grace is as long as ever")
def clock_jumps_in_the_grace():
    dyno = Dyno()
    clock = os.path.join(dyno.root, "clock")
    for jump in ("-1h", "+1h"):
        with open(clock, "w") as file:
            file.write("+0s")
        env = {**fake_time(), "FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1", "DYNO_GRACE": "2"}
        process = dyno.start("run", "trap : TERM; echo up; while :; do sleep 0.1; done", env=env)
        check(process.stdout.readline() == b"up\n", "it did not start")
        begin = time.monotonic()
        process.terminate()
        until(lambda: time.monotonic() - begin > 0.5, "half a second")
        with open(clock, "w") as file:
            file.write(jump)
        _, err = process.communicate(timeout=30)
        took = time.monotonic() - begin
        check(process.returncode in (137, 143) and 1.5 < took < 10, "%s: status %d after %.1f s, %r" % (jump, process.returncode, took, err))


@case("R08", "the machine was started anew: the dead are ended, and a slug that was touched meanwhile is not believed")
def another_boot():
    dyno = lived_in()
    process = dyno.start("run", "echo up; exec sleep 300")
    process.stdout.readline()
    process.kill()
    process.wait()
    until(lambda: not [pid for pid in alive(dyno.home) if status_field(pid, "Name") == "sleep"], "the program has ended")
    touched = [os.path.join(dyno.home, path) for path in dyno.state() if path.endswith("/files/lib/a")][0]
    info = os.stat(touched)
    os.chmod(os.path.dirname(touched), 0o755)
    with open(touched, "r+b") as file:
        file.write(b"b")
    os.utime(touched, ns=(info.st_atime_ns, info.st_mtime_ns))
    boot = os.path.join(dyno.root, "boot")
    with open(boot, "w") as file:
        file.write("00000000-0000-4000-8000-000000000000\n")
    script = 'mount --bind "%s" /proc/sys/kernel/random/boot_id || exit 99; "$0" ps && "$0" runs >&2 && "$0" run "cat lib/a"' % boot
    done = mounted(dyno, "size=1m", script, target=os.path.join(dyno.root, "user"))
    if done.returncode == 99:
        raise NotPossible("no other boot id: %r" % done.stderr)
    check(done.returncode == 0 and b"137" in done.stderr, repr(done))
    check(done.stdout.startswith(b"No dynos") and done.stdout.endswith(b"a"), repr(done))


@case("R09", "the disk is full while a dyno writes to its log: it goes on, the gap is told of in the log, and then all goes on", limit=250)
def full_while_logging():
    dyno = Dyno()
    # Each line when the one before was read, so that what is written is known: how much is lost is not.
    dyno.write("Procfile", "web: i=0; while :; do i=$((i+1)); echo line $i %s; sleep 0.005; done\n" % ("x" * 400))
    os.mkdir(dyno.home, 0o700)
    script = """
      out=%s/user/out
      await() { n=0; while ! eval "$1" >/dev/null 2>&1; do n=$((n+1)); [ $n -lt 300 ] || { echo "not: $1"; tail -3 $out; exit 9; }; sleep 0.1; done; }
      "$0" local --no-color > $out 2>&1 &
      local=$!
      trap 'kill $local; wait $local' EXIT
      log() { cat "$DYNO_HOME"/apps/*/logs/web.1.log; }
      await 'log | grep -q "line 20 "'
      cat /dev/zero > "$DYNO_HOME/filler" 2>/dev/null
      seen=$(grep -c "line" $out)
      await '[ $(grep -c line $out) -gt $((seen + 100)) ]'
      kill -0 $local || exit 8
      rm "$DYNO_HOME/filler"
      await 'log | grep -q "Error L12"'
      last=$(grep -c "line" $out)
      await "log | grep -q 'line $((last + 20)) '"
      log | grep -a "Error L12"
    """ % dyno.root
    done = mounted(dyno, "size=24m,mode=700", script, dyno.home)
    check(done.returncode == 0 and b"messages dropped since" in done.stdout, repr(done))
    with open(os.path.join(dyno.root, "user", "out")) as file:
        seen = [int(number) for number in re.findall(r"web.1 \|  line (\d+) ", file.read())]
    check(seen == list(range(1, len(seen) + 1)), "lines are missing on the screen")


@case("R10", "a log grows beyond 64 MB and is trimmed while logs -t reads it: each line comes once", limit=400)
def trimmed_log():
    dyno = Dyno()
    lines = size("LOG_LINES", 600_000, 3_000, 1_500_000)
    dyno.write("Procfile", "worker: until [ -e go ]; do sleep 0.1; done; seq -f 'number %%.0f %s' %d; exec sleep 300\n" % ("x" * 80, lines))
    local = dyno.start("local", "--no-color", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    tail = None
    try:
        until(lambda: b"up" in dyno.call("ps").out, "worker.1 is up", 20)
        tail = dyno.start("logs", "-t", "--ps", "worker.1", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        until(lambda: b"Starting process" in tail.stdout.readline(), "logs -t follows", 20)
        dyno.call("run:inside", "worker.1", "touch", "go").ended(0)
        expected = 1
        for line in tail.stdout:
            found = re.search(rb"app\[worker\.1\]: number (\d+) ", line)
            if found:
                check(int(found.group(1)) == expected, "line %d comes where %d was expected" % (int(found.group(1)), expected))
                expected += 1
                if expected > lines:
                    break
        check(expected == lines + 1, "logs -t ended at line %d" % expected)
    finally:
        if tail:
            tail.kill()
            tail.wait()
        local.terminate()
        local.wait(30)
    log = [os.path.join(dyno.home, path) for path in dyno.state() if path.endswith("/worker.1.log")][0]
    check(os.path.getsize(log) < 65 << 20, "the log has %d bytes" % os.path.getsize(log))
    check(lines < 500_000 or os.path.getsize(log) < 60 << 20, "it was not trimmed")
    check(b"number %d " % lines in dyno.call("logs", "-n", "20").ended(0).out, "its last line is missing")


@case("R12", "a line of 10 MB without an end, and many lines of many dynos: none has another's in it, each dyno's are in order", limit=200)
def many_lines():
    dyno = Dyno()
    many, types = size("LINES", 20_000, 2_000), "abcdef"
    long = size("LONG_LINE", 10_000_000, 1_000_000)
    procfile = ["long: head -c %d /dev/zero | tr '\\0' L; exec sleep 300" % long]
    for each in types:
        procfile.append("%s: seq -f '%s%%.0f:%s' %d; exec sleep 300" % (each, each, each * 60, many))
    dyno.write("Procfile", "\n".join(procfile) + "\n")
    out = os.path.join(dyno.root, "user", "out")
    with open(out, "wb") as file:
        local = dyno.start("local", "--no-color", stdout=file, stderr=subprocess.STDOUT)
    try:
        def read():
            with open(out, "rb") as file:
                return file.read()
        wait_for = lambda: (lambda text: text.count(b"L") >= long - 10_000 and all(b"|  %s%d:" % (each.encode(), many) in text for each in types))(read())
        until(wait_for, "all lines", 100)
    finally:
        local.terminate()
        local.wait(30)
    text = read()
    order = dict.fromkeys(types, 0)
    for line in text.split(b"\n"):
        found = re.match(rb"[\d:]+ [AP]M ([a-f])\.1 +\|  ([a-f])(\d+):(\2+)$", line)
        if found:
            each = found.group(2).decode()
            check(found.group(1).decode() == each and len(found.group(4)) == 60, "%r" % line[:200])
            order[each] += 1
            check(int(found.group(3)) == order[each], "%s: line %d where %d was expected" % (each, int(found.group(3)), order[each]))
        else:
            check(re.search(rb"\|  L+$", line) or not re.search(rb"[a-f]{20}|L{20}", line), "mixed up: %r" % line[:200])
    check(all(order[each] == many for each in types), "%s of %d" % (order, many))
    length = sum(len(part) for part in re.findall(rb"\|  (L+)$", text, re.M))
    check(length == long, "of the long line came %d bytes" % length)


@case("R16", "SIGKILL to the local of a formation, and started again: one web.1, on the same port")
def supervisor_killed():
    for isolation in (None, "plain"):
        dyno = Dyno("app-%s" % isolation)
        dyno.write("server.py", "import http.server,os\nhttp.server.HTTPServer(('127.0.0.1',int(os.environ['PORT'])),http.server.SimpleHTTPRequestHandler).serve_forever()\n")
        dyno.write("Procfile", "web: trap '' TERM HUP INT; python3 server.py & wait; wait\n")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        env = {"DYNO_ISOLATION": isolation, "DYNO_GRACE": "1"}
        answers = lambda: subprocess.run(["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:%d/server.py', timeout=2).read()" % port], stderr=subprocess.DEVNULL).returncode == 0
        servers = lambda: [pid for pid in alive("server.py") if status_field(pid, "Name").startswith("python3") and os.readlink("/proc/%d/cwd" % pid) != dyno.root]
        for _ in range(3):
            local = dyno.start("local", "-p", str(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
            until(answers, "web.1 answers", 20)
            local.kill()
            local.wait()
        local = dyno.start("local", "-p", str(port), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
        try:
            until(answers, "web.1 answers again", 20)
            ps = dyno.call("ps").ended(0)
            check(ps.out.count(b"web.1") == 1, str(ps))
            mine = [pid for pid in alive(dyno.home if isolation else "server.py") if b"server.py" in open("/proc/%d/cmdline" % pid, "rb").read().split(b"\0")]
            check(len(mine) == 1, "servers: %s" % mine)
        finally:
            local.terminate()
            local.wait(20)
        check(not answers(), "it answers although local has ended")
