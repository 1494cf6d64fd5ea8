"""Makes rows by hand: ids, amounts, and rows with null wherever the contract allows null."""

import json
from datetime import date
from decimal import Decimal

from contract import Contract
from dataset import seconds

ENTERPRISE = "11111111-0000-4000-8000-000000000001"
CHAIN = "11111111-0000-4000-8000-000000000002"

DEFAULTS = {
    "uuid": "99999999-0000-4000-8000-000000000000",
    "date": "2026-08-01",
    "date-time": "2026-08-01T10:00:00Z",
    "currency": "GBP",
}
PLAIN = {
    "string": "text",
    "integer": 1,
    "number": Decimal(1),
    "boolean": False,
    "array": [],
    "object": {},
}


def outside(number):
    """The id of something that no export holds."""
    return "22222222-0000-4000-8000-%012d" % number


def platform_id(number, created):
    at = seconds(created)
    days = at // 86400 + (date(1970, 1, 1) - date(1900, 1, 1)).days
    return "%08x-1234-4abc-8abc-%04x%08x" % (number, days, at % 86400 * 300 + 7)


def blank(contract, properties):
    """Null where the contract allows null, else a plain value."""
    result = {}
    for entry in properties:
        if entry.get("nullable"):
            value = None
        elif "enum" in entry:
            value = contract.enum_values(entry["enum"])[0]
        elif entry["type"] == "object" and "type_name" in entry:
            value = blank(contract, contract.type_properties(entry["type_name"]))
        else:
            value = DEFAULTS.get(entry.get("format"), PLAIN[entry["type"]])
        result[entry["name"]] = (
            json.loads(json.dumps(value, default=str)) if isinstance(value, (list, dict)) else value
        )
    return result


def untaxed(value, currency="GBP"):
    value = Decimal(value)
    item = {"TaxRateCode": None, "NetValue": value, "TaxValue": Decimal(0)}
    return {
        "Currency": currency,
        "NetValue": value,
        "GrossValue": value,
        "TaxValues": [],
        "Breakdown": {"Items": [item]},
    }


def taxed(net, tax, code="UK-S"):
    net, tax = Decimal(net), Decimal(tax)
    item = {"TaxRateCode": code, "NetValue": net, "TaxValue": tax}
    return {
        "Currency": "GBP",
        "NetValue": net,
        "GrossValue": net + tax,
        "TaxValues": [{"Code": code, "Value": tax}],
        "Breakdown": {"Items": [item]},
    }


class Exact(json.JSONEncoder):
    """Writes a Decimal as the number it is; cents fit a double's digits."""

    def default(self, o):
        return float(o) if isinstance(o, Decimal) else super().default(o)


class SampleBase:
    """rows: type -> list of dicts; by short name: self["r1"]."""

    def __init__(self, api_date=None):
        self.contract = Contract.load(api_date=api_date)
        self.rows = {name: [] for name in self.contract.entity_names()}
        self.named = {}

    def __getitem__(self, name):
        return self.named[name]

    def type(self, entity, name):
        """A nested object with every property that the docs date has, nullable ones null."""
        contract = self.contract.at(entity)
        return blank(contract, contract.type_properties(name))

    def nested(self, entity, name, **values):
        result = self.type(entity, name)
        result.update({k: v for k, v in values.items() if k in result})
        return result

    def make(self, name, entity, created, **values):
        contract = self.contract.at(entity)
        row = blank(contract, contract.entity_properties(entity))
        if "Id" in row:
            row["Id"] = platform_id(len(self.named) + 1, created)
        row.update(
            {
                k: v
                for k, v in {
                    "EnterpriseId": ENTERPRISE,
                    "CreatedUtc": created,
                    "UpdatedUtc": created,
                }.items()
                if k in row
            }
        )
        row.update({k: v for k, v in values.items() if k in row})
        self.rows[entity].append(row)
        self.named[name] = row
        return row

    def bytes_of(self, entity):
        lines = [json.dumps(row, ensure_ascii=False, cls=Exact) for row in self.rows[entity]]
        return "".join(line + "\n" for line in lines).encode("utf-8")
