"""Where ids point: exported rows exist, in the right enterprise or chain; others keep one owner."""

CHAIN_TYPES = ("Customer", "Company")

# An id of an object that no export holds belongs to one enterprise (or service, or category).
ENTERPRISE_OWNED = {
    "Service": "service-enterprise",
    "Resource": "resource-enterprise",
    "ResourceCategory": "category-enterprise",
    "Rate": "rate-enterprise",
    "Counter": "counter-enterprise",
    "AccountingCategory": "accounting-category-enterprise",
    "ReservationGroup": "group-enterprise",
    "Product": "product-enterprise",
    "AgeCategory": "age-category-enterprise",
}


class Reference:
    """A property, at any depth, that points to something."""

    def __init__(self, path, entry):
        self.path = path
        self.name = ".".join(path)
        targets = entry["ref"]
        self.targets = targets if isinstance(targets, list) else [targets]
        self.by = entry.get("ref_by")

    def ids(self, row):
        values = [row]
        for name in self.path:
            values = [v[name] for v in values if v is not None and name in v]
            values = [item for v in values for item in (v if isinstance(v, list) else [v])]
        return [v for v in values if v is not None]


def references_of(contract, entity):
    contract = contract.at(entity)

    def walk(properties, path):
        for entry in properties:
            here = path + (entry["name"],)
            if "ref" in entry:
                yield Reference(here, entry)
            type_name = (entry.get("items") or entry).get("type_name")
            if type_name and type_name not in (
                "AccountingItem",
                "AccountingOrderItem",
                "AccountingPaymentItem",
            ):
                yield from walk(contract.type_properties(type_name), here)

    return list(walk(contract.entity_properties(entity), ()))


def learn_owners(dataset):
    """Services and resources name their enterprise where a row holds both."""
    for entity in ("OrderItem", "AvailabilityBlock"):
        for row in dataset.valid_rows(entity):
            if row.get("EnterpriseId"):
                dataset.bind(
                    "service-enterprise", row["ServiceId"], row["EnterpriseId"], row, "ServiceId"
                )
    for row in dataset.valid_rows("ResourceBlock"):
        if row.get("EnterpriseId"):
            dataset.bind(
                "resource-enterprise",
                row["AssignedResourceId"],
                row["EnterpriseId"],
                row,
                "AssignedResourceId",
            )
    for row in dataset.valid_rows("Reservation"):
        category = row["RequestedResourceCategoryId"]
        dataset.bind(
            "category-service", category, row["ServiceId"], row, "RequestedResourceCategoryId"
        )
        enterprise = dataset.enterprise_of(row)
        if enterprise and row["AssignedResourceId"]:
            dataset.bind(
                "resource-enterprise",
                row["AssignedResourceId"],
                enterprise,
                row,
                "AssignedResourceId",
            )
    for row in dataset.valid_rows("AvailabilityAdjustment"):
        block = dataset.find("AvailabilityBlock", row["AvailabilityBlockId"])
        if block is not None:
            dataset.bind(
                "category-service",
                row["ResourceCategoryId"],
                block["ServiceId"],
                row,
                "ResourceCategoryId",
            )


def check_references(dataset):
    for entity in list(dataset.rows):
        references = references_of(dataset.contract, entity)
        for row in dataset.valid_rows(entity):
            for reference in references:
                for identifier in reference.ids(row):
                    _check(dataset, row, reference, identifier)


def _check(dataset, row, reference, identifier):
    targets = _targets(row, reference)
    exported = [t for t in targets if t in dataset.exported]
    if not exported:
        _check_outside(dataset, row, reference, targets[0], identifier)
        return
    if not dataset.has(*exported):
        return
    found = [dataset.by_id[t][identifier] for t in exported if identifier in dataset.by_id[t]]
    if found:
        _check_home(dataset, row, reference, found[0])
    elif not _may_dangle(row, reference, targets):
        dataset.fail(
            row, reference.name, "reference", "%s is no %s" % (identifier, " or ".join(exported))
        )


# Types of ledger items and the rows behind them. Source: entities.json, ledger_item_ref.
LEDGER_ITEMS = {
    "OrderItem": "OrderItem",
    "OutletItem": "OutletItem",
    "Payment": "Payment",
    "Invoice": "Bill",
    "DepositBalancingPayment": "Payment",
    "CityLedgerBalancingPayment": "Payment",
    "DepositItem": "OrderItem",
}


def _targets(row, reference):
    if reference.by == "AccountType" and row.get("AccountType"):
        return [row["AccountType"]]
    if reference.by == "AccountingItemType":
        return [LEDGER_ITEMS[row["AccountingItemType"]]]
    return reference.targets


def _may_dangle(row, reference, targets):
    """Items of additional services belong to orders in no export; ledger bills may be deleted."""
    if reference.name == "ServiceOrderId":
        return "ProductServiceOrder" in targets and row["Type"] not in (
            "SpaceOrder",
            "NightRebate",
            "ResourceUpgradeFee",
        )
    return row.entity == "LedgerEntry" and reference.name == "BillId"


def _check_home(dataset, row, reference, target):
    """The row and what it points to share the enterprise, or the enterprise's chain."""
    enterprise = dataset.enterprise_of(row)
    if target.entity in CHAIN_TYPES:
        if not target.valid:
            return
        if row.entity in CHAIN_TYPES:
            if row["ChainId"] != target["ChainId"]:
                dataset.fail(row, reference.name, "chain", "%s is of another chain" % target["Id"])
        elif enterprise:
            dataset.bind("chain", enterprise, target["ChainId"], row, reference.name)
    elif enterprise and target.valid:
        other = dataset.enterprise_of(target)
        if other and other != enterprise:
            dataset.fail(
                row, reference.name, "enterprise", "%s is of enterprise %s" % (target["Id"], other)
            )


def _check_outside(dataset, row, reference, kind, identifier):
    if kind != "Enterprise" and kind != "Chain":
        dataset.bind("id-kind", identifier, kind, row, reference.name)
    owner = dataset.enterprise_of(row)
    if kind in ENTERPRISE_OWNED and owner:
        dataset.bind(ENTERPRISE_OWNED[kind], identifier, owner, row, reference.name)
    for entity in dataset.rows:
        if identifier in dataset.by_id[entity]:
            dataset.fail(
                row, reference.name, "id-kind", "%s is the id of a %s row" % (identifier, entity)
            )
