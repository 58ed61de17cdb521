"""The settings: ``dwiwarta.yml`` (ours) and the few values that ``mkdocs.yml`` already states."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, Field

from dwiwarta.addresses import is_secure_host, web_address
from dwiwarta.errors import SettingsError
from dwiwarta.knowledge.overlays import FOLDER, use_overlays
from dwiwarta.site_settings import SiteSettings, front_text_of
from dwiwarta.starter import CHECKOUT, IN_CHECKOUT, shown_command
from dwiwarta.yamlfile import Strict, load_yaml, read_text
from dwiwarta.yamltext import NOT_YAML, compose_yaml, keys_twice, yaml_fault

# A checkout is a project itself; an installed program works where it is called.
PROJECT_ROOT = CHECKOUT if IN_CHECKOUT else Path.cwd()


# Named here, where a wrong name can be told with its line; made in translate/engines/registry.py.
ENGINES = (
    "firefox",
    "google",
    "mymemory",
    "libre",
    "deepl",
    "microsoft",
    "ctranslate2",
    "llm",
    "fake",
)


def _engine(name: str) -> str:
    if name not in ENGINES:
        raise ValueError(f"no engine {name!r}; there are {', '.join(ENGINES)}")
    return name


class InputSettings(Strict):
    """What may be read from ``articles/``."""

    max_article_mb: float = Field(
        5, gt=0, le=1000, description="a larger text is no article; saved pages: ten times"
    )
    max_export_mb: float = Field(
        500, gt=0, le=1_000_000, description="limit of a .jsonl, .json or .csv export"
    )
    samples: bool = Field(
        True, description="false: what is marked as a sample (sample: true) is left out"
    )


class DedupeSettings(Strict):
    """Near-duplicates among articles."""

    merge: bool = Field(True, description="merge republished copies into one page")
    link: bool = Field(True, description="link rewritten tellings of one story")


class TranslationSettings(Strict):
    """The translation memory and the engines behind it."""

    engines: tuple[Annotated[str, AfterValidator(_engine)], ...] = Field(
        ("firefox", "google"), description="asked in this order for what the memory lacks"
    )
    deadline_seconds: float = Field(
        20,
        gt=0,
        le=86_400,
        description="no call to a service lasts longer; an engine on this machine has as long for "
        "each paragraph of a call",
    )
    attempts: int = Field(2, ge=1, le=10, description="tries of one call, the first included")
    failures_to_open: int = Field(
        3, ge=1, le=10_000, description="failures in a row that end an engine's run"
    )
    fetch_model: Literal["ask", "always", "never"] = Field(
        "ask",
        description="whether Firefox's model is fetched when paragraphs wait and nothing else can "
        "translate them; ask: on a terminal, once",
    )
    firefox_model: str = Field("", description="folder of an own copy of Firefox's model")
    ctranslate2_model: str = Field("", description="folder of a CTranslate2 model")
    llm_url: str = Field(
        "http://localhost:11434/v1", description="address of an OpenAI-compatible server"
    )
    llm_model: str = Field("", description="name of the server's model; empty: not set up")


class Settings(Strict):
    """All of ``dwiwarta.yml``; every key has a default, so the file may be empty."""

    input: InputSettings = InputSettings()
    dedupe: DedupeSettings = DedupeSettings()
    translation: TranslationSettings = TranslationSettings()
    site: SiteSettings = SiteSettings()


@dataclass(frozen=True, slots=True)
class Project:
    """A project on disk: its folders, its settings, and what MkDocs says about where it lives.

    ``edit_base`` ends in "/" (``https://host/owner/repo/edit/main/``) or is None where no
    repository is configured; a path relative to the project is appended to it. ``front_text``:
    Markdown for the home page. ``exclude_docs``: patterns of pages that MkDocs leaves out.
    ``theme``: the folder with our changes of the theme, ``custom_dir`` in ``mkdocs.yml``.
    """

    root: Path
    settings: Settings
    site_name: str
    site_url: str | None = None
    edit_base: str | None = None
    front_text: str = ""
    exclude_docs: str = ""
    theme: str = "overrides"

    @property
    def articles_dir(self) -> Path:
        """Where editors drop articles; the memory lies beside them."""
        return self.root / "articles"

    @property
    def docs_dir(self) -> Path:
        """Hand-written pages and the generated subtrees."""
        return self.root / "docs"

    @property
    def theme_dir(self) -> Path:
        """What of the theme is not Material's own."""
        return self.root / self.theme

    @property
    def site_dir(self) -> Path:
        """The finished site."""
        return self.root / "site"

    @property
    def cache_dir(self) -> Path:
        """What may be deleted at any time and only saves work."""
        return self.root / ".cache"


_TEXT, _NULL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:null"
_NO_TEXT = {"tag:yaml.org,2002:seq": "a list", "tag:yaml.org,2002:map": "a mapping"}


def load_project(root: Path) -> Project:
    """Read the settings of the project at ``root``. Raises ``SettingsError``."""
    _check_articles(root / "articles")
    settings = load_settings(root)
    mkdocs = _mkdocs_values(root / "mkdocs.yml")
    front_text = front_text_of(root, settings.site)
    return Project(
        root=root,
        settings=settings,
        site_name=settings.site.name or mkdocs.get("site_name") or "Dwiwarta",
        site_url=_folder(mkdocs.get("site_url")),
        edit_base=_edit_base(mkdocs.get("repo_url"), mkdocs.get("edit_uri")),
        front_text=front_text,
        exclude_docs=mkdocs.get("exclude_docs") or "",
        theme=mkdocs.get("custom_dir") or "overrides",
    )


def load_settings(root: Path) -> Settings:
    """``dwiwarta.yml`` alone, for what needs no project around it. Raises ``SettingsError``.

    From then on the project's own ``knowledge/`` counts.
    """
    use_overlays(root / FOLDER)
    own = root / "dwiwarta.yml"
    # A link to nothing is a fault, and not the same as no file.
    return load_yaml(own, Settings) if os.path.lexists(own) else Settings()


def _check_articles(folder: Path) -> None:
    """Raise ``SettingsError`` if it is a link or a file."""
    if folder.is_symlink():
        reason = (
            "is a link, and nothing is read or written through one: move the folder itself here, "
            "and put a link where it was"
        )
    elif folder.exists() and not folder.is_dir():
        reason = "is a file, but should be the folder of the articles"
    else:
        return
    raise SettingsError(f"{folder}:1: {reason}")


def _mkdocs_values(path: Path) -> dict[str, str | None]:
    """The plain top-level strings of ``mkdocs.yml``, and its theme's ``custom_dir``.

    MkDocs itself checks the rest.
    """
    if not os.path.lexists(path):
        make = shown_command("init FOLDER")
        reason = f"is missing: this is no site's folder; {make} makes one, --root names another"
        raise SettingsError(f"{path}:1: {reason}")
    try:
        node = compose_yaml(read_text(path))
    except (yaml.YAMLError, *NOT_YAML) as error:
        line, reason = yaml_fault(error)
        raise SettingsError(f"{path}:{line}: {reason}") from error
    if twice := keys_twice(node):  # of two settings MkDocs would take the last without a word
        raise SettingsError(f"{path}:{twice[0]}: {twice[1]}")
    # Composed, not loaded: mkdocs.yml may hold tags such as !ENV that a safe loader refuses.
    if not isinstance(node, yaml.MappingNode):
        return {}
    _check_texts(path, node)
    _check_script_hosts(path, node)
    _check_site_url(path, node)
    of_theme = [pair for theme in _values(node, "theme") for pair in _pairs(theme)]
    return {
        key.value: value.value
        for key, value in (
            *(pair for pair in of_theme if pair[0].value == "custom_dir"),
            *node.value,
        )
        if isinstance(key, yaml.ScalarNode)
        and isinstance(value, yaml.ScalarNode)
        and value.value
        and value.tag != _NULL
    }


def _check_texts(path: Path, node: yaml.MappingNode) -> None:
    """Raise ``SettingsError`` if what must be one text is none: MkDocs would say it late."""
    for key in ("site_name", "site_url", "site_description", "repo_url", "edit_uri", "copyright"):
        for value in _values(node, key):
            if value.tag in _NO_TEXT:
                raise SettingsError(
                    f"{path}:{value.start_mark.line + 1}: {key}: is {_NO_TEXT[value.tag]}, but "
                    "should be one text"
                )


def _check_script_hosts(path: Path, node: yaml.MappingNode) -> None:
    """Raise ``SettingsError`` if ``extra: scripts_from`` is anything but a list of hosts."""
    for value in _values(node, "extra"):
        for hosts in _values(value, "scripts_from"):
            listed = isinstance(hosts, yaml.SequenceNode)
            for host in hosts.value if listed else [hosts]:
                if not listed or not isinstance(host.value, str) or not _is_source(host.value):
                    shown = _NO_TEXT.get(host.tag) or repr(host.value)
                    raise SettingsError(
                        f"{path}:{host.start_mark.line + 1}: extra.scripts_from: {shown} is not "
                        "the address of a host, such as https://stats.example"
                    )


def _check_site_url(path: Path, node: yaml.MappingNode) -> None:
    """Raise ``SettingsError`` if it is no address of a site: pages and feeds hold it."""
    for value in _values(node, "site_url"):
        # One with a tag, such as !ENV, is known only to MkDocs.
        plain = isinstance(value, yaml.ScalarNode) and value.tag == _TEXT
        if plain and value.value and web_address(value.value) is None:
            raise SettingsError(
                f"{path}:{value.start_mark.line + 1}: site_url: {value.value!r} is not the address "
                "of a site, such as https://news.example/"
            )


def _folder(url: str | None) -> str | None:
    """As MkDocs takes it: the address of a folder."""
    return url if url is None or url.endswith("/") else f"{url}/"


def _is_source(text: str) -> bool:
    """Whether it names a host or the digest of a script: nothing else gets into the policy."""
    return is_secure_host(text) or re.fullmatch(r"sha256-[A-Za-z0-9+/]{43}=", text) is not None


def _values(node: yaml.Node, key: str) -> list[yaml.Node]:
    return [value for name, value in _pairs(node) if name.value == key]


def _pairs(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _edit_base(repo_url: str | None, edit_uri: str | None) -> str | None:
    """Where a file of the project is edited: MkDocs' ``edit_uri`` points into ``docs/``."""
    if not repo_url:
        return None
    uri = edit_uri or "edit/main/docs/"
    base = uri if "://" in uri else f"{repo_url.rstrip('/')}/{uri.strip('/')}/"
    return base.rstrip("/").removesuffix("docs").rstrip("/") + "/"
