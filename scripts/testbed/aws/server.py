"""moto with its mends, on loopback, until the standard input ends. It keeps nothing on disk.

usage: server.py [PORT]     0 takes a free port; "ready URL" is printed when it answers
"""

import logging
import os
import sys
import threading

import mend  # noqa: F401  mends moto by being imported
from control import Control
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server


class Serial:
    """One call after the other: moto's state has no locks of its own."""

    def __init__(self, application):
        self.application, self.lock = application, threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            return list(self.application(environ, start_response))


class QuietHandler(MotoRequestHandler):
    """Without a line per request."""

    def log_request(self, *_args):
        pass


def end_with_input():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    control = Control(Serial(DomainDispatcherApplication(create_backend_app)))
    server = make_server("127.0.0.1", port, control, threaded=True, request_handler=QuietHandler)
    control.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=end_with_input, daemon=True).start()
    print(f"ready {control.url}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
