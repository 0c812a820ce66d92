// Words that seem to tell of a person: marked in the text and listed under it. Found on this device; nothing is sent.

import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { select } from "./commands.js";
import { Reading } from "./flat.js";
import { clipped, make, say } from "./words.js";

/** @typedef {{kind: string, from: number, to: number, words: string}} Finding */

const PAUSE = 400; // ms after the last key
const personalKey = new PluginKey("personal");

/** @param {{labels: Record<string, string>, address: string, element: HTMLElement, announcer: import("./words.js").Announcer}} options */
export function personalPlugin({ labels, address, element, announcer }) {
  const dismissed = new Set();
  let find = null;
  let timer = 0;
  let heard = 0;

  /** @returns {Finding[]} */
  function look(doc) {
    const reading = Reading.of(doc);
    const found = find(reading.text).map(({ kind, start, end }) => {
      const to = reading.position(end - 1) + reading.points[end - 1].length;
      return { kind, from: reading.position(start), to, words: reading.points.slice(start, end).join("") };
    });
    return found.filter(({ words }) => !dismissed.has(words));
  }

  function list(view, findings) {
    element.hidden = !findings.length;
    const shown = findings.map(({ kind, from, to, words }) => {
      const show = make("button", { type: "button", class: "button button--plain button--small" }, labels.personal_show);
      const leave = make("button", { type: "button", class: "button button--plain button--small" }, labels.personal_dismiss);
      for (const each of [show, leave]) each.append(make("span", { class: "hidden" }, ` ${words}`));
      show.addEventListener("click", () => select(view, from, to));
      leave.addEventListener("click", () => (dismissed.add(words), check(view), view.focus()));
      const name = labels[`personal_${kind}`] || labels.personal_other;
      return make("li", {}, make("p", {}, make("strong", {}, name), ` ”${clipped(words)}”`), make("p", { class: "row" }, show, leave));
    });
    element.replaceChildren(make("p", { class: "notice__title" }, say(labels.personal_title, findings.length)), make("p", {}, labels.personal_advice), make("ul", {}, ...shown));
    // Those who write by ear are told of new findings alone.
    if (findings.length > heard) announcer.say(say(labels.personal_title, findings.length));
    heard = findings.length;
  }

  function check(view) {
    if (!find || view.isDestroyed) return;
    const findings = look(view.state.doc);
    const told = JSON.stringify(findings);
    if (told === check.told) return;
    check.told = told;
    view.dispatch(view.state.tr.setMeta(personalKey, findings).setMeta("addToHistory", false));
    list(view, findings);
  }

  return new Plugin({
    key: personalKey,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const findings = tr.getMeta(personalKey);
        if (!findings) return set.map(tr.mapping, tr.doc);
        return DecorationSet.create(tr.doc, findings.map(({ from, to }) => Decoration.inline(from, to, { class: "personal" })));
      },
    },
    view(view) {
      import(address).then(({ load }) => load()).then((loaded) => ((find = loaded), check(view)), () => {});
      return {
        update(view, before) {
          if (view.state.doc === before.doc) return;
          clearTimeout(timer);
          timer = setTimeout(() => check(view), PAUSE);
        },
        destroy: () => clearTimeout(timer),
      };
    },
    props: { decorations: (state) => personalKey.getState(state) },
  });
}
