// Elements from data, and how instants, bytes and durations are written.

/** An element: h("button", {class: "x", onclick: f, "aria-label": "y"}, "text", child…). */
export function h(tag, props, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props ?? {})) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (name === "value" || name === "checked" || name === "selected") element[name] = value;
        else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
}

export const $ = (id) => document.getElementById(id);

/** Writes a text only when it differs, so that nothing flickers. */
export function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

const two = (n) => String(n).padStart(2, "0");

export function dateOf(ms) {
    const at = new Date(ms);
    return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

export function timeOf(ms) {
    const at = new Date(ms);
    return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
}

/** An instant of the API for people. */
export function instant(text) {
    if (!text) return "not known yet";
    return text.replace("T", " ").replace("Z", "");
}

export function bytes(count) {
    if (count === null || count === undefined) return "?";
    const units = ["B", "KB", "MB", "GB", "TB"];
    let unit = 0;
    while (count >= 1000 && unit < units.length - 1) {
        count /= 1000;
        unit++;
    }
    return `${unit && count < 100 ? count.toFixed(1) : Math.round(count)} ${units[unit]}`;
}

export function plural(count, one, many = `${one}s`) {
    return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** Writes a panel anew; who was on a button stays on it. */
export function redraw(box, ...children) {
    const stops = () => [...box.querySelectorAll("button, [tabindex]")];
    const at = stops().indexOf(document.activeElement);
    box.replaceChildren(...children);
    if (at >= 0) (stops()[at] ?? box).focus({preventScroll: true});
}

export function stateChip(state) {
    return h("span", {class: "chip", "data-state": state}, state);
}

/** Calls f at most once in each gap_ms, also after the last call. */
export function calmly(gap_ms, f) {
    let timer = 0;
    return () => {
        if (timer) return;
        timer = setTimeout(() => {
            timer = 0;
            f();
        }, gap_ms);
    };
}

export async function copy(text, toast) {
    try {
        await navigator.clipboard.writeText(text);
        toast("Copied.");
    } catch {
        toast("The browser does not let this page copy.", "error");
    }
}
