// The virtual clock: its face and its controls.

import {$, dateOf, h, plural, setText, timeOf} from "./dom.js";
import {model, nowOf} from "./model.js";

const SPEEDS = [
    ["Freeze", 0],
    ["×1", 1],
    ["×10", 10],
    ["×60", 60],
    ["×3600", 3600],
];
const STEPS = ["10s", "1m", "10m", "1h", "1d", "7d"];

export function drawClock() {
    const now_ms = nowOf();
    setText($("now-date"), dateOf(now_ms));
    setText($("now-time"), timeOf(now_ms));
}

export function drawSpeed() {
    const {speed} = model.clock;
    setText($("speed-now"), speed === 0 ? "frozen" : speed === 1 ? "as fast as real time" : `× ${speed}`);
    $("speed-now").dataset.state = speed === 0 ? "Processing" : "Success";
    const jump = $("jump-to");
    if (document.activeElement !== jump) jump.value = new Date(nowOf()).toISOString().slice(0, 19);
    for (const button of $("speeds").children)
        button.setAttribute("aria-pressed", Number(button.value) === speed);
}

/** The day of the virtual clock. */
export const today = () => dateOf(nowOf());

const crossed = ({transitionCount: count}) => (count ? `, ${plural(count, "transition")} on the way` : "");

export function startClock({run}) {
    $("speeds").append(
        ...SPEEDS.map(([name, speed]) =>
            h(
                "button",
                {
                    type: "button",
                    value: String(speed),
                    "aria-label": speed ? `Run at ${speed} times real time` : "Freeze the clock",
                    onclick: () =>
                        run(speed ? `the clock runs ${name}` : "the clock is frozen", "PUT", "/clock", {
                            speed,
                        }),
                },
                name,
            ),
        ),
    );
    $("advances").append(
        ...STEPS.map((step) =>
            h(
                "button",
                {
                    type: "button",
                    "aria-label": `Advance by ${step}`,
                    onclick: () =>
                        run((answer) => `advanced by ${step}${crossed(answer)}`, "POST", "/clock/advance", {
                            by: step,
                        }),
                },
                `+${step}`,
            ),
        ),
        h(
            "button",
            {
                type: "button",
                id: "next-event",
                class: "primary",
                onclick: () =>
                    run(
                        (answer) =>
                            answer.transitionCount
                                ? `advanced to the next event${crossed(answer)}`
                                : "nothing is planned, the clock stays",
                        "POST",
                        "/clock/advance",
                        {until: "next-event"},
                    ),
            },
            "Until next event",
        ),
    );
    $("jump").addEventListener("submit", (event) => {
        event.preventDefault();
        const now = new Date(`${$("jump-to").value}Z`).toISOString();
        run("the clock is set", "PUT", "/clock", {now});
    });
}
