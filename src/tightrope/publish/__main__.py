"""`python -m tightrope.publish`: build the book of one edition.

This module stays small: every warm kernel is a fork that passes through here.
"""

import sys

from tightrope.publish.build import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
