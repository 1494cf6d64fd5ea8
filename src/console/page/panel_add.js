// Adds an export by hand: as a client does, or planted in a state.

import {admin, adminCurl, curl, operation} from "./api.js";
import {h} from "./dom.js";
import {model, STATES} from "./model.js";

const PATH = "/api/connector/v1/exports/add";

/** The least that exports/add wants of this entity type at this date. */
function requestOf(values) {
    const body = {
        ClientToken: values.client,
        AccessToken: values.access,
        Client: "exports-mock console 1.0",
        EntityType: values.type,
    };
    if (values.type === "LedgerEntry" && model.about.apiDate >= "2026-04-16") {
        const today = new Date(Date.now()).toISOString().slice(0, 10);
        body.Filters = {
            LedgerEntryFilters: {Posting: {Start: values.day ?? today, End: values.day ?? today}},
        };
    }
    return body;
}

function plantOf(values) {
    return {
        EntityType: values.type,
        Status: values.how,
        ClientToken: values.client,
        ...(values.stranger ? {Stranger: true} : {}),
    };
}

export function addPanel(box, tools) {
    const [demo] = model.about.demoTokens;
    const type = h(
        "select",
        {id: "add-type"},
        model.about.entityTypes.map((name) =>
            h("option", {value: name, selected: name === "Reservation"}, name),
        ),
    );
    const access = h("input", {
        id: "add-access",
        value: demo.AccessToken,
        required: true,
        autocomplete: "off",
    });
    const client = h("input", {
        id: "add-client",
        value: demo.ClientToken,
        required: true,
        autocomplete: "off",
    });
    const how = h(
        "select",
        {id: "add-how"},
        h("option", {value: ""}, "exports/add, as a client does"),
        STATES.map((state) => h("option", {value: state}, `planted as ${state}`)),
    );
    const stranger = h("input", {id: "add-stranger", type: "checkbox"});
    const ofStranger = h(
        "label",
        {class: "check", for: "add-stranger", hidden: true},
        stranger,
        " by another integration, so that it blocks add",
    );
    how.addEventListener("change", () => (ofStranger.hidden = !how.value));
    const error = h("p", {class: "error", role: "alert", id: "add-error", hidden: true});

    const values = () => ({
        type: type.value,
        access: access.value,
        client: client.value,
        how: how.value,
        stranger: stranger.checked,
        day: tools.today(),
    });
    const command = (of) =>
        of.how
            ? adminCurl("POST", `/exports?accessToken=${encodeURIComponent(of.access)}`, plantOf(of))
            : curl("POST", PATH, {
                  body: JSON.stringify(requestOf(of)),
                  fields: {"Content-Type": "application/json"},
              });

    async function add(event) {
        event.preventDefault();
        const of = values();
        error.hidden = true;
        try {
            const answer = of.how
                ? await admin("POST", `/exports?accessToken=${encodeURIComponent(of.access)}`, plantOf(of))
                : await operation(PATH, requestOf(of));
            tools.toast(`${of.type} added.`, "good", command(of));
            tools.showExport((answer.Export ?? answer).Id, false);
        } catch (refusal) {
            error.hidden = false;
            error.textContent = refusal.message;
        }
    }

    box.append(
        h(
            "form",
            {class: "form", id: "add-form", onsubmit: add},
            h("h3", {}, "Add an export"),
            h("label", {for: "add-type"}, "Entity type"),
            type,
            h("label", {for: "add-how"}, "How"),
            how,
            ofStranger,
            h("label", {for: "add-access"}, "AccessToken"),
            access,
            h("label", {for: "add-client"}, "ClientToken"),
            client,
            error,
            h(
                "p",
                {class: "filters"},
                h("button", {class: "primary"}, "Add"),
                h("button", {type: "button", onclick: () => tools.copy(command(values()))}, "Copy as curl"),
            ),
        ),
    );
    return {show: () => {}, changed: () => {}};
}
