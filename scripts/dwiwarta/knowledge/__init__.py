"""What the program knows beforehand; everything may ask it, and it asks no stage.

YAML that editors may change, with the modules that read what several stages need: ``taxonomy``
(countries, bodies, topics), ``calendar`` and ``glossary``. What the scripts in ``training/`` fitted
or counted stands in ``learned/``.
"""

from pathlib import Path

KNOWLEDGE_DIR = Path(__file__).resolve().parent
LEARNED_DIR = KNOWLEDGE_DIR / "learned"
