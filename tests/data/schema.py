"""A validator of the part of JSON Schema draft 2020-12 that scripts/make-schemas writes.

It refuses a schema with a keyword that it does not know, so that nothing passes unchecked.
"""

import functools
import re
from decimal import Decimal

# "format" is decided by "pattern"; the others carry no constraint.
REMARKS = {
    "$schema",
    "$defs",
    "title",
    "description",
    "deprecated",
    "format",
    "contentMediaType",
    "then",
}


def _is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


TYPES = {
    "null": lambda v: v is None,
    "boolean": lambda v: isinstance(v, bool),
    "string": lambda v: isinstance(v, str),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
    "integer": _is_integer,
    "number": lambda v: _is_integer(v) or isinstance(v, (float, Decimal)),
}


@functools.lru_cache(maxsize=None)
def _regex(pattern):
    return re.compile(pattern)


class Validator:
    """Yields (path, message) for every way in which a value differs from the schema."""

    def __init__(self, schema):
        self.root = schema

    def errors(self, value):
        return list(self._check(self.root, value, ""))

    def _check(self, schema, value, path):
        for keyword, operand in schema.items():
            if keyword in REMARKS:
                continue
            method = getattr(self, "_" + keyword.replace("$", "").lower(), None)
            if method is None:
                raise NotImplementedError("keyword " + keyword)
            yield from method(operand, value, path, schema)

    def _type(self, names, value, path, _schema):
        names = names if isinstance(names, list) else [names]
        if not any(TYPES[name](value) for name in names):
            yield path, "%r is not %s" % (value, " or ".join(names))

    def _enum(self, values, value, path, _schema):
        if value not in values:
            yield path, "%r is not a value of the enum" % (value,)

    def _const(self, wanted, value, path, _schema):
        if value != wanted:
            yield path, "%r is not %r" % (value, wanted)

    def _pattern(self, pattern, value, path, _schema):
        if isinstance(value, str) and not (
            _regex(pattern).search(value) and not value.endswith("\n")
        ):
            yield path, "%r does not have the form %s" % (value, pattern)

    def _minlength(self, limit, value, path, _schema):
        if isinstance(value, str) and len(value) < limit:
            yield path, "shorter than %d" % limit

    def _maxlength(self, limit, value, path, _schema):
        if isinstance(value, str) and len(value) > limit:
            yield path, "longer than %d" % limit

    def _maxitems(self, limit, value, path, _schema):
        if isinstance(value, list) and len(value) > limit:
            yield path, "more than %d items" % limit

    def _minimum(self, limit, value, path, _schema):
        if TYPES["number"](value) and value < limit:
            yield path, "below %d" % limit

    def _maximum(self, limit, value, path, _schema):
        if TYPES["number"](value) and value > limit:
            yield path, "above %d" % limit

    def _items(self, schema, value, path, _schema):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._check(schema, item, "%s[%d]" % (path, index))

    def _properties(self, properties, value, path, _schema):
        if isinstance(value, dict):
            for name, schema in properties.items():
                if name in value:
                    yield from self._check(schema, value[name], path + "." + name if path else name)

    def _required(self, names, value, path, _schema):
        if isinstance(value, dict):
            for name in names:
                if name not in value:
                    yield path + "." + name if path else name, "is missing"

    def _additionalproperties(self, schema, value, path, parent):
        if not isinstance(value, dict):
            return
        known = parent.get("properties", {})
        for name in value:
            if name in known:
                continue
            where = path + "." + name if path else name
            if schema is False:
                yield where, "is not in the contract"
            else:
                yield from self._check(schema, value[name], where)

    def _ref(self, reference, value, path, _schema):
        yield from self._check(self.root["$defs"][reference.rsplit("/", 1)[1]], value, path)

    def _anyof(self, schemas, value, path, _schema):
        found = [list(self._check(schema, value, path)) for schema in schemas]
        if all(found):
            yield from min(
                found,
                key=lambda errors: (value is not None and "null" in errors[0][1], len(errors)),
            )

    def _allof(self, schemas, value, path, _schema):
        for schema in schemas:
            yield from self._check(schema, value, path)

    def _if(self, condition, value, path, parent):
        if not list(self._check(condition, value, path)):
            yield from self._check(parent["then"], value, path)
