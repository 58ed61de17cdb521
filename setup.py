"""What ``pyproject.toml`` cannot say: a wheel brings what a project starts with.

See ``dwiwarta.starter``: in a checkout these files lie around the package, installed below it.
"""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).resolve().parent / "scripts"))

from dwiwarta.starter import CHECKOUT, starter_files


class BuildWithStarter(build_py):
    """Copies the starter's files as they are; a build in place finds them where they lie."""

    def run(self) -> None:
        """Build the package, then put the files below it."""
        super().run()
        if not self.editable_mode:
            for name, path in starter_files().items():
                target = Path(self.build_lib, "dwiwarta", "starter", name)
                target.parent.mkdir(parents=True, exist_ok=True)
                self.copy_file(str(path), str(target), preserve_mode=False)

    def get_source_files(self) -> list[str]:
        """For a source distribution, from which a wheel can be built as well."""
        names = [path.relative_to(CHECKOUT).as_posix() for path in starter_files().values()]
        return [*super().get_source_files(), *names]


setup(cmdclass={"build_py": BuildWithStarter})
