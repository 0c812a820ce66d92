// The fields that the page's form sends and drafts.js keeps.

import { EMPTY, Reading } from "./flat.js";
import { anchorsOf, pendingOf } from "./anchors.js";
import { decisionsOf } from "./deciding.js";
import { flatOfNotation } from "./notation.js";
import { trackingKey } from "./tracking.js";

const isFlat = (text) => text.startsWith('{"text":');

/** @param {import("prosemirror-state").EditorState} state */
export function valueOf(state) {
  const reading = Reading.of(state.doc);
  const others = pendingOf(state);
  const own = trackingKey.getState(state);
  if (own) {
    // What others suggest is of the version that was opened, and so are one's own suggestions.
    const theirs = others.map((each) => ({ id: each.id, ...each.given, with: each.with }));
    return { ...own.base.part(), changes: sorted([...theirs, ...own.flat]) };
  }
  const changes = others.map(({ id, from, to, with: becomes }) => ({ id, start: reading.offset(from), end: reading.offset(to), with: becomes }));
  return { ...reading.part(), changes: sorted(changes) };
}

const sorted = (changes) => changes.sort((one, other) => one.start - other.start || one.end - other.end);

export class Fields {
  /** @param {HTMLElement} root @param {() => import("prosemirror-state").EditorState} state @param {(flat: object, decisions: object) => void} fill */
  constructor(root, state, fill) {
    const named = (name) => root.querySelector(`[name="${name}"]`);
    this.body = root.querySelector("textarea");
    this.format = named("body_format");
    this.decisions = named("decisions");
    this.state = state;
    this.isBehind = false;
    if (!this.body) return;
    // A browser that restores what it had in a field must not restore one of them alone.
    for (const each of [this.body, this.format, this.decisions]) each?.setAttribute("autocomplete", "off");
    const flush = () => this.flush();
    // First of all who listen: what leaves the page has everything in it.
    for (const name of ["submit", "focusout", "pagehide"]) addEventListener(name, flush, true);
    document.addEventListener("visibilitychange", flush, true);
    this.body.form?.addEventListener("draft:filled", () => fill());
  }

  get isFilled() {
    return Boolean(this.body) && (this.format?.value === "flat" || isFlat(this.body.value));
  }

  /** What the fields hold, in either format. @param {object} page the text of the page, which came as plain text as well */
  read(page) {
    try {
      if (this.isFilled) return JSON.parse(this.body.value);
      return this.body.value === this.body.defaultValue ? page : flatOfNotation(this.body.value);
    } catch {
      return EMPTY;
    }
  }

  /** @returns {Record<string, {decision: string}>} */
  decided() {
    try {
      const decisions = Object.entries(JSON.parse(this.decisions?.value || "{}"));
      return Object.fromEntries(decisions.map(([id, decision]) => [id, { decision }]));
    } catch {
      return {};
    }
  }

  /** The text has changed: tell the fields before the next frame is drawn. */
  changed() {
    if (!this.body || this.isBehind) return;
    this.isBehind = true;
    requestAnimationFrame(() => this.flush());
  }

  flush() {
    if (!this.isBehind) return;
    this.isBehind = false;
    this.body.value = JSON.stringify(valueOf(this.state()));
    if (this.format) this.format.value = "flat";
    if (this.decisions) this.decisions.value = JSON.stringify(decisionsOf(this.state().doc));
    this.body.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
