"""The preview's server as a process that ends with whoever started it: what ``serve.py`` runs.

Its standard input is a pipe from the preview: a byte in it says that open pages are to be loaded
again. It closes however the preview ends, a SIGKILL included: no server is left behind that holds
the port. Never imported.
"""

import os
import signal
import sys
import threading
from pathlib import Path


def _listen_to_parent() -> None:
    while os.read(0, 1):  # not through sys.stdin, whose lock the interpreter wants when it ends
        server.reload()
    os._exit(0)


if __name__ == "__main__":
    # It only reads: any signal may end it at once, without a word. SIGINT may come in ignored from
    # a shell's "&".
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from dwiwarta.site.preview import PreviewServer, serve_preview

    _, site, host, port, mount = sys.argv
    server = PreviewServer(host, int(port), Path(site), mount)
    threading.Thread(target=_listen_to_parent, daemon=True).start()
    serve_preview(server)
