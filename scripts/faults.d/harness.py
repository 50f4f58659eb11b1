"""What the cases share: a dyno of their own, terminals, waiting, and sizes that depend on the run."""

import fcntl
import hashlib
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

CASES = {}
SHORT = {  # what --short runs: what has found the most, in less than a minute
    "flood", "fast-exit", "background-child", "resize-storm", "killed-while-raw", "piped-stdin", "killed-at-random",
    "hostile-tmp", "flipped-bytes", "concurrent-runs", "escapes", "sequential-runs", "swapped-formation",
    "state-of-another-user", "stalled-terminal", "stopped-while-starting", "ended-while-copying", "numbered-lines",
    "growing-pauses",
}
LIMIT = 30  # seconds a single command may take
SEED = 20260722


class Failed(Exception):
    """dyno did not do what is expected."""


class NotPossible(Exception):
    """This machine, or this user, cannot make the fault."""


class Case:
    def __init__(self, run, id, expected, limit):
        self.run, self.id, self.expected, self.limit = run, id, expected, limit
        self.name = run.__name__.replace("_", "-")
        self.short = self.name in SHORT


def case(id, expected, limit=120):
    """limit: seconds until the watchdog ends it."""

    def register(run):
        found = Case(run, id, expected, limit)
        assert found.name not in CASES, found.name
        CASES[found.name] = found
        return run

    return register


def size(name, full, short, long=None):
    """How much of it: set by FAULTS_<NAME>, else by --short and --long."""
    given = os.environ.get("FAULTS_" + name)
    if given:
        return int(given)
    mode = os.environ.get("FAULTS_MODE", "full")
    return {"short": short, "long": long or full}.get(mode, full)


def check(holds, why):
    if not holds:
        raise Failed(why)


def until(condition, what, seconds=10):
    """Waits until the condition holds; for a condition nobody tells about, so it is asked often."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        check(time.monotonic() < deadline, "not within %d s: %s" % (seconds, what))
        select.select([], [], [], 0.01)


def namespaces(dyno):
    """Whether its dynos are isolated in them."""
    plain = os.environ.get("DYNO_ISOLATION") == "plain"
    return not plain and "✓ isolation".encode() in dyno.call("doctor").out


class Result:
    def __init__(self, words, status, out, err):
        self.words, self.status, self.out, self.err = words, status, out, err

    def __str__(self):
        shown = b" ".join(os.fsencode(word) for word in self.words)
        return "%r: status %d, out %r, err %r" % (shown[:80], self.status, self.out[-300:], self.err[-500:])

    def sane(self):
        """Whatever happened: no crash of dyno itself."""
        crash = self.status == 70 or any(s in self.err for s in (b"Exception", b"\tat ", b"StackOverflow"))
        check(not crash, "crashed: %s" % self)
        return self

    def ended(self, status):
        self.sane()
        check(self.status == status, "expected status %d: %s" % (status, self))
        return self


class Dyno:
    """The launcher with an app and a state directory of its own."""

    def __init__(self, name="app"):
        self.root = os.getcwd()
        self.app = os.path.join(self.root, name)
        self.home = os.path.join(self.root, "state")
        os.makedirs(self.app, exist_ok=True)
        os.makedirs(os.path.join(self.root, "user"), exist_ok=True)
        self.launcher = os.environ["FAULTS_LAUNCHER"]

    def path(self, *names):
        return os.path.join(self.app, *names)

    def write(self, name, content=b"", mode=0o644):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        os.chmod(path, mode)

    def env(self, more=None):
        env = {
            "PATH": os.environ["PATH"],
            "HOME": os.path.join(self.root, "user"),
            "DYNO_HOME": self.home,
            "TERM": "xterm-256color",
        }
        for name in ("DYNO_ISOLATION", "JAVA_HOME"):
            if os.environ.get(name):
                env[name] = os.environ[name]
        env.update(more or {})
        return {name: value for name, value in env.items() if value is not None}

    def start(self, *words, env=None, cwd=None, **how):
        how.setdefault("stdin", subprocess.DEVNULL)
        how.setdefault("stdout", subprocess.PIPE)
        how.setdefault("stderr", subprocess.PIPE)
        return subprocess.Popen([self.launcher, *words], env=self.env(env), cwd=cwd or self.app, **how)

    def call(self, *words, stdin=None, env=None, cwd=None, seconds=LIMIT, **how):
        if stdin is not None:
            how["stdin"] = subprocess.PIPE
        process = self.start(*words, env=env, cwd=cwd, **how)
        try:
            out, err = process.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failed("still running after %d s: %r" % (seconds, words))
        status = process.returncode
        return Result(words, status if status >= 0 else 128 - status, out or b"", err or b"")

    def run(self, *words, **how):
        return self.call("run", *words, **how)

    def terminal(self, *words, env=None, rows=24, columns=80):
        return Terminal([self.launcher, *words], self.env(env), self.app, rows, columns)

    def one_off(self):
        """The name of the one-off that runs."""
        return re.search(rb"run\.\d+", self.call("ps", "--json").ended(0).out).group(0).decode()

    def state(self):
        """Every file and directory of the state directory, as paths below it."""
        listed = subprocess.run(["find", self.home, "-mindepth", "1", "-printf", "%P\\0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return sorted(os.fsdecode(path) for path in listed.stdout.split(b"\0") if path)

    def sandboxes(self):
        """The directories of dynos there are."""
        found = []
        for path in self.state():
            parts = path.split("/")
            if len(parts) == 4 and parts[0] == "apps" and parts[2] == "dynos":
                found.append(parts[3])
        return found

    def await_clean(self):
        """Until no dyno's directory and no process of it is left."""
        until(lambda: not self.sandboxes(), "dynos' directories removed: %s" % self.sandboxes())
        until(lambda: not alive(self.home), "processes ended: %s" % alive(self.home))


def alive(text):
    """The processes that have this text in their environment or command line, but for this one."""
    found = []
    wanted = text.encode()
    for pid in os.listdir("/proc"):
        if not pid.isdigit() or int(pid) in (os.getpid(), os.getppid()):
            continue
        try:
            with open("/proc/%s/stat" % pid) as file:
                if ") Z " in file.read():
                    continue
            for part in ("environ", "cmdline"):
                with open("/proc/%s/%s" % (pid, part), "rb") as file:
                    if wanted in file.read():
                        found.append(int(pid))
                        break
        except OSError:
            pass
    return found


def another_user():
    """The number of a user who is neither root nor the one the cases run as."""
    if os.geteuid() != 0:
        raise NotPossible("only root can be two users")
    return 64320


def as_user(uid):
    """How a process is started as that user."""
    return {"user": uid, "group": uid, "extra_groups": []}


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def descendants(pid):
    """Its children and theirs that have not ended, whichever of its threads has them."""
    parents = {}
    for other in os.listdir("/proc"):
        try:
            with open("/proc/%d/stat" % int(other)) as file:
                fields = file.read().rpartition(")")[2].split()
            if fields[0] != "Z":
                parents.setdefault(int(fields[1]), []).append(int(other))
        except (OSError, ValueError):
            pass
    found, todo = [], [pid]
    while todo:
        below = parents.get(todo.pop(), [])
        found += below
        todo += below
    return found


def is_gone(pid):
    """Whether it has ended, though nobody may have asked how."""
    return status_field(pid, "State")[:1] in ("", "Z", "X")


def is_idle(pid):
    """Whether it hardly runs for a second."""
    def ticks():
        with open("/proc/%d/stat" % pid) as file:
            return sum(int(field) for field in file.read().rpartition(")")[2].split()[11:13])

    before = ticks()
    select.select([], [], [], 1)
    return ticks() - before <= 2


def resident(pid):
    """Its resident memory in bytes."""
    return int((status_field(pid, "VmRSS") or "0").split()[0]) * 1024


def status_field(pid, name):
    """A field of /proc/PID/status as text, or "" when the process has gone."""
    try:
        with open("/proc/%d/status" % pid) as file:
            for line in file:
                if line.startswith(name + ":"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return ""


class Terminal:
    """A pseudo-terminal whose session leader is a shell, with a program as its foreground job."""

    LEADER = 'trap : HUP INT QUIT TSTP; "$@"; exit $?'

    def __init__(self, words, env, cwd, rows=24, columns=80):
        self.master, slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(slave)
        self.seen = b""
        self.leader = subprocess.Popen(
            ["sh", "-c", self.LEADER, "sh", *words],
            stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        os.set_blocking(self.master, False)

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def program(self):
        """The id of the process in the foreground: dyno, once the shell has started it."""
        return until(lambda: children(self.leader.pid), "the program's process")[0]

    def settings(self):
        return termios.tcgetattr(self.master)

    def send(self, data, seconds=LIMIT):
        """Types it, and reads meanwhile what comes back."""
        data = data if isinstance(data, bytes) else data.encode()
        deadline = time.monotonic() + seconds
        while data:
            check(time.monotonic() < deadline, "what is typed is not taken: %d bytes left" % len(data))
            _, ready, _ = select.select([], [self.master], [], 0.05)
            if ready:
                try:
                    data = data[os.write(self.master, data[:4096]):]
                except BlockingIOError:
                    pass
            self.read()

    def read(self, most=65536):
        """What is there now; None at the end."""
        try:
            data = os.read(self.master, most)
        except BlockingIOError:
            return b""
        except OSError:
            return None
        self.seen += data
        return data

    def expect(self, text, seconds=LIMIT):
        """Waits for the text on the screen."""
        text = text if isinstance(text, bytes) else text.encode()
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            left = deadline - time.monotonic()
            check(left > 0, "not on the screen within %d s: %r; there is %r" % (seconds, text, self.seen[-400:]))
            if select.select([self.master], [], [], left)[0] and self.read() is None:
                check(text in self.seen, "ended before %r; there is %r" % (text, self.seen[-400:]))

    def end(self, seconds=LIMIT):
        """Reads to the end and gives the status."""
        deadline = time.monotonic() + seconds
        while True:
            left = deadline - time.monotonic()
            check(left > 0, "has not ended within %d s; the screen: %r" % (seconds, self.seen[-400:]))
            if select.select([self.master], [], [], min(left, 0.1))[0] and self.read() is None:
                break
        status = self.leader.wait(max(1, deadline - time.monotonic()))
        return status if status >= 0 else 128 - status

    def close(self):
        os.close(self.master)


def digest(path):
    """A hash of every name, mode, time and content below a directory."""
    total = hashlib.sha256()
    for directory, names, files in sorted(os.walk(os.fsencode(path))):
        for name in sorted(names + files):
            full = os.path.join(directory, name)
            info = os.lstat(full)
            total.update(b"%s %o %d %d\n" % (full, info.st_mode, info.st_size, info.st_mtime_ns))
            if name in files and os.path.isfile(full) and not os.path.islink(full):
                with open(full, "rb") as file:
                    total.update(file.read())
    return total.hexdigest()


def end_all(text, sent=signal.SIGKILL):
    """Ends the processes that have this text in their environment or command line."""
    for pid in alive(text):
        try:
            os.kill(pid, sent)
        except OSError:
            pass
