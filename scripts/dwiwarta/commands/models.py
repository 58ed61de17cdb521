"""``build.py models``: the models of local engines on this machine."""

import os

import click

from dwiwarta.commands.offer import forget_no
from dwiwarta.commands.output import WholeHelpGroup, bar, json_option, print_json, say
from dwiwarta.errors import DwiwartaError
from dwiwarta.translate.models.files import Manifest, ModelError
from dwiwarta.translate.models.store import ModelStore, default_store, fetch_command

FETCHED = ("firefox",)  # engines whose model can be fetched


@click.group(cls=WholeHelpGroup)
def models() -> None:
    """List, fetch and remove the models of engines that run on this machine.

    `models fetch firefox` downloads one, once; other commands only if you say yes.
    """


@models.command("list")
@json_option
@click.pass_context
def list_models(ctx: click.Context, as_json: bool) -> None:
    """Show which models are here, where, how large, and whether they are intact.

    The exit code is 1 if one is damaged.
    """
    store = default_store()
    states = {name: _state(store, name) for name in FETCHED}
    if as_json:
        listed = [_record(store, name, *states[name]) for name in FETCHED]
        print_json({"folder": str(store.root), "models": listed})
    else:
        click.echo(f"Folder: {store.root}")
        for name, (state, _) in states.items():
            click.echo(f"{name}: {state}")
    if not all(usable for _, usable in states.values()):
        ctx.exit(1)


def _record(store: ModelStore, name: str, text: str, usable: bool) -> dict[str, object]:
    """A model as ``models list --json`` shows it; ``size`` in bytes, null what is not there."""
    try:
        manifest = store.manifest(name)
    except ModelError:
        manifest = None
    state = ("intact" if manifest else "not fetched") if usable else "damaged"
    return {
        "name": name,
        "state": state,
        "version": manifest and manifest.version,
        "architecture": manifest and manifest.architecture,
        "size": manifest and manifest.size,
        "source": manifest and manifest.source,
        "text": text,
    }


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

    store = default_store()
    with bar(f"Fetching {name}", "bytes") as progress:
        manifest = fetch_firefox(store, os.environ, progress)
    forget_no(store)
    say(f"{name}: {_described(manifest)}, ready")


@models.command()
@click.argument("name", type=click.Choice(FETCHED))
def remove(name: str) -> None:
    """Delete a fetched model."""
    store = default_store()
    if not store.remove(name):
        raise DwiwartaError(f"{name}: there is no model to remove")
    say(f"{name}: removed")
    try:
        store.check_room(name)
    except ModelError as error:  # what is not ours stays, and is in the way of the next fetch
        click.echo(f"Before the next fetch: {error}")
