"""Where things are, nothing else."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
STATIC = BOOK / "_static"
TOC = ROOT / "_toc.yml"
CONFIG = ROOT / "_config.yml"
