// Makes snippets on /embed/ from what is chosen, and shows what they show. Its fields stand in a <template>.
"use strict";
{
  const template = document.querySelector("template.maker");
  const section = template.content.firstElementChild.cloneNode(true);
  const maker = section.querySelector(".maker");
  const field = (name) => maker.querySelector(`[name=${name}]`);
  const output = section.querySelector("pre");
  const live = section.querySelector(".live");
  const base = template.dataset.base || new URL("..", location.href).href;
  const names = new Intl.DisplayNames(document.documentElement.lang, { type: "language", fallback: "code" });
  // what only the element can do: a frame and a text hold one list as it is
  const ELEMENT = ["to", "tag", "limit", "sort", "lang", "code", "show", "group", "layout"];
  const SHOWN = 10;

  const quoted = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  const ticked = (name) => [...maker.querySelectorAll(`[name=${name}]:checked`)].map((input) => input.value);
  const value = (name) => field(name)?.value.trim() ?? "";

  function years() {
    const [from, to] = [value("from"), value("to")];
    return from === to ? from : `${from}-${to}`;
  }

  function attributes() {
    const found = { author: value("author"), category: value("category"), year: years(), tag: value("tag") };
    for (const name of ["limit", "sort", "lang"]) found[name] = value(name);
    for (const name of ["show", "group", "layout"]) found[name] = ticked(name).join(",");
    const wanted = Object.entries(found).filter(([, text]) => text);
    for (const name of ["code", "selected"]) if (field(name)?.checked) wanted.push([name, ""]);
    return wanted;
  }

  // The list that a frame or a text can show: the first that is chosen. Its title and its address.
  function list() {
    for (const name of ["author", "category", "from"]) {
      if (value(name)) {
        const option = field(name).selectedOptions[0];
        return [option.textContent.trim(), option.dataset.list];
      }
    }
    const selected = field("selected");
    if (selected?.checked) return [selected.parentElement.textContent.trim(), selected.dataset.list];
    return [template.dataset.title, template.dataset.list];
  }

  // Of a long list the first papers: they show what it looks like, and end before many links are to be passed.
  function element(wanted) {
    const made = document.createElement("paper-list");
    for (const [name, text] of wanted) made.setAttribute(name, text);
    if (!(value("limit") <= SHOWN && value("limit") > 0)) made.setAttribute("limit", SHOWN);
    const link = document.createElement("a");
    link.href = base;
    link.textContent = template.dataset.all;
    made.append(link);
    return made;
  }

  function frame(title, address) {
    const made = document.createElement("iframe");
    made.src = address;
    made.title = title;
    return made;
  }

  function update() {
    const kind = value("form");
    for (const name of ELEMENT) {
      for (const field of maker.querySelectorAll(`[name=${name}]`)) field.disabled = kind !== "script";
    }
    if (kind === "script") {
      const wanted = attributes();
      const written = wanted.map(([name, text]) => (text ? ` ${name}="${quoted(text)}"` : ` ${name}`)).join("");
      output.textContent = `<script type="module" src="${quoted(base)}embed.js"></script>\n`
        + `<paper-list${written}><a href="${quoted(base)}">${quoted(template.dataset.all)}</a></paper-list>`;
      live.replaceChildren(element(wanted));
      return;
    }
    const [title, address] = list();
    // a list is named relative to this page, which is a folder of the site
    const folder = new URL(address.replace(/index\.html$/, ""), new URL("embed/", base)).href;
    output.textContent = kind === "iframe"
      ? `<iframe src="${quoted(folder)}" title="${quoted(title)}" width="100%" height="600" loading="lazy" style="border: 0"></iframe>`
      : `${folder}${kind === "html" ? "fragment" : "shadow"}.txt`;
    live.replaceChildren(frame(title, address));
  }

  for (const tag of template.dataset.languages.split(" ")) field("lang").append(new Option(names.of(tag), tag));
  maker.addEventListener("input", update);
  addEventListener("message", ({ data, source }) => {
    if (data?.type !== "paperfolio:height") return;
    for (const made of document.querySelectorAll("iframe")) {
      if (made.contentWindow === source) made.style.height = `${Math.min(Number(data.height) || 0, 20000)}px`;
    }
  });
  template.replaceWith(section);
  update();
}
