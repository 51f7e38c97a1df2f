"""What each kind of program has and lacks: general knowledge, not a measurement."""

ABOUT = """
From the documentation of the programs and from general knowledge, not from a measurement; *part* is said of what is
there in some cases or for some of a kind. Extractors: trafilatura, newspaper4k, Readability and their like. Quotation
finders: textacy, sayswho. Linters: proselint, write-good, retext. Sentiment: TextBlob, VADER. Your own classifier:
TF-IDF and a regression over articles that you labelled. Outlet ratings: NewsGuard, Media Bias/Fact Check, Ground News.
Language model: one that is asked to grade. Services change: ask them before you rely on this.
"""

COLUMNS = (
    "onrecord",
    "extractors",
    "quotation finders",
    "linters",
    "sentiment",
    "your own classifier",
    "outlet ratings",
    "language model",
)

# A feature, then a word for each of COLUMNS; what onrecord lacks stands last.
FEATURES = (
    ("a figure for one article", "yes", "no", "no", "no", "yes", "yes", "of outlets", "yes"),
    ("says how sure it is", "yes", "no", "no", "no", "no", "part", "no", "part"),
    ("every point leads to characters in the text", "yes", "no", "no", "no", "part", "part", "no", "part"),
    ("says what would raise the figure", "yes", "no", "no", "part", "no", "no", "part", "part"),
    ("direct quotations with their speakers", "yes", "no", "yes", "no", "no", "no", "no", "yes"),
    ("indirect statements with their sources", "yes", "no", "no", "no", "no", "no", "no", "yes"),
    ("kinds of source: named, unnamed, a document", "yes", "no", "no", "no", "no", "no", "no", "yes"),
    ("joins the mentions of a source", "yes", "no", "part", "no", "no", "no", "no", "yes"),
    ("hedges, weasels, loaded words", "yes", "no", "no", "part", "part", "no", "no", "yes"),
    ("hyperpartisan, leaning", "yes", "no", "no", "no", "no", "yes", "of outlets", "yes"),
    ("the article out of a page", "yes", "yes", "no", "no", "no", "no", "no", "part"),
    ("what a page says around the article", "yes", "part", "no", "no", "no", "no", "part", "part"),
    ("ranks a corpus, finds reprints", "yes", "part", "no", "no", "no", "part", "no", "part"),
    ("learns from your labels, and refuses to get worse", "yes", "no", "no", "no", "no", "part", "no", "part"),
    ("the same answer every time", "yes", "yes", "yes", "yes", "yes", "yes", "part", "part"),
    ("nothing leaves the machine", "yes", "yes", "yes", "yes", "yes", "yes", "no", "part"),
    ("free to use and change", "yes", "yes", "yes", "yes", "yes", "yes", "no", "part"),
    ("languages", "English; 7 by rules", "any", "by parser", "English", "English", "any", "some", "most"),
    ("authors, date, pictures of a page", "part", "yes", "no", "no", "no", "no", "no", "part"),
    ("crawls sites", "feeds, sitemaps", "part", "no", "no", "no", "no", "no", "no"),
    ("joins mentions by a neural model", "no", "no", "part", "no", "no", "no", "no", "yes"),
    ("style, clichés, grammar", "no", "no", "no", "yes", "no", "no", "no", "yes"),
    ("the outlet: its owners, record and corrections", "no", "no", "no", "no", "no", "no", "yes", "part"),
    ("whether a claim is true", "no", "no", "no", "no", "no", "no", "part", "part"),
    ("judged by people", "no", "no", "no", "no", "no", "part", "yes", "no"),
)
