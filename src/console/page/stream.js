// Server-sent events by fetch(): EventSource cannot send an Authorization field.

import {headers, Refused} from "./api.js";

const RETRY_MAX_MS = 5000;

/** A frame of the stream as {id, event, data}; null for a comment. */
function parse(frame) {
    const fields = {};
    for (const line of frame.split("\n")) {
        const colon = line.indexOf(":");
        if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, "");
    }
    return fields.event ? {id: fields.id, event: fields.event, data: JSON.parse(fields.data ?? "{}")} : null;
}

async function read(response, onFrame) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
        const {done, value} = await reader.read();
        if (done) return;
        const frames = (rest + value).split("\n\n");
        rest = frames.pop();
        for (const frame of frames) {
            const event = parse(frame);
            if (event) onFrame(event);
        }
    }
}

/**
 * Follows /__admin/events for ever: onEvent({event, data}) for each; onState("live" | "gone" |
 * "denied"). Comes again after a break, from the last event it got. wake() tries at once.
 */
export function follow(onEvent, onState) {
    let last = null;
    let pause_ms = 0;
    let wake = () => {};

    async function once() {
        const response = await fetch("/__admin/events", {
            headers: headers(
                last ? {"Last-Event-ID": last, Accept: "text/event-stream"} : {Accept: "text/event-stream"},
            ),
            cache: "no-store",
        });
        if (!response.ok) throw new Refused(response.status, null);
        pause_ms = 0;
        onState("live");
        await read(response, (event) => {
            last = event.id ?? last;
            onEvent(event);
        });
    }

    (async () => {
        for (;;) {
            try {
                await once();
                onState("gone");
            } catch (error) {
                onState(
                    error instanceof Refused && (error.status === 401 || error.status === 403)
                        ? "denied"
                        : "gone",
                );
            }
            pause_ms = Math.min(RETRY_MAX_MS, pause_ms ? pause_ms * 2 : 500);
            await new Promise((resolve) => {
                wake = resolve;
                setTimeout(resolve, pause_ms);
            });
        }
    })();
    return {wake: () => wake()};
}
