"""The notes' database: one SQLite file. Its schema version is SQLite's own user_version."""

import sqlite3
from pathlib import Path

APP = Path(__file__).parent
FILE = APP / "data" / "notes.sqlite3"


def connect():
    FILE.parent.mkdir(exist_ok=True)
    # Without an isolation level, transactions begin and end where the SQL says so.
    return sqlite3.connect(FILE, isolation_level=None)
