// Accepting and rejecting suggestions. A decision is part of the document: undoing it is one step back.

import { closeHistory } from "prosemirror-history";
import { anchorsOf, pendingOf } from "./anchors.js";
import { Reading, replaceWith } from "./flat.js";

/** @typedef {"accepted" | "rejected"} Decision */

const found = (state, id) => anchorsOf(state).find((each) => each.kind === "suggestion" && each.id === id);

/** @param {import("prosemirror-state").EditorState} state @param {string[]} ids @param {Decision} decision */
export function decided(state, ids, decision) {
  const pending = pendingOf(state).filter(({ id }) => ids.includes(id));
  if (!pending.length) return null;
  const tr = closeHistory(state.tr);
  const decisions = { ...state.doc.attrs.decisions };
  // From the end on, so that the places before stay where they are.
  for (const each of pending.sort((one, other) => other.from - one.from)) {
    decisions[each.id] = { decision };
    if (decision !== "accepted") continue;
    decisions[each.id].was = Reading.of(state.doc).between(each.from, each.to);
    replaceWith(tr, each.from, each.to, each.with);
  }
  return tr.setDocAttribute("decisions", decisions);
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
