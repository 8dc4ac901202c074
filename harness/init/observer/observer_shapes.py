"""What the types of inputs and results stand for as JSON."""


def silently(function):
    def call(*arguments, **named):
        try:
            return function(*arguments, **named)
        except Exception:
            return None

    return call


def shape(hint, depth=0):
    """What JSON a type stands for, as far as its hints tell."""
    import collections.abc
    import dataclasses
    import datetime
    import enum
    import types
    import typing
    import uuid

    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return shape(arguments[0], depth)
    if origin in (typing.Union, getattr(types, "UnionType", typing.Union)):
        others = [one for one in arguments if one is not type(None)]
        found = shape(others[0], depth) if others else {"kind": "null"}
        return {**found, "optional": True} if len(others) < len(arguments) else found
    if origin is typing.Literal:
        return {"kind": "string", "allowed": [str(one) for one in arguments]}
    plain = {str: "string", int: "integer", float: "number", bool: "boolean", bytes: "bytes", type(None): "null", None: "null"}
    if hint in plain if isinstance(hint, collections.abc.Hashable) else False:
        return {"kind": plain[hint]}
    kind = origin or hint
    if not isinstance(kind, type) or depth > 4:
        return {"kind": "any"}
    if issubclass(kind, enum.Enum):
        whole = all(isinstance(one.value, int) for one in kind)
        return {"kind": "integer" if whole else "string", "allowed": [str(one.value) for one in kind]}
    if issubclass(kind, (datetime.datetime, datetime.date)):
        return {"kind": "string", "example": "2026-01-31T12:00:00Z" if issubclass(kind, datetime.datetime) else "2026-01-31"}
    if issubclass(kind, uuid.UUID):
        return {"kind": "string", "example": "00000000-0000-4000-8000-000000000001"}
    if issubclass(kind, str):
        return {"kind": "string"}
    fields = fields_of(kind, dataclasses, typing)
    if fields is not None:
        return {"kind": "object", "fields": [
            {"name": name, "shape": shape(of, depth + 1), "required": required} for name, of, required in fields]}
    if issubclass(kind, (list, tuple, set, frozenset, collections.abc.Sequence)):
        return {"kind": "list", "item": shape(arguments[0], depth + 1) if arguments else {"kind": "any"}}
    if issubclass(kind, (dict, collections.abc.Mapping)):
        return {"kind": "object"}
    return {"kind": "any"}


def fields_of(kind, dataclasses, typing):
    """The fields of a data class, a pydantic model or a typed dictionary: name, type, whether it has no default."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        missing = dataclasses.MISSING
        return [
            (one.name, hints.get(one.name), one.default is missing and one.default_factory is missing)
            for one in dataclasses.fields(kind)
        ]
    if hasattr(kind, "model_fields"):
        return [(one.alias or name, one.annotation, one.is_required()) for name, one in kind.model_fields.items()]
    if hasattr(kind, "__total__"):
        return [(name, of, name in kind.__required_keys__) for name, of in typing.get_type_hints(kind).items()]
    return None
