// Suggesting: what is typed becomes changes to the version that was opened. The document has the words as they would be.

import { ChangeSet, simplifyChanges } from "prosemirror-changeset";
import { Plugin, PluginKey } from "prosemirror-state";
import { AddMarkStep, RemoveMarkStep, StepMap } from "prosemirror-transform";
import { DecorationSet } from "prosemirror-view";
import { pendingOf } from "./anchors.js";
import { drawOwn } from "./drawing.js";
import { Reading, replaceWith } from "./flat.js";

/** @typedef {{id: string, from: number, to: number, start: number, end: number, was: import("./flat.js").Flat}} Own
 *    where it is in the document, and what of the version (by offset) it would replace */

export const trackingKey = new PluginKey("tracking");

const marksKey = (marks) => marks.map(({ type, attrs }) => type.name + (attrs.href || "")).sort().join();
// The end of a block says of what kind it is, as in the flat text.
const TOKENS = {
  encodeCharacter: (char, marks) => (marks.length ? `${char} ${marksKey(marks)}` : char),
  encodeNodeStart: (node) => node.type.name,
  encodeNodeEnd: (node) => `/${node.attrs.kind}`,
  compareTokens: (one, other) => one === other,
};

/** Steps that put marks on words move nothing, so their maps are empty; here the words are what has changed. */
function mapOf(step) {
  const isMark = step instanceof AddMarkStep || step instanceof RemoveMarkStep;
  return isMark ? new StepMap([step.from, step.to - step.from, step.to - step.from]) : step.getMap();
}

export class Tracking {
  /** @param {ChangeSet} set @param {Reading} base @param {{id: string, fromA: number, toA: number}[]} known @param {number} count */
  constructor(set, base, known, count, doc) {
    this.set = set;
    this.base = base;
    this.known = known;
    this.count = count;
    this.doc = doc;
  }

  /** @param {import("prosemirror-model").Node} doc the version that was opened */
  static begin(doc) {
    return new Tracking(ChangeSet.create(doc, (one) => one, TOKENS), Reading.of(doc), [], 0, doc);
  }

  /** @param {import("prosemirror-state").Transaction} tr */
  after(tr) {
    const set = this.set.addSteps(tr.doc, tr.steps.map(mapOf), 0);
    let count = this.count;
    const left = [...this.known];
    const known = simplifyChanges(set.changes, tr.doc).map(({ fromA, toA, fromB, toB }) => {
      const at = left.findIndex((each) => each.fromA <= toA && each.toA >= fromA);
      const id = at < 0 ? `new-${++count}` : left.splice(at, 1)[0].id;
      return { id, fromA, toA, fromB, toB };
    });
    return new Tracking(set, this.base, known, count, tr.doc);
  }

  /** @returns {Own[]} */
  get changes() {
    this.made ||= this.known.map(({ id, fromA, toA, fromB, toB }) => {
      const [start, end] = [this.base.offset(fromA), this.base.offset(toA)];
      return { id, from: fromB, to: toB, start, end, was: this.base.part(start, end) };
    });
    return this.made;
  }

  /** What the flat text says of them. */
  get flat() {
    const now = Reading.of(this.doc);
    return this.changes
      .map(({ id, from, to, start, end }) => ({ id, start, end, with: now.between(from, to) }))
      .filter((each) => each.start < each.end || each.with.text);
  }

  /** The offset in the version of a position of the document; null where the words are new. */
  offsetOf(pos) {
    let shift = 0;
    for (const { fromA, toA, fromB, toB } of this.known) {
      if (toB <= pos) shift = toB - toA;
      else if (fromB < pos) return null;
      else break;
    }
    return this.base.offset(pos - shift);
  }
}

/** The document with one's own suggestions, made from the version step by step.
 * @param {import("prosemirror-state").EditorState} state @param {{start: number, end: number, id: string, with: object}[]} changes */
export function opened(state, changes) {
  const tr = state.tr;
  const reading = Reading.of(state.doc);
  const known = [...changes].sort((one, other) => other.start - one.start).map((each) => {
    const [fromA, toA] = [reading.position(each.start), reading.position(each.end)];
    replaceWith(tr, fromA, toA, each.with);
    return { id: String(each.id), fromA, toA };
  });
  return tr.setMeta(trackingKey, known.reverse()).setMeta("addToHistory", false);
}

/** Whether a transaction changes words that somebody else's suggestion is about. */
function meetsOthers(tr, state) {
  const others = pendingOf(state).filter(({ from, to }) => from < to);
  return tr.steps.some((step, at) => {
    const back = tr.mapping.slice(0, at);
    return others.some(({ from, to }) => {
      const [start, end] = [back.map(from, 1), back.map(to, -1)];
      let isMet = false;
      mapOf(step).forEach((a, b) => (isMet ||= a < end && b > start));
      return isMet;
    });
  });
}

const numberIn = (ids) => Math.max(0, ...ids.map((id) => Number(id.match(/^new-(\d+)$/)?.[1] || 0)));

/** @param {{labels: Record<string, string>, refuse: () => void}} options `refuse` tells that the words are locked */
export function trackingPlugin({ labels, refuse }) {
  return new Plugin({
    key: trackingKey,
    state: {
      init: (_config, { doc }) => Tracking.begin(doc),
      apply(tr, value) {
        const known = tr.getMeta(trackingKey);
        if (known) value = new Tracking(value.set, value.base, known, numberIn(known.map(({ id }) => id)), value.doc);
        return tr.docChanged ? value.after(tr) : value;
      },
    },
    filterTransaction(tr, state) {
      if (!tr.docChanged || tr.getMeta(trackingKey) || !meetsOthers(tr, state)) return true;
      refuse();
      return false;
    },
    props: {
      decorations(state) {
        const tracking = trackingKey.getState(state);
        tracking.drawn ||= DecorationSet.create(state.doc, tracking.changes.flatMap((each) => drawOwn(state.doc, each, labels)));
        return tracking.drawn;
      },
    },
  });
}

/** Take back a suggestion of one's own: the words are again as in the version. */
export function withdrawn(state, id) {
  const own = trackingKey.getState(state)?.changes.find((each) => each.id === id);
  if (!own) return null;
  const tr = state.tr;
  replaceWith(tr, own.from, own.to, own.was);
  return tr;
}
