"""What is pasted into a page of another site: the element with its script, or a frame."""

import html
from collections.abc import Mapping

UNKNOWN_SITE = "https://your-site.example/"
"""Stands for the address of a site that has none yet."""


def element(url: str, attributes: Mapping[str, str], fallback: str, label: str) -> str:
    """The element of /embed.js on the site at ``url`` (which ends in /).

    An attribute with the value "" is one that only is there or not. The link inside is seen where scripts are not
    run, or cannot reach the site.
    """
    written = "".join(f' {name}="{html.escape(value)}"' if value else f" {name}" for name, value in attributes.items())
    return (
        f'<script type="module" src="{html.escape(url)}embed.js"></script>\n'
        f'<paper-list{written}><a href="{html.escape(fallback)}">{html.escape(label, quote=False)}</a></paper-list>'
    )


def frame(address: str, title: str, height: int, width: str = "100%") -> str:
    """A frame with the page at an absolute address."""
    return (
        f'<iframe src="{html.escape(address)}" title="{html.escape(title)}" width="{width}" height="{height}" '
        'loading="lazy" style="border: 0"></iframe>'
    )
