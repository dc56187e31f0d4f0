"""`python -m tightrope.publish.ready`: a build that has all imported and waits for its start.

It takes the arguments of `python -m tightrope.publish`, and builds once, when a line comes in: what
a build spends on getting ready is then spent before. This module stays small: every warm kernel is
a fork that passes through here.
"""

import sys

if __name__ == "__main__":
    from tightrope.publish import build, command, leave, site
    from tightrope.publish import uncollected as uncollected

    asked = command.read(sys.argv[1:])
    with site.jupyter_book(asked.out) as early:
        try:
            begun = sys.stdin.readline()
        except KeyboardInterrupt:
            begun = ""
        if not begun:
            sys.exit()
        if runs_pages := asked.may_run_pages():
            from tightrope.publish.kernels import use_warm_kernels

            use_warm_kernels(asked.data, asked.as_of)
        status = build.main(sys.argv[1:], early=early)
    if not runs_pages:
        leave.at_once(status)
    sys.exit(status)
