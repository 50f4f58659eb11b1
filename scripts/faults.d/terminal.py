"""T: terminals, pipes and what is read slowly, closed or resized."""

import hashlib
import os
import re
import select
import shutil
import signal
import subprocess
import termios
import time

from harness import Dyno, Terminal, alive, case, check, descendants, is_gone, is_idle, resident, size, status_field, until

READY = b"READY-%d" % 7  # said by the program, so it does not stand in the line typed
SAY_READY = "printf 'READY-%d\\n' 7"
MEGABYTE = 1 << 20


@case("T16", "a flood through the terminal with a slow reader: every byte, and dyno's memory stays as it was", limit=900)
def flood():
    total = size("FLOOD", 1_000_000_000, 50_000_000)
    dyno = Dyno()
    script = "stty -opost; " + SAY_READY + "; read x; seq 1 999999999 | head -c %d" % total
    terminal = dyno.terminal("run", script)
    terminal.expect(READY + b"\n")
    pid = terminal.program()
    before = resident(pid)
    terminal.seen = b""
    terminal.send("\r")
    terminal.expect(b"\n1\n2\n3\n")
    # Nobody reads, until dyno has filled what there is to fill and waits.
    quiet = time.monotonic() + 0.5
    select.select([], [], [], quiet - time.monotonic())
    got, want, most = hashlib.sha256(), hashlib.sha256(), before
    seen = terminal.seen[terminal.seen.index(b"1\n2\n3\n"):]
    got.update(seen)
    count = len(seen)
    rounds = 0
    deadline = time.monotonic() + 800
    while count < total:
        check(time.monotonic() < deadline, "only %d bytes have come" % count)
        select.select([terminal.master], [], [], 1)
        terminal.seen = b""
        data = terminal.read(4096)
        check(data is not None, "ended after %d of %d bytes" % (count, total))
        data = data[: total - count]
        got.update(data)
        count += len(data)
        rounds += 1
        if rounds % 1000 == 0:
            most = max(most, resident(pid))
    seq = subprocess.Popen("seq 1 999999999 | head -c %d" % total, shell=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for data in iter(lambda: seq.stdout.read(MEGABYTE), b""):
        want.update(data)
    check(got.digest() == want.digest(), "the bytes differ")
    check(most - before < 64 * MEGABYTE, "memory grew by %d MB" % ((most - before) // MEGABYTE))
    check(terminal.end() == 0, "a status other than 0")


@case("T21", "100 kB printed just before the exit: nothing is lost, however often", limit=900)
def fast_exit():
    dyno = Dyno()
    want = b"x" * 100_000 + b"END"
    for number in range(size("EXITS", 500, 10)):
        terminal = dyno.terminal("run", "head -c 100000 /dev/zero | tr '\\0' x; printf END")
        status = terminal.end()
        check(status == 0, "status %d in round %d" % (status, number))
        check(terminal.seen.endswith(want) and terminal.seen.count(b"x") >= 100_000, "round %d: %d bytes, the end %r" % (number, len(terminal.seen), terminal.seen[-40:]))
        terminal.close()


@case("T22", "a background child holds the terminal: dyno ends at once, with all output and the status")
def background_child():
    dyno = Dyno()
    begin = time.monotonic()
    terminal = dyno.terminal("run", "(trap '' HUP; sleep 300) & echo out-$((6*7)); exit 9")
    check(terminal.end() == 9, "not the program's status")
    check(b"out-42" in terminal.seen, "output lost: %r" % terminal.seen)
    check(time.monotonic() - begin < 10, "took %.1f s" % (time.monotonic() - begin))
    dyno.await_clean()


@case("T08", "a storm of resizes, with absurd sizes among them: the last one arrives, and dyno is idle then")
def resize_storm():
    dyno = Dyno()
    terminal = dyno.terminal("run", SAY_READY + "; while read x; do stty size; done")
    terminal.expect(READY)
    for number in range(size("RESIZES", 1000, 300)):
        rows, columns = (0, 0) if number % 50 == 0 else (65535, 65535) if number % 50 == 1 else (number % 200 + 1, 80)
        terminal.resize(rows, columns)
        terminal.read()
    terminal.resize(33, 77)

    def arrived():
        terminal.send("\r")
        terminal.read()
        return b"33 77" in terminal.seen

    until(arrived, "the last size")
    until(lambda: is_idle(terminal.program()), "dyno idle")
    terminal.send("\x04")
    check(terminal.end() == 0, "a status other than 0")


@case("T09", "a terminal of 0 x 0: the dyno has 24 x 80")
def size_of_nothing():
    terminal = Dyno().terminal("run", "stty size", rows=0, columns=0)
    check(terminal.end() == 0 and b"24 80" in terminal.seen, repr(terminal.seen[-100:]))


def restored(sent, statuses):
    dyno = Dyno()
    terminal = dyno.terminal("run", SAY_READY + "; sleep 300")
    terminal.expect(READY)
    pid = terminal.program()
    check(terminal.settings() != terminal.before, "the terminal was never raw")
    os.kill(pid, sent)
    status = terminal.end()
    check(status in statuses, "status %d" % status)
    until(lambda: terminal.settings() == terminal.before, "the terminal's settings as before")
    ps = dyno.call("ps").ended(0)  # which after a SIGKILL removes what is left
    check(ps.out.startswith(b"No dynos"), str(ps))
    dyno.await_clean()


@case("T01", "SIGTERM while the terminal is raw: its settings are as before, status 143, nothing is left")
def terminated():
    restored(signal.SIGTERM, {143})


@case("T02", "SIGHUP while the terminal is raw: its settings are as before, nothing is left")
def hung_up():
    restored(signal.SIGHUP, {129})


@case("T03", "SIGINT from outside: the terminal's settings are as before, status 130, nothing is left")
def interrupted():
    restored(signal.SIGINT, {130})


@case("T04", "SIGKILL while the terminal is raw: its settings are as before, nothing is left")
def killed_while_raw():
    restored(signal.SIGKILL, {137})


def small_heap(dyno, kilobytes):
    """A launcher whose JVM has so little memory; where it lies the built one is."""
    packed = os.path.dirname(os.path.dirname(dyno.launcher))
    with open(os.path.join(packed, "launch")) as file:
        launch = file.read()
    check("-Xmx256m" in launch, "the launcher sets another heap: the case is to be changed")
    small = os.path.join(dyno.root, "user", "heap-%d" % kilobytes)
    os.makedirs(os.path.join(small, "bin"))
    shutil.copy(dyno.launcher, os.path.join(small, "bin", "dyno"))
    with open(os.path.join(small, "launch"), "w") as file:
        file.write(launch.replace("-Xmx256m", "-Xmx%dk" % kilobytes))
    return os.path.join(small, "bin", "dyno")


@case("T05", "the JVM crashes while the terminal is raw: its settings are as before, nothing is left, nor written into the app")
def crashed_while_raw():
    for sent in (signal.SIGABRT, signal.SIGSEGV):
        dyno = Dyno()
        script = 'ulimit -c 0; exec "$0" run "$1"'  # a core is its user's to want
        words = ["bash", "-c", script, dyno.launcher, SAY_READY + "; sleep 300"]
        terminal = Terminal(words, dyno.env(), dyno.app)
        terminal.expect(READY)
        check(terminal.settings() != terminal.before, "the terminal was never raw")
        os.kill(terminal.program(), sent)
        status = terminal.end()
        check(status != 0, "a status that tells nothing of it")
        until(lambda: terminal.settings() == terminal.before, "the terminal's settings as before")
        dyno.call("ps").ended(0)
        dyno.await_clean()
        check(not os.listdir(dyno.app), "written into the app: %s" % os.listdir(dyno.app))


@case("T05", "a heap that is too small, at whatever moment it shows: works or ends with an error, the terminal as before", limit=300)
def small_heaps():
    dyno = Dyno()
    for kilobytes in (1024, 2048, 2560, 3072, 4096)[:: size("HEAPS", 1, 3)]:
        dyno.launcher = small_heap(dyno, kilobytes)
        terminal = dyno.terminal("run", "seq 20000; head -c 20000 /dev/zero | tr '\\0' x")
        status = terminal.end()
        check(status != 0 or terminal.seen.endswith(b"x" * 20_000), "heap of %d kB: output is lost" % kilobytes)
        until(lambda: terminal.settings() == terminal.before, "the terminal's settings as before")
        dyno.launcher = os.environ["FAULTS_LAUNCHER"]
        dyno.call("ps").ended(0)
        dyno.await_clean()


@case("T05", "the state directory is taken away while the terminal is raw: its settings are as before, no trace of Java")
def state_taken_away():
    dyno = Dyno()
    terminal = dyno.terminal("run", SAY_READY + "; read x; exit 5")
    terminal.expect(READY)
    os.rename(dyno.home, dyno.home + "-elsewhere")
    terminal.send("\r")
    status = terminal.end()
    check(status in (5, 125), "status %d: %r" % (status, terminal.seen))
    check(b"\tat " not in terminal.seen and b"Exception" not in terminal.seen, repr(terminal.seen))
    check(terminal.settings() == terminal.before, "the terminal's settings differ")
    until(lambda: not alive(dyno.home), "processes ended: %s" % alive(dyno.home))


@case("T07", "started in the background: it has no terminal to read, works without, and leaves it as it is")
def in_background():
    dyno = Dyno()
    script = 'set -m; "$0" run "echo out-\\$((6*7)); read x; echo read-\\$?; exit 4" & wait $!; echo status-$?; exec sleep 0'
    terminal = Terminal(["bash", "-c", script, dyno.launcher], dyno.env(), dyno.app)
    terminal.expect("out-42")
    check(terminal.settings() == terminal.before, "the terminal is another job's, and was changed")
    terminal.end()
    check(b"read-1" in terminal.seen and b"status-4" in terminal.seen, repr(terminal.seen))
    check(terminal.settings() == terminal.before, "the terminal's settings differ")
    dyno.await_clean()


@case("T19", "a line of 10 kB typed into a program that reads lines: what the kernel lets through, as without dyno; no hang")
def long_line():
    line = b"0123456789" * 1000 + b"\r"
    dyno = Dyno()
    script = "stty icanon -echo; " + SAY_READY + "; head -n 1 | wc -c; head -n 1"
    counted = []
    for terminal in (dyno.terminal("run", script), Terminal(["bash", "-c", script], dyno.env(), dyno.app)):
        terminal.expect(READY + b"\r\n")
        terminal.seen = b""
        terminal.send(line)
        terminal.expect(b"\n")
        counted.append(int(terminal.seen))
        terminal.send("next\r")
        terminal.expect("next")
        check(terminal.end() == 0, "a status other than 0")
    check(counted[0] == counted[1] and counted[0] >= 4095, "%d bytes, without dyno %d" % tuple(counted))
    result = dyno.run("head -n 1 | wc -c", stdin=line.replace(b"\r", b"\n")).ended(0)
    check(int(result.out) == len(line), "in a pipe nothing is cut: %s" % result)


@case("T23", "a script on the stdin of run bash: every line of it is run, and its status kept, on a terminal too")
def script_on_stdin():
    dyno = Dyno()
    body = b"".join(b"echo line-%d\n" % number for number in range(5000))
    want = b"".join(b"line-%d\n" % number for number in range(5000))
    result = dyno.run("bash", stdin=body + b"cat <<'END'\n$x `y`\nEND\nexit 9\n").ended(9)
    check(result.out == want + b"$x `y`\n", "%d bytes, the end %r" % (len(result.out), result.out[-40:]))
    script = '"$0" run bash <<\'END\'\necho from-$((6*7))\nread next\nthis line is read\necho $next\nexit 9\nEND\n'
    terminal = Terminal(["bash", "-c", script, dyno.launcher], dyno.env(), dyno.app)
    check(terminal.end() == 9, "a status other than 9")
    check(b"from-42" in terminal.seen and b"this line is read" in terminal.seen, repr(terminal.seen))
    check(terminal.settings() == terminal.before, "the terminal's settings differ")


@case("T24", "the terminal vanishes: dyno ends, and nothing is left of the dyno")
def terminal_vanishes():
    dyno = Dyno()
    terminal = dyno.terminal("run", SAY_READY + "; sleep 300")
    terminal.expect(READY)
    terminal.close()
    terminal.leader.wait(20)
    dyno.await_clean()


@case("T10", "600 kB on stdin that is a pipe: byte for byte, the end, and the status")
def piped_stdin():
    data = bytes(range(256)) * 2400
    result = Dyno().run("cat; exit 7", stdin=data).ended(7)
    check(result.out == data, "%d bytes of %d came back" % (len(result.out), len(data)))


@case("T10", "stdin is /dev/null, or closed: an end at once")
def no_stdin():
    dyno = Dyno()
    dyno.run("cat; echo end").ended(0)
    process = dyno.start("run", "cat; echo end", stdin=None, preexec_fn=lambda: os.close(0))
    out, err = process.communicate(timeout=20)
    check(process.returncode == 0 and out == b"end\n", "status %d: %r %r" % (process.returncode, out, err))


@case("T11", "stdout is not a terminal: no escape codes, no carriage returns, stderr apart")
def no_terminal():
    result = Dyno().run("echo out; echo err >&2").ended(0)
    check(result.out == b"out\n", str(result))
    check(b"err\n" in result.err and b"\x1b" not in result.err and b"\r" not in result.err, str(result))


@case("T12", "stdout is closed early: ends soon, without a trace, and nothing is left")
def stdout_closed_early():
    dyno = Dyno()
    process = dyno.start("run", "yes")
    process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read()
    process.wait(20)
    check(b"Exception" not in err and process.returncode != 70, "status %d: %r" % (process.returncode, err))
    dyno.await_clean()


@case("T13", "stdout is full: an error, and a status that is not 0")
def stdout_full():
    dyno = Dyno()
    for words in (("run", "echo out"), ("ps",), ("runs",), ("help",), ("logs",)):
        with open("/dev/full", "wb") as full:
            result = dyno.call(*words, stdout=full).sane()
        check(result.status != 0, "no status tells that the output is lost: %s" % result)
    dyno.await_clean()


def stopped_while_stalled(dyno, terminal):
    """ps:stop of a run whose terminal nobody reads: it ends all the same, and is remembered."""
    name = dyno.one_off()
    program = terminal.program()
    before = most = resident(program)
    dyno.call("ps:stop", "--dyno-name", name).ended(0)
    deadline = time.monotonic() + 20
    while not is_gone(program):
        most = max(most, resident(program))
        check(time.monotonic() < deadline, "dyno is still there, and nobody reads its terminal")
        select.select([], [], [], 0.05)
    check(most - before < 32 * MEGABYTE, "memory grew by %d MB" % ((most - before) // MEGABYTE))
    check(terminal.settings() == terminal.before, "the terminal's settings differ")
    ps = dyno.call("ps").ended(0)
    check(ps.out.startswith(b"No dynos"), str(ps))
    runs = dyno.call("runs").ended(0)
    check(name.encode() in runs.out, "not among the runs: %s" % runs)
    logged = dyno.call("logs", "--dyno-name", name).ended(0).out
    check(logged.count(b"Process exited") == 1 and b"to complete" in logged, "its log has no end: %r" % logged[-300:])


@case("T14", "a terminal that nobody reads, and ps:stop: dyno ends within its grace, its memory as it was, log and runs whole")
def stalled_terminal():
    dyno = Dyno()
    terminal = dyno.terminal("run", SAY_READY + "; exec yes", env={"DYNO_GRACE": "2"})
    terminal.expect(READY)
    stopped_while_stalled(dyno, terminal)
    check(terminal.end() == 143, "a status other than 143")
    dyno.await_clean()


@case("T14", "nobody reads what the program has left to be shown, and ps:stop: dyno ends, and the screen is given back later")
def stalled_at_the_end():
    dyno = Dyno()
    terminal = dyno.terminal("run", "printf '\\033[?1049h'; " + SAY_READY + "; read x; exec seq 1 5000")
    terminal.expect(READY)
    program = terminal.program()
    os.write(terminal.master, b"\r")
    until(lambda: not descendants(program), "the program's end")
    stopped_while_stalled(dyno, terminal)
    terminal.end()
    check(b"\x1b[?1049l" in terminal.seen, "the other screen is never left")
    dyno.await_clean()


def writes(pid):
    """Whether one of its threads is in a write to stdout or stderr."""
    for task in os.listdir("/proc/%d/task" % pid):
        try:
            with open("/proc/%d/task/%s/syscall" % (pid, task)) as file:
                words = file.read().split()
        except OSError:
            continue
        if words[0] in ("1", "64") and words[1] in ("0x1", "0x2"):
            return True
    return False


@case("T14", "Ctrl-S before dyno begins, and SIGTERM: it ends, and nothing is left")
def stalled_before():
    dyno = Dyno()
    terminal = Terminal(
        ["bash", "-c", 'stty -echo; printf READY; read x; exec "$0" run true', dyno.launcher], dyno.env(), dyno.app)
    terminal.expect("READY")
    terminal.before = terminal.settings()
    program = terminal.program()
    os.write(terminal.master, b"\x13")
    os.write(terminal.master, b"\r")
    until(lambda: status_field(program, "Name") == "java" and writes(program), "dyno that has something to say", 20)
    os.kill(program, signal.SIGTERM)
    until(lambda: is_gone(program), "dyno's end", 20)
    os.write(terminal.master, b"\x11")
    check(terminal.end() == 143, "a status other than 143")
    check(terminal.settings() == terminal.before, "the terminal's settings differ")
    dyno.call("ps").ended(0)
    dyno.await_clean()


@case("T14", "a formation on a terminal that nobody reads, and SIGTERM: it ends within its grace, and nothing is left")
def stalled_formation():
    dyno = Dyno()
    dyno.write("Procfile", "flood: yes\n")
    terminal = dyno.terminal("local", env={"DYNO_GRACE": "2"})
    terminal.expect(b"y\r\n")
    program = terminal.program()
    flood = [pid for pid in descendants(program) if status_field(pid, "Name") == "yes"][0]
    until(lambda: is_idle(flood), "a program that waits for its reader")
    os.kill(program, signal.SIGTERM)
    until(lambda: is_gone(program), "dyno's end", 20)
    terminal.end()
    check(terminal.settings() == terminal.before, "the terminal's settings differ")
    dyno.await_clean()


@case("T15", "TERM is unset, dumb, unknown, or 2 kB long: works")
def odd_term():
    dyno = Dyno()
    for term in (None, "", "dumb", "no-such-terminal", "x" * 2000):
        terminal = dyno.terminal("run", "echo out-$((6*7))", env={"TERM": term})
        check(terminal.end() == 0 and b"out-42" in terminal.seen, "TERM=%r: %r" % (term, terminal.seen))


@case("T17", "binary, NUL and invalid UTF-8 in both directions: unchanged")
def binary():
    data = bytes(range(256)) * 40
    dyno = Dyno()
    dyno.write("data", data)
    terminal = dyno.terminal("run", "stty raw -echo; " + SAY_READY + "; cat data; head -c %d | cmp - data && printf SAME; exit 0" % len(data))
    terminal.expect(READY + b"\n" + data)
    terminal.send(data)
    terminal.expect(b"SAME")
    check(terminal.end() == 0, "a status other than 0")


@case("T18", "a paste of 300 kB that is echoed: no deadlock, nothing lost")
def paste():
    data = b"0123456789abcdef" * 20_000
    terminal = Dyno().terminal("run", "stty raw -echo; " + SAY_READY + "; head -c %d" % len(data))
    terminal.expect(READY + b"\n")
    terminal.seen = b""
    terminal.send(data, 60)
    terminal.expect(data, 60)
    check(terminal.end() == 0, "a status other than 0")


@case("T20", "Ctrl-C, Ctrl-\\ and Ctrl-Z belong to the program: dyno does not die of them")
def control_keys():
    script = "stty -icanon -isig -echo; " + SAY_READY + "; head -c 4 | od -An -tx1; echo over"
    terminal = Dyno().terminal("run", script)
    terminal.expect(READY)
    terminal.send(b"\x03\x1c\x1a\x00")
    terminal.expect(b"03 1c 1a 00")
    terminal.expect(b"over")
    check(terminal.end() == 0, "a status other than 0")


@case("T20", "job control: Ctrl-Z stops what runs in bash in the dyno, fg goes on with it, Ctrl-C and Ctrl-\\ end it")
def job_control():
    dyno = Dyno()
    terminal = dyno.terminal("run", "bash --norc -i")
    terminal.send("PS1='prompt-$((6*7))- '\r")
    terminal.expect("prompt-42-")

    def typed(keys, *expected):
        terminal.seen = b""
        terminal.send(keys)
        for text in expected:
            terminal.expect(text)

    typed("sh -c 'echo runs-$((6*7)); sleep 300'\r", "runs-42")
    typed("\x1a", "Stopped", "prompt-42-")
    typed("fg\r", "sleep 300")
    typed("\x03", "prompt-42-")
    typed("echo ended-$?\r", "ended-130", "prompt-42-")
    typed("sh -c 'echo runs-$((6*7)); exec sleep 300'; echo ended-$?\r", "runs-42")
    typed("\x1c", "ended-131", "prompt-42-")
    terminal.send("exit 5\r")
    check(terminal.end() == 5, "a status other than 5")
    check(terminal.settings() == terminal.before, "the terminal's settings differ")


@case("T25", "two in one pipeline share the terminal: its settings are as before")
def pipeline():
    dyno = Dyno()
    script = '"$0" run "echo from-$((6*7))" | "$0" run cat'
    terminal = Terminal(["bash", "-c", script, dyno.launcher], dyno.env(), dyno.app)
    check(terminal.end() == 0 and b"from-42" in terminal.seen, repr(terminal.seen))
    check(terminal.settings() == terminal.before, "the settings differ")


@case("T06", "SIGTSTP from outside: the terminal is cooked while dyno is stopped, raw again after SIGCONT")
def stopped_and_continued():
    dyno = Dyno()
    terminal = dyno.terminal("run", SAY_READY + "; while read x; do echo got-$x; done")
    terminal.expect(READY)
    pid = terminal.program()
    raw = terminal.settings()
    os.kill(pid, signal.SIGTSTP)
    until(lambda: status_field(pid, "State").startswith("T"), "dyno stopped")
    check(terminal.settings()[3] & termios.ICANON, "the terminal stays raw")
    os.kill(pid, signal.SIGCONT)
    until(lambda: terminal.settings() == raw, "the terminal raw again")
    terminal.send("42\r")
    terminal.expect("got-42")
    terminal.send("\x04")
    check(terminal.end() == 0, "a status other than 0")
    check(not alive(dyno.home), "processes are left")
