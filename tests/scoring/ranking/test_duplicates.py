"""What is the same text, and which of them is the original."""

import os
import random
import subprocess
import sys
from collections import defaultdict

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import MIN_WORDS
from onrecord.scoring.ranking import duplicates as finding
from onrecord.scoring.ranking.duplicates import BOUND, PERMUTATIONS, duplicates, signature, similarity

from .conftest import row

WORDS = [f"word{i}" for i in range(3000)]


def made_text(seed, words=400, paragraph=50):
    """A text of its own: a seed gives the same one each time."""
    chosen = random.Random(seed).choices(WORDS, k=words)
    return "\n\n".join(" ".join(chosen[i : i + paragraph]) for i in range(0, words, paragraph))


def changed(text, share, seed=0):
    """A text in which a share of the words is another one."""
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in text.split())


TEXT = made_text("report")
SAME = {
    "to the letter": TEXT,
    "in capitals": TEXT.upper(),
    "on one line": " ".join(TEXT.split()),
    "with commas and full stops": TEXT.replace(" ", ", ").replace("\n\n", ".\n"),
    "a paragraph dropped": "\n\n".join(TEXT.split("\n\n")[:2] + TEXT.split("\n\n")[3:]),
    "the last paragraph dropped": TEXT.rpartition("\n\n")[0],
    "another headline": "Council votes to close the old pier in May\n\n" + TEXT,
    "a byline and a dateline": "By Ines Calder, Staff Writer\n\nHARBOUR FALLS (Coast Agency) — " + TEXT,
    "a notice below": TEXT + "\n\nSign up for our morning newsletter. All rights reserved.",
    "one word in twenty changed": changed(TEXT, 0.05),
    "a lone surrogate": TEXT + " \ud800",
}
OTHER = {
    "another text": made_text("other"),
    "the same paragraph below": made_text("other", 350) + "\n\n" + TEXT[-300:],
    "half of it": TEXT[: len(TEXT) // 2],
    "one word in three changed": changed(TEXT, 0.33),
}
EVENT = (
    """The old pier in Harbour Falls will close in May after engineers found rot in nine of its forty piles, harbour
master Ines Calder said on Tuesday. "We found rot in nine of the forty piles, and we cannot wait for the next storm,"
Calder told reporters at the town hall. Repairs would cost 2.4 million crowns and take until the autumn, she added.
Fishing boats will have to moor at the northern quay for as long as the work lasts. The council votes on the budget
next week. Its finance committee has already said that it would back a loan of two million crowns.""",
    """Harbour Falls is about to lose its pier. Nine piles are rotten, a survey by Norden Engineers shows, and from May
nobody will be let on the planks. "We found rot in nine of the forty piles, and we cannot wait for the next storm," the
harbour master, Ines Calder, said. For the owners of the four cafes at its end that means a summer without guests. "We
learned of it from the radio," said Tomas Lind, who has sold coffee there since 1998. A petition that asks the town to
keep a footbridge open had 1,200 names by Tuesday evening. The mayor did not respond to a request for comment.""",
)


def groups(connection):
    """The groups that were found, as sets of numbers."""
    found = defaultdict(set)
    for number, original in connection.execute("FROM duplicates").fetchall():
        found[original] |= {number, original}
    return sorted(map(sorted, found.values()))


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_these_are_the_same_text(text):
    assert similarity(signature(TEXT), signature(text)) >= BOUND


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_these_are_not(text):
    assert similarity(signature(TEXT), signature(text)) < BOUND


def test_two_reports_on_one_event_are_two_texts():
    assert similarity(*map(signature, EVENT)) < BOUND - 0.2


@given(st.text(), st.text())
def test_similarity_is_symmetric_and_one_of_a_text_with_itself(one, other):
    signatures = signature(TEXT + one), signature(TEXT[:900] + other)
    assert similarity(*signatures) == similarity(*reversed(signatures))
    assert similarity(signatures[0], signatures[0]) == 1


def test_similarity_is_close_to_what_the_texts_share():
    for seed in range(20):
        other = changed(TEXT, seed / 40, seed)
        one, two = (set(zip(text.split(), text.split()[1:], strict=False)) for text in (TEXT, other))
        assert abs(similarity(signature(TEXT), signature(other)) - len(one & two) / len(one | two)) < 0.15


def test_a_short_text_has_no_signature():
    assert signature("") == signature("Subscribe to read on. " * 4) == b""
    assert signature(" ".join(WORDS[: MIN_WORDS - 1])) == b""
    assert len(signature(" ".join(WORDS[:MIN_WORDS]))) == 2 * PERMUTATIONS


def test_a_signature_is_the_same_on_any_hash_seed():
    code = "from onrecord.scoring.ranking.duplicates import signature; print(signature('a b c d ' * 20 + 'e').hex())"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(seen) == 1 and len(seen.pop()) == 4 * PERMUTATIONS + 1


@pytest.mark.parametrize(
    ("dates", "pairs"),
    [
        ((None, None, None), [(1, 0), (2, 0)]),
        (("2020-03-02", "2020-03-01", "2020-03-03"), [(0, 1), (2, 1)]),
        ((None, "2020-03-01", None), [(0, 1), (2, 1)]),
        (("2020-03-01", "2020-03-01", "2019-12-31"), [(0, 2), (1, 2)]),
        (("2020-03-01", "2020-03-01", None), [(1, 0), (2, 0)]),
    ],
)
@pytest.mark.parametrize("kind", ["a paragraph dropped", "to the letter"])
def test_the_original_is_the_earliest_else_the_first(connection, store, dates, pairs, kind):
    texts = (TEXT, SAME[kind], SAME["a byline and a dateline"])
    store(
        [
            row(i, published=day, signature=signature(text))
            for i, (day, text) in enumerate(zip(dates, texts, strict=True))
        ]
    )
    duplicates(connection, "articles")
    assert connection.execute("FROM duplicates ORDER BY number").fetchall() == pairs


def test_no_article_no_text_and_nothing_alike_give_no_rows(connection, store):
    for rows in ([], [row(0), row(1)], [row(i, signature=signature(made_text(i))) for i in range(5)]):
        store(rows)
        duplicates(connection, "articles")
        assert connection.execute("FROM duplicates").fetchall() == []


def test_a_chain_of_versions_is_one_group(connection, store):
    texts = [TEXT]
    for seed in range(8):
        texts.append(changed(texts[-1], 0.04, seed))
    assert similarity(signature(texts[0]), signature(texts[-1])) < BOUND
    store([row(i, signature=signature(text)) for i, text in enumerate(texts)])
    duplicates(connection, "articles")
    assert groups(connection) == [list(range(9))]


def test_nothing_is_left_behind_in_the_connection(connection, store):
    store([row(i, signature=signature(TEXT)) for i in range(3)])
    for into in ("duplicates", "again", "again"):
        duplicates(connection, "articles", into)
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert tables == {"articles", "duplicates", "again"}


def noisy(rng, places, share):
    """A signature with a share of its places set anew: what a changed text would have."""
    new = np.where(rng.random(PERMUTATIONS) < share, rng.integers(0, 2**16, PERMUTATIONS), places)
    return new.astype("<u2").tobytes()


def test_a_large_corpus_is_looked_at_band_by_band_with_the_same_result(connection, store, monkeypatch):
    rng = np.random.default_rng(0)
    bases = rng.integers(0, 2**16, (9, PERMUTATIONS))
    store([row(number, signature=noisy(rng, bases[number // 3], 0.1)) for number in range(27)])
    found = []
    for rows in (10**6, 200, 0):
        monkeypatch.setattr(finding, "TOGETHER", rows)
        duplicates(connection, "articles")
        found.append(groups(connection))
    assert len(found[0]) > 3 and found[0] == found[1] == found[2]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(0, 20), st.floats(0, 0.5))
def test_groups_are_those_of_all_pairs_compared_and_the_order_of_the_input_is_nothing(seed, bases, copies, share):
    rng = np.random.default_rng(seed)
    made = [noisy(rng, base, share) for base in rng.integers(0, 2**16, (bases, PERMUTATIONS)) for _ in range(copies)]
    found = []
    with duckdb.connect() as connection:
        for order in (np.arange(len(made)), rng.permutation(len(made))):
            connection.execute("CREATE OR REPLACE TABLE articles (number BIGINT, signature BLOB, published VARCHAR)")
            for number, i in enumerate(order):
                connection.execute("INSERT INTO articles VALUES (?, ?, NULL)", [number, made[i]])
            duplicates(connection, "articles")
            found.append(sorted(sorted(int(order[i]) for i in group) for group in groups(connection)))
    assert found[0] == found[1]
    whole = linked(made)
    assert all(any(set(group) <= other for other in whole) for group in found[0])
    if share <= 0.1:
        assert found[0] == sorted(sorted(group) for group in whole if len(group) > 1)


def linked(signatures):
    """Groups by comparing all pairs."""
    parts = [{i} for i in range(len(signatures))]
    for i, one in enumerate(signatures):
        for j in range(i):
            if similarity(one, signatures[j]) >= BOUND:
                a, b = (next(part for part in parts if k in part) for k in (i, j))
                if a is not b:
                    parts.remove(b)
                    a |= b
    return parts


def test_a_group_of_thousands_costs_no_more_than_its_size(connection):
    rng = np.random.default_rng(0)
    base = rng.integers(0, 2**16, PERMUTATIONS)
    connection.execute("CREATE TABLE articles (number BIGINT, signature BLOB, published VARCHAR)")
    connection.executemany(
        "INSERT INTO articles VALUES (?, ?, NULL)", [(number, noisy(rng, base, 0.05)) for number in range(800)]
    )
    duplicates(connection, "articles")
    assert groups(connection) == [list(range(800))]
