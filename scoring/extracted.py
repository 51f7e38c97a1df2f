"""What was read as the article and what was set aside, for `onrecord extract`."""

import json

from onrecord.features.document import Article
from onrecord.scoring.display import clean
from onrecord.scoring.record import replace_surrogates


def to_text(article: Article) -> str:
    """The facts, the text, and what was set aside, for a terminal."""
    lines = [f"{name}: {' '.join(value.split())}" for name, value in _facts(article).items() if value]
    lines += [f"note {note.code}: {note.message}" for note in article.notes]
    lines += ["", article.text]
    if article.aside:
        lines += ["", "--- set aside ---", "", article.aside]
    return clean("\n".join(lines))


def to_json(article: Article) -> str:
    """The article as JSON: every field, and `aside` (null when the input was no page)."""
    record = {
        **_facts(article),
        "text": article.text,
        "aside": article.aside,
        "links": None if article.links is None else [{"url": link.url, "text": link.text} for link in article.links],
        "notes": [{"code": note.code, "message": note.message} for note in article.notes],
    }
    return replace_surrogates(json.dumps(record, indent=2, ensure_ascii=False))


def _facts(article: Article) -> dict[str, str | None]:
    return {key: getattr(article, key) for key in ("title", "byline", "published", "url", "domain", "language")}
