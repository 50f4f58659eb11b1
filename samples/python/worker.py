"""Counts the words of the notes that nobody has counted yet, and looks for new ones every few seconds."""

import signal
import sys
import time
from contextlib import closing

import database

SECONDS_BETWEEN_LOOKS = 5


def count_words(db):
    uncounted = db.execute("SELECT id, text FROM note WHERE words IS NULL ORDER BY id").fetchall()
    for note, text in uncounted:
        words = len(text.split())
        db.execute("UPDATE note SET words = ? WHERE id = ?", (words, note))
        print(f"note {note} has {words} words")


def stop(signum, frame):
    print("SIGTERM, leaving")
    sys.exit()


signal.signal(signal.SIGTERM, stop)
with closing(database.connect()) as db:
    while True:
        count_words(db)
        time.sleep(SECONDS_BETWEEN_LOOKS)
