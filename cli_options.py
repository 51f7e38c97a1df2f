"""What commands share: options that choose a model, what a shell completes, how text of strangers is printed."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from onrecord.errors import OnrecordError

MAX_ROWS = 20


def complete_models(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """For the shell: what ships, the versions in the registry that the line names so far, and folders."""
    from onrecord.training.registry import Registry

    folder = context.params.get("registry")
    try:
        names = ["default", *(version.name for version in Registry(folder and Path(folder)).state().versions)]
    except OnrecordError:
        names = ["default"]
    found = [CompletionItem(name) for name in dict.fromkeys(names) if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="dir")]


model_option = click.option(
    "--model",
    help="A model's name or folder; 'default' is what ships. If not given, the model in use.",
    shell_complete=complete_models,
)
registry_option = click.option(
    "--registry",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of your models; if not given, ONRECORD_HOME or your folder for data of programs.",
)


private_option = click.option(
    "--allow-private-network", is_flag=True, help="Fetch from private and loopback addresses too, on any port."
)
port_option = click.option("--any-port", is_flag=True, help="Fetch from ports other than 80 and 443.")


def _processes(context: click.Context, _: click.Parameter, jobs: int) -> int:
    if jobs == 0:
        raise click.BadParameter("0 is no number of processes; give 1 or more, or -1", context, param_hint="--jobs")
    return jobs


jobs_option = click.option(
    "--jobs", type=int, default=-1, show_default=True, callback=_processes, help="Processes; -1 for every core."
)


def resolve(model: str | None, registry: Path | None) -> str:
    """What `load_model` takes, for what the two options say."""
    from onrecord.training.registry import Registry

    return Registry(registry).resolve(model)


def one_line(text: str) -> str:
    """Text of a stranger (a title, the name of a file), fit for one line of a terminal."""
    from onrecord.scoring.display import clean

    return " ".join(clean(text).split())


def print_rows(rows: Sequence[str]) -> None:
    """A line on standard error for each of the first MAX_ROWS rows, and how many more there are."""
    for row in rows[:MAX_ROWS]:
        click.echo(f"onrecord: {one_line(row)}", err=True)
    if len(rows) > MAX_ROWS:
        click.echo(f"onrecord: and {len(rows) - MAX_ROWS} more", err=True)


@contextmanager
def progress(name: str) -> Iterator[Any]:
    """A count on standard error while it is a terminal; silent when piped."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.completed} articles"), TextColumn("{task.speed:.0f}/s"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done: bar.update(task, completed=done)
