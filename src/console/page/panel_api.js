// The OpenAPI document, readable.

import {admin, adminCurl} from "./api.js";
import {h} from "./dom.js";

const METHODS = ["get", "put", "post", "delete"];

const last = (ref) => ref.split("/").at(-1);

/** A schema in a few words. */
function typeOf(schema) {
    if (!schema) return "";
    if (schema.$ref) return last(schema.$ref);
    if (schema.oneOf || schema.anyOf) return (schema.oneOf ?? schema.anyOf).map(typeOf).join(" or ");
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(", ");
    if (schema.type === "array") return `list of ${typeOf(schema.items)}`;
    const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "anything");
    return schema.format ? `${type} (${schema.format})` : type;
}

function exampleOf(content) {
    const media = Object.values(content ?? {})[0];
    const example = media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
    if (example === undefined) return null;
    return h(
        "pre",
        {tabindex: "0"},
        typeof example === "string" ? example : JSON.stringify(example, null, 2),
    );
}

function operationBox(method, path, operation) {
    const media = Object.values(operation.requestBody?.content ?? {})[0];
    return h(
        "details",
        {class: "operation"},
        h(
            "summary",
            {},
            h("span", {class: "method"}, method.toUpperCase()),
            " ",
            h("code", {class: "break"}, path),
            " ",
            h("span", {class: "quiet"}, operation.summary ?? ""),
        ),
        operation.description ? h("p", {}, operation.description) : null,
        operation.parameters?.length
            ? h(
                  "ul",
                  {},
                  operation.parameters.map((parameter) =>
                      h(
                          "li",
                          {},
                          h("code", {}, parameter.name ?? last(parameter.$ref)),
                          ` ${parameter.description ?? ""}`,
                      ),
                  ),
              )
            : null,
        media
            ? h(
                  "div",
                  {},
                  h("h5", {}, `Body: ${typeOf(media.schema)}`),
                  exampleOf(operation.requestBody.content),
              )
            : null,
        Object.entries(operation.responses).map(([status, answer]) =>
            h(
                "div",
                {},
                h("h5", {}, `${status} ${answer.description ?? (answer.$ref ? last(answer.$ref) : "")}`),
                exampleOf(answer.content),
            ),
        ),
    );
}

function schemaBox(name, schema) {
    return h(
        "details",
        {class: "operation"},
        h("summary", {}, h("code", {}, name), " ", h("span", {class: "quiet"}, schema.description ?? "")),
        h(
            "dl",
            {},
            Object.entries(schema.properties ?? {}).flatMap(([property, of]) => [
                h(
                    "dt",
                    {},
                    h("code", {}, property),
                    schema.required?.includes(property) ? h("span", {class: "quiet"}, " required") : null,
                ),
                h("dd", {}, typeOf(of), of.description ? `: ${of.description}` : ""),
            ]),
        ),
    );
}

export function apiPanel(box, tools) {
    let shown = false;

    function draw(document) {
        const tags = document.tags ?? [];
        const operations = Object.entries(document.paths).flatMap(([path, item]) =>
            METHODS.filter((method) => item[method]).map((method) => ({
                method,
                path,
                operation: item[method],
            })),
        );
        box.replaceChildren(
            h("h3", {}, document.info.title),
            h("p", {class: "quiet"}, document.info.description ?? ""),
            h(
                "p",
                {class: "filters"},
                h(
                    "button",
                    {type: "button", onclick: () => tools.copy(adminCurl("GET", "/openapi.json"))},
                    "Copy as curl",
                ),
            ),
            ...tags
                .flatMap((tag) => [
                    h("h4", {}, tag.name),
                    tag.description ? h("p", {class: "quiet"}, tag.description) : null,
                    ...operations
                        .filter(({operation}) => operation.tags?.includes(tag.name))
                        .map(({method, path, operation}) => operationBox(method, path, operation)),
                ])
                .filter(Boolean),
            h("h4", {}, "Shapes"),
            ...Object.entries(document.components?.schemas ?? {}).map(([name, schema]) =>
                schemaBox(name, schema),
            ),
        );
    }

    return {
        show: async () => {
            if (shown) return;
            try {
                draw(await admin("GET", "/openapi.json"));
                shown = true;
            } catch (refusal) {
                box.replaceChildren(h("p", {class: "empty"}, refusal.message));
            }
        },
        changed: () => {},
    };
}
