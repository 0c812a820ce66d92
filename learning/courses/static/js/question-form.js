// The administration's form of a question shows what its kind asks for. What holds something already stays in sight,
// whatever the kind: nothing is saved that its editor does not see. Without this all of the form is shown.

const kind = document.querySelector("[data-question-kinds]");
const uses = JSON.parse(kind.dataset.questionKinds);
const form = kind.form;

const field = (input) => input.closest(".w-panel__wrapper");
const panel = (input) => input.closest("section.w-panel");
const filled = (name) => form.elements[name].value.trim() !== "";

function rowsOfSteps() {
  return [...form.querySelectorAll("[name^=steps-][name$=-DELETE]")].some((each) => each.value !== "1");
}

function* parts() {
  for (const name of ["step", "match", "correct"]) {
    for (const input of form.querySelectorAll(`[name^=options-][name$=-${name}]`)) {
      yield [name, field(input), name !== "correct" && input.value.trim() !== ""];
    }
  }
  yield ["steps", panel(form.elements["steps-TOTAL_FORMS"]), rowsOfSteps()];
  yield ["tolerance", panel(form.elements.tolerance), filled("unit")];
  yield ["model_answer", panel(form.elements.model_answer), filled("model_answer")];
}

function show() {
  // Before a kind is chosen nobody knows what it will ask for.
  const wanted = uses[kind.value];
  for (const [name, part, holdsSomething] of parts()) {
    part.hidden = Boolean(wanted) && !wanted.includes(name) && !holdsSomething;
  }
}

kind.addEventListener("change", show);
// Options and steps that are added come with all of their fields.
new MutationObserver(show).observe(form, { childList: true, subtree: true });
show();
