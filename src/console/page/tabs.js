// Tabs as the ARIA practices describe them: arrow keys choose, Tab goes into the panel.

import {$, h} from "./dom.js";

export function makeTabs(entries) {
    const bar = $("tabs");
    const tabs = new Map();

    function open(id) {
        for (const [other, {tab, panel}] of tabs) {
            tab.setAttribute("aria-selected", other === id);
            tab.tabIndex = other === id ? 0 : -1;
            panel.hidden = other !== id;
        }
        tabs.get(id).view?.show();
    }
    bar.addEventListener("keydown", (event) => {
        const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
        if (!step) return;
        const ids = [...tabs.keys()];
        const at = ids.findIndex((id) => tabs.get(id).tab === document.activeElement);
        const next = ids[(at + step + ids.length) % ids.length];
        event.preventDefault();
        open(next);
        tabs.get(next).tab.focus();
    });
    for (const [id, name] of entries) {
        const badge = h("span", {class: "badge", hidden: true});
        const tab = h(
            "button",
            {
                type: "button",
                role: "tab",
                id: `tab-${id}`,
                "aria-controls": `panel-${id}`,
                onclick: () => open(id),
            },
            name,
            badge,
        );
        const panel = h("div", {
            role: "tabpanel",
            id: `panel-${id}`,
            class: "panel",
            "aria-labelledby": `tab-${id}`,
            tabindex: "0",
            hidden: true,
        });
        tabs.set(id, {tab, panel, badge});
        bar.append(tab);
        $("panels").append(panel);
    }
    return {
        open,
        panel: (id) => tabs.get(id).panel,
        attach: (id, view) => (tabs.get(id).view = view),
        views: () => [...tabs.values()].map((entry) => entry.view).filter(Boolean),
        badge: (id, count) => {
            const {badge} = tabs.get(id);
            badge.hidden = count === 0;
            badge.textContent = count > 99 ? "99+" : String(count);
        },
    };
}
