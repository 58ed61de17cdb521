"""The preview's server as a process that ends with whoever started it: what ``serve.py`` runs.

Its standard input is a pipe from the preview, which closes however the preview ends, a SIGKILL
included: no server is left behind that holds the port. Never imported.
"""

import os
import signal
import sys
import threading
from pathlib import Path


def _end_with_parent() -> None:
    os.read(0, 1)  # not through sys.stdin, whose lock the interpreter wants when it ends
    os._exit(0)


if __name__ == "__main__":
    # It only reads: any signal may end it at once, without a word. SIGINT may come in ignored from
    # a shell's "&".
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    from dwiwarta.site.preview import serve_preview

    _, site, bell, host, port, mount = sys.argv
    serve_preview(Path(site), Path(bell), host, int(port), mount)
