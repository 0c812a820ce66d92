// From one mark in the text to the next by keyboard, and from a mark to its card.

import { Plugin, TextSelection } from "prosemirror-state";
import { keydownHandler } from "prosemirror-keymap";
import { anchorsOf, pendingOf } from "./anchors.js";
import { trackingKey } from "./tracking.js";
import { say } from "./words.js";

/** Every mark in the order of the text: suggestions that wait, one's own, and threads. */
export function marksOf(state) {
  const threads = anchorsOf(state).filter(({ kind, from, to }) => kind === "thread" && from < to);
  const own = (trackingKey.getState(state)?.changes || []).map((each) => ({ ...each, kind: "suggestion" }));
  return [...pendingOf(state), ...own, ...threads].sort((one, other) => one.from - other.from || one.to - other.to);
}

const cardOf = ({ id, kind }) => `${kind}-${id}`;

/** @param {{toCard: (id: string) => boolean, say: (words: string) => void, labels: Record<string, string>}} options */
export function marksKeys({ toCard, say: tell, labels }) {
  /** @param {1 | -1} way */
  const go = (way) => (state, dispatch) => {
    const marks = marksOf(state);
    const { from } = state.selection;
    const next = way > 0 ? marks.find((each) => each.from > from) || marks[0] : marks.findLast((each) => each.from < from) || marks.at(-1);
    if (!next) return tell(labels.no_marks), true;
    const [start, end] = [state.doc.resolve(next.from), state.doc.resolve(next.to)];
    dispatch(state.tr.setSelection(TextSelection.between(start, end)).scrollIntoView());
    const number = next.kind === "thread" ? next.number : marks.indexOf(next) + 1;
    tell(say(next.kind === "thread" ? labels.at_thread : labels.at_suggestion, number, { all: String(marks.length) }));
    return true;
  };
  const open = (state) => {
    const { from, to } = state.selection;
    const here = marksOf(state).filter((each) => each.from <= to && each.to >= from);
    return here.some((each) => toCard(cardOf(each)));
  };
  return new Plugin({ props: { handleKeyDown: keydownHandler({ F8: go(1), "Shift-F8": go(-1), "Alt-Enter": open }) } });
}
