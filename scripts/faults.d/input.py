"""C: what users write: Procfile, .env, app.json, and the command line."""

import base64
import json
import os
import re
import socket
import subprocess

from harness import Dyno, case, check, size, until


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


def rows(table, count):
    """Rows of a table of cases, evenly spread: (id, the file's bytes, what dyno is to make of it)."""
    path = os.path.join(os.path.dirname(os.environ["FAULTS_LAUNCHER"]), "../cases", table)
    with open(path, encoding="utf-8") as file:
        all_rows = [line.rstrip("\n").split("\t") for line in file][1:]
    for row in all_rows[:: max(1, len(all_rows) // count)]:
        text = row[1]
        content = base64.b64decode(text[7:]) if text.startswith("base64:") else json.loads(text).encode("utf-8", "surrogatepass")
        yield row[0], content, row[2]


def judged(dyno, name, content, expected, key, read):
    """dyno check says of the file what the table does."""
    dyno.write(name, content)
    result = dyno.call("check", "--json").sane()
    found = json.loads(result.out)
    if expected.startswith("ERROR"):
        check(result.status == 1 and found["errors"], "no error, but %s" % result)
        line = re.search(r"line (\d+)", expected)
        check(not line or any(error.get("line") == int(line.group(1)) for error in found["errors"]), "not line %s: %s" % (line.group(1), result))
    else:
        check(not found["errors"] and read(found[key]) == read(json.loads(expected)), "not %s, but %s" % (expected, result))


@case("C01", "Procfiles of ten other tools' tests: read, or refused with the line's number, as the table says", limit=400)
def table_of_procfiles():
    for id, content, expected in rows("procfile.tsv", size("TABLE_ROWS", 20, 5, 1000)):
        dyno = Dyno("app-" + id)
        try:
            judged(dyno, "Procfile", content, expected, "procfile", lambda types: dict(types) if isinstance(types, list) else types)
        except Exception as problem:
            raise AssertionError("%s: %s" % (id, problem))


@case("C02", ".env files of eleven other tools' tests: read, or refused with the line's number, as the table says", limit=600)
def table_of_env_files():
    for id, content, expected in rows("dotenv.tsv", size("TABLE_ROWS", 20, 5, 1000)):
        dyno = Dyno("app-" + id)
        try:
            judged(dyno, ".env", content, expected, "config", lambda vars: vars)
        except Exception as problem:
            raise AssertionError("%s: %s" % (id, problem))


@case("C06", "a type twice, and types that differ by case or by - and _: the last wins with a warning, and no two dynos have one name")
def duplicates():
    dyno = Dyno()
    dyno.write("Procfile", "web: echo first; sleep 300\nweb: echo second; sleep 300\nWeb: echo third; sleep 300\nmy-web: echo fourth; sleep 300\nmy_web: echo fifth; sleep 300\n")
    result = ends(dyno, "check")
    check(result.status == 0 and b"2" in result.err + result.out and b"twice" in result.err + result.out or b"Warning" in result.err + result.out, str(result))
    out = os.path.join(dyno.root, "user", "out")
    with open(out, "wb") as file:
        local = dyno.start("local", "--no-color", stdout=file, stderr=subprocess.STDOUT)
    try:
        def seen():
            with open(out) as file:
                return dict(re.findall(r"([\w-]+\.\d+) +\|  (first|second|third|fourth|fifth)$", file.read(), re.M))
        until(lambda: len(seen()) >= 4, "four dynos: %s" % seen(), 20)
        check(seen() == {"web.1": "second", "Web.1": "third", "my-web.1": "fourth", "my_web.1": "fifth"}, str(seen()))
        roster = sorted(path for path in dyno.sandboxes())
        check(roster == ["Web.1", "my-web.1", "my_web.1", "web.1"], str(roster))
    finally:
        local.terminate()
        local.wait(20)


@case("C09", "errors in config vars, wherever they are given: the name and the place, never the value")
def values_in_errors():
    secret = "s3cr3t-value"
    dyno = Dyno()
    dyno.run("true").ended(0)
    dyno.write("editor", "#!/bin/sh\nprintf 'GOOD=1\\nBAD NAME=%s\\n=%s\\nX=\"%s\\n' > \"$1\"\n" % (secret, secret, secret), 0o755)
    dyno.write("bad.env", "BAD NAME=%s\nA='%s\n" % (secret, secret))
    dyno.write("Procfile", "web: true\n")
    for words, env in (
        (("config:set", "BAD NAME=" + secret), {}), (("config:set", "=" + secret), {}), (("config:set", "__X=" + secret), {}),
        (("config:set", "A=" + secret * 10_000), {}), (("config:set", "A=1", "1-2=" + secret), {}),
        (("run", "-e", "BAD NAME=" + secret, "true"), {}), (("run", "-e", "=" + secret, "true"), {}), (("run", "-e", "A=" + secret, "--no-such"), {}),
        (("run", "-e", "A=%s;B=%s;C D=%s" % (secret, secret, secret), "true"), {}),
        (("run", "--env-file", "bad.env", "true"), {}), (("local", "-e", "bad.env", "--once"), {}), (("local:run", "-e", "bad.env", "true"), {}),
        (("config:edit",), {"EDITOR": dyno.path("editor"), "VISUAL": dyno.path("editor")}),
    ):
        result = dyno.call(*words, env=env, stdin=b"").sane()
        check(secret.encode() not in result.out + result.err, "%s shows the value: %s" % (words[0], result))
    for name, text in (("app.json", '{"env": {"A": {"value": "%s", }}}' % secret), ("app.json", '{"env": {"BAD NAME": "%s"}}' % secret), (".env", "BAD NAME=%s\n" % secret), (".env", "{\"A\": \"%s\"" % secret)):
        other = Dyno("app-%s-%d" % (name.strip("."), len(text)))
        other.write("Procfile", "web: true\n")
        other.write(name, text)
        for words in (("check",), ("run", "true"), ("local", "--once"), ("config:set", "A=1")):
            result = other.call(*words).sane()
            check(secret.encode() not in result.out + result.err, "%s of %s shows the value: %s" % (words[0], name, result))
    for path in dyno.state():
        if path.endswith(".log"):
            with open(os.path.join(dyno.home, path), "rb") as file:
                check(secret.encode() not in file.read(), "%s has the value" % path)


@case("C14", "the port of a dyno is taken: an error that names the port and the dyno, and nothing starts")
def taken_port():
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        with socket.socket(family) as taken:
            try:
                taken.bind((address, 0))
            except OSError:
                continue  # no IPv6 here
            taken.listen()
            port = taken.getsockname()[1]
            if port < 1124:
                continue
            dyno = Dyno("app-%s" % address.replace(":", "x"))
            dyno.write("Procfile", "web: echo started; sleep 1\nworker: echo started; sleep 1\n")
            result = ends(dyno, "local", "--once", "-p", str(port), seconds=30)
            said = result.out + result.err
            check(result.status != 0 and b"%d" % port in said and b"web.1" in said, str(result))
            check(b"|  started" not in result.out, "something was started: %s" % result)
            result = ends(dyno, "local", "--once", "-p", str(port - 100), seconds=30)
            check(result.status != 0 and b"worker.1" in result.out + result.err, "the second type's: %s" % result)


@case("C16", "where a config var is given several times: dyno's own, app.json, .env, config:set, run -e, each over those before; the caller's never")
def precedence():
    dyno = Dyno()
    names = ("A", "B", "C", "D", "LANG", "OUTER")
    dyno.write("app.json", json.dumps({"env": {"A": {"value": "app"}, "D": {"value": "app"}}}))
    dyno.write(".env", "A=env\nB=env\nC=env\nLANG=env\n")
    dyno.write("other.env", "A=other\nB=other\n")
    dyno.call("config:set", "B=set", "C=set").ended(0)
    show = "printf '%%s ' %s" % " ".join('"${%s-none}"' % name for name in names)
    caller = {name: "caller" for name in names}
    for options, expected in (
        ((), "env set set app env none"),
        (("-e", "C=own"), "env set own app env none"),
        (("-e", "D=own;LANG=own"), "env set set own own none"),
        (("--env-file", "other.env"), "other set set app C.UTF-8 none"),
    ):
        result = dyno.run(*options, show, env=caller).ended(0)
        check(result.out.decode().split() == expected.split(), "%s: %s" % (options, result))
    dyno.write("Procfile", "web: %s; echo\n" % show)
    for options, expected in (((), "env set set app env none"), (("-e", "other.env"), "other set set app C.UTF-8 none")):
        result = dyno.call("local", "--once", "--no-color", *options, env=caller).sane()
        check(expected in result.out.decode(), "local %s: %s" % (options, result))
