"""What ``dwiwarta.yml`` says of the site, for the theme: ``overrides/partials/own.html``.

The theme's templates read it, in the build as in plain ``mkdocs build``. Where nothing is said
that differs from what the theme has by itself, there is no such file.
"""

from contextlib import suppress
from typing import Any

from dwiwarta.colours import for_dark
from dwiwarta.errors import SiteError
from dwiwarta.files import refusal, refuse_link, write_if_changed
from dwiwarta.interface import N_, OF_SCRIPTS, OF_WORDS, messages_of
from dwiwarta.settings import Project
from dwiwarta.site import MADE_HERE, theme_values

# What mkdocs.yml says, and readers see.
OF_MKDOCS = (
    *(N_("Home"), N_("Countries"), N_("Topics"), N_("About"), N_("Help")),
    *(
        N_("Editors"),
        N_("Developers"),
        N_("Indonesian news with the English beside it"),
        N_("Article texts belong to their publishers."),
    ),
)

PLACE = "overrides/partials/own.html"


def write_theme(project: Project) -> None:
    """Bring the file up to date.

    Raises ``SiteError`` where the disk refuses, or what lies there was not written by a build.
    """
    path = project.root / PLACE
    own = _own(project)
    try:
        refuse_link(path, project.root)
        if path.is_file() and MADE_HERE.encode() not in path.read_bytes():
            raise SiteError(
                f"{path}:1: the build writes this file, and one of yours is there: "
                "save that under another name"
            )
        if own:
            write_if_changed(path, theme_values("own", own), below=project.root)
        else:
            with suppress(FileNotFoundError):
                path.unlink()
    except OSError as error:
        raise SiteError(refusal(error, path)) from error


def _own(project: Project) -> dict[str, Any]:
    site = project.settings.site
    own: dict[str, Any] = {}
    if site.name:
        own["name"] = site.name
    if site.motto:
        own["motto"] = site.motto
    if site.logo:
        own["logo"] = site.logo
    if not site.feeds:
        own["no_feeds"] = True
    if not site.books:
        own["no_books"] = True
    if not site.offline:
        own["no_offline"] = True
    if css := _css(project):
        own["css"] = css
    if site.language != "en":
        own["language"] = site.language
        own["words"] = {
            **messages_of(site.language, "overrides/"),
            **messages_of(site.language, "scripts/dwiwarta/pipeline/theme.py"),
        }
        own["scripts"] = dict(messages_of(site.language, f"docs/{OF_SCRIPTS}", OF_WORDS))
    return own


def _css(project: Project) -> str:
    """The two colours; browsers without ``light-dark()`` get the light ones."""
    colours = project.settings.site.colours
    pairs = [
        (name, light, dark or for_dark(light))
        for name, light, dark in (
            ("id", colours.indonesian, colours.indonesian_dark),
            ("en", colours.english, colours.english_dark),
        )
        if light
    ]
    if not pairs:
        return ""
    plain = ";".join(f"--dw-{name}:{light}" for name, light, _ in pairs)
    two = ";".join(f"--dw-{name}:light-dark({light},{dark})" for name, light, dark in pairs)
    return f":root{{{plain}}}@supports (color:light-dark(#000,#fff)){{:root{{{two}}}}}"
