"""Running MkDocs, as a person would, on what lies in ``docs/``."""

import os
import subprocess
import sys
from importlib.metadata import version

from dwiwarta.errors import SiteError
from dwiwarta.settings import Project
from dwiwarta.site.stamp import digest_contents, is_current, write_stamp

# MkDocs writes the day of the build into sitemap.xml.gz. A fixed moment keeps two builds
# byte-identical; 1980-01-01 is the earliest that every archive format can hold. A caller's own
# SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) wins.
FIXED_MOMENT = "315532800"

LAST_LINES = 25  # of MkDocs' output, shown when it fails
TIMEOUT_SECONDS = 3600


def run_mkdocs(project: Project) -> bool:
    """Build ``docs/`` into ``site/``; says whether there was anything to do.

    The site is left alone when it is what these very inputs gave before. Warnings are errors.
    Raises ``SiteError`` with the end of MkDocs' output.
    """
    config = project.root / "mkdocs.yml"
    inputs = digest_contents(
        [config, project.docs_dir, project.root / "overrides"],
        extra=" ".join(version(name) for name in ("mkdocs", "mkdocs-material", "markdown")),
    )
    stamp = project.cache_dir / "site.stamp"
    if is_current(stamp, inputs, project.site_dir):
        return False
    stamp.unlink(missing_ok=True)
    command = [
        sys.executable,
        *("-m", "mkdocs", "build", "--strict", "--clean"),
        *("--config-file", str(config), "--site-dir", str(project.site_dir)),
    ]
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter, no shell)
            command,
            cwd=project.root,
            env=mkdocs_environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SiteError(f"MkDocs could not be run: {error}") from error
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines()[-LAST_LINES:]
        raise SiteError("\n".join(["MkDocs did not accept the pages:", *lines]))
    write_stamp(stamp, inputs, project.site_dir)
    return True


def mkdocs_environment() -> dict[str, str]:
    """The environment for MkDocs: no advertisement, and output that depends on nothing else."""
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", FIXED_MOMENT),
    }
