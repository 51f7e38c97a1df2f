"""The commands as a user meets them: what they print, where, and the exit code."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from threadpoolctl import threadpool_limits

from onrecord.cli import main
from onrecord.cli_ranking import describe
from onrecord.scoring.fetch import FetchOptions
from onrecord.scoring.ranking import Progress
from onrecord.training import fit

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
PAGE = EXAMPLES / "council-water.html"
LABELS = EXAMPLES / "labels.csv"
SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
HTML = {"Content-Type": "text/html; charset=utf-8"}
SHORT_PAGE = b"<html><body><nav><a href='/'>Home</a></nav><p>Nothing here.</p></body></html>"
# Turkish, our own: a language that onrecord cannot read.
TURKISH = (
    "Kasaba meclisi salı günü limandaki eski köprüyü onarım için iki yıl kapatmaya oy verdi. Başmühendis Kemal Kaya "
    "bir kış daha beklenemeyeceğini söyledi. Yapılan inceleme, on iki ayaktan dokuzunda büyük çatlaklar olduğunu "
    "gösteriyor. Rıhtım yakınındaki dükkân sahipleri kendilerine hiçbir şey sorulmadığını, bu yüzden ücretsiz vapur "
    "istediklerini anlatıyor. Belediye başkanı, raporu okuduktan sonra ay sonundan önce cevap vereceğine söz verdi."
)


def run(*arguments, **more):
    """A command in this process; an exception that it lets through is shown as it is."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False, **more)


def line_of(name, result):
    """The one line of the output that names something."""
    (line,) = (line for line in result.stdout.splitlines() if name in line)
    return line


def shell(*arguments, env=None, **more):
    """A command in a process of its own, with bytes out."""
    command = [sys.executable, "-m", "onrecord", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, env={**os.environ, **(env or {})}, **more)


IN_TURN = """
import sys
from onrecord.cli import main

while ";" in sys.argv:
    end = sys.argv.index(";")
    later, sys.argv[1:] = sys.argv[end + 1 :], sys.argv[1:end]
    sys.stdout.reconfigure(encoding=sys.stdin.encoding, errors="strict")
    try:
        main()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        stream.buffer.write(b"\\0%d\\0" % code)
    sys.argv[1:] = later
"""


def in_turn(*commands, encoding):
    """Exit code, output and errors of each command, in a process whose streams have that encoding."""
    words = [word for command in commands for word in (*command, ";")]
    done = subprocess.run(
        [sys.executable, "-c", IN_TURN, *words],
        capture_output=True,
        timeout=60,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": encoding},
    )
    out, errors = (stream.split(b"\0") for stream in (done.stdout, done.stderr))
    return list(zip(map(int, out[1::2]), out[:-1:2], errors[:-1:2], strict=True))


def one_line(result, *words):
    """Assert that standard error is one line that has these words, and standard output nothing."""
    assert result.stdout == ""
    assert result.stderr.startswith("onrecord: ") and result.stderr.count("\n") == 1 and "; " in result.stderr
    for word in words:
        assert word in result.stderr


# score


def test_score_prints_a_report():
    result = run("score", PAGE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "of 100" in result.stdout and "Audit cannot find" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80 and "\x1b" not in result.stdout


@pytest.mark.parametrize(("form", "first", "last"), [("json", "{", "}"), ("html", "<!DOCTYPE html>", "</html>")])
def test_data_is_all_that_is_printed_whatever_the_terminal_wants(form, first, last):
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": "20", "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-m", "onrecord", "score", "--format", form, str(PAGE)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith(first) and done.stdout.rstrip().endswith(last)
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("name", ["council-water.html", "port-strike.md", "rant.txt"])
def test_score_gives_json_that_keeps_to_its_schema(name):
    result = run("score", "--format", "json", EXAMPLES / name)
    assert (result.exit_code, result.stderr) == (0, "")
    record = json.loads(result.stdout)
    jsonschema.validate(record, SCHEMA)
    points = record["score"]["baseline"] + sum(family["points"] for family in record["families"])
    assert record["score"]["value"] == pytest.approx(min(100, max(0, points)), abs=1e-6)


def test_every_form_says_what_would_raise_the_score():
    changes = json.loads(run("score", "--format", "json", EXAMPLES / "rant.txt").stdout)["changes"]
    assert changes
    text = " ".join(run("score", EXAMPLES / "rant.txt").stdout.split())
    page = run("score", "--format", "html", EXAMPLES / "rant.txt").stdout
    for change in changes:
        assert f"+{change['points']:.1f} {change['text']}" in text and change["text"] in page


def test_score_gives_a_page_that_needs_nothing_else():
    result = run("score", "--format", "html", PAGE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("<!") and "<script src" not in result.stdout and "<link" not in result.stdout


def test_score_reads_standard_input():
    text = (EXAMPLES / "rant.txt").read_bytes()
    piped = json.loads(run("score", "--format", "json", "-", input=text).stdout)
    named = json.loads(run("score", "--format", "json", EXAMPLES / "rant.txt").stdout)
    assert piped == named


@pytest.mark.parametrize("kind", [HTML, {"Content-Type": "text/html"}, {"Content-Type": "text/html; charset=latin1"}])
def test_a_page_scores_the_same_from_the_web_and_from_a_file(serve, kind):
    url = serve({"/story": (200, kind, PAGE.read_bytes())}) + "/story"
    result = run("score", "--format", "json", "--allow-private-network", url)
    assert (result.exit_code, result.stderr) == (0, "")
    served, saved = json.loads(result.stdout), json.loads(run("score", "--format", "json", PAGE).stdout)
    assert served["article"]["url"] == url
    for record in (served, saved):
        del record["article"]["url"], record["article"]["domain"]
    assert served == saved


def test_another_language_gets_no_score_and_a_reason(tmp_path):
    (tmp_path / "a.txt").write_text(TURKISH, encoding="utf-8")
    result = run("score", "--format", "json", tmp_path / "a.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    score = json.loads(result.stdout)["score"]
    assert (score["value"], score["abstained"]) == (None, True)
    assert "unsupported_language" in score["reasons"][0]
    text = run("score", tmp_path / "a.txt")
    assert (text.exit_code, text.stderr) == (0, "") and "language" in text.stdout


# What cannot be read


@pytest.mark.parametrize("command", ["score", "extract"])
@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("nowhere.html", None, "no file"),
        (".", None, "rank"),
        ("empty.txt", b"", "empty"),
        ("binary.html", b"\x7fELF\0\0\0\1" * 9, "binary"),
        ("odd.txt", b"\x81\x8d\x8f" * 99, "encoding"),
        ("cut.txt", b"\xff\xfeabc", "encoding"),
        ("text.html", b"No tags, only words.", "no HTML"),
        ("short.html", SHORT_PAGE, "no article"),
        ("a.json", b"{", "not valid"),
        ("many.jsonl", b"{}\n{}\n", "rank"),
        ("new\nline.txt", b"", "empty"),
        ("\x1b[31m.txt", b"", "empty"),
    ],
)
def test_a_source_that_cannot_be_read_exits_with_3(tmp_path, command, name, content, word):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run(command, tmp_path / name)
    assert result.exit_code == 3
    one_line(result, word)
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("answer", "options", "word"),
    [
        ((404, {}, b""), ["--allow-private-network"], "404"),
        ((200, HTML, b""), ["--allow-private-network"], "empty"),
        ((200, HTML, SHORT_PAGE), ["--allow-private-network"], "no article"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG"), ["--allow-private-network"], "image/png"),
        ((200, HTML, b""), [], "--any-port"),
        ((200, HTML, b""), ["--any-port"], "--allow-private-network"),
        ((302, {"Location": "file:///etc/passwd"}, b""), ["--allow-private-network"], "not an http"),
    ],
)
def test_a_page_that_cannot_be_read_exits_with_3(serve, answer, options, word):
    result = run("score", *options, serve({"/a": answer}) + "/a")
    assert result.exit_code == 3
    one_line(result, word)


def test_a_page_that_takes_too_long_exits_with_3(serve, monkeypatch):
    def silence(handler):
        handler.rfile.read(1)

    monkeypatch.setattr(FetchOptions.__init__, "__defaults__", (False, 5, 10_000_000, 0.2, False))
    result = run("score", "--allow-private-network", serve({"/a": silence}) + "/a")
    assert result.exit_code == 3
    one_line(result, "longer than 0.2 seconds")


def test_standard_input_without_a_text_exits_with_3():
    result = run("score", "-", input=b"")
    assert result.exit_code == 3
    one_line(result, "standard input is empty")


# Wrong use


@pytest.mark.parametrize(
    "arguments",
    [
        ["score"],
        ["score", PAGE, "--format", "pdf"],
        ["score", PAGE, "--colour"],
        ["scores", PAGE],
        ["rank", PAGE],
        ["rank", "-o", "out.jsonl"],
        ["rank", PAGE, "-o", "out.jsonl", "--jobs", "0"],
        ["rank", PAGE, "-o", "out.jsonl", "--top", "0"],
        ["rank", PAGE, "-o", "out.jsonl", "--by", "author"],
        ["rank", PAGE, "-o", "out.jsonl", "--engine", "spark"],
        ["models", "list", "--folder", "nowhere"],
        ["models", "use"],
        ["models", "compare", "default", "--labels", LABELS],
        ["models", "compare", "default", "default"],
        ["label", PAGE],
        ["label", PAGE, "-o", "out.jsonl", "--count", "0"],
        ["label", PAGE, "-o", "out.jsonl", "--jobs", "0"],
        ["features", "--format", "yaml"],
    ],
)
def test_wrong_use_exits_with_2_and_shows_the_usage(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr and "Usage: " in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["score", PAGE, "--model", "nowhere"], "no model"),
        (["score", PAGE, "--model", "damaged"], "not a model"),
        (["rank", PAGE, "-o", "out.jsonl", "--model", "damaged"], "not a model"),
        (["models", "show", "nowhere"], "no model"),
        (["models", "show", "damaged"], "not a model"),
        (["models", "list", "--folder", "."], "not a model"),
        (["rank", "nowhere", "-o", "out.jsonl"], "no file"),
        (["rank", "labels.txt", "-o", "missing/out.jsonl"], "cannot be written"),
        (["rank", PAGE, "-o", "out.xlsx"], ".csv"),
        (["rank", PAGE, "-o", "out.jsonl", "--where", "scor < 3"], "'scor < 3' is no condition"),
        (["rank", PAGE, "-o", "out.jsonl", "--engine", "dask"], "--scheduler"),
        (["rank", PAGE, "-o", "left.jsonl"], "--resume"),
        (["rank", "labels.csv", "-o", "labels.csv"], "is an input"),
        (["evaluate", "nowhere.csv"], "no label file"),
        (["evaluate", "labels.txt"], "no label file"),
        (["evaluate", "labels.csv", "--skip-bad"], "at least 3"),
        (["evaluate", LABELS, "--plot", "new.png"], ".svg"),
        (["train", "nowhere.csv", "-o", "new"], "no label file"),
        (["train", "labels.csv", "-o", "new", "--skip-bad"], "at least two"),
        (["train", "one.csv", "-o", "new"], "of one publisher"),
        (["label", "nowhere", "-o", "out.jsonl"], "no file"),
        (["label", "labels.csv", "-o", "out.jsonl"], "no article"),
        (["models", "use", "nowhere", "--force"], "no model"),
        (["models", "use", "damaged", "--force"], "not a model"),
        (["models", "use", "damaged"], "--force"),
        (["models", "compare", "default", "nowhere", "--labels", LABELS], "no model"),
        (["models", "rollback"], "none before it"),
        (["score", PAGE, "--registry", "broken"], "is damaged"),
    ],
)
def test_what_cannot_be_done_exits_with_2_and_one_line(tmp_path, monkeypatch, arguments, word):
    monkeypatch.chdir(tmp_path)
    Path("damaged").mkdir()
    Path("damaged/model.json").write_text('{"format": 2}')
    Path("labels.txt").write_text(TURKISH, encoding="utf-8")
    Path("labels.csv").write_text("text,rating\nIt rained.,50\n")
    Path("one.csv").write_text(re.sub(r"[\w-]+\.example", "one.example", LABELS.read_text(encoding="utf-8")))
    Path("broken").mkdir()
    Path(".left.jsonl.work").mkdir()
    Path(".left.jsonl.work/run").write_text("{}")
    Path("broken/state.json").write_text("{")
    result = run(*arguments)
    assert result.exit_code == 2
    one_line(result, word)
    assert not any(Path(name).exists() for name in ("out.jsonl", "out.jsonl.errors.jsonl", "new", "new.png"))


@pytest.mark.parametrize("command", [["train", "bad.jsonl", "-o", "new"], ["evaluate", "bad.jsonl"]])
@pytest.mark.parametrize(("bad", "lines"), [(1, 1), (20, 20), (23, 21)])
def test_every_bad_row_is_a_line_up_to_a_limit(tmp_path, monkeypatch, command, bad, lines):
    monkeypatch.chdir(tmp_path)
    Path("bad.jsonl").write_text(
        "".join(json.dumps({"text": f"It rained. {k}", "rating": k}) + "\n" for k in range(bad))
    )
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    *rows, last = result.stderr.splitlines()
    assert len(rows) == lines and rows[0] == "onrecord: bad.jsonl row 1: the text has 3 words; give at least 50"
    assert last.startswith(f"onrecord: {bad} of {bad} rows cannot be used; mend them")
    assert (rows[-1] == "onrecord: and 3 more") == (bad > 20)
    assert not Path("new").exists()


# rank


def test_rank_writes_the_best_and_names_what_failed(tmp_path):
    out = tmp_path / "out.jsonl"
    result = run("rank", EXAMPLES / "corpus.jsonl", "-o", out, "--jobs", "1", "--top", "2", "--by", "publisher")
    assert result.exit_code == 1
    assert result.stderr == f"7 articles in {out}, 1 failed: see {out}.errors.jsonl\n"
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    lines = result.stdout.splitlines()
    assert len(lines) == 2 + 3
    assert len(records) == 7
    for place, line in enumerate(lines[:2]):
        assert records[place]["id"] in line and records[place]["article"]["title"] in line
        assert f"{records[place]['score']['value']:.1f}" in line
    assert all("articles" in line and "scored" in line for line in lines[2:])


def test_rank_without_a_failure_exits_with_0(tmp_path, in_process):
    result = run("rank", EXAMPLES / "rant.txt", PAGE, "-o", tmp_path / "out.csv", "--jobs", "1", "--evidence", "--text")
    assert (result.exit_code, result.stdout) == (0, "")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        best, worst = csv.DictReader(file)
    assert (best["id"], worst["id"]) == ("council-water.html", "rant.txt")
    jsonschema.validate(json.loads(best["report"]), SCHEMA)
    assert worst["text"]


def test_records_with_evidence_keep_to_the_schema(tmp_path, in_process):
    run("rank", EXAMPLES / "corpus.jsonl", "-o", tmp_path / "out.jsonl", "--jobs", "1", "--evidence")
    for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        jsonschema.validate({key: record[key] for key in SCHEMA["required"]}, SCHEMA)


def test_rank_writes_what_a_condition_chooses(tmp_path, in_process):
    out = tmp_path / "out.parquet"
    result = run("rank", EXAMPLES / "rant.txt", PAGE, "-o", out, "--jobs", "1", "--where", "score > 30", "--top", "5")
    assert (result.exit_code, result.stderr) == (0, f"1 of 2 articles in {out}\n")
    assert [line.split()[2] for line in result.stdout.splitlines()] == ["council-water.html"]


@pytest.mark.parametrize(("kept", "word"), [(True, "add --resume to go on"), (False, "nothing was finished yet")])
def test_an_interruption_says_how_to_go_on(tmp_path, monkeypatch, kept, word):
    def interrupted(inputs, out, options, progress):
        if kept:
            (tmp_path / ".out.jsonl.work").mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.scoring.ranking.rank", interrupted)
    result = run("rank", PAGE, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    one_line(result, "stopped", word)


@pytest.mark.parametrize(
    ("progress", "first", "seconds", "line"),
    [
        (Progress(0, 0, None), 0, 0.0, "0 articles, 0/s"),
        (Progress(3_000, 2, None), 1_000, 10.0, "3,000 articles, 2 failed, 200/s"),
        (Progress(3_000, 0, 5_000), 1_000, 10.0, "3,000 articles of 5,000, 200/s, 0:00:10 left"),
        (Progress(10, 0, 1_000_000), 0, 1.0, "10 articles of 1,000,000, 10/s, 27:46:39 left"),
    ],
)
def test_progress_tells_how_far_how_fast_and_how_long(progress, first, seconds, line):
    assert describe(progress, first, seconds) == line


def test_a_title_cannot_command_the_terminal(tmp_path, in_process):
    record = {"id": "a\nb", "title": "\x1b[31mred\r\n\u202eback", "text": "It rained."}
    (tmp_path / "in.jsonl").write_text(json.dumps(record))
    result = run("rank", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", "--jobs", "1", "--top", "1")
    assert result.stdout.splitlines() == ["   1   none  a b  [31mred back"]


# train, evaluate, label, models


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """What `train` prints, and the folder of its model: of few trees, each of which counts more."""
    folder = tmp_path_factory.mktemp("models")
    with pytest.MonkeyPatch.context() as patch, threadpool_limits(1):
        patch.setattr(fit, "TREES", 10)
        patch.setattr(fit, "LEARNING_RATE", 0.4)
        return run("train", LABELS, "-o", folder / "mine", "--name", "ours"), folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A registry of its own."""
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_train_writes_a_model_and_says_how_good_it_is(trained):
    result, folder = trained
    assert (result.exit_code, result.stderr) == (0, "")
    assert "24 articles learnt from, 0 rows passed over; the model is in" in result.stdout
    assert result.stdout.count("Spearman") == 2 and result.stdout.count("24 of 6 publishers") == 2
    files = sorted(path.name for path in (folder / "mine").iterdir())
    assert files == [".lock", "card.md", "evaluation.json", "matrix.npz", "model.json"]


def test_train_learns_from_pairs_and_names_what_it_passes_over(tmp_path, monkeypatch):
    monkeypatch.setattr(fit, "TREES", 8)
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("better,worse\nexample-01,example-21\nexample-01,nobody\n")
    result = run("train", LABELS, pairs, "-o", tmp_path / "mine", "--skip-bad")
    assert result.exit_code == 0
    assert (
        result.stderr
        == f"onrecord: {pairs} row 2: no row has the id 'nobody'; give the id of an article in these files\n"
    )
    assert "24 articles and 1 pairs learnt from, 1 rows passed over" in result.stdout
    assert result.stdout.count("pairs in order") == 2


def test_a_trained_model_scores(trained):
    _, folder = trained
    record = json.loads(run("score", PAGE, "--format", "json", "--model", folder / "mine").stdout)
    jsonschema.validate(record, SCHEMA)
    assert record["model"]["name"] == "ours"


def test_a_trained_model_is_listed_and_shown(trained):
    _, folder = trained
    listed = run("models", "list", "--folder", folder)
    assert listed.exit_code == 0
    assert sorted(line.split()[0] for line in listed.stdout.splitlines()) == ["default", "ours", "vi"]
    assert str(folder / "mine") in listed.stdout
    shown = run("models", "show", folder / "mine")
    assert shown.exit_code == 0 and shown.stdout.startswith("# ")


@pytest.mark.parametrize("arguments", [["models", "list"], ["models", "show"], ["models", "show", "default"]])
def test_the_model_that_ships_is_there(arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "") and "default" in result.stdout


def model_of(command, tmp_path):
    """The name of the model that a command scores with."""
    if command[0] == "score":
        return json.loads(run("score", PAGE, "--format", "json", *command[1:]).stdout)["model"]["name"]
    run("rank", PAGE, "-o", tmp_path / "out.jsonl", "--jobs", "1", *command[1:])
    return json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["model"]["name"]


@pytest.mark.parametrize("command", ["score", "rank"])
def test_a_model_is_used_and_left_again(trained, home, tmp_path, command, in_process):
    used = run("models", "use", trained[1] / "mine", "--labels", LABELS)
    assert (used.exit_code, used.stderr) == (0, "")
    assert "ours@1 is in use" in used.stdout and "error of the second less the first" in used.stdout
    assert "ours@1  in use" in line_of("ours@1", run("models", "list"))
    assert run("models", "show").stdout.startswith("# Model card: ours")
    assert model_of([command], tmp_path) == model_of([command, "--model", "ours"], tmp_path) == "ours"
    assert model_of([command, "--model", "default"], tmp_path) == "default"
    assert model_of([command, "--registry", tmp_path / "another"], tmp_path) == "default"
    back = run("models", "rollback")
    assert (back.exit_code, back.stdout) == (0, "default is in use again; ours@1 was\n")
    assert model_of([command], tmp_path) == "default"
    assert run("models", "use", "ours", "--force").exit_code == 0 and model_of([command], tmp_path) == "ours"


def test_a_worse_model_is_refused_with_1_and_one_line(trained, home):
    run("models", "use", trained[1] / "mine", "--labels", LABELS)
    result = run("models", "use", "default", "--labels", LABELS)
    assert result.exit_code == 1
    one_line(result, "is not adopted", "larger than that of ours@1", "--force")
    assert line_of("ours@1", run("models", "list"))
    assert run("models", "use", "default", "--labels", LABELS, "--force").exit_code == 0


def test_a_model_that_was_tampered_with_is_refused(trained, home):
    run("models", "use", trained[1] / "mine", "--force")
    path = home / "models" / "ours@1" / "model.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0.0", "9.0", 1), encoding="utf-8")
    for command in (["score", PAGE], ["models", "show"], ["score", PAGE, "--model", "ours"], ["evaluate", LABELS]):
        result = run(*command)
        assert result.exit_code == 2
        one_line(result, "was changed", "SHA-256", "rollback")
    listed = run("models", "list")
    assert listed.exit_code == 0 and "damaged" in line_of("ours@1", listed)
    assert run("score", PAGE, "--model", "default").exit_code == 0
    assert run("models", "rollback").exit_code == run("score", PAGE).exit_code == 0


def test_two_models_are_compared(trained):
    result = run("models", "compare", "default", trained[1] / "mine", "--labels", LABELS)
    assert (result.exit_code, result.stderr) == (0, "")
    head, *rows, last = result.stdout.splitlines()
    assert head.split() == ["default", str(trained[1] / "mine")]
    assert [row.split("  ")[1] for row in rows] == [
        "articles",
        "Spearman",
        "mean absolute error",
        "90% interval covers",
        "AUC, good above bad",
        "known from training",
    ]
    assert rows[-1].split()[-2:] == ["0", "24"]
    assert last.strip().startswith("error of the second less the first, by article: ") and last.endswith(") points")


def test_evaluate_compares_scores_with_labels(tmp_path):
    result = run("evaluate", LABELS)
    assert (result.exit_code, result.stderr) == (0, "")
    for name in ("24 of 6 publishers", "Spearman", "mean absolute error", "90% interval", "AUC", "abstained on"):
        assert name in result.stdout
    table = result.stdout[result.stdout.index("reliability") :].splitlines()
    assert len(table) == 6 and all(len(row.split()) == 3 for row in table[1:])


def test_evaluate_draws(tmp_path):
    pytest.importorskip("matplotlib")
    assert run("evaluate", LABELS, "--plot", tmp_path / "plot.svg").exit_code == 0
    assert (tmp_path / "plot.svg").read_bytes().startswith(b"<?xml")


def test_without_matplotlib_drawing_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run("evaluate", LABELS, "--plot", tmp_path / "plot.svg")
    assert result.exit_code == 2
    assert result.stderr == "onrecord: drawing needs Matplotlib; pip install 'onrecord[plots]'\n"


def test_label_chooses_articles(tmp_path):
    out = tmp_path / "next.jsonl"
    result = run(
        "label", EXAMPLES / "corpus.jsonl", LABELS, "-o", out, "--count", "5", "--labelled", LABELS, "--jobs", "1"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"5 of 32 articles in {out}: fill in 'rating', then 'onrecord train'; passed over ")
    assert "24 labelled or twice, 0 without a score, 1 that cannot be read" in result.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 5 and all(row["rating"] is None and row["text"] and row["why"] for row in rows)


# features, extract


@pytest.mark.parametrize("form", ["table", "json", "md"])
def test_features_lists_all_that_is_measured(form):
    from onrecord.features import CATALOGUE

    result = run("features", "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    if form == "json":
        rows = json.loads(result.stdout)
        assert [row["id"] for row in rows] == list(CATALOGUE)
        assert all(row["citation"] and row["unit"] for row in rows)
    else:
        lines = result.stdout.splitlines()[2 if form == "md" else 0 :]
        assert [line.strip("| ").split()[0] for line in lines] == list(CATALOGUE)


def test_extract_shows_the_article_and_what_was_set_aside():
    result = run("extract", PAGE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("title: Audit cannot find") and "--- set aside ---" in result.stdout
    record = json.loads(run("extract", "--format", "json", PAGE).stdout)
    assert record["text"] in result.stdout and record["aside"] and record["links"]


# Processes of their own


def test_help_is_instant():
    heavy = ("numpy", "sklearn", "trafilatura", "rich", "httpx", "httpcore", "jinja2", "joblib", "lxml", "textstat")
    code = (
        "import sys\nfrom onrecord.cli import main\ntry:\n main(['--help'])\nexcept SystemExit:\n pass\n"
        f"print('loaded:', sorted(set({heavy!r}) & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "Commands:" in result.stdout and result.stdout.endswith("loaded: []\n")


@pytest.mark.parametrize("name", [["--help"], ["-h"], ["--version"], ["models"], *([c, "-h"] for c in main.commands)])
def test_every_command_has_help(name):
    result = run(*name)
    assert result.exit_code == (2 if name == ["models"] else 0)
    assert "Usage: " in result.output or "version" in result.output


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_output_will_do(encoding):
    results = in_turn(
        ["score", PAGE],
        ["score", "--format", "json", PAGE],
        ["score", "--format", "html", PAGE],
        ["extract", PAGE],
        ["models", "show"],
        ["features", "--format", "md"],
        encoding=encoding,
    )
    assert [(code, errors) for code, _, errors in results] == [(0, b"")] * 6
    text, data, page, *others = (out for _, out, _ in results)
    assert b"Audit cannot find" in text
    jsonschema.validate(json.loads(data.decode("utf-8")), SCHEMA)
    assert "“" in page.decode("utf-8")
    assert all(others)


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are bytes only on POSIX")
@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_odd_bytes_in_an_argument_are_no_traceback(encoding):
    names = [b"\xff\xfe.txt", b"caf\xe9.html", "“Größe”.txt".encode(), b"http://\xff/", b"-\xff"]
    results = in_turn(*(["score", name] for name in names), encoding=encoding)
    for name, (code, out, errors) in zip(names, results, strict=True):
        assert code == (2 if name.startswith(b"-") else 3)
        assert b"Traceback" not in errors and errors and out == b""


@pytest.mark.skipif(sys.platform == "win32", reason="file names are bytes only on POSIX")
def test_odd_bytes_in_a_file_name_are_ranked(tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_text("It rained.")
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    result = shell("rank", os.fsdecode(tmp_path), "-o", str(tmp_path / "out.jsonl"), "--top", "1", "--jobs", "1")
    assert (result.returncode, b"Traceback" in result.stderr) == (0, False)
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"] == "caf\ufffd.txt"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell with pipes")
def test_a_reader_that_hangs_up_is_no_traceback():
    command = f"{sys.executable} -m onrecord features --format json | head -c 10"
    result = subprocess.run(command, shell=True, capture_output=True, timeout=60)
    assert (len(result.stdout), result.stderr) == (10, b"")
