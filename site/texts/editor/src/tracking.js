// Suggesting: what is typed becomes changes to the version that was opened. The document has the words as they would be.

import { ChangeSet, simplifyChanges } from "prosemirror-changeset";
import { Plugin, PluginKey } from "prosemirror-state";
import { AddMarkStep, RemoveMarkStep, StepMap } from "prosemirror-transform";
import { DecorationSet } from "prosemirror-view";
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

/** What a step has changed, as maps one after another. */
function mapsOf(tr, at) {
  const step = tr.steps[at];
  // Steps that put marks on words move nothing, so their maps are empty; here the words are what has changed.
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) return [new StepMap([step.from, step.to - step.from, step.to - step.from])];
  const map = step.getMap();
  const [before, after] = [tr.docs[at], tr.docs[at + 1] || tr.doc];
  if (step.to === undefined) return [map];
  // Words that stay behind those that came may be in a block of their kind now: the end of the block has changed, too.
  const [$before, $after] = [before.resolve(step.to), after.resolve(map.map(step.to, 1))];
  const isOther = $before.depth && $after.depth && $before.parent.attrs.kind !== $after.parent.attrs.kind;
  return isOther ? [map, new StepMap([$after.end(), 1, 1])] : [map];
}

export class Tracking {
  /** @param {ChangeSet} set @param {Reading} base @param {{id: string, fromA: number, toA: number}[]} known @param {number} count */
  constructor(set, base, known, count, doc, others) {
    Object.assign(this, { set, base, known, count, doc, others });
  }

  /** @param {import("prosemirror-model").Node} doc the version that was opened @param {{start: number, end: number}[]} others */
  static begin(doc, others) {
    return new Tracking(ChangeSet.create(doc, (one) => one, TOKENS), Reading.of(doc), [], 0, doc, others);
  }

  /** Going on from suggestions that were made before. */
  knowing(known) {
    return new Tracking(this.set, this.base, known, numberIn(known.map(({ id }) => id)), this.doc, this.others);
  }

  /** @param {import("prosemirror-state").Transaction} tr */
  after(tr) {
    const set = this.set.addSteps(tr.doc, tr.steps.flatMap((_step, at) => mapsOf(tr, at)), 0);
    let count = this.count;
    const left = [...this.known];
    // Changes are of whole words, unless that would reach over what others suggest.
    const whole = simplifyChanges(set.changes, tr.doc);
    const changes = this.meets(whole) ? set.changes : whole;
    const known = changes.map(({ fromA, toA, fromB, toB }) => {
      const at = left.findIndex((each) => each.fromA <= toA && each.toA >= fromA);
      const id = at < 0 ? `new-${++count}` : left.splice(at, 1)[0].id;
      return { id, fromA, toA, fromB, toB };
    });
    return new Tracking(set, this.base, known, count, tr.doc, this.others);
  }

  /** Whether changes are about words, or go over a place, that somebody else's suggestion is about. */
  meets(changes) {
    return changes.some(({ fromA, toA }) => {
      const [start, end] = [this.base.offset(fromA), this.base.offset(toA)];
      return this.others.some((other) => start < other.end && other.start < end);
    });
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

const numberIn = (ids) => Math.max(0, ...ids.map((id) => Number(id.match(/^new-(\d+)$/)?.[1] || 0)));

/** @param {{labels: Record<string, string>, others: {start: number, end: number}[], refuse: () => void}} options
 *    `others`: what other people suggest, by offset in the version; `refuse` tells that these words are locked */
export function trackingPlugin({ labels, others, refuse }) {
  const made = new WeakMap();
  const next = (value, tr) => made.get(tr) || made.set(tr, value.after(tr)).get(tr);
  return new Plugin({
    key: trackingKey,
    state: {
      init: (_config, { doc }) => Tracking.begin(doc, others),
      apply(tr, value) {
        if (!tr.docChanged) return value;
        const known = tr.getMeta(trackingKey);
        return known ? value.knowing(known).after(tr) : next(value, tr);
      },
    },
    filterTransaction(tr, state) {
      if (!tr.docChanged || tr.getMeta(trackingKey)) return true;
      const after = next(trackingKey.getState(state), tr);
      if (!after.meets(after.known)) return true;
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
