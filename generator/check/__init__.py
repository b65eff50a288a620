"""Reads a built site back as a stranger would and says what is wrong with it.

    page.py       one HTML file: what it links to, and what can be judged from it alone
    files.py      names, sizes, style sheets, feeds and other data
    external.py   whether addresses elsewhere answer
    sources.py    from a place in the output to the line of the content that caused it
    site.py       all of it together: links between files, sitemap, orphans

The modules know the output folder; only ``sources`` looks into the content, and only when there is something to say.
"""
