"""What occurred in a sample: values of each enum, null and not null of each nullable property."""

from collections import Counter, defaultdict

# Deprecated parts of a bill that stay empty, values for filters only, and what is avoided.
EMPTY_PARTS = {
    "Revenue",
    "Payments",
    "OrderItems",
    "PaymentItems",
    "AssigneeData",
    "CompanyDetails",
}
NEVER = {"PaymentType": {"Payment"}}


class Variety:
    def __init__(self, dataset):
        self.contract = dataset.contract
        self.enums = {}
        self.enum_names = {}
        self.nulls = {}
        for entity in self.contract.entity_names():
            if entity in dataset.rows:
                rows = dataset.valid_rows(entity)
                contract = self.contract.at(entity)
                self._walk(contract, contract.entity_properties(entity), entity, rows)

    def _walk(self, contract, properties, path, values):
        for entry in properties:
            if entry["name"] in EMPTY_PARTS and path == "Bill":
                continue
            where = path + "." + entry["name"]
            held = [value[entry["name"]] for value in values]
            if entry.get("nullable"):
                nulls = sum(value is None for value in held)
                self.nulls[where] = (nulls, len(held) - nulls)
            held = [value for value in held if value is not None]
            if entry["type"] == "array":
                held = [item for value in held for item in value]
            inner = entry.get("items") or entry
            if "enum" in inner:
                self.enums[where] = Counter(held)
                self.enum_names[where] = (inner["enum"], contract.enum_values(inner["enum"]))
            elif "type_name" in inner:
                self._walk(contract, contract.type_properties(inner["type_name"]), where, held)
            elif where == "Bill.OwnerData.Value":
                self._walk_owner(contract, where, values)

    def _walk_owner(self, contract, where, owners):
        for name in ("BillCustomerData", "BillCompanyData"):
            held = [owner["Value"] for owner in owners if owner["Discriminator"] == name]
            self._walk(contract, contract.type_properties(name), where + "(" + name + ")", held)

    def missing_values(self):
        """(enum, value) that no property with the enum ever had, though it can occur."""
        deprecated = self.contract.document["enums"]["ExternalPaymentType"]["deprecated"]
        never = dict(NEVER, ExternalPaymentType=set(deprecated))
        if "GhostPayment" not in self.contract.enum_values("PaymentType"):
            never["PaymentDataDiscriminator"] = {"Ghost"}  # data of a type the docs lack
        wanted, seen = defaultdict(set), defaultdict(set)
        for where, counts in self.enums.items():
            name, values = self.enum_names[where]
            wanted[name] |= set(values) - never.get(name, set())
            seen[name] |= set(counts)
        return sorted((name, value) for name in wanted for value in wanted[name] - seen[name])

    def one_sided(self):
        """(property, "never null" or "always null") of nullable properties that occurred."""
        result = []
        for where, (nulls, others) in self.nulls.items():
            if nulls + others and not (nulls and others):
                result.append((where, "always null" if nulls else "never null"))
        return result

    def text(self):
        lines = []
        for where, counts in self.enums.items():
            held = ", ".join("%s %d" % (v, counts[v]) for v in self.enum_names[where][1])
            lines.append("%s: %s" % (where, held))
        for where, (nulls, others) in self.nulls.items():
            lines.append("%s: null %d, set %d" % (where, nulls, others))
        return "\n".join(lines)
