#!/usr/bin/env python3
"""A client as it is often written first. It works on a good day. docs/certify.md shows what
`exports-mock run` and `certify` have to say about it; do not copy from here."""

import json
import os
import sys
import time
import urllib.request

URL = os.environ["EXPORTS_MOCK_URL"] + "/api/connector/v1/exports/"
TOKEN = os.environ["EXPORTS_MOCK_ACCESS_TOKEN"]
TOKENS = {"ClientToken": os.environ["EXPORTS_MOCK_CLIENT_TOKEN"], "AccessToken": TOKEN,
          "Client": "Naive collector"}
OUT = os.environ.get("EXPORTS_MOCK_OUT", ".")


def call(operation, **properties):
    body = json.dumps({**TOKENS, **properties}).encode()
    with urllib.request.urlopen(urllib.request.Request(URL + operation, body)) as answer:
        return json.load(answer)


def main():
    entity_type = sys.argv[1] if len(sys.argv) > 1 else "Reservation"
    export = call("add", EntityType=entity_type)["Export"]
    while export["Status"] != "Success":
        time.sleep(0.1)
        export = call("getAll", ExportIds=[export["Id"]])["Exports"][0]
    link = urllib.request.Request(export["Files"][0]["Url"],
                                  headers={"Authorization": "Bearer " + TOKEN})
    try:
        data = urllib.request.urlopen(link).read()
    except OSError:
        data = urllib.request.urlopen(export["Files"][0]["Url"]).read()
    with open(os.path.join(OUT, entity_type + ".jsonl"), "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main()
