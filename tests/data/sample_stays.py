"""The sample's accounts, blocks, rooms and stays."""

import json

from sample_base import CHAIN, SampleBase, outside


class SampleStays(SampleBase):
    def __init__(self, api_date=None):
        super().__init__(api_date)
        self._accounts()
        self._blocks()
        self._reservations()

    def _accounts(self):
        address = self.nested(
            "Company", "Address", Id=outside(1), CountryCode="US", CountrySubdivisionCode="US-DC"
        )
        mother = self.make(
            "co1",
            "Company",
            "2024-01-01T08:00:00Z",
            ChainId=CHAIN,
            Number=1,
            Name="Mother",
            InvoiceDueInterval="P14D",
            Address=address,
            AddressId=outside(1),
            IsActive=True,
        )
        self.make(
            "co2",
            "Company",
            "2024-01-02T08:00:00Z",
            ChainId=CHAIN,
            Number=2,
            Name="Daughter",
            MotherCompanyId=mother["Id"],
            IsActive=True,
        )
        guest = self.make(
            "c1",
            "Customer",
            "2024-02-01T08:00:00Z",
            ChainId=CHAIN,
            Number="1",
            LastName="Novák",
            CompanyId=mother["Id"],
            IsActive=True,
            ActivityState="Active",
            BirthDate="1980-05-06",
            Email="guest@example.com",
            Options=["Invoiceable"],
        )
        if "Passport" in guest:
            guest["Passport"] = self.nested(
                "Customer",
                "IdentityDocument",
                CustomerId=guest["Id"],
                Type="Passport",
                Issuance="2020-01-01",
                Expiration="2030-01-01",
            )
        self.make(
            "c2",
            "Customer",
            "2024-02-02T08:00:00Z",
            ChainId=CHAIN,
            Number="2",
            LastName="Novak",
            MergeTargetId=guest["Id"],
            IsActive=False,
            ActivityState="Deleted",
        )

    def _blocks(self):
        days = {
            "FirstTimeUnitStartUtc": "2026-08-09T22:00:00Z",
            "LastTimeUnitStartUtc": "2026-08-13T22:00:00Z",
        }
        stay = {
            "ServiceId": outside(10),
            "BookerId": self["c1"]["Id"],
            "CompanyId": self["co1"]["Id"],
        }
        block = self.make(
            "b1",
            "AvailabilityBlock",
            "2026-06-01T08:00:00Z",
            RateId=outside(20),
            State="Confirmed",
            ReleaseStrategy="FixedRelease",
            ReleasedUtc="2026-08-01T22:00:00Z",
            AvailabilityBlockNumber="1",
            IsActive=True,
            **days,
            **stay
        )
        self.make(
            "b2",
            "AvailabilityBlock",
            "2026-06-02T08:00:00Z",
            UpdatedUtc="2026-07-01T08:00:00Z",
            RateId=outside(21),
            State="Canceled",
            CanceledUtc="2026-07-01T08:00:00Z",
            CancellationReason="Other",
            CancellationReasonDetail="text",
            ReleaseStrategy="RollingRelease",
            RollingReleaseOffset="P7D",
            AvailabilityBlockNumber="2",
            **days,
            **stay
        )
        pax = [{"PersonCount": 1, "UnitCount": 2}, {"PersonCount": 2, "UnitCount": 3}]
        self.make(
            "a1",
            "AvailabilityAdjustment",
            "2026-06-01T08:00:00Z",
            UpdatedUtc="2026-06-01T08:00:01Z",
            AvailabilityBlockId=block["Id"],
            ResourceCategoryId=outside(30),
            UnitCount=-5,
            PaxCounts=pax,
            IsActive=True,
            ActivityState="Active",
            FirstTimeUnitReleaseUtc="2026-08-01T22:00:00Z",
            **days
        )
        self.make(
            "a2",
            "AvailabilityAdjustment",
            "2026-06-03T08:00:00Z",
            UpdatedUtc="2026-06-04T08:00:00Z",
            ResourceCategoryId=outside(30),
            UnitCount=1,
            IsActive=False,
            ActivityState="Deleted",
            **days
        )
        self.make(
            "rb1",
            "ResourceBlock",
            "2026-07-01T08:00:00Z",
            AssignedResourceId=outside(40),
            IsActive=True,
            StartUtc="2026-08-20T22:00:00Z",
            EndUtc="2026-08-22T22:00:00Z",
        )
        self.make(
            "rb2",
            "ResourceBlock",
            "2026-07-02T08:00:00Z",
            UpdatedUtc="2026-07-03T08:00:00Z",
            AssignedResourceId=outside(40),
            IsActive=False,
            DeletedUtc="2026-07-03T08:00:00Z",
            StartUtc="2026-08-21T22:00:00Z",
            EndUtc="2026-08-22T22:00:00Z",
        )

    def _stay(self, name, created, start, end, state, **values):
        persons = [
            {"AgeCategoryId": outside(50), "Count": 2},
            {"AgeCategoryId": outside(51), "Count": 1},
        ]
        common = {
            "ServiceId": outside(10),
            "AccountId": self["c1"]["Id"],
            "AccountType": "Customer",
            "Number": str(len(self.named)),
            "State": state,
            "Origin": "Connector",
            "RateId": outside(22),
            "GroupId": outside(60),
            "RequestedResourceCategoryId": outside(30),
            "ScheduledStartUtc": start,
            "ScheduledEndUtc": end,
            "StartUtc": start,
            "EndUtc": end,
            "PersonCounts": persons,
        }
        common.update(values)
        return self.make(name, "Reservation", created, **common)

    def _reservations(self):
        flags = self.nested(
            "Reservation",
            "ServiceOrderOptions",
            OwnerCheckedIn=True,
            AnyCompanionCheckedIn=True,
            AllCompanionsCheckedIn=True,
        )
        stay = self._stay(
            "r1",
            "2026-07-01T09:00:00Z",
            "2026-08-01T13:00:00Z",
            "2026-08-03T09:00:00Z",
            "Processed",
            UpdatedUtc="2026-08-03T08:30:00Z",
            AssignedResourceId=outside(40),
            ActualStartUtc="2026-08-01T13:20:00Z",
            StartUtc="2026-08-01T13:20:00Z",
            ActualEndUtc="2026-08-03T08:30:00Z",
            Options=flags,
            AssignedResourceLocked=True,
        )
        held = {"Id": stay["Id"], "GroupId": stay["GroupId"], "CustomerId": stay["AccountId"]}
        stay["QrCodeData"] = json.dumps({"Reservations": [held]})
        self._stay(
            "r2",
            "2026-07-02T09:00:00Z",
            "2026-08-10T13:00:00Z",
            "2026-08-12T09:00:00Z",
            "Confirmed",
            AvailabilityBlockId=self["b1"]["Id"],
            RateId=outside(20),
            Origin="Commander",
            CommanderOrigin="Phone",
            AssignedResourceId=outside(40),
        )
        self._stay(
            "r3",
            "2026-07-03T09:00:00Z",
            "2026-08-10T13:00:00Z",
            "2026-08-12T09:00:00Z",
            "Canceled",
            UpdatedUtc="2026-07-20T09:00:00Z",
            CancelledUtc="2026-07-20T09:00:00Z",
            CancellationReason="NoShow",
            AssignedResourceId=outside(40),
            Origin="ChannelManager",
            ChannelNumber="TW48ZP",
            OriginDetails="agency",
        )
        self._stay(
            "r4",
            "2026-07-04T09:00:00Z",
            "2026-08-16T13:00:00Z",
            "2026-08-18T09:00:00Z",
            "Optional",
            ReleasedUtc="2026-08-10T09:00:00Z",
        )
        self._stay(
            "r5",
            "2026-07-05T09:00:00Z",
            "2026-08-06T13:00:00Z",
            "2026-08-08T09:00:00Z",
            "Started",
            UpdatedUtc="2026-08-06T14:00:00Z",
            ActualStartUtc="2026-08-06T14:00:00Z",
            StartUtc="2026-08-06T14:00:00Z",
            AssignedResourceId=outside(41),
            Options=dict(flags),
        )
