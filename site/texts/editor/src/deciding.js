// Accepting and rejecting suggestions. A decision is part of the document: undoing it is one step back.

import { closeHistory } from "prosemirror-history";
import { PLACED, anchorsOf, pendingOf } from "./anchors.js";
import { Reading, replaceWith } from "./flat.js";

/** @typedef {"accepted" | "rejected"} Decision */

const found = (state, id) => anchorsOf(state).find((each) => each.kind === "suggestion" && each.id === id);

/** @param {import("prosemirror-state").EditorState} state @param {string[]} ids @param {Decision} decision */
export function decided(state, ids, decision) {
  const pending = pendingOf(state).filter(({ id }) => ids.includes(id));
  if (!pending.length) return null;
  const tr = closeHistory(state.tr);
  const decisions = { ...state.doc.attrs.decisions };
  const made = [];
  // From the end on, so that the places before stay where they are.
  for (const { id, from, to, with: becomes } of pending.sort((one, other) => other.from - one.from || other.to - one.to)) {
    decisions[id] = { decision };
    if (decision !== "accepted") continue;
    decisions[id].was = Reading.of(state.doc).between(from, to);
    const before = tr.steps.length;
    replaceWith(tr, from, to, becomes);
    made.push({ id, from, to: tr.mapping.slice(before).map(to, 1), after: tr.steps.length });
  }
  return tr.setDocAttribute("decisions", decisions).setMeta(PLACED, placesOf(tr, made));
}

/** Where the words of each are when all are made: beside one another, and none in those of its neighbour. */
function placesOf(tr, made) {
  const places = made.map(({ id, from, to, after }) => {
    const rest = tr.mapping.slice(after);
    return [id, { from: rest.map(from, 1), to: rest.map(to, 1) }];
  });
  return Object.fromEntries(places);
}

/** Take back a decision that was made here; null where it was made elsewhere. */
export function undecided(state, id) {
  const { [id]: made, ...decisions } = state.doc.attrs.decisions;
  const anchor = found(state, id);
  if (!made || !anchor || (made.decision === "accepted" && !made.was)) return null;
  const tr = closeHistory(state.tr);
  if (made.decision === "accepted") replaceWith(tr, anchor.from, anchor.to, made.was);
  return tr.setDocAttribute("decisions", decisions);
}

/** What is told to the server: {"12": "accepted"}. @returns {Record<string, Decision>} */
export const decisionsOf = (doc) => Object.fromEntries(Object.entries(doc.attrs.decisions).map(([id, { decision }]) => [id, decision]));
