// One request: what was asked, what was answered, and why.

import {admin, curl} from "./api.js";
import {bytes, h, instant} from "./dom.js";
import {endOf} from "./journal.js";
import {model} from "./model.js";

function pretty(text, isCut) {
    let shown = text;
    try {
        shown = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
        // cut, or no JSON: as it is
    }
    return h("pre", {tabindex: "0"}, shown + (isCut ? "\n… (only the beginning is kept)" : ""));
}

/** The journal holds no credentials: the public demo tokens are put back, others are left to fill in. */
function withTokens(text) {
    return (text ?? "").replace(/"(ClientToken|AccessToken)"\s*:\s*"([^"]*)…"/g, (_, name, start) => {
        const known = model.about.demoTokens.find((pair) => start && pair[name].startsWith(start));
        return `"${name}":"${known ? known[name] : `YOUR-${name}`}"`;
    });
}

async function commandOf(entry) {
    const fields = {};
    if (entry.headers.contentType) fields["Content-Type"] = entry.headers.contentType;
    if (entry.headers.range) fields.Range = entry.headers.range;
    if (entry.operation !== "download")
        return curl(entry.method, entry.path, {
            body: entry.requestBody ? withTokens(entry.requestBody) : undefined,
            fields,
        });
    const item = await admin("GET", `/exports/${entry.exportIds[0]}`);
    const file = item.Files[entry.file - 1];
    if (!file) throw new Error("The file has no link now: its export is not in the state Success.");
    return curl("GET", file.Url, {fields});
}

function facts(entry) {
    const rows = [
        ["At", `${instant(entry.at)} (virtual)`],
        ["Tenant", entry.accessToken ? h("code", {}, entry.accessToken) : "not known"],
        ["Client", entry.headers.userAgent ?? "no User-Agent"],
        [
            "Answer",
            `${entry.status}, ${bytes(entry.length)}${entry.offset ? ` from byte ${entry.offset.toLocaleString("en")}` : ""} ${endOf(entry)}`,
        ],
    ];
    if (entry.headers.range) rows.push(["Range", h("code", {}, entry.headers.range)]);
    if (entry.retryAfterSeconds !== null) rows.push(["Retry-After", `${entry.retryAfterSeconds} s`]);
    if (entry.attempt) rows.push(["Attempt", `${entry.attempt}`]);
    if (entry.faults.length) rows.push(["Faults", `of the scenario that fired: ${entry.faults.join(", ")}`]);
    rows.push(["Request-Id", h("code", {class: "break"}, entry.requestId)]);
    return h(
        "dl",
        {},
        rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    );
}

export function requestPanel(box, tools) {
    function draw(entry) {
        box.replaceChildren(
            h(
                "h3",
                {},
                `#${entry.number} ${entry.method ?? ""} `,
                h("code", {class: "break"}, entry.path ?? "not sound HTTP"),
            ),
            h("h4", {}, "Why it was answered so"),
            h(
                "ul",
                {class: "why"},
                (entry.why.length ? entry.why : ["no reason was noted"]).map((reason) => h("li", {}, reason)),
            ),
            facts(entry),
            h(
                "p",
                {class: "filters"},
                h(
                    "button",
                    {
                        type: "button",
                        onclick: () =>
                            commandOf(entry).then(tools.copy, (error) => tools.toast(error.message, "error")),
                    },
                    "Copy as curl",
                ),
                ...entry.exportIds
                    .slice(0, 8)
                    .map((id) =>
                        h(
                            "button",
                            {type: "button", onclick: () => tools.showExport(id)},
                            `Export ${id.slice(0, 8)}`,
                        ),
                    ),
            ),
            ...(entry.requestBody
                ? [h("h4", {}, "Request body"), pretty(entry.requestBody, entry.requestBodyIsCut)]
                : []),
            ...(entry.answerBody
                ? [h("h4", {}, "Answer body"), pretty(entry.answerBody, entry.answerBodyIsCut)]
                : []),
        );
    }

    box.append(h("p", {class: "empty"}, "Choose a request of the journal to see why it was answered so."));
    return {
        show: async (number) => {
            const {requests} = await admin("GET", `/requests?after=${number - 1}&limit=1&bodies=true`);
            if (requests[0]?.number === number) draw(requests[0]);
            else
                box.replaceChildren(
                    h("p", {class: "empty"}, `Request #${number} is no longer in the journal.`),
                );
        },
        changed: () => {},
    };
}
