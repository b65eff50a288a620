import { ADDRESS, categories, grouped, iso, link, sorted, years } from "../papers.mjs";

export async function GET() {
  const papers = await sorted();
  const lists = [
    ...[...grouped(papers, categories).keys()].map((category) => `/categories/${category.toLowerCase()}/`),
    ...[...grouped(papers, years).keys()].map((year) => `/years/${year}/`),
  ];
  const lines = ["/", "/categories/", "/years/", ...lists].map((address) => `<url><loc>${ADDRESS}${address}</loc></url>`);
  for (const paper of papers) {
    lines.push(`<url><loc>${ADDRESS}${link(paper)}</loc><lastmod>${iso(paper.data.date)}</lastmod></url>`);
  }
  return new Response([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...lines,
    "</urlset>\n",
  ].join("\n"));
}
