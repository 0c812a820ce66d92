// The cards beside the text: suggestions with their buttons, threads, and the form of a new comment. They are the page's own.

import { anchorsOf, pendingOf } from "./anchors.js";
import { select } from "./commands.js";
import { decided, undecided } from "./deciding.js";
import { Reading } from "./flat.js";
import { natureOf } from "./drawing.js";
import { trackingKey, withdrawn } from "./tracking.js";
import { clipped, make, say } from "./words.js";

const BUTTONS = "[data-suggestion-accept], [data-suggestion-reject], [data-suggestion-undo], [data-accept-all], [data-reject-all]";
const isShown = (element) => !element.closest("[hidden]") && element.getClientRects().length > 0;

export class Rail {
  /** @param {{view: import("prosemirror-view").EditorView, labels: Record<string, string>, announcer: import("./words.js").Announcer, mode: string}} options */
  constructor(options) {
    Object.assign(this, options);
    document.addEventListener("click", (event) => this.clicked(event));
  }

  get cards() {
    return [...document.querySelectorAll("[data-suggestion-card]")];
  }

  clicked(event) {
    const { target } = event;
    const button = target.closest(BUTTONS);
    const isDone = button ? this.mode === "write" && this.decide(button) : this.other(target);
    // What is not known here, the page's form does.
    if (isDone) event.preventDefault();
  }

  decide({ dataset }) {
    const { suggestionAccept, suggestionReject, suggestionUndo } = dataset;
    if (suggestionUndo) return this.undo(suggestionUndo);
    const isAll = "acceptAll" in dataset || "rejectAll" in dataset;
    const decision = suggestionAccept || "acceptAll" in dataset ? "accepted" : "rejected";
    const ids = isAll ? pendingOf(this.view.state).map(({ id }) => id) : [suggestionAccept || suggestionReject];
    const tr = decided(this.view.state, ids, decision);
    if (!tr) return false;
    this.view.dispatch(tr);
    this.announcer.say(`${say(this.labels[decision], ids.length)} ${this.left()}`);
    this.goOn(ids.at(-1));
    return true;
  }

  undo(id) {
    const tr = undecided(this.view.state, id);
    if (!tr) return false;
    this.view.dispatch(tr);
    this.announcer.say(`${this.labels.undone} ${this.left()}`);
    this.card(id)?.querySelector("[data-suggestion-accept]")?.focus();
    return true;
  }

  left() {
    return say(this.labels.left, pendingOf(this.view.state).length);
  }

  card(id) {
    return this.cards.find((each) => each.dataset.suggestionCard === id);
  }

  /** The focus goes to the next suggestion that waits; after the last one to what undoes the last decision. */
  goOn(id) {
    const cards = this.cards;
    const at = cards.findIndex((each) => each.dataset.suggestionCard === id);
    const next = [...cards.slice(at + 1), ...cards.slice(0, at + 1)].find((each) => each.dataset.state === "open");
    const button = next?.querySelector("[data-suggestion-accept]") || cards[at]?.querySelector("[data-suggestion-undo]");
    if (button && isShown(button)) button.focus();
    else this.view.focus();
  }

  /** Links and buttons between the cards and the text. */
  other(target) {
    const shown = target.closest("[data-suggestion-show], [data-thread-show]");
    if (shown) return this.showInText(shown.dataset.suggestionShow || shown.dataset.threadShow, shown.dataset.threadShow ? "thread" : "suggestion");
    const number = target.closest(".anchor__number");
    if (number) return this.showCard(number.hash.slice(1));
    const taken = target.closest("[data-own-withdraw]");
    return taken ? this.withdraw(taken.dataset.ownWithdraw) : false;
  }

  showInText(id, kind) {
    const own = kind === "suggestion" && trackingKey.getState(this.view.state)?.changes.find((each) => each.id === id);
    const anchor = own || anchorsOf(this.view.state).find((each) => each.id === id && each.kind === kind);
    if (!anchor || (kind === "thread" && anchor.from === anchor.to)) return false;
    select(this.view, anchor.from, anchor.to);
    return true;
  }

  /** @param {string} id of an element */
  showCard(id) {
    const card = document.getElementById(id);
    if (!card) return false;
    if (!card.hasAttribute("tabindex")) card.tabIndex = -1;
    card.focus();
    return true;
  }

  withdraw(id) {
    const tr = withdrawn(this.view.state, id);
    if (!tr) return false;
    this.view.dispatch(tr);
    this.announcer.say(this.labels.own_is_withdrawn);
    const first = document.querySelector("[data-own-suggestions] [data-own-withdraw]");
    if (first) first.focus();
    else this.view.focus();
    return true;
  }

  /** Show what the document says of each suggestion. @param {import("prosemirror-state").EditorState} state */
  show(state, before) {
    const [now, then] = [state.doc.attrs.decisions, before?.doc.attrs.decisions];
    const anchors = anchorsOf(state);
    if (!before || now !== then || anchors !== anchorsOf(before)) this.showCards(state, anchors, now);
    const own = trackingKey.getState(state);
    if (own && own !== (before && trackingKey.getState(before))) this.showOwn(state, own);
  }

  showCards(state, anchors, decisions) {
    const told = anchors.map(({ id, isUnsure }) => `${id} ${isUnsure}`).join();
    if (this.told === told && this.decisions === decisions) return;
    Object.assign(this, { told, decisions });
    const byId = new Map(anchors.map((each) => [`${each.kind} ${each.id}`, each]));
    if (this.mode === "write") {
      for (const card of this.cards) {
        const id = card.dataset.suggestionCard;
        // Cards that were decided before the page came stay as they came.
        if (!byId.has(`suggestion ${id}`) && !decisions[id]) continue;
        const to = decisions[id]?.decision || "open";
        if (card.dataset.state !== to) turn(card, to);
        mark(card, byId.get(`suggestion ${id}`)?.isUnsure && to === "open");
      }
    }
    for (const card of document.querySelectorAll("[id^='thread-']")) mark(card, byId.get(`thread ${card.id.slice(7)}`)?.isUnsure);
    const count = pendingOf(state).length;
    for (const each of document.querySelectorAll("[data-suggestions-left]")) each.textContent = say(this.labels.left, count);
    for (const each of document.querySelectorAll("[data-accept-all], [data-reject-all]")) each.disabled = !count;
  }

  /** One's own suggestions as a list, each with a way to take it back. */
  showOwn(state, tracking) {
    const place = document.querySelector("[data-own-suggestions]");
    if (!place) return;
    const reading = Reading.of(state.doc);
    const items = tracking.changes.map(({ id, from, to, was }) => {
      const words = this.wordsOf(was, reading.between(from, to), state.doc.resolve(Math.max(1, from)).parent.textContent);
      const show = make("button", { type: "button", class: "link", "data-suggestion-show": id }, words);
      const take = make("button", { type: "button", class: "button button--plain button--small", "data-own-withdraw": id }, this.labels.own_withdraw);
      take.append(make("span", { class: "hidden" }, ` ${words}`));
      return make("li", { "data-own": id }, show, take);
    });
    place.replaceChildren(...items);
    for (const each of document.querySelectorAll("[data-own-count]")) each.textContent = say(this.labels.own, items.length);
    place.hidden = !items.length;
  }

  /** A change in words: ”was” → ”becomes”. @param {string} block the words of the block that would be of another kind */
  wordsOf(was, becomes, block) {
    const quoted = (part) => `”${clipped(part.text.replaceAll("\n", " ¶ ").trim())}”`;
    const nature = natureOf(was, becomes);
    if (nature === "kind") return `”${clipped(block)}” → ${this.labels[`kind_${becomes.blocks[0]}`]}`;
    if (nature === "format") return `${quoted(was)} → ${this.labels.format}`;
    if (!was.text) return say(this.labels.adds, 0, { words: quoted(becomes) });
    return becomes.text ? `${quoted(was)} → ${quoted(becomes)}` : say(this.labels.removes, 0, { words: quoted(was) });
  }
}

function turn(card, state) {
  card.dataset.state = state;
  for (const part of card.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
}

const mark = (card, isUnsure) => {
  for (const part of card.querySelectorAll("[data-when-unsure]")) part.hidden = !isUnsure;
};
