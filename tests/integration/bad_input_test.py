#!/usr/bin/env python3
"""Bodies that are no good, in bulk: every answer has the API's shape, and the server lives on.

Source: contract/messages.json, body, patterns and for_exports.
"""

import gzip
import json

from harness import API, NOBODY, POSTING, Reader, ServerCase, UUID, main, raw_request

NULL_MEANS_MISSING = {
    "ClientToken": (401, "Cannot perform operation or session has expired."),
    "AccessToken": (401, "Cannot perform operation or session has expired."),
    "Client": (400, "Invalid Client."),
    "EntityType": (400, "Invalid EntityType."),
    "ExportIds": (400, "Invalid ExportIds."),
}
STRINGS = ("ClientToken", "AccessToken", "Client", "LanguageCode", "CultureCode", "EntityType")


class BadInputTest(ServerCase):
    def setUp(self):
        super().setUp()
        self.export = self.tenant.add("Payment")
        self.pipeline = self.server.connect()
        self.reader = Reader(self.pipeline)

    def tearDown(self):
        self.reader.file.close()
        self.pipeline.close()
        self.assertEqual(self.tenant.get(self.export), self.export)
        super().tearDown()

    def ask(self, bodies, operation="add"):
        """Answers to many bodies, asked over one connection."""
        answers = []
        for start in range(0, len(bodies), 50):
            part = bodies[start:start + 50]
            self.pipeline.sendall(b"".join(raw_request(API + operation, "POST", body=body)
                                           for body in part))
            answers += [self.reader.answer() for _ in part]
        return answers

    def assert_shape(self, answer, status=400, message="Invalid JSON.", field=None):
        self.assert_error(answer, status, message, field)

    def assert_all_bad_json(self, bodies, operation="add"):
        for body, answer in zip(bodies, self.ask(bodies, operation)):
            with self.subTest(body=body[:100]):
                self.assert_shape(answer)

    def add_body(self, **properties):
        return json.dumps(self.tenant.body(EntityType="Bill", LanguageCode="en-US",
                                           CultureCode="en-US", Scope={"EnterpriseIds": None},
                                           Filters={"UpdatedUtc": None}, **properties)).encode()

    def get_all_body(self, **properties):
        return json.dumps(self.tenant.body(ExportIds=[NOBODY], **properties)).encode()

    def test_truncated_at_every_byte(self):
        whole = self.add_body()
        self.assert_all_bad_json([whole[:length] for length in range(len(whole))])
        whole = self.get_all_body()
        self.assert_all_bad_json([whole[:length] for length in range(len(whole))], "getAll")

    def test_not_an_object(self):
        self.assert_all_bad_json([b"null", b"true", b"false", b"0", b"1e5", b'""', b'"x"', b"[]",
                                  b"[{}]", b" ", b"\n\n", b"x", b"undefined", b"NaN"])

    def test_not_strict_json(self):
        whole = self.add_body()
        inner = whole[1:-1]
        self.assert_all_bad_json([
            whole[:-1] + b",}", b"{," + inner + b"}", whole.replace(b", ", b",, ", 1),
            whole.replace(b'"', b"'"), b"{/* x */" + inner + b"}", b"// x\n" + whole,
            whole.replace(b'"Client"', b"Client"), whole.replace(b'"Client":', b'"Client"'),
            whole.replace(b'"Client":', b'"Client"='), whole + b"x", whole + b"{}", whole + b",",
            whole + whole, whole + b"\0", b"\0" + whole, whole + b"]", b"(" + whole + b")",
            whole.replace(b"null", b"NULL"), whole.replace(b"null", b"nul"),
            whole.replace(b"null", b"NaN"), whole.replace(b"null", b"+1"),
            whole.replace(b"null", b"01"), whole.replace(b"null", b"1."),
            whole.replace(b"null", b".5"), whole.replace(b"null", b"0x10"),
            whole.replace(b"null", b"-"), whole.replace(b"null", b"1e"),
            whole.replace(b"null", b"Infinity"),
            whole.replace(b"Bill", b"Bi\nll"), whole.replace(b"Bill", b"Bi\x01ll"),
            whole.replace(b"Bill", b"Bi\\xll"), whole.replace(b"Bill", b"Bi\\u12ll"),
            whole.replace(b"Bill", b"Bi\\ud800ll"), whole.replace(b"Bill", b"Bill\\"),
            whole.replace(b"Bill", b"\\udc00"), b"client=1&token=2",
            b"<?xml version='1.0'?><add/>", b"--boundary\r\n\r\n"])

    def test_white_space_around_it_is_fine(self):
        for body in (b" \r\n\t" + self.get_all_body() + b"\r\n \t", self.get_all_body() + b"\n"):
            self.assertEqual(self.ask([body], "getAll")[0].status, 200)

    def test_byte_order_mark(self):
        """Either way is sound JSON practice; what counts is that it has an answer in shape."""
        answer = self.ask([b"\xef\xbb\xbf" + self.get_all_body()], "getAll")[0]
        if answer.status != 200:
            self.assert_shape(answer)
        self.assert_all_bad_json([self.get_all_body().decode().encode("utf-16"),
                                  b"\xff\xfe" + self.get_all_body(), b"\xef\xbb\xbf",
                                  self.get_all_body().decode().encode("utf-16-le")], "getAll")

    def test_not_utf_8(self):
        for bad in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc3",
                    b"\xe2\x82", b"\x80", b"\xf4\x90\x80\x80", b"\xfe\xfe\xff\xff"):
            for place in (b"Bill", b"Integration tests"):
                body = self.add_body().replace(place, place[:2] + bad + place[2:])
                self.assert_all_bad_json([body])
            self.assert_all_bad_json([self.add_body().replace(b'"Client"', b'"Cl' + bad + b'ient"')])

    def test_deeply_nested(self):
        for depth in (1000, 100000):
            for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
                nested = opening * depth + b"1" + closing * depth
                self.assert_all_bad_json([nested, opening * depth])
                body = self.add_body()[:-1] + b', "X": ' + nested + b"}"
                answer = self.ask([body])[0]
                self.assert_shape(answer)

    def test_huge(self):
        for body, statuses in ((b" " * 500000 + self.get_all_body(), (200, 413)),
                               (b"[" + b"1," * 200000 + b"1]", (400, 413)),
                               (self.get_all_body(X="x" * 500000), (200, 413)),
                               (self.get_all_body(**{"x" * 500000: 1}), (200, 413)),
                               (self.get_all_body(Client="x" * 500000), (200, 400, 413)),
                               (self.get_all_body(**{"X%d" % i: i for i in range(20000)}),
                                (200, 400, 413))):
            answer = self.ask([body], "getAll")[0]
            self.assertIn(answer.status, statuses)
            self.assertRegex(answer.fields["request-id"], UUID)
        numbers = b"9" * 100000
        body = self.get_all_body().replace(b'["%s"]' % NOBODY.encode(), b"[%s]" % numbers)
        self.assert_all_bad_json([body, body.replace(b"[9", b"[9e9")], "getAll")

    def test_doubled_properties(self):
        """Which of the two counts is not documented; the answer has a shape all the same."""
        for extra in (b'"EntityType":"Bill"', b'"EntityType":1', b'"Client":null',
                      b'"AccessToken":"x"', b'"Scope":[]', b'"Filters":{}'):
            for body in (b"{" + extra + b"," + self.add_body()[1:],
                         self.add_body()[:-1] + b"," + extra + b"}"):
                answer = self.ask([body])[0]
                if answer.status == 200:
                    self.tenant.force(answer.json["Export"], "Failed")
                else:
                    self.assertIn(answer.status, (400, 401))
                    self.assertEqual(list(answer.json), ["Message", "RequestId", "Details"])

    def test_other_values_in_place_of_every_property(self):
        whole = json.loads(self.add_body())
        values = (0, 1, -1, 1.5, 1e300, True, False, [], [None], ["x"], {}, {"x": None}, "", "x")
        for name in whole:
            for value in values:
                if name in STRINGS and isinstance(value, str) and value:
                    continue
                if name in STRINGS[3:5] and isinstance(value, str):
                    continue
                if name in ("Scope", "Filters") and isinstance(value, dict):
                    continue
                expected = (400, "Invalid JSON.")
                if value == "" and name in NULL_MEANS_MISSING and name != "EntityType":
                    expected = NULL_MEANS_MISSING[name]
                with self.subTest(name, value=value):
                    answer = self.ask([json.dumps({**whole, name: value}).encode()])[0]
                    self.assert_shape(answer, *expected, name)

    def test_null_in_place_of_every_property(self):
        for operation, whole in (("add", json.loads(self.add_body())),
                                 ("getAll", json.loads(self.get_all_body()))):
            for name in whole:
                for changed in ({**whole, name: None},
                                {key: value for key, value in whole.items() if key != name}):
                    answer = self.ask([json.dumps(changed).encode()], operation)[0]
                    with self.subTest(operation, name=name):
                        if name in NULL_MEANS_MISSING:
                            self.assert_shape(answer, *NULL_MEANS_MISSING[name], name)
                        else:
                            self.assertEqual(answer.status, 200)
                            self.tenant.force(answer.json["Export"], "Failed")

    def test_other_values_deep_inside(self):
        ledger = json.loads(self.add_body())
        ledger.update(EntityType="LedgerEntry", Filters=POSTING)
        for value in (0, 1.5, True, "", "x", [], ["x"], [{}]):
            for path in (("Filters", "LedgerEntryFilters"),
                         ("Filters", "LedgerEntryFilters", "Posting"),
                         ("Filters", "LedgerEntryFilters", "Posting", "Start"),
                         ("Filters", "LedgerEntryFilters", "Posting", "End")):
                body = json.loads(json.dumps(ledger))
                place = body
                for name in path[:-1]:
                    place = place[name]
                place[path[-1]] = value
                with self.subTest(path=path, value=value):
                    answer = self.ask([json.dumps(body).encode()])[0]
                    self.assert_shape(answer, 400, "Invalid JSON.", path[-1])

    def test_details_never_echo_a_token(self):
        for body in (self.add_body().replace(b"Bill", b"Nonsense"), self.add_body()[:-1],
                     self.add_body() + b"x", self.get_all_body()):
            answer = self.ask([body])[0]
            self.assertNotIn(self.tenant.access_token, answer.json["Details"])
            self.assertNotIn(self.tenant.client_token, answer.json["Details"])

    def test_names_in_other_letters_of_case(self):
        right = json.loads(self.add_body()) | {"ExportIds": [NOBODY]}
        for name, (status, message) in NULL_MEANS_MISSING.items():
            body = {(key.swapcase() if key == name else key): value for key, value in right.items()}
            operation = "getAll" if name == "ExportIds" else "add"
            answer = self.ask([json.dumps(body).encode()], operation)[0]
            self.assert_shape(answer, status, message, name + ": is missing")
            self.assertIn('"%s" is something else' % name.swapcase(), answer.json["Details"])

    def test_encoded_bodies(self):
        def ask(operation, body, encoding):
            self.pipeline.sendall(raw_request(API + operation, "POST",
                                              "Content-Encoding: %s\r\n" % encoding, body))
            return self.reader.answer()

        for encoding in ("gzip", "br"):
            answer = ask("add", gzip.compress(self.add_body()), encoding)
            self.assert_shape(answer, field='Content-Encoding "%s"' % encoding)
        for encoding in ("identity", "utf-8"):
            answer = ask("getAll", self.get_all_body(), encoding)
            self.assertEqual(answer.json, {"Exports": []})
        self.assert_shape(ask("getAll", b"{", "identity"), field="line 1")

    def test_control_characters_are_escaped_in_details(self):
        for text in ("\x01\x1f\"\\", "\u2028<script>", "\x7f", "a" * 5000, "\U0001f600" * 500):
            answer = self.ask([self.add_body().replace(b'"Bill"', json.dumps(text).encode())])[0]
            self.assert_shape(answer, 400, "Invalid JSON.", "EntityType")
            self.assertLess(len(answer.body), 4000)


if __name__ == "__main__":
    main()
