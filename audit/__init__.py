"""What checkers of other people say about built sites: ``make audit``.

The example, a small group and a made-up site of 1,000 papers are built with every theme, served as a host does below a
path, and given to the Nu HTML Checker, axe, Lighthouse, extruct, mf2py and a reader of Signposting; Chromium says what
pages weigh, ask for and complain about, and how far the keyboard reaches. ``docs/quality.md`` is written from the
figures.

Everything here may use ``generator`` and ``benchmarks``; neither of these knows it.
"""
