// The benchmark's site for Eleventy: lists, indexes, filters for the templates.
const PER_PAGE = 50;
const ADDRESS = "https://papers.example.org";
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const iso = (date) => date.toISOString().slice(0, 10);
const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
const plain = (markup) => markup.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|#39);/g, (found) => entities[found]).trim();

function sorted(api) {
  return api.getFilteredByGlob("content/papers/*.md").sort((one, other) => other.date - one.date);
}

function grouped(papers, keys) {
  const groups = new Map();
  for (const paper of papers) {
    for (const key of keys(paper)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(paper);
    }
  }
  return groups;
}

function cut(groups, folder) {
  const pages = [];
  for (const [title, papers] of groups) {
    const last = Math.ceil(papers.length / PER_PAGE);
    const address = (number) => `/${folder}/${title.toLowerCase()}/${number > 1 ? `page/${number}/` : ""}`;
    for (let number = 1; number <= last; number++) {
      pages.push({
        title, number, last,
        papers: papers.slice((number - 1) * PER_PAGE, number * PER_PAGE),
        address: address(number),
        newer: number > 1 ? address(number - 1) : "",
        older: number < last ? address(number + 1) : "",
      });
    }
  }
  return pages;
}

export default function (config) {
  const years = (papers) => grouped(papers, (paper) => [iso(paper.date).slice(0, 4)]);
  const categories = (papers) => grouped(papers, (paper) => paper.data.categories);
  const counts = (groups) => [...groups].map(([title, papers]) => [title, papers.length]).sort();

  config.addPassthroughCopy("style.css");
  config.addGlobalData("address", ADDRESS);
  config.addGlobalData("owner", "Edda Marlowe");
  config.addCollection("papers", sorted);
  config.addCollection("lists", (api) => [...cut(categories(sorted(api)), "categories"), ...cut(years(sorted(api)), "years")]);
  config.addCollection("indexes", (api) => [
    { name: "categories", title: "Categories", entries: counts(categories(sorted(api))) },
    { name: "years", title: "Years", entries: counts(years(sorted(api))) },
  ]);
  config.addFilter("iso", iso);
  config.addFilter("slashed", (date) => iso(date).replaceAll("-", "/"));
  config.addFilter("year", (date) => date.getUTCFullYear());
  config.addFilter("day", (date) => `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`);
  config.addFilter("plain", plain);
  config.addFilter("articleData", (text, title, authors, date, categories, venue, doi, arxiv, url) => JSON.stringify({
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    headline: title,
    url,
    author: authors.map((name) => ({ "@type": "Person", name })),
    datePublished: iso(date),
    abstract: text,
    about: categories,
    isPartOf: { "@type": "Periodical", name: venue },
    identifier: [
      { "@type": "PropertyValue", propertyID: "DOI", value: doi },
      { "@type": "PropertyValue", propertyID: "arXiv", value: arxiv },
    ],
  }).replaceAll("<", "\\u003c"));
  return {
    dir: { input: "content", output: "public", includes: "../_includes", data: "../_data" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
