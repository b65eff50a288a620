// Filters and sorting for the list of papers after <template class="filters"> (see _filters.html). All is read from the
// cards of the list; its other pages are fetched on first use. The state is in the query of the address, where a key
// that stands twice means any of its values: ?q=graph&category=LG&category=CL&from=2020&sort=cited
"use strict";
{
  const CHOICES = ["category", "from", "to", "type", "author", "code", "pdf"];
  const FIELDS = ["q", ...CHOICES, "sort"];
  const SEVERAL = ["category", "type"];
  const MOST_AUTHORS = 100;
  const STEP = 12;
  const PAUSE = 300;
  const LETTERS = { "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe" };

  const template = document.querySelector("template.filters");
  const list = listOf(template);
  const pager = list.parentElement.querySelector(".pager");
  const form = template.content.firstElementChild.cloneNode(true);
  const fields = form.elements;
  const [status, note] = form.querySelectorAll("[role=status]");
  const choices = form.querySelector("details");
  const reset = form.querySelector("[type=reset]");
  const language = document.documentElement.lang;
  const labels = new Map();
  // What can be chosen: options, and labels with a box, each with the element of its text.
  const offers = new Map();
  // The headings by their text, and for each card the heading above it.
  const headings = new Map();
  const above = new Map();
  const own = cardsIn(list);
  let papers = [];
  // How many papers have a value, of those that the other filters let through.
  let counted = {};
  let state = new URLSearchParams();
  let elsewhere = template.dataset.pages ? "unread" : "none";
  let typing = false;
  let frame = 0;
  let pause = 0;
  // How many of the found papers are shown: a thousand rows take too long.
  let most = STEP;
  const end = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    most *= 2;
    apply();
  }, { rootMargin: "0px 0px 600px" });

  // What Intl makes takes long while a page opens, so it is made when it is needed.
  function written(count) {
    return Number(count).toLocaleString(language);
  }

  // Lower case without accents: "Müller" and "muller" are the same.
  function fold(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øłđıßæœ]/g, (letter) => LETTERS[letter]);
  }

  function read(card) {
    const some = (value) => (value ? [value] : []);
    const has = (selector) => some(card.querySelector(selector) && "1");
    const { category, year, type } = card.dataset;
    const authors = [];
    for (const entry of card.querySelectorAll(".p-author:not(span.owner)")) {
      const name = fold(entry.textContent.trim());
      labels.set(`author ${name}`, entry.textContent.trim());
      authors.push(name);
    }
    const words = card.querySelectorAll(".p-name, .p-author, .published, .award, .p-summary");
    return {
      card,
      q: [],
      words: fold([...words].map((element) => element.textContent).join("\n")),
      title: card.querySelector(".p-name")?.textContent ?? "",
      date: card.querySelector(".dt-published")?.dateTime ?? (card.querySelector(".status") ? "9" : ""),
      cited: Number(card.querySelector(".citations")?.dataset.count ?? -1),
      category: some(category),
      from: some(year),
      to: some(year),
      type: some(type),
      author: authors,
      code: has(".code"),
      pdf: has(".button.pdf, [data-pdf]"),
    };
  }

  // The full names of categories and types, which stand in the template of every page of the list.
  function readLabels(content) {
    for (const box of content.querySelectorAll("[type=checkbox]")) {
      labels.set(`${box.name} ${box.value}`, box.parentElement.textContent.trim());
    }
  }

  // XMLHttpRequest, since it parses the page too, and does so under any security policy.
  function request(address) {
    return new Promise((resolve, reject) => {
      const sent = new XMLHttpRequest();
      sent.open("GET", address);
      sent.responseType = "document";
      sent.onloadend = () => (sent.status === 200 && sent.response ? resolve(sent.response) : reject());
      sent.send();
    });
  }

  function cardsIn(papers) {
    let heading;
    return [...papers.children].filter((element) => {
      if (element.matches(".group")) {
        const text = element.textContent;
        heading = headings.get(text) ?? headings.set(text, element).get(text);
      } else {
        above.set(element, heading);
      }
      return element.matches(".paper");
    });
  }

  // The template is alone in its place: what is put there changes nothing else for the browser.
  function listOf(template) {
    return template.parentElement.nextElementSibling;
  }

  function cardsOf(page) {
    const found = page.querySelector("template.filters");
    const cards = listOf(found);
    readLabels(found.content);
    for (const element of cards.querySelectorAll("[href], [src]")) {
      for (const name of ["href", "src"]) {
        if (element.hasAttribute(name)) element.setAttribute(name, element[name]);
      }
    }
    addNotes(cards.nextElementSibling);
    return cardsIn(cards);
  }

  // What signs beside names of another page mean, which this page may not say yet.
  function addNotes(notes) {
    if (!notes?.matches(".footnotes")) return;
    const own = list.nextElementSibling;
    if (!own?.matches(".footnotes")) return list.after(notes);
    const said = [...own.children].map((note) => note.textContent);
    own.append(...[...notes.children].filter((note) => !said.includes(note.textContent)));
  }

  async function readElsewhere() {
    const { page, pages, first, last } = template.dataset;
    elsewhere = "coming";
    try {
      if (location.protocol === "file:") throw new Error("pages on disk cannot be fetched");
      const parts = await Promise.all(Array.from({ length: pages }, async (_, before) => {
        if (before === page - 1) return own;
        const address = before ? last.replace(/page\/\d+\/(?=[^/]*$)/, `page/${before + 1}/`) : first;
        return cardsOf(await request(address));
      }));
      const cards = parts.flat();
      const others = cards.filter((card) => !own.includes(card));
      for (const card of others) card.hidden = true;
      papers = cards.map(read);
      list.append(...cards);
      document.dispatchEvent(new CustomEvent("papers", { detail: others }));
      elsewhere = "none";
    } catch {
      elsewhere = "unreachable";
    }
    fillChoices();
    apply();
  }

  function fillChoices() {
    const focused = document.activeElement;
    for (const name of CHOICES) {
      const group = form.querySelector(`[data-choices=${name}]`);
      const select = group.querySelector("select");
      const chosen = state.getAll(name);
      const counts = new Map();
      for (const paper of papers) add(counts, paper[name]);
      let values = [...counts.keys()];
      if (name === "author") {
        values = values.sort((one, other) => counts.get(other) - counts.get(one)).slice(0, MOST_AUTHORS);
      }
      values = [...new Set([...values, ...chosen])];
      values.sort((one, other) => labelOf(name, one).localeCompare(labelOf(name, other), language));
      if (name === "from" || name === "to") values.reverse();
      if (select) select.length = 1;
      else for (const label of group.querySelectorAll("label")) label.remove();
      (select ?? group).append(...values.map((value) => offer(name, value, select)));
      if (select) select.value = chosen[0] ?? "";
      group.hidden = values.length < (name === "code" || name === "pdf" ? 1 : 2) && !chosen.length;
    }
    // a box that was moved has lost it
    if (form.contains(focused)) focused.focus();
  }

  function add(counts, values) {
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }

  function labelOf(name, value) {
    return labels.get(`${name} ${value}`) ?? value;
  }

  function offer(name, value, select) {
    const key = `${name} ${value}`;
    if (!offers.has(key)) {
      const choice = select ? new Option("", value) : document.createElement("label");
      let text = choice;
      if (!select) {
        const box = document.createElement("input");
        const checked = state.getAll(name).includes(value);
        text = document.createElement("span");
        choice.append(Object.assign(box, { type: "checkbox", name, value, checked }), text);
      }
      offers.set(key, { name, value, choice, text });
    }
    return offers.get(key).choice;
  }

  // The first and the last of the years that are chosen.
  function range(from = state.get("from") ?? "", to = state.get("to") ?? "9999") {
    return [from, to].sort();
  }

  // How many papers a choice would leave; one of the years stands for all from it or up to it.
  function countOf(name, value) {
    if (name !== "from" && name !== "to") return counted[name].get(value) ?? 0;
    const [first, last] = name === "from" ? range(value) : range(undefined, value);
    let sum = 0;
    for (const [year, count] of counted[name]) {
      if (year >= first && year <= last) sum += count;
    }
    return sum;
  }

  // Nobody sees the counts while the choices are folded.
  function showCounts() {
    if (!choices.open) return;
    for (const { name, value, text } of offers.values()) {
      say(text, `${labelOf(name, value)} (${written(countOf(name, value))})`);
    }
  }

  // What a screen reader has spoken is not spoken again.
  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  // One test for each filter that is set; the two ends of the years are one.
  function tests() {
    const found = [];
    const wanted = fold(state.get("q") ?? "").split(/\s+/).filter(Boolean);
    if (wanted.length) found.push([["q"], (paper) => wanted.every((word) => paper.words.includes(word))]);
    if (state.has("from") || state.has("to")) {
      const [first, last] = range();
      found.push([["from", "to"], (paper) => paper.from.some((year) => year >= first && year <= last)]);
    }
    for (const name of ["category", "type", "author", "code", "pdf"]) {
      const any = state.getAll(name);
      if (any.length) found.push([[name], (paper) => any.some((value) => paper[name].includes(value))]);
    }
    return found;
  }

  function sorted() {
    const orders = {
      newest: (one, other) => other.date.localeCompare(one.date, language),
      cited: (one, other) => other.cited - one.cited,
      title: (one, other) => one.title.localeCompare(other.title, language),
    };
    const order = orders[state.get("sort")];
    return order ? [...papers].sort(order) : papers;
  }

  // The cards in their order, those that are under a heading below it while the order is that of the list. Of those
  // that are visible at most `room` are shown.
  function arrange(visible, room) {
    end.disconnect();
    let last;
    let count = 0;
    const filled = new Set();
    const found = new Map();
    const rows = new Set();
    for (const { card } of sorted()) {
      const hidden = !visible.has(card) || count === room;
      if (card.hidden !== hidden) card.hidden = hidden;
      if (!hidden) {
        count += 1;
        last = card;
      }
      const heading = above.get(card);
      if (heading && !fields.sort.value) {
        rows.add(heading);
        if (!hidden) filled.add(heading);
        if (visible.has(card)) add(found, [heading]);
      }
      rows.add(card);
    }
    for (const heading of headings.values()) {
      rows.add(heading);
      heading.hidden = !filled.has(heading);
      const number = heading.firstElementChild;
      if (number) say(number, written(String(state) ? found.get(heading) ?? 0 : number.dataset.count));
    }
    const order = [...rows];
    if (order.some((row, at) => list.children[at] !== row)) list.append(...order);
    if (last && count < visible.size) end.observe(last);
  }

  function apply() {
    const active = String(state) !== "";
    if (active && elsewhere === "unread") readElsewhere();
    const all = tests();
    counted = Object.fromEntries(FIELDS.map((name) => [name, new Map()]));
    const visible = new Set();
    for (const paper of papers) {
      // a choice counts the papers that all the other filters let through
      const missed = all.filter(([, passes]) => !passes(paper));
      if (missed.length > 1) continue;
      for (const name of missed[0]?.[0] ?? CHOICES) add(counted[name], paper[name]);
      if (!missed.length && (active || own.includes(paper.card))) visible.add(paper.card);
    }
    arrange(visible, active ? most : Infinity);
    showCounts();

    if (pager) pager.hidden = active && elsewhere !== "unreachable";
    for (const element of document.querySelectorAll(".showing")) element.hidden = active;
    reset.hidden = !active;
    form.ariaBusy = String(elsewhere === "coming");
    say(status, active ? status.dataset.found.replace("%n", written(visible.size)).replace("%m", written(papers.length)) : "");
    if (note) say(note, (active && note.dataset[elsewhere]) || "");
  }

  // Papers are read when they are needed first.
  function prepare() {
    if (papers.length) return;
    papers = own.map(read);
    list.classList.add("filtered");
    fillChoices();
    apply();
  }

  function applySoon() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      prepare();
      apply();
    });
  }

  function readAddress() {
    const query = new URLSearchParams(location.search);
    state = new URLSearchParams();
    for (const name of FIELDS) {
      const values = query.getAll(name).filter(Boolean);
      if (!SEVERAL.includes(name)) values.splice(1);
      for (const value of values) state.append(name, name === "author" ? fold(value) : value);
    }
  }

  function showState() {
    for (const field of fields) {
      if (field.type === "checkbox") field.checked = state.getAll(field.name).includes(field.value);
      else if (field.name) field.value = state.get(field.name) ?? "";
    }
    if (fields.sort.selectedIndex < 0) fields.sort.selectedIndex = 0; // the order that the list has
    if (CHOICES.some((name) => state.has(name))) choices.open = true;
  }

  // Typing goes on in one entry of the history; every other change is one of its own.
  function writeAddress(replace) {
    forgetPause();
    const query = new URLSearchParams(location.search);
    for (const name of FIELDS) {
      query.delete(name);
      for (const value of state.getAll(name)) query.append(name, value);
    }
    const address = location.pathname + (String(query) && `?${query}`) + location.hash;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", address);
    } catch {
      // too many changes at once, or a file: the list is right all the same
    }
  }

  function forgetPause() {
    clearTimeout(pause);
    pause = 0;
  }

  function change(event) {
    const before = typing;
    typing = event.target === fields.q;
    state = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value.trim()) state.append(name, value.trim());
    }
    // a new address costs more than filtering does
    forgetPause();
    if (before && typing) pause = setTimeout(writeAddress, PAUSE, true);
    else writeAddress(false);
    most = STEP;
    applySoon();
  }

  // The list as the address says.
  function restore() {
    forgetPause();
    typing = false;
    most = STEP;
    readAddress();
    prepare();
    fillChoices();
    showState();
    apply();
  }

  readLabels(template.content);
  template.after(form);
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    typing = false;
    state = new URLSearchParams();
    showState();
    writeAddress(false);
    apply();
    fields.q.focus();
  });
  form.addEventListener("focusin", prepare);
  form.addEventListener("focusout", () => {
    if (pause) writeAddress(true);
  });
  choices.addEventListener("toggle", () => {
    prepare();
    showCounts();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target !== fields.q) return;
    event.preventDefault();
    if (fields.q.value) {
      fields.q.value = "";
      change(event);
    } else {
      fields.q.blur();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    fields.q.focus();
    fields.q.select();
  });
  addEventListener("popstate", restore);
  addEventListener("beforeprint", () => {
    most = Infinity;
    if (papers.length) apply();
  });
  readAddress();
  if (String(state)) restore();
}
