// A comment on words: the selection fills the page's form of a new comment.

import { trackingKey } from "./tracking.js";
import { Reading } from "./flat.js";

const LONGEST_QUOTE = 4000;

export class Commenting {
  /** @param {() => import("prosemirror-view").EditorView} view @param {number | undefined} version @param {(words: string) => void} say */
  constructor(view, version, say, labels) {
    Object.assign(this, { view, version, say, labels });
    this.form = document.querySelector("[data-comment-form]");
    // The text as the page came with it: a comment is about its words.
    this.first = null;
  }

  get isPossible() {
    return Boolean(this.form);
  }

  /** @returns {{quote: string, start: number | "", end: number | ""}} in offsets of the version, where the words are in it */
  place() {
    const { state } = this.view();
    const { from, to } = state.selection;
    const reading = Reading.of(state.doc);
    const [start, end] = [reading.offset(from), reading.offset(to)];
    const quote = reading.points.slice(start, end).join("").replace(/\n$/, "").slice(0, LONGEST_QUOTE);
    const tracking = trackingKey.getState(state);
    const placed = tracking ? [tracking.offsetOf(from), tracking.offsetOf(to)] : [start, end];
    const isKept = placed.every((each) => each !== null) && placed[1] - placed[0] === end - start && this.isSame(placed, quote, tracking);
    return isKept ? { quote, start: placed[0], end: placed[0] + [...quote].length } : { quote, start: "", end: "" };
  }

  isSame([start, end], quote, tracking) {
    const points = tracking ? tracking.base.points : this.first;
    return !points || points.slice(start, end).join("").startsWith(quote);
  }

  begin() {
    if (this.view().state.selection.empty) return this.say(this.labels.comment_needs_words);
    const place = this.place();
    for (const [name, value] of Object.entries(place)) {
      const field = this.form.querySelector(`[name="${name}"]`);
      if (field) field.value = String(value);
    }
    this.form.closest("details")?.setAttribute("open", "");
    const text = this.form.querySelector("textarea:not([name=quote])") || this.form.querySelector("textarea, input:not([type=hidden])");
    text?.focus();
    this.say(this.labels.comment_begins);
  }
}
