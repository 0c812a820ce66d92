// How a suggested change looks in the text: the words that would go struck through, those that would come after them.

import { Decoration } from "prosemirror-view";
import { Reading, piecesOf } from "./flat.js";

const ELEMENTS = { strong: "strong", em: "em", a: "span" };

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** The words of a part of a flat text as elements; a paragraph's end is a pilcrow. @param {import("./flat.js").Flat} part */
function wordsOf(part) {
  const words = [];
  for (const { nodes, kind } of piecesOf(part)) {
    for (const node of nodes) {
      if (!node.isText) words.push(element("br"));
      else words.push(node.marks.reduce((inner, mark) => element(ELEMENTS[mark.type.name], "", inner), node.text));
    }
    if (kind) words.push(element("span", "pilcrow", "¶"));
  }
  return words;
}

/** Words that are not in the document, drawn beside those that are. @param {"ins" | "del"} name */
function beside(name, id, part, note = "") {
  return () => {
    const shown = element(name, note ? "suggested-note" : "", ...(note ? [note] : wordsOf(part)));
    shown.dataset.suggestion = id;
    shown.contentEditable = "false";
    return shown;
  };
}

/** What a change is, when its words stay: "kind" of a block, "format" of words; else "words".
 * @param {import("./flat.js").Flat} was @param {import("./flat.js").Flat} becomes */
export function natureOf(was, becomes) {
  if (was.text !== becomes.text || !was.text) return "words";
  return was.blocks.join() === becomes.blocks.join() ? "format" : "kind";
}

const noteOf = (nature, becomes, labels) => `→ ${nature === "kind" ? labels[`kind_${becomes.blocks[0]}`] : labels.format}`;

/** Where the words that would come are drawn: in the block of those that would go. */
function placeOfNew(doc, from, to) {
  const [$from, $to] = [doc.resolve(from), doc.resolve(to)];
  return $from.index(0) === $to.index(0) && $to.depth ? to : $from.end(1);
}

/** A suggestion of somebody else: the document has the words as they are. */
export function drawSuggestion(doc, { id, from, to, with: becomes, isUnsure }, labels) {
  const was = Reading.of(doc).between(from, to);
  const nature = natureOf(was, becomes);
  const look = { "data-suggestion": id, class: isUnsure ? "suggested suggested--unsure" : "suggested" };
  const made = [];
  const at = from === doc.content.size ? from - 1 : from;
  const place = from === to ? at : placeOfNew(doc, at, to);
  const key = `${id} ${isUnsure} ${JSON.stringify(becomes)}`;
  if (nature === "words") {
    made.push(Decoration.inline(from, to, { nodeName: "del", ...look }));
    made.push(...joins(doc, at, to, id));
    if (becomes.text) made.push(Decoration.widget(place, beside("ins", id, becomes), { side: 1, key, ignoreSelection: true }));
  } else {
    made.push(Decoration.inline(from, to, { ...look, class: `${look.class} suggested--format` }));
    const note = noteOf(nature, becomes, labels);
    made.push(Decoration.widget(place, beside("ins", id, becomes, note), { side: 1, key: key + note, ignoreSelection: true }));
  }
  return made;
}

/** The ends of blocks that would go. */
function joins(doc, from, to, id) {
  const made = [];
  doc.nodesBetween(from, to, (node, pos) => {
    const end = pos + node.nodeSize - 1;
    if (node.isTextblock && end >= from && end < to && to - end > 0)
      made.push(Decoration.widget(end, beside("del", id, { text: "\n", blocks: ["p"], marks: [] }), { side: -1, key: `join ${id} ${pos}` }));
    return false;
  });
  return made;
}

/** A suggestion of one's own: the document has the words as they would be.
 * @param {{id: string, from: number, to: number, was: import("./flat.js").Flat}} change */
export function drawOwn(doc, { id, from, to, was }, labels) {
  const becomes = Reading.of(doc).between(from, to);
  const nature = natureOf(was, becomes);
  const look = { "data-suggestion": id, class: "suggested suggested--own" };
  const place = doc.resolve(from).depth ? from : Math.max(1, from - 1);
  if (nature === "words") {
    const made = [Decoration.inline(from, to, { nodeName: "ins", ...look })];
    // Beside words that come, those that go stand first; alone they stand behind the caret that took them.
    const side = from === to ? 1 : -1;
    if (was.text) made.push(Decoration.widget(place, beside("del", id, was), { side, key: `${id} ${side} ${JSON.stringify(was)}` }));
    return made;
  }
  const note = noteOf(nature, becomes, labels);
  const end = placeOfNew(doc, place, to);
  return [
    Decoration.inline(from, to, { ...look, class: `${look.class} suggested--format` }),
    Decoration.widget(end, beside("ins", id, becomes, note), { side: 1, key: `${id} ${note}` }),
  ];
}
