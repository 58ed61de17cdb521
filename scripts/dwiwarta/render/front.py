"""The text that a site's owner puts above the newest articles."""

from functools import cache

from markupsafe import Markup


@cache
def front_html(markdown: str) -> Markup:
    """As HTML, without any HTML of its own: what looks like it is shown. Titles begin at ``h2``.

    ``compact`` takes line breaks for spaces, so that code blocks are set as one line.
    """
    from markdown_it import MarkdownIt  # only where an owner has written something

    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 (escaped)
