"""The command that serves the web app."""

from pathlib import Path

import click

from onrecord.cli_options import jobs_option, model_option, port_option, private_option, registry_option
from onrecord.errors import MissingExtraError

HOST, PORT = "127.0.0.1", 8765


@click.command()
@click.option("--host", default=HOST, show_default=True, help="The address to listen on. There are no passwords.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 for any free one.")
@click.option("--corpus", multiple=True, type=click.Path(path_type=Path), help="A ranking to look at, .parquet.")
@click.option("--label", type=click.Path(path_type=Path), help="A file of articles to label, from `onrecord label`.")
@jobs_option
@model_option
@registry_option
@private_option
@port_option
def serve(
    host: str,
    port: int,
    corpus: tuple[Path, ...],
    label: Path | None,
    jobs: int,
    model: str | None,
    registry: Path | None,
    allow_private_network: bool,
    any_port: bool,
) -> None:
    """Serve the web app and its JSON API on this machine, until Ctrl-C."""
    from onrecord.scoring.fetch import FetchOptions

    for name in ("uvicorn", "starlette", "python_multipart"):
        _need(name)
    from onrecord.web.options import ServeOptions
    from onrecord.web.server import run

    fetch = FetchOptions(allow_private_network=allow_private_network, any_port=any_port)
    options = ServeOptions(host, port, model, registry, jobs, fetch=fetch, corpora=corpus, label=label)
    run(options, lambda address: click.echo(f"onrecord: {address} (Ctrl-C ends it)", err=True))


def _need(name: str) -> None:
    """Raise MissingExtraError if a library of the extra `web` is not there."""
    from importlib.util import find_spec

    if find_spec(name) is None:
        raise MissingExtraError(f"serving needs {name}", "pip install 'onrecord[web]'")
