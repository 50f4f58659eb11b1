"""X: secrets, names that are paths, escape sequences, and what a dyno could do to its user."""

import os
import re
import signal
import stat
import subprocess
import termios

from harness import Dyno, NotPossible, another_user, as_user, case, check, digest, size, until

CANARY = "canary-8d1f"


@case("X01", "secrets in the caller's environment are not in the dyno's")
def environment():
    secrets = {name: CANARY for name in ("AWS_SECRET_ACCESS_KEY", "SSH_AUTH_SOCK", "GITHUB_TOKEN", "npm_config_token", "http_proxy", "BASH_ENV_X", "DYNO_X")}
    result = Dyno().run("env; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep ^AWS", env=secrets)
    check(CANARY.encode() not in result.out, str(result))


@case("X02", "the user's home is not the dyno's")
def home():
    dyno = Dyno()
    with open(os.path.join(dyno.root, "user", "secret"), "w") as file:
        file.write(CANARY)
    if "✓ isolation".encode() not in dyno.call("doctor").out:
        raise NotPossible("no namespaces here")
    result = dyno.run("cat %s/user/secret ~/secret" % dyno.root).sane()
    check(CANARY.encode() not in result.out, str(result))


@case("X05", "what dyno writes is its user's alone: directories 0700, files 0600")
def permissions():
    dyno = Dyno()
    dyno.write(".env", "A=%s\n" % CANARY)
    old = os.umask(0)
    dyno.run("true").ended(0)
    dyno.call("config:set", "B=" + CANARY).ended(0)
    os.umask(old)
    check(stat.S_IMODE(os.lstat(dyno.home).st_mode) == 0o700, "the state directory is open")
    for path in dyno.state():
        if "/slugs/" in path and "/files" in path:
            continue  # the app's own modes, in a directory that is closed
        mode = stat.S_IMODE(os.lstat(os.path.join(dyno.home, path)).st_mode)
        check(mode & 0o077 == 0, "%s has mode %o" % (path, mode))


@case("X06", "escape sequences in commands, names and file names do not reach the terminal through dyno's own words")
def escapes():
    evil = "\x1b]0;EVIL\x07\x1b[31m\x9b31m\r\x08\u202e"
    dyno = Dyno("app\x1b[31m\x9b")
    dyno.write("evil" + evil, "x")
    dyno.write("Procfile", "web: echo '%s'\n" % evil.replace("\r", ""))
    keep = dyno.run("--keep", "--diff", "echo x > 'new%s'; echo y >> evil*; : '%s'" % (evil, evil)).sane()
    running = dyno.start("run", "echo up; : '%s'; exec sleep 300" % evil)
    running.stdout.readline()
    try:
        name = dyno.call("ps", "--json").out.split(b"run.")[1].split(b'"')[0].decode()
        looks = [keep, *(dyno.call(*words).sane() for words in (
            ("ps",), ("runs",), ("releases",), ("logs",), ("apps",), ("apps:info",), ("config",), ("check",), ("doctor",), ("diff", "run." + name), ("runs:info", "run." + name)))]
        kept = [line.split()[0].decode() for line in dyno.call("runs").out.splitlines() if line.strip().startswith(b"run.")]
        for one in kept:
            looks += [dyno.call("diff", one).sane(), dyno.call("runs:info", one).sane()]
        looks.append(dyno.call("ps:stop", evil).sane())
        looks.append(dyno.call("logs", "--dyno", evil).sane())
        looks.append(dyno.call("config:set", "A%s=1" % evil).sane())
        looks.append(dyno.call("ps:exec", "--dyno", evil, "true").sane())
        looks.append(dyno.call("releases:info", evil).sane())
        looks.append(dyno.call(evil).sane())
        for result in looks:
            shown = (result.out + result.err).decode("utf-8", "replace")
            raw = [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c == "\u202e"]
            check(not raw, "raw %r in %s" % (raw[:5], result))
    finally:
        running.terminate()
        running.wait(20)


@case("X06", "nor on a terminal: colours are dyno's own, titles and the rest of the escapes nobody's")
def escapes_on_a_terminal():
    evil = "\x1b]0;EVIL\x07\x1b[6n"
    dyno = Dyno()
    dyno.run(": '%s'" % evil).ended(0)
    dyno.write("file" + evil, "x")
    for words in (("ps",), ("runs",), ("logs",), ("releases",), ("check",), ("config:set", "GOOD=" + evil), ("config",)):
        terminal = dyno.terminal(*words)
        terminal.end()
        check(b"\x1b]" not in terminal.seen and b"\x1b[6n" not in terminal.seen and b"\x07" not in terminal.seen, "%s: %r" % (words, terminal.seen))


@case("X07", "names that are paths do not lead out of the state directory")
def names_as_paths():
    dyno = Dyno()
    dyno.run("true").ended(0)
    for name in ("../../etc/passwd", "run.1/../..", ".", "..", "", "run.\uff11", "run.1\n", "/etc/passwd", "run.0", "run.99999999999999999999"):
        for words in (("runs:info", name), ("diff", name), ("ps:stop", name), ("logs", "--dyno", name), ("runs:rm", name), ("rerun", name), ("export", name), ("releases:info", name), ("releases:output", name)):
            result = dyno.call(*words, seconds=15).sane()
            check(b"root:" not in result.out, str(result))
            # logs of a name without lines, and diff without one, are no errors
            check(result.status != 0 or words[0] in ("logs", "diff", "runs:rm", "rerun", "releases:output", "export", "runs:info", "releases:info", "ps:stop") and (words[0] == "logs" or name in ("", "run.1\n")), str(result))
    dyno.call("runs").ended(0)


@case("X08", "quotes in the app's directory, in config names and in TERM start nothing")
def injection():
    dyno = Dyno("a'; touch pwned; '$(touch pwned)")
    dyno.run("true", env={"TERM": "x;touch pwned", "LANG": "$(touch pwned)"}).ended(0)
    dyno.call("config:set", "A=$(touch pwned)`touch pwned`").ended(0)
    dyno.run("true").ended(0)
    for directory, _, names in os.walk(dyno.root):
        check("pwned" not in names, "something was started in %s" % directory)


@case("X09", "the program cannot type into the user's terminal (TIOCSTI)")
def tiocsti():
    try:
        with open("/proc/sys/dev/tty/legacy_tiocsti") as file:
            if file.read().strip() == "0":
                raise NotPossible("this kernel has TIOCSTI switched off")
    except FileNotFoundError:
        pass
    dyno = Dyno()
    dyno.write("type.py", "import fcntl,termios,glob,os\nfor t in ['/dev/tty']+glob.glob('/dev/pts/*')+['/proc/self/fd/0']:\n try:\n  fd=os.open(t,os.O_RDWR|os.O_NOCTTY)\n  for c in b'TYPED':\n   fcntl.ioctl(fd,termios.TIOCSTI,bytes([c]))\n except OSError: pass\nprint('tried')\n")
    terminal = dyno.terminal("run", "python3 type.py >/dev/null; echo tried-$((6*7))")
    terminal.expect("tried-42")
    terminal.end()
    after = terminal.seen[terminal.seen.index(b"tried-42"):]
    check(b"TYPED" not in after, repr(after))


@case("X12", "config values stand in no process's command line")
def command_lines():
    dyno = Dyno()
    dyno.write(".env", "SECRET=%s\n" % CANARY)
    process = dyno.start("run", "echo up; exec sleep 300")
    process.stdout.readline()
    try:
        listed = subprocess.run(["ps", "-eo", "args"], stdout=subprocess.PIPE).stdout
        check(CANARY.encode() not in listed, "a command line shows it")
    finally:
        process.terminate()
        process.wait(20)


@case("X13", "a dyno that kills everything it can: dyno and another dyno live on")
def kills_everything():
    dyno = Dyno()
    if "✓ isolation".encode() not in dyno.call("doctor").out:
        raise NotPossible("no namespaces here")
    other = dyno.start("run", "echo up; read x; echo alive", stdin=subprocess.PIPE)
    other.stdout.readline()
    result = dyno.run("kill -9 -1; exit 5").sane()
    check(result.status in (5, 137), str(result))
    out, _ = other.communicate(b"x\n", timeout=20)
    check(out == b"alive\n" and other.returncode == 0, "the other dyno: %r" % out)


@case("X17", "bash's files and programs of the app's names are not run by dyno itself")
def programs_of_the_app():
    dyno = Dyno()
    for name in ("bash", "sh", "cp", "rm", "stty", "bwrap", "setsid", "env", "java", "readlink"):
        dyno.write(name, "#!/bin/sh\n/usr/bin/touch %s/user/pwned\n" % dyno.root, 0o755)
    dyno.call("ps", env={"PATH": ".:" + os.environ["PATH"]}).sane()
    result = dyno.run("true", env={"PATH": os.environ["PATH"] + ":."}).ended(0)
    check(not os.path.exists(os.path.join(dyno.root, "user", "pwned")), str(result))


@case("X04", "a state directory of another user: refused in one line, and not touched")
def state_of_another_user():
    dyno = Dyno()
    dyno.write("Procfile", "web: true\n")
    if os.geteuid() != 0:
        places = ["/tmp", "/etc", "/root"]  # which anybody may write to, read, or neither
    else:
        uid = another_user()
        places = [os.path.join(dyno.root, "others-%o" % mode) for mode in (0o700, 0o777)]
        for place in places:
            os.mkdir(place)
            os.chown(place, uid, uid)
            os.chmod(place, int(place[-3:], 8))
        # One that a dyno of that user has made, and lived in.
        dyno.home = os.path.join(dyno.root, "lived-in")
        os.mkdir(dyno.home)
        os.chown(dyno.home, uid, uid)
        dyno.run("true", **as_user(uid), env={"HOME": dyno.home}).ended(0)
        places.append(dyno.home)
    for place in places:
        dyno.home = place
        before = digest(place) if os.geteuid() == 0 else os.stat(place).st_mtime_ns
        commands = (("run", "true"), ("ps",), ("config:set", "A=b"), ("local", "--once"), ("runs",), ("logs",), ("doctor",))
        for words in commands[:size("REFUSALS", 7, 2)]:
            result = dyno.call(*words).sane()
            check(result.status == (125 if words == ("run", "true") else 1), str(result))
            check(b"belongs to another user" in result.out + result.err and b"DYNO_HOME" in result.out + result.err, str(result))
        if os.geteuid() == 0:
            check(digest(place) == before, "%s was touched" % place)
        check(place == "/tmp" or os.geteuid() == 0 or os.stat(place).st_mtime_ns == before, "%s was touched" % place)
        check(os.geteuid() == 0 or not os.path.exists(os.path.join(place, "format")), "%s was used" % place)
