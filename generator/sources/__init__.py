"""Online services to authors and papers: one module for each, with ``read(identifier, get) -> Profile``.

A module is pure over ``get``, which answers a path of its service with what the service says there; only ``client``
talks to the network. Nothing here knows the site, a theme or a page. What there is, is listed in ``identifiers``.
"""
