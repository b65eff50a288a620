"""A small site of Quarto, as people have it before they move in."""

QUARTO: dict[str, str | bytes] = {
    "_quarto.yml": "project: {type: website}\nwebsite:\n  title: Ada's notes\n  site-url: https://ada.example.org/\n",
    "index.qmd": """---
title: Ada Lovelace
subtitle: Analyst
about:
  template: trestles
  image: images/ada.png
  links:
    - {icon: github, text: GitHub, href: https://github.com/ada}
    - {icon: envelope, text: Email, href: mailto:ada@example.org}
---
::: {.grid}
## Who I am

I *weave*.
:::

```{r}
plot(1)
```

## Education

Looms College
""",
    "images/ada.png": b"png",
    "research/index.qmd": "---\ntitle: Research\nlisting: {contents: [listed.yml, '*.qmd']}\n---\n",
    "research/engines/index.qmd": """---
title: On *Engines*
subtitle: Notes
date: 5/4/1844
author:
  - name: Ada Lovelace
    orcid: 0000-0002-1825-0097
    url: https://ada.example.org/
    attributes: {equal-contributor: true, corresponding: true}
  - name: {given: Johan, family: Babbage, non-dropping-particle: van}
    equal-contributor: true
    orcid: none
description: How engines weave.
keywords: [looms]
categories: [Engines, looms]
image: loom.png
doi: 10.1000/engines
citation:
  type: article-journal
  container-title: Memoirs
  volume: 3
  issue: 2
  page: 1-9
  issued: 1843-09
  url: https://ada.example.org/research/engines/
pub-info:
  links:
    - {name: Preprint, url: engines.pdf, local: true}
    - {name: Code and data, url: https://github.com/ada/engines}
    - {name: Talk, url: https://looms.example.org/talk}
---
## Abstract

They **weave**.

## Figures
""",
    "research/engines/engines.pdf": b"%PDF",
    "research/engines/loom.png": b"png",
    "research/looms.qmd": """---
title: On Looms
---
```bibtex
@article{looms, author={Lovelace, Ada}, title={On looms}, journal={Threads}, year={1842}, volume={7}}
```
""",
    "research/listed.yml": "- {title: Listed, author: [Ada Lovelace], date: 1841-02, href: https://doi.org/10.1000/listed}\n",
    "_extensions/journal/template.qmd": "---\ntitle: Sample\nauthor: Jane Doe\ndoi: 10.1000/sample\n---\n",
    "posts/one/index.qmd": "---\ntitle: A post\nauthor: Ada Lovelace\ndoi: 10.1000/post\ncitation: true\n---\n",
    "teaching.qmd": "---\ntitle: Teaching\nauthor: Ada Lovelace\ncitation: {url: https://ada.example.org/teaching}\n---\n",
}
