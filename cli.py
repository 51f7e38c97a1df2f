"""The command line. A command is one library call; errors become one line and an exit code."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import InputError, OnrecordError
from onrecord.version import VERSION

if TYPE_CHECKING:
    from onrecord.features.document import Article
    from onrecord.training.evaluate import Evaluation

SOME_FAILED, WRONG_USE, UNREADABLE = 1, 2, 3


class _Commands(click.Group):
    """Translates the error tree: an unreadable source exits with 3, all else that is wrong with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of ours becomes one line and an exit code."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            click.echo(f"onrecord: {_one_line(str(error))}", err=True)
            sys.exit(UNREADABLE if isinstance(error, InputError) and ctx.invoked_subcommand in _SINGLE else WRONG_USE)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(SOME_FAILED)


def _one_line(text: str) -> str:
    """Text of a stranger (a title, the name of a file), fit for one line of a terminal."""
    from onrecord.scoring.render import clean

    return " ".join(clean(text).split())


def _data(text: str) -> None:
    """Print JSON or HTML: in UTF-8 whatever the terminal has, for that is how both are read."""
    click.echo(text.encode())


_SINGLE = ("score", "extract")
_model = click.option("--model", default="default", show_default=True, help="A model's name or folder.")
_private = click.option(
    "--allow-private-network", is_flag=True, help="Fetch from private and loopback addresses too, on any port."
)
_port = click.option("--any-port", is_flag=True, help="Fetch from ports other than 80 and 443.")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="onrecord")
def main() -> None:
    """Scores how well a news article is sourced, and shows why."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without curly quotation marks shows "?"


@main.command()
@click.argument("source")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@_model
@_private
@_port
def score(source: str, form: str, model: str, allow_private_network: bool, any_port: bool) -> None:
    """Score one article: a URL, an .html, .txt, .md or .json file, or - for standard input."""
    from onrecord.scoring.changes import with_changes
    from onrecord.scoring.model import load_model
    from onrecord.scoring.score import score_article

    card = load_model(model)
    report = with_changes(score_article(_read(source, allow_private_network, any_port), card), card)
    if form == "json":
        from onrecord.scoring.record import to_json

        _data(to_json(report))
    elif form == "html":
        from onrecord.scoring.render import to_html

        _data(to_html(report))
    else:
        from onrecord.scoring.render import print_text

        print_text(report)


@main.command()
@click.argument("source")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_private
@_port
def extract(source: str, form: str, allow_private_network: bool, any_port: bool) -> None:
    """Show what is read as the article in SOURCE, and what is set aside."""
    from onrecord.scoring.extracted import to_json, to_text

    article = _read(source, allow_private_network, any_port)
    if form == "json":
        _data(to_json(article))
    else:
        click.echo(to_text(article))


def _read(source: str, allow_private_network: bool, any_port: bool) -> "Article":
    from onrecord.scoring.fetch import FetchOptions
    from onrecord.scoring.source import read_source

    return read_source(source, FetchOptions(allow_private_network=allow_private_network, any_port=any_port))


@main.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="A .jsonl or .csv file.")
@click.option("--top", type=click.IntRange(min=1), help="Print the N best.")
@click.option("--by", type=click.Choice(["publisher"]), help="Print means by publisher.")
@click.option("--jobs", type=int, default=-1, show_default=True, help="Processes; -1 for every core.")
@click.option("--evidence", is_flag=True, help="Add attributions, passages and single features.")
@click.option("--text", is_flag=True, help="Add the text that offsets refer to.")
@_model
def rank(
    inputs: tuple[str, ...],
    out: Path,
    top: int | None,
    by: str | None,
    jobs: int,
    evidence: bool,
    text: bool,
    model: str,
) -> None:
    """Score folders, article files, .jsonl, .csv and .parquet; write them to OUT, the best first."""
    from onrecord.scoring.rank import RankOptions, by_publisher
    from onrecord.scoring.rank import rank as rank_corpus

    if jobs == 0:
        raise click.BadParameter("0 is no number of processes; give 1 or more, or -1", param_hint="--jobs")
    options = RankOptions(model=model, jobs=jobs, evidence=evidence, text=text)
    with _progress() as progress:
        summary = rank_corpus(inputs, out, options, progress)
    for place, article in enumerate(summary.ranked[: top or 0], start=1):
        value = "  none" if article.score is None else f"{article.score:6.1f}"
        click.echo(f"{place:4d} {value}  {_one_line(article.id)}  {_one_line(article.title)}")
    for publisher in by_publisher(summary) if by else ():
        mean = "  none" if publisher.mean is None else f"{publisher.mean:6.1f}"
        click.echo(f"{mean}  {_one_line(publisher.name)}  {publisher.articles} articles, {publisher.scored} scored")
    failed = f", {summary.errors} failed: see {summary.error_file}" if summary.errors else ""
    click.echo(f"{len(summary.ranked)} articles in {out}{failed}", err=True)
    if summary.errors:
        sys.exit(SOME_FAILED)


@contextmanager
def _progress() -> Iterator[Any]:
    """A count on standard error while it is a terminal; silent when piped."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.completed} articles"), TextColumn("{task.speed:.0f}/s"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("rank", total=None)
        yield lambda done: bar.update(task, completed=done)


@main.command()
@click.argument("labels", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The folder of the new model.")
@click.option("--name", help="The new model's name; the folder's, if not given.")
def train(labels: tuple[Path, ...], out: Path, name: str | None) -> None:
    """Refit the model with LABELS of your own (.csv, .jsonl, .parquet) and write it to a folder."""
    from onrecord.training.labels import read_labels
    from onrecord.training.train import train as train_model
    from onrecord.training.train import write

    examples = [example for path in labels for example in read_labels(path)]
    trained = train_model(examples, name or out.resolve().name)
    write(trained, out)
    click.echo(f"{len(trained.examples)} of {len(examples)} labelled articles used; the model is in {out}")
    if trained.before:
        click.echo("Before, on your labels:")
        _print_evaluation(trained.before)
    click.echo("After, on your labels, each predicted without its publisher:")
    _print_evaluation(trained.evaluation)


@main.command()
@click.argument("labels", type=click.Path(path_type=Path))
@_model
def evaluate(labels: Path, model: str) -> None:
    """Compare a model's scores with LABELS. (On labels that it was trained on, this flatters it.)"""
    from onrecord.training.labels import read_labels
    from onrecord.training.train import evaluate_model

    evaluation, abstained = evaluate_model(read_labels(labels), model)
    _print_evaluation(evaluation)
    click.echo(f"  abstained on               {abstained}")
    click.echo("  mean score -> mean rating  " + ", ".join(f"{s:.0f} -> {r:.0f}" for s, r, _ in evaluation.reliability))


def _print_evaluation(evaluation: "Evaluation") -> None:
    click.echo(f"  articles                   {evaluation.articles} of {evaluation.publishers} publishers")
    click.echo(f"  Spearman                   {evaluation.spearman}")
    click.echo(f"  mean absolute error        {evaluation.mean_absolute_error}")
    click.echo(f"  90% interval covers        {evaluation.coverage}")
    if evaluation.auc:
        click.echo(f"  AUC, good above bad        {evaluation.auc}")


@main.group()
def models() -> None:
    """The models on this machine."""


@models.command("list")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Look in here too.")
def list_(folder: Path | None) -> None:
    """One line a model: name, version, hash, folder."""
    from onrecord.training.registry import list_models

    for listed in list_models(folder):
        click.echo(f"{listed.model.name}  {listed.model.version}  {listed.model.sha256[:12]}  {listed.folder}")


@models.command()
@click.argument("name", default="default")
def show(name: str) -> None:
    """A model's card."""
    from onrecord.training.registry import model_card

    click.echo(model_card(name))


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
def features(form: str) -> None:
    """The catalogue: all that is measured, in what unit, and where the idea comes from."""
    from onrecord.features.catalogue import render

    if form == "json":
        _data(render(form))
    else:
        click.echo(render(form))
