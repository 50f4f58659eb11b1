"""S: apps that are hard to copy, and places that are hard to copy to."""

import os
import shutil
import socket
import stat
import subprocess

from harness import Dyno, NotPossible, case, check, digest, until


def below(dyno, depth, name="d" * 200):
    """Makes a path deeper than what a system call takes, step by step; the file at its end says deep."""
    here = os.open(dyno.app, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        next_one = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = next_one
    file = os.open("end", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=here)
    os.write(file, b"deep")
    os.close(file)
    os.close(here)


@case("S02", "a file that may not be read: an error that names it, never a hole")
def unreadable_file():
    if os.geteuid() == 0:
        raise NotPossible("root may read everything")
    dyno = Dyno()
    dyno.write("secret", "x", 0)
    result = dyno.run("ls").sane()
    check(b"secret" in result.err, str(result))
    dyno.await_clean()


@case("S03", "a FIFO, a socket, a device in the app: left out with a warning, never opened")
def special_files():
    dyno = Dyno()
    dyno.write("file", "x")
    os.mkfifo(dyno.path("fifo"))
    listening = socket.socket(socket.AF_UNIX)
    os.chdir(dyno.app)
    listening.bind("socket")
    if os.geteuid() == 0:
        os.mknod("zero", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    result = dyno.run("ls", seconds=15).ended(0)
    names = result.out.split()
    check(b"file" in names and not {b"fifo", b"socket", b"zero"} & set(names), str(result))
    check(b"fifo" in result.err, "no warning: %s" % result)


@case("S04", "links that are absolute, dangling, loops, or lead outside: copied as links, not followed")
def links():
    dyno = Dyno()
    targets = {"absolute": "/etc/passwd", "out": "../../../../etc", "dangling": "nowhere", "loop": "loop", "self": "."}
    for name, target in targets.items():
        os.symlink(target, dyno.path(name))
    for number in range(45):
        os.symlink("chain%d" % (number + 1), dyno.path("chain%d" % number))
    result = dyno.run("for i in absolute out dangling loop self chain0; do readlink $i; done").ended(0)
    check(result.out.decode().split() == [*targets.values(), "chain1"], str(result))


@case("S07", "names with newlines, escapes, bytes that are no UTF-8, 255 bytes: the same in the dyno")
def odd_names():
    dyno = Dyno()
    names = [b"a\nb", b"\x1b[31m", b"\xff\xfe", b"x" * 255, b"-rf", b" ", b"back\\slash", "e\u0301".encode(), "\u00e9".encode(), b"\x80"]
    for name in names:
        with open(os.path.join(os.fsencode(dyno.app), name), "wb") as file:
            file.write(name)
    for locale in ("C", "C.UTF-8"):
        result = dyno.run("find . -type f -print0", env={"LC_ALL": locale}).ended(0)
        got = sorted(name[2:] for name in result.out.split(b"\0") if name)
        check(got == sorted(names), "%r" % got)
        check(b"\x1b" not in result.err, str(result))


@case("S08", "a path of 12 kB, and 1000 directories deep: copied or refused at once, and removed whole")
def deep_trees():
    for depth, name in ((60, "d" * 200), (1000, "d")):
        dyno = Dyno("app%d" % depth)
        below(dyno, depth, name)
        result = dyno.run("true", seconds=20).sane()
        check(result.status in (0, 125), str(result))
        dyno.call("ps").ended(0)
        dyno.await_clean()


@case("S08", "a dyno makes directories 12 kB deep: they are removed with it")
def deep_in_the_dyno():
    dyno = Dyno()
    dyno.run("for i in $(seq 70); do mkdir %s; cd %s || exit; done; echo" % ("d" * 200, "d" * 200)).sane()
    dyno.call("ps").ended(0)
    dyno.await_clean()


@case("S10", "setuid and setgid bits are not copied")
def setuid():
    dyno = Dyno()
    dyno.write("tool", "#!/bin/sh\n", 0o755)
    os.chmod(dyno.path("tool"), 0o6755)
    result = dyno.run("stat -c %a tool").ended(0)
    check(result.out == b"755\n", str(result))


@case("S11", "the state directory lies in the app: no recursion")
def state_in_the_app():
    dyno = Dyno()
    dyno.home = dyno.path("state")
    for _ in range(2):
        result = dyno.run("find . | wc -l").sane()
        check(result.status in (0, 125) and (result.status or int(result.out) < 50), str(result))


@case("S12", "an app that is missing, a file, unreadable, or /: one clear line, no crash")
def odd_apps():
    dyno = Dyno()
    dyno.write("file")
    os.mkdir(dyno.path("closed"), 0)
    os.symlink("closed", dyno.path("link"))
    odd = [dyno.path("nowhere"), dyno.path("file"), "/dev/null", ""]
    if os.geteuid() != 0:
        odd += [dyno.path("closed"), dyno.path("link")]
    for app in odd:
        result = dyno.call("run", "-a", app, "true", cwd="/", seconds=20).sane()
        check(result.status in (125, 1, 2) and result.err, "%r: %s" % (app, result))


@case("S13", "the temporary directory is unwritable, missing, a file, a link, has odd names: runs all the same")
def hostile_tmp():
    dyno = Dyno()
    user = os.path.join(dyno.root, "user")
    os.mkdir(os.path.join(user, "closed"), 0o555)
    os.symlink("/etc", os.path.join(user, "link"))
    os.symlink("loop", os.path.join(user, "loop"))
    dyno.write("file")
    for place in ("closed", "link", "loop", "missing", "a b\nc", "x" * 4000):
        result = dyno.run("echo out", env={"TMPDIR": os.path.join(user, place)}).ended(0)
        check(result.out == b"out\n", str(result))
    before = digest(dyno.app)
    dyno.run("true", env={"TMPDIR": "relative"}).ended(0)
    check(digest(dyno.app) == before, "the app was written to")


def mounted(dyno, options, script, target="/tmp"):
    """Runs a script where another file system is mounted, in a mount namespace of its own."""
    how = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    setup = 'mount -t tmpfs -o %s none "$1" && shift && exec "$@"' % options
    trial = subprocess.run([*how, "sh", "-c", setup, "sh", target, "true"], stderr=subprocess.PIPE)
    if trial.returncode:
        raise NotPossible("no mounts: %s" % trial.stderr.decode().strip())
    done = subprocess.run(
        [*how, "sh", "-c", setup, "sh", target, "sh", "-c", script, dyno.launcher],
        cwd=dyno.app, env=dyno.env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    check(b"Exception" not in done.stderr, repr(done.stderr))
    return done


@case("S14", "/tmp is read-only, noexec, or full of links of others: runs all the same")
def mounted_tmp():
    # /tmp may be where everything lies: the launcher and the state are reached from elsewhere
    dyno = Dyno()
    if dyno.root.startswith("/tmp/"):
        raise NotPossible("this suite lies in /tmp: set TMPDIR elsewhere")
    for options in ("size=1m,mode=555", "size=1m,noexec,mode=1777"):
        done = mounted(dyno, options, '"$0" run "echo out"')
        check(done.returncode == 0 and done.stdout == b"out\n", "%s: %r" % (options, done))


@case("S01", "no space for the copy: one line that says so, status 125, nothing is left, the app as before")
def no_space():
    dyno = Dyno()
    dyno.write("big", b"x" * 3_000_000)
    before = digest(dyno.app)
    os.mkdir(dyno.home, 0o700)
    for kilobytes in (16, 64, 300, 2000):
        done = mounted(dyno, "size=%dk,mode=700" % kilobytes, '"$0" run true; s=$?; "$0" ps >&2; exit $s', dyno.home)
        check(done.returncode == 125 and done.stderr, "%d kB: %r" % (kilobytes, done))
    check(digest(dyno.app) == before, "the app was written to")


@case("S15", "whatever the umask: state and sandboxes are the user's alone")
def umasks():
    for number, mask in enumerate((0o000, 0o777, 0o277)):
        dyno = Dyno()
        dyno.home = os.path.join(dyno.root, "state%d" % number)
        dyno.call("run", "true", preexec_fn=lambda: os.umask(mask)).ended(0)
        check(stat.S_IMODE(os.lstat(dyno.home).st_mode) == 0o700, "umask %o: %o" % (mask, os.lstat(dyno.home).st_mode))


@case("S17", "a dyno makes its directories unreadable: they are removed")
def closed_directories():
    dyno = Dyno()
    dyno.run("mkdir -p a/b/c && touch a/b/c/d && chmod 0 a/b/c a/b a; chmod 0 .").ended(0)
    dyno.call("ps").ended(0)
    dyno.await_clean()


@case("S19", "the app is byte for byte as before, whatever the dyno does in its copy")
def app_untouched():
    dyno = Dyno()
    dyno.write("file", "x")
    dyno.write("lib/other", "y" * 100_000, 0o755)
    os.symlink("file", dyno.path("link"))
    before = digest(dyno.app)
    dyno.run("echo changed >> file; echo changed > lib/other; rm link; chmod 700 lib; touch new").ended(0)
    check(digest(dyno.app) == before, "the app has changed")
    check(dyno.run("cat file").ended(0).out == b"x", "the next dyno sees the last one's files")


@case("S06", "files come and go while they are copied: a dyno, or a clear error", limit=200)
def changing_app():
    dyno = Dyno()
    script = 'while :; do for i in 1 2 3 4 5 6 7 8 9; do rm -rf f$i; mkdir f$i; echo x > f$i/x; rm -rf f$i; echo y > f$i; done; done'
    changing = subprocess.Popen(["bash", "-c", script], cwd=dyno.app)
    try:
        for _ in range(8):
            result = dyno.run("true").sane()
            check(result.status in (0, 125), str(result))
    finally:
        changing.kill()
        changing.wait()
    until(lambda: dyno.run("true").ended(0), "a run")
    shutil.rmtree(dyno.app)
