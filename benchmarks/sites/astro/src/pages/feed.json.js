import { ADDRESS, OWNER, link, sorted } from "../papers.mjs";

export async function GET() {
  const items = (await sorted()).slice(0, 200).map((paper) => ({
    id: ADDRESS + link(paper),
    url: ADDRESS + link(paper),
    title: paper.data.title,
    content_html: paper.rendered.html,
    date_published: paper.data.date.toISOString(),
    authors: paper.data.authors.map((name) => ({ name })),
    tags: paper.data.categories,
  }));
  return new Response(JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: OWNER,
    home_page_url: `${ADDRESS}/`,
    feed_url: `${ADDRESS}/feed.json`,
    items,
  }));
}
