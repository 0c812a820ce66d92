// What the keys and the toolbar do.

import { baseKeymap, chainCommands, splitBlockAs, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { InputRule, inputRules } from "prosemirror-inputrules";
import { Plugin, TextSelection } from "prosemirror-state";
import { LISTS, block, br, schema } from "./schema.js";

/** The blocks that the selection touches: [node, position]. */
function selected(state) {
  const found = [];
  const { from, to } = state.selection;
  state.doc.nodesBetween(from, to, (node, pos) => (node.type === block && found.push([node, pos]), false));
  return found;
}

export const isKind = (state, kind) => selected(state).every(([node]) => node.attrs.kind === kind);

/** Make the blocks of the selection of the kind; plain paragraphs where they are that already. */
export const toggleKind = (kind) => (state, dispatch) => {
  const wanted = isKind(state, kind) ? "p" : kind;
  const tr = state.tr;
  // The content stays in its place, so no position moves.
  for (const [node, pos] of selected(state)) if (node.attrs.kind !== wanted) tr.setNodeMarkup(pos, null, { kind: wanted });
  dispatch?.(tr.scrollIntoView());
  return true;
};

export function isMarked(state, mark) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(mark.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, mark);
}

/** The words around the caret that are one link: {from, to, href}; null where there is none. */
export function linkAt(state) {
  const { $from, from, to } = state.selection;
  // The mark does not reach over its ends, but at either of them a person is at the link.
  const mark = [$from.marks(), $from.nodeAfter?.marks, $from.nodeBefore?.marks].map((marks) => schema.marks.a.isInSet(marks || [])).find(Boolean);
  if (!mark) return null;
  let [start, end] = [from, to];
  $from.parent.forEach((node, offset) => {
    const at = $from.start() + offset;
    if (!mark.isInSet(node.marks) || at > end || at + node.nodeSize < start) return;
    [start, end] = [Math.min(start, at), Math.max(end, at + node.nodeSize)];
  });
  return { from: start, to: end, href: mark.attrs.href };
}

const clearKind = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.parent.attrs.kind === "p") return false;
  dispatch?.(state.tr.setNodeMarkup($from.before(), null, { kind: "p" }));
  return true;
};

/** An empty item or quote ends its list. */
const leaveEmpty = (state, dispatch) => {
  const { $from, empty } = state.selection;
  return empty && !$from.parent.content.size && clearKind(state, dispatch);
};

const split = splitBlockAs((node, atEnd) => {
  const stays = LISTS.has(node.attrs.kind) || node.attrs.kind === "quote" || !atEnd;
  return { type: block, attrs: { kind: stays ? node.attrs.kind : "p" } };
});

/** At the beginning of a heading, an item or a quote, the key takes that away first. */
const clearAtStart = (state, dispatch) => {
  const { $from, empty } = state.selection;
  return empty && !$from.parentOffset && clearKind(state, dispatch);
};

const breakLine = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(br.create()).scrollIntoView());
  return true;
};

export const COMMANDS = {
  h2: toggleKind("h2"),
  h3: toggleKind("h3"),
  ul: toggleKind("ul"),
  ol: toggleKind("ol"),
  quote: toggleKind("quote"),
  strong: toggleMark(schema.marks.strong),
  em: toggleMark(schema.marks.em),
  undo,
  redo,
};

export const KEYS = {
  ...baseKeymap,
  Enter: chainCommands(leaveEmpty, split),
  "Shift-Enter": breakLine,
  Backspace: chainCommands(clearAtStart, baseKeymap.Backspace),
  "Mod-b": COMMANDS.strong,
  "Mod-i": COMMANDS.em,
  "Mod-Alt-2": COMMANDS.h2,
  "Mod-Alt-3": COMMANDS.h3,
  "Mod-Shift-7": COMMANDS.ol,
  "Mod-Shift-8": COMMANDS.ul,
  "Mod-Shift-9": COMMANDS.quote,
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
};

/** Signs at the beginning of a paragraph that make it something else. */
const TYPED = { "## ": "h2", "### ": "h3", "- ": "ul", "* ": "ul", "1. ": "ol", "> ": "quote" };

const rule = ([typed, kind]) =>
  new InputRule(new RegExp(`^${typed.replace(/[*.]/g, "\\$&")}$`), (state, _match, start, end) => {
    const $start = state.doc.resolve(start);
    if ($start.parent.attrs.kind !== "p") return null;
    return state.tr.delete(start, end).setNodeMarkup($start.before(), null, { kind });
  });

export const typing = () => inputRules({ rules: Object.entries(TYPED).map(rule) });

const isOverBlocks = ({ selection: { $from, $to } }) => !$from.sameParent($to);

/** Words typed over others: left to itself the browser would write styles into those that stay. */
export const typingOver = () =>
  new Plugin({
    props: {
      handleDOMEvents: {
        beforeinput(view, event) {
          if (event.isComposing || event.inputType !== "insertText" || !event.data || view.state.selection.empty) return false;
          event.preventDefault();
          view.dispatch(view.state.tr.insertText(event.data).scrollIntoView());
          return true;
        },
        compositionstart(view) {
          if (isOverBlocks(view.state)) view.dispatch(view.state.tr.deleteSelection());
          return false;
        },
      },
    },
  });

/** @param {import("prosemirror-view").EditorView} view */
export function select(view, from, to) {
  view.dispatch(view.state.tr.setSelection(TextSelection.between(view.state.doc.resolve(from), view.state.doc.resolve(to))).scrollIntoView());
  view.focus();
}
