// Finds what looks like personal data in a free text, on the writer's device: nothing is sent anywhere.
// The patterns and words are in data/personal-data.json, and the server gives the same answers from them
// (site/common/personal_data/): what is changed here is changed there. The tests compare the two.
//
//   const find = await load();       // once; or load(address of the JSON)
//   find("Soita 040 123 4567")       // → [{ kind: "phone", start: 6, end: 18, from: 6, to: 18 }]
//
// start and end count code points, as on the server; from and to count as strings do here: text.slice(from, to).

const HERE = new URL("../data/personal-data.json", import.meta.url);
const LONGEST_LOCAL = 64;
const LONGEST_STREET = 40;
const LONGEST_ENDING = 9;
const LONGEST_TITLE = 40;
const LONGEST_BETWEEN = 12;
const MOST_GIVEN = 3;
const ISO_DIGITS = /[0-9]+/gu;

// The function that finds, when its words have come. Rejects where they cannot be had.
export async function load(address = HERE) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return finder(await response.json());
}

export function finder(data) {
  const fold = folder(data);
  const numbers = numberSearches(data);
  const addresses = addressSearches(data);
  const names = nameSearch(data);
  return (text) => {
    const { folded, points, units } = fold(text);
    const taken = new Uint8Array(folded.length);
    const found = [];
    const [codes, unsignedCodes] = numbers.identityCodes(folded);
    // In this order: what an earlier one has found is nothing else.
    const searches = [
      ["identity_code", codes],
      ["email", addresses.email(folded)],
      ["phone", numbers.phones(folded)],
      ["identity_code", unsignedCodes],
      ["address", addresses.street(folded)],
      ["name", names(folded)],
    ];
    for (const [kind, spans] of searches) {
      for (const [start, end] of spans) {
        if (taken.subarray(start, end).some(Boolean)) continue;
        taken.fill(1, start, end);
        found.push({ kind, start: points[start], end: points[end], from: units[start], to: units[end] });
      }
    }
    return found.sort((one, other) => one.start - other.start);
  };
}

// The text with its disguises taken off, each letter one code unit; and where each stood, in code points and units.
function folder({ fold, dropped, composed }) {
  const table = new Map();
  for (let code = 0xff01; code < 0xff5f; code++) table.set(String.fromCharCode(code), String.fromCharCode(code - 0xfee0));
  for (const [signs, meant] of fold) [...signs].forEach((sign, place) => table.set(sign, meant[place] ?? meant.at(-1)));
  const marks = new Map(composed.map(([mark, letters, made]) => [mark, new Map([...letters].map((letter, place) => [letter, made[place]]))]));
  return (text) => {
    const letters = [], points = [], units = [];
    let point = 0, unit = 0;
    for (const sign of text) {
      const letter = sign.length > 1 ? "\ufffd" : table.get(sign) ?? sign;
      const made = marks.get(letter)?.get(letters.at(-1));
      if (made) letters[letters.length - 1] = made;
      else if (!dropped.includes(letter)) letters.push(letter), points.push(point), units.push(unit);
      point += 1;
      unit += sign.length;
    }
    return { folded: letters.join(""), points: [...points, point], units: [...units, unit] };
  };
}

const everywhere = (pattern) => new RegExp(pattern, "gu");
const wordsOf = (lines) => lines.join(" ").split(" ");

function matchAt(pattern, text, place) {
  // `pattern` is sticky: it matches here or nowhere.
  pattern.lastIndex = place;
  return pattern.exec(text);
}

function numberSearches({ identity, phone, address }) {
  const code = everywhere(identity.pattern);
  const international = everywhere(phone.international);
  const national = everywhere(phone.national);
  const unit = new RegExp(phone.unit, "uy");
  const callingCodes = new Set(wordsOf(phone.calling_codes));
  const joined = new RegExp(`[0-9${address.letter}/_+-]`, "u");
  const isDigit = (sign) => sign >= "0" && sign <= "9";

  function isIdentityCode(found) {
    const [day, month, written, year, sign, number, check] = found.slice(1).map((group) => group ?? "");
    const digits = [day, month, year, number].map((group) => group.replace(/[^0-9]/gu, ""));
    const [d, m, y, n] = digits.map(Number);
    const century = identity.centuries[sign.toUpperCase()] ?? Number(written || 20) * 100;
    if ((written && century !== Number(written) * 100) || n < 2 || m < 1 || m > 12) return false;
    // Day 0 of the month after it is its last day.
    if (d < 1 || d > new Date(Date.UTC(century + y, m, 0)).getUTCDate()) return false;
    const whole = Number(digits[0].padStart(2, "0") + digits[1].padStart(2, "0") + digits[2] + digits[3]);
    return identity.checks[whole % identity.checks.length] === check.toUpperCase();
  }

  // Those with the sign of a century, and those without, which others go before: ten digits may be anything.
  function identityCodes(text) {
    const signed = [], unsigned = [];
    code.lastIndex = 0;
    for (let found; (found = code.exec(text)); ) {
      const end = code.lastIndex;
      code.lastIndex = found.index + 1;
      if ((found.index && isDigit(text[found.index - 1])) || !isIdentityCode(found)) continue;
      (found[5] ? signed : unsigned).push([found.index, end]);
      if (found[5]) code.lastIndex = end;
    }
    return [signed, unsigned];
  }

  function beginsAlone(text, place) {
    const before = place ? text[place - 1] : " ";
    if (".,:".includes(before)) return place < 2 || !isDigit(text[place - 2]);
    return !joined.test(before);
  }

  function isInternational(whole) {
    let digits = whole.replaceAll("(0)", "").replace(/[^0-9]/gu, "");
    if (whole.startsWith("00")) digits = digits.slice(2);
    if (digits.startsWith("358")) {
      const length = digits.replace("3580", "358").length;
      // Without a plus it may be a sum, which is shorter.
      return length >= (/^[+0]/u.test(whole) ? 9 : 11) && length <= 14;
    }
    const country = [1, 2, 3].map((length) => digits.slice(0, length)).find((each) => callingCodes.has(each));
    if (!country || digits.length < 9 || digits.length > 15) return false;
    if (country === "1") return digits.length === 11 && digits[1] > "1";
    return country === "39" || digits[country.length] !== "0";
  }

  function isMobile(groups) {
    // Four and four is how journals are numbered (ISSN).
    const isJournal = groups.length === 2 && groups.every((group) => group.length === 4);
    return groups.join("").length >= 8 && groups[0].length > 2 && !isJournal;
  }

  function isLandline(groups, rest) {
    const [area, first] = groups;
    const begins = "235689".includes(area[1]) || (area[1] === "1" && area[2] > "2");
    if (groups.length === 1) return area.length >= 9 && begins && area[2] !== "0";
    const isArea = (area.length === 2 && "235689".includes(area[1])) || (area.length === 3 && area >= "013" && area <= "019");
    const separated = " -".includes(rest[0]) && isDigit(rest[1]) && !/[./]/u.test(rest);
    const number = groups.slice(1).join("");
    return isArea && separated && first.length >= 3 && number.length >= 5 && number[0] !== "0" && !/^(?:19|20)[0-9]{2}$/u.test(first);
  }

  // Where the number ends: groups that make it too long belong to what follows. 0 where it is no number.
  function nationalEnd(found) {
    const head = found.index + found[0].length - found[2].length;
    const groups = [[found[1], found.index + found[0].indexOf(found[1]) + found[1].length]];
    for (const each of found[2].matchAll(ISO_DIGITS)) groups.push([each[0], head + each.index + each[0].length]);
    const mobile = found[1].startsWith("04") || found[1].startsWith("050");
    const length = () => groups.reduce((sum, [digits]) => sum + digits.length, 0);
    while (groups.length && length() > (mobile ? 11 : 10)) groups.pop();
    if (!groups.length) return 0;
    const digits = groups.map((group) => group[0]);
    const end = groups.at(-1)[1];
    return (mobile ? isMobile(digits) : isLandline(digits, found[2].slice(0, Math.max(0, end - head)))) ? end : 0;
  }

  function* phones(text) {
    for (const found of text.matchAll(international)) {
      const end = found.index + found[0].length;
      if (beginsAlone(text, found.index) && isInternational(found[0]) && !matchAt(unit, text, end)) yield [found.index, end];
    }
    national.lastIndex = 0;
    for (let found; (found = national.exec(text)); ) {
      const end = beginsAlone(text, found.index) ? nationalEnd(found) : 0;
      if (end) yield [found.index, end];
      national.lastIndex = end || found.index + found[0].indexOf(found[1]) + found[1].length;
    }
  }

  return { identityCodes, phones };
}

// The start of the run of allowed signs that ends here.
function back(text, place, allowed, most) {
  let start = place;
  while (start > 0 && place - start < most && allowed.test(text[start - 1])) start -= 1;
  return start;
}

function addressSearches({ email, address }) {
  const at = everywhere(email.at);
  const local = new RegExp(`[${email.local}]`, "u");
  const domain = new RegExp(email.domain, "uy");
  const shared = new RegExp(email.shared, "u");
  const providers = new Set(wordsOf(email.providers));
  const number = everywhere(address.number);
  const ending = new RegExp(address.ending, "u");
  const small = new RegExp(address.small, "u");
  const notBefore = new RegExp(address.not_before, "u");
  const letter = new RegExp(`[${address.letter}-]`, "u");
  const capital = new RegExp(`^[${address.capital}]`, "u");

  const isLikely = (name, whole) =>
    providers.has(whole.split(".")[0].split(" ")[0].toLowerCase()) || /[a-z][._][a-z]/u.test(name.toLowerCase());

  function* emails(text) {
    for (const found of text.matchAll(at)) {
      let start = back(text, found.index, local, LONGEST_LOCAL);
      while (start < found.index && "._-'+%".includes(text[start])) start += 1;
      const name = text.slice(start, found.index);
      const after = matchAt(domain, text, found.index + found[0].length);
      if (!name || !after || shared.test(name.toLowerCase())) continue;
      // "At" between spaces is an English word as well.
      if (/^ .. $/u.test(found[0]) && !isLikely(name, after[0])) continue;
      yield [start, after.index + after[0].length];
    }
  }

  function isStreet(word) {
    const found = ending.exec(word);
    if (!found || notBefore.test(word.slice(0, found.index))) return false;
    return capital.test(word) || small.test(word);
  }

  function* streets(text) {
    for (const found of text.matchAll(number)) {
      const end = found.index - 1;
      if (end < 1 || text[end] !== " ") continue;
      const start = back(text, end, letter, LONGEST_STREET);
      if (isStreet(text.slice(start, end))) yield [start, found.index + found[0].length];
    }
  }

  return { email: emails, street: streets };
}

function nameSearch({ name, address }) {
  const word = everywhere(name.word);
  const sentence = everywhere(name.sentence);
  const longer = everywhere(name.longer_places.join("|"));
  const between = new RegExp(`^${name.between}`, "u");
  const before = new RegExp(`([${address.letter}.-]+)( |: ?)$`, "u");
  const after = new RegExp(name.after, "uy");
  const apposition = new RegExp(name.apposition, "uy");
  const academy = new RegExp(name.academy, "uy");
  const [title, credit, notName, cases, inner] = [name.titles, name.credits, name.not_surnames, name.case, name.inner].map((each) => new RegExp(each, "u"));
  const [given, surnames, givenAsSurnames, placesAsSurnames] = [name.given, name.surnames, name.given_as_surnames, name.places_as_surnames].map((lines) => new Set(wordsOf(lines)));
  const places = new Map(wordsOf(name.places).flatMap((row) => row.split("|").map((stem) => [stem, row.split("|")[0]])));

  const titled = (text) => text.split("-").map((part) => part[0] + part.slice(1).toLowerCase()).join("-");
  // A name in capitals is a name too.
  const nameOf = (text) => (text === text.toUpperCase() ? titled(text) : text);
  const isGiven = (text) => given.has(text) || given.has(text.split("-")[0]);
  const isTitle = (text) => title.test(text) || title.test(text.toLowerCase());

  // The municipality that the word names and the ending it has.
  function placeOf(text) {
    for (let length = 0; length < Math.min(LONGEST_ENDING, text.length - 1); length++) {
      const stem = text.slice(0, text.length - length);
      const ending = text.slice(text.length - length);
      if (places.has(stem) && cases.test(ending)) return [places.get(stem), ending];
    }
    return ["", ""];
  }

  function mayBeSurname(text) {
    if (given.has(text)) return givenAsSurnames.has(text);
    if (text.length < 3 || notName.test(text)) return false;
    const [place, ending] = placeOf(text);
    return !place || (placesAsSurnames.has(place) && !inner.test(ending));
  }

  function areTogether(text, words, later) {
    if (later >= words.length) return false;
    const start = words[later - 1].end, end = words[later].start;
    return end - start <= LONGEST_BETWEEN && between.test(text.slice(start, end));
  }

  // The place of the word that ends the name which begins here, or 0.
  function surname(text, words, first) {
    let at = first + 1;
    if (!areTogether(text, words, at)) return 0;
    if (!isGiven(words[first].text)) return surnames.has(words[first].text) && given.has(words[at].text) ? at : 0;
    while (at - first < MOST_GIVEN && given.has(words[at].text) && areTogether(text, words, at + 1)) at += 1;
    return mayBeSurname(words[at].text) ? at : 0;
  }

  function namesOf(text, words) {
    const names = [];
    for (let at = 0; at < words.length - 1; ) {
      const last = surname(text, words, at);
      if (last) names.push([words[at].start, words[last].end]);
      at = (last || at) + 1;
    }
    return names;
  }

  // How many of the sorted numbers are at most this.
  function upTo(sorted, value) {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  function* placesIn(text, words, names) {
    const starts = names.map(([start]) => start);
    for (const each of words) {
      const at = upTo(starts, each.start) - 1;
      const outside = at < 0 || each.start >= names[at][1];
      if (outside && placeOf(each.text)[0] && !given.has(each.text) && !matchAt(academy, text, each.end)) yield each.start;
    }
    for (const found of text.matchAll(longer)) yield found.index;
  }

  function isPublic(text, start, end) {
    const said = before.exec(text.slice(Math.max(0, start - LONGEST_TITLE), start));
    if (said && (said[2] === " " ? isTitle(said[1]) : credit.test(said[1]))) return true;
    if (matchAt(after, text, end)) return true;
    const added = matchAt(apposition, text, end);
    return Boolean(added) && added[1].split(/[ ,]+/u).some(isTitle);
  }

  return function* (text) {
    const words = [...text.matchAll(word)].map((found) => ({ text: nameOf(found[0]), start: found.index, end: found.index + found[0].length }));
    const names = namesOf(text, words);
    if (!names.length) return;
    const ends = [...text.matchAll(sentence)].map((found) => found.index + found[0].length);
    const near = new Set([...placesIn(text, words, names)].map((place) => upTo(ends, place)));
    for (const [start, end] of names) {
      const here = upTo(ends, start);
      if ([here - 1, here, here + 1].some((each) => near.has(each)) && !isPublic(text, start, end)) yield [start, end];
    }
  };
}
