// The papers by date, and lists of them cut into pages.
import { getCollection } from "astro:content";

export const OWNER = "Edda Marlowe";
export const ADDRESS = "https://papers.example.org";
const PER_PAGE = 50;

let papers;
export async function sorted() {
  papers ??= (await getCollection("papers")).sort((one, other) => other.data.date - one.data.date);
  return papers;
}

export const iso = (date) => date.toISOString().slice(0, 10);
export const day = (date) => date.toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });
export const link = (paper) => `/papers/${paper.data.id}/`;
export const years = (paper) => [iso(paper.data.date).slice(0, 4)];
export const categories = (paper) => paper.data.categories;

export function grouped(list, keys) {
  const groups = new Map();
  for (const paper of list) {
    for (const key of keys(paper)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(paper);
    }
  }
  return groups;
}

export function counts(list, keys) {
  return [...grouped(list, keys)].map(([title, found]) => [title, found.length]).sort();
}

// The pages of a list: where each stands below `start`, and what it shows.
export function cut(start, title, list) {
  const last = Math.ceil(list.length / PER_PAGE);
  const address = (number) => start + (number > 1 ? `page/${number}/` : "");
  return Array.from({ length: last }, (_, index) => ({
    title, last,
    number: index + 1,
    address: address(index + 1),
    newer: index > 0 ? address(index) : "",
    older: index + 1 < last ? address(index + 2) : "",
    papers: list.slice(index * PER_PAGE, (index + 1) * PER_PAGE),
  }));
}

export async function groupPaths(name, keys) {
  return [...grouped(await sorted(), keys)]
    .flatMap(([title, list]) => cut(`/${name}/${title.toLowerCase()}/`, title, list))
    .map((pager) => ({ params: { path: pager.address.slice(name.length + 2, -1) }, props: { pager } }));
}

const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x26;": "&", "&#x3C;": "<" };
export const plain = (markup) =>
  markup.replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (found) => entities[found] ?? found).trim();
