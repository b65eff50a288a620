"""One module for each kind of page; each offers ``outputs(catalog)``. The kinds are listed in ``KINDS``.

The modules of this folder know the site's records and never see a theme, the file system or the network.
"""
