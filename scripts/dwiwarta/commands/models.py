"""``build.py models``: the models of local engines on this machine."""

import os

import click

from dwiwarta.errors import DwiwartaError
from dwiwarta.translate.models.files import Manifest, ModelError
from dwiwarta.translate.models.store import ModelStore, default_store, fetch_command

FETCHED = ("firefox",)  # engines whose model can be fetched


@click.group()
def models() -> None:
    """List, fetch and remove the models of engines that run on this machine.

    A build never downloads anything; `models fetch firefox` does, once.
    """


@models.command("list")
@click.pass_context
def list_models(ctx: click.Context) -> None:
    """Show which models are here, where, how large, and whether they are intact.

    The exit code is 1 if one is damaged.
    """
    store = default_store()
    click.echo(f"Folder: {store.root}")
    states = {name: _state(store, name) for name in FETCHED}
    for name, (state, _) in states.items():
        click.echo(f"{name}: {state}")
    if not all(usable for _, usable in states.values()):
        ctx.exit(1)


def _state(store: ModelStore, name: str) -> tuple[str, bool]:
    """What to say of a model, and False if it is there but damaged."""
    try:
        manifest = store.manifest(name)
    except ModelError as error:
        return str(error), False
    if manifest is None:
        try:
            store.check_room(name)
        except ModelError as error:
            return f"not fetched; {error}", True
        return f"not fetched ({fetch_command(name)})", True
    try:
        store.load(name)
        state, usable = "intact", True
    except ModelError as error:
        state, usable = str(error), False
    return f"{_described(manifest)}, {state}", usable


def _described(manifest: Manifest) -> str:
    size = manifest.size
    shown = f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size / 1e3:.0f} kB"
    return f"{manifest.version} {manifest.architecture}, {shown}"


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
    click.echo(f"{name}: {_described(manifest)}, ready")


@models.command()
@click.argument("name", type=click.Choice(FETCHED))
def remove(name: str) -> None:
    """Delete a fetched model."""
    store = default_store()
    if not store.remove(name):
        raise DwiwartaError(f"{name}: there is no model to remove")
    click.echo(f"{name}: removed")
    try:
        store.check_room(name)
    except ModelError as error:  # what is not ours stays, and is in the way of the next fetch
        click.echo(f"Before the next fetch: {error}")
