export default class {
  data() {
    return { permalink: "/feed.json", eleventyExcludeFromCollections: true };
  }

  render({ collections, address, owner }) {
    return JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: owner,
      home_page_url: `${address}/`,
      feed_url: `${address}/feed.json`,
      items: collections.papers.slice(0, 200).map((paper) => ({
        id: address + paper.url,
        url: address + paper.url,
        title: paper.data.title,
        content_html: paper.content,
        date_published: paper.date.toISOString(),
        authors: paper.data.authors.map((name) => ({ name })),
        tags: paper.data.categories,
      })),
    });
  }
}
