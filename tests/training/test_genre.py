"""From articles of known genre to what tells it, on a made-up press."""

import json
import random

import numpy as np
import pytest

from onrecord.features.wording import Wording, save
from onrecord.scoring.genre import FEATURES, FORM, INPUTS, load_genre, to_json
from onrecord.scoring.report import GENRES
from onrecord.training import genre as command
from onrecord.training.bias_fit import NEVER
from onrecord.training.genre_card import render
from onrecord.training.genre_fit import (
    RELEASE_WEIGHT,
    answers,
    of_all_genres,
    read_teachers,
    surest_of_each,
    told,
    train,
    weigh,
)

THINGS = ("harbour", "ferry", "bridge", "school", "market", "river", "tower", "garden", "station", "mill", "museum")
DOES = ("opens", "closes", "needs", "shows", "keeps", "brings", "leaves", "turns", "meets", "takes")
SENTENCES = {
    "news": (
        "The {thing} of {place} {does} in {n} days, said Marta Quill.",
        "According to the board, {n} people saw the {thing}.",
        "A spokesman told {n} reporters that the {thing} {does} again.",
    ),
    "opinion": (
        "Why must we bear this {thing} of {n}?",
        "And it is a shameful disgrace that the {thing} of {n} {does} and nobody cares.",
        "So do not believe what the {n} liberals and the {n} conservatives say of our {thing}.",
    ),
    "press_release": (
        "The makers of the {thing} are proud that it {does} for {n} customers.",
        "The award-winning {thing} delights {n} clients.",
        "Its innovative solution {does} for {n} leading partners.",
    ),
}
SIGN = "\n\nMedia contact: the office of the mill"


# Every sentence has a number that hardly any other has, so that no two articles are near-duplicates.
def article(genre, seed, count=12):
    rng = random.Random(seed)
    fill = {"thing": THINGS, "does": DOES, "place": ["Orlow", "Tarn", "Velm"], "n": range(10**6)}
    text = " ".join(
        rng.choice(SENTENCES[genre]).format(**{key: rng.choice(values) for key, values in fill.items()})
        for _ in range(count)
    )
    return text + (SIGN if genre == "press_release" else "")


def press(outlets=15, each=6):
    """Rated articles of several outlets, a third of them of each genre, and press releases from two hosts."""
    rated = [
        {"id": f"r{outlet}-{k}", "domain": f"o{outlet}.example", "text": article(genre, 100 * outlet + k)}
        | {"genre": genre}
        for outlet in range(outlets)
        for k, genre in enumerate(list(SENTENCES) * (each // len(SENTENCES)))
    ]
    releases = [
        {"id": f"p{k}", "url": f"https://wire{k % 2}.example/{k}", "text": article("press_release", 9000 + k)}
        for k in range(10)
    ]
    return rated, releases


RATED, RELEASES = press()


@pytest.fixture(scope="module")
def trained():
    return train(RATED, RELEASES)


@pytest.fixture(scope="module")
def card(trained):
    return render(trained)


# ---- what is trained on -----------------------------------------------------------------------------------


def test_press_releases_count_less_and_a_rated_one_once():
    rated_already = {"id": "p", "url": "https://wire0.example/p", "text": RATED[2]["text"]}
    teachers = read_teachers(RATED, [rated_already, *RELEASES])
    assert len(teachers.genres) == len(RATED) + len(RELEASES) and teachers.rated.sum() == len(RATED)
    assert set(teachers.weights[~teachers.rated].tolist()) == {RELEASE_WEIGHT}
    assert {GENRES[k] for k in teachers.genres[~teachers.rated].tolist()} == {"press_release"}
    assert teachers.seen.shape == (len(teachers.genres), len(FEATURES) + len(FORM))


def test_press_releases_of_one_host_stay_together():
    teachers = read_teachers(RATED, RELEASES)
    hosts = teachers.articles.publishers[~teachers.rated]
    assert len(set(hosts.tolist())) == 2 and hosts[0] == hosts[2] != hosts[1]


# ---- what is learnt ---------------------------------------------------------------------------------------


def test_it_tells_genres_of_other_publishers(trained):
    assert (trained.chances.argmax(axis=1) == trained.teachers.genres).mean() > 0.95
    assert set(trained.model.sure) == set(SENTENCES)
    assert trained.chances.sum(axis=1) == pytest.approx(1)


def test_a_genre_that_nothing_taught_is_never_likely(trained):
    assert trained.chances[:, GENRES.index("interview")].max() < 0.01


def test_no_name_and_no_camp_is_among_the_words(trained):
    tokens = {token for phrase in trained.model.words.phrases for token in phrase.split(" ")}
    assert {"why", "spokesman", "innovative"} <= tokens
    assert not tokens & {"marta", "quill", "orlow", "tarn", "velm", "liberals", "conservatives"}


def test_a_model_of_some_genres_becomes_one_of_all():
    weights, rarity = np.array([[-9, 9]], dtype=np.int8), np.ones(1, dtype=np.float32)
    some = Wording(("news", "opinion"), True, ("why",), rarity, weights, 0.1, np.array([0.5, -0.5]), 2.0)
    every = of_all_genres(some)
    places = [GENRES.index(name) for name in some.classes]
    assert every.classes == GENRES and every.weights[0, places].tolist() == [-9, 9]
    assert every.intercept[places].tolist() == [0.5, -0.5] and sorted(every.intercept)[5] / every.temperature < -500


def test_weights_by_hand():
    """One input tells all, one nothing, one is missing now and then; what is far out counts as the usual."""
    genres = np.where(np.arange(200) % 2, GENRES.index("news"), GENRES.index("opinion"))
    seen = np.zeros((200, len(INPUTS)))
    seen[:, 0], seen[:, 1] = genres == GENRES.index("news"), np.arange(200) // 2 % 5
    seen[:5, 1], seen[7, 1] = np.nan, 1e9
    intercept, inputs = weigh(seen, genres, np.ones(200))
    one, two, *rest = inputs.values()
    news, opinion = GENRES.index("news"), GENRES.index("opinion")
    assert one.weights[news] == pytest.approx(-one.weights[opinion]) and one.weights[news] > 0.5
    assert max(map(abs, two.weights)) < 0.1 and (two.low, two.high) == (0, 4)
    assert all(set(each.weights) == {0.0} for each in rest)
    assert intercept[GENRES.index("interview")] < -10


# ---- when an answer is given ------------------------------------------------------------------------------


def test_a_press_release_without_a_sign_is_no_answer(trained):
    teachers = trained.teachers
    release = GENRES.index("press_release")
    chances = np.eye(len(GENRES))[np.full(len(teachers.genres), release)]
    found = answers(teachers, chances)
    assert (found == np.where(teachers.genres == release, release, -1)).all()


def chances_of(*pairs):
    """(n, c) probabilities from the likeliest genre of each article and its probability."""
    table = np.zeros((len(pairs), len(GENRES)))
    for row, (name, p) in enumerate(pairs):
        table[row] = (1 - p) / (len(GENRES) - 1)
        table[row, GENRES.index(name)] = p
    return table


def test_each_genre_is_told_where_four_of_five_such_answers_are_right_and_likelier_than_not():
    said = [
        *[("news", 0.9)] * 16,
        *[("news", 0.7)] * 4,
        *[("news", 0.6)] * 4,
        *[("opinion", 0.4)] * 9,
        *[("opinion", 0.55)] * 12,
        *[("analysis", 0.9)] * 9,
        *[("explainer", 0.8)] * 20,
    ]
    truth = ["news"] * 16 + ["other"] * 8 + ["opinion"] * 21 + ["analysis"] * 9 + ["other"] * 20
    chances, genres = chances_of(*said), np.array([GENRES.index(name) for name in truth])
    answer = chances.argmax(axis=1)
    sure = surest_of_each(chances, genres, answer)
    assert sure == {"news": pytest.approx(0.7, abs=0.002), "opinion": 0.5}
    given = told(chances, answer, sure)
    assert given.tolist() == [each in {("news", 0.9), ("news", 0.7), ("opinion", 0.55)} for each in said]
    assert not told(chances, np.full(len(said), -1), dict.fromkeys(GENRES, 0.0)).any() and NEVER > 1


# ---- the card and the files -------------------------------------------------------------------------------


def test_the_card_has_all_figures(card):
    for part in (
        "# Card: genre",
        "likeliest genre right",
        "answers right",
        "thresholds from other publishers",
        "| press release | 30 |",
        "| interview | 0 | nan | 0 | never told | – |",
        "cannot tell |",
        "Fifths by the probability",
        "## Limits",
    ):
        assert part in card
    assert f"{len(RATED)} rated articles and {len(RELEASES)} press releases" in " ".join(card.split())
    assert max(map(len, card.splitlines())) <= 120


def test_publishers_with_enough_articles_have_a_share_of_their_own():
    rated, releases = press(outlets=8, each=12)
    card = " ".join(render(train(rated, releases)).split())
    assert "(8 groups with 10 articles or more), answers right: 1.00 in the median" in card


def test_the_command_writes_tables_that_can_be_read_and_always_the_same(trained, card, tmp_path, capsys):
    for name, rows in zip(command.DATA, (RATED, RELEASES), strict=True):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out, again = tmp_path / "out", tmp_path / "again.npz"
    command.main(tmp_path, out)
    assert sorted(path.name for path in out.iterdir()) == ["card.md", "genre.json", "words.npz"]
    assert (out / "card.md").read_text(encoding="utf-8") == card == capsys.readouterr().out[:-1]
    save(trained.model.words, again)
    assert (out / "words.npz").read_bytes() == again.read_bytes()
    record = (out / "genre.json").read_text(encoding="utf-8")
    trained_on = json.loads(record)["trained_on"]
    assert record == to_json(trained.model, trained_on)
    assert [line.partition(" ")[0] for line in trained_on] == list(command.DATA)
    assert set(load_genre(out).sure) == set(SENTENCES)
