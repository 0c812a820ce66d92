// Between the document and the flat text of site/texts: offsets there are code points, and every block ends with a line end.

import { Fragment, Slice } from "prosemirror-model";
import { KINDS, LINE_BREAK, block, br, markOf, schema } from "./schema.js";

/** @typedef {[number, number, string, string?]} FlatMark  start, end, name, address */
/** @typedef {{text: string, blocks: string[], marks: FlatMark[]}} Flat */
/** @typedef {{nodes: import("prosemirror-model").Node[], kind: string | null}} Piece  words of a block; no kind where it does not end */

export const EMPTY = { text: "", blocks: [], marks: [] };

/** The words of a flat text (or of a part of one), piece by piece. @param {Flat} flat @returns {Piece[]} */
export function piecesOf({ text, blocks, marks }) {
  const pieces = [{ nodes: [], kind: null }];
  const edges = new Set(marks.flatMap(([start, end]) => [start, end]));
  let run = "";
  let from = 0;
  const put = () => {
    const on = marks.filter(([start, end]) => start <= from && from < end).map(([, , name, value]) => markOf(name, value));
    if (run) pieces.at(-1).nodes.push(schema.text(run, on.reduce((set, mark) => mark.addToSet(set), [])));
    run = "";
  };
  [...text].forEach((point, at) => {
    if (edges.has(at) || !run) put(), (from = at);
    if (point === "\n") {
      put();
      pieces.at(-1).kind = blocks[pieces.length - 1] || "p";
      pieces.push({ nodes: [], kind: null });
    } else if (point === LINE_BREAK) {
      put();
      pieces.at(-1).nodes.push(br.create());
    } else run += point;
  });
  put();
  return pieces;
}

/** @param {Flat} flat @param {Record<string, unknown>} [attrs] */
export function docOf(flat, attrs) {
  const nodes = piecesOf(flat)
    .filter(({ kind }) => kind)
    .map(({ nodes, kind }) => block.create({ kind }, nodes));
  return schema.topNodeType.create(attrs, nodes.length ? nodes : [block.create()]);
}

/** Code points as they are composed, each with the place where it began; a letter and its accent are one. */
function* composed(text) {
  let at = 0;
  for (const cluster of text.match(/[^]\p{M}*/gu) || []) {
    for (const point of cluster.normalize("NFC")) yield [point, at];
    at += cluster.length;
  }
}

/** What stands at each place of a block: [code point, position, marks]. */
function pointsOf(node, start) {
  const points = [];
  node.forEach((child, offset) => {
    if (!child.isText) points.push([LINE_BREAK, start + offset, []]);
    else for (const [point, at] of composed(child.text)) points.push([point, start + offset + at, child.marks]);
  });
  return points;
}

// As site/texts/normal.py: what nobody sees goes, spaces are of one sort, and of a run of them one is left.
const UNSEEN = /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff\u{e0000}-\u{e007f}]/u;
const SPACE = /[\t\u1680\u2000-\u200a\u205f\u3000]/;
const BLANK = new Set([" ", "\u00a0", "\u202f", LINE_BREAK]);

function tidied(points) {
  const seen = points.filter(([point]) => !UNSEEN.test(point));
  const kept = [];
  let run = [];
  for (const each of [...seen, null]) {
    if (each && SPACE.test(each[0])) each[0] = " ";
    if (each && BLANK.has(each[0])) run.push(each);
    else {
      // None at the ends of a block.
      if (run.length && kept.length && each) kept.push(oneOf(run));
      run = [];
      if (each) kept.push(each);
    }
  }
  return kept;
}

function oneOf(run) {
  const lineBreak = run.find(([point]) => point === LINE_BREAK);
  return lineBreak || (run.length === 1 ? run[0] : [" ", ...run[0].slice(1)]);
}

/** How many of the rising numbers are under a limit. */
function under(numbers, limit) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The document as flat text, and which place of one is which of the other. */
export class Reading {
  /** @param {import("prosemirror-model").Node} doc */
  constructor(doc) {
    this.doc = doc;
    this.points = [];
    this.blocks = [];
    this.places = []; // of each code point in the document
    this.on = []; // marks of each code point
    this.ends = []; // offsets of the line ends
    doc.forEach((node, pos) => {
      const points = tidied(pointsOf(node, pos + 1));
      if (!points.length) return;
      for (const [point, at, marks] of points) this.put(point, at, marks);
      this.ends.push(this.points.length);
      this.put("\n", pos + node.nodeSize - 1, []);
      this.blocks.push(node.attrs.kind);
    });
  }

  put(point, at, marks) {
    this.points.push(point);
    this.places.push(at);
    this.on.push(marks);
  }

  /** The same for the same document. @param {import("prosemirror-model").Node} doc @returns {Reading} */
  static of(doc) {
    if (Reading.last?.doc !== doc) Reading.last = new Reading(doc);
    return Reading.last;
  }

  get text() {
    return this.points.join("");
  }

  /** As the server counts: code points without line ends. */
  get characters() {
    return this.points.length - this.blocks.length;
  }

  /** The offset of a position: how many code points begin before it. */
  offset(pos) {
    return under(this.places, pos);
  }

  /** The position of an offset; after the last line end, that of the document's end. */
  position(offset) {
    return this.places[offset] ?? this.doc.content.size;
  }

  /** @returns {Flat} what is between two offsets */
  part(start = 0, end = this.points.length) {
    const [first, last] = [under(this.ends, start), under(this.ends, end)];
    return { text: this.points.slice(start, end).join(""), blocks: this.blocks.slice(first, last), marks: marksBetween(this, start, end) };
  }

  /** @returns {Flat} what is between two positions */
  between(from, to) {
    return this.part(this.offset(from), this.offset(to));
  }
}

function marksBetween({ points, on }, start, end) {
  const found = [];
  for (const name of ["strong", "em", "a"]) {
    let open = null;
    for (let at = start; at < end; at++) {
      const mark = points[at] === "\n" ? null : on[at].find(({ type }) => type.name === name);
      // A line break has no marks of its own: it does not end those around it.
      if (points[at] === LINE_BREAK && open && sameAfterBreak(on, points, at, end, open.mark)) continue;
      if (open && (!mark || !mark.eq(open.mark))) found.push(written(open, at - start)), (open = null);
      if (mark && !open) open = { mark, start: at - start };
    }
    if (open) found.push(written(open, end - start));
  }
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : 1));
}

const sameAfterBreak = (on, points, at, end, mark) => at + 1 < end && points[at + 1] !== "\n" && mark.isInSet(on[at + 1]);

const written = ({ mark, start }, end) => [start, end, mark.type.name, ...(mark.attrs.href ? [mark.attrs.href] : [])];

/** Put a flat part in place of what is between two positions, touching nothing else.
 * @param {import("prosemirror-transform").Transform} tr @param {Flat} part */
export function replaceWith(tr, from, to, part) {
  const $to = tr.doc.resolve(to);
  const pieces = piecesOf(part);
  let last = $to.depth ? $to.parent.attrs.kind : null;
  if (last === null && to === tr.doc.content.size) {
    // The last line end is replaced, too: the block that ends there takes over the kind of the one that ends here.
    last = tr.doc.lastChild.attrs.kind;
    if (from === to) pieces.unshift({ nodes: [], kind: last });
    to -= 1;
    if (pieces.length > 1 && !pieces.at(-1).nodes.length) pieces.pop(), (last = pieces.at(-1).kind);
  }
  from = Math.min(from, to);
  if (pieces.length === 1) tr.replace(from, to, new Slice(Fragment.from(pieces[0].nodes), 0, 0));
  else tr.replace(from, to, new Slice(Fragment.from(pieces.map(({ nodes }) => block.create(null, nodes))), 1, 1));
  setKinds(tr, from, [...pieces.slice(0, -1).map(({ kind }) => kind), last]);
}

/** @param {(string | null)[]} kinds of the block at the position and of those after it */
function setKinds(tr, pos, kinds) {
  let start = tr.doc.resolve(pos).before(1);
  for (const kind of kinds) {
    const node = tr.doc.nodeAt(start);
    if (kind && KINDS.includes(kind) && node.attrs.kind !== kind) tr.setNodeMarkup(start, null, { kind });
    start += node.nodeSize;
  }
}
