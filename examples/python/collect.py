#!/usr/bin/env python3
"""Collects the rows of entity types by the Exports operations. Python's standard library only.

    collect.py [ENTITY_TYPE ...]

Takes EXPORTS_MOCK_URL, EXPORTS_MOCK_CLIENT_TOKEN, EXPORTS_MOCK_ACCESS_TOKEN and EXPORTS_MOCK_OUT
from the environment, as `exports-mock run` and `certify` give them. POLL_SECONDS (300) is the pause
between two polls, TIMEOUT_SECONDS (30) how long a silent connection is waited for.
"""

import http.client
import json
import os
import pathlib
import sys
import time
import urllib.parse

URL = os.environ["EXPORTS_MOCK_URL"]
TOKENS = {"ClientToken": os.environ["EXPORTS_MOCK_CLIENT_TOKEN"],
          "AccessToken": os.environ["EXPORTS_MOCK_ACCESS_TOKEN"]}
OUT = pathlib.Path(os.environ.get("EXPORTS_MOCK_OUT", "."))
POLL_SECONDS = float(os.environ.get("POLL_SECONDS", 300))
TIMEOUT_SECONDS = float(os.environ.get("TIMEOUT_SECONDS", 30))
POLLS_MAX = 12  # an hour at five minutes: then somebody should look
TRIES_MAX = 6   # of one request, and of one export
FIRST_PAUSE = min(1.0, POLL_SECONDS)


class Trouble(Exception):
    """Something that trying again may cure; pause is what the server asked for, in seconds."""

    def __init__(self, text, pause=None):
        super().__init__(text)
        self.pause = pause


class Gone(Exception):
    """A link that is refused: there are new ones to be had."""


def persist(what, tries=TRIES_MAX):
    """Calls what() until it works: waits as long as the server asks for, else ever longer."""
    pause = FIRST_PAUSE
    for left in reversed(range(tries)):
        try:
            return what()
        except (OSError, http.client.HTTPException, ValueError, Trouble) as trouble:
            if not left:
                raise
            print("%s; trying again" % trouble, file=sys.stderr)
            asked = getattr(trouble, "pause", None)
            time.sleep(pause if asked is None else asked)
            pause *= 2


def connect(url):
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    return kind(url.hostname, url.port, timeout=TIMEOUT_SECONDS)


def check(answer):
    """Raises what an answer that is no success means."""
    if answer.status in (408, 429) or answer.status >= 500:
        asked = answer.getheader("Retry-After", "")
        raise Trouble("status %d" % answer.status, int(asked) if asked.isdigit() else None)


def call(operation, **properties):
    url = urllib.parse.urlsplit(URL + "/api/connector/v1/exports/" + operation)
    body = json.dumps({**TOKENS, "Client": "Example collector 1.0", **properties})
    connection = connect(url)
    try:
        connection.request("POST", url.path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        check(answer)
        value = json.loads(text)  # a proxy's page is no JSON: ValueError, and another try
    finally:
        connection.close()
    if answer.status == 400 and "already in progress" in value.get("Message", ""):
        raise Trouble("an export of this type is running already")
    if answer.status != 200:
        sys.exit("%s: %d %s" % (operation, answer.status, value.get("Message")))
    return value


def wait_for(export_id):
    """The export once it is over."""
    for _ in range(POLLS_MAX):
        time.sleep(POLL_SECONDS)
        export = persist(lambda: call("getAll", ExportIds=[export_id]))["Exports"][0]
        if export["Status"] not in ("Pending", "Processing"):
            return export
    sys.exit("export %s is not over after %d polls" % (export_id, POLLS_MAX))


def fetch(link, path):
    """Fetches a file; goes on where an earlier try broke off, as long as the file is the same."""
    url = urllib.parse.urlsplit(link["Url"])
    got = path.stat().st_size if path.exists() else 0
    fields = {}
    tag = path.with_suffix(".etag")
    if got and tag.exists():
        fields = {"Range": "bytes=%d-" % got, "If-Range": tag.read_text()}
    connection = connect(url)
    try:
        connection.request("GET", "%s?%s" % (url.path, url.query), headers=fields)
        answer = connection.getresponse()
        check(answer)
        if answer.status in (401, 403, 404):
            raise Gone("status %d" % answer.status)
        if answer.status not in (200, 206):
            raise Trouble("status %d" % answer.status)
        tag.write_text(answer.getheader("ETag", ""))
        with open(path, "ab" if answer.status == 206 else "wb") as file:
            while True:
                piece = answer.read1(1 << 16)
                if not piece:
                    break
                file.write(piece)
        if answer.length:
            raise Trouble("the connection ended %d bytes early" % answer.length)
    finally:
        connection.close()
    tag.unlink()


def check_rows(path):
    """Every line must be a JSON object; the last one may lack its line end."""
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line.decode("utf-8"))
            except ValueError as error:
                sys.exit("%s:%d: %s" % (path.name, number, error))
            if not isinstance(row, dict):
                sys.exit("%s:%d: not an object" % (path.name, number))


def fetch_all(export):
    """All files; a refused link is renewed by getAll, and what is there already is kept."""
    done = 0
    refusals = 0
    while done < len(export["Files"]):
        path = OUT / ("%s-%d.jsonl" % (export["Id"], done + 1))
        try:
            persist(lambda: fetch(export["Files"][done], path))
            refusals = 0
            done += 1
        except Gone as gone:
            refusals += 1
            if refusals == TRIES_MAX:
                sys.exit("%s: %s, with fresh links, too" % (path.name, gone))
            export = persist(lambda: call("getAll", ExportIds=[export["Id"]]))["Exports"][0]
            if export["Status"] != "Success":
                return False
    for number, link in enumerate(export["Files"], 1):
        path = OUT / ("%s-%d.jsonl" % (export["Id"], number))
        if path.stat().st_size != link["SizeInBytes"]:
            sys.exit("%s: %d bytes, but SizeInBytes is %d" %
                     (path.name, path.stat().st_size, link["SizeInBytes"]))
        check_rows(path)
    return True


def collect(entity_type):
    for _ in range(3):
        export = persist(lambda: call("add", EntityType=entity_type))["Export"]
        export = wait_for(export["Id"])
        if export["Status"] == "Success" and fetch_all(export):
            return
        print("%s: %s; adding it again" % (entity_type, export["Status"]), file=sys.stderr)
    sys.exit("%s: no success in three exports" % entity_type)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for entity_type in sys.argv[1:] or ["Reservation"]:
        collect(entity_type)


if __name__ == "__main__":
    main()
