// A comment on words: the selection fills the page's form of a new comment.

import { trackingKey } from "./tracking.js";
import { Reading } from "./flat.js";

const LONGEST_QUOTE = 4000;

export class Commenting {
  /** @param {() => import("prosemirror-view").EditorView} view @param {string} text that the page came with: a comment is about its words
   * @param {(words: string) => void} say */
  constructor(view, text, say, labels) {
    Object.assign(this, { view, say, labels });
    this.points = [...text];
    this.form = document.querySelector("[data-comment-form]");
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
    const isKept = placed.every((each) => each !== null) && this.points.slice(...placed).join("").startsWith(quote);
    // Words like these may stand elsewhere as well: where the text before them has changed, the server looks for them.
    const isSure = isKept && (tracking || this.points.slice(0, start).join("") === reading.points.slice(0, start).join(""));
    return isSure ? { quote, start: placed[0], end: placed[0] + [...quote].length } : { quote, start: "", end: "" };
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
