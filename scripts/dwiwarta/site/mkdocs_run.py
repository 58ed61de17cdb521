"""Running MkDocs, as a person would, on what lies in ``docs/``."""

import os
import re
import subprocess
from importlib.metadata import version

from dwiwarta.errors import SiteError
from dwiwarta.files import remove_leftovers
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project
from dwiwarta.site.places import check_site, site_error
from dwiwarta.site.policy import add_policies, policy, probe_scripts
from dwiwarta.site.process import run_python
from dwiwarta.site.stamp import digest_contents, is_current, write_stamp

# MkDocs writes the day of the build into sitemap.xml.gz. A fixed moment keeps two builds
# byte-identical; 1980-01-01 is the earliest that every archive format can hold. A caller's own
# SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) wins.
FIXED_MOMENT = "315532800"

# How MkDocs 1.6 prints a warning, and how it names the page in one.
_WARNING = re.compile(r"^WARNING +- +(.+)$", re.MULTILINE)
_PAGE = re.compile(r"Doc file '([^']+)'")
# The last line of Python's traceback where the system refused.
_DISK_FAULT = re.compile(
    r"(?:OS|Permission|FileNotFound|FileExists|IsADirectory|NotADirectory)Error:"
    r" (?:\[Errno \d+\] )?(.+)"
)

LAST_LINES = 25  # of MkDocs' output, shown when it fails
TIMEOUT_SECONDS = 3600


def run_mkdocs(project: Project, problems: ProblemLog) -> bool:
    """Build ``docs/`` into ``site/``; says whether there was anything to do.

    The site is left alone when it is what these very inputs gave before. What MkDocs warns of (a
    broken link in a page written by hand, say) goes to ``problems``, and the site is made again
    next time, so that no warning is seen only once. Raises ``SiteError`` with the end of MkDocs'
    output if it fails, or with the file that cannot be read or may not be published.
    """
    config = project.root / "mkdocs.yml"
    stamp = project.cache_dir / "site.stamp"
    try:
        inputs = digest_contents(
            [config, project.docs_dir, project.root / "overrides"],
            extra=" ".join(
                [
                    *(version(name) for name in ("mkdocs", "mkdocs-material", "markdown")),
                    policy((), project.settings.site.scripts_from),
                ]
            ),
            inside=project.root,
        )
        if is_current(stamp, inputs, project.site_dir):
            return False
        stamp.unlink(missing_ok=True)
        remove_leftovers(stamp)
        check_site(project.site_dir)
    except OSError as error:
        raise site_error(error, project.docs_dir) from error
    arguments = [
        *("-m", "mkdocs", "build", "--clean"),
        *("--config-file", str(config), "--site-dir", str(project.site_dir)),
    ]
    try:
        done = run_python(arguments, project.root, TIMEOUT_SECONDS, mkdocs_environment())
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SiteError(f"MkDocs could not be run: {error}") from error
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines()[-LAST_LINES:]
        if lines and (fault := _DISK_FAULT.match(lines[-1])):
            raise SiteError(f"MkDocs could not read or write: {fault[1]}")
        raise SiteError("\n".join(["MkDocs did not accept the pages:", *lines]))
    warnings = _WARNING.findall(done.stdout + done.stderr)
    for warning in warnings:
        page = _PAGE.search(warning)
        problems.warn(f"docs/{page[1]}" if page else "mkdocs.yml", 1, warning)
    warnings += _add_policies(project, problems)
    if not warnings:
        try:
            write_stamp(stamp, inputs, digest_contents([project.site_dir]))
        except OSError as error:
            raise site_error(error, project.site_dir) from error
    return True


def _add_policies(project: Project, problems: ProblemLog) -> list[str]:
    """Give every page its policy; the warning if the theme's scripts could not be found."""
    try:
        theme = probe_scripts(project.root)
    except SiteError as error:
        problems.warn("mkdocs.yml", 1, f"pages have no Content-Security-Policy: {error}")
        return [str(error)]
    hosts = project.settings.site.scripts_from
    try:
        add_policies(project.site_dir, project.docs_dir, theme, hosts)
    except OSError as error:
        raise site_error(error, project.site_dir) from error
    return []


def mkdocs_environment() -> dict[str, str]:
    """The environment for MkDocs: no advertisement, and output that depends on nothing else."""
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", FIXED_MOMENT),
    }
