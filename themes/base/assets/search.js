// Search over the whole site. The index lies in scripts beside the page (see generator/pages/search.py): blocks of words
// with the numbers of what holds them, and what is shown of that. Only the blocks of the words that are asked for are
// loaded. What is asked for is in the address: ?q=graph
"use strict";
{
  const MOST_BLOCKS = 6; // of one word
  const STEP = 20; // results at a time
  const FIRST_LEADING = 0x23, LEADING = 57, FIRST_LAST = 0x5d, LAST = 34;

  // Folding and taking apart must agree with generator/word_index.py.
  const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  const UNSPACED_END = new RegExp(`${UNSPACED.source}$`, "u");
  const LETTERS = { "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ" };

  const words = document.currentScript.dataset;
  const start = new URL(words.index, document.baseURI);
  const root = new URL(words.root, document.baseURI);
  const form = document.querySelector("form.search");
  const field = form.elements.q;
  const status = form.querySelector("[role=status]");
  const results = document.querySelector(".results");
  const more = document.querySelector(".more");
  const loads = new Map();
  const arrived = new Map();
  let index;
  let asked = 0;
  let shown = [];

  globalThis.paperfolioSearch = (name, data) => arrived.set(name, data);

  // The data of a script of the index. The version in the address keeps parts of an older index out.
  function load(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const address = new URL(`${name}.js`, start);
        if (index) address.search = index.version;
        script.src = address;
        script.onload = () => (arrived.has(name) ? resolve(arrived.get(name)) : reject(new Error(name)));
        script.onerror = () => {
          loads.delete(name);
          script.remove();
          reject(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return loads.get(name);
  }

  /* Words */

  function fold(text) {
    const bare = text.normalize("NFKD").toLowerCase().replace(ACCENTS, "");
    return bare.replace(/[øłđıßæœς]/g, (letter) => LETTERS[letter]).normalize("NFC");
  }

  // What a query asks for: whole pairs of letters where a script has no blanks, else the beginnings of words.
  function termsOf(query) {
    const terms = [];
    for (const word of fold(query).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []) {
      for (const [run] of word.matchAll(UNSPACED)) {
        const letters = [...run];
        if (letters.length === 1) terms.push({ text: run, begins: true });
        for (let at = 0; at + 1 < letters.length; at += 1) {
          terms.push({ text: letters[at] + letters[at + 1], begins: false });
        }
      }
      for (const text of word.replace(UNSPACED, " ").split(" ")) {
        if (text) terms.push({ text, begins: true });
      }
    }
    return terms;
  }

  // The number of the last block whose first word is not after the given one.
  function blockOf(word) {
    let low = 0, high = index.words.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (index.words[middle] <= word) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function numbers(written) {
    const found = [];
    let number = 0, higher = 0;
    for (let at = 0; at < written.length; at += 1) {
      const code = written.charCodeAt(at);
      if (code < FIRST_LAST) {
        higher = higher * LEADING + code - FIRST_LEADING;
      } else {
        number += higher * LAST + code - FIRST_LAST;
        found.push(number);
        higher = 0;
      }
    }
    return found;
  }

  // How well each entry fits a term: a title or name more than an abstract, a whole word more than its beginning.
  async function fits({ text, begins, whole: isWhole }) {
    const isPart = begins && !isWhole;
    const first = blockOf(text);
    const last = isPart ? blockOf(`${text}\uffff`) : first;
    const cut = last - first >= MOST_BLOCKS;
    const numbersOf = Array.from({ length: Math.min(last - first + 1, MOST_BLOCKS) }, (_, at) => first + at);
    const blocks = await Promise.all(numbersOf.map((at) => load(`words-${at}`)));
    const scores = new Map();
    const count = (entries, score) => {
      for (const entry of entries) {
        if ((scores.get(entry) ?? 0) < score) scores.set(entry, score);
      }
    };
    for (const block of blocks) {
      for (const word in block) {
        if (word !== text && !(isPart && word.startsWith(text))) continue;
        const [strong, weak] = block[word].split(" ");
        const whole = word === text ? 1 : 0;
        count(weak === "*" ? Array(index.entries).keys() : numbers(weak), 1 + whole);
        count(numbers(strong), 3 + whole);
      }
    }
    return { scores, cut };
  }

  /* Results */

  async function search() {
    const own = asked += 1;
    const query = field.value.trim();
    const terms = termsOf(query);
    // one letter begins half of all words, but is a word too: R, C++
    const isShort = terms.every(({ text, begins }) => begins && /^[\0-\x7f]$/.test(text));
    for (const term of terms) term.whole = isShort;
    if (!terms.length) {
      shown = [];
      form.ariaBusy = "false";
      show(own, [], query ? words.short : "");
      return;
    }
    form.ariaBusy = "true";
    const slow = setTimeout(() => own === asked && say(words.looking), 300);
    try {
      index ??= await load("index");
      const found = await Promise.all(terms.map(fits));
      if (own !== asked) return;
      const [fewest, ...others] = found.map(({ scores }) => scores).sort((one, other) => one.size - other.size);
      const totals = [];
      for (const [entry, score] of fewest) {
        if (others.every((scores) => scores.has(entry))) {
          totals.push([entry, others.reduce((sum, scores) => sum + scores.get(entry), score)]);
        }
      }
      totals.sort((one, other) => other[1] - one[1] || other[0] - one[0]);
      shown = totals.map(([entry]) => entry);
      const partly = found.some(({ cut }) => cut) ? ` ${words.partly}` : "";
      const told = shown.length ? words.found.replace("%n", shown.length.toLocaleString(document.documentElement.lang)) : isShort ? words.short : words.nothing;
      await show(own, terms, told + partly);
    } catch {
      if (own === asked) say(words.unreachable);
    } finally {
      clearTimeout(slow);
      if (own === asked) form.ariaBusy = "false";
    }
  }

  async function show(own, terms, told) {
    const cards = await cardsOf(shown.slice(0, STEP), terms);
    if (own !== asked) return;
    results.replaceChildren(...cards);
    more.hidden = shown.length <= STEP;
    more.terms = terms;
    say(told);
  }

  async function cardsOf(entries, terms) {
    const parts = await Promise.all(entries.map((entry) => load(`found-${Math.floor(entry / index.size)}`)));
    return entries.map((entry, at) => card(parts[at][entry % index.size], terms));
  }

  function element(name, kind, ...content) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...content);
    return made;
  }

  function card([kind, address, title, byline, venue, date, category, hue, excerpt], terms) {
    const missed = new Set(terms);
    const meta = element("div", "meta");
    if (category) {
      const badge = element("span", "category", category);
      badge.dataset.hue = hue;
      meta.append(badge);
    }
    if (kind in words || date) meta.append(element("span", "", words[kind] ?? date));
    const anchor = element("a", "p-name", ...marked(title, terms, missed));
    anchor.href = addressOf(address);
    const made = element("article", "paper", meta, element("h2", "", anchor));
    if (byline) made.append(element("p", "byline", ...marked(byline, terms, missed)));
    if (venue) made.append(element("p", "published", element("cite", "venue", ...marked(venue, terms, missed))));
    if (excerpt) made.append(element("p", "excerpt", ...marked(excerpt, terms, missed)));
    if (missed.size) {
      made.append(element("p", "elsewhere", `${words.elsewhere} ${[...missed].map(({ text }) => text).join(", ")}`));
    }
    return made;
  }

  // An address of the site as a link; with names of files where the site was built for reading from disk.
  function addressOf(address) {
    const local = root.pathname.endsWith("index.html") && address.endsWith("/");
    return new URL(address.slice(1) + (local ? "index.html" : ""), root);
  }

  // The text with what was asked for marked; terms that are there are taken out of `missed`.
  function marked(text, terms, missed) {
    let folded = "";
    const places = []; // of each folded unit, where it began in the text
    let at = 0;
    for (const letter of text.normalize("NFC")) {
      const plain = fold(letter);
      for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
      folded += plain;
      at += letter.length;
    }
    places.push(at);
    const whole = text.normalize("NFC");
    const spans = [];
    for (const term of terms) {
      for (let from = folded.indexOf(term.text); from >= 0; from = folded.indexOf(term.text, from + 1)) {
        const before = folded.slice(0, from).match(/[\p{L}\p{N}\p{M}]$/u);
        if (before && term.begins && !UNSPACED_END.test(before[0])) continue;
        if (term.whole && /^[\p{L}\p{N}\p{M}]/u.test(folded.slice(from + 1))) continue;
        spans.push([places[from], places[from + term.text.length]]);
        missed.delete(term);
      }
    }
    spans.sort((one, other) => one[0] - other[0]);
    const parts = [];
    let done = 0;
    for (const [from, to] of spans) {
      if (to <= done) continue;
      const begin = Math.max(from, done);
      parts.push(whole.slice(done, begin));
      parts.push(element("mark", "", whole.slice(begin, to)));
      done = to;
    }
    parts.push(whole.slice(done));
    return parts;
  }

  // What a screen reader has spoken is not spoken again.
  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  /* The address and the keys */

  function writeAddress() {
    const address = new URL(location.href);
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    else address.searchParams.delete("q");
    try {
      history.replaceState(null, "", address);
    } catch {
      // too many changes at once for this browser: the results are right all the same
    }
  }

  function restore() {
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    search();
  }

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      writeAddress();
      search();
    }, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    writeAddress();
    search();
  });
  more.firstElementChild.addEventListener("click", async () => {
    const count = results.childElementCount;
    const cards = await cardsOf(shown.slice(count, count + STEP), more.terms);
    results.append(...cards);
    more.hidden = results.childElementCount >= shown.length;
    cards[0]?.querySelector("a").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  addEventListener("popstate", restore);
  form.hidden = false;
  results.classList.add("papers"); // laid out as lists are; an empty list is none for those who read the page
  restore();
}
