"""Reads a built site back as a stranger would and says what is wrong with it.

    report.py         a check from its beginning to its end, and what it found
    reading.py        the files of the output, and what pages say, as far as an earlier check did not read it
    page.py           one HTML file, what can be judged from it alone, and the rules about its head and its policy
    links.py          the addresses in a page
    accessibility.py  texts, headings and ids in a page
    metadata.py       what a page says to machines
    files.py          names, sizes, style sheets, feeds and other data
    site.py           all of it together: links between files, titles, sitemap, orphans
    external.py       whether addresses elsewhere answer
    sources.py        from a place in the output to the line of the content that caused it

The modules know the output folder; only ``sources`` looks into the content, and only when there is something to say.
"""
