"""Guests and companies: profiles, merges, addresses, documents."""

DOCUMENTS = ("Passport", "IdentityCard", "Visa", "DriversLicense")


def check_accounts(dataset):
    for entity in ("Customer", "Company"):
        for row in dataset.valid_rows(entity):
            _check_merge(dataset, row)
            _check_address(dataset, row)
    for row in dataset.valid_rows("Customer"):
        _check_customer(dataset, row)
    for row in dataset.valid_rows("Company"):
        _check_mother(dataset, row)


def _check_merge(dataset, row):
    target_id = row["MergeTargetId"]
    active = row["IsActive"] if "IsActive" in row else row["ActivityState"] == "Active"
    if target_id is None:
        return
    if active:
        dataset.fail(row, "IsActive", "merge", "merged, yet active")
    target = dataset.find("Customer", target_id) or dataset.find("Company", target_id)
    if target is not None and (target is row or target["MergeTargetId"] is not None):
        dataset.fail(row, "MergeTargetId", "merge", "%s does not survive" % target_id)


def _check_address(dataset, row):
    address = row["Address"]
    if "AddressId" in row and row["AddressId"] != (address and address["Id"]):
        dataset.fail(
            row,
            "AddressId",
            "address",
            "%s, but Address has %s" % (row["AddressId"], address and address["Id"]),
        )
    if address:
        _check_subdivision(
            dataset, row, "Address", address["CountrySubdivisionCode"], address["CountryCode"]
        )


def _check_subdivision(dataset, row, name, subdivision, country):
    if subdivision is not None and subdivision[:2] != country:
        dataset.fail(row, name, "subdivision", "%s is not in %s" % (subdivision, country))


def _check_customer(dataset, row):
    if "IsActive" in row and row["ActivityState"] is not None:
        if row["IsActive"] != (row["ActivityState"] == "Active"):
            dataset.fail(
                row,
                "ActivityState",
                "activity",
                "%s while IsActive %s" % (row["ActivityState"], row["IsActive"]),
            )
    if row.get("HasOtaEmail") and row["Email"] is None:
        dataset.fail(row, "HasOtaEmail", "customer", "relay address without an address")
    for name in ("Classifications", "Options", "PreferredSpaceFeatures"):
        values = row.get(name, [])
        if len(set(values)) != len(values) or ("None" in values and len(values) > 1):
            dataset.fail(row, name, "customer", "%s" % values)
    if row["BirthDate"] and not "1900" <= row["BirthDate"] <= row["CreatedUtc"]:
        dataset.fail(row, "BirthDate", "customer", "born %s" % row["BirthDate"])
    if "BirthCountryCode" in row:
        _check_subdivision(
            dataset,
            row,
            "BirthCountrySubdivisionCode",
            row["BirthCountrySubdivisionCode"],
            row["BirthCountryCode"],
        )
    for name in DOCUMENTS:
        if row.get(name):
            _check_document(dataset, row, name, row[name])


def _check_document(dataset, row, name, document):
    if document["Type"] != name or document["CustomerId"] != row["Id"]:
        dataset.fail(row, name, "document", "%s of %s" % (document["Type"], document["CustomerId"]))
    if (
        document["Issuance"]
        and document["Expiration"]
        and document["Issuance"] >= document["Expiration"]
    ):
        dataset.fail(row, name, "document", "expires before it is issued")
    _check_subdivision(
        dataset,
        row,
        name,
        document.get("IssuingCountrySubdivisionCode"),
        document["IssuingCountryCode"],
    )


def _check_mother(dataset, row):
    seen = {row["Id"]}
    company = row
    while company is not None and company["MotherCompanyId"] is not None:
        if company["MotherCompanyId"] in seen:
            dataset.fail(row, "MotherCompanyId", "mother-company", "is its own mother")
            return
        seen.add(company["MotherCompanyId"])
        company = dataset.find("Company", company["MotherCompanyId"])
