// Whose exports and requests there are.

import {adminCurl} from "./api.js";
import {h, redraw} from "./dom.js";
import {listen, model, nowOf} from "./model.js";

export function tenantsPanel(box, tools) {
    function draw() {
        const counts = new Map();
        for (const item of model.exports.values())
            counts.set(item.Tenant, (counts.get(item.Tenant) ?? 0) + 1);
        const tenants = [...model.tenants.values()].sort(
            (a, b) => (counts.get(b.tenant) ?? 0) - (counts.get(a.tenant) ?? 0),
        );
        redraw(
            box,
            h("h3", {}, "Tenants"),
            h(
                "p",
                {class: "quiet"},
                "An AccessToken is a tenant: it has exports, a rate limit, and if it is given one, a clock and a scenario of its own.",
            ),
            h(
                "div",
                {class: "scroll", tabindex: "0", role: "region", "aria-label": "Tenants"},
                h(
                    "table",
                    {},
                    h(
                        "thead",
                        {},
                        h(
                            "tr",
                            {},
                            ["AccessToken", "Exports", "Clock", "Scenario"].map((name) =>
                                h("th", {scope: "col"}, name),
                            ),
                        ),
                    ),
                    h(
                        "tbody",
                        {},
                        tenants.map((tenant) =>
                            h(
                                "tr",
                                {},
                                h(
                                    "th",
                                    {scope: "row"},
                                    h("code", {}, tenant.accessToken),
                                    tenant.isKnown ? h("span", {class: "quiet"}, " known") : null,
                                ),
                                h("td", {}, String(counts.get(tenant.tenant) ?? 0)),
                                h(
                                    "td",
                                    {},
                                    tenant.hasOwnClock
                                        ? `own: ${new Date(nowOf(tenant.tenant)).toISOString().slice(0, 19).replace("T", " ")}, × ${tenant.clock.speed}`
                                        : "the server's",
                                ),
                                h(
                                    "td",
                                    {},
                                    tenant.scenario
                                        ? `${tenant.scenario}${tenant.hasOwnScenario ? " (own)" : ""}`
                                        : "none",
                                ),
                            ),
                        ),
                    ),
                ),
            ),
            h(
                "p",
                {class: "filters"},
                h(
                    "button",
                    {type: "button", onclick: () => tools.copy(adminCurl("GET", "/tenants"))},
                    "Copy as curl",
                ),
            ),
        );
    }
    listen((what) => what === "tenants" && !box.hidden && draw());
    setInterval(() => !box.hidden && model.ownClocksRun && draw(), 1000);
    return {show: draw, changed: (what) => !box.hidden && what === "tenants" && draw()};
}
