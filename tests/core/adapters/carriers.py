"""What carries letters, on this machine: a mail server and the service of a provider, each with moods."""

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as it takes to accept a letter, or to answer one command otherwise."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        # Command to answer, such as {"RCPT": "550 Nobody here"}; None hangs up.
        self.moods, self.letters, self.sessions = {}, [], 0

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.sessions += 1
        self.say("220 ready")
        while line := self.rfile.readline():
            command = line.decode().split()[0].upper().partition(":")[0]
            answer = self.server.moods.get(command, self.usual(command))
            if answer is None:
                return
            self.say(answer)
            if answer.startswith("354"):
                self.receive()
            if command == "QUIT":
                return

    def usual(self, command):
        return {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 fine")

    def receive(self):
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.letters.append(b"".join(lines).decode())
        self.say(self.server.moods.get("END", "250 taken"))

    def say(self, answer):
        self.wfile.write(f"{answer}\r\n".encode())


class Postmark(HTTPServer):
    """Answers as Postmark's API does: status and body."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _PostmarkRequest)
        self.requests = []
        self.mood = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "m-1", "To": "carol@example.org"})

    @property
    def url(self):
        return f"anymail+postmark://?server_token=secret&api_url=http://127.0.0.1:{self.server_address[1]}"


class _PostmarkRequest(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.headers["X-Postmark-Server-Token"], body))
        status, answer = self.server.mood
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args):
        """Say nothing."""


def carried_by(settings, url):
    """Letters go this way for the time of a test."""
    from config.settings.mail import carried_by as settings_for

    found = settings_for(url)
    settings.EMAIL_BACKEND = found["EMAIL_BACKEND"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = found.get("EMAIL_HOST"), found.get("EMAIL_PORT")
    settings.ANYMAIL = found.get("ANYMAIL", {})
