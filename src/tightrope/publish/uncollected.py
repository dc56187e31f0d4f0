"""Importing this module lets a process, and all that are forked from it, look for no cycles.

Python's collector walks through all objects whenever there are many new ones. That takes a
twentieth of a build and frees next to nothing: what a process of a build makes it needs to its end.
"""

from __future__ import annotations

import gc

gc.disable()
