// A server, a browser and a client for the tests of the console.
//
// BROWSER_MODULES names a folder with playwright-core and axe-core, CHROMIUM the browser's program,
// and EXPORTS_MOCK the program under test.

import {spawn} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";

const modules = createRequire(`${process.env.BROWSER_MODULES}/`);
const {chromium} = modules("playwright-core");
const AXE = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");
const PATH = "/api/connector/v1/exports";

export const NOW = "2026-08-07T10:00:00Z";
export const CLIENT = {ClientToken: "client-of-a-test", AccessToken: "access-of-a-test", Client: "Tests 1.0"};

/** Waits until a process ends. */
const ended = (child) =>
    new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));

/** A running server with a frozen clock. */
export async function startServer(...options) {
    const folder = mkdtempSync(join(tmpdir(), "exports-mock-"));
    const ready = join(folder, "ready");
    const child = spawn(
        process.env.EXPORTS_MOCK,
        [
            "--now",
            NOW,
            "--speed",
            "0",
            "--log",
            "off",
            "--rate-limit",
            "off",
            "--ready-file",
            ready,
            "--port",
            "0",
            ...options,
        ],
        {stdio: ["ignore", "pipe", "pipe"]},
    );
    let stderr = "";
    child.stderr.on("data", (piece) => (stderr += piece));
    await new Promise((resolve, reject) => {
        child.stdout.once("data", resolve);
        child.once("exit", () => reject(new Error(`the server does not start: ${stderr}`)));
    });
    const url = readFileSync(ready, "utf8").trim();
    return {
        url,
        port: new URL(url).port,
        async stop() {
            child.kill("SIGTERM");
            await ended(child);
            rmSync(folder, {recursive: true});
            if (stderr) throw new Error(`the server wrote to stderr: ${stderr}`);
        },
    };
}

/** What a client under test does, by fetch(). */
export function clientOf(url, tokens = CLIENT) {
    const call = async (operation, more) => {
        const answer = await fetch(`${url}${PATH}/${operation}`, {
            method: "POST",
            headers: {"Content-Type": "application/json"},
            body: JSON.stringify({...tokens, ...more}),
        });
        return {status: answer.status, json: await answer.json()};
    };
    return {
        call,
        add: async (EntityType) => (await call("add", {EntityType})).json.Export,
        get: async (id) => (await call("getAll", {ExportIds: [id]})).json.Exports[0],
        download: (link, range) =>
            fetch(link, {headers: range ? {Range: range} : {}}).then((answer) => answer.arrayBuffer()),
        admin: async (method, path, body) =>
            (await fetch(`${url}/__admin${path}`, {method, body: body && JSON.stringify(body)})).json(),
    };
}

export function startBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: ["--no-sandbox", "--disable-dev-shm-usage"],
    });
}

/**
 * A page of the console that minds its manners: complaints() gives what the browser's console and
 * the network saw that should not be. allowed: patterns of complaints that are part of a test.
 */
export async function openPage(
    browser,
    url,
    {width = 1280, height = 900, colorScheme = "light", path = "/", allowed = []} = {},
) {
    const context = await browser.newContext({
        viewport: {width, height},
        colorScheme,
        permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning")
            complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`error: ${error.stack}`));
    page.on("request", (request) => {
        if (new URL(request.url()).origin !== new URL(url).origin)
            complaints.push(`a request to ${request.url()}`);
    });
    await page.goto(url + path);
    page.complaints = () => complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    page.allow = (pattern) => allowed.push(pattern);
    page.live = () => page.waitForSelector("#add-form", {state: "attached"});
    return page;
}

/** What axe-core has against the page as it is now. */
export async function audit(page) {
    await page.evaluate(AXE);
    const {violations} = await page.evaluate(() => globalThis.axe.run());
    return violations.map(
        ({id, nodes}) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
    );
}
