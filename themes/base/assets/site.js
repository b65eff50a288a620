// The switch of light and dark, copy buttons, BibTeX within lists, arrow keys. Its words are attributes of its <script>.
"use strict";
{
  const words = document.currentScript.dataset;
  const root = document.documentElement;
  const status = element("p", "unseen");

  function element(tag, kind) {
    const made = document.createElement(tag);
    made.className = kind;
    return made;
  }

  function button(kind, label) {
    const made = element("button", kind);
    made.type = "button";
    made.ariaLabel = label;
    return made;
  }

  // A screen reader speaks what changes in here.
  function say(text) {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50);
  }

  function schemeSwitch() {
    const order = ["auto", "light", "dark"];
    const made = button("scheme", "");
    const show = () => { made.ariaLabel = made.title = words[root.dataset.scheme]; };
    made.addEventListener("click", () => {
      root.dataset.scheme = order[(order.indexOf(root.dataset.scheme) + 1) % order.length];
      try {
        localStorage.setItem("paperfolio-scheme", root.dataset.scheme);
      } catch {
        // storage is blocked: the choice holds for this page
      }
      show();
      say(made.title);
    });
    show();
    return made;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // no clipboard here (an address without https) or not allowed: the old way
      const area = element("textarea", "unseen");
      area.value = text;
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      if (!copied) throw new Error("not copied");
    }
  }

  // Copies a text, or what an element holds when it is pressed.
  function copyButton(what, source) {
    const made = button("copy", `${words.copy} ${what}`);
    made.title = made.ariaLabel;
    made.addEventListener("click", async () => {
      try {
        await copy(source.textContent ?? source);
      } catch {
        return;
      }
      made.focus();
      made.classList.add("done");
      say(words.copied);
      setTimeout(() => made.classList.remove("done"), 2000);
    });
    return made;
  }

  function copyable(pre) {
    const box = element("div", "copyable");
    pre.replaceWith(box);
    box.append(pre, copyButton(pre.dataset.what ?? "BibTeX", pre));
  }

  function copyIdentifier(link) {
    const found = /(?:doi\.org|arxiv\.org\/abs)\/(.+)$/.exec(link.href);
    if (found) link.after(copyButton(link.textContent.trim(), decodeURIComponent(found[1])));
  }

  // BibTeX in its place within a list; where the file cannot be fetched, it is opened instead.
  function bibtexButton(paper) {
    const title = paper.querySelector("a.p-name");
    // its label is shown by the style sheet, so that copied text has the papers and not the buttons
    const made = button("button cite", "BibTeX");
    made.ariaExpanded = "false";
    let place;
    made.addEventListener("click", async () => {
      if (!place) {
        const address = new URL("cite.bib", title.href);
        try {
          if (address.protocol === "file:") throw new Error("files on disk cannot be fetched");
          const answer = await fetch(address);
          if (!answer.ok) throw new Error(answer.status);
          const pre = document.createElement("pre");
          pre.dir = "ltr";
          pre.textContent = (await answer.text()).trim();
          if (pre.textContent.length > 3000) Object.assign(pre, { className: "long", tabIndex: 0 });
          place = element("div", "entry");
          place.append(pre);
          copyable(pre);
          place.hidden = true;
          paper.append(place);
        } catch {
          location.assign(address);
          return;
        }
      }
      place.hidden = !place.hidden;
      made.ariaExpanded = String(!place.hidden);
    });
    return made;
  }

  function addBibtex(paper) {
    let buttons = paper.querySelector(".buttons");
    if (!buttons) {
      buttons = element("ul", "buttons");
      paper.append(buttons);
    }
    const item = document.createElement("li");
    item.append(bibtexButton(paper));
    buttons.append(item);
  }

  // Arrow keys, j and k lead from title to title in a list, and from a search to what it found.
  function step(event) {
    const direction = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const title = event.target.matches("[type=search]") ? firstFound(event) : neighbour(event.target, direction);
    if (!title) return;
    event.preventDefault();
    title.focus();
  }

  function firstFound({ key, target }) {
    if (key !== "ArrowDown") return null;
    return target.closest("section, main").querySelector(".papers > .paper:not([hidden]) .p-name");
  }

  function neighbour(target, direction) {
    if (target.closest("input, select, textarea, pre, math")) return null;
    const next = direction > 0 ? "nextElementSibling" : "previousElementSibling";
    let other = target.closest(".papers .paper")?.[next];
    while (other && (other.hidden || !other.matches(".paper"))) other = other[next];
    return other?.querySelector(".p-name");
  }

  status.role = "status";
  document.body.append(status);
  if (words.auto) document.querySelector(".site-header")?.append(schemeSwitch());
  document.querySelectorAll(".cite pre").forEach(copyable);
  for (const reference of document.querySelectorAll(".references dd")) {
    reference.append(" ", copyButton(reference.previousElementSibling.textContent, reference.textContent.trim()));
  }
  document.querySelectorAll(".paper-head .button:is(.doi, .arxiv)").forEach(copyIdentifier);
  if ("bibtex" in words) {
    document.querySelectorAll(".papers .paper").forEach(addBibtex);
    // papers of the further pages of the list, see filters.js
    document.addEventListener("papers", (event) => event.detail.forEach(addBibtex));
  }
  document.addEventListener("keydown", step);
}
