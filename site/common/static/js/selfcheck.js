// Checks a self-check question in place. Without this the form opens the page again with the same outcome.

function tell(form, sentence) {
  form.querySelector(".quiz__offline")?.remove();
  const line = document.createElement("p");
  line.className = "quiz__offline";
  line.setAttribute("role", "alert");
  line.textContent = sentence;
  form.append(line);
}

async function answer(form) {
  const address = new URL(form.dataset.selfcheck, location.href);
  address.search = new URLSearchParams(new FormData(form));
  let response;
  try {
    response = await fetch(address);
  } catch {
    tell(form, form.dataset.offline);
    return;
  }
  if (!response.ok) {
    // The page itself can check as well.
    form.submit();
    return;
  }
  form.innerHTML = await response.text();
  form.querySelector("[role=status]")?.focus();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.selfcheck) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  await answer(form);
  form.ariaBusy = "false";
});
