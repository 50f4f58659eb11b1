"""T: terminals, pipes and what is read slowly, closed or resized."""

import hashlib
import os
import select
import signal
import subprocess
import termios
import time

from harness import Dyno, Terminal, alive, case, check, size, status_field, until

READY = b"READY-%d" % 7  # said by the program, so it does not stand in the line typed
SAY_READY = "printf 'READY-%d\\n' 7"
MEGABYTE = 1 << 20


def resident(pid):
    """Its resident memory in bytes."""
    return int((status_field(pid, "VmRSS") or "0").split()[0]) * 1024


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


@case("T14", "a terminal that nobody reads, and ps:stop: the program ends within its grace, the command once it is read")
def stalled_terminal():
    dyno = Dyno()
    tag = "fault-yes-%d" % os.getpid()
    terminal = dyno.terminal("run", SAY_READY + "; exec -a %s yes" % tag, env={"DYNO_GRACE": "2"})
    terminal.expect(READY)
    name = dyno.call("ps", "--json").ended(0).out.split(b"run.")[1][:4].decode()
    dyno.call("ps:stop", "run." + name).ended(0)
    until(lambda: not [pid for pid in alive(tag) if status_field(pid, "Name") == "yes"], "the program's end", 15)
    check(terminal.end() == 143, "a status other than 143")
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
