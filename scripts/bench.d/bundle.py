#!/usr/bin/env python3
"""Export and import of a one-off against an archive of its app, made and unpacked in the same round: the measuring part of `scripts/bench bundle`.

usage: bundle.py DIRECTORY DYNO

The peers are GNU tar with zstd, and with gzip, which compresses as Java can (deflate).
"""

import base64
import glob
import json
import os
import shutil
import subprocess
import sys

import apps
import figures
import timing

work, dyno = sys.argv[1:3]
files = int(os.environ.get("BENCH_FILES", 40_000))


def once(words, state=None):
    return timing.well(timing.silent(words, {"DYNO_HOME": state} if state else None), words).ms


def an_app():
    """Half of its files are of text that does not compress to nothing."""
    app = apps.app(f"{work}/app", files)
    for i in range(0, files, 2):
        with open(f"{app}/{i // 400}/{i // 20}/{i}.js", "wb") as file:
            file.write(base64.encodebytes(os.urandom(1500)))
    return app


def main():
    times = figures.rounds(5)
    app = an_app()
    peers = {f"tar -I {name}": name for name in ("zstd", "gzip") if shutil.which(name)}
    one = f"{work}/one"
    once([dyno, "run", "-a", app, "true"], one)
    runs = subprocess.run([dyno, "runs", "-a", app, "--json"], check=True, capture_output=True, env={**os.environ, "DYNO_HOME": one})
    run = json.loads(runs.stdout)[0]["name"]
    os.mkdir(f"{work}/other")
    packs, unpacks, sizes = ({name: [] for name in ["dyno", *peers]} for _ in range(3))
    with figures.measured(work, times):
        for turn in range(times):
            os.sync()
            bundle, state = f"{work}/app.dyno", f"{work}/state-{turn}"
            packs["dyno"].append(once([dyno, "export", "-a", app, run, "--force", "-o", bundle], one))
            unpacks["dyno"].append(once([dyno, "import", "-a", f"{work}/other", bundle], state))
            if not glob.glob(f"{state}/**/runs/*/record", recursive=True):
                sys.exit("scripts/bench: nothing was imported")
            sizes["dyno"].append(os.path.getsize(bundle) / 1e6)
            for name, program in peers.items():
                archive, into = f"{work}/app.tar.{program}", f"{work}/{program}-{turn}"
                packs[name].append(once(["tar", "-I", program, "-cf", archive, "-C", app, "."]))
                os.mkdir(into)
                unpacks[name].append(once(["tar", "-I", program, "-xf", archive, "-C", into]))
                sizes[name].append(os.path.getsize(archive) / 1e6)
    rows = []
    for name in packs:
        row = [name]
        for figure, digits in (packs, 0), (unpacks, 0), (sizes, 1):
            row += [figures.spread(figure[name], digits) if figure is not sizes else f"{sizes[name][0]:.1f}", figures.ratio(figure["dyno"], figure[name])]
        rows.append(row)
    columns = ["", "pack, ms", "dyno, x this", "unpack, ms", "dyno, x this", "size, MB", "dyno, x this"]
    figures.table(f"A one-off of an app of {files:,} files: `dyno export` and `dyno import`", columns, rows)
    figures.missing([name for name in ("zstd", "gzip") if not shutil.which(name)])


main()
