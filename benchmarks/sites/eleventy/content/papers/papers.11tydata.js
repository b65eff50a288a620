export default { layout: "paper.njk", permalink: (data) => `/papers/${data.id}/index.html` };
