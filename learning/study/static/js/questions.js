// Shows questions that are like the one being typed. Without this they are shown after it has been asked.

const PAUSE = 500; // ms after the last letter
const SHORTEST = 8;

for (const place of document.querySelectorAll("[data-similar]")) {
  const field = document.getElementById(place.dataset.of);
  let pause, request, shown = "";

  async function look() {
    const typed = field.value.trim();
    if (typed.length < SHORTEST) return;
    request?.abort();
    request = new AbortController();
    const address = new URL(place.dataset.similar, location.href);
    address.searchParams.set("otsikko", typed);
    try {
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok || response.redirected) return;
      const html = (await response.text()).trim();
      // Told again only where something else was found.
      if (html === shown) return;
      shown = html;
      place.innerHTML = html;
    } catch {
      // A later letter has been typed, or the connection is lost: then nothing is suggested.
    }
  }

  field?.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  });
}
