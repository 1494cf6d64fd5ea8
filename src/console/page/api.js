// The admin API: requests with the token of this tab, and the same requests for a shell.

const TOKEN_KEY = "exports-mock-admin-token";

export const getToken = () => sessionStorage.getItem(TOKEN_KEY) ?? "";
export const setToken = (token) => sessionStorage.setItem(TOKEN_KEY, token);

/** What the server refused, in its own words. */
export class Refused extends Error {
    constructor(status, body) {
        super(body?.Details ?? body?.Message ?? `the server answered ${status}`);
        this.status = status;
    }
}

export function headers(more = {}) {
    const token = getToken();
    return token ? {...more, Authorization: `Bearer ${token}`} : more;
}

let onUnauthorized = () => {};
export const whenUnauthorized = (f) => (onUnauthorized = f);

async function answerOf(response) {
    const text = await response.text();
    let body = text;
    try {
        body = text ? JSON.parse(text) : null;
    } catch {
        // not JSON: kept as it is
    }
    if (response.status === 401 && response.url.includes("/__admin")) onUnauthorized();
    if (!response.ok) throw new Refused(response.status, body);
    return body;
}

/** Calls an endpoint below /__admin; body is sent as JSON, or as it is when it is a text. */
export async function admin(method, path, body) {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`/__admin${path}`, {
        method,
        headers: headers(),
        body: text,
        cache: "no-store",
    });
    return answerOf(response);
}

/** Calls an operation of the emulated API, as a client would. */
export async function operation(path, body) {
    const response = await fetch(path, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify(body),
        cache: "no-store",
    });
    return answerOf(response);
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A request as a command for a shell. */
export function curl(method, url, {body, fields = {}} = {}) {
    const words = ["curl"];
    if (method !== "GET" && !(method === "POST" && body !== undefined)) words.push("-X", method);
    for (const [name, value] of Object.entries(fields)) words.push("-H", quoted(`${name}: ${value}`));
    if (body !== undefined && body !== null) words.push("--data-binary", quoted(body));
    words.push(quoted(new URL(url, location.origin).href));
    return words.join(" ");
}

/** The same for an endpoint of the admin API; the token stays a variable of the shell. */
export function adminCurl(method, path, body) {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const command = curl(method, `/__admin${path}`, {body: text});
    return getToken() ? command.replace("curl", 'curl -H "Authorization: Bearer $ADMIN_TOKEN"') : command;
}

/** "?accessToken=T" of a token that was given, else "". */
export const forTenant = (token, join = "?") =>
    token ? `${join}accessToken=${encodeURIComponent(token)}` : "";
