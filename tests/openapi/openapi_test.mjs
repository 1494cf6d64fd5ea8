// The OpenAPI document, judged by others: a validator for each docs revision, and Prism's proxy
// between a client's session and the server, which compares every request and every answer with it.
//
// OPENAPI_MODULES names a folder with both, EXPORTS_MOCK the program under test.

import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

const modules = createRequire(`${process.env.OPENAPI_MODULES}/`);
const {Validator} = await import(pathToFileURL(modules.resolve("@seriousme/openapi-schema-validator")));
const DATES = [
    "2023-10-26",
    "2023-12-08",
    "2023-12-19",
    "2024-08-09",
    "2024-08-21",
    "2024-09-04",
    "2025-07-10",
    "2025-07-23",
    "2025-08-05",
    "2025-08-22",
    "2025-11-13",
    "2026-04-16",
];
const API = "/api/connector/v1/exports";
const TOKENS = {ClientToken: "client-of-prism", AccessToken: "access-of-prism", Client: "Prism 1.0"};
const folder = mkdtempSync(join(tmpdir(), "exports-mock-"));

/** Runs a program until it has written what pattern matches. */
async function start(command, words, pattern) {
    const child = spawn(command, words, {stdio: ["ignore", "pipe", "pipe"]});
    let said = "";
    await new Promise((resolve, reject) => {
        const hear = (piece) => pattern.test((said += piece)) && resolve();
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
        child.once("exit", () => reject(new Error(`${command} ended: ${said}`)));
    });
    return {
        said: () => said,
        stop: () =>
            new Promise((resolve) => {
                child.removeAllListeners("exit");
                child.once("exit", resolve);
                child.kill("SIGTERM");
            }),
    };
}

async function startServer(...options) {
    const server = await start(
        process.env.EXPORTS_MOCK,
        ["--port", "0", "--now", "2026-08-07T10:00:00Z", "--speed", "0", "--log", "off", ...options],
        /listening on .*\n/,
    );
    server.url = /listening on (\S+)/.exec(server.said())[1];
    return server;
}

const freePort = () =>
    new Promise((resolve) => {
        const probe = createServer().listen(0, "127.0.0.1", () => {
            const {port} = probe.address();
            probe.close(() => resolve(port));
        });
    });

let count = 0;

async function isValid(date) {
    const server = await startServer("--api-date", date);
    const document = await (await fetch(`${server.url}/__admin/openapi.json`)).json();
    await server.stop();
    const {valid, errors} = await new Validator().validate(document);
    assert.ok(valid, `${date}: ${JSON.stringify(errors)}`);
    count++;
}

/** Every operation of the document, asked for through Prism. */
async function session(url, complaints) {
    const call = async (method, path, body, headers = {}) => {
        const answer = await fetch(url + path, {
            method,
            body: body === undefined ? undefined : JSON.stringify(body),
            headers: {...(body === undefined ? {} : {"Content-Type": "application/json"}), ...headers},
        });
        const text = await answer.text();
        const violations = answer.headers.get("sl-violations");
        if (violations) complaints.push(`${method} ${path}: ${violations}`);
        count++;
        return text.startsWith("{") && text.endsWith("}") ? JSON.parse(text) : text;
    };
    const {Export: made} = await call("POST", `${API}/add`, {...TOKENS, EntityType: "Reservation"});
    await call("POST", `${API}/add`, {...TOKENS, EntityType: "Reservation"});
    await call("POST", `${API}/add`, {
        ...TOKENS,
        EntityType: "LedgerEntry",
        Filters: {LedgerEntryFilters: {Posting: {Start: "2026-08-01", End: "2026-08-07"}}},
    });
    await call("POST", `${API}/add`, {
        ...TOKENS,
        EntityType: "Payment",
        Filters: {UpdatedUtc: {StartUtc: "2026-08-01T00:00:00Z", EndUtc: "2026-08-07T00:00:00Z"}},
    });
    await call("POST", `${API}/getAll`, {...TOKENS, ExportIds: [made.Id]});
    await call("POST", "/__admin/clock/advance", {by: "1h"});
    const {
        Exports: [done],
    } = await call("POST", `${API}/getAll`, {...TOKENS, ExportIds: [made.Id]});
    assert.equal(done.Status, "Success");
    for (const {Url} of done.Files) {
        const link = new URL(Url);
        await call("GET", link.pathname + link.search);
        await call("GET", link.pathname + link.search, undefined, {Range: "bytes=0-99"});
        await call("GET", link.pathname);
    }
    for (const path of [
        "health",
        "about",
        "clock",
        "exports",
        "exports?brief=true",
        `exports/${made.Id}`,
        `exports/${made.Id}/rows?file=1`,
        "scenario",
        "scenarios",
        "requests",
        "requests?bodies=true&operation=getAll",
        "requests/count?status=4xx",
        "conduct",
        "tenants",
        "limits",
        "metrics",
        "openapi.json",
    ])
        await call("GET", `/__admin/${path}`);
    await call("PUT", `/__admin/exports/${made.Id}/state`, {Status: "Failed"});
    await call("POST", "/__admin/exports?accessToken=access-of-prism", {
        EntityType: "Bill",
        Status: "Processing",
    });
    await call("PUT", "/__admin/clock", {speed: 60});
    await call("PUT", "/__admin/scenario", {name: "fails"});
    await call("DELETE", "/__admin/scenario");
    await call("POST", "/__admin/requests/find", {operation: "download"});
    await call("DELETE", "/__admin/requests");
    await call("POST", "/__admin/reset");
}

async function proxied() {
    const port = await freePort();
    const server = await startServer("--public-url", `http://127.0.0.1:${port}`);
    const file = join(folder, "openapi.json");
    const complaints = [];
    writeFileSync(file, await (await fetch(`${server.url}/__admin/openapi.json`)).text());
    const manifest = modules.resolve("@stoplight/prism-cli/package.json");
    const {bin} = JSON.parse(readFileSync(manifest, "utf8"));
    const prism = await start(
        process.execPath,
        [
            join(manifest, "..", typeof bin === "string" ? bin : bin.prism),
            "proxy",
            file,
            server.url,
            "--port",
            String(port),
        ],
        /listening/,
    );
    try {
        await session(`http://127.0.0.1:${port}`, complaints);
    } finally {
        await prism.stop();
        await server.stop();
    }
    assert.deepEqual(complaints, []);
}

const begin = performance.now();
let status = 0;
try {
    for (const date of DATES) await isValid(date);
    await proxied();
} catch (error) {
    status = 1;
    console.log(error.stack);
}
rmSync(folder, {recursive: true});
console.log(`Ran ${count} tests in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
process.exit(status);
