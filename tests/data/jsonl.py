"""Reads JSON Lines as strictly as a careful client would, and keeps numbers exact."""

import json
from decimal import Decimal


class BadLine(Exception):
    """A line that is not one strict JSON object; the text names the rule that it breaks."""


def _object(pairs):
    result = {}
    for name, value in pairs:
        if name in result:
            raise BadLine("duplicate key %s" % name)
        result[name] = value
    return result


def _constant(text):
    raise BadLine("%s is not JSON" % text)


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant, strict=True
)


def parse_row(line):
    """The object in a line given as bytes, without its line end."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadLine("not UTF-8: %s" % error) from None
    if text.startswith("\ufeff"):
        raise BadLine("byte order mark")
    try:
        row, end = _decoder.raw_decode(text)
    except ValueError as error:
        raise BadLine("not JSON: %s" % error) from None
    if end != len(text):
        raise BadLine("characters after the JSON value")
    if not isinstance(row, dict):
        raise BadLine("not a JSON object")
    if "\\ud" in text or "\\uD" in text:
        _refuse_lone_surrogates(row)
    return row


def _refuse_lone_surrogates(row):
    try:
        json.dumps(row, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError:
        raise BadLine("half of a surrogate pair") from None


def read_rows(data):
    """Yields (line number, row or None, problem or None) for the bytes of a file."""
    if not data:
        return
    lines = data.split(b"\n")
    last = lines.pop()
    for number, line in enumerate(lines, 1):
        yield (number,) + _read_line(line)
    if last:
        yield len(lines) + 1, None, "last line has no line end"


def _read_line(line):
    if line.endswith(b"\r"):
        return None, "line ends with CR LF"
    if not line:
        return None, "empty line"
    try:
        return parse_row(line), None
    except BadLine as problem:
        return None, str(problem)
