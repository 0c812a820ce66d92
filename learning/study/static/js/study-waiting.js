// What was written without a connection waits on the device, in order, until the server has answered that it has it.
// The server takes the same thing twice as once, so that asking again after a lost answer does no harm.

const PATIENCE = 15000;
const LOST = { ok: false, status: 0 };

// Sends one thing; an answer that never came is no answer: {ok: false, status: 0}.
export async function send(item, token) {
  try {
    return await fetch(item.url, {
      method: "POST",
      body: new URLSearchParams(item.fields),
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return LOST;
  }
}

export class Waiting {
  constructor(person, stateAddress) {
    this.name = `study-waiting-${person}`;
    this.person = person;
    this.stateAddress = stateAddress;
  }

  get items() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? [];
    } catch {
      return [];
    }
  }

  get count() {
    return this.items.length;
  }

  // Returns whether the device has kept it.
  add(item) {
    return this.keep([...this.items, item]);
  }

  keep(items) {
    try {
      if (items.length) localStorage.setItem(this.name, JSON.stringify(items));
      else localStorage.removeItem(this.name);
      return true;
    } catch {
      return false;
    }
  }

  // Sends everything in order; "sent", "signed-out", "failed", or "" where there still is no connection. One tab at a
  // time: the others find nothing left.
  async flush(onSent) {
    if (!navigator.locks) return this.flushNow(onSent);
    return navigator.locks.request(this.name, () => this.flushNow(onSent));
  }

  async flushNow(onSent) {
    let device;
    try {
      const answer = await fetch(this.stateAddress, { headers: { Accept: "application/json" }, cache: "no-store" });
      device = await answer.json();
    } catch {
      return "";
    }
    if (device.person !== this.person) return "signed-out";
    let outcome = "sent";
    for (const item of this.items) {
      const answer = await send(item, device.token);
      if (answer.status === 0) return "";
      if (answer.status === 401) return "signed-out";
      if (answer.ok) {
        this.keep(this.items.filter((each) => each.key !== item.key));
        onSent(item, await answer.text());
      } else outcome = "failed";
    }
    return outcome;
  }
}
