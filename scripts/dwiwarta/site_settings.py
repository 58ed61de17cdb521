"""``site:`` of ``dwiwarta.yml``: what makes a site somebody's own."""

import re
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BeforeValidator, Field

from dwiwarta.colours import LEAST, parsed, worst
from dwiwarta.errors import SettingsError
from dwiwarta.yamlfile import Strict, read_text

_LOGO = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:svg|png|webp|jpe?g)", re.ASCII)


def _moved(_hosts: object) -> object:
    raise ValueError("this setting is in mkdocs.yml now, as extra: scripts_from")


def _light(colour: str) -> str:
    return _readable(colour, "light", "choose a darker one")


def _dark(colour: str) -> str:
    return _readable(colour, "dark", "choose a lighter one")


def _readable(colour: str, scheme: str, advice: str) -> str:
    if not colour:
        return ""
    colour = parsed(colour)
    if (ratio := worst(colour, scheme)) < LEAST:
        # Cut, not rounded: 4.49 is not 4.5.
        raise ValueError(
            f"{colour} on the {scheme} paper has a contrast of {int(ratio * 100) / 100}:1, and "
            f"text can be read from {LEAST}:1 on (WCAG AA); {advice}"
        )
    return colour


def _logo(path: str) -> str:
    if path and not _LOGO.fullmatch(path):
        raise ValueError(
            f"{path!r} is no picture below docs/; name it as in assets/mine.svg "
            "(.svg, .png, .webp, .jpg)"
        )
    return path


class ColourSettings(Strict):
    """The two colours of the site, each readable on its paper; tints for the dark are made."""

    indonesian: Annotated[str, AfterValidator(_light)] = Field(
        "", description="of the Indonesian side and of what one clicks, as '#9c2328'"
    )
    english: Annotated[str, AfterValidator(_light)] = Field(
        "", description="of the English side and of links, as '#1b566e'"
    )
    indonesian_dark: Annotated[str, AfterValidator(_dark)] = Field(
        "", description="the first in dark colours; empty: made from it"
    )
    english_dark: Annotated[str, AfterValidator(_dark)] = Field(
        "", description="the second in dark colours; empty: made from it"
    )


class SiteSettings(Strict):
    """The published site."""

    name: str = Field("", max_length=60, description="of the site; empty: site_name of mkdocs.yml")
    motto: str = Field("", max_length=120, description="beside the name; empty: ours")
    logo: Annotated[str, AfterValidator(_logo)] = Field(
        "", description="a picture below docs/, such as assets/mine.svg; empty: ours"
    )
    colours: ColourSettings = ColourSettings()
    front_text: str = Field(
        "",
        max_length=20_000,
        description="Markdown above the newest articles, or the name of a .md file with it",
    )
    page_size: int = Field(20, ge=1, le=10_000, description="articles on a page of a list")
    index_by_search_engines: bool = Field(
        False, description="false: pages say noindex, as the texts are other publishers'"
    )
    feeds: bool = Field(
        True, description="feeds of the newest articles, with their full text in both languages"
    )
    books: bool = Field(
        True, description="e-books (EPUB) of the newest articles, and a catalogue of them (OPDS)"
    )
    social_cards: int = Field(
        50,
        ge=0,
        le=10_000,
        description="pictures that networks show beside a link: how many of the newest articles "
        "have one, and the stories that they belong to; 0: none",
    )
    offline: bool = Field(
        True,
        description="what was read, and the newest articles, can be read without network; false: "
        "what readers' browsers have kept is taken away",
    )
    feed_ids: str = Field(
        "",
        pattern=r"^(tag:[a-z0-9.@-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9._~/-]*)?$",
        description="what ids in feeds and e-books begin with, as tag:news.example,2026: - empty: "
        "made of site_url; a site that moves keeps its former one, or readers get all again",
    )
    language: Literal["en", "id"] = Field(
        "en", description="of the interface: en (English) or id (Indonesian)"
    )
    line_link: str = Field(
        "#L{line}",
        pattern=r"^([#?][A-Za-z0-9=&#?._-]*\{line\}[A-Za-z0-9=&#?._-]*)?$",
        description="what leads to a line of a file, after the file's address at the code host; "
        "empty: to the file",
    )
    scripts_from: Annotated[tuple[str, ...], BeforeValidator(_moved)] = Field(
        (), description="in mkdocs.yml now, as extra: scripts_from"
    )


def front_text_of(root: Path, site: SiteSettings) -> str:
    """The front text itself, or that of the file which is named.

    Raises ``SettingsError`` if that file, or the one of the logo, is not there.
    """
    if site.logo and not (root / "docs" / site.logo).is_file():
        raise _site_fault(root, "logo", f"there is no file docs/{site.logo}")
    text = site.front_text
    if "\n" in text or not text.endswith(".md"):
        return text
    path = root / text
    if Path(text).is_absolute() or ".." in Path(text).parts or not path.is_file():
        raise _site_fault(root, "front_text", f"there is no file {text} in this folder")
    try:
        path.resolve().relative_to(root.resolve())
    except ValueError:
        raise _site_fault(root, "front_text", f"{text} leads out of this folder") from None
    return read_text(path)


def _site_fault(root: Path, key: str, reason: str) -> SettingsError:
    """A fault of a key below ``site``, with its line."""
    path = root / "dwiwarta.yml"
    node = yaml.compose(read_text(path), Loader=yaml.SafeLoader)
    line = 1
    top = node.value if isinstance(node, yaml.MappingNode) else []
    for below in (value.value for name, value in top if name.value == "site"):
        line = next((name.start_mark.line + 1 for name, _ in below if name.value == key), line)
    return SettingsError(f"{path}:{line}: site.{key}: {reason}")
