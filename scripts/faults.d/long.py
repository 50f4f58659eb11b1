"""L: what goes on for long, or happens often."""

import os
import re
import select
import signal
import statistics
import subprocess
import time

from harness import Dyno, case, check, resident, size, until

MEGABYTE = 1 << 20


def took(dyno, *words):
    begin = time.monotonic()
    dyno.call(*words).ended(0)
    return time.monotonic() - begin


def ptys():
    with open("/proc/sys/kernel/pty/nr") as file:
        return int(file.read())


@case("L01", "many runs in one state directory: nothing grows, neither files nor pseudo-terminals nor the time of ps", limit=7000)
def sequential_runs():
    dyno = Dyno()
    dyno.write("lib/a", "a" * 1000)
    many = size("SEQUENCE", 1000, 14, 10_000)
    warm = min(120, many // 2)  # the last hundred one-offs are remembered; then it is level
    before = None
    for number in range(many):
        if number == warm:
            before = len(dyno.state()), statistics.median(took(dyno, "ps") for _ in range(5))
        dyno.run("true").ended(0)
    dyno.await_clean()
    files, ps = len(dyno.state()), statistics.median(took(dyno, "ps") for _ in range(5))
    grown = files - before[0]
    check(grown <= (20 if many > 240 else 4 * (many - warm)), "%d files more after %d runs" % (grown, many - warm))
    check(ps < 2 * before[1] + 0.2, "ps took %.3f s, now %.3f s" % (before[1], ps))
    disk = sum(os.lstat(os.path.join(dyno.home, path)).st_size for path in dyno.state())
    check(disk < 30_000_000, "%d bytes of state" % disk)


class Formation:
    """A `dyno local`; what it prints is read all the time, and stands in a file too."""

    def __init__(self, dyno, procfile, env=None, format="raw"):
        self.dyno = dyno
        dyno.write("Procfile", procfile)
        self.output = os.path.join(dyno.root, "user", "output")
        with open(self.output, "wb") as out:
            self.process = dyno.start("local", "--format", format, env=env, stdout=out)
        self.pid = self.process.pid
        self.reader = open(self.output, "rb")
        self.seen = b""

    def read(self):
        """All that it has printed so far."""
        self.seen += self.reader.read()
        return self.seen

    def expect(self, text, seconds=30):
        until(lambda: text in self.read(), "%r; there is %r" % (text, self.seen[-300:]), seconds)

    def costs(self):
        """How many threads and descriptors it has."""
        return len(os.listdir("/proc/%d/task" % self.pid)), len(os.listdir("/proc/%d/fd" % self.pid))

    def stop(self, seconds=30):
        """Its status and its stderr."""
        self.process.send_signal(signal.SIGTERM)
        _, err = self.process.communicate(timeout=seconds)
        check(self.process.returncode in (0, 143, -15) and b"\tat " not in err, "status %d: %r" % (self.process.returncode, err[-500:]))
        self.read()
        self.dyno.await_clean()


def pause(seconds):
    """Lets time pass, for what is to go on for a while."""
    select.select([], [], [], seconds)


def steady(formation, before, after, what):
    """The same costs, give or take a thread or descriptor that comes and goes."""
    check(all(now <= then + 8 for then, now in zip(before, after)), "threads and descriptors %s, now %s: %s" % (before, after, what))


@case("L02", "a crash loop without a pause in one dyno local: its memory, threads and descriptors stay as they are", limit=7000)
def crash_loop():
    dyno = Dyno()
    many = size("CRASHES", 600, 40, 10_000)
    formation = Formation(dyno, "crash: echo begin; exit 3\n", {"DYNO_BACKOFF": "0"})

    def begun():
        return formation.read().count(b"begin\n")

    until(lambda: begun() >= many // 4, "%d starts" % (many // 4), 3000)
    before, memory = formation.costs(), resident(formation.pid)
    until(lambda: begun() >= many, "%d starts; there are %d" % (many, begun()), 3000)
    until(lambda: all(now <= then + 8 for then, now in zip(before, formation.costs())), "threads and descriptors %s, now %s" % (before, formation.costs()))
    grown = resident(formation.pid) - memory
    check(grown < 32 * MEGABYTE, "memory grew by %d MB after %d crashes" % (grown // MEGABYTE, many - many // 4))
    check(len(dyno.sandboxes()) <= 3, "directories of dynos left: %s" % dyno.sandboxes())
    formation.stop()


NUMBERS = "i=0; while [ $i -lt %d ]; do i=$((i+1)); echo $DYNO-line-$i-end; sleep 0.1; done; sleep 1000"


@case("L03", "four dynos write numbered lines for a while: none is lost or out of order, on stdout and in the log", limit=7000)
def numbered_lines():
    dyno = Dyno()
    many = size("NUMBERED", 600, 20, 18_000)
    names = ["a.1", "a.2", "b.1", "b.2"]
    line = NUMBERS % many
    dyno.write("Procfile", "a: %s\nb: %s\n" % (line, line))
    dyno.call("ps:scale", "a=2", "b=2").sane()
    formation = Formation(dyno, "a: %s\nb: %s\n" % (line, line))
    until(lambda: formation.read().count(b"-line-10-end\n") == 4, "the first ten lines of each")
    memory = resident(formation.pid)
    until(lambda: formation.read().count(b"-line-%d-end\n" % many) == 4, "the last line of each", 60 + many)
    grown = resident(formation.pid) - memory
    formation.stop()
    want = list(range(1, many + 1))
    for name in names:
        logged = [path for path in dyno.state() if path.endswith("logs/%s.log" % name)]
        check(len(logged) == 1, "logs of %s: %s" % (name, logged))
        with open(os.path.join(dyno.home, logged[0]), "rb") as file:
            for where, text in (("stdout", formation.seen), ("the log", file.read())):
                got = [int(n) for n in re.findall(rb"%s-line-(\d+)-end\n" % re.escape(name.encode()), text)]
                check(got == want, "%s of %s has %d lines, from %s to %s" % (where, name, len(got), got[:1], got[-1:]))
    check(grown < 32 * MEGABYTE, "memory grew by %d MB" % (grown // MEGABYTE))


def begins(formation):
    """When its dyno began, each time, in seconds of the day."""
    return [float(time) for time in re.findall(rb"begin-(\d+\.\d+)-", formation.read())]


def pauses(formation):
    times = begins(formation)
    return [later - sooner for sooner, later in zip(times, times[1:])]


@case("L04", "a dyno that crashes again and again: at once, then after a pause that doubles up to a limit; the others are left alone")
def growing_pauses():
    dyno = Dyno()
    first, longest = 0.2, 6.0
    crashes = size("PAUSES", 7, 4)
    formation = Formation(dyno, "crash: echo begin-$(date +%s.%N)-; exit 3\nsteady: echo steady-begin; sleep 1000\n", {"DYNO_BACKOFF": str(first)})
    until(lambda: len(begins(formation)) > crashes, "%d starts" % (crashes + 1), 60)
    gaps = pauses(formation)
    wanted = [0] + [min(longest, first * 2 ** n) for n in range(len(gaps) - 1)]
    for gap, pause in zip(gaps, wanted):
        check(pause <= gap + 0.05 and gap < pause + 3, "began after %s, expected %s" % (["%.2f" % g for g in gaps], wanted))
    until(lambda: b"crash.1: crashed" in dyno.call("ps").ended(0).out, "ps that says so", 5)
    check(formation.read().count(b"steady-begin\n") == 1, "the other dyno was started again")
    formation.stop()


@case("L04", "a dyno that crashes after it was up for long: it starts again at once, however long its last pause was")
def crash_after_long():
    dyno = Dyno()
    calm = int(time.time()) + 12  # until then it crashes at once, from then on after 3.2 s; the longest pause is 3 s
    script = "echo begin-$(date +%%s.%%N)-; [ $(date +%%s) -lt %d ] || sleep 3.2; exit 3" % calm
    formation = Formation(dyno, "crash: %s\n" % script, {"DYNO_BACKOFF": "0.1"})
    until(lambda: len([began for began in begins(formation) if began > calm]) > 1, "starts when it is calm", 60)
    gap = [pause for began, pause in zip(begins(formation), pauses(formation)) if began > calm][0]
    check(3.2 <= gap < 5, "began %.2f s after it had begun and been up for 3.2 s" % gap)
    formation.stop()


@case("L05", "a flood, and a logs --tail that nobody reads: memory and disk stay bounded, other dynos' lines are not held up", limit=900)
def flood_and_slow_tail():
    dyno = Dyno()
    beat = "while :; do echo beat-$(date +%s.%N)-; sleep 0.1; done"
    dyno.write("Procfile", "beat: %s\nflood: yes 0123456789012345678901234567890123456789\n" % beat)
    local = dyno.start("local", "--format", "raw")
    os.set_blocking(local.stdout.fileno(), False)
    late, text = [], b""

    def listen(seconds):
        nonlocal text
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not select.select([local.stdout], [], [], 0.1)[0]:
                continue
            text = text[-100:] + (local.stdout.read(1 << 16) or b"")
            now = time.time()
            late.extend(now - float(began) for began in re.findall(rb"beat-(\d+\.\d+)-\n", text))
            text = text[text.rfind(b"\n") + 1:]

    while not late:
        listen(1)
    tail = dyno.start("logs", "--tail")  # its output is a pipe that nobody reads
    listen(2)
    before, tails = resident(local.pid), resident(tail.pid)
    late.clear()
    listen(size("FLOODED", 20, 5, 120))
    check(late, "no line of the other dyno in all that time")
    check(statistics.median(late) < 0.5 and max(late) < 5, "lines came %.2f s late, %.2f s at worst" % (statistics.median(late), max(late)))
    for name, pid, was in (("local", local.pid, before), ("logs --tail", tail.pid, tails)):
        check(resident(pid) - was < 32 * MEGABYTE, "the memory of %s grew by %d MB" % (name, (resident(pid) - was) // MEGABYTE))
    disk = sum(os.lstat(os.path.join(dyno.home, path)).st_size for path in dyno.state() if "/logs/" in path)
    check(disk < 100 * MEGABYTE, "%d MB of logs" % (disk // MEGABYTE))
    check(tail.poll() is None, "logs --tail has ended")
    tail.terminate()
    tail.wait(10)
    local.terminate()
    deadline = time.monotonic() + 40
    while local.poll() is None:
        check(time.monotonic() < deadline, "local does not end")
        listen(0.1)
    dyno.await_clean()


@case("L06", "readers of logs --tail come and go: dyno local keeps no thread and no descriptor of them, and none outlives its terminal", limit=3000)
def tails_come_and_go():
    dyno = Dyno()
    formation = Formation(dyno, "beat: while :; do echo beat; sleep 0.1; done\n")
    formation.expect(b"beat\n")
    before = None
    for number in range(size("TAILS", 60, 6, 500) // 3):
        tails = [dyno.start("logs", "--tail") for _ in range(3)]
        for tail, sent in zip(tails, (signal.SIGINT, signal.SIGKILL, None)):
            check(tail.stdout.readline(), "logs --tail says nothing: %r" % tail.stderr.read() if tail.poll() is not None else "nothing")
            if sent:
                tail.send_signal(sent)
            else:
                tail.stdout.close()  # as head(1) does
        for tail in tails:
            try:
                tail.wait(10)
            except subprocess.TimeoutExpired:
                check(False, "logs --tail lives on, and has no reader")
            check(b"\tat " not in tail.stderr.read(), "a trace of Java")
        before = before or formation.costs()
    steady(formation, before, formation.costs(), "after all have gone")
    formation.stop()


@case("L07", "dyno local is stopped and continued, for longer than its dynos had to boot: none is called crashed or started again", limit=900)
def suspended():
    dyno = Dyno()
    dyno.write("listen.py", "import os,socket,time\ntime.sleep(1)\ns=socket.create_server((\"127.0.0.1\",int(os.environ[\"PORT\"])))\nprint(\"listens\",flush=True)\ntime.sleep(1000)\n")
    procfile = "web: echo web-begin; exec python3 listen.py\nbeat: echo beat-begin; while :; do echo beat; sleep 0.1; done\n"
    formation = Formation(dyno, procfile, {"DYNO_BOOT_TIMEOUT": "3", "DYNO_BACKOFF": "0", "PORT": str(10_000 + os.getpid() % 20_000)}, "heroku")
    formation.expect(b"web-begin\n")
    formation.expect(b"beat-begin\n")
    rounds, long = size("SUSPENSIONS", 4, 1), size("SUSPENDED", 5, 4, 120)
    for number in range(rounds):
        os.kill(formation.pid, signal.SIGSTOP)
        pause(long)
        check(dyno.call("ps").ended(0).out.count(b": ") >= 2, "ps while it is stopped")
        os.kill(formation.pid, signal.SIGCONT)
        before = formation.read().count(b"beat\n")
        until(lambda: formation.read().count(b"beat\n") > before + 10, "lines after it was continued")
    formation.expect(b"heroku[web.1]: State changed from starting to up")
    text = formation.read()
    check(b"crashed" not in text and b"R10" not in text, "a dyno is called crashed: %r" % text[-600:])
    for said in (b"[web.1]: web-begin\n", b"[web.1]: listens\n", b"[beat.1]: beat-begin\n"):
        check(text.count(said) == 1, "%r %d times: a dyno was started again" % (said, text.count(said)))
    formation.stop()
