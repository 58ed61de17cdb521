"""Values that the build hands to the theme, by a partial that ``overrides/main.html`` includes."""

import json
from collections.abc import Mapping
from typing import Any

# By these words a file is known that was made here, and not by a person.
MADE_HERE = "Written by the build: do not edit."


def theme_values(name: str, values: Mapping[str, Any]) -> bytes:
    """The template that gives ``values`` to the theme as ``given.<name>``; it prints nothing.

    Jinja and MiniJinja (Zensical's) both read it. A ``main.html`` that somebody changed in an
    earlier version knows no ``given`` and awaits the values in the dictionary ``name``.
    """
    # A literal of Jinja writes strings as JSON does.
    literal = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return (
        f"{{#- {MADE_HERE} -#}}\n"
        f"{{%- set values = {literal} -%}}\n"
        f"{{%- if given is defined %}}{{% set given.{name} = values %}}"
        f"{{% else %}}{{% set _ = {name}.update(values) %}}{{% endif -%}}\n"
    ).encode()
