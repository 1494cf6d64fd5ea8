// Scenarios: read, choose, edit; mistakes are shown where they are.

import {admin, adminCurl, forTenant} from "./api.js";
import {h, setText} from "./dom.js";
import {locate} from "./locate.js";
import {listen, model} from "./model.js";

const written = (scenario) =>
    JSON.stringify(scenario, null, 2).replace(
        /\[\s+([\d"][^[\]{}]{0,60}?)\s+\]/g,
        (_, inner) => `[${inner.replace(/\s+/g, " ")}]`,
    );

function editor() {
    const text = h("textarea", {
        id: "scenario-text",
        spellcheck: "false",
        rows: "18",
        "aria-label": "The scenario as JSON",
        autocapitalize: "off",
    });
    const numbers = h("pre", {class: "line-numbers", "aria-hidden": "true"});
    let wrongLine = 0;
    const draw = () => {
        const count = text.value.split("\n").length;
        numbers.replaceChildren(
            ...Array.from({length: count}, (_, i) =>
                h("span", {class: i + 1 === wrongLine ? "wrong" : ""}, `${i + 1}\n`),
            ),
        );
        numbers.scrollTop = text.scrollTop;
    };
    text.addEventListener("input", () => mark(null));
    text.addEventListener("scroll", () => (numbers.scrollTop = text.scrollTop));

    /** Shows a mistake at {start, end}; null: none. */
    function mark(place, isWrong = place !== null) {
        wrongLine = place ? text.value.slice(0, place.start).split("\n").length : 0;
        text.toggleAttribute("aria-invalid", isWrong);
        if (isWrong) text.setAttribute("aria-invalid", "true");
        draw();
        if (!place) return;
        text.focus();
        text.setSelectionRange(place.start, place.end);
        text.scrollTop = Math.max(0, (wrongLine - 4) * parseFloat(getComputedStyle(text).lineHeight));
    }
    return {element: h("div", {class: "editor"}, numbers, text), text, mark, draw};
}

export function scenarioPanel(box, tools) {
    const edit = editor();
    const choice = h("select", {id: "scenario-choice"});
    const about = h("p", {id: "scenario-about"});
    const inForce = h("p", {id: "scenario-in-force"});
    const tenant = h("input", {id: "scenario-tenant", placeholder: "everybody", autocomplete: "off"});
    const error = h("p", {class: "error", role: "alert", id: "scenario-error", hidden: true});
    let scenarios = [];

    edit.text.setAttribute("aria-describedby", "scenario-error");
    const clean = () => {
        error.hidden = true;
        edit.mark(null, false);
    };
    function open(scenario) {
        edit.text.value = written(scenario);
        clean();
        setText(about, scenario.description ?? "");
        if (scenario.expect)
            about.append(" ", h("span", {class: "chip"}, `a sound client: ${scenario.expect}`));
    }
    async function put(body, said) {
        clean();
        const path = `/scenario${forTenant(tenant.value)}`;
        try {
            await admin("PUT", path, body);
            tools.toast(said, "good", adminCurl("PUT", path, body));
        } catch (refusal) {
            error.hidden = false;
            setText(error, refusal.message);
            edit.mark(locate(edit.text.value, refusal.message), true);
        }
    }
    async function clear() {
        clean();
        await tools.run("cleared the scenario", "DELETE", `/scenario${forTenant(tenant.value)}`);
    }
    const drawInForce = () => {
        const name = model.scenario?.name;
        inForce.replaceChildren(
            "In force for everybody: ",
            h(
                "strong",
                {},
                name || (Object.keys(model.scenario ?? {}).length ? "one without a name" : "none"),
            ),
        );
    };

    async function load() {
        if (scenarios.length) return;
        ({scenarios} = await admin("GET", "/scenarios"));
        choice.replaceChildren(
            ...scenarios.map((scenario, i) => h("option", {value: String(i)}, scenario.name)),
        );
        const now = scenarios.findIndex((scenario) => scenario.name === model.scenario?.name);
        choice.value = String(Math.max(0, now));
        open(
            now < 0 && Object.keys(model.scenario ?? {}).length
                ? model.scenario
                : scenarios[Math.max(0, now)],
        );
    }

    choice.addEventListener("change", () => open(scenarios[choice.value]));
    edit.text.addEventListener("input", () => (error.hidden = true));
    box.append(
        h("h3", {}, "Scenario"),
        inForce,
        h(
            "div",
            {class: "form"},
            h("label", {for: "scenario-choice"}, "Built in"),
            choice,
            about,
            h("label", {for: "scenario-tenant"}, "For the AccessToken (empty: everybody)"),
            tenant,
            edit.element,
            error,
            h(
                "p",
                {class: "filters"},
                h(
                    "button",
                    {
                        type: "button",
                        class: "primary",
                        id: "scenario-put",
                        onclick: () => put(edit.text.value, "The scenario is in force."),
                    },
                    "Put in force",
                ),
                h("button", {type: "button", id: "scenario-clear", onclick: clear}, "None"),
                h(
                    "button",
                    {type: "button", onclick: () => open(model.scenario ?? {})},
                    "Edit what is in force",
                ),
                h(
                    "button",
                    {
                        type: "button",
                        onclick: () =>
                            tools.copy(
                                adminCurl("PUT", `/scenario${forTenant(tenant.value)}`, edit.text.value),
                            ),
                    },
                    "Copy as curl",
                ),
            ),
        ),
    );
    listen((what) => what === "scenario" && drawInForce());
    drawInForce();
    return {show: () => load().catch((refusal) => tools.toast(refusal.message, "error")), changed: () => {}};
}
