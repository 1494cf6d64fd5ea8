"""What a single row shows: strict lines, order of properties, schema, id and amounts."""

from collections import defaultdict
from decimal import Decimal

from contract import make_schema
from dataset import Row, id_created, instant, seconds
from jsonl import read_rows
from schema import Validator


class Form:
    """Reads files into a data set and checks each row's form on the way."""

    def __init__(self, dataset):
        self.dataset = dataset
        self.validators = {}
        self.orders = {}

    def read_file(self, entity, name, data):
        self.dataset.add_type(entity)
        for line, values, problem in read_rows(data):
            if problem:
                self.dataset.report.add_at("%s:%d" % (name, line), entity, "line", problem)
                continue
            self.add_row(Row(values, entity, name, line))

    def add_row(self, row):
        entity = row.entity
        if entity not in self.validators:
            self.validators[entity] = Validator(make_schema(self.dataset.contract, entity))
        for path, message in self.validators[entity].errors(dict(row)):
            row.valid = False
            self.dataset.fail(row, path, "schema", message)
        if row.valid:
            self._check_order(row)
        self.dataset.add(row)

    def _check_order(self, row):
        contract = self.dataset.contract.at(row.entity)
        self._order_of(row, row, "", contract.entity_properties(row.entity), contract)

    def _order_of(self, row, value, path, properties, contract):
        wanted = [entry["name"] for entry in properties]
        if list(value) != wanted:
            self.dataset.fail(
                row, path, "order", "properties are not in the contract's order: %s" % list(value)
            )
        for entry in properties:
            inner = value[entry["name"]]
            where = path + "." + entry["name"] if path else entry["name"]
            type_name = (entry.get("items") or entry).get("type_name") or self._variant(
                value, entry, path
            )
            if type_name is None or inner is None:
                continue
            nested = contract.type_properties(type_name)
            for item in inner if isinstance(inner, list) else [inner]:
                self._order_of(row, item, where, nested, contract)

    @staticmethod
    def _variant(value, entry, path):
        """The type of the Value of a coproduct, which its sibling Discriminator names."""
        if (
            entry["name"] == "Value"
            and entry["type"] == "object"
            and path in ("OwnerData", "AssigneeData")
        ):
            return value["Discriminator"]
        return None


def check_ids(dataset):
    """Ids are unique over all types and encode their creation."""
    seen = {}
    for entity in dataset.rows:
        for row in dataset.valid_rows(entity):
            identifier = row["Id"]
            if identifier in seen:
                dataset.fail(
                    row, "Id", "id-unique", "%s is also %s" % (identifier, seen[identifier])
                )
            seen.setdefault(identifier, "%s %s:%d" % (entity, row.file, row.line))
            _check_id_form(dataset, row)


def _check_id_form(dataset, row):
    identifier = row["Id"]
    created = id_created(identifier)
    if "CreatedUtc" in row:
        if row["CreatedUtc"] is not None and created != seconds(row["CreatedUtc"]):
            dataset.fail(
                row,
                "Id",
                "id-form",
                "%s does not encode CreatedUtc %s" % (identifier, row["CreatedUtc"]),
            )
    elif created is None or created > row.at("UpdatedUtc"):
        shown = "no instant" if created is None else instant(created)
        dataset.fail(
            row,
            "Id",
            "id-form",
            "%s encodes %s, row updated %s" % (identifier, shown, row["UpdatedUtc"]),
        )


# Properties that say when something happened: none may lie after the data set's instant.
EVENTS = (
    "CreatedUtc",
    "CancelledUtc",
    "CanceledUtc",
    "ClosedUtc",
    "ClaimedUtc",
    "ChargedUtc",
    "SettlementUtc",
    "IssuedUtc",
    "TaxedUtc",
    "PaidUtc",
    "LastReminderDateUtc",
    "DeletedUtc",
    "ActualStartUtc",
    "ActualEndUtc",
)


def check_instants(dataset):
    """Created comes first, Updated last, and nothing has happened later than now."""
    for entity in dataset.rows:
        for row in dataset.valid_rows(entity):
            _check_row_instants(dataset, row)


def _check_row_instants(dataset, row):
    created, updated = row.at("CreatedUtc"), row.at("UpdatedUtc")
    for name in EVENTS + ("UpdatedUtc",):
        at = row.at(name)
        if at is None:
            continue
        if name != "UpdatedUtc" and created is not None and at < created:
            dataset.fail(
                row,
                name,
                "created-first",
                "%s before CreatedUtc %s" % (row[name], row["CreatedUtc"]),
            )
        if updated is not None and at > updated:
            dataset.fail(
                row, name, "updated-last", "%s after UpdatedUtc %s" % (row[name], row["UpdatedUtc"])
            )
        if dataset.as_of is not None and at > dataset.as_of:
            dataset.fail(row, name, "as-of", "%s after %s" % (row[name], instant(dataset.as_of)))


def exact(value):
    return value if isinstance(value, Decimal) else Decimal(value)


def has_cents(value):
    """True when a value has at most two decimals."""
    return exact(value) == exact(value).quantize(Decimal("0.01"))


def amounts_of(row):
    """(path, amount) for every amount in a row, nested ones too."""

    def walk(value, path):
        if isinstance(value, dict):
            if "GrossValue" in value and "Breakdown" in value:
                yield path, value
                return
            for name, inner in value.items():
                yield from walk(inner, path + "." + name if path else name)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, path)

    yield from walk(row, "")


def tax_by_code(amount):
    taxes = defaultdict(Decimal)
    for tax in amount["TaxValues"]:
        taxes[tax["Code"]] += exact(tax["Value"])
    return dict(taxes)


def check_amounts(dataset):
    """Gross = net + taxes; the breakdown says the same; two decimals; one rate per code."""
    rates = {}
    for entity in dataset.rows:
        for row in dataset.valid_rows(entity):
            for path, amount in amounts_of(row):
                _check_sums(dataset, row, path, amount)
                _check_breakdown(dataset, row, path, amount)
                _check_rates(dataset, row, path, amount, rates)


def _check_sums(dataset, row, path, amount):
    values = [("NetValue", amount["NetValue"]), ("GrossValue", amount["GrossValue"])]
    values += [("TaxValues", tax["Value"]) for tax in amount["TaxValues"]]
    for item in amount["Breakdown"]["Items"]:
        values += [("Breakdown", item["NetValue"]), ("Breakdown", item["TaxValue"])]
    for name, value in values:
        if not has_cents(value):
            dataset.fail(
                row, path + "." + name, "amount-decimals", "%s has more than two decimals" % value
            )
    net, gross = exact(amount["NetValue"]), exact(amount["GrossValue"])
    tax = sum(tax_by_code(amount).values(), Decimal(0))
    if gross != net + tax:
        dataset.fail(
            row, path, "amount-sum", "gross %s is not net %s + taxes %s" % (gross, net, tax)
        )
    if any(value * net < 0 for value in tax_by_code(amount).values()):
        dataset.fail(row, path, "amount-sign", "a tax has the other sign than its net value")


def _check_breakdown(dataset, row, path, amount):
    items = amount["Breakdown"]["Items"]
    net = exact(amount["NetValue"])
    taxes = defaultdict(Decimal)
    for item in items:
        if item["TaxRateCode"] is None:
            if item["TaxValue"] != 0:
                dataset.fail(row, path, "amount-breakdown", "tax without a code")
        else:
            taxes[item["TaxRateCode"]] += exact(item["TaxValue"])
    if dict(taxes) != tax_by_code(amount):
        dataset.fail(row, path, "amount-breakdown", "breakdown and tax values differ by code")
    nets = [exact(item["NetValue"]) for item in items]
    # Several taxes on one net price may each repeat the price that they are levied on.
    if not items or (
        sum(nets) != net and not (len(items) > 1 and all(value == net for value in nets))
    ):
        dataset.fail(
            row, path, "amount-breakdown", "breakdown's net values %s do not give %s" % (nets, net)
        )


def _check_rates(dataset, row, path, amount, rates):
    """Narrows the possible rate of each code; cents round, so a rate is known within bounds."""
    count = abs(row.get("UnitCount") or 1)
    for item in amount["Breakdown"]["Items"]:
        net, tax = abs(exact(item["NetValue"])), abs(exact(item["TaxValue"]))
        code = item["TaxRateCode"]
        if code is None or net == 0:
            continue
        slack = Decimal("0.011") * count
        low, high = (tax - slack) / net, (tax + slack) / net
        known_low, known_high = rates.get(code, (low, high))
        low, high = max(low, known_low), min(high, known_high)
        if low > high:
            dataset.fail(
                row,
                path,
                "tax-rate",
                "%s: %s on %s is another rate than elsewhere" % (code, tax, net),
            )
        else:
            rates[code] = (low, high)
