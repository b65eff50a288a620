"""Paperfolio beside other site generators: the same papers, the same pages, in one run (``make bench``)."""
