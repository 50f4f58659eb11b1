"""Manages the database: python3 manage.py migrate | showmigrations"""

import argparse
import sqlite3
import sys
from contextlib import closing

import database

MIGRATIONS = sorted((database.APP / "migrations").glob("*.sql"))


def number(migration):
    return int(migration.stem.split("_")[0])


def current_version(db):
    return db.execute("PRAGMA user_version").fetchone()[0]


def migrate(db):
    """Applies the migrations newer than the schema."""
    pending = [m for m in MIGRATIONS if number(m) > current_version(db)]
    for migration in pending:
        apply(db, migration)
        print(f"applied {migration.stem}")
    if not pending:
        print("nothing to apply")


def apply(db, migration):
    # One transaction holds the change and its version: a migration that fails leaves no trace.
    script = f"BEGIN; {migration.read_text()} PRAGMA user_version = {number(migration)}; COMMIT;"
    try:
        db.executescript(script)
    except sqlite3.Error as error:
        sys.exit(f"{migration.stem}: {error}")


def showmigrations(db):
    """Lists the migrations, the applied ones crossed."""
    for migration in MIGRATIONS:
        mark = "X" if number(migration) <= current_version(db) else " "
        print(f"[{mark}] {migration.stem}")


def main():
    parser = argparse.ArgumentParser(description="Manages the database.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in (migrate, showmigrations):
        commands.add_parser(command.__name__, help=command.__doc__).set_defaults(run=command)
    arguments = parser.parse_args()

    with closing(database.connect()) as db:
        arguments.run(db)


if __name__ == "__main__":
    main()
