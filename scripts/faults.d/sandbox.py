"""S: apps that are hard to copy, and places that are hard to copy to."""

import ctypes
import os
import re
import resource
import shutil
import signal
import socket
import stat
import subprocess
import time

from harness import Dyno, NotPossible, alive, another_user, as_user, case, check, digest, size, until


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
        cwd=dyno.app, env=dyno.env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=150)
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


def found_in(directory, text):
    """The files below a directory that have this text in them."""
    listed = subprocess.run(["grep", "-rlaF", "--", text, directory], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return listed.stdout.decode("utf-8", "backslashreplace").split("\n")[:-1]


@case("S05", "links are swapped in for files and directories while they are copied: nothing outside the app is read", limit=300)
def swapped_links():
    dyno = Dyno()
    outside = os.path.join(dyno.root, "outside")
    for number in range(300):
        dyno.write("dir/sub%d/file" % number, "inside")
        os.makedirs(os.path.join(outside, "sub%d" % number))
        with open(os.path.join(outside, "sub%d" % number, "file"), "w") as file:
            file.write("canary-of-outside")
        dyno.write("file%d" % number, "inside")
        os.symlink(os.path.join(outside, "sub%d/file" % number), dyno.path("link%d" % number))
    os.symlink(outside, dyno.path("away"))
    swapping = os.fork()
    if swapping == 0:
        exchange = ctypes.CDLL(None).renameat2  # in one step, so that nothing is ever missing
        while True:
            exchange(-100, b"app/dir", -100, b"app/away", 2)
            for number in range(300):
                exchange(-100, b"app/file%d" % number, -100, b"app/link%d" % number, 2)
    made = 0
    try:
        for _ in range(size("SWAPS", 12, 3, 100)):
            result = dyno.run("true").sane()
            check(result.status in (0, 125), str(result))
            made += result.status == 0
            read = [path for path in found_in(dyno.home, "canary-of-outside") if os.path.isfile(path)]
            check(not read, "it was read: %s" % read[:3])
    finally:
        os.kill(swapping, signal.SIGKILL)
        os.waitpid(swapping, 0)
    check(made, "no run found the app at rest long enough")


@case("S09", "a sparse file of 5 GB and many small files: little memory, it stays sparse, SIGINT ends the copy soon", limit=400)
def large_app():
    dyno = Dyno()
    for number in range(size("SMALL_FILES", 20_000, 2_000, 200_000)):
        if number % 500 == 0:
            os.makedirs(dyno.path("d%d" % (number // 500)))
        with open(dyno.path("d%d" % (number // 500), "f%d" % number), "w") as file:
            file.write("%d" % number)
    sparse = size("SPARSE", 5 << 30, 200 << 20)
    with open(dyno.path("sparse"), "wb") as file:
        file.truncate(sparse)
    process = dyno.start("run", "true")
    until(lambda: found_sparse(dyno), "the copy of the large file has begun", 60)
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    took = time.monotonic() - begin
    check(process.returncode == 130, "status %d, %r" % (process.returncode, err))
    check(took < 5, "SIGINT was heard after %.1f s" % took)
    dyno.await_clean()
    result = dyno.run("stat -c %s sparse; find . -name 'f*' | wc -l", seconds=200).ended(0)
    check(result.out.split()[0] == b"%d" % sparse, str(result))
    copies = found_sparse(dyno)
    check(copies and all(os.lstat(path).st_blocks * 512 < 10 << 20 for path in copies), "not sparse any more: %s" % copies)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # of any process, in kB
    check(most < 300_000, "a process had %d MB" % (most // 1000))


def found_sparse(dyno):
    return [os.path.join(dyno.home, path) for path in dyno.state() if path.endswith("/sparse")]


@case("S16", "an app, and a temporary directory, of another user: what is made belongs to the caller, and nothing is made there")
def of_another_user():
    dyno = Dyno()
    if os.geteuid() != 0:
        result = dyno.run("-a", "/etc/skel", "echo out", cwd="/").ended(0)
        check(result.out == b"out\n", str(result))
        return
    uid = another_user()
    dyno.write("lib/file", "x")
    dyno.write("Procfile", "web: true\n")
    place = os.path.join(dyno.root, "place")
    os.mkdir(place, 0o777)
    os.chmod(place, 0o777)
    for path in (place, dyno.app, dyno.path("lib"), dyno.path("lib/file"), dyno.path("Procfile")):
        os.chown(path, uid, uid)
    before, untouched = digest(dyno.app), os.stat(place).st_mtime_ns
    for words in (("run", "echo x > lib/file; touch new; echo out"), ("check",), ("config:set", "A=b"), ("ps",), ("local", "--once")):
        dyno.call(*words, env={"TMPDIR": place}).ended(0)
    check(digest(dyno.app) == before, "the app has changed")
    check(os.stat(place).st_mtime_ns == untouched, "something was made in the directory of another user")
    strangers = [path for path in dyno.state() if os.lstat(os.path.join(dyno.home, path)).st_uid != 0]
    check(not strangers, "not root's: %s" % strangers[:3])


def swapped(dyno, name):
    """Puts a link to a directory of the user's in the place of a dyno's own; gives that directory."""
    precious = os.path.join(dyno.root, "user", "precious")
    for path in ("upper/changed", "app/file", "tmp/x", "dyno", "run", "recording.cast", "deleted", "lock"):
        os.makedirs(os.path.dirname(os.path.join(precious, path)), exist_ok=True)
        with open(os.path.join(precious, path), "w") as file:
            file.write("precious")
    roster = os.path.dirname(os.path.join(dyno.home, next(path for path in dyno.state() if path.endswith("/dynos/" + name))))
    os.rename(os.path.join(roster, name), os.path.join(dyno.root, "aside"))
    os.symlink(precious, os.path.join(roster, name))
    return precious


@case("S18", "a link takes the place of a dyno's directory: neither its removal nor what dyno keeps of it goes through that")
def swapped_directory():
    for number, ending in enumerate(("ends", "is stopped", "is kept", "is killed")):
        for isolation in (None, "plain"):
            dyno = Dyno("app-%d-%s" % (number, isolation))
            dyno.home = os.path.join(dyno.root, "state-%d-%s" % (number, isolation))
            dyno.root = os.path.join(dyno.root, "root-%d-%s" % (number, isolation))
            dyno.write("file", "x")
            options = ["--keep"] if ending == "is kept" else []
            process = dyno.start("run", *options, "echo changed > file; echo up; read x; exit 3", stdin=subprocess.PIPE, env={"DYNO_ISOLATION": isolation})
            process.stdout.readline()
            name = re.search(rb"run\.\d+", dyno.call("ps").ended(0).out).group(0).decode()
            precious = swapped(dyno, name)
            before = digest(precious)
            if ending == "is killed":
                process.kill()
            elif ending == "is stopped":
                process.terminate()
            if ending.startswith("is ") and ending != "is kept":
                process.wait(30)
            _, err = process.communicate(b"x\n", timeout=30)
            check(process.returncode == {"is stopped": 143, "is killed": -9}.get(ending, 3), "%s: status %d, %r" % (ending, process.returncode, err))
            dyno.call("ps").sane()
            dyno.call("runs").ended(0)
            check(digest(precious) == before, "%s, %s: something was done to what the link leads to" % (ending, isolation))
            if ending == "ends":
                check(b"replaced" in err, "not a word of it: %r" % err)
                dyno.call("runs:info", name).ended(0)
                check(not dyno.sandboxes(), "left: %s" % dyno.sandboxes())


@case("S18", "the same with a dyno of a formation: its record is not written through the link")
def swapped_formation():
    dyno = Dyno()
    fifo = os.path.join(dyno.root, "user", "fifo")
    os.mkfifo(fifo)
    dyno.write("Procfile", "web: echo up; read x < $FIFO; exit 3\n")
    dyno.write(".env", "FIFO=%s\n" % fifo)
    process = dyno.start("local", "--no-color", stderr=subprocess.STDOUT, env={"DYNO_ISOLATION": "plain", "DYNO_BACKOFF": "30", "DYNO_GRACE": "2"})
    try:
        for _ in range(2):  # after the second crash it is let lie for a while
            check(wait_line(process, b"|  up"), "it does not start")
            precious = swapped(dyno, "web.1") if _ else None
            with open(fifo, "w") as file:
                file.write("x\n")
            check(wait_line(process, b"Exited with"), "no crash")
        before = digest(precious)
    finally:
        process.terminate()
        process.wait(20)
    with open(os.path.join(precious, "dyno")) as file:
        check(file.read() == "precious", "the record was written through the link")
    check(digest(precious) == before, "something was done to what the link leads to")


def wait_line(process, text):
    for line in process.stdout:
        if text in line:
            return True
    return False


@case("S20", "dyno is killed: the next command removes what it left, and nothing of a dyno that lives", limit=200)
def orphans():
    dyno = Dyno()
    dyno.write("lib/file", "x" * 10_000)
    living = dyno.start("run", "echo up; read x; cat lib/file | wc -c", stdin=subprocess.PIPE)
    living.stdout.readline()
    for _ in range(3):
        killed = [dyno.start("run", "echo up; mkdir -p a/b; echo x > a/b/c; chmod 0 a/b; exec sleep 300") for _ in range(2)]
        for process in killed:
            process.stdout.readline()
        check(len(dyno.sandboxes()) >= 3, "there are %s" % dyno.sandboxes())
        for process in killed:
            process.kill()
            process.wait()
        ps = dyno.call("ps").ended(0)
        check(len(re.findall(rb"run\.\d+", ps.out)) == 1, str(ps))
        until(lambda: len(dyno.sandboxes()) == 1, "the dead ones' directories removed: %s" % dyno.sandboxes())
        check(not [pid for pid in alive(dyno.home) if "sleep" in os.path.realpath("/proc/%d/exe" % pid)], "programs of the dead live on")
    out, err = living.communicate(b"x\n", timeout=20)
    check(out == b"10000\n" and living.returncode == 0, "the one that lives: %r, %r" % (out, err))
    dyno.await_clean()
