// The console: loads what there is, then follows the events.

import {admin, adminCurl, setToken, whenUnauthorized} from "./api.js";
import {drawClock, drawSpeed, startClock, today} from "./clock.js";
import {$, copy, h, setText} from "./dom.js";
import {drawJournal, drawTenantChoice, filterBy, startJournal} from "./journal.js";
import {apply, listen, load, model} from "./model.js";
import {addPanel} from "./panel_add.js";
import {apiPanel} from "./panel_api.js";
import {conductPanel} from "./panel_conduct.js";
import {exportPanel} from "./panel_export.js";
import {requestPanel} from "./panel_request.js";
import {scenarioPanel} from "./panel_scenario.js";
import {tenantsPanel} from "./panel_tenants.js";
import {follow} from "./stream.js";
import {makeTabs} from "./tabs.js";
import {drawExports, drawNow, markSelected, startTimeline} from "./timeline.js";

const THEMES = [
    ["auto", "light dark", "◐ auto"],
    ["light", "light", "○ light"],
    ["dark", "dark", "● dark"],
];
const TOAST_MS = 6000;

let tabs, views, stream;
let loading = null;
let pending = [];

function toast(text, kind = "", command = null) {
    const box = h(
        "div",
        {class: "toast", "data-kind": kind},
        h("span", {}, text),
        command ? h("button", {type: "button", onclick: () => copy(command, toast)}, "Copy as curl") : null,
    );
    $("toasts").append(box);
    while ($("toasts").children.length > 1) $("toasts").firstChild.remove();
    setTimeout(() => box.remove(), TOAST_MS);
}

/** Opens a panel, and where panels are below the lists, goes there. */
function openPanel(id) {
    tabs.open(id);
    if (matchMedia("(max-width: 1023px)").matches) $("tabs").scrollIntoView({block: "start"});
}

/** Does something by the admin API and says how it went. */
async function run(said, method, path, body) {
    try {
        const answer = await admin(method, path, body);
        toast(
            `Done: ${typeof said === "string" ? said : said(answer)}.`,
            "good",
            adminCurl(method, path, body),
        );
    } catch (refusal) {
        toast(refusal.message, "error");
    }
}

const tools = {
    run,
    toast,
    today,
    copy: (text) => copy(text, toast),
    badge: (id, count) => tabs.badge(id, count),
    filterJournal: (text) => filterBy(text),
    showExport: (id, open = true) => {
        markSelected(id);
        if (open) openPanel("export");
        views.export.show(id).catch((refusal) => toast(refusal.message, "error"));
    },
    showRequest: (number) => {
        openPanel("request");
        views.request.show(number).catch((refusal) => toast(refusal.message, "error"));
    },
};

function makePanels() {
    const makers = {
        export: exportPanel,
        request: requestPanel,
        add: addPanel,
        conduct: conductPanel,
        scenario: scenarioPanel,
        tenants: tenantsPanel,
        api: apiPanel,
    };
    views = {};
    for (const [id, make] of Object.entries(makers)) {
        views[id] = make(tabs.panel(id), tools);
        // What a tab shows when it is opened; export and request are shown by whoever chooses one.
        tabs.attach(id, id === "export" || id === "request" ? {...views[id], show: () => {}} : views[id]);
    }
    tabs.open("add");
}

/** Applies what waits, at most once in each frame, also when the page is not in sight. */
function flush() {
    if (loading || pending.length === 0) return;
    const events = pending;
    pending = [];
    apply(events);
}

async function loadAll() {
    loading = load();
    try {
        await loading;
        setText($("version"), `${model.about.version} · API of ${model.about.apiDate}`);
        if (!views) makePanels();
        $("banner").hidden = true;
    } catch (refusal) {
        if (refusal.status !== 401) banner(`The server could not be asked: ${refusal.message}`);
    } finally {
        loading = null;
    }
}

function banner(text) {
    setText($("banner"), text);
    $("banner").hidden = false;
}

function onState(state) {
    const names = {live: "live", gone: "server gone", denied: "not admitted"};
    $("link").dataset.state = state;
    setText($("link"), names[state]);
    document.body.classList.toggle("stale", state !== "live");
    model.goneAt = state === "live" ? null : (model.goneAt ?? performance.now());
    if (state === "gone")
        banner(
            "The server does not answer. What you see is what was known last; the console tries again by itself.",
        );
    else if (state === "live" && model.loaded) $("banner").hidden = true;
    if (state === "denied") askForToken();
}

function onEvent(event) {
    if (event.event === "lost" || (event.event === "hello" && !model.loaded)) {
        pending = [];
        loadAll();
    } else if (event.event !== "hello") {
        pending.push(event);
    }
}

function askForToken() {
    const dialog = $("token-dialog");
    if (dialog.open) return;
    const tried = sessionStorage.getItem("exports-mock-admin-token");
    setText(
        $("token-why"),
        tried
            ? "The server does not take this token. It was started with --admin-token; give that one."
            : "This server was started with --admin-token. Give that token to open the console.",
    );
    dialog.showModal();
}

function onChange(what) {
    if (what === "exports" || what === "reset") drawExports();
    if (what === "requests" || what === "reset") drawJournal();
    if (what === "tenants") drawTenantChoice();
    if (what === "clock") {
        drawSpeed();
        drawClock();
    }
    if (views) Object.values(views).forEach((view) => view.changed(what));
}

function startTheme() {
    let at = THEMES.findIndex(([name]) => name === localStorage.getItem("exports-mock-theme"));
    const draw = () => {
        const [, scheme, label] = THEMES[at];
        document.documentElement.style.colorScheme = scheme;
        setText($("theme-name"), label);
    };
    at = Math.max(0, at);
    draw();
    $("theme").addEventListener("click", () => {
        at = (at + 1) % THEMES.length;
        localStorage.setItem("exports-mock-theme", THEMES[at][0]);
        draw();
    });
}

function start() {
    startTheme();
    tabs = makeTabs([
        ["export", "Export"],
        ["request", "Request"],
        ["add", "Add"],
        ["conduct", "Conduct"],
        ["scenario", "Scenario"],
        ["tenants", "Tenants"],
        ["api", "API"],
    ]);
    startClock(tools);
    startTimeline((id) => tools.showExport(id));
    startJournal((number) => tools.showRequest(number));
    listen(onChange);
    whenUnauthorized(askForToken);
    $("reset").addEventListener("click", () => {
        if (
            confirm(
                "Forget all exports, the journal and the findings, and set the clock to where it started?",
            )
        )
            run("the server is as it was at its start", "POST", "/reset");
    });
    $("token-form").addEventListener("submit", (event) => {
        event.preventDefault();
        setToken($("token").value);
        $("token-dialog").close();
        stream.wake();
    });
    stream = follow(onEvent, onState);
    const frame = () => {
        flush();
        if (model.loaded) {
            drawClock();
            drawNow();
        }
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    setInterval(flush, 1000); // a page that is not in sight has no frames
}

start();
