// Checks a self-check question in place. Without this the form opens the page again with the same outcome.

async function answer(form) {
  const address = new URL(form.dataset.selfcheck, location.href);
  address.search = new URLSearchParams(new FormData(form));
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${response.status}`);
  form.innerHTML = await response.text();
  form.querySelector("[role=status]")?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.selfcheck) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  answer(form)
    // The page itself can check as well, and tells in the reader's language when it cannot be reached.
    .catch(() => form.submit())
    .finally(() => (form.ariaBusy = "false"));
});
