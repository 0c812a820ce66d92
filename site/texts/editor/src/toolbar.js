// The tools of the text: one stop for the Tab key, arrows between them, Alt+F10 from the text and Escape back to it.

import { COMMANDS, isKind, isMarked, linkAt } from "./commands.js";
import { schema } from "./schema.js";
import { make } from "./words.js";

const IS_MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
// Drawn on 20 × 20.
const SHAPES = {
  strong: "M5 3h6a4 4 0 0 1 2.600 7A4.300 4.300 0 0 1 11.500 17H5zm2.600 2.200v3.600H11a1.800 1.800 0 0 0 0-3.600zm0 5.700v3.900h3.600a1.950 1.950 0 0 0 0-3.900z",
  em: "M8 3h8v2.200h-2.900l-2.800 9.600H13V17H4.500v-2.200h3.200l2.800-9.600H8z",
  link: "M8.600 11.400a1 1 0 0 1 0-1.400l2.800-2.800 1.400 1.400-2.800 2.800a1 1 0 0 1-1.400 0zM9.300 5.100l1.800-1.800a4 4 0 0 1 5.600 5.600l-1.800 1.800-1.400-1.400 1.800-1.800a2 2 0 0 0-2.800-2.800l-1.800 1.800zM10.700 14.900l-1.800 1.800a4 4 0 0 1-5.600-5.600l1.800-1.800 1.400 1.400-1.800 1.800a2 2 0 0 0 2.800 2.800l1.800-1.800z",
  ul: "M2 4h3v3H2zm0 5h3v3H2zm0 5h3v3H2zM8 4.500h10v2H8zm0 5h10v2H8zm0 5h10v2H8z",
  ol: "M3 3h1.800v4.500H3.200V4.700H2.300V3.400zM2 9h3.200v1.700l-1.500 1.600h1.500v1.200H2v-1.200l1.600-1.800H2zM8 4.500h10v2H8zm0 5h10v2H8zm0 5h10v2H8z",
  quote: "M3 5h5.500v5.500C8.500 13.500 7 15 4 15.500v-2c1.300-.300 2-1 2-2.500H3zm8.500 0H17v5.500c0 3-1.500 4.500-4.500 5v-2c1.300-.300 2-1 2-2.500h-3z",
  undo: "M8 3 3 7.500 8 12V9h3.500a2.500 2.500 0 0 1 0 5H6v2.200h5.500a4.700 4.700 0 0 0 0-9.400H8z",
  redo: "m12 3 5 4.500L12 12V9H8.500a2.500 2.500 0 0 0 0 5H14v2.200H8.500a4.700 4.700 0 0 1 0-9.400H12z",
};
const KEYS = {
  h2: "Ctrl+Alt+2", h3: "Ctrl+Alt+3", strong: "Ctrl+B", em: "Ctrl+I", link: "Ctrl+K", ul: "Ctrl+Shift+8", ol: "Ctrl+Shift+7",
  quote: "Ctrl+Shift+9", undo: "Ctrl+Z", redo: "Ctrl+Y", comment: "Ctrl+Alt+M",
};
const WRITING = [["h2", "h3"], ["strong", "em", "link"], ["ul", "ol", "quote"], ["undo", "redo"]];
const SVG = "http://www.w3.org/2000/svg";

function drawn(shape) {
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" })) picture.setAttribute(name, value);
  path.setAttribute("d", shape);
  path.setAttribute("fill", "currentColor");
  picture.append(path);
  return picture;
}

const keysOf = (name) => (IS_MAC ? KEYS[name].replace("Ctrl+", "⌘").replace("Alt+", "⌥").replace("Shift+", "⇧") : KEYS[name]);
const spoken = (name) => KEYS[name].replace("Ctrl", IS_MAC ? "Meta" : "Control");

/** What is pressed, and what cannot be done now. */
const PRESSED = {
  strong: (state) => isMarked(state, schema.marks.strong),
  em: (state) => isMarked(state, schema.marks.em),
  link: (state) => Boolean(linkAt(state)),
  ...Object.fromEntries(["h2", "h3", "ul", "ol", "quote"].map((kind) => [kind, (state) => isKind(state, kind)])),
};
const POSSIBLE = {
  undo: (state) => COMMANDS.undo(state),
  redo: (state) => COMMANDS.redo(state),
  link: (state) => !state.selection.empty || Boolean(linkAt(state)),
  comment: (state) => !state.selection.empty,
};

export class Toolbar {
  /** @param {{labels: Record<string, string>, isEditable: boolean, canComment: boolean, id: string, act: (name: string) => void, leave: () => void}} options */
  constructor({ labels, isEditable, canComment, id, act, leave }) {
    const groups = [...(isEditable ? WRITING : []), ...(canComment ? [["comment"]] : [])];
    this.buttons = groups.flat().map((name) => this.button(name, labels[name]));
    const named = new Map(this.buttons.map((each) => [each.dataset.tool, each]));
    this.element = make("div", { class: "tools", role: "toolbar", "aria-label": labels.toolbar, "aria-controls": id });
    for (const group of groups) this.element.append(make("span", { class: "tools__group" }, ...group.map((name) => named.get(name))));
    this.element.addEventListener("click", ({ target }) => this.press(target.closest("button"), act));
    // A press of the pointer leaves the selection in the text as it is.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.element.addEventListener("keydown", (event) => this.move(event, leave));
    this.element.addEventListener("focusin", ({ target }) => this.stopAt(target));
    this.stopAt(this.buttons[0]);
  }

  button(name, label) {
    const face = SHAPES[name] ? drawn(SHAPES[name]) : label;
    const tip = make("span", { class: "tools__tip", "aria-hidden": "true" }, SHAPES[name] ? `${label} (${keysOf(name)})` : keysOf(name));
    const named = SHAPES[name] ? { "aria-label": label } : {};
    return make("button", { type: "button", class: "tool", "data-tool": name, "aria-keyshortcuts": spoken(name), ...named }, face, tip);
  }

  press(button, act) {
    if (button && button.getAttribute("aria-disabled") !== "true") act(button.dataset.tool);
  }

  stopAt(button) {
    for (const each of this.buttons) each.tabIndex = each === button ? 0 : -1;
  }

  move(event, leave) {
    if (event.key === "Escape") return leave();
    const at = this.buttons.indexOf(event.target);
    const count = this.buttons.length;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.buttons[(to + count) % count].focus();
  }

  focus() {
    this.buttons.find((each) => each.tabIndex === 0)?.focus();
  }

  /** @param {import("prosemirror-state").EditorState} state */
  show(state) {
    for (const button of this.buttons) {
      const name = button.dataset.tool;
      if (PRESSED[name]) button.setAttribute("aria-pressed", String(PRESSED[name](state)));
      if (POSSIBLE[name]) button.setAttribute("aria-disabled", String(!POSSIBLE[name](state)));
    }
  }
}
