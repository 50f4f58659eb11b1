"""C: what users write: Procfile, .env, app.json, and the command line."""

import os

from harness import Dyno, case, check


def ends(dyno, *words, seconds=15):
    result = dyno.call(*words, seconds=seconds).sane()
    check(result.status in (0, 1, 2, 125, 127) or words[0] == "run", str(result))
    return result


@case("C04", "Procfile, .env, app.json, .slugignore that are a directory, a FIFO, a link to /dev/zero, unreadable: an error, no hang")
def odd_files():
    for name in ("Procfile", ".env", "app.json", ".slugignore"):
        for kind in ("directory", "fifo", "zero", "unreadable"):
            dyno = Dyno("%s-%s" % (name.strip("."), kind))
            path = dyno.path(name)
            if kind == "directory":
                os.mkdir(path)
            elif kind == "fifo":
                os.mkfifo(path)
            elif kind == "zero":
                os.symlink("/dev/zero", path)
            else:
                dyno.write(name, "x", 0)
            if kind in ("fifo", "zero") or name == ".env":
                ends(dyno, "run", "true")
            ends(dyno, "check")


@case("C03", "a Procfile with a line of 10 MB, and one of 100 000 types: no crash, no hang")
def large_procfile():
    for number, text in enumerate(("web: " + "x" * 10_000_000, "".join("w%d: true\n" % n for n in range(100_000)))):
        dyno = Dyno("app%d" % number)
        dyno.write("Procfile", text)
        ends(dyno, "run", "true", seconds=25)


@case("C05", "the marks of a merge conflict: an error with the line's number, nothing starts")
def conflict():
    dyno = Dyno()
    dyno.write("Procfile", "web: sleep 1\n<<<<<<< HEAD\nworker: a\n=======\nworker: b\n>>>>>>> x\n")
    result = ends(dyno, "local")
    check(result.status != 0 and b"2" in result.err, str(result))


@case("C08", "a .env with NUL, invalid UTF-8, an open quote: an error with the line, never the value")
def bad_env():
    for number, text in enumerate((b"A=\0secretvalue\n", b"A=\xff\xfesecretvalue\n", b'A="secretvalue\n', b"secretvalue with blanks\n", b"=secretvalue\n")):
        dyno = Dyno("app%d" % number)
        dyno.write(".env", text)
        result = ends(dyno, "run", "true")
        check(b"secretvalue" not in result.err, "the value is shown: %s" % result)


@case("C10", "PATH, LD_PRELOAD, BASH_ENV, JAVA_TOOL_OPTIONS of .env are the dyno's, never dyno's own")
def env_of_the_dyno():
    dyno = Dyno()
    dyno.write(".env", "LD_PRELOAD=/no/such.so\nBASH_ENV=/no/such\nJAVA_TOOL_OPTIONS=-version\nPATH=/no/such\nIFS=x\n")
    result = ends(dyno, "run", "true")
    check(result.status in (0, 127), str(result))
    ends(dyno, "ps")


@case("C11", "app.json that is broken, 100 000 deep, huge, or not an object: an error or ignored, no crash")
def bad_app_json():
    texts = (b"{", b"[" * 100_000, b'{"a":' * 100_000, b"null", b"[]", b'{"env": 1}', b'{"scripts": []}', b'{"formation": {"web": {"quantity": -1e99}}}', b"\xef\xbb\xbf{}", b"\xff", b'{"name": "' + b"x" * 20_000_000 + b'"}')
    for number, text in enumerate(texts):
        dyno = Dyno("app%d" % number)
        dyno.write("app.json", text)
        dyno.write("Procfile", "web: true\n")
        ends(dyno, "check", seconds=20)
        ends(dyno, "run", "true", seconds=20)


@case("C13", "a PORT of .env that is no port: an error before anything starts")
def bad_port():
    for number, port in enumerate(("abc", "-1", "70000")):
        dyno = Dyno("app%d" % number)
        dyno.write(".env", "PORT=%s\n" % port)
        dyno.write("Procfile", "web: echo started\n")
        result = ends(dyno, "local", seconds=20)
        check(result.status != 0 and b"started" not in result.out, str(result))


@case("C15", "arguments that are unknown, empty, 10 kB, or have control characters: a sane error, nothing raw")
def odd_arguments():
    dyno = Dyno()
    for words in (("--no-such",), ("",), ("\x1b[31m",), ("run", "--size=\x1b[31m", "true"), ("ps", "x" * 10_000), ("logs", "--ps="),
                  ("logs", "-n", "99999999999999999999"), ("config:set", "=x"), ("config:set", "\x1b]0;x\x07=1"), ("run", "-e", "\x1b[31m", "true"),
                  ("run",), ("run", "--"), ("run", ""), ("ps:scale", "web=99999999999"), ("help", "\x1b[31m")):
        result = ends(dyno, *words)
        check(b"\x1b" not in result.out + result.err, "raw: %s" % result)


@case("C07", "ps:scale with odd amounts: an error, or as on Heroku the formation as it is")
def odd_scale():
    dyno = Dyno()
    dyno.write("Procfile", "web: sleep 1\n")
    for amount in ("web=-1", "web=1e9", "web=", "=2", "web=2=3", " web = 2", "web=１", "web+-1"):
        result = ends(dyno, "ps:scale", amount)
        check(result.status != 0 or result.out == b"web=1:Standard-1X\n", str(result))
