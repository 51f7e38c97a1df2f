"""The command line. A command is one library call; errors become one line and an exit code."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli_options import (
    jobs_option,
    model_option,
    one_line,
    port_option,
    print_rows,
    private_option,
    registry_option,
    resolve,
)
from onrecord.cli_serving import serve
from onrecord.cli_training import evaluate, label, models, train
from onrecord.errors import InputError, LabelError, OnrecordError, WorseModelError
from onrecord.version import VERSION

if TYPE_CHECKING:
    from onrecord.features.document import Article

SOME_FAILED, WRONG_USE, UNREADABLE = 1, 2, 3


class _Commands(click.Group):
    """Translates the error tree: an unreadable source exits with 3, a worse model with 1, all else wrong with 2."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run the command line; a standard output that takes no more (a full disk) is one line and an exit code too."""
        try:
            return super().main(*args, **more)
        except (OSError, SystemExit) as end:
            # An error does not say of which file it is. So a line is tried; after all else, what is not written yet.
            if (fault := _fault_of_output("" if isinstance(end, SystemExit) else "\n")) is None:
                raise
            problem = f"standard output cannot be written ({fault.strerror or fault})"
            click.echo(f"onrecord: {problem}; see to that, and run it again", err=True)
            raise SystemExit(WRONG_USE) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of ours becomes one line and an exit code."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            if isinstance(error, LabelError):
                print_rows(error.rows)
            click.echo(f"onrecord: {one_line(str(error))}", err=True)
            sys.exit(_exit_code(error, ctx.invoked_subcommand))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(SOME_FAILED)


def _fault_of_output(more: str) -> OSError | None:
    """What keeps standard output from being written, if anything; then the rest of it is dropped."""
    if sys.stdout is None:
        return None  # it was closed from the start
    try:
        sys.stdout.write(more)
        sys.stdout.flush()
    except BrokenPipeError:
        return None  # its reader has had enough
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python itself tries once more at the end
        return error
    return None


def _exit_code(error: OnrecordError, command: str | None) -> int:
    if isinstance(error, WorseModelError):
        return SOME_FAILED
    return UNREADABLE if isinstance(error, InputError) and command in _SINGLE else WRONG_USE


def _data(text: str) -> None:
    """Print JSON or HTML: in UTF-8 whatever the terminal has, for that is how both are read."""
    click.echo(text.encode())


_SINGLE = ("score", "extract")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="onrecord")
def main() -> None:
    """Scores how well a news article is sourced, and shows why."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without curly quotation marks shows "?"


@main.command()
@click.argument("source", type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@model_option
@registry_option
@private_option
@port_option
def score(
    source: str, form: str, model: str | None, registry: Path | None, allow_private_network: bool, any_port: bool
) -> None:
    """Score one article: a URL, an .html, .txt, .md or .json file, or - for standard input."""
    from onrecord.scoring.changes import with_changes
    from onrecord.scoring.model import load_model
    from onrecord.scoring.score import score_article

    card = load_model(resolve(model, registry))
    report = with_changes(score_article(_read(source, allow_private_network, any_port), card), card)
    if form == "json":
        from onrecord.scoring.record import to_json

        _data(to_json(report))
    elif form == "html":
        from onrecord.scoring.render import to_html

        _data(to_html(report))
    else:
        from onrecord.scoring.terminal import print_text

        print_text(report)


@main.command()
@click.argument("source", type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@private_option
@port_option
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
@click.argument("inputs", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="A .jsonl, .csv or .parquet file.")
@click.option("--top", type=click.IntRange(min=1), help="Print the N best.")
@click.option("--where", default="", help='Write only those of which this is true: "score < 30 and words > 99".')
@click.option("--by", type=click.Choice(["publisher"]), help="Print means by publisher.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a page about the whole ranking: an .html file.")
@jobs_option
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True)
@click.option("--scheduler", default="", help="The address of the Dask scheduler: tcp://HOST:8786.")
@click.option("--resume", is_flag=True, help="Go on with a run that was cut short.")
@click.option("--evidence", is_flag=True, help="Add attributions, passages and single features.")
@click.option("--text", is_flag=True, help="Add the text that offsets refer to.")
@model_option
@registry_option
@private_option
@port_option
def rank(
    inputs: tuple[str, ...],
    out: Path,
    top: int | None,
    by: str | None,
    jobs: int,
    model: str | None,
    registry: Path | None,
    allow_private_network: bool,
    any_port: bool,
    **more: Any,
) -> None:
    """Score a corpus, and write it to OUT, the best first.

    INPUTS are folders, files (articles, .jsonl, .csv, .parquet, .warc; compressed too), the URLs of feeds and sitemaps,
    or - for JSON lines on standard input.
    """
    from onrecord.cli_ranking import print_summary, ranking_progress
    from onrecord.scoring.fetch import FetchOptions
    from onrecord.scoring.ranking import RankOptions
    from onrecord.scoring.ranking import rank as rank_corpus

    fetch = FetchOptions(allow_private_network=allow_private_network, any_port=any_port)
    options = RankOptions(model=resolve(model, registry), jobs=jobs, by="publisher" if by else "", fetch=fetch, **more)
    with ranking_progress(out) as told:
        summary = rank_corpus(inputs, out, options, told)
    print_summary(summary, top or 0)
    if summary.errors:
        sys.exit(SOME_FAILED)


main.add_command(train)
main.add_command(evaluate)
main.add_command(label)
main.add_command(models)
main.add_command(serve)


@main.command()
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
def features(form: str) -> None:
    """The catalogue: all that is measured, in what unit, and where the idea comes from."""
    from onrecord.features.catalogue import render

    if form == "json":
        _data(render(form))
    else:
        click.echo(render(form))
