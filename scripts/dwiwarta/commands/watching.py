"""Noticing that an editor changed something, as soon as it happens."""

import logging
import os
import threading
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET_SECONDS = 0.05  # an editor's save is several events; so is a folder that is copied


class Watch(FileSystemEventHandler):
    """Watches folders while the block runs.

    The system tells of changes (inotify, FSEvents, …); where it cannot, as its watches are used up,
    say, the folders are looked through. Network folders may tell nothing: look yourself, too.
    """

    def __init__(self, folders: Mapping[Path, bool], counts: Callable[[Path], bool]) -> None:
        """``folders``: what is watched, with all that is below it or not. ``counts``: whether a
        change of this file or folder means anything.
        """
        self._folders = {folder: deep for folder, deep in folders.items() if folder.is_dir()}
        self._counts = counts
        self._changed = threading.Event()
        self._observer: BaseObserver | None = None

    def __enter__(self) -> "Watch":
        # It tells how it keeps its books when whole folders come and go, or too much at once.
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore", module=r"watchdog\.")
        try:
            self._observer = self._start(Observer())
        except OSError:
            self._observer = self._start(PollingObserver())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._observer is not None
        self._observer.stop()
        self._observer.join()

    def _start(self, observer: BaseObserver) -> BaseObserver:
        for folder, deep in sorted(self._folders.items()):
            observer.schedule(self, str(folder), recursive=deep)
        observer.start()
        return observer

    def on_any_event(self, event: FileSystemEvent) -> None:
        """What the observer calls, in a thread of its own."""
        read_only = event.event_type in ("opened", "closed_no_write")
        if read_only or (event.is_directory and event.event_type == "modified"):
            return
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if any(self._counts(path) for path in paths):
            self._changed.set()

    def wait(self, seconds: float) -> bool:
        """Wait for a change, and then until all is quiet; False if there was none that long."""
        if not self._changed.wait(seconds):
            return False
        while self._changed.is_set():
            self._changed.clear()
            self._changed.wait(QUIET_SECONDS)
        return True
