"""The Content-Security-Policy of every page: only scripts that this site itself brings may run.

The theme writes it (``overrides/main.html``), in a ``<meta>``, so that any host serves it (CSP3,
https://www.w3.org/TR/CSP3/): scripts come from files. What is left to do here is to see whether a
page has a script in it that will not run, and to let the preview reload its pages.
"""

import hashlib
import re
from base64 import b64encode

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.IGNORECASE | re.DOTALL)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
# What a browser runs; any other type is data (https://html.spec.whatwg.org/, "script" element).
_RUN = re.compile(r"(?:|module|importmap|speculationrules|(?:text|application)/(?:x-)?\w*script)")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand in a page and that a browser would run."""
    found = []
    for attributes, text in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        if not _SOURCE.search(attributes) and _RUN.fullmatch(kind[1].lower() if kind else ""):
            found.append(text)
    return found


def fault_of(html: str) -> str:
    """What is wrong with the policy of a page that MkDocs made, "" if nothing is."""
    policy = _POLICY.search(html)
    allowed = policy[1] if policy else "'unsafe-inline'"  # of another theme
    for script in inline_scripts(html):
        if "'unsafe-inline'" not in allowed and _digest(script) not in allowed:
            start = " ".join(script.split())[:40]
            return (
                f"the theme has a script in its pages, which will not run: {start!r}; make it a "
                f"file, or name it: extra: scripts_from: [sha256-{_digest(script)}]"
            )
    return ""


def allow_script(html: bytes, script: bytes) -> bytes:
    """A page whose policy allows one more inline script, where it has a policy."""
    if b"'unsafe-inline'" in html:  # which a digest beside it would turn off
        return html
    digest = _digest(script.decode())
    return html.replace(b"script-src 'self'", f"script-src 'self' 'sha256-{digest}'".encode(), 1)


def _digest(script: str) -> str:
    # A browser has read every line end as a line feed before it hashes.
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
