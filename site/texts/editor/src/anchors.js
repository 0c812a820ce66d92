// What stays with the words that it is about while the text changes: threads, and suggestions that wait for a decision.

import { isHistoryTransaction } from "prosemirror-history";
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { Reading } from "./flat.js";
import { drawSuggestion } from "./drawing.js";

/** @typedef {{id: string, kind: "thread" | "suggestion", from: number, to: number, number?: number,
 *    given: {start: number, end: number}, with?: import("./flat.js").Flat, isUnsure: boolean}} Anchor */

const REMEMBERED = 300;

export const anchorsKey = new PluginKey("anchors");
/** What a transaction tells of the suggestions that it makes: {"12": {from, to}}. */
export const PLACED = "placed";

/** @param {import("prosemirror-state").EditorState} state @returns {Anchor[]} */
export const anchorsOf = (state) => anchorsKey.getState(state).anchors;

/** Suggestions of others that nobody has decided on. @returns {Anchor[]} */
export const pendingOf = (state) => anchorsOf(state).filter(({ id, kind }) => kind === "suggestion" && !state.doc.attrs.decisions[id]);

/** @returns {Anchor[]} of a flat text as the page or a draft has it */
export function anchorsIn(doc, { changes = [], threads = [] }) {
  const reading = Reading.of(doc);
  const place = ({ id, start, end, certain }) => {
    const from = reading.position(start);
    return { id: String(id), given: { start, end }, from, to: end > start ? Math.max(from, reading.position(end)) : from, isUnsure: certain === false };
  };
  const talks = threads.map((each, at) => ({ ...place(each), kind: "thread", number: each.number ?? at + 1 }));
  return [...changes.map((each) => ({ ...place(each), kind: "suggestion", with: each.with })), ...talks];
}

function mapped(anchor, tr, wasDecided) {
  const { from, to } = anchor;
  // Deciding replaces the very words; any other change at an edge stays outside.
  const inward = wasDecided ? -1 : 1;
  const start = tr.mapping.mapResult(from, from === to ? -1 : inward);
  const end = tr.mapping.mapResult(to, from === to ? -1 : -inward);
  if (wasDecided) return { ...anchor, from: tr.mapping.map(from, -1), to: tr.mapping.map(to, 1) };
  const isLost = start.pos > end.pos || (from < to && start.pos === end.pos) || (from === to && start.deletedAcross);
  const isUnsure = anchor.isUnsure || isLost || (anchor.kind === "suggestion" && touches(tr, from, to));
  return { ...anchor, from: Math.min(start.pos, end.pos), to: Math.max(start.pos, end.pos), isUnsure };
}

/** Whether a transaction changes what is between two positions of the document before it. */
function touches(tr, from, to) {
  return tr.mapping.maps.some((map, at) => {
    const back = tr.mapping.slice(0, at);
    const [start, end] = [back.map(from, 1), back.map(to, -1)];
    let isInside = false;
    map.forEach((a, b) => (isInside ||= a < end && b > start));
    return isInside;
  });
}

function next(tr, value) {
  const reset = tr.getMeta(anchorsKey);
  if (reset) return { anchors: reset, past: [] };
  if (!tr.docChanged) return value;
  const past = [...value.past.slice(-REMEMBERED), { doc: tr.before, anchors: value.anchors }];
  // Undoing brings the words back, but what was about them has nothing left to hold on to: look where it was.
  const earlier = isHistoryTransaction(tr) && past.findLast(({ doc }) => doc.eq(tr.doc));
  if (earlier) return { anchors: earlier.anchors, past };
  const [before, after] = [tr.before.attrs.decisions, tr.doc.attrs.decisions];
  const placed = tr.getMeta(PLACED) || {};
  const anchors = value.anchors.map((each) => {
    const isSuggestion = each.kind === "suggestion";
    if (isSuggestion && placed[each.id]) return { ...each, ...placed[each.id] };
    return mapped(each, tr, isSuggestion && before[each.id] !== after[each.id]);
  });
  return { anchors, past };
}

function numberOf({ id, number }, name) {
  return () => {
    const link = document.createElement("a");
    link.className = "anchor__number";
    link.href = `#thread-${id}`;
    link.textContent = String(number);
    link.setAttribute("aria-label", name.replace("{n}", number));
    link.contentEditable = "false";
    return link;
  };
}

function drawThread(anchor, labels) {
  const { id, from, to, number, isUnsure } = anchor;
  if (from === to) return [];
  const look = { class: isUnsure ? "anchor anchor--unsure" : "anchor", "data-thread": id };
  return [Decoration.inline(from, to, look), Decoration.widget(to, numberOf(anchor, labels.thread), { side: 1, key: `thread-${id}-${number}` })];
}

/** @param {Anchor[]} anchors @param {Record<string, string>} labels */
export function anchorsPlugin(anchors, labels) {
  let drawn = { set: DecorationSet.empty };
  return new Plugin({
    key: anchorsKey,
    state: { init: () => ({ anchors, past: [] }), apply: next },
    props: {
      decorations(state) {
        const now = anchorsOf(state);
        if (drawn.now === now && drawn.doc === state.doc) return drawn.set;
        const pending = new Set(pendingOf(state));
        const each = (anchor) => {
          if (anchor.kind === "thread") return drawThread(anchor, labels);
          return pending.has(anchor) ? drawSuggestion(state.doc, anchor, labels) : [];
        };
        drawn = { now, doc: state.doc, set: DecorationSet.create(state.doc, now.flatMap(each)) };
        return drawn.set;
      },
    },
  });
}
