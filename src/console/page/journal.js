// The journal, the newest first, with filters.

import {$, bytes, h, plural, setText} from "./dom.js";
import {List} from "./list.js";
import {model} from "./model.js";

let list;
let selected = null;
let onSelect = () => {};
const filter = {operation: "", status: "", text: "", tenant: ""};

function makeRow() {
    const parts = {
        number: h("span", {class: "row-number quiet"}),
        at: h("span", {class: "row-at"}),
        operation: h("span", {class: "row-operation"}),
        status: h("span", {class: "chip"}),
        why: h("span", {class: "row-why"}),
        end: h("span", {class: "row-end quiet"}),
    };
    const button = h(
        "button",
        {type: "button", class: "row", onclick: () => select(row.item)},
        h(
            "span",
            {class: "row-head"},
            parts.number,
            parts.at,
            parts.operation,
            parts.status,
            parts.why,
            parts.end,
        ),
    );
    const row = h("li", {}, button);
    Object.assign(row, {parts, button});
    return row;
}

export function endOf(entry) {
    if (entry.end === "completed") return entry.operation === "download" ? bytes(entry.sentBytes) : "";
    return {running: "running…", aborted: "client went away", cut: "cut by a fault"}[entry.end];
}

function fillRow(row, entry) {
    const {parts} = row;
    setText(parts.number, `#${entry.number}`);
    setText(parts.at, entry.at.slice(11, 19));
    setText(
        parts.operation,
        entry.file
            ? `${entry.operation} ${entry.file}`
            : entry.operation === "other"
              ? `${entry.method ?? "?"} ${entry.path ?? ""}`
              : entry.operation,
    );
    setText(parts.status, String(entry.status));
    parts.status.dataset.status = String(entry.status)[0];
    setText(parts.why, entry.why[0] ?? "");
    setText(parts.end, endOf(entry));
    row.button.classList.toggle("selected", entry.number === selected);
    if (entry.number === selected) row.button.setAttribute("aria-current", "true");
    else row.button.removeAttribute("aria-current");
}

function isMeant(entry) {
    return (
        (!filter.operation || entry.operation === filter.operation) &&
        (!filter.status || String(entry.status).startsWith(filter.status)) &&
        (!filter.tenant || entry.accessToken === filter.tenant) &&
        (!filter.text ||
            `${entry.path} ${entry.why.join(" ")} ${entry.exportIds.join(" ")} ${entry.headers.userAgent}`
                .toLowerCase()
                .includes(filter.text))
    );
}

export function drawJournal() {
    const entries = model.requests.filter(isMeant).reverse();
    const box = list.box;
    const grown = (entries.length - list.items.length) * list.rowHeight;
    list.setItems(entries);
    if (box.scrollTop > 4 && grown > 0) box.scrollTop += grown; // who reads further down is not moved
    setText(
        $("journal-count"),
        entries.length === model.requests.length
            ? plural(entries.length, "request")
            : `${entries.length.toLocaleString("en")} of ${plural(model.requests.length, "request")}`,
    );
    $("journal-empty").hidden = entries.length > 0 || !model.loaded;
    setText(
        $("journal-empty"),
        model.requests.length ? "No request is what the filters ask for." : "No requests yet.",
    );
}

function select(entry) {
    selected = entry.number;
    list.draw();
    onSelect(entry.number);
}

/** Shows one export's requests. */
export function filterBy(text) {
    $("journal-text").value = text;
    filter.text = text.toLowerCase();
    drawJournal();
}

/** Brings the tenants that there are into the choice. */
export function drawTenantChoice() {
    const choice = $("journal-tenant");
    const hints = [...new Set([...model.tenants.values()].map((tenant) => tenant.accessToken))];
    if (choice.options.length === hints.length + 1) return;
    choice.replaceChildren(
        h("option", {value: ""}, "any tenant"),
        ...hints.map((hint) => h("option", {value: hint}, hint)),
    );
    choice.value = hints.includes(filter.tenant) ? filter.tenant : "";
}

function choice(id, label, name, options) {
    return h(
        "select",
        {
            id,
            "aria-label": label,
            onchange: (event) => {
                filter[name] = event.target.value;
                drawJournal();
            },
        },
        ...options.map(([value, text]) => h("option", {value}, text)),
    );
}

export function startJournal(select) {
    onSelect = select;
    list = new List($("journal"), {
        rowHeight: 32,
        label: "Requests, the newest first",
        make: makeRow,
        fill: fillRow,
        key: (entry) => entry.number,
    });
    $("journal-filters").append(
        choice("journal-operation", "Operation", "operation", [
            ["", "any operation"],
            ["add", "add"],
            ["getAll", "getAll"],
            ["download", "download"],
            ["other", "other"],
        ]),
        choice("journal-status", "Status", "status", [
            ["", "any status"],
            ["2", "2xx"],
            ["3", "3xx"],
            ["4", "4xx"],
            ["5", "5xx"],
        ]),
        choice("journal-tenant", "Tenant", "tenant", [["", "any tenant"]]),
        h("input", {
            id: "journal-text",
            type: "search",
            placeholder: "text, export id",
            "aria-label": "Text in path, reasons or ids",
            oninput: (event) => {
                filter.text = event.target.value.trim().toLowerCase();
                drawJournal();
            },
        }),
    );
    $("journal-filters").addEventListener("submit", (event) => event.preventDefault());
}
