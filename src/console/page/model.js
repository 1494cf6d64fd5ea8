// What is known of the server: a copy that events keep up to date.

import {admin} from "./api.js";
import {calmly} from "./dom.js";

const REQUESTS_KEPT = 2000;
const PAGE = 1000;
const EXPORTS_KEPT = 10000;

export const STATES = ["Pending", "Processing", "Success", "Failed", "Expired"];

export const model = {
    exports: new Map(), // id -> export in short, in the order of creation
    requests: [], // entries of the journal, in order
    tenants: new Map(), // number -> tenant
    findings: [],
    clock: {now_ms: 0, at: 0, speed: 0},
    scenario: null,
    about: null,
    ownClocksRun: false, // of tenants
    goneAt: null, // when the server went; clocks stand still for who looks on then
    loaded: false,
};

const listeners = new Set();
export const listen = (f) => listeners.add(f);
const tell = (what) => listeners.forEach((f) => f(what));

export function setClock(clock, {now, speed}) {
    clock.now_ms = Date.parse(now);
    clock.speed = speed;
    clock.at = performance.now();
}

/** The virtual now of the server, or of a tenant that has a clock of its own. */
export function nowOf(tenant) {
    const own = tenant && model.tenants.get(tenant);
    const clock = own?.hasOwnClock ? own.clock : model.clock;
    return clock.now_ms + ((model.goneAt ?? performance.now()) - clock.at) * clock.speed;
}

/** Works out instants once, so that drawing reads numbers. */
function prepare(item) {
    item.steps = item.Transitions.map((step) => ({
        state: step.Status,
        ms: step.AtUtc ? Date.parse(step.AtUtc) : Infinity,
    }));
    return item;
}

/** A state is a function of plan and clock, here as on the server. */
export function stateOf(item, now_ms = nowOf(item.Tenant)) {
    let state = item.steps[0].state;
    for (const step of item.steps) if (step.ms <= now_ms) state = step.state;
    return state;
}

/** The newest ones; the server lists them in the order of creation. */
async function loadExports() {
    const exports = new Map();
    const {Total: total} = await admin("GET", "/exports?brief=true&limit=0");
    for (let offset = Math.max(0, total - EXPORTS_KEPT); ;) {
        const page = await admin("GET", `/exports?brief=true&limit=${PAGE}&offset=${offset}`);
        page.Exports.forEach((item) => exports.set(item.Id, prepare(item)));
        offset += page.Exports.length;
        if (page.Exports.length === 0 || offset >= page.Total) break;
    }
    model.exports = exports;
}

async function loadRequests() {
    let requests = [];
    for (let after = 0; after !== null;) {
        const page = await admin("GET", `/requests?limit=${PAGE}&after=${after}`);
        requests = requests.concat(page.requests).slice(-REQUESTS_KEPT);
        after = page.next;
    }
    model.requests = requests;
}

export async function loadTenants() {
    const {tenants} = await admin("GET", "/tenants");
    model.tenants = new Map(
        tenants.map((tenant) => {
            tenant.clock = {};
            setClock(tenant.clock, tenant);
            return [tenant.tenant, tenant];
        }),
    );
    model.ownClocksRun = tenants.some((tenant) => tenant.hasOwnClock && tenant.speed > 0);
    tell("tenants");
}

export async function loadFindings() {
    model.conduct = await admin("GET", "/conduct");
    model.findings = model.conduct.findings;
    tell("findings");
}

export async function loadScenario() {
    model.scenario = await admin("GET", "/scenario");
    tell("scenario");
}

/** Loads everything anew. */
export async function load() {
    model.about ??= await admin("GET", "/about");
    setClock(model.clock, await admin("GET", "/clock"));
    await Promise.all([loadExports(), loadRequests(), loadTenants(), loadFindings(), loadScenario()]);
    model.loaded = true;
    ["clock", "exports", "requests"].forEach(tell);
}

/** A tenant that was not seen before: asked for once, many new ones together. */
const met = new Set();
const loadTenantsSoon = calmly(200, () => loadTenants().catch(() => {}));

function meet(tenant) {
    if (model.tenants.has(tenant) || met.has(tenant)) return;
    met.add(tenant);
    loadTenantsSoon();
}

function keepExport({exportId, export: item}) {
    if (item) {
        model.exports.set(exportId, prepare(item));
        meet(item.Tenant);
    } else {
        model.exports.delete(exportId);
    }
    if (model.exports.size > EXPORTS_KEPT * 1.1) {
        const tooMany = [...model.exports.keys()].slice(0, model.exports.size - EXPORTS_KEPT);
        tooMany.forEach((id) => model.exports.delete(id));
    }
}

function keepRequest(entry) {
    if (!entry) return;
    const last = model.requests.at(-1);
    if (last && last.number >= entry.number) return;
    model.requests.push(entry);
    if (model.requests.length > REQUESTS_KEPT * 1.1)
        model.requests.splice(0, model.requests.length - REQUESTS_KEPT);
}

function endRequest(data) {
    for (let i = model.requests.length - 1; i >= 0 && model.requests[i].number >= data.number; i--) {
        if (model.requests[i].number !== data.number) continue;
        model.requests[i] = {
            ...model.requests[i],
            end: data.end ?? "completed",
            sentBytes: data.sentBytes ?? null,
        };
    }
}

function reset(tenant) {
    if (tenant) return load().catch(() => {});
    model.exports.clear();
    model.requests = [];
    return load().catch(() => {});
}

/** Takes a batch of events; listeners hear once of each kind of change. */
export function apply(events) {
    const changed = new Set();
    for (const {event, data} of events) {
        if (event === "export-added" || event === "export-state") {
            keepExport(data);
            changed.add("exports").add(`export:${data.exportId}`);
        } else if (event === "request") {
            keepRequest(data.request);
            changed.add("requests");
        } else if (event === "request-over") {
            endRequest(data);
            changed.add("requests");
            if (data.export) {
                keepExport(data);
                changed.add("exports").add(`export:${data.exportId}`);
            }
        } else if (event === "clock") {
            if (data.tenant) loadTenantsSoon();
            else setClock(model.clock, data);
            changed.add("clock").add("exports");
        } else if (event === "scenario") {
            loadScenario().catch(() => {});
            loadTenants().catch(() => {});
        } else if (event === "finding") {
            changed.add("finding");
        } else if (event === "reset") {
            reset(data.tenant);
            changed.add("reset");
        }
    }
    changed.forEach(tell);
}
