"""The local web app and its JSON API: pages to score, compare, browse and label articles.

Requests are checked (`guard`), the work is done by processes (`jobs`, `desk`), and pages are templates (`rendering`).
"""
