"""Laying a site's own values over the program's, for files whose schema is groups of plain values.

The overlay has the same schema with every key left out at will. Lists grow, groups go by their
keys, single values are replaced; what stands under ``without`` is taken out of lists and groups of
the program wherever it is.
"""

from collections.abc import Collection
from copy import copy
from typing import Any, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel, create_model

from dwiwarta.knowledge.overlays import Overlay
from dwiwarta.yamlfile import Strict

M = TypeVar("M", bound=BaseModel)


def overlay_of(model: type[BaseModel]) -> type[Overlay]:
    """The schema of an overlay over a file with this one."""
    return cast("type[Overlay]", _optional(model, Overlay))


def _optional(model: type[BaseModel], base: type[BaseModel]) -> type[BaseModel]:
    """A schema with the same keys, each of which may be missing."""
    fields: dict[str, Any] = {}
    for name, known in model.model_fields.items():
        of: Any = known.annotation
        if isinstance(of, type) and issubclass(of, BaseModel):
            of = _optional(of, Strict)
        field = copy(known)
        field.default = None
        field.annotation = of | None
        fields[name] = (field.annotation, field)
    return create_model(f"{model.__name__}Overlay", __base__=base, **fields)


def laid_over(program: M, own: BaseModel, without: Collection[str]) -> M:
    """The program's values with those of ``own``, made by the schema of ``overlay_of``."""
    return program.model_copy(
        update={
            name: _joined(
                getattr(program, name),
                getattr(own, name, None),
                without,
                grows=_holds_lists(field.annotation),
            )
            for name, field in type(program).model_fields.items()
        }
    )


def _holds_lists(annotation: Any) -> bool:
    """Whether the values of a group are lists of any length, ``dict[str, tuple[str, ...]]``."""
    return get_origin(annotation) is dict and get_args(get_args(annotation)[1])[-1:] == (...,)


def _joined(value: Any, own: Any, without: Collection[str], *, grows: bool = False) -> Any:
    if isinstance(value, BaseModel):
        return laid_over(value, own or Strict(), without)
    if isinstance(value, dict):
        left = {key: one for key, one in value.items() if key not in without}
        if grows:
            left = {key: _joined(one, None, without) for key, one in left.items()}
        for key, one in (own or {}).items():
            left[key] = _joined(left[key], one, ()) if grows and key in left else one
        return left
    if isinstance(value, frozenset):
        return value.difference(without) | (own or frozenset())
    if isinstance(value, tuple):
        left_over = [one for one in value if not isinstance(one, str) or one not in without]
        return (*left_over, *(one for one in own or () if one not in left_over))
    return value if own is None else own
