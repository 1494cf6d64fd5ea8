"""Reaches scripts/make-schemas as a module: the checks read the contract through the same door."""

import importlib.machinery
import importlib.util
import sys
from pathlib import Path

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parent.parent.parent


def _load():
    loader = importlib.machinery.SourceFileLoader(
        "make_schemas", str(ROOT / "scripts" / "make-schemas")
    )
    spec = importlib.util.spec_from_loader("make_schemas", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


make_schemas = _load()
Contract = make_schemas.Contract
make_schema = make_schemas.make_schema
