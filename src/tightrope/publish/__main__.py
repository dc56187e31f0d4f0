"""`python -m tightrope.publish`: build the book of one edition.

This module stays small: every warm kernel is a fork that passes through here.
"""

import sys
from contextlib import ExitStack

if __name__ == "__main__":
    from tightrope.publish import command
    from tightrope.publish import uncollected as uncollected

    try:
        asked = command.read(sys.argv[1:])
    except ValueError as error:
        sys.exit(str(error))
    # Most calls find everything as it was, and should not wait for what they do not use.
    if said := asked.nothing_to_do(asked.key()):
        print(said)
        sys.exit()

    with ExitStack() as stack:
        # What takes longest gets ready on one core while this process imports its own on the other.
        early = None
        if asked.may_run_pages():
            from tightrope.publish.kernels import use_warm_kernels

            # A scenario of the reader's own is only added to the data later.
            use_warm_kernels(None if asked.scenario else asked.data, asked.as_of)
        else:
            from tightrope.publish.site import jupyter_book

            early = stack.enter_context(jupyter_book(asked.out))

        from tightrope.publish.build import main

        status = main(sys.argv[1:], early=early)
    if early:
        from tightrope.publish.leave import at_once

        at_once(status)
    sys.exit(status)
