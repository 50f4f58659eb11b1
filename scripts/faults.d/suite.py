"""Runs the cases, each in a process and a directory of its own, as root and as an ordinary user."""

import argparse
import concurrent.futures
import os
import platform
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import harness

AREAS = ("terminal", "process", "sandbox", "state", "input", "security", "long")
for area in AREAS:
    __import__(area)

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FAILED, NOT_POSSIBLE = 1, 77
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"  # where every user finds the same programs


def words():
    parser = argparse.ArgumentParser(prog="scripts/faults", description="What can go wrong, tried.")
    parser.add_argument("--short", action="store_true", help="small sizes, and only what is quick")
    parser.add_argument("--long", action="store_true", help="the largest sizes")
    parser.add_argument("--markdown", action="store_true", help="the table as docs/faults.md has it")
    parser.add_argument("--list", action="store_true", help="name the cases and what they expect")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="cases at a time")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("cases", nargs="*", metavar="CASE")
    return parser.parse_args()


def chosen(options):
    found = []
    for name, one in harness.CASES.items():
        asked = any(c in (name, one.id) or (len(c) == 1 and one.id.startswith(c)) for c in options.cases)
        if asked or (not options.cases and (one.short or not options.short)):
            found.append(one)
    unknown = [c for c in options.cases if not any(c in (n, o.id, o.id[0]) for n, o in harness.CASES.items())]
    if unknown:
        sys.exit("scripts/faults does not know %s: --list names the cases." % ", ".join(unknown))
    return found


def run_one(name):
    """In the case's own process: its verdict is the exit status, and why the last line it writes."""
    try:
        harness.CASES[name].run()
    except harness.NotPossible as why:
        print(why)
        return NOT_POSSIBLE
    except harness.Failed as why:
        print(why)
        return FAILED
    except Exception as problem:  # a case that breaks has not passed
        print("%s: %s" % (type(problem).__name__, problem))
        return FAILED
    return 0


class User:
    def __init__(self, name, uid, directory, launcher):
        self.name, self.uid, self.directory, self.launcher = name, uid, directory, launcher
        os.mkdir(directory, 0o755)
        if uid is not None:
            os.chown(directory, uid, uid)

    def run(self, one, mode):
        """The verdict, why, and how many seconds it took."""
        directory = os.path.join(self.directory, one.name + ".d")  # no name is the beginning of another
        os.mkdir(directory, 0o755)
        env = {"PATH": PATH, "HOME": directory, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
        env.update({k: v for k, v in os.environ.items() if k.startswith("FAULTS_") or k in ("JAVA_HOME", "DYNO_ISOLATION")})
        env.update(FAULTS_MODE=mode, FAULTS_LAUNCHER=self.launcher, FAULTS_CASE=directory)
        how = {}
        if self.uid is not None:
            os.chown(directory, self.uid, self.uid)
            how = {"user": self.uid, "group": self.uid, "extra_groups": []}
        begin = time.monotonic()
        log = os.path.join(self.directory, one.name + ".log")
        with open(log, "wb") as out:
            process = subprocess.Popen(
                [shutil.which("python3", path=PATH) or sys.executable, os.path.join(os.path.dirname(self.launcher), "../faults.d/suite.py"), "--one", one.name],
                cwd=directory, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                start_new_session=True, **how)
            try:
                status = process.wait(one.limit)
            except subprocess.TimeoutExpired:
                status = None
        took = time.monotonic() - begin
        end(process, directory)
        with open(log, "rb") as file:
            said = file.read().decode("utf-8", "backslashreplace").strip()
        why = said.split("\n")[-1] if status is not None else "the watchdog ended it after %d s" % one.limit
        verdict = {0: "pass", NOT_POSSIBLE: "not possible here"}.get(status, "FAIL")
        remove(directory)
        return verdict, "" if verdict == "pass" else why, took


def end(process, directory):
    """Whatever the case has started ends."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except OSError:
        pass
    process.wait()
    for _ in range(20):
        if not harness.alive(directory):
            break
        harness.end_all(directory)
        time.sleep(0.05)


def remove(directory):
    if os.path.lexists(directory):
        subprocess.run(["chmod", "-R", "u+rwX", directory], stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", "--", directory], stderr=subprocess.DEVNULL)


def pack(work):
    """A copy of what was built that every user can read, and that a later build does not change."""
    target = os.path.join(ROOT, "target", "dyno")
    to = os.path.join(work, "dyno")
    os.mkdir(to, 0o755)
    subprocess.run(["cp", "-a", *[os.path.join(target, n) for n in os.listdir(target)], to], check=True)
    os.mkdir(os.path.join(to, "bin"), 0o755)
    shutil.copy2(os.path.join(ROOT, "scripts", "dyno"), os.path.join(to, "bin", "dyno"))
    with open(os.path.join(to, "launch")) as file:
        launch = file.read()
    jdk = re.search(r"^dyno_jdk=.*$", launch, re.M).group(0)
    start = launch[launch.index("dyno_start()"):].replace(target, to)
    with open(os.path.join(to, "launch"), "w") as file:
        file.write("dyno_fresh=yes\n%s\n%s" % (jdk, start))
    shutil.copytree(HERE, os.path.join(to, "faults.d"), ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(os.path.join(ROOT, "src", "test", "resources", "cases"), os.path.join(to, "cases"))
    subprocess.run(["chmod", "-R", "a+rX", to], check=True)
    return os.path.join(to, "bin", "dyno")


def free_uid():
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in range(64321, 65000) if uid not in taken)


def users(work):
    launcher = pack(work)
    if os.geteuid() != 0:
        return [User(pwd.getpwuid(os.geteuid()).pw_name, None, os.path.join(work, "user"), launcher)]
    return [
        User("root", None, os.path.join(work, "root"), launcher),
        User("user", free_uid(), os.path.join(work, "user"), launcher),
    ]


def measure(options, cases):
    """For each case a dictionary from user to verdict, why and seconds."""
    mode = "short" if options.short else "long" if options.long else "full"
    work = os.path.realpath(tempfile.mkdtemp(prefix="dyno-faults-", dir=os.environ.get("TMPDIR", "/var/tmp")))
    os.chmod(work, 0o755)
    try:
        all_users = users(work)
        found = {one.name: {} for one in cases}
        with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
            order = sorted(cases, key=lambda one: -one.limit)
            running = {pool.submit(user.run, one, mode): (one, user) for one in order for user in all_users}
            try:
                for done in concurrent.futures.as_completed(running):
                    one, user = running[done]
                    found[one.name][user.name] = done.result()
                    verdict, why, took = done.result()
                    if sys.stderr.isatty() or verdict == "FAIL":
                        print("%-6s %s %s (%.1f s) %s" % (user.name, one.name, verdict, took, why), file=sys.stderr)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                harness.end_all(work)
                raise
        return [user.name for user in all_users], found
    finally:
        harness.end_all(work)
        remove(work)


def plain(names, cases, found):
    for one in cases:
        for name in names:
            verdict, why, took = found[one.name][name]
            print("%-5s %-34s %-5s %6.1f s  %s%s" % (one.id, one.name, name, took, verdict, " (%s)" % why if why else ""))


def cell(verdict, why):
    text = verdict + (": " + why if why else "")
    return text[:200].replace("|", "\\|").replace("\n", " ")


def markdown(names, cases, found):
    print("| id | case | expected | " + " | ".join(names) + " |")
    print("|---|---|---|" + "---|" * len(names))
    for one in cases:
        cells = [cell(*found[one.name][name][:2]) for name in names]
        print("| %s | `%s`%s | %s | %s |" % (one.id, one.name, "*" if one.short else "", one.expected.replace("|", "\\|"), " | ".join(cells)))


def count(names, cases, found):
    for name in names:
        verdicts = [found[one.name][name][0] for one in cases]
        print("%s: %d cases, %d passed, %d failed, %d not possible here" % (
            name, len(verdicts), verdicts.count("pass"), verdicts.count("FAIL"), verdicts.count("not possible here")))


def main():
    options = words()
    if options.one:
        return run_one(options.one)
    cases = chosen(options)
    if options.list:
        for one in cases:
            print("%-5s %-34s %s%s" % (one.id, one.name, one.expected, "" if one.short else " (not with --short)"))
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begin = time.monotonic()
    names, found = measure(options, cases)
    if options.markdown:
        markdown(names, cases, found)
        print()
    else:
        plain(names, cases, found)
    count(names, cases, found)
    print("%.0f s, %s %s, %d processors" % (time.monotonic() - begin, platform.system(), platform.release(), os.cpu_count() or 1))
    return 1 if any(v[0] == "FAIL" for one in cases for v in found[one.name].values()) else 0


if __name__ == "__main__":
    sys.exit(main())
