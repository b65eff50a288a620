"""A small site of the Lab Website Template, as labs have it before they move in."""

LAB: dict[str, str | bytes] = {
    "_config.yaml": "# settings\ntitle: The Looms Lab\nsubtitle: Weaving\ndescription: Short.\nlinks: {github: looms}\n"
    "collections: {members: {output: true}}\n",
    "_data/types.yaml": "pi:\n  description: Principal Investigator\nweaver:\n  text: Weaver\n"
    "loomhub:\n  text: Loom Hub\n  link: https://loomhub.example.org/$VALUE\n",
    "_data/citations.yaml": """# DO NOT EDIT, GENERATED AUTOMATICALLY

- id: doi:10.1000/engines
  title: On the m<sup>6</sup>A Engines
  authors:
  - Ada K. Lovelace
  - Charles Babbage
  - ' '
  publisher: Journal of Looms
  date: '1843-09-02'
  link: https://doi.org/gskxpw
  image: images/engines.png
  description: "**Looms** weave with _cards_, see [the film](https://looms.example.org/film)."
  tags: [looms, Looms]
  extra-links:
  - {type: preprint, link: https://www.biorxiv.org/content/10.1101/2020.05.25.110965v2.full}
  - {type: source, link: https://github.com/ada/engines}
  - {type: source, link: https://github.com/ada/cards, text: Cards}
  - {type: pdf, link: files/engines.pdf}
  - {type: docs, link: https://looms.example.org/docs}
  repo: ada/threads
  award: Medal
  plugin: sources.py
  file: sources.yaml
- id: doi:10.1101/2020.09.11.294280
  title: Looms in cells
  authors: [Grace Hopper, A Lovelace]
  publisher: Cold Spring Harbor Laboratory
  date: '2020-09-01'
  link: https://doi.org/g8ztrw
- id: pubmed:123456
  title: Threads of looms.
  authors: [C Babbage]
  publisher: Threads
  date: '2019-01-01'
  link: https://www.ncbi.nlm.nih.gov/pubmed/123456
- id: arxiv:2106.00657
  title: Weaving by numbers
  authors: [Grace Hopper]
  publisher: arXiv
  date: '2021-06-02'
  link: https://arxiv.org/abs/2106.00657
- id: pmc:PMC6410737
  title: ''
  authors: []
- title: Notes of a loom
  authors: [Ada Lovelace]
  publisher: Notes
  date: '2024-03-05'
  link: https://looms.example.org/notes
  plugin: orcid.py
- {id: 'doi:10.1000/gone', title: Gone, remove: true}
""",
    "_data/sources.yaml": """- id: doi:10.1000/engines
  image: images/engines.png
- id: doi:10.1016/S0001-1(20)1-5
- id: arxiv:2301.00001
- id: isbn:9780000000000
- {id: doi:10.1000/unwanted, remove: true}
- title: By hand
  authors: Ada Lovelace, Charles Babbage
  date: 2022-1-1
  link: https://looms.example.org/hand
""",
    "_data/orcid.yaml": "- orcid: 0000-0002-1825-0097\n",
    "_data/google-scholar.yaml": "- gsid: qc6CJjYAAAAJ\n",
    "_data/projects.yaml": "- title: Looms\n",
    "_members/ada-lovelace.md": """---
name: Ada Lovelace, Ph.D.
image: images/ada.jpg
role: pi
affiliation: University of Engines
aliases:
  - AK Lovelace
links:
  email: ada@example.org
  orcid: 0000-0002-1825-0097
  google-scholar: qc6CJjYAAAAJ
  home-page: https://ada.example.org/
  loomhub: ada
  pigeon: loft 3
redirect_from: /people/ada
---

I **weave**.{:.left}

{%
  include figure.html
  image="images/loom.png"
%}
""",
    "_members/babbage.md": "---\nname: Charles Babbage\nimage: images/gone.jpg\nrole: weaver\ndescription: Head weaver\n"
    "twitter: cb\nroom: 3\n---\n",
    "_members/hopper.md": "---\nfirst-name: Grace\nlast-name: Hopper\nrole: phd\ngroup: alum\n---\n",
    "_members/jane-smith.md": "---\nname: Jane Smith\nrole: pi\n---\n\nLorem ipsum dolor sit amet.\n",
    "_members/twice.md": "---\nname: Charles Babbage\n---\n",
    "_posts/2024-01-01-one.md": "---\ntitle: One\n---\n",
    "team/index.md": "---\ntitle: Team\n---\n",
    "images/ada.jpg": b"jpg",
    "images/engines.png": b"png",
    "files/engines.pdf": b"%PDF",
}
