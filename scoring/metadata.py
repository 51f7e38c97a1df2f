"""What a page or a record says of its article: who wrote it, when, in which language, where it stands."""

import json
import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from onrecord.scoring.urls import is_absolute

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# There was no newspaper before; pages write year 1 for "unknown".
FIRST_YEAR = 1600

_BY = re.compile(r"^by:? +", re.IGNORECASE)


def linked_data(tree: "HtmlElement") -> dict[str, Any]:
    """The first article that the page describes in JSON-LD (schema.org), or nothing."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            queue: list[Any] = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):  # a page's own mistake; its visible text still tells
            continue
        for item in queue:  # grows as it goes
            if isinstance(item, dict):
                nodes.append(item)
                queue.extend(item.values())
            elif isinstance(item, list):
                queue.extend(item)
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    for node in nodes:
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.endswith(("Article", "BlogPosting")) for kind in kinds):
            return {**node, "@known": known}
    return {}


def names(value: object, known: Mapping[str, Any] | None = None) -> str | None:
    """Names out of a name, a record with a `name`, a reference (`@id`) to one that is known, or a list of these."""
    found: list[str] = []
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, dict):
            item = item.get("name") or (known or {}).get(str(item.get("@id")), {}).get("name")
        name = _BY.sub("", line(item))
        if name and not is_absolute(name) and name not in found:
            found.append(name)
    return ", ".join(found) or None


def iso_date(value: object) -> str | None:
    """YYYY-MM-DD of an ISO date or time, an RFC 2822 date or a date object; None if it is none of these."""
    text = value.isoformat() if isinstance(value, date) else line(value)
    try:
        day = date.fromisoformat(text[:10]) if text[:4].isdigit() else parsedate_to_datetime(text).date()
    except (ValueError, TypeError):
        return None
    return day.isoformat() if day.year >= FIRST_YEAR else None


def language(tree: "HtmlElement", linked: Mapping[str, Any]) -> str:
    """The primary tag of the language that the page declares."""
    for declared in (linked.get("inLanguage"), tree.get("lang"), tree.get("xml:lang")):
        tag = re.split(r"[-_]", line(declared))[0].lower()
        if 2 <= len(tag) <= 3 and tag.isalpha():
            return tag
    return ""


def canonical(tree: "HtmlElement") -> str:
    """The absolute address that a page declares for itself, or ""."""
    hrefs = [e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    hrefs += [e.get("content") for e in tree.iter("meta") if e.get("property") == "og:url"]
    return next((href.strip() for href in hrefs if href and is_absolute(href.strip())), "")


def line(value: object) -> str:
    """A string on one line, its entities read; "" of anything else."""
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""
