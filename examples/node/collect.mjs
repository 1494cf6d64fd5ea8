#!/usr/bin/env node
// Collects the rows of entity types by the Exports operations. Node without dependencies.
//
//     collect.mjs [ENTITY_TYPE ...]
//
// Takes EXPORTS_MOCK_URL, EXPORTS_MOCK_CLIENT_TOKEN, EXPORTS_MOCK_ACCESS_TOKEN and EXPORTS_MOCK_OUT
// from the environment, as `exports-mock run` and `certify` give them. POLL_SECONDS (300) is the
// pause between two polls, TIMEOUT_SECONDS (30) how long a silent connection is waited for.

import { createReadStream, createWriteStream, mkdirSync, statSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import readline from "node:readline";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

const env = process.env;
const out = env.EXPORTS_MOCK_OUT ?? ".";
const pollSeconds = Number(env.POLL_SECONDS ?? 300);
const timeoutSeconds = Number(env.TIMEOUT_SECONDS ?? 30);
const pollsMax = 12; // an hour at five minutes: then somebody should look
const triesMax = 6; // of one request, and of one export
const firstPause = Math.min(1, pollSeconds);

/** Something that trying again may cure; pause is what the server asked for, in seconds. */
class Trouble extends Error {
  constructor(message, pause) {
    super(message);
    this.pause = pause;
  }
}

/** A link that is refused: there are new ones to be had. */
class Gone extends Error {}

/** Trying again does not help; somebody must look. */
class Final extends Error {}

/** Calls what() until it works: waits as long as the server asks for, else ever longer. */
async function persist(what) {
  let pause = firstPause;
  for (let left = triesMax - 1; ; left--) {
    try {
      return await what();
    } catch (error) {
      if (left === 0 || error instanceof Gone || error instanceof Final) throw error;
      console.error(`${error.message}; trying again`);
      await sleep(1000 * (error.pause ?? pause));
      pause *= 2;
    }
  }
}

/** Sends a request; resolves with the answer once its header fields are there. */
function send(url, options, body) {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(url, options, resolve);
    request.setTimeout(1000 * timeoutSeconds, () => request.destroy(new Error("no answer in time")));
    request.on("error", reject);
    request.end(body);
  });
}

/** Throws what an answer that is no success means. */
function check(answer) {
  if (answer.statusCode === 408 || answer.statusCode === 429 || answer.statusCode >= 500) {
    answer.resume();
    const asked = answer.headers["retry-after"] ?? "";
    throw new Trouble(`status ${answer.statusCode}`, /^\d+$/.test(asked) ? Number(asked) : undefined);
  }
}

async function call(operation, properties) {
  const body = JSON.stringify({
    ClientToken: env.EXPORTS_MOCK_CLIENT_TOKEN,
    AccessToken: env.EXPORTS_MOCK_ACCESS_TOKEN,
    Client: "Example collector 1.0",
    ...properties,
  });
  const url = new URL(`/api/connector/v1/exports/${operation}`, env.EXPORTS_MOCK_URL);
  const answer = await send(url, { method: "POST", headers: { "Content-Type": "application/json" } }, body);
  check(answer);
  let text = "";
  answer.setEncoding("utf8");
  for await (const piece of answer) text += piece;
  const value = JSON.parse(text); // a proxy's page is no JSON: an error, and another try
  if (answer.statusCode === 400 && value.Message?.includes("already in progress"))
    throw new Trouble("an export of this type is running already");
  if (answer.statusCode !== 200) throw new Final(`${operation}: ${answer.statusCode} ${value.Message}`);
  return value;
}

const getAll = (id) => persist(async () => (await call("getAll", { ExportIds: [id] })).Exports[0]);

/** The export once it is over. */
async function waitFor(id) {
  for (let poll = 0; poll < pollsMax; poll++) {
    await sleep(1000 * pollSeconds);
    const shown = await getAll(id);
    if (shown.Status !== "Pending" && shown.Status !== "Processing") return shown;
  }
  throw new Final(`export ${id} is not over after ${pollsMax} polls`);
}

const sizeOf = (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Fetches a file; goes on where an earlier try broke off, as long as the file is the same. */
async function fetchFile(link, file, memory) {
  const got = memory.tag ? sizeOf(file) : 0;
  const headers = got ? { Range: `bytes=${got}-`, "If-Range": memory.tag } : {};
  const answer = await send(new URL(link.Url), { headers });
  check(answer);
  if ([401, 403, 404].includes(answer.statusCode)) {
    answer.resume();
    throw new Gone(`status ${answer.statusCode}`);
  }
  if (answer.statusCode !== 200 && answer.statusCode !== 206) {
    answer.resume();
    throw new Trouble(`status ${answer.statusCode}`);
  }
  memory.tag = answer.headers.etag;
  // A body that ends before its Content-Length makes the pipeline fail.
  await pipeline(answer, createWriteStream(file, { flags: answer.statusCode === 206 ? "a" : "w" }));
}

/** Every line must be a JSON object, in sound UTF-8. */
async function checkRows(file) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  for await (const line of readline.createInterface({ input: createReadStream(file, "latin1") })) {
    number++;
    try {
      const row = JSON.parse(decoder.decode(Buffer.from(line, "latin1")));
      if (row === null || typeof row !== "object" || Array.isArray(row)) throw new Error("not an object");
    } catch (error) {
      throw new Final(`${path.basename(file)}:${number}: ${error.message}`);
    }
  }
}

/** All files; a refused link is renewed by getAll, and what is there already is kept. */
async function fetchAll(shown) {
  const fileOf = (index) => path.join(out, `${shown.Id}-${index + 1}.jsonl`);
  let refusals = 0;
  for (let done = 0, memory = {}; done < shown.Files.length; ) {
    try {
      await persist(() => fetchFile(shown.Files[done], fileOf(done), memory));
      refusals = 0;
      memory = {};
      done++;
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      if (++refusals === triesMax) throw new Final(`${error.message}, with fresh links, too`);
      shown = await getAll(shown.Id);
      if (shown.Status !== "Success") return false;
    }
  }
  for (const [index, link] of shown.Files.entries()) {
    if (sizeOf(fileOf(index)) !== link.SizeInBytes)
      throw new Final(`${fileOf(index)}: ${sizeOf(fileOf(index))} bytes, but SizeInBytes is ${link.SizeInBytes}`);
    await checkRows(fileOf(index));
  }
  return true;
}

async function collect(entityType) {
  for (let round = 0; round < 3; round++) {
    const added = await persist(() => call("add", { EntityType: entityType }));
    const shown = await waitFor(added.Export.Id);
    if (shown.Status === "Success" && (await fetchAll(shown))) return;
    console.error(`${entityType}: ${shown.Status}; adding it again`);
  }
  throw new Final(`${entityType}: no success in three exports`);
}

mkdirSync(out, { recursive: true });
try {
  const types = process.argv.slice(2);
  for (const entityType of types.length ? types : ["Reservation"]) await collect(entityType);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
