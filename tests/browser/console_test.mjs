// The console in a real browser. Nothing here waits for time to go by: the clock is set.

import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";

import {audit, clientOf, openPage, startBrowser, startServer} from "./harness.mjs";

const TABS = ["export", "request", "add", "conduct", "scenario", "tenants", "api"];
const row = (page, name) => page.locator("#timeline li:not([hidden])", {hasText: name});
const chip = (page, name) => row(page, name).locator(".chip");

async function seesState(page, name, state) {
    await chip(page, name).filter({hasText: state}).waitFor();
}

async function addByHand(page, type) {
    await page.click("#tab-add");
    await page.selectOption("#add-type", type);
    await page.click("#add-form button.primary");
    await row(page, type).waitFor();
}

const tests = {
    async "a browser is led from the root to the console, other clients are not"({page, server}) {
        assert.equal(new URL(page.url()).pathname, "/__admin/");
        assert.match(await page.textContent("#link"), /live/);
        await page.locator("#exports-empty", {hasText: "No exports yet"}).waitFor();
        await page.locator("#journal-empty", {hasText: "No requests yet"}).waitFor();
        assert.equal((await fetch(`${server.url}/`, {redirect: "manual"})).status, 404);
    },

    async "an export that is added by hand moves with the clock"({page}) {
        await addByHand(page, "Reservation");
        await seesState(page, "Reservation", "Pending");
        await page.click("#next-event");
        await seesState(page, "Reservation", "Processing");
        assert.equal(await page.textContent("#now-time"), "10:00:02");
        await page.click("#next-event");
        await seesState(page, "Reservation", "Success");
        assert.equal(await row(page, "Reservation").locator(".bar[data-state=Success]").isVisible(), true);
        await page.click("#advances >> text=+7d");
        await seesState(page, "Reservation", "Expired");
    },

    async "an export of a client moves by itself while the clock runs"({page, client}) {
        const added = await client.add("Payment");
        await row(page, "Payment").waitFor();
        await page.click("#speeds >> text=×60");
        await seesState(page, "Payment", "Success");
        await page.click("#speeds >> text=Freeze");
        await page.locator("#speed-now", {hasText: "frozen"}).waitFor();
        assert.equal((await client.get(added.Id)).Status, "Success");
    },

    async "the clock is set to an instant"({page}) {
        await page.fill("#jump-to", "2027-01-02T03:04:05");
        await page.click("#jump button");
        await page.locator("#now-time", {hasText: "03:04:05"}).waitFor();
        assert.equal(await page.textContent("#now-date"), "2027-01-02");
    },

    async "a failure is forced"({page, client}) {
        const added = await client.add("Bill");
        await row(page, "Bill").locator("button").click();
        await page.click("[data-force=Failed]");
        await seesState(page, "Bill", "Failed");
        assert.equal((await client.get(added.Id)).Status, "Failed");
        assert.equal(await page.evaluate(() => document.activeElement.dataset.force), "Failed");
    },

    async "files show which ranges were fetched"({page, client}) {
        const added = await client.add("Reservation");
        await client.admin("POST", "/clock/advance", {by: "10s"});
        const [file] = (await client.get(added.Id)).Files;
        await row(page, "Reservation").locator("button").click();
        await page.locator("#panel-export", {hasText: "nothing fetched yet"}).waitFor();
        await client.download(file.Url, "bytes=100-299");
        await page.locator("#panel-export", {hasText: "100–300"}).waitFor();
        await client.download(file.Url);
        await page.locator("#panel-export", {hasText: "all fetched"}).waitFor();
        await row(page, "1 fetched").waitFor();
    },

    async "a scenario is chosen, and put away again"({page, client}) {
        await page.click("#tab-scenario");
        await page.selectOption("#scenario-choice", {label: "fails"});
        await page.locator("#scenario-about", {hasText: "Every export ends as Failed"}).waitFor();
        await page.click("#scenario-put");
        await page.locator("#scenario-in-force", {hasText: "fails"}).waitFor();
        await client.add("Reservation");
        await client.admin("POST", "/clock/advance", {by: "1h"});
        await seesState(page, "Reservation", "Failed");
        await page.click("#scenario-clear");
        await page.locator("#scenario-in-force", {hasText: "none"}).waitFor();
    },

    async "a mistake in a scenario is shown where it is"({page}) {
        page.allow(/status of 400/);
        await page.click("#tab-scenario");
        await page.waitForFunction(() => document.getElementById("scenario-text").value);
        const chosen = () =>
            page.evaluate(() => {
                const {value, selectionStart, selectionEnd} = document.getElementById("scenario-text");
                return value.slice(selectionStart, selectionEnd);
            });
        for (const [text, said, place, line] of [
            ['{\n  "lifecycle": {"pending": "2q"}\n}', "neither a duration", '"pending": "2q"', "2"],
            [
                '{\n  "faults": [\n    {"on": "add", "respond": {"status": 500}},\n    {"on": "getAll", "nth": "x"}\n  ]\n}',
                "is no range",
                '"nth": "x"',
                "4",
            ],
            ['{\n  // a comment\n  "name": "a",\n}', "line 4, column 1", "}", "4"],
            ['{\n  "nam": "a"\n}', 'did you mean "name"', '"nam": "a"', "2"],
        ]) {
            await page.fill("#scenario-text", text);
            await page.click("#scenario-put");
            await page.locator("#scenario-error", {hasText: said}).waitFor();
            assert.equal(await chosen(), place, text);
            assert.equal((await page.textContent(".line-numbers .wrong")).trim(), line, text);
            assert.equal(await page.getAttribute("#scenario-text", "aria-invalid"), "true");
        }
        await page.fill("#scenario-text", '{"name": "mine"}');
        await page.click("#scenario-put");
        await page.locator("#scenario-in-force", {hasText: "mine"}).waitFor();
    },

    async "the journal tells why, is filtered, and gives requests back as curl"({page, client, server}) {
        const added = await client.add("Reservation");
        await client.add("Reservation");
        await client.get(added.Id);
        const rows = page.locator("#journal li:not([hidden])");
        await rows.nth(2).waitFor();
        assert.match(await rows.first().textContent(), /getAll/);
        await page.selectOption("#journal-status", "4");
        await page.locator("#journal-count", {hasText: "1 of 3 requests"}).waitFor();
        await rows.first().locator("button").click();
        await page.locator("#panel-request .why", {hasText: "is Pending"}).waitFor();
        await page.click("#panel-request >> text=Copy as curl");
        await page.locator(".toast", {hasText: "Copied."}).waitFor();
        const command = await page.evaluate(() => navigator.clipboard.readText());
        assert.ok(command.includes(`${server.url}/api/connector/v1/exports/add`), command);
        const again = command
            .replace("YOUR-ClientToken", "client-of-a-test")
            .replace("YOUR-AccessToken", "access-of-a-test");
        assert.match(
            execFileSync("sh", ["-c", again.replace("curl ", "curl -s ")], {encoding: "utf8"}),
            /is Pending/,
        );
    },

    async "conduct findings arise without asking"({page, client}) {
        await page.click("#tab-conduct");
        await page.locator("#panel-conduct", {hasText: "Nothing to say"}).waitFor();
        const added = await client.add("Reservation");
        for (let i = 0; i < 4; i++) await client.get(added.Id);
        const found = page.locator(".finding", {hasText: "polled-too-fast"});
        await found.waitFor();
        await found.locator("button").first().click();
        await page.locator("#panel-request", {hasText: "getAll"}).waitFor();
    },

    async "reset asks, and forgets"({page, client}) {
        await client.add("Reservation");
        await row(page, "Reservation").waitFor();
        page.once("dialog", (dialog) => dialog.accept());
        await page.click("#reset");
        await page.locator("#exports-empty").waitFor();
        await page.locator("#journal-empty").waitFor();
    },

    async "rows are reached by keys"({page, client}) {
        await client.add("Reservation");
        await client.add("Payment");
        await row(page, "Payment").waitFor();
        await page.focus("#timeline li:not([hidden]) button");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.locator("#panel-export h3").waitFor();
        await page.focus("#tab-export");
        await page.keyboard.press("ArrowRight");
        assert.equal(await page.getAttribute("#tab-request", "aria-selected"), "true");
    },

    async "a thousand exports and a stream of events leave the rows where they are"({page, client}) {
        for (let i = 0; i < 1000; i++)
            await fetch(`${page.url()}exports?accessToken=many-${i % 10}`, {
                method: "POST",
                body: JSON.stringify({EntityType: "Reservation", Status: "Success", ClientToken: "many"}),
            });
        await page.locator("#state-filters", {hasText: "Success 1000"}).waitFor();
        const count = await page.locator("#timeline li").count();
        assert.ok(count < 40, `${count} rows are in the page`);
        await page.evaluate(() => {
            globalThis.moved = 0;
            new MutationObserver((changes) => (globalThis.moved += changes.length)).observe(
                document.querySelector("#timeline ul"),
                {childList: true},
            );
        });
        await page.click("#speeds >> text=×60");
        for (let i = 0; i < 300; i++) await client.get("3fa85f64-5717-4562-b3fc-2c963f66afa6");
        await page.locator("#journal-count", {hasText: /^300 requests/}).waitFor();
        assert.equal(await page.evaluate(() => globalThis.moved), 0);
        assert.ok((await page.locator("#journal li").count()) < 40);
    },

    async "it is readable in light and dark, at 1280 and 390 pixels, by anybody"({page, client}) {
        const added = await client.add("Reservation");
        await client.admin("POST", "/clock/advance", {by: "10s"});
        await client.get(added.Id);
        await client.get(added.Id);
        await row(page, "Reservation").locator("button").click();
        await page.locator("#panel-export h3").waitFor();
        await page.locator("#journal li button").first().click();
        await page.locator("#panel-request h3").waitFor();
        for (const colorScheme of ["light", "dark"]) {
            await page.emulateMedia({colorScheme});
            for (const width of [1280, 390]) {
                await page.setViewportSize({width, height: 844});
                for (const tab of TABS) {
                    await page.click(`#tab-${tab}`);
                    await page.locator(`#panel-${tab} > *`).first().waitFor();
                    assert.deepEqual(await audit(page), [], `${colorScheme}, ${width}, ${tab}`);
                    assert.equal(
                        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
                        0,
                        `${width}, ${tab}`,
                    );
                }
            }
        }
        await page.click("#theme");
        assert.equal(await page.evaluate(() => document.documentElement.style.colorScheme), "light");
    },
};

// Those that need a server of their own kind.
const special = {
    async "the admin token is asked for and kept for the tab"(browser) {
        const server = await startServer("--admin-token", "a-secret");
        const page = await openPage(browser, server.url, {path: "/__admin/", allowed: [/status of 401/]});
        try {
            await page.fill("#token", "wrong");
            await page.keyboard.press("Enter");
            await page.locator("#token-why", {hasText: "does not take this token"}).waitFor();
            await page.fill("#token", "a-secret");
            await page.keyboard.press("Enter");
            await page.locator("#link", {hasText: "live"}).waitFor();
            await page.live();
            await page.reload();
            await page.locator("#link", {hasText: "live"}).waitFor();
            assert.equal(await page.locator("#token-dialog").isVisible(), false);
            assert.deepEqual(page.complaints(), []);
        } finally {
            await page.context().close();
            await server.stop();
        }
    },

    async "a server that is gone is said so, and found again"(browser) {
        let server = await startServer();
        const page = await openPage(browser, server.url, {allowed: [/ERR_/]});
        try {
            await page.live();
            await clientOf(server.url).add("Bill");
            await row(page, "Bill").waitFor();
            const {port} = server;
            await server.stop();
            await page.locator("#banner", {hasText: "does not answer"}).waitFor();
            server = await startServer("--port", port);
            await page.locator("#link", {hasText: "live"}).waitFor();
            await page.locator("#exports-empty").waitFor();
            assert.equal(await page.locator("#banner").isVisible(), false);
            assert.deepEqual(page.complaints(), []);
        } finally {
            await page.context().close();
            await server.stop();
        }
    },
};

async function onFreshServer(browser, test) {
    const server = await startServer();
    const page = await openPage(browser, server.url);
    try {
        await page.live();
        await test({page, server, client: clientOf(server.url)});
        assert.deepEqual(page.complaints(), []);
    } finally {
        await page.context().close();
        await server.stop();
    }
}

const begin = performance.now();
const browser = await startBrowser();
const wanted = process.argv[2] ?? "";
let count = 0,
    failed = 0;
for (const [name, test] of [
    ...Object.entries(tests).map(([name, test]) => [name, () => onFreshServer(browser, test)]),
    ...Object.entries(special).map(([name, test]) => [name, () => test(browser)]),
]) {
    if (!name.includes(wanted)) continue;
    count++;
    try {
        await test();
        console.log(`ok ${name}`);
    } catch (error) {
        failed++;
        console.log(`FAILED ${name}\n${error.stack}`);
    }
}
await browser.close();
console.log(`Ran ${count} tests in ${((performance.now() - begin) / 1000).toFixed(1)} s, ${failed} failed`);
process.exit(failed ? 1 : 0);
