#!/usr/bin/env python3
"""What a start costs: the measuring part of `scripts/bench startup`.

usage: startup.py DIRECTORY DYNO

Each way is started on a terminal of its own, see timing.py; the first row is what is left of that, the start of a program that does nothing. The floor is a
Java program that says hello: dyno is one too. All take turns in each round, and the first round does not count.
"""

import os
import shutil
import statistics
import subprocess
import sys

import apps
import figures
import hello
import timing

work, dyno = sys.argv[1:3]
FLOOR, RUN, PS, TAB, SCRIPT = "java Hello (the floor)", "dyno run true", "dyno ps", "a tab in bash", "dyno completion bash"
# What makes a short Java program quicker and asks for no cache; dyno is started so.
CHEAP = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xss512k", "-Xmx256m"]
PEERS = [("foreman", ["foreman", "run", "true"]), ("nf", ["nf", "run", "true"]), ("heroku", ["heroku", "local:run", "true"]), ("honcho", ["honcho", "run", "true"])]


def tab():
    """What a shell does at a tab is the script that `dyno completion` prints; with it, the start of a shell to do it in. It finds one past run."""
    with open(f"{work}/completion.bash", "wb") as script:
        script.write(timing.well(timing.in_pipes([dyno, "completion", "bash"]), [dyno, "completion", "bash"]).said)
    timing.well(timing.in_pipes([dyno, "run", "true"], {"DYNO_HOME": f"{work}/tab"}), [dyno, "run", "true"])
    typed = "dyno runs:info run."
    press = f'. {work}/completion.bash; COMP_LINE="{typed}" COMP_POINT={len(typed)}; _dyno; [[ ${{COMPREPLY[*]}} == run.* ]]'
    return ["bash", "--norc", "-c", f"DYNO_HOME={work}/tab; {press}"]


class Engine:
    """Docker, or podman, where an engine answers; with an image of one program, so that nothing is fetched."""

    def __init__(self):
        self.name = next((name for name in ("docker", "podman") if figures.said("timeout", "5", name, "info")), None)
        if not self.name:
            return
        os.mkdir(f"{work}/image")
        subprocess.run(["cc", "-static", "-o", f"{work}/image/true", "-x", "c", "-"], input=b"int main(void) { return 0; }", check=True)
        self.image = f"dyno-bench-{os.getpid()}"
        archive = subprocess.run(["tar", "-C", f"{work}/image", "-c", "."], check=True, capture_output=True).stdout
        subprocess.run([self.name, "import", "-", self.image], input=archive, check=True, stdout=subprocess.DEVNULL)

    def ways(self):
        return [(f"{self.name} run /true", timing.on_terminal, [self.name, "run", "--rm", "-it", "--network=none", self.image, "/true"])] if self.name else []

    def clear(self):
        if self.name:
            subprocess.run([self.name, "rmi", self.image], stdout=subprocess.DEVNULL, check=False)


def main():
    times = figures.rounds(25)
    words = hello.compiled(work)
    os.chdir(apps.app(f"{work}/app"))
    engine = Engine()
    missing = [name for name, _ in PEERS if not shutil.which(name)] + ([] if engine.name else ["an engine of docker or podman that answers"])
    ways = [
        ("/bin/true", timing.on_terminal, ["/bin/true"]),
        (FLOOR, timing.on_terminal, [hello.JAVA, *words]),
        ("java Hello, dyno's flags, no cache", timing.on_terminal, [hello.JAVA, *CHEAP, *words]),
        (RUN, timing.on_terminal, [dyno, "run", "true"]),
        ("dyno run --isolation=plain true", timing.on_terminal, [dyno, "run", "--isolation=plain", "true"]),
        ("dyno run --no-tty true", timing.on_terminal, [dyno, "run", "--no-tty", "true"]),
        ("dyno run true, in pipes", timing.in_pipes, [dyno, "run", "true"]),
        (PS, timing.on_terminal, [dyno, "ps"]),
        (SCRIPT, timing.on_terminal, [dyno, "completion", "bash"]),
        ("bash, which does nothing", timing.on_terminal, ["bash", "--norc", "-c", ":"]),
        (TAB, timing.on_terminal, tab()),
        *((" ".join(words), timing.on_terminal, words) for name, words in PEERS if shutil.which(name)),
        *engine.ways(),
    ]
    took = {name: [] for name, *_ in ways}
    with figures.measured(work, f"{times}, after one that does not count"):
        try:
            for turn in range(times + 1):
                for name, how, words in ways:
                    one = timing.well(how(words), words)
                    if turn > 0:
                        took[name].append(one)
        finally:
            engine.clear()
    ms = {name: [one.ms for one in all_of_it] for name, all_of_it in took.items()}
    cpu = {name: [one.cpu for one in all_of_it] for name, all_of_it in took.items()}
    rows = [(name, figures.spread(ms[name]), figures.ratio(ms[name], ms[FLOOR]), figures.spread(cpu[name]), figures.ratio(cpu[name], cpu[FLOOR])) for name in ms]
    figures.table("From before the start until the end is read", ["", "ms", "x hello", "processor, ms", "x hello"], rows)
    figures.missing(missing)
    held(ms, RUN, 3)
    for peer in "foreman run true", "nf run true":
        words = f"`{RUN}` faster than `{peer}`"
        if peer in ms:
            middle, other = statistics.median(ms[RUN]), statistics.median(ms[peer])
            figures.aim(words, middle < other, f"{middle:.1f} ms against {other:.1f}")
        else:
            figures.aim(words, None, "it is not installed")
    for name in PS, TAB, SCRIPT:
        held(ms, name, 2)


def held(ms, name, most):
    times = statistics.median(ms[name]) / statistics.median(ms[FLOOR])
    figures.aim(f"`{name}` within {most} x hello", times <= most, f"{times:.2f} x")


main()
