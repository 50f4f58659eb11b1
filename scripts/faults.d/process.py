"""P: statuses, signals, descriptors, and what is left of a dyno."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess

from harness import SEED, Dyno, NotPossible, alive, case, check, descendants, is_gone, namespaces, size, status_field, until

SLEEP = "echo up; exec sleep 300"


def up(dyno, script=SLEEP, **how):
    """A run that has said it is up, and its name."""
    process = dyno.start("run", script, **how)
    line = process.stdout.readline()
    check(line == b"up\n", "does not start: %r" % line)
    return process, dyno.one_off()


@case("P01", "exit codes 0 to 255 are passed on", limit=600)
def exit_codes():
    dyno = Dyno()
    for code in [0, 1, 70, 255] if size("CODES", 256, 4) < 256 else range(256):
        result = dyno.run("exit %d" % code)
        check(result.status == code, "not %d: %s" % (code, result))


@case("P02", "death by a signal is 128 + n, for each signal that kills", limit=300)
def signals():
    dyno = Dyno()
    spared = {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH, signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}
    numbers = [n for n in range(1, 32) if n not in spared]
    for number in numbers[:: size("SIGNALS", 1, 8)]:
        script = "exec python3 -c 'import os,signal,resource as r; r.setrlimit(r.RLIMIT_CORE,(0,0)); n=%d; n in (9,19) or signal.signal(n,signal.SIG_DFL); os.kill(os.getpid(),n); signal.pause()'" % number
        result = dyno.run(script)
        check(result.status == 128 + number, "signal %d: %s" % (number, result))


@case("P03", "a missing command: 127, named, nothing left")
def missing_command():
    dyno = Dyno()
    result = dyno.run("no-such-command-at-all").ended(127)
    check(b"no-such-command-at-all" in result.err, str(result))
    dyno.await_clean()


@case("P04", "a file that cannot be executed, or a directory: 126; text without #! is run by the shell")
def not_executable():
    dyno = Dyno()
    dyno.write("plain", "echo x")
    dyno.write("bad", b"\x7fELF garbage", 0o755)
    dyno.write("interpreter", "#!/no/such/interpreter\n", 0o755)
    dyno.write("text", "echo from-$((6*7))\n", 0o755)
    dyno.write("sub/x", "")
    for name, status in (("./plain", 126), ("./sub", 126), ("./bad", 126), ("./text", 0)):
        result = dyno.run(name).sane()
        check(result.status == status, "%s: %s" % (name, result))
    check(dyno.run("./interpreter").sane().status in (126, 127), "a missing interpreter")


@case("P05", "a command too long for the system: an error with status 126 or 125, no crash")
def argument_too_long():
    dyno = Dyno()
    dyno.write("Procfile", "long: true %s\n" % ("x" * 300_000))
    result = dyno.run("long").sane()
    check(result.status in (125, 126) and b"too long" in result.err.lower(), str(result))
    check(dyno.run("true " + "x" * 100_000).ended(0).out == b"", "one that is not too long")
    dyno.await_clean()


@case("P06", "what dyno itself cannot do: status 125, with one line that says why")
def own_failure():
    dyno = Dyno()
    result = dyno.run("-a", os.path.join(dyno.root, "no-such-app"), "true").sane()
    check(result.status == 125 and result.err, str(result))


@case("P07", "a program that ignores SIGTERM is killed when its grace is over")
def ignores_term():
    dyno = Dyno()
    process, name = up(dyno, "trap '' TERM; echo up; while :; do sleep 1; done", env={"DYNO_GRACE": "1"})
    dyno.call("ps:stop", name, env={"DYNO_GRACE": "1"}).ended(0)
    check(process.wait(15) == 137, "status %d" % process.returncode)
    dyno.await_clean()


@case("P08", "a program that has stopped itself can be stopped by ps:stop")
def stopped_itself():
    dyno = Dyno()
    process, name = up(dyno, "echo up; kill -STOP $$; sleep 300", env={"DYNO_GRACE": "1"})
    dyno.call("ps:stop", name, env={"DYNO_GRACE": "1"}).ended(0)
    check(process.wait(15) in (143, 137), "status %d" % process.returncode)
    dyno.await_clean()


@case("P09", "a daemon of its own session that ignores signals is gone with the dyno")
def daemon():
    dyno = Dyno()
    if not namespaces(dyno):
        raise NotPossible("no namespaces here")
    tag = "fault-daemon-%d" % os.getpid()
    dyno.run("setsid bash -c 'trap \"\" HUP TERM; exec -a %s sleep 300' >/dev/null 2>&1 </dev/null & echo started" % tag).ended(0)
    until(lambda: not alive(tag), "the daemon's end")


@case("P10", "500 orphans: no zombie is left, and none is while the dyno runs")
def zombies():
    dyno = Dyno()
    if not namespaces(dyno):
        raise NotPossible("no namespaces here")
    count = "grep -h ^State: /proc/[0-9]*/status | grep -c Z"
    script = "for i in $(seq 500); do (sleep 0 &) ; done; wait; for i in $(seq 100); do [ $(%s) = 0 ] && break; sleep 0.1; done; %s" % (count, count)
    result = dyno.run(script)
    check(result.out == b"0\n", "zombies in the dyno: %s" % result)
    dyno.await_clean()


@case("P13", "kill -9 of dyno at a random instant: nothing lives on, the next command finds all in order", limit=600)
def killed_at_random():
    dyno = Dyno()
    for number in range(40):
        dyno.write("lib/%d" % number, "x" * 100 * number)
    isolated = namespaces(dyno)
    chance = random.Random(SEED)
    for number in range(size("KILLS", 100, 8)):
        dyno.write("lib/new", str(number))
        process = dyno.start("run", long_sleep(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.random() * 0.5)
        except subprocess.TimeoutExpired:
            pass
        kill(process)
        nothing_lives_on(dyno, isolated, "round %d" % number)
    result = dyno.run("cat lib/new").ended(0)
    check(result.out == b"%d" % number, "the files are not the app's: %s" % result)
    dyno.await_clean()


@case("P12", "a program that takes all memory: R14 and R15 in its log, it is killed (137), dyno and its next run are not", limit=300)
def memory_hog():
    dyno = Dyno()
    if free_memory() < 4 << 30:
        raise NotPossible("less than 4 GB of memory free")
    hog = "exec python3 -c 'a=[]\nwhile True: a.append(bytearray(8<<20))'"
    result = dyno.run("-s", "basic", hog, seconds=120).ended(137)
    name = re.search(rb"run\.\d+", result.err).group(0).decode()
    logged = dyno.call("logs", "--dyno-name", name).ended(0).out
    for told in (b"Error R15 (Memory quota vastly exceeded)", b"Process exited with status 137"):
        check(told in logged, "no %r in the log: %r" % (told, logged[-600:]))
    check(dyno.run("echo out").ended(0).out == b"out\n", "the next run")
    dyno.await_clean()


def free_memory():
    """In bytes."""
    with open("/proc/meminfo") as file:
        return int(re.search(r"MemAvailable:\s+(\d+)", file.read()).group(1)) << 10


def kill(process):
    process.kill()
    process.wait(10)


def long_sleep():
    """A command that goes on for long, and by which its processes are known."""
    return "sleep 300.%d" % os.getpid()


def nothing_lives_on(dyno, isolated, when):
    """After a kill -9: in namespaces by itself, but for a bubblewrap that waits for its parent, else with the next command."""
    programs = lambda: [pid for pid in alive(long_sleep()) if status_field(pid, "Name") != "bwrap"]
    if isolated:
        until(lambda: not programs(), "programs ended by themselves: %s" % when)
    ps = dyno.call("ps").ended(0)
    check(ps.out.startswith(b"No dynos") and not ps.err, "%s: %s" % (when, ps))
    until(lambda: not alive(dyno.home) and not alive(long_sleep()), "processes ended: %s" % when)
    dyno.await_clean()


@case("P14", "kill -9 of dyno when its program has just begun, or is about to: it does not live on, and the next command finds all in order", limit=600)
def killed_as_it_begins():
    dyno = Dyno()
    isolated = namespaces(dyno)
    chance = random.Random(SEED)
    for number in range(size("BEGINNINGS", 60, 6)):
        process = dyno.start("run", "echo up; " + long_sleep())
        if number % 2:
            process.stdout.read(1)
        else:
            until(lambda: descendants(process.pid) or process.poll() is not None, "a process of dyno's")
        try:
            process.wait(chance.random() * 0.05)
        except subprocess.TimeoutExpired:
            pass
        kill(process)
        nothing_lives_on(dyno, isolated, "round %d" % number)


@case("P14", "kill -9 of dyno between fork and exec, for each program that it starts: none outlives the next command", limit=600)
def killed_between_fork_and_exec():
    dyno = Dyno()
    if not shutil.which("strace"):
        raise NotPossible("no strace")
    # Each program begins 0.4 s late; what dyno starts is one after the other.
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=execve", "-e", "inject=execve:delay_enter=400000"]
    for number in range(size("FORKS", 12, 3)):
        wrapped = subprocess.Popen(
            [*strace, dyno.launcher, "run", long_sleep()], env=dyno.env(), cwd=dyno.app,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        java = until(lambda: java_below(wrapped), "dyno")
        forked = lambda: [pid for pid in descendants(java) if status_field(pid, "Name") != "strace"]
        until(lambda: forked() or is_gone(java), "a process of dyno's", 20)
        try:
            wrapped.wait(number * 0.2)
        except subprocess.TimeoutExpired:
            pass
        if not is_gone(java):
            os.kill(java, signal.SIGKILL)
        try:
            wrapped.wait(3)  # what was about to begin has begun by then
        except subprocess.TimeoutExpired:
            pass
        # A bubblewrap that was still to begin has no parent any more whose death it could be told of.
        nothing_lives_on(dyno, False, "%.1f s after the first fork" % (number * 0.2))
        wrapped.wait(20)


def java_below(process):
    check(process.poll() is None, "strace ends: %r" % (process.stderr.read() if process.poll() is not None else b""))
    found = [pid for pid in descendants(process.pid) if status_field(pid, "Name") == "java"]
    return found[0] if found else None


@case("P15", "the program has no blocked signal, and ignores none that the caller does not")
def signal_mask():
    dyno = Dyno()

    def odd():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGUSR1})
        for number in (signal.SIGPIPE, signal.SIGCHLD, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)

    result = dyno.call("run", "grep -E 'Sig(Blk|Ign)' /proc/self/status", preexec_fn=odd).ended(0)
    fields = dict(line.split(b":\t") for line in result.out.splitlines())
    check(int(fields[b"SigBlk"], 16) == 0, "blocked: %s" % fields)
    ignored = int(fields[b"SigIgn"], 16) & ~(1 << (signal.SIGPIPE - 1)) & 0x7FFFFFFF
    check(ignored == 0, "ignored: %s" % fields)


@case("P16", "started with 200 open descriptors: the program has none of them")
def open_descriptors():
    dyno = Dyno()
    for fd in [os.open("/dev/null", os.O_RDONLY) for _ in range(200)]:
        os.set_inheritable(fd, True)
    result = dyno.call("run", "ls /proc/self/fd", close_fds=False).ended(0)
    check(sorted(result.out.split(), key=int) in ([b"0", b"1", b"2", b"3"], [b"0", b"1", b"2"]), str(result))


@case("P16", "started with 0, 1 or 2 closed: no file of dyno's takes their place")
def closed_descriptors():
    dyno = Dyno()
    for fds in ((0,), (1,), (2,), (0, 1, 2)):
        out = os.path.join(dyno.root, "user", "seen")
        if os.path.exists(out):
            os.unlink(out)
        process = dyno.start(
            "run", "readlink /proc/self/fd/0; readlink /proc/self/fd/1 >&2; exit 3", stdin=None, stdout=None, stderr=None,
            preexec_fn=lambda: [os.close(fd) for fd in fds])
        status = process.wait(20)
        # with stdout closed the output is lost, as it is with a bare shell
        check(status == 3, "closed %s: status %d" % (fds, status))
    dyno.call("ps").ended(0)
    for path in dyno.state():
        if path.endswith(".log"):
            with open(os.path.join(dyno.home, path), "rb") as file:
                check(b"/dev/null" not in file.read(), "the program's output stands in %s" % path)


@case("P17", "the program's umask, descriptors' limit and niceness are not dyno's own accident")
def inherited():
    def limited():
        resource.setrlimit(resource.RLIMIT_NOFILE, (512, 2048))

    result = Dyno().run("umask; nice; ulimit -Sn; ulimit -Hn", preexec_fn=limited).ended(0)
    check(result.out.split() == [b"0022", b"0", b"512", b"2048"], str(result))


@case("P18", "one word is a shell line, several are the arguments, with their blanks")
def words():
    dyno = Dyno()
    result = dyno.run("echo a && echo 'b  c'").ended(0)
    check(result.out == b"a\nb  c\n", str(result))
    odd = ["", "a b", "-x", "é", "a=b", "--"]  # Heroku quotes blanks, and nothing else
    result = dyno.run("--", "printf", "%s,", *odd).ended(0)
    check(result.out.decode() == "".join("%s," % word for word in odd), str(result))


def half_made(dyno):
    """What of dynos and slugs is in the state directory that is not whole."""
    found = [path for path in dyno.state() if re.search(r"/(dynos/[^/]+|slugs/\.[^/]+)$", path)]
    return found


def hears(process):
    """Whether the JVM hears SIGTERM; soon dyno does."""
    return int(status_field(process.pid, "SigCgt") or "0", 16) >> (signal.SIGTERM - 1) & 1


MOMENTS = (
    lambda dyno, process: hears(process),
    lambda dyno, process: dyno.sandboxes(),
    lambda dyno, process: [path for path in dyno.state() if "/slugs/.new-" in path],
    lambda dyno, process: descendants(process.pid),
)


@case("P19", "SIGTERM, SIGINT or SIGHUP at any moment of its start: 128 + the signal, and nothing half is left", limit=600)
def stopped_while_starting():
    dyno = Dyno()
    for number in range(300):
        dyno.write("lib/%d" % number, "x" * 1000)
    rounds = size("STOPS", 60, 5)
    for number in range(rounds):
        sent = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[number % 3]
        dyno.write("lib/new", str(number))
        process = dyno.start("run", "sleep 300", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        moment = number % len(MOMENTS)
        until(lambda: MOMENTS[moment](dyno, process) or process.poll() is not None, "moment %d of the start" % moment)
        try:
            process.wait(0.1 * number / rounds)
        except subprocess.TimeoutExpired:
            pass
        process.send_signal(sent)
        err = ended_by(process, sent)
        status = process.returncode if process.returncode >= 0 else 128 - process.returncode
        # Of itself the JVM has a moment in which it can only say that it cannot begin.
        if status != 1 or b"initialization of VM" not in err:
            check(status == 128 + sent and b"Exception" not in err, "round %d, signal %d: status %d, %r" % (number, sent, status, err))
        until(lambda: not half_made(dyno), "nothing half: %s" % half_made(dyno), 2)
        until(lambda: not alive(dyno.home), "processes ended")


def ended_by(process, sent):
    """Its stderr. The first SIGINT is the program's, once there is one; the second is dyno's."""
    try:
        return process.communicate(timeout=3 if sent == signal.SIGINT else 20)[1]
    except subprocess.TimeoutExpired:
        check(sent == signal.SIGINT, "still there after signal %d" % sent)
        process.send_signal(sent)
        return process.communicate(timeout=20)[1]


@case("P19", "stopped or killed while a slug is made: the next command finds, and leaves, nothing half", limit=300)
def ended_while_copying():
    dyno = Dyno()
    for number in range(200):
        dyno.write("lib/%d" % number, "x" * 100)
    with open(dyno.path("big"), "wb") as big:
        big.truncate(size("COPIED", 2_000_000_000, 400_000_000))
    for sent in (signal.SIGKILL, signal.SIGTERM):
        process = dyno.start("run", "sleep 300", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        until(lambda: half_made(dyno) and [path for path in dyno.state() if "/slugs/.new-" in path], "a slug being made")
        process.send_signal(sent)
        process.communicate(timeout=20)
        if sent == signal.SIGKILL:
            check(half_made(dyno), "nothing is left half, so the fault was not made")
        dyno.call("ps").ended(0)
        until(lambda: not half_made(dyno), "nothing half: %s" % half_made(dyno), 5)
    dyno.await_clean()


@case("P20", "two stops at once, and the stop of one that has ended: no harm")
def two_stops():
    dyno = Dyno()
    process, name = up(dyno)
    stops = [dyno.start("ps:stop", name) for _ in range(2)]
    for stop in stops:
        _, err = stop.communicate(timeout=20)
        late = stop.returncode == 2 and b"Couldn't find that dyno" in err  # the other was so much quicker
        check((stop.returncode in (0, 1) or late) and b"Exception" not in err, "status %d: %r" % (stop.returncode, err))
    process.wait(20)
    dyno.call("ps:stop", name).ended(2)
    dyno.await_clean()


@case("P11", "a limit of processes: the dyno meets it, dyno and the host do not")
def process_limit():
    dyno = Dyno()
    if "✓ processes".encode() not in dyno.call("doctor").out:
        raise NotPossible("no limit of processes to be had here")
    result = dyno.run("-s", "eco", "for i in $(seq 400); do sleep 5 & done 2>/dev/null; jobs -p | wc -l; kill $(jobs -p)", seconds=60).sane()
    check(int(result.out or b"0") < 256, "it had more processes than its size allows: %s" % result)
    dyno.call("ps", seconds=5).ended(0)
    dyno.await_clean()
