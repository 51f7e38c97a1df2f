"""What journalism standards say of each feature: the only place where more of something is called good or bad.

A feature in RAISES never lowers a score, one in LOWERS never raises it, whatever the labels say. One
in UNWEIGHED is measured and reported but never counts. All others are left to the labels.
"""

RAISES = frozenset(
    {
        "attribution.share_of_sentences",
        "attribution.share_of_words",
        "attribution.attributed_numbers",
        "named_sourcing.distinct",
        "named_sourcing.persons",
        "named_sourcing.organisations",
        "named_sourcing.documents",
        "named_sourcing.with_role",
        "named_sourcing.named_rate",
        "named_sourcing.on_record_share",
        "named_sourcing.kinds",
        "named_sourcing.response_sought",
        "named_sourcing.anonymity_explained",
        "named_sourcing.full_names",
        "voice.reporting",
        "voice.restraint",
    }
)

LOWERS = frozenset(
    {
        "attribution.longest_gap",
        "named_sourcing.anonymity_unexplained",
        "named_sourcing.largest_share",
        "named_sourcing.one_source",
        "named_sourcing.unnamed",
        "named_sourcing.unnamed_rate",
        "boilerplate.about_publisher",
        "boilerplate.cookie",
        "boilerplate.copyright",
        "boilerplate.donation",
        "boilerplate.follow_us",
        "boilerplate.newsletter",
        "boilerplate.paywall_stub",
        "boilerplate.read_more",
        "boilerplate.share_of_text",
        "boilerplate.subscription",
        "tone.loaded",
        "tone.exclamations",
        "tone.clickbait_title",
    }
)

# Most are known from the page or the record, not from the text: whether they are known at all depends on
# how an article reached us, and a score must not. The reading grades would punish plain writing. What is
# common is known of every text, and tells whether it is an article at all.
UNWEIGHED = frozenset(
    {
        "attribution.links",
        "boilerplate.share_of_page",
        "readability.automated_readability_index",
        "readability.coleman_liau_index",
        "transparency.byline_desk_or_agency",
        "transparency.byline_person",
        "transparency.date_given",
        "voice.common_words",
    }
)


def direction(feature: str) -> int:
    """1, -1 or 0: whether more of a feature may only raise a score, may only lower it, or either."""
    return (feature in RAISES) - (feature in LOWERS)
