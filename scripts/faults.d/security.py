"""X: secrets, names that are paths, escape sequences, and what a dyno could do to its user."""

import gzip
import hashlib
import os
import re
import shutil
import stat
import struct
import subprocess
import zlib

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


def isolated(dyno):
    if os.environ.get("DYNO_ISOLATION") == "plain":
        raise NotPossible("plain is asked for")
    if "✓ isolation".encode() not in dyno.call("doctor").out:
        raise NotPossible("no namespaces here")


@case("X03", "a dyno cannot write to the app's directory, by whatever path")
def app_from_inside():
    dyno = Dyno()
    isolated(dyno)
    dyno.write("file", "x")
    dyno.write("lib/other", "y")
    before = digest(dyno.app)
    dyno.run("for root in '' /proc/1/root /proc/self/root /proc/$PPID/cwd /../..; do"
             " for to in file lib/other new; do echo changed > \"$root%s/$to\"; rm -rf \"$root%s/$to\"; done; done; cd ..; cd ..; rm -rf .%s; exit 0" % (dyno.app, dyno.app, dyno.app)).sane()
    check(digest(dyno.app) == before, "the app has changed")
    # What the slug shares with later ones is not to be had either.
    dyno.run("find / -xdev -name other -exec sh -c 'echo changed > $0; chmod 777 $0; echo changed > $0' {} \\; ; exit 0").sane()
    check(dyno.run("cat lib/other").ended(0).out == b"y", "the next dyno has the last one's files")
    check(digest(dyno.app) == before, "the app has changed")


@case("X04", "dyno makes no file where others could have put something before: neither in /tmp nor in the working directory")
def nothing_made_elsewhere():
    if not shutil.which("strace"):
        raise NotPossible("strace is not installed")
    dyno = Dyno()
    dyno.write("Procfile", "web: true\n")
    trace = os.path.join(dyno.root, "trace")
    for words in (("run", "true"), ("config:set", "A=b"), ("ps",), ("local", "--once"), ("doctor",), ("logs",)):
        process = subprocess.Popen(["strace", "-f", "-y", "-o", trace, "-e", "trace=openat,open,creat,mkdir,mkdirat,symlink,symlinkat,link,linkat,rename,renameat,renameat2,mknod,mknodat,bind", dyno.launcher, *words],
                                   cwd=dyno.app, env=dyno.env(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        check(process.wait(60) == 0 or words == ("doctor",), "%s: status %d" % (words[0], process.returncode))
        dynos = set()  # processes of bubblewrap and below, which see another /tmp
        with open(trace, "rb") as file:
            for line in file:
                one = line.split(None, 1)[0]
                if b"newroot" in line or b"oldroot" in line:
                    dynos.add(one)
                if one in dynos or b"ENOENT" in line or b" = -1" in line or (b"open" in line.split(b"(")[0] and b"O_CREAT" not in line):
                    continue
                for path in re.findall(rb'"(/[^"]*)"', line):
                    harmless = path.startswith((dyno.home.encode(), b"/dev/", b"/sys/fs/cgroup", b"/proc/"))
                    check(harmless or not path.startswith((b"/tmp", b"/var/tmp", dyno.root.encode())), "%s: %r" % (words[0], line[:300]))


@case("X10", "a dyno reaches no terminal and no open file but its own, by /dev/pts and /proc")
def terminals_of_others():
    dyno = Dyno()
    isolated(dyno)
    other = dyno.terminal("run", "echo ready; cat")  # another window of the user's
    other.expect("ready")
    dyno.write("reach.sh", "for t in /dev/pts/* /dev/tty* /dev/console /proc/[0-9]*/fd/* /proc/[0-9]*/root/dev/pts/*; do [ \"$t\" -ef /dev/stdout ] || timeout 2 sh -c 'echo REACHED-$((6*7)) > $0' $t; done 2>/dev/null; cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -c ^DYNO_HOME=; ls /proc | grep -c '^[0-9]'\n")
    terminal = dyno.terminal("run", "bash reach.sh > result 2>&1 < /dev/null; cat result | sed 's/REACHED/own/'; echo done-$((6*7))")
    terminal.expect("done-42")
    terminal.end()
    other.send("typed\n")
    other.expect("typed")
    check(b"REACHED-42" not in other.seen, "another window shows %r" % other.seen)
    check(b"\n0\r" in terminal.seen, "the environment of dyno is seen: %r" % terminal.seen)
    other.send(b"\x04")
    other.end()


@case("X11", "a dyno can neither see dyno's own processes nor attach to them")
def ptrace():
    dyno = Dyno()
    isolated(dyno)
    process = dyno.start("run", "grep -l jav[a] /proc/[0-9]*/cmdline /proc/[0-9]*/comm 2>/dev/null; ls -d /proc/[0-9]*; echo; echo end; read x", stdin=subprocess.PIPE, env={"CANARY": CANARY})
    try:
        out = b""
        while b"end\n" not in out:
            more = os.read(process.stdout.fileno(), 65536)
            check(more, "it ended: %r" % out)
            out += more
        check(b"cmdline" not in out and b"comm" not in out, "dyno is seen: %r" % out)
        check(len(re.findall(rb"/proc/\d+\n", out)) < 12, "many processes are seen: %r" % out)
        # And the ids that dyno's processes have outside are other programs' inside, or nobody's.
        result = dyno.run("for p in $(seq %d %d); do cat /proc/$p/environ /proc/$p/mem; done 2>/dev/null | tr '\\0' '\\n' | grep -ac %s" % (process.pid - 3, process.pid + 20, CANARY)).sane()
        check(result.out.strip() == b"0", str(result))
    finally:
        process.kill()
        process.wait()


@case("X16", "as root: it works, and in the dyno there is no right left and no way to gain one")
def as_root():
    if os.geteuid() != 0:
        raise NotPossible("only root can run it as root")
    dyno = Dyno()
    isolated(dyno)
    dyno.write("tool", "x", 0o755)
    os.chmod(dyno.path("tool"), 0o4755)
    result = dyno.run("grep -E '^(CapEff|CapPrm|NoNewPrivs)' /proc/self/status; stat -c %a tool; cp /bin/cat mine; chmod 4755 mine; touch x; ls -l x >/dev/null; echo works").ended(0)
    fields = dict(re.findall(rb"(\w+):\s+(\w+)", result.out))
    check(int(fields[b"CapEff"], 16) == 0 and int(fields[b"CapPrm"], 16) == 0 and fields[b"NoNewPrivs"] == b"1", str(result))
    check(b"\n755\nworks\n" in result.out, str(result))
    # None of them does harm, should it be possible after all.
    for forbidden in ("mount -t tmpfs none /app", "mknod device c 1 5", "chroot / true", "nsenter -t 1 -m true", "chown 1 mine",
                      "p=/proc/sys/kernel/core_pattern; same=$(cat $p); echo \"$same\" > $p", "touch /etc/hosts", "renice -n -5 $$"):
        result = dyno.run(forbidden + " 2>/dev/null").sane()
        check(result.status != 0, "it could: %s" % forbidden)


BLOCK, SEAL = 1 << 20, 2081


def member(block):
    """A block of a bundle as docs/bundle.md has it."""
    deflate = zlib.compressobj(3, zlib.DEFLATED, -15)
    packed = deflate.compress(block) + deflate.flush()
    magic = bytes([0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 8, 0]) + b"DY" + bytes([4, 0])
    return magic + struct.pack("<I", 20 + len(packed) + 8) + packed + struct.pack("<II", zlib.crc32(block), len(block))


def sealed(archive, like):
    """The archive as a bundle whose check sum is right, as somebody with a bad intent would have it."""
    members = b"".join(member(archive[at:at + BLOCK]) for at in range(0, len(archive), BLOCK))
    block = bytearray(gzip.decompress(like[-SEAL:]))
    block[512:576] = hashlib.sha256(members).hexdigest().encode()
    head, stored = like[-SEAL:][:25], bytes(block)
    return members + head + stored + struct.pack("<II", zlib.crc32(stored), len(stored))


def tar_header(name, kind=b"0", mode=0o644, size=0, target=b""):
    """A header in the one form there is."""
    text = b""
    for long, value in ((b"L", name), (b"K", target)):
        if len(value) > 100:
            text += tar_header(b"././@LongLink", long, 0, len(value) + 1) + value + b"\0" + b"\0" * (-(len(value) + 1) % 512)
    block = bytearray(512)
    block[0:min(100, len(name))] = name[:100]
    for at, digits, value in ((100, 7, mode), (108, 7, 0), (116, 7, 0), (124, 11, size), (136, 11, 0)):
        block[at:at + digits] = b"%0*o" % (digits, value)
    block[156:157] = kind
    block[157:157 + min(100, len(target))] = target[:100]
    block[257:265] = b"ustar  \0"
    block[148:156] = b" " * 8
    block[148:155] = b"%06o\0" % sum(block)
    return text + bytes(block)


def tar_file(name, content=b"x", **how):
    return tar_header(name, size=len(content), **how) + content + b"\0" * (-len(content) % 512)


def bundle(dyno):
    """An exported one-off that has changed a file: what the bundle is, and its archive in three parts around its changes."""
    name = re.search(rb"run\.\d+", dyno.run("echo changed > file").ended(0).err).group(0).decode()
    path = os.path.join(dyno.root, "user", "good.dyno")
    dyno.call("export", name, "-o", path).ended(0)
    with open(path, "rb") as file:
        good = file.read()
    archive = gzip.decompress(good[:-SEAL])
    at = archive.index(b"changes/\0")
    end = archive.index(b"changes/file\0") + 1024
    return good, archive[:at], archive[at:end], archive[end:]


def with_changes(parts, entries, more=0):
    """The archive with these entries among the changes, and a manifest that counts them."""
    before, changes, after = parts
    count = entries and 2 + len(entries) + more
    if count:
        manifest = re.search(rb"changes_entries=\d+\n", before)
        assert manifest, before[512:800]
        said = manifest.group(0)
        size_now = before[124:135]
        text_size = int(size_now, 8)
        text = before[512:512 + text_size].replace(said, re.sub(rb"\d+", b"%d" % count, said))
        extra = sum(int(entry[-1024:][124:135], 8) if len(entry) >= 1024 and entry[156:157] == b"0" else 0 for entry in entries)
        text = re.sub(rb"(changes_bytes=)(\d+)", lambda found: found.group(1) + b"%d" % (int(found.group(2)) + extra), text)
        rest = 512 + text_size + -text_size % 512
        before = tar_file(b"manifest", text, mode=0o600) + before[rest:]
    return before + changes + b"".join(entries) + after


@case("X14", "bundles that were forged, with a check sum that is right: refused, with nothing taken and nothing written elsewhere", limit=500)
def hostile_imports():
    dyno = Dyno()
    good, *parts = bundle(dyno)
    outside = os.path.join(dyno.root, "user", "outside")
    os.mkdir(outside)
    where = outside.encode()
    file, link, folder = tar_file, lambda n, t: tar_header(n, b"2", 0o777, target=t), lambda n: tar_header(n, b"5", 0o755)
    deep = [folder(b"changes/" + b"z/" * depth) for depth in range(1, 510)]
    forged = {
        "leads up": [file(b"changes/../../../../../user/outside/evil")],
        "leads up at the end": [file(b"changes/z/..")],
        "absolute": [file(where + b"/evil")],
        "absolute behind the prefix": [file(b"changes/" + where + b"/evil")],
        "through a link": [link(b"changes/z", where), file(b"changes/z/evil")],
        "a file over a link": [link(b"changes/z", where + b"/evil"), file(b"changes/z")],
        "a hard link": [tar_header(b"changes/z", b"1", target=where)],
        "a device": [tar_header(b"changes/z", b"3")],
        "a FIFO": [tar_header(b"changes/z", b"6")],
        "setuid": [file(b"changes/z", mode=0o4755)],
        "twice": [file(b"changes/z"), file(b"changes/z")],
        "in the wrong order": [file(b"changes/z"), file(b"changes/y")],
        "no name": [file(b"changes/")],
        "a name of 256 bytes": [file(b"changes/" + b"z" * 256)],
        "too deep": deep,
        "another dialect": [tar_header(b"changes/z", b"x", size=0)],
        "an entry more": [file(b"zzz")],
    }
    state = lambda: sorted(path for path in dyno.state() if "/runs/" in path or "/slugs/" in path or "/imports/" in path or "/releases/" in path)
    path = os.path.join(dyno.root, "user", "forged.dyno")

    def imported(content):
        with open(path, "wb") as to:
            to.write(content)
        return dyno.call("import", path).sane()

    before = state()
    for name, entries in forged.items():
        result = imported(sealed(with_changes(parts, entries), good))
        check(result.status == 1 and b"is refused" in result.err, "%s: %s" % (name, result))
        until(lambda: state() == before, "%s: something of it was taken: %s" % (name, sorted(set(state()) - set(before))[:3]))
        check(not os.listdir(outside), "%s: it has written to %s" % (name, os.listdir(outside)))
    for name, content in (("cut", good[:-1]), ("cut in the middle", good[: len(good) // 2]), ("longer", good + b"x"), ("a byte is another", good[:700] + bytes([good[700] ^ 1]) + good[701:]), ("empty", b""), ("no bundle", b"x" * 5000)):
        result = imported(content)
        check(result.status == 1 and state() == before, "%s: %s" % (name, result))
    # All of these differ from a good one in nothing else.
    imported(sealed(with_changes(parts, [file(b"changes/z"), link(b"changes/zz", where)]), good)).ended(0)


@case("X14", "export and import of odd names, long paths, odd modes, and under odd names themselves: what is written is taken", limit=500)
def odd_bundles():
    dyno = Dyno()
    app = os.fsencode(dyno.app)
    for name in (b"a\nb", b"\x1b[31m", b"\xff\xfe", b"x" * 255, b"-rf", b" ", b"back\\slash", "e\u0301".encode(), "\u00e9".encode(), b"\x80", b"...", b"..a", b"a=b", b"'\""):
        with open(os.path.join(app, name), "wb") as file:
            file.write(name)
        os.symlink(b"../" + name, os.path.join(app, b"l" + name[:200]))
    os.symlink(b"t" * 4095, os.path.join(app, b"long-link"))
    os.utime(os.path.join(app, b"a=b"), (-5, -5))
    dyno.write(".env", "A='1\n2'\n")
    commands = (
        "rm -f a* ' ' $'\\xff\\xfe'; echo x > $'new\\xff\\n'; ln -s $'\\xfe' link",
        "mkdir -m 1777 sticky; mkdir -m 2755 group; echo x > sticky/f; chmod 0 sticky; touch -d @-99999 old; touch -d @99999999999 new; chmod 7777 old",
        "for i in $(seq 100); do mkdir %s; cd %s || exit; done; echo x > file" % ("d" * 250, "d" * 250),
        "mkfifo fifo; mkdir -p a1/b; rm -rf lib; touch 'changes'; mkdir slug; echo x > slug/deleted",
        "truncate -s 200M sparse",
    )
    for isolation in (None, "plain"):
        for number, command in enumerate(commands):
            ran = dyno.run(command, env={"DYNO_ISOLATION": isolation}).sane()
            check(ran.status != 125, str(ran))
            name = re.search(rb"run\.\d+", ran.err).group(0).decode()
            for locale, file in (("C.UTF-8", "plain.dyno"), ("C", "\u00e9\u4e00.dyno"), ("C.UTF-8", b"\xff.dyno"), ("C", b"\xff\n.dyno"))[: 4 if number == 0 else 1]:
                path = os.path.join(os.fsencode(dyno.root), b"user", os.fsencode(file))
                env = {"LC_ALL": locale}
                result = dyno.call("export", name, "--with-config", "--force", "-o", path, env=env).sane()
                check(result.status in (0, 1), str(result))
                if b"\xff" in path:  # the name does not come through to dyno: then no other file is written
                    check(result.status == 1 and b"UTF-8" in result.err, str(result))
                    check(b"UTF-8" in dyno.call("import", path, env=env).ended(1).err, "import says something else")
                    check(not os.listdir(os.path.dirname(path)), "written is %s" % os.listdir(os.path.dirname(path)))
                    continue
                if result.status:
                    check(b"cannot be put into a file" in result.err, "%r is not exported: %s" % (command[:30], result))
                    check(not os.path.exists(path), "an export that failed leaves a file")
                    continue
                check(os.path.exists(path), "there is no file %r, but %s" % (path, os.listdir(os.path.dirname(path))))
                other = Dyno("other")
                other.home = os.path.join(dyno.root, "other-state")
                result = other.call("import", path, env=env).ended(0)
                took = re.findall(rb"run\.\d+", result.out)[-1].decode()  # the name may have been taken
                one, two = (each.call("diff", "--stat", which).ended(0).out for each, which in ((dyno, name), (other, took)))
                check(one == two, "what it changed is another: %r and %r" % (one, two))
                other.call("runs:rm", took).ended(0)
                os.unlink(path)


@case("X14", "export and replay --html to what is no file, by force: refused, and it is as before")
def exported_over_a_device():
    dyno = Dyno()
    terminal = dyno.terminal("run", "--record", "echo out")
    terminal.end()
    name = re.search(rb"run\.\d+", dyno.call("runs").ended(0).out).group(0).decode()
    place = os.path.join(dyno.root, "user")
    os.mkfifo(os.path.join(place, "fifo"))
    if os.geteuid() == 0:
        os.mknod(os.path.join(place, "device"), 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    os.symlink("/dev/zero", os.path.join(place, "link"))
    before = digest(place)
    for to in os.listdir(place):
        for words in (("export", name, "-o"), ("replay", name, "--html")):
            result = dyno.call(*words, os.path.join(place, to), "--force", seconds=20).sane()
            check(result.status == 1 and b"no file that could be replaced" in result.err, "%s: %s" % (to, result))
            check(digest(place) == before, "%s was replaced" % to)


@case("X15", "requests to a formation that are halves, rubbish, thousands, or another user's: it goes on and answers", limit=200)
def odd_requests():
    dyno = Dyno()
    dyno.write("Procfile", "web: sleep 300\nworker: echo up; sleep 300\n")
    out = os.path.join(dyno.root, "user", "out")
    with open(out, "wb") as file:
        local = dyno.start("local", "--no-color", stdout=file, stderr=subprocess.STDOUT)
    try:
        def shown():
            with open(out, "rb") as file:
                return file.read()
        until(lambda: b"worker.1 |  up" in shown(), "the formation is up", 20)
        requests = os.path.join(dyno.home, next(path for path in dyno.state() if path.endswith("formation/requests")))

        def put(name, content, kind="file"):
            path = os.path.join(requests, name)
            if kind == "fifo":
                os.mkfifo(path)
            elif kind == "directory":
                os.makedirs(os.path.join(dyno.root, "staged", "x"))
                os.rename(os.path.join(dyno.root, "staged"), path)
            elif kind == "link":
                os.symlink(content, path)
            else:
                with open(path, "wb") as file:
                    file.write(content)

        me = os.getpid()
        put("%d-1" % me, b"request=scale\nwords=wor")  # a half
        put("%d-2" % me, b"")
        put("%d-3" % me, os.urandom(100_000))
        put("%d-4" % me, b"x" * 20_000_000)
        put("%d-5" % me, None, "fifo")
        put("%d-6" % me, None, "directory")
        put("%d-7" % me, b"/dev/zero", "link")
        put("%d-8" % me, b"request=scale\nwords=worker=99999999999999999999\n")
        put("%d-9" % me, b"request=restart\ntype=../../x\n")
        put("999999999999999999-999999999", b"request=stop\n")
        put("no request", b"x")
        put("%d-11.part" % me, b"request=scale\nwords=worker=3\n")
        for number in range(size("REQUESTS", 5_000, 1_000)):
            put("%d-%d" % (me, 100 + number), b"request=nonsense\n")
        if os.geteuid() == 0:
            tried = subprocess.run(["sh", "-c", 'echo request=stop > "$0/1-1"; ls "$0"', requests], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **as_user(another_user()))
            check(tried.returncode != 0 and not tried.stdout, "another user reaches the requests")
        result = dyno.call("ps:scale", "worker=2").ended(0)
        check(b"worker at 2" in result.out + result.err, str(result))
        until(lambda: b"worker.2 |  up" in shown(), "the second worker", 20)
        check(local.poll() is None and b"worker.3" not in shown(), "%r" % shown()[-300:])
        answers = [name for name in os.listdir(requests) if name.endswith(".answer")]
        check(len(answers) > 900, "%d answers" % len(answers))
        left = [name for name in os.listdir(requests) if re.fullmatch(r"%d-[1-9]\d{2,}" % me, name)]
        check(not left, "requests that nobody has taken: %s" % left[:5])
        dyno.call("ps").ended(0)
    finally:
        local.terminate()
        local.wait(30)
    check(local.returncode == 143, "status %d" % local.returncode)
