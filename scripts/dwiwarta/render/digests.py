"""What every generated page depends on beside the articles: code, templates, names, settings."""

from importlib.metadata import version
from pathlib import Path

from dwiwarta.fingerprint import digest_of
from dwiwarta.knowledge.overlays import overlay_digests, remembered
from dwiwarta.settings import Project

_PACKAGE = Path(__file__).resolve().parents[1]
# Which files of the package decide what a page looks like: this stage, what every stage may use,
# and the names of countries and topics.
_CODE = (
    "render/**/*.py",
    "render/templates/*.j2",
    "render/social/faces/*",
    "locale/*.po",
    "*.py",
    "knowledge/*.py",
    "knowledge/affixes.yml",
    "knowledge/function_words.yml",
    "knowledge/learned/frequent_roots.yml",
    "knowledge/learned/word_shares.yml",
    "knowledge/lexicon/*.yml",
    "knowledge/regions.yml",
    "words/*.py",
    "model/*.py",
)
_LIBRARIES = ("babel", "jinja2", "markdown-it-py", "markupsafe")
_NAMES = ("countries", "bodies", "topics")
_OWN = (*_NAMES, "lexicon")


@remembered
def code_digest() -> str:
    """Of the code, the templates and the libraries that make pages."""
    files = {path for pattern in _CODE for path in _PACKAGE.glob(pattern)}
    files |= {_PACKAGE / "knowledge" / f"{name}.yml" for name in _NAMES}
    parts: list[bytes | str] = [version(name) for name in _LIBRARIES]
    for path in sorted(files):
        parts += [path.relative_to(_PACKAGE).as_posix(), path.read_bytes()]
    own = overlay_digests()
    parts += [f"own {name} {own.get(f'{name}.yml', '')}" for name in _OWN]
    return digest_of(*parts)


def shared_digest(project: Project) -> str:
    """Of what all pages of a project have in common."""
    return digest_of(
        code_digest(),
        project.site_name,
        project.site_url or "",
        project.edit_base or "",
        repr(project.settings.site),
    )
