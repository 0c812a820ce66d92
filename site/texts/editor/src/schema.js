// The document as the flat text has it: one list of blocks, each of a kind. List items are blocks too, so that a suggested
// split, join or change of kind is a change of text like any other.

import { Schema } from "prosemirror-model";

export const KINDS = ["p", "h2", "h3", "ul", "ol", "quote"];
export const LINE_BREAK = "\u2028";
export const LISTS = new Set(["ul", "ol"]);

const SHAPES = { p: ["p", 0], h2: ["h2", 0], h3: ["h3", 0], ul: ["ul", ["li", 0]], ol: ["ol", ["li", 0]], quote: ["blockquote", 0] };

const kind = (name) => ({ kind: name });

export const schema = new Schema({
  nodes: {
    // Decisions on suggestions are part of the document, so that undoing undoes them as well.
    doc: { content: "block+", attrs: { decisions: { default: {} } } },
    block: {
      content: "inline*",
      attrs: { kind: { default: "p" } },
      parseDOM: [
        { tag: "p" },
        { tag: "h2", attrs: kind("h2") },
        { tag: "h3", attrs: kind("h3") },
        { tag: "blockquote", attrs: kind("quote") },
        { tag: "li", getAttrs: (item) => kind(item.parentNode?.nodeName === "OL" ? "ol" : "ul") },
      ],
      toDOM: (node) => SHAPES[node.attrs.kind],
    },
    text: { group: "inline" },
    br: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"], leafText: () => LINE_BREAK },
  },
  marks: {
    a: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (link) => ({ href: link.getAttribute("href") }) }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  },
});

export const { block, br } = schema.nodes;

/** @param {string} name @param {string} [value] */
export const markOf = (name, value) => schema.marks[name].create(name === "a" ? { href: value } : null);
