"""The notes as JSON, on the port that the dyno was given."""

import json
import os
import signal
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import database


class Notes(BaseHTTPRequestHandler):
    def do_GET(self):
        with closing(database.connect()) as db:
            notes = [text for (text,) in db.execute("SELECT text FROM note ORDER BY id")]
        body = json.dumps({"dyno": os.environ.get("DYNO"), "notes": notes}) + "\n"
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())


def stop(signum, frame):
    print("SIGTERM, closing")
    sys.exit()


port = int(os.environ.get("PORT", 5000))
signal.signal(signal.SIGTERM, stop)
with ThreadingHTTPServer(("", port), Notes) as server:
    print(f"listening on {port}")
    server.serve_forever()
