// What the client under test did, judged: findings as they arise.

import {adminCurl} from "./api.js";
import {calmly, h, plural, redraw} from "./dom.js";
import {listen, loadFindings, model} from "./model.js";

const LEVELS = ["error", "warning", "info"];

function finding(of, tools) {
    return h(
        "li",
        {class: "finding", "data-level": of.level},
        h(
            "p",
            {class: "finding-head"},
            h("span", {class: "chip", "data-level": of.level}, of.level),
            " ",
            h("strong", {}, of.rule),
            of.count > 1 ? h("span", {class: "quiet"}, ` ${of.count} times`) : null,
        ),
        h("p", {}, `${of.summary}: ${of.detail}`),
        h("p", {class: "quiet small"}, `${of.why}. Source: ${of.source}`),
        h(
            "p",
            {class: "filters"},
            of.evidence.map((at) =>
                h("button", {type: "button", onclick: () => tools.showRequest(at.request)}, `#${at.request}`),
            ),
            of.exportId
                ? h(
                      "button",
                      {type: "button", onclick: () => tools.showExport(of.exportId)},
                      `Export ${of.exportId.slice(0, 8)}`,
                  )
                : null,
            of.accessToken ? h("span", {class: "quiet small"}, `tenant ${of.accessToken}`) : null,
        ),
    );
}

export function conductPanel(box, tools) {
    const load = () => loadFindings().catch(() => {});
    const soon = calmly(700, load);
    const later = calmly(3000, load); // what only the end shows comes with states, not with requests

    function draw() {
        const findings = [...model.findings].sort(
            (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
        );
        const {errors, warnings, infos} = model.conduct;
        redraw(
            box,
            h("h3", {}, "Conduct"),
            h(
                "p",
                {},
                findings.length
                    ? `${plural(errors, "error")}, ${plural(warnings, "warning")}, ${plural(infos, "info")}`
                    : "Nothing to say against the client so far.",
            ),
            h(
                "ul",
                {class: "findings", "aria-label": "Findings"},
                findings.map((of) => finding(of, tools)),
            ),
            h(
                "p",
                {class: "filters"},
                h(
                    "button",
                    {type: "button", onclick: () => tools.copy(adminCurl("GET", "/conduct"))},
                    "Copy as curl",
                ),
            ),
        );
        tools.badge("conduct", errors + warnings);
    }

    listen((what) => {
        if (what === "findings") draw();
        else if (what === "finding" || what === "reset") soon();
        else if (what === "exports") later();
    });
    draw();
    return {show: () => {}, changed: () => {}};
}
