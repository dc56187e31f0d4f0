"""The site as one zip that opens from a disk.

python -m tightrope.copies.sitezip --site FOLDER --out FILE
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tightrope import paths
from tightrope.copies import contents
from tightrope.publish.archive import packed
from tightrope.publish.files import write_whole

FOLDER = "tightrope"
_README = """{title}
{line}
{edition}
{announcement}
Open index.html in a browser.

Unpack the whole folder first: a page opened inside the zip finds neither its
style nor the other pages. No server, no installation and no network are
needed; search and the charts that answer work from the disk. Only links to
sources lead to the web.

reference/sources.html lists what every number rests on; the folder data has
the deals as CSV files. Data and text are free to use with attribution under
CC BY 4.0 (LICENSE-DATA), the code under the MIT licence (LICENSE).
"""


def zipped(folder: Path) -> bytes:
    """The site in `folder`, with its licences and a README.txt; the same bytes for the same site.

    Raises ValueError where there is no site.
    """
    site = contents.read(folder)
    announcement = f"\n{site.announcement}\n" if site.announcement else ""
    readme = _README.format(
        title=site.title,
        line="=" * len(site.title),
        edition=site.edition,
        announcement=announcement,
    )
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
    licences = {name: (paths.ROOT / name).read_bytes() for name in ("LICENSE", "LICENSE-DATA")}
    return packed(files | licences | {"README.txt": readme.encode()}, FOLDER)


def main(arguments: list[str]) -> int:
    """Write the zip; 1 with the reason where there is no site."""
    parser = argparse.ArgumentParser(prog="make zip-site", description="Write the site as a zip.")
    parser.add_argument("--site", type=Path, required=True, help="folder of the built site")
    parser.add_argument("--out", type=Path, required=True, help="the zip to write")
    chosen = parser.parse_args(arguments)
    try:
        content = zipped(chosen.site)
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(chosen.out, content)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{chosen.out}: {len(content) / 1e6:.1f} MB; unpack it and open index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
