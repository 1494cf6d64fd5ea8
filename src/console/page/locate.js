// Where in a JSON text (with comments) a mistake is, from what the strict reader says.

/** Offsets of every value by its path: {"faults[0].nth": {start, end}}. Reads as far as it can. */
export function places(text) {
    const found = new Map();
    let at = 0;

    function skip() {
        for (;;) {
            while (at < text.length && /\s/.test(text[at])) at++;
            if (text.startsWith("//", at)) at = (text.indexOf("\n", at) + 1 || text.length + 1) - 1;
            else if (text.startsWith("/*", at)) at = (text.indexOf("*/", at) + 2 || text.length + 2) - 0;
            else return;
            if (at >= text.length) return;
        }
    }
    function string() {
        const start = at++;
        while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
        at++;
        try {
            return JSON.parse(text.slice(start, at));
        } catch {
            return "";
        }
    }
    function value(path, from) {
        skip();
        const start = from ?? at;
        if (text[at] === "{") members(path);
        else if (text[at] === "[") elements(path);
        else if (text[at] === '"') string();
        else while (at < text.length && !/[\s,\]}]/.test(text[at])) at++;
        found.set(path, {start, end: at});
    }
    function members(path) {
        at++;
        for (skip(); at < text.length && text[at] !== "}"; skip()) {
            if (text[at] !== '"') return void (at = text.length);
            const start = at;
            const name = string();
            skip();
            if (text[at] === ":") at++;
            value(path ? `${path}.${name}` : name, start);
            skip();
            if (text[at] === ",") at++;
        }
        at++;
    }
    function elements(path) {
        at++;
        for (let i = 0; skip(), at < text.length && text[at] !== "]"; i++) {
            const before = at;
            value(`${path}[${i}]`);
            skip();
            if (text[at] === ",") at++;
            if (at === before) return;
        }
        at++;
    }

    value("");
    return found;
}

/** The part of the text that a message of the server is about: {start, end}; null: the whole. */
export function locate(text, message) {
    const spot = /^line (\d+), column (\d+)/.exec(message);
    if (spot) {
        const lines = text.split("\n");
        const start =
            lines.slice(0, spot[1] - 1).reduce((sum, line) => sum + line.length + 1, 0) + Number(spot[2]) - 1;
        return {start, end: Math.min(text.length, start + 1)};
    }
    const known = places(text);
    let path = /^([\w-]+(?:\[\d+\]|\.[\w-]+)*): /.exec(message)?.[1];
    while (path) {
        if (known.has(path)) return known.get(path);
        path = path.replace(/(\.[\w-]+|\[\d+\]|^[\w-]+)$/, "");
    }
    return null;
}
