// The address of a link: a small form under the tools. It is inside the page's own form, so it sends nothing.

import { TextSelection } from "prosemirror-state";
import { linkAt } from "./commands.js";
import { schema } from "./schema.js";
import { make } from "./words.js";

/** What was typed as an address that a link may have; "" where it cannot be one. */
export function addressOf(typed) {
  const text = typed.trim();
  if (/^(page|document):\d+$/.test(text)) return text;
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^(mailto|tel):\S+$/i.test(text)) return text;
  const address = /^https?:\/\//i.test(text) ? text : /^[^\s:/]+\.[^\s]{2,}$/.test(text) ? `https://${text}` : "";
  try {
    return address && !/\s/.test(address) && new URL(address).hostname.includes(".") ? address : "";
  } catch {
    return "";
  }
}

export class LinkForm {
  /** @param {Record<string, string>} labels @param {() => import("prosemirror-view").EditorView} view @param {(text: string) => void} say */
  constructor(labels, view, say) {
    Object.assign(this, { labels, view, say });
    const id = `link-${Math.random().toString(36).slice(2)}`;
    this.input = make("input", { class: "input", id, type: "text", inputmode: "url", autocomplete: "url", spellcheck: "false", "aria-describedby": `${id}-error` });
    this.error = make("p", { class: "error", id: `${id}-error` });
    this.remove = make("button", { type: "button", class: "button button--plain button--small" }, labels.link_remove);
    const put = make("button", { type: "button", class: "button button--small" }, labels.link_put);
    const leave = make("button", { type: "button", class: "button button--plain button--small" }, labels.cancel);
    this.element = make(
      "div", { class: "link-form", role: "group", "aria-label": labels.link, hidden: true },
      make("label", { class: "label small", for: id }, labels.link_address), this.input, this.error, make("p", { class: "row" }, put, this.remove, leave),
    );
    put.addEventListener("click", () => this.put());
    this.remove.addEventListener("click", () => this.set(null));
    leave.addEventListener("click", () => this.close());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.target === this.input) event.preventDefault(), this.put();
      else return;
      event.stopPropagation();
    });
    // What is typed here is no part of what the page keeps.
    this.element.addEventListener("input", (event) => event.stopPropagation());
  }

  open() {
    const { state } = this.view();
    const link = linkAt(state);
    if (!link && state.selection.empty) return this.say(this.labels.link_needs_words);
    this.range = link || { from: state.selection.from, to: state.selection.to };
    this.input.value = link?.href ?? "";
    this.remove.hidden = !link;
    this.fail("");
    this.element.hidden = false;
    this.input.focus();
  }

  put() {
    const address = addressOf(this.input.value);
    if (address) this.set(address);
    else this.fail(this.labels.link_wrong);
  }

  fail(words) {
    this.error.textContent = words;
    this.input.setAttribute("aria-invalid", String(Boolean(words)));
    if (words) this.input.focus(), this.say(words);
  }

  set(address) {
    const { from, to } = this.range;
    const view = this.view();
    const tr = view.state.tr.removeMark(from, to, schema.marks.a);
    if (address) tr.addMark(from, to, schema.marks.a.create({ href: address }));
    view.dispatch(tr.setSelection(TextSelection.create(tr.doc, to)));
    this.say(address ? this.labels.link_is_put : this.labels.link_is_removed);
    this.close();
  }

  close() {
    this.element.hidden = true;
    this.view().focus();
  }
}
