"""The Content-Security-Policy of every page: only scripts that this site itself brings may run.

It stands in a ``<meta>``, so that any host serves it (CSP3, https://www.w3.org/TR/CSP3/). The
theme's inline scripts are allowed by their hashes. Which these are is found by letting MkDocs make
pages that hold nothing (``probe.py``): a script that an article smuggled into a page is on none of
them and does not run, and a new version of the theme needs no change here. Pages written by hand
may have scripts of their own.
"""

import hashlib
import re
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Sequence
from pathlib import Path

from dwiwarta.errors import SiteError
from dwiwarta.site.places import GENERATED_FOLDERS
from dwiwarta.site.process import run_python

# 'wasm-unsafe-eval': Pagefind's search is WebAssembly; it allows no eval of scripts.
SOURCES = ("'self'", "'wasm-unsafe-eval'")
OTHERS = "object-src 'none'; base-uri 'none'"
TIMEOUT_SECONDS = 600

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.IGNORECASE | re.DOTALL)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
# What a browser runs; any other type is data (https://html.spec.whatwg.org/, "script" element).
_RUN = re.compile(r"(?:|module|importmap|speculationrules|(?:text|application)/(?:x-)?\w*script)")
# The charset comes first: browsers look for it in the first 1,024 bytes.
_HEAD = re.compile(r"<head[^>]*>\s*(?:<meta charset=[^>]*>)?", re.IGNORECASE)


def probe_scripts(root: Path) -> frozenset[str]:
    """The inline scripts of the theme, in pages of any kind and depth of the project at ``root``.

    Raises ``SiteError`` with MkDocs' last words if it cannot make such pages.
    """
    # -P: what lies beside the script is not to be taken for a module of others.
    probe = ["-P", str(Path(__file__).with_name("probe.py"))]
    with tempfile.TemporaryDirectory(prefix="dwiwarta-") as folder:
        try:
            done = run_python([*probe, folder], root, TIMEOUT_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SiteError(f"the theme's scripts could not be found: {error}") from error
        if done.returncode != 0:
            words = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
            raise SiteError(f"the theme's scripts could not be found: {words[0]}")
        return scripts_of(Path(folder) / "site")


def scripts_of(site_dir: Path) -> frozenset[str]:
    """All inline scripts in the pages of a site."""
    pages = (path.read_text(encoding="utf-8") for path in site_dir.rglob("*.html"))
    return frozenset(script for page in pages for script in inline_scripts(page))


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand in a page and that a browser would run."""
    found = []
    for attributes, text in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        if not _SOURCE.search(attributes) and _RUN.fullmatch(kind[1].lower() if kind else ""):
            found.append(text)
    return found


def add_policies(
    site_dir: Path, docs_dir: Path, theme: Iterable[str], hosts: Sequence[str] = ()
) -> None:
    """Put its policy into every page that MkDocs made; files copied from ``docs_dir`` stay as is.

    ``theme``: the scripts of ``probe_scripts``. ``hosts``: where else scripts may come from.
    """
    trusted = sorted(theme)
    for path in sorted(site_dir.rglob("*.html")):
        name = path.relative_to(site_dir)
        if (docs_dir / name).exists():
            continue
        html = path.read_text(encoding="utf-8")
        if name.parts[0] in (*GENERATED_FOLDERS, "index.html"):
            scripts = [script for script in trusted if f">{script}</script" in html]
        else:
            scripts = inline_scripts(html)
        path.write_text(with_policy(html, scripts, hosts), encoding="utf-8")


def with_policy(html: str, scripts: Iterable[str], hosts: Sequence[str] = ()) -> str:
    """The page with its policy before anything that the policy is for."""
    head = _HEAD.search(html)
    if not head:
        return html
    meta = f'\n  <meta http-equiv="Content-Security-Policy" content="{policy(scripts, hosts)}">'
    return html[: head.end()] + meta + html[head.end() :]


def policy(scripts: Iterable[str], hosts: Sequence[str] = ()) -> str:
    """Scripts of the site itself, these inline ones, and those of the named hosts."""
    hashes = sorted({f"'sha256-{_digest(script)}'" for script in scripts})
    return f"script-src {' '.join([*SOURCES, *hashes, *hosts])}; {OTHERS}"


def allow_script(html: bytes, script: bytes) -> bytes:
    """A page whose policy allows one more inline script, where it has a policy."""
    digest = _digest(script.decode())
    return html.replace(b"script-src 'self'", f"script-src 'self' 'sha256-{digest}'".encode(), 1)


def _digest(script: str) -> str:
    # A browser has read every line end as a line feed before it hashes.
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()
