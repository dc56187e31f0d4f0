"""How fast this machine's processor runs a browser, and how much a phone must slow it.

A fixed slowdown would make every machine another phone. Lighthouse says how to calibrate
(docs/throttling.md, "Calibrating the CPU slowdown"): its four times is meant for a desk of its
highest class, whose index is 1,500 to 2,000.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from playwright.sync_api import Browser

from bench.pages.loading import PHONE, Device

DESK_INDEX = 1750.0
"""The middle of Lighthouse's highest class."""
_ROUNDS = 3
# Both halves as Lighthouse defines its index since version 6.3: strings of 10,000 letters made,
# and 100,000 whole numbers copied, each in tens a second.
_INDEX = """() => {
  const tens = (work, every) => {
    const begun = performance.now()
    let done = 0
    do { for (let n = 0; n < every; n++) work(done++) } while (performance.now() - begun < 500)
    return done / 10 / ((performance.now() - begun) / 1000)
  }
  let longest = 0
  const letters = () => {
    let text = ""
    for (let n = 0; n < 10_000; n++) text += "a"
    longest = Math.max(longest, text.length)
  }
  const numbers = [0, 1].map(() => Array.from({ length: 100_000 }, (_, n) => n))
  const copy = turn => {
    const from = numbers[turn % 2], to = numbers[(turn + 1) % 2]
    for (let n = 0; n < from.length; n++) to[n] = from[n]
  }
  return (tens(letters, 1) + tens(copy, 10)) / 2
}"""


def index(browser: Browser) -> float:
    """Lighthouse's benchmark index of the browser's processor: the median of three."""
    tab = browser.new_page()
    try:
        return median(float(tab.evaluate(_INDEX)) for _ in range(_ROUNDS))
    finally:
        tab.close()


def phone(found: float) -> Device:
    """The phone on a machine of index `found`: its processor slowed 1 to 4 times."""
    return replace(PHONE, slower=min(max(PHONE.slower * found / DESK_INDEX, 1.0), PHONE.slower))
