"""What each kind of program has and lacks: general knowledge, not a measurement."""

COLUMNS = (
    "onrecord",
    "extractors (trafilatura, newspaper4k, Readability)",
    "quotation finders (textacy, sayswho)",
    "prose linters (proselint, write-good, retext)",
    "sentiment (TextBlob, VADER)",
    "a classifier of your own (TF-IDF)",
    "ratings of outlets (NewsGuard, MBFC, Ground News)",
    "a language model as grader",
)

# A feature, then a word for each of COLUMNS.
FEATURES = (
    ("a figure for one article", "yes", "no", "no", "part", "yes", "yes", "no", "yes"),
    ("says how sure it is", "yes", "no", "no", "no", "no", "part", "no", "part"),
    ("leads every point back to characters", "yes", "no", "no", "no", "part", "part", "no", "part"),
    ("says what would raise the figure", "yes", "no", "no", "yes", "no", "no", "part", "part"),
    ("direct quotations with speaker", "yes", "no", "yes", "no", "no", "no", "no", "yes"),
    ("indirect statements with source", "yes", "no", "no", "no", "no", "no", "no", "yes"),
    ("kinds of source: named, unnamed, document", "yes", "no", "no", "no", "no", "no", "no", "yes"),
    ("joins the mentions of a source", "yes", "no", "part", "no", "no", "no", "no", "yes"),
    ("coreference by a neural model", "no", "no", "part", "no", "no", "no", "no", "yes"),
    ("hedges, weasels and loaded words", "yes", "no", "no", "part", "part", "no", "no", "yes"),
    ("style, clichés and spelling", "no", "no", "no", "yes", "no", "no", "no", "yes"),
    ("hyperpartisan, leaning", "yes", "no", "no", "no", "no", "yes", "yes", "yes"),
    ("the article out of a page", "yes", "yes", "no", "no", "no", "no", "part", "part"),
    ("what a page says around the article", "yes", "part", "no", "no", "no", "no", "part", "part"),
    ("authors, date, pictures of a page", "part", "yes", "no", "no", "no", "no", "part", "part"),
    ("crawls sites", "part", "yes", "no", "no", "no", "no", "yes", "no"),
    ("knows the outlet: owners, corrections, record", "no", "no", "no", "no", "no", "no", "yes", "part"),
    ("checks whether claims are true", "no", "no", "no", "no", "no", "no", "part", "part"),
    ("judged by people", "no", "no", "no", "no", "no", "part", "yes", "no"),
    ("languages", "English; 7 by rules", "any", "English; any with a parser", "English", "English", "any you label", "some", "most"),
    ("learns from your labels, refuses to get worse", "yes", "no", "no", "no", "no", "part", "no", "part"),
    ("ranks a corpus, finds reprints", "yes", "part", "no", "no", "no", "part", "no", "part"),
    ("same answer every time", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "part"),
    ("nothing leaves the machine", "yes", "yes", "yes", "yes", "yes", "yes", "no", "part"),
    ("free to use and change", "yes", "yes", "yes", "yes", "yes", "yes", "no", "part"),
)
