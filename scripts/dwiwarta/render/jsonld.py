"""schema.org data of an article page: the original, and in it the translation as its own work."""

import json
from typing import Any

from markupsafe import Markup

from dwiwarta.model import UNNAMED_EDITOR, Entry
from dwiwarta.render.labels import engine_name
from dwiwarta.render.markup import literal
from dwiwarta.render.views import publication


def article_json(entry: Entry) -> Markup:
    """The content of a ``<script type="application/ld+json">``.

    ``<``, ``>`` and ``&`` are written as JSON escapes: text that holds ``</script>`` or ``<!--``
    must not end the element.
    """
    original = {"@context": "https://schema.org", **_original(entry)}
    text = json.dumps(original, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 (escaped for its place just above)


def _original(entry: Entry) -> dict[str, Any]:
    article = entry.article
    source = publication(article)
    original: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": literal(article.title),
        "inLanguage": "id",
    }
    if article.published:
        original["datePublished"] = article.published.iso
    if source.url:
        original["url"] = original["isBasedOn"] = source.url  # what is shown is cleaned
    if source.name:
        original["publisher"] = {"@type": "Organization", "name": source.name}
    if article.byline:
        original["author"] = {"@type": "Person", "name": literal(article.byline)}
    if article.dateline:
        original["dateline"] = literal(article.dateline)
    title = entry.text.title.translation
    if title is None:
        return original
    translation: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": literal(title.text),
        "inLanguage": "en",
    }
    translators = _translators(entry)
    if translators:
        translation["translator"] = translators if translators[1:] else translators[0]
    original["workTranslation"] = translation
    return original


def _translators(entry: Entry) -> list[dict[str, str]]:
    """Who made the English, in order of appearance; an editor without a name is not named."""
    made = [s.translation for s in entry.text.segments if s.translatable and s.translation]
    found = dict.fromkeys(
        ("Person" if one.state.is_human else "SoftwareApplication", name)
        for one in made
        if (name := engine_name(one)) and not (one.state.is_human and one.engine == UNNAMED_EDITOR)
    )
    return [{"@type": kind, "name": name} for kind, name in found]
