// <paper-list> for the pages of other sites: reads this site's lists of papers (docs/embedding.md) and shows them.
// Texts become text and never markup, styles come by style sheet objects: strict policies of the page stay in force.
const SITE = new URL(".", import.meta.url);
const MOST_READ = 10; // slices of a list: about a thousand papers
const MOST_SHOWN = 1000;
const PATIENCE = 20000; // milliseconds
// Said when the lists, which know their site's words, cannot be had.
const FAILED = {
  en: "The papers could not be loaded.",
  de: "Die Publikationen konnten nicht geladen werden.",
  fr: "Impossible de charger les publications.",
  es: "No se pudieron cargar las publicaciones.",
  zh: "无法加载论文。",
  ja: "論文を読み込めませんでした。",
  ar: "تعذّر تحميل الأوراق.",
};
const ATTRIBUTES = "author category year tag code selected limit sort show group layout lang heading site".split(" ");
const STYLE = `
:host { display: block !important; visibility: visible !important; opacity: 1 !important }
:host([hidden]) { display: none !important }
ul { list-style: none; margin: 0; padding: 0 }
li { margin: 0 0 var(--paper-list-gap, 1em) }
p { margin: 0 }
[part=heading] { font: inherit; font-weight: 600; margin: 0 0 .5em }
a { color: var(--paper-list-link, inherit) }
small { display: block; font-size: .9em; color: var(--paper-list-quiet, inherit) }
small > * + *::before { content: " · " }
[part~=owner], [part~=abbr] { font-weight: 600 }
[part~=retracted] > [part=title] { text-decoration: line-through }
[part=links] a, summary { min-block-size: 24px; width: fit-content }
[part=links] a { display: inline-block; margin-inline-end: .75em }
summary { cursor: pointer }
[part=text] { white-space: pre-line }
.compact li { margin-block-end: calc(var(--paper-list-gap, 1em) / 2) }
.compact :is([part=authors], small) { display: inline; margin-inline-start: .5em }`;

const answers = new Map();
let sheet;

// JSON of the site, asked for once for all lists of the page.
function read(address) {
  const url = String(address);
  let answer = answers.get(url);
  if (!answer) {
    answer = fetch(url, { signal: AbortSignal.timeout(PATIENCE), credentials: "omit" }).then((found) => {
      if (!found.ok) throw new Error(`${url}: ${found.status}`);
      return found.json();
    });
    answers.set(url, answer);
    answer.catch(() => answers.delete(url));
  }
  return answer;
}

function make(name, part, ...content) {
  const made = document.createElement(name);
  if (part) made.setAttribute("part", part);
  made.append(...content);
  return made;
}

// A link if the address is one of the web, else the text alone.
function link(part, text, address, base) {
  let url;
  try {
    url = new URL(address, base);
  } catch {}
  const isWeb = /^https?:$/.test(url?.protocol);
  const made = make(isWeb ? "a" : "span", part, String(text ?? ""));
  if (isWeb) made.href = url;
  return made;
}

// The language tag, or nothing if it is none.
function tag(text) {
  try {
    return Intl.getCanonicalLocales(text || [])[0];
  } catch {}
}

const list = (value) => (Array.isArray(value) ? value : []);
const facts = (item) => item._paperfolio ?? {};
const names = (text) => (text ?? "").split(",").map((name) => name.trim().toLowerCase()).filter(Boolean);

class PaperList extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #wish = 0;

  connectedCallback() {
    this.#load();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#load();
  }

  // Attributes that change together are answered once, for the last wish.
  async #load() {
    const wish = ++this.#wish;
    await null;
    if (wish !== this.#wish) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
    }
    root.adoptedStyleSheets = [sheet];
    // what the page itself has in the element, a link to the papers, stays until there is something better
    if (!root.querySelector("[part=list]")) root.replaceChildren(make("slot"), make("p", "status", "…"));
    this.setAttribute("aria-busy", "true");
    let shown;
    let event = "load";
    try {
      shown = await this.#shown();
    } catch (error) {
      console.warn("paper-list:", error);
      const site = this.getAttribute("site") ?? SITE.href;
      shown = [make("p", "status", FAILED[tag(this.lang || document.documentElement.lang)?.slice(0, 2)] ?? FAILED.en), this.childElementCount ? make("slot") : link("", site, site, SITE)];
      event = "error";
    }
    if (wish !== this.#wish) return;
    root.replaceChildren(...shown);
    this.removeAttribute("aria-busy");
    this.dispatchEvent(new Event(event));
  }

  get #site() {
    return new URL((this.getAttribute("site") ?? ".").replace(/\/[^\s/.]+$/, "$&/"), SITE); // a folder
  }

  async #shown() {
    const site = this.#site;
    const get = (name) => this.getAttribute(name);
    const has = (name) => this.hasAttribute(name) && get(name) !== "false";
    const authors = names(get("author"));
    const categories = names(get("category"));
    const tags = names(get("tag"));
    const [, from, dash, to] = /^\s*(\d*)\s*([-–]?)\s*(\d*)\s*$/.exec(get("year") ?? "") ?? [];
    const first = Number(from) || 0;
    const last = Number(to || (dash ? 0 : from)) || Infinity;
    const isDated = first > 0 || last < Infinity;
    const order = get("sort") ?? "newest";
    const limit = Math.min(Math.max(parseInt(get("limit"), 10) || 100, 1), MOST_SHOWN);

    // the shortest list with all that may be shown
    let path = "papers";
    const plain = (name) => /^[a-z0-9]+(([ -][a-z0-9]+)*|([.-][a-z0-9]+)*)$/.test(name) && name.length <= 40;
    const part = ([name]) => name.replace(/ /g, "-");
    if (has("selected")) path = "selected";
    else if (authors.length === 1) path = `authors/${encodeURIComponent(get("author").trim())}`;
    else if (tags.length === 1 && plain(tags[0])) path = `tags/${part(tags)}`;
    else if (categories.length === 1 && plain(categories[0])) path = `categories/${part(categories)}`;
    const start = (path) => read(new URL(`embed/${path}/feed.json`, site));
    const feed = await start(path).catch(() => start("papers"));
    const { years, cited, words, page, folder: place } = feed._paperfolio;
    const folder = new URL(place, site);
    const language = tag(get("lang")) ?? tag(feed.language) ?? "en";
    const others = language.split("-")[0] !== (feed.language ?? "en").split("-")[0];
    const found = others ? await read(new URL("embed/words.json", site)) : {};
    const say = { comma: ", ", ...words, ...(found[language.toLowerCase()] ?? found[language.split("-")[0].toLowerCase()]) };

    const some = (wanted, values) => !wanted.length || list(values).some((value) => wanted.includes(String(value).toLowerCase()));
    const fits = (item) => {
      const { profiles, categories: codes, code, selected, date } = facts(item);
      const year = parseInt(date, 10);
      return some(authors, profiles) && some(categories, codes) && some(tags, item.tags)
        && (!has("code") || code) && (!has("selected") || selected)
        && (!isDated || (year >= first && year <= last));
    };

    let numbers = years.map((_, index) => index + 1);
    if (isDated) numbers = numbers.filter((number) => years[number - 1][0] >= first && years[number - 1][1] <= last);
    if (order === "oldest") numbers.reverse();
    let papers = [];
    let left = numbers.length;
    if (order === "cited" && cited) papers = (await read(new URL("cited.json", folder))).items.filter(fits);
    if (papers.length < limit) {
      papers = [];
      for (const number of numbers.slice(0, MOST_READ)) {
        if (papers.length >= limit && (order === "newest" || order === "oldest")) break;
        const slice = number > 1 ? await read(new URL(`feed-${number}.json`, folder)) : feed;
        papers.push(...(order === "oldest" ? slice.items.toReversed() : slice.items).filter(fits));
        left -= 1;
      }
    }
    const count = (item) => facts(item).citations ?? -1;
    if (order === "cited") papers.sort((one, other) => count(other) - count(one));
    if (order === "title") papers.sort((one, other) => String(one.title).localeCompare(other.title, language));
    const isCut = left > 0 || papers.length > limit;
    papers = papers.slice(0, limit);

    const shown = this.#list(papers, { site, say, language, feed });
    if (!papers.length) shown.push(make("p", "none", say.none));
    if (isCut) shown.push(make("p", "all", link("", say.all, page, site)));
    return shown;
  }

  #list(papers, context) {
    const group = this.getAttribute("group") === "year";
    const isCompact = this.getAttribute("layout") === "compact";
    const groups = new Map();
    for (const item of papers) {
      const year = group ? String(facts(item).date ?? "").slice(0, 4) : "";
      groups.set(year, [...(groups.get(year) ?? []), item]);
    }
    return [...groups].flatMap(([year, items]) => {
      const made = make("ul", "list", ...items.map((item) => this.#paper(item, isCompact, context)));
      made.setAttribute("role", "list"); // Safari forgets what a list without marks is
      if (isCompact) made.className = "compact";
      if (!group) return [made];
      const level = /^[2-6]$/.exec(this.getAttribute("heading") ?? "") ?? 3;
      return [make(`h${level}`, "heading", year || context.say.undated), made];
    });
  }

  #paper(item, isCompact, { site, say, language, feed }) {
    const about = facts(item);
    const page = new URL(`papers/${encodeURIComponent(about.id)}/`, site);
    const show = names(this.getAttribute("show"));
    const title = link("title", item.title, page);
    title.lang = feed.language ?? "";
    const made = make("li", about.retracted ? "paper retracted" : "paper", title);
    made.dir = "auto";
    const authors = list(item.authors).map(({ name }, place) =>
      make("span", list(about.owners).includes(place) ? "author owner" : "author", String(name)));
    const byline = authors.flatMap((author, place) => (place ? [say.comma, author] : [author]));
    if (about.et_al) byline.push(` ${say.et_al}`);
    if (byline.length && !isCompact) made.append(make("div", "authors", ...byline));

    const published = [];
    const tell = (part, text) => text && published.push(make("span", part, String(text)));
    tell("abbr", about.abbr);
    if (about.venue !== about.abbr && !(isCompact && about.abbr)) tell("venue", about.venue);
    tell("status", say[about.status]);
    if (about.date) published.push(this.#date(String(about.date), language, isCompact));
    if (about.retracted) tell("alert", say.retracted);
    if (about.code && !show.includes("links")) {
      const isAddress = typeof about.code === "string";
      published.push(isAddress ? make("span", "", link("code", say.code, about.code, site)) : make("span", "code", say.code));
    }
    if (show.includes("categories")) tell("categories", list(about.categories).join(say.comma));
    if (show.includes("tags")) tell("tags", list(item.tags).join(say.comma));
    if (show.includes("citations") && about.citations >= 0) {
      tell("citations", say.cited.replace("%n", about.citations.toLocaleString(language)));
    }
    if (published.length) made.append(make("small", "published", ...published));
    if (show.includes("links") && list(about.links).length) {
      made.append(make("small", "links", make("span", "", ...about.links.map(([label, url]) => link("link", label, url, site)))));
    }
    if (show.includes("abstract") && (about.abstract || item.summary)) {
      made.append(this.#abstract(item, page, say, !isCompact));
    }
    return made;
  }

  #date(date, language, isYear) {
    const [year, month, day] = date.split("-").map(Number);
    const made = make("time", "date");
    made.dateTime = date;
    made.dir = "auto";
    const moment = new Date(Date.UTC(2000, (month || 1) - 1, day || 1));
    moment.setUTCFullYear(year);
    const precision = { year: "numeric", month: month && !isYear ? "short" : undefined, day: day && !isYear ? "numeric" : undefined };
    made.textContent = moment.toLocaleDateString(language, { ...precision, timeZone: "UTC" });
    return made;
  }

  // The text is asked for when it comes into view: most lists are longer than what is read of them.
  #abstract(item, page, say, isOpen) {
    const text = make("p", "text", item.summary ?? "…");
    const made = make("details", "abstract", make("summary", "summary", say.abstract), text);
    made.open = isOpen;
    if (item.summary) return made;
    text.setAttribute("aria-busy", "true");
    new IntersectionObserver(async (seen, observer) => {
      if (!seen.at(-1).isIntersecting) return; // the newest is last
      observer.disconnect();
      try {
        text.textContent = (await read(new URL("cite.json", page)))[0].abstract;
      } catch {
        text.replaceChildren(link("", page.href, page));
      }
      text.removeAttribute("aria-busy");
    }, { rootMargin: "200px" }).observe(text);
    return made;
  }
}

if (!customElements.get("paper-list")) customElements.define("paper-list", PaperList);
