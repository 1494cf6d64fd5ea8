// The exports as bars on a time line; what is behind the now line has happened, the rest is the plan.

import {$, bytes, h, plural, setText, timeOf, dateOf} from "./dom.js";
import {List} from "./list.js";
import {model, nowOf, stateOf, STATES} from "./model.js";

const SPANS = [
    ["30 seconds", 30e3],
    ["1 minute", 60e3],
    ["5 minutes", 300e3],
    ["1 hour", 3600e3],
    ["1 day", 86400e3],
    ["10 days", 864e6],
];
const NOW_AT = 0.62; // of the width
const TICKS = 5;
const COUNT_GAP_MS = 250; // real time, between two counts of the states

const shown = new Set(STATES);
let span_ms = SPANS[1][1];
let list;
let onSelect = () => {};
let selected = null;
let drawnNow = NaN;
let countedAt = 0;

const share = (ms, now_ms) => ((ms - now_ms) / span_ms + NOW_AT) * 100;

function makeRow() {
    const segments = STATES.map((state) => h("span", {class: "bar", "data-state": state, hidden: true}));
    const parts = {
        name: h("span", {class: "row-name"}),
        id: h("code", {class: "row-id"}),
        chip: h("span", {class: "chip"}),
        tail: h("span", {class: "row-tail quiet"}),
    };
    const button = h(
        "button",
        {type: "button", class: "row", onclick: () => select(row.item)},
        h("span", {class: "row-head"}, parts.name, parts.chip, parts.id, parts.tail),
        h(
            "span",
            {class: "track", "aria-hidden": "true"},
            ...segments,
            h("span", {class: "future"}),
            h("span", {class: "now"}),
        ),
    );
    const row = h("li", {}, button);
    Object.assign(row, {parts, button, segments});
    return row;
}

function drawBar(bar, from, to) {
    const left = Math.max(-1, from),
        right = Math.min(101, to);
    bar.hidden = right <= left;
    if (bar.hidden) return;
    bar.style.left = `${left.toFixed(2)}%`;
    bar.style.width = `${Math.max(0.3, right - left).toFixed(2)}%`;
}

function fillTrack(row, item, now_ms) {
    const used = new Set();
    item.steps.forEach((step, i) => {
        const next = item.steps[i + 1]?.ms ?? Infinity;
        const bar = row.segments[STATES.indexOf(step.state)];
        const isPoint = step.state === "Failed" || step.state === "Expired";
        if (step.ms === Infinity) return;
        used.add(bar);
        drawBar(bar, share(step.ms, now_ms), isPoint ? share(step.ms, now_ms) + 1.2 : share(next, now_ms));
    });
    row.segments.forEach((bar) => used.has(bar) || (bar.hidden = true));
}

function tailOf(item) {
    const tenant = `${item.AccessToken}`;
    if (item.FileCount === null) return tenant;
    return `${tenant} · ${plural(item.FileCount, "file")}, ${bytes(item.SizeInBytes)}, ${item.CompletedFileCount} fetched`;
}

function fillRow(row, item) {
    const now_ms = nowOf(item.Tenant);
    const state = stateOf(item, now_ms);
    setText(row.parts.name, item.EntityType);
    setText(row.parts.id, item.Id.slice(0, 8));
    setText(row.parts.chip, state);
    row.parts.chip.dataset.state = state;
    setText(row.parts.tail, tailOf(item));
    row.button.classList.toggle("selected", item.Id === selected);
    if (item.Id === selected) row.button.setAttribute("aria-current", "true");
    else row.button.removeAttribute("aria-current");
    fillTrack(row, item, now_ms);
}

function drawAxis(now_ms) {
    const marks = [];
    for (let i = 0; i <= TICKS; i++) {
        const at_ms = now_ms + (i / TICKS - NOW_AT) * span_ms;
        marks.push(
            span_ms > 36e5 * 12 ? `${dateOf(at_ms).slice(5)} ${timeOf(at_ms).slice(0, 5)}` : timeOf(at_ms),
        );
    }
    const axis = $("axis");
    if (!axis.firstChild) axis.append(...marks.map(() => h("span")));
    marks.forEach((mark, i) => setText(axis.children[i], mark));
}

function drawFilters() {
    const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
    for (const item of model.exports.values()) counts[stateOf(item)]++;
    for (const button of $("state-filters").children) {
        setText(button, `${button.value} ${counts[button.value]}`);
        button.setAttribute("aria-pressed", shown.has(button.value));
    }
    return counts;
}

/** Chooses and orders what is listed: the newest first. */
export function drawExports() {
    const items = [...model.exports.values()].reverse();
    const counts = drawFilters();
    const hidden = STATES.some((state) => counts[state] && !shown.has(state));
    const chosen = hidden ? items.filter((item) => shown.has(stateOf(item))) : items;
    list.setItems(chosen);
    $("exports-empty").hidden = chosen.length > 0 || !model.loaded;
    setText(
        $("exports-empty"),
        items.length
            ? "No export is in one of the chosen states."
            : "No exports yet. Point a client at this address, or add one by hand: the tab Add.",
    );
    drawnNow = NaN;
}

/** To be called for each frame: moves what moves. */
export function drawNow() {
    const now_ms = nowOf();
    const pixels = list.box.clientWidth || 600;
    if (!model.ownClocksRun && Math.abs(now_ms - drawnNow) < (span_ms / pixels) * 0.5) return;
    drawnNow = now_ms;
    drawAxis(now_ms);
    list.draw();
    if (performance.now() - countedAt < COUNT_GAP_MS) return;
    countedAt = performance.now();
    drawFilters();
}

export function markSelected(id) {
    selected = id;
    list.draw();
}

function select(item) {
    markSelected(item.Id);
    onSelect(item.Id);
}

export function startTimeline(select) {
    onSelect = select;
    list = new List($("timeline"), {
        rowHeight: 44,
        label: "Exports, the newest first",
        make: makeRow,
        fill: fillRow,
        key: (item) => item.Id,
    });
    $("state-filters").append(
        ...STATES.map((state) =>
            h("button", {
                type: "button",
                class: "chip",
                "data-state": state,
                value: state,
                "aria-pressed": "true",
                onclick: () => {
                    if (!shown.delete(state)) shown.add(state);
                    drawExports();
                },
            }),
        ),
    );
    $("span").append(
        ...SPANS.map(([name, ms]) => h("option", {value: String(ms), selected: ms === span_ms}, name)),
    );
    $("span").addEventListener("change", () => {
        span_ms = Number($("span").value);
        drawnNow = NaN;
    });
    drawFilters();
}
