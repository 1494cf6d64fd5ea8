// All that is known of the chosen export.

import {admin, adminCurl, curl} from "./api.js";
import {bytes, calmly, h, instant, plural, redraw, stateChip} from "./dom.js";
import {STATES} from "./model.js";

/** What was fetched of a file, as a picture and in words. */
function ranges(file) {
    const {Ranges: spans} = file.Downloads;
    const size = file.SizeInBytes;
    const words =
        spans.length === 0
            ? "nothing fetched yet"
            : spans.length === 1 && spans[0][0] === 0 && spans[0][1] >= size
              ? "all fetched"
              : spans
                    .map(([from, to]) => `${from.toLocaleString("en")}–${to.toLocaleString("en")}`)
                    .join(", ");
    const marks = spans.map(([from, to]) => {
        const mark = h("span", {class: "range-got"});
        mark.style.left = `${(from / size) * 100}%`;
        mark.style.width = `${Math.max(0.5, ((to - from) / size) * 100)}%`;
        return mark;
    });
    return h(
        "div",
        {},
        h("div", {class: "range", "aria-hidden": "true"}, ...marks),
        h("span", {class: "quiet small"}, words),
    );
}

function fileRow(file, index, tools) {
    const {RequestCount: asked, CompletedCount: done, SentBytes: sent} = file.Downloads;
    return h(
        "tr",
        {},
        h("th", {scope: "row"}, `${index + 1}`),
        h("td", {}, bytes(file.SizeInBytes)),
        h("td", {}, `${plural(asked, "request")}, ${done} to the end, ${bytes(sent)} sent`, ranges(file)),
        h(
            "td",
            {class: "nowrap"},
            h(
                "button",
                {
                    type: "button",
                    onclick: () => tools.copy(file.Url),
                    "aria-label": `Copy the link of file ${index + 1}`,
                },
                "link",
            ),
            " ",
            h(
                "button",
                {
                    type: "button",
                    onclick: () => tools.copy(curl("GET", file.Url)),
                    "aria-label": `Copy file ${index + 1} as curl`,
                },
                "curl",
            ),
        ),
    );
}

function fileTable(item, tools) {
    if (item.Status !== "Success")
        return h("p", {class: "quiet"}, "Files are there while the state is Success.");
    if (item.Files.length === 0) return h("p", {class: "quiet"}, "This export has no files.");
    return h(
        "div",
        {class: "scroll", tabindex: "0", role: "region", "aria-label": "Files"},
        h(
            "table",
            {},
            h(
                "thead",
                {},
                h(
                    "tr",
                    {},
                    ["File", "Size", "Downloads", "Copy"].map((name) => h("th", {scope: "col"}, name)),
                ),
            ),
            h(
                "tbody",
                {},
                item.Files.map((file, i) => fileRow(file, i, tools)),
            ),
        ),
    );
}

function forceButtons(item, tools) {
    return h(
        "div",
        {class: "filters", role: "group", "aria-label": "Force a state"},
        STATES.map((state) =>
            h(
                "button",
                {
                    type: "button",
                    class: "chip",
                    "data-state": state,
                    "data-force": state,
                    "aria-pressed": item.Status === state,
                    onclick: () =>
                        tools.run(`forced ${state}`, "PUT", `/exports/${item.Id}/state`, {Status: state}),
                },
                state,
            ),
        ),
    );
}

function facts(item) {
    const plan = item.Plan;
    const rows = [
        ["Id", h("code", {class: "break"}, item.Id)],
        [
            "Tenant",
            h("span", {}, h("code", {}, item.AccessToken), " as client ", h("code", {}, item.ClientToken)),
        ],
        ["Created", instant(item.CreatedUtc) + (item.Planted ? ", planted" : "")],
        [
            "Plan",
            `Pending ${plan.Pending ?? "without end"}, Processing ${plan.Processing ?? "without end"}, then ${plan.Outcome}, kept ${plan.Kept}` +
                (plan.PollsLeft ? `; ${plural(plan.PollsLeft, "poll")} to go` : ""),
        ],
    ];
    if (item.Filters) rows.push(["Filters", h("code", {class: "break"}, JSON.stringify(item.Filters))]);
    if (item.Scope) rows.push(["Scope", h("code", {class: "break"}, JSON.stringify(item.Scope))]);
    return h(
        "dl",
        {},
        rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    );
}

export function exportPanel(box, tools) {
    let id = null;

    function draw(item) {
        const body = {ExportIds: [item.Id], ClientToken: "…", AccessToken: "…", Client: "curl 1.0"};
        redraw(
            box,
            h("h3", {}, item.EntityType, " ", stateChip(item.Status)),
            facts(item),
            h("h4", {}, "Transitions"),
            h(
                "ol",
                {class: "steps"},
                item.Transitions.map((step) => h("li", {}, stateChip(step.Status), " ", instant(step.AtUtc))),
            ),
            h("h4", {}, "Force a state"),
            forceButtons(item, tools),
            h("h4", {}, "Files"),
            fileTable(item, tools),
            h(
                "p",
                {class: "filters"},
                h("button", {type: "button", onclick: () => tools.filterJournal(item.Id)}, "Its requests"),
                h(
                    "button",
                    {type: "button", onclick: () => tools.copy(adminCurl("GET", `/exports/${item.Id}`))},
                    "Copy as curl",
                ),
                h(
                    "button",
                    {
                        type: "button",
                        onclick: () =>
                            tools.copy(
                                curl("POST", "/api/connector/v1/exports/getAll", {
                                    body: JSON.stringify(body),
                                    fields: {"Content-Type": "application/json"},
                                }),
                            ),
                    },
                    "Copy getAll as curl",
                ),
            ),
        );
    }

    async function load() {
        const wanted = id;
        if (!wanted) return;
        try {
            const item = await admin("GET", `/exports/${wanted}`);
            if (wanted === id) draw(item);
        } catch (error) {
            if (wanted === id)
                box.replaceChildren(
                    h("p", {class: "empty"}, error.status === 404 ? "This export is gone." : error.message),
                );
        }
    }

    const soon = calmly(120, load);
    box.append(h("p", {class: "empty"}, "Choose an export to see its files and to force its state."));
    return {
        show: (chosen) => {
            id = chosen;
            return load();
        },
        changed: (what) => {
            if (id && (what === `export:${id}` || what === "clock" || what === "reset")) soon();
        },
    };
}
