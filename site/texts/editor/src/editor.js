// One editor: the text, its tools, and what the page around it is told.

import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { anchorsIn, anchorsOf, anchorsPlugin } from "./anchors.js";
import { COMMANDS, KEYS, typing, typingOver } from "./commands.js";
import { Commenting } from "./commenting.js";
import { docOf, Reading } from "./flat.js";
import { Fields } from "./form.js";
import { LinkForm } from "./link.js";
import { marksKeys } from "./marks.js";
import { aimOf, Meter } from "./meter.js";
import { numbering } from "./numbering.js";
import { pastePlugin } from "./paste.js";
import { personalPlugin } from "./personal.js";
import { Rail } from "./rail.js";
import { Toolbar } from "./toolbar.js";
import { opened, trackingPlugin } from "./tracking.js";
import { Announcer, make, say } from "./words.js";

const isOwn = ({ id, own }) => own || String(id).startsWith("new-");

export class Editor {
  /** @param {HTMLElement} root with data-editor; see templates/texts/_body.html */
  constructor(root) {
    this.root = root;
    this.mode = root.dataset.editor;
    this.page = JSON.parse(root.querySelector("[data-editor-body]").textContent);
    const words = document.querySelector("[data-editor-labels]");
    this.labels = this.page.labels || JSON.parse(words.textContent);
    this.personal = words?.dataset.personalData;
    this.announcer = new Announcer();
    this.fields = new Fields(root, () => this.view.state, () => this.fill());
    this.warnings = make("div", { class: "notice editor__warnings", role: "group", "aria-label": this.labels.personal, hidden: true });
    this.build();
    this.begin();
  }

  get isEditable() {
    return this.mode !== "read";
  }

  build() {
    const { labels, root } = this;
    const view = () => this.view;
    this.name();
    this.link = new LinkForm(labels, view, (words) => this.announcer.say(words));
    this.comment = new Commenting(view, this.page.text, (words) => this.announcer.say(words), labels);
    this.tools = new Toolbar({
      labels, id: this.id, isEditable: this.isEditable, canComment: this.comment.isPossible,
      act: (name) => this.act(name), leave: () => this.view.focus(),
    });
    this.place = make("div");
    if (this.tools.buttons.length) root.append(this.tools.element, this.link.element);
    root.append(this.place, this.announcer.element);
    root.after(this.warnings);
    root.classList.add("editor--ready");
    // How to write the signs of the plain form is of no use here.
    const help = root.closest(".field")?.querySelector("[data-notation-help]");
    if (help) help.hidden = this.isEditable;
  }

  /** The text takes over the name, the description and the id of the field that it stands for. */
  name() {
    const field = this.fields.body;
    this.id = field?.id || "editor";
    if (!field) return;
    const label = document.querySelector(`label[for="${CSS.escape(this.id)}"]`);
    if (label) label.id ||= `${this.id}-label`;
    label?.addEventListener("click", () => this.view.focus());
    this.labelledBy = label?.id;
    field.id = `${this.id}-value`;
    field.hidden = true;
    field.required = false;
  }

  attributes() {
    const field = this.fields.body;
    const named = this.labelledBy ? { "aria-labelledby": this.labelledBy } : { "aria-label": this.labels.text };
    if (!this.isEditable) return { ...named, id: this.id, role: "document", class: "prose editor__body" };
    const described = [field?.getAttribute("aria-describedby"), `${this.id}-keys`].filter(Boolean).join(" ");
    return {
      ...named, id: this.id, role: "textbox", "aria-multiline": "true", "aria-describedby": described, class: "prose editor__body",
      ...(field?.getAttribute("aria-invalid") ? { "aria-invalid": field.getAttribute("aria-invalid") } : {}), spellcheck: "true",
    };
  }

  begin() {
    if (this.isEditable) this.root.append(make("p", { class: "hidden", id: `${this.id}-keys` }, this.labels.keys));
    this.view = new EditorView({ mount: this.place }, {
      state: this.current(),
      editable: () => this.isEditable,
      attributes: this.attributes(),
      dispatchTransaction: (tr) => this.dispatch(tr),
    });
    this.rail = new Rail({ view: this.view, labels: this.labels, announcer: this.announcer, mode: this.mode });
    this.meter = new Meter(document.querySelector("[data-span-meter]"), aimOf(this.root), this.labels, this.announcer);
    this.show(null);
  }

  /** @param {object} flat with its changes; threads come with the page alone */
  stateOf(flat, decisions) {
    const doc = docOf(flat, { decisions });
    const isSuggesting = this.mode === "suggest";
    const own = isSuggesting ? (flat.changes || []).filter(isOwn) : [];
    const others = (flat.changes || []).filter((each) => !own.includes(each));
    const threads = this.threadsOn(doc, flat);
    const state = EditorState.create({
      doc,
      plugins: [
        ...(this.isEditable ? this.writing() : []),
        marksKeys({ toCard: (id) => this.rail.showCard(id), say: (words) => this.announcer.say(words), labels: this.labels }),
        anchorsPlugin(anchorsIn(doc, { changes: others, threads }), this.labels),
        ...(isSuggesting ? [trackingPlugin({ labels: this.labels, others, refuse: () => this.announcer.say(this.labels.locked) })] : []),
        numbering(),
      ],
    });
    return own.length ? state.apply(opened(state, own)) : state;
  }

  /** Threads are of the text that the page came with: on another one each is where its words are, if they are once. */
  threadsOn(doc, flat) {
    const { text, threads = [] } = this.page;
    if (flat.text === text) return threads;
    const from = [...text];
    const points = Reading.of(doc).points.join("");
    return threads.map((thread) => {
      const words = from.slice(thread.start, thread.end).join("");
      const at = words ? points.indexOf(words) : -1;
      if (at < 0 || points.indexOf(words, at + 1) >= 0) return { ...thread, start: 0, end: 0, certain: false };
      const start = [...points.slice(0, at)].length;
      return { ...thread, start, end: start + thread.end - thread.start };
    });
  }

  writing() {
    const { labels, announcer, warnings: element, personal: address } = this;
    return [
      typing(),
      typingOver(),
      keymap({
        "Alt-F10": () => (this.tools.focus(), true),
        "Mod-k": () => (this.act("link"), true),
        "Mod-Alt-m": () => (this.act("comment"), true),
        ...KEYS,
      }),
      history(),
      pastePlugin((pictures) => announcer.say(say(labels.no_pictures, pictures))),
      ...(address ? [personalPlugin({ labels, address, element, announcer })] : []),
    ];
  }

  act(name) {
    const { view } = this;
    if (name === "link") return this.link.open();
    if (name === "comment") return this.comment.begin();
    COMMANDS[name](view.state, view.dispatch);
    view.focus();
  }

  dispatch(tr) {
    const before = this.view.state;
    this.view.updateState(before.apply(tr));
    // A transaction that was refused leaves everything as it was.
    if (this.view.state !== before) this.show(before);
  }

  show(before) {
    const { state } = this.view;
    this.tools.show(state);
    if (before && state.doc === before.doc && anchorsOf(state) === anchorsOf(before)) return;
    this.rail.show(state, before);
    this.meter.show(Reading.of(state.doc), !before);
    if (before && state.doc !== before.doc) this.fields.changed();
  }

  /** The document of what the fields hold, or of what the page came with. */
  current() {
    if (!this.fields.body) return this.stateOf(this.page, {});
    return this.stateOf(this.fields.read(this.page), this.fields.decided());
  }

  /** Another text of the same form has come. */
  fill() {
    this.view.updateState(this.current());
    this.tools.show(this.view.state);
    this.rail.show(this.view.state, null);
    this.meter.show(Reading.of(this.view.state.doc), true);
  }
}
