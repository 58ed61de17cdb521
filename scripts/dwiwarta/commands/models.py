"""``build.py models``: the models of local engines on this machine."""

import os

import click

from dwiwarta.errors import DwiwartaError
from dwiwarta.translate.models.store import ModelError, ModelStore, default_store, fetch_command

FETCHED = ("firefox",)  # engines whose model can be fetched


@click.group()
def models() -> None:
    """List, fetch and remove the models of engines that run on this machine.

    A build never downloads anything; `models fetch firefox` does, once.
    """


@models.command("list")
def list_models() -> None:
    """Show which models are here, where, how large, and whether they are intact."""
    store = default_store()
    click.echo(f"Folder: {store.root}")
    for name in FETCHED:
        click.echo(f"{name}: {_state(store, name)}")


def _state(store: ModelStore, name: str) -> str:
    try:
        manifest = store.manifest(name)
    except ModelError as error:
        return str(error)
    if manifest is None:
        return f"not fetched ({fetch_command(name)})"
    try:
        store.load(name)
        state = "intact"
    except ModelError as error:
        state = str(error)
    return f"{manifest.version} {manifest.architecture}, {manifest.size / 1e6:.1f} MB, {state}"


@models.command()
@click.argument("name", type=click.Choice(FETCHED))
def fetch(name: str) -> None:
    """Download a model, check its hashes and keep it for this user."""
    # The client for downloads takes a while to load: only who fetches needs it.
    from dwiwarta.translate.models.fetch import fetch_firefox

    with click.progressbar(length=1000, label=f"Fetching {name}") as bar:

        def progress(done: int, expected: int) -> None:
            bar.update(int(1000 * done / max(expected, done, 1)) - bar.pos)

        manifest = fetch_firefox(default_store(), os.environ, progress)
    size = f"{manifest.size / 1e6:.1f} MB"
    click.echo(f"{name}: {manifest.version} {manifest.architecture}, {size}, ready")


@models.command()
@click.argument("name", type=click.Choice(FETCHED))
def remove(name: str) -> None:
    """Delete a fetched model."""
    if not default_store().remove(name):
        raise DwiwartaError(f"{name}: there is no model to remove")
    click.echo(f"{name}: removed")
