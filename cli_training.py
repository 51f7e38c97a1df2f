"""The commands around labels: train, evaluate, label, and the models of a user."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli_options import (
    complete_models,
    jobs_option,
    model_option,
    one_line,
    print_rows,
    progress,
    registry_option,
    resolve,
)

if TYPE_CHECKING:
    from onrecord.training.answers import Comparison, Judgement

_labels = click.argument("labels", nargs=-1, required=True, type=click.Path(path_type=Path))
_label_option = click.option(
    "--labels", multiple=True, type=click.Path(path_type=Path), help="A label file; may be given several times."
)
_skip_bad = click.option("--skip-bad", is_flag=True, help="Pass over the rows that cannot be used, and name them.")


@click.command()
@_labels
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The folder of the new model.")
@click.option("--name", help="The new model's name; the folder's, if not given.")
@_skip_bad
def train(labels: tuple[Path, ...], out: Path, name: str | None, skip_bad: bool) -> None:
    """Refit the model with LABELS of your own (.csv, .jsonl, .parquet) and write it to a folder."""
    from onrecord.training.retrain import retrain

    result = retrain(labels, out, name, skip_bad=skip_bad)
    print_rows(result.labels.skipped)
    used = f"{len(result.labels.examples)} articles"
    if result.labels.pairs:
        used += f" and {len(result.labels.pairs)} pairs"
    click.echo(f"{used} learnt from, {len(result.labels.skipped)} rows passed over; the model is in {out}")
    click.echo("Before, on your labels:")
    _print_judgement(result.before)
    click.echo("After, on your labels, each predicted without its publisher:")
    _print_judgement(result.after)


@click.command()
@_labels
@model_option
@registry_option
@_skip_bad
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the reliability into a file, .svg.")
def evaluate(
    labels: tuple[Path, ...], model: str | None, registry: Path | None, skip_bad: bool, plot: Path | None
) -> None:
    """Compare a model's scores with LABELS; those it was trained on as scored without the article's publisher."""
    from onrecord.training.answers import evaluate_labels

    found, judgement = evaluate_labels(labels, resolve(model, registry), skip_bad=skip_bad)
    if plot:
        from onrecord.training.plot import plot_reliability

        plot_reliability(judgement, plot)
    print_rows(found.skipped)
    _print_judgement(judgement)
    click.echo(f"  abstained on               {judgement.abstained}")
    click.echo(f"  known from training        {judgement.unseen}")
    if judgement.evaluation:
        click.echo("  reliability                mean score   mean rating   articles")
        for score, rating, count in judgement.evaluation.reliability:
            click.echo(f"{score:39.1f} {rating:13.1f} {count:10d}")


def _print_judgement(judgement: "Judgement") -> None:
    from onrecord.training.figures import figures

    for label, figure in figures(judgement):
        click.echo(f"  {label:27}{figure}")


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="A .jsonl or .csv file.")
@click.option("--count", type=click.IntRange(min=1), default=50, show_default=True, help="How many articles to choose.")
@click.option(
    "--labelled", multiple=True, type=click.Path(path_type=Path), help="A label file whose articles are passed over."
)
@jobs_option
@model_option
@registry_option
def label(
    inputs: tuple[str, ...],
    out: Path,
    count: int,
    labelled: tuple[Path, ...],
    jobs: int,
    model: str | None,
    registry: Path | None,
) -> None:
    """Choose the articles whose labels would teach the model most, and write them to OUT, ready for ratings."""
    from onrecord.training.choose import ChooseOptions, choose

    options = ChooseOptions(count=count, labelled=labelled, model=resolve(model, registry), jobs=jobs)
    with progress("label") as done:
        chosen = choose(inputs, out, options, done)
    click.echo(
        f"{chosen.chosen} of {chosen.articles} articles in {out}: fill in 'rating', then 'onrecord train'; passed over "
        f"{chosen.known} labelled or twice, {chosen.unscored} without a score, {chosen.errors} that cannot be read",
        err=True,
    )


@click.group()
def models() -> None:
    """The models on this machine."""


@models.command("list")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Look in here too.")
@registry_option
def list_(folder: Path | None, registry: Path | None) -> None:
    """One line a model: name, version, hash, folder."""
    from onrecord.training.listing import list_models
    from onrecord.training.registry import Registry

    for found in list_models(folder, Registry(registry)):
        state = "  in use" if found.in_use else ""
        damage = f"  damaged: {one_line(found.problem)}" if found.problem else ""
        identity = f"{one_line(found.name)}  {one_line(found.version)}  {found.sha256[:12]}"
        click.echo(f"{identity}  {found.folder}{state}{damage}")


@models.command()
@click.argument("name", required=False, shell_complete=complete_models)
@registry_option
def show(name: str | None, registry: Path | None) -> None:
    """A model's card; that of the model in use, if none is named."""
    from onrecord.training.listing import model_card
    from onrecord.training.registry import Registry

    click.echo(model_card(name, Registry(registry)))


@models.command()
@click.argument("name", shell_complete=complete_models)
@_label_option
@click.option("--force", is_flag=True, help="Adopt it even if it is worse, or without labels.")
@registry_option
@_skip_bad
def use(name: str, labels: tuple[Path, ...], force: bool, registry: Path | None, skip_bad: bool) -> None:
    """Adopt a model, a folder or a version in the registry, if it is no worse on your labels than the one in use."""
    from onrecord.training.adopt import use as adopt
    from onrecord.training.registry import Registry

    adopted = adopt(name, labels, force=force, registry=Registry(registry), skip_bad=skip_bad)
    print_rows(adopted.skipped)
    if adopted.comparison:
        _print_comparison(adopted.comparison, adopted.before, adopted.name)
    click.echo(f"{adopted.name} is in use, before it was {adopted.before}; back with 'onrecord models rollback'")


@models.command()
@click.argument("first", shell_complete=complete_models)
@click.argument("second", shell_complete=complete_models)
@click.option("--labels", multiple=True, required=True, type=click.Path(path_type=Path), help="A label file.")
@registry_option
@_skip_bad
def compare(first: str, second: str, labels: tuple[Path, ...], registry: Path | None, skip_bad: bool) -> None:
    """Two models side by side on the same labels."""
    from onrecord.training.answers import compare_labels

    found, comparison = compare_labels(labels, resolve(first, registry), resolve(second, registry), skip_bad=skip_bad)
    print_rows(found.skipped)
    _print_comparison(comparison, first, second)


def _print_comparison(comparison: "Comparison", first: str, second: str) -> None:
    from onrecord.training.figures import figures

    click.echo(f"  {'':27}{one_line(first):28}{one_line(second)}")
    for (label, one), (_, two) in zip(figures(comparison.first), figures(comparison.second), strict=True):
        click.echo(f"  {label:27}{one!s:28}{two}")
    click.echo(f"  {'known from training':27}{comparison.first.unseen!s:28}{comparison.second.unseen}")
    if comparison.error:
        click.echo(f"  error of the second less the first, by article: {comparison.error} points")
    if comparison.pairs:
        click.echo(f"  pairs in order, the second less the first: {comparison.pairs}")


@models.command()
@registry_option
def rollback(registry: Path | None) -> None:
    """Go back to the model that was in use before."""
    from onrecord.training.registry import Registry

    left, now = Registry(registry).rollback()
    click.echo(f"{now} is in use again; {left} was")
