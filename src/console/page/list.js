// A long list of which only what is in sight is in the page.

import {h} from "./dom.js";

const MARGIN_ROWS = 6;

/**
 * make() gives a row element (a list item), fill(row, item) writes an item into it, and key(item)
 * tells items apart. Rows are used again, so nothing flickers.
 */
export class List {
    constructor(box, {rowHeight, label, make, fill, key}) {
        Object.assign(this, {box, rowHeight, make, fill, key, items: [], rows: new Map(), spare: []});
        this.inner = h("ul", {class: "list-inner", "aria-label": label});
        box.append(this.inner);
        box.addEventListener("scroll", () => this.draw(), {passive: true});
        box.addEventListener("keydown", (event) => this.onKey(event));
        new ResizeObserver(() => this.draw()).observe(box);
    }

    setItems(items) {
        this.items = items;
        this.inner.style.height = `${items.length * this.rowHeight}px`;
        this.draw();
    }

    /** Writes the rows in sight. */
    draw() {
        const first = Math.max(0, Math.floor(this.box.scrollTop / this.rowHeight) - MARGIN_ROWS);
        const last = Math.min(
            this.items.length,
            Math.ceil((this.box.scrollTop + this.box.clientHeight) / this.rowHeight) + MARGIN_ROWS,
        );
        const wanted = new Map();
        for (let i = first; i < last; i++) wanted.set(this.key(this.items[i]), i);
        for (const [key, row] of this.rows) {
            if (wanted.has(key)) continue;
            this.rows.delete(key);
            if (row.contains(document.activeElement)) document.activeElement.blur();
            row.hidden = true;
            this.spare.push(row);
        }
        for (const [key, i] of wanted) this.place(key, i);
        this.order(wanted);
    }

    /** Rows stand in the page as they are seen, for who goes by keys or listens; the one at hand stays. */
    order(wanted) {
        let next = this.inner.firstElementChild;
        for (const key of wanted.keys()) {
            const row = this.rows.get(key);
            while (next?.hidden) next = next.nextElementSibling;
            if (row === next) next = next.nextElementSibling;
            else if (!row.contains(document.activeElement)) this.inner.insertBefore(row, next);
        }
    }

    place(key, i) {
        let row = this.rows.get(key);
        if (!row) {
            row = this.spare.pop() ?? this.make();
            row.hidden = false;
            if (!row.isConnected) this.inner.append(row);
            this.rows.set(key, row);
        }
        const top = `${i * this.rowHeight}px`;
        if (row.style.top !== top) {
            row.style.top = top;
            row.setAttribute("aria-setsize", this.items.length);
            row.setAttribute("aria-posinset", i + 1);
        }
        row.item = this.items[i];
        this.fill(row, this.items[i]);
    }

    /** Arrow keys go from row to row. */
    onKey(event) {
        const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
        if (!step) return;
        const row = document.activeElement?.closest("li");
        const at = row?.item ? this.items.findIndex((item) => this.key(item) === this.key(row.item)) : -1;
        const next = this.items[Math.max(0, Math.min(this.items.length - 1, at + step))];
        if (!next) return;
        event.preventDefault();
        this.reveal(next);
        this.rows.get(this.key(next))?.querySelector("button")?.focus();
    }

    reveal(item) {
        const i = this.items.findIndex((other) => this.key(other) === this.key(item));
        if (i < 0) return;
        const top = i * this.rowHeight;
        if (top < this.box.scrollTop) this.box.scrollTop = top;
        else if (top + this.rowHeight > this.box.scrollTop + this.box.clientHeight)
            this.box.scrollTop = top + this.rowHeight - this.box.clientHeight;
        this.draw();
    }
}
