// Takes the pictures of the console in docs/images/ from the running program: scripts/screenshots.

import {clientOf, openPage, startBrowser, startServer} from "./harness.mjs";

const folder = process.argv[2];
const server = await startServer();
const browser = await startBrowser();
const alpha = clientOf(server.url, {
    ClientToken: "client-alpha-1",
    AccessToken: "alpha-hotel-token",
    Client: "Alpha Sync 2.1",
});
const beta = clientOf(server.url, {
    ClientToken: "client-beta-1",
    AccessToken: "beta-hotel-token",
    Client: "Beta Reports 1.4",
});
const {admin} = alpha;
const pass = (by) => admin("POST", "/clock/advance", {by});

/** A morning's work of two clients, one of them in a hurry. */
async function work() {
    const old = await beta.add("Customer");
    await pass("3s");
    const reservations = await alpha.add("Reservation");
    await pass("4s");
    const bills = await alpha.add("Bill");
    await alpha.get(reservations.Id);
    await pass("6s");
    const payments = await beta.add("Payment");
    await beta.get(payments.Id);
    await beta.get(payments.Id);
    await beta.get(payments.Id);
    const done = await alpha.get(reservations.Id);
    await alpha.download(done.Files[0].Url);
    await alpha.download(done.Files[1].Url, "bytes=200000-700000");
    await alpha.add("Reservation");
    await alpha.add("Reservation");
    await pass("3s");
    await admin("PUT", `/exports/${bills.Id}/state`, {Status: "Failed"});
    await admin("PUT", `/exports/${old.Id}/state`, {Status: "Expired"});
    await pass("5s");
    await alpha.add("OrderItem");
    await pass("3s");
    await beta.add("Company");
    await pass("1s");
    return reservations;
}

async function take(page, name) {
    await page.evaluate(() => document.getElementById("toasts").replaceChildren());
    await page.evaluate(() => document.activeElement?.blur());
    await page.mouse.move(0, 0);
    await page.screenshot({path: `${folder}/${name}.png`});
    console.log(`${name}.png`);
}

const rowOf = (page, name) =>
    page.locator("#timeline li:not([hidden])", {hasText: name}).first().locator("button");

const page = await openPage(browser, server.url, {width: 1280, height: 860});
await page.live();
await work();
await page.locator("#journal-count", {hasText: /^15 requests/}).waitFor();
await rowOf(page, "2 files").or(rowOf(page, "files")).last().click();
await page.locator("#panel-export", {hasText: "200,000"}).waitFor();
await take(page, "console");

await page.emulateMedia({colorScheme: "dark"});
await page.click("#tab-scenario");
await page.waitForFunction(() => document.getElementById("scenario-text").value);
await page.selectOption("#scenario-choice", {label: "rate-limited"});
page.allow(/status of 400/);
await page.evaluate(() => {
    const text = document.getElementById("scenario-text");
    text.value = text.value.replace(/"requests": \d+/, '"requests": "many"');
});
await page.click("#scenario-put");
await page.locator("#scenario-error").waitFor();
await take(page, "console-scenario-dark");

await page.emulateMedia({colorScheme: "light"});
await page.click("#tab-conduct");
await page.locator(".finding", {hasText: "missed-file"}).first().waitFor();
await take(page, "console-conduct");

await page.locator("#journal li:not([hidden])", {hasText: "400"}).first().locator("button").click();
await page.locator("#panel-request .why").waitFor();
await take(page, "console-request");

await page.click("#tab-api");
await page.locator("#panel-api summary").first().click();
await take(page, "console-api");

const phone = await openPage(browser, server.url, {width: 390, height: 844, colorScheme: "dark"});
await phone.live();
await take(phone, "console-phone");

const complaints = [...page.complaints(), ...phone.complaints()];
await browser.close();
await server.stop();
complaints.forEach((text) => console.error(text));
process.exit(complaints.length ? 1 : 0);
