"""Dwiwarta: Indonesian news with the English beside it, as a static site.

Data flows one way, one package a stage::

    read → clean → dedupe → translate → tag → render → site

``model`` holds what the stages hand to each other, ``pipeline`` is the one place that knows
their order, ``commands`` is what a person can ask for.
"""

import os

# Nobody wants plugins for pydantic here: to look for some it reads what each installed library says
# of itself, at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

__version__ = "0.2.0"
