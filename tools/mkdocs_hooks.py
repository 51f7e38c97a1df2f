"""What mkdocs.yml asks for beside the pages in docs/: two pages that live elsewhere, and links between pages."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
# Pages of the site whose files have to be where GitHub, pip and the program look for them.
ELSEWHERE = {
    "SECURITY.md": "security.md",
    "scoring/models/default/card.md": "model-card.md",
    "scoring/models/default/even.svg": "even.svg",
}
_NAMED = re.compile(r"`(docs/[\w-]+\.md|SECURITY\.md)`")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that live elsewhere."""
    for source, target in ELSEWHERE.items():
        files.append(File.generated(config, target, content=(ROOT / source).read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn the names of pages (`docs/serve.md`) into links."""
    return _NAMED.sub(lambda found: linked(found[1]), markdown)


def linked(name: str) -> str:
    """A link to the page that a file is on the site.

    >>> linked("docs/serve.md"), linked("SECURITY.md")
    ('[serve](serve.md)', '[security](security.md)')
    """
    page = ELSEWHERE.get(name, name.removeprefix("docs/"))
    return f"[{page.removesuffix('.md')}]({page})"
