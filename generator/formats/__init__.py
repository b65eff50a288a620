"""Text to papers and papers to text: one module for each format, each with a pure ``read`` or ``write``.

The modules of this folder know the records of ``generator.model`` and nothing else of the program: they never see
a theme, a page, the network or the file system, and the same input gives the same bytes.

What ``paperfolio import`` can read is listed in ``readers``.
"""
