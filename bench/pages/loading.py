"""One page loaded as a new reader loads it: what came over the wire, and when it could be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession

QUIET = 700
"""Milliseconds without network after which a page is taken as loaded."""
_OBSERVE = """() => {
  window.seen = { paint: 0, shift: 0, tasks: [] }
  const on = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
    .observe({ type, buffered: true })
  on("largest-contentful-paint", entry => { seen.paint = entry.startTime })
  on("layout-shift", entry => { if (!entry.hadRecentInput) seen.shift += entry.value })
  on("longtask", entry => { seen.tasks.push([entry.startTime, entry.duration]) })
}"""
# Total blocking time: what tasks take beyond 50 ms, after the first paint.
_TAKE = """() => {
  const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0
  const blocking = seen.tasks.map(([start, took]) =>
    Math.max(0, start + took - Math.max(start + 50, first)))
  return [seen.paint, seen.shift, blocking.reduce((sum, one) => sum + one, 0)]
}"""


@dataclass(frozen=True)
class Device:
    """What a page is read on. `slower` divides the processor; `network` is (ms, bytes a second)."""

    name: str
    width: int
    height: int
    scale: float
    slower: float
    network: tuple[float, float] | None


PHONE = Device("phone", 412, 823, 1.75, 4, (150.0, 1.6e6 / 8))
"""Lighthouse's mobile: a quarter of a fast processor, 150 ms to the server, 1.6 Mbit/s.

What "a quarter" is on this machine: `bench.pages.processor`."""
DESK = Device("desk", 1350, 940, 1.0, 1, None)
"""Lighthouse's window for a desk; this processor, no delay."""


@dataclass(frozen=True)
class Load:
    """What one load took: kB as sent, requests, those to other hosts, s, a share, ms."""

    transfer: float
    requests: float
    external: float
    paint: float
    shift: float
    blocking: float


class _Wire:
    """What goes over the wire, as the browser counts it: headers too, compressed."""

    def __init__(self, session: CDPSession, own: str) -> None:
        self.bytes, self.asked, self.external = 0.0, 0, 0
        self._own = own
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        address = event["request"]["url"]
        if not address.startswith(("data:", "blob:")):
            self.asked += 1
            self.external += not address.startswith(self._own)

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]


def load(browser: Browser, own: str, page: str, device: Device) -> Load:
    """Load `page` of the server `own` once with an empty cache, and wait until it is quiet."""
    context = browser.new_context(
        viewport={"width": device.width, "height": device.height},
        device_scale_factor=device.scale,
    )
    try:
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        wire = _Wire(session, own)
        if device.network:
            latency, rate = device.network
            session.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": latency,
                    "downloadThroughput": rate,
                    "uploadThroughput": rate,
                },
            )
        session.send("Emulation.setCPUThrottlingRate", {"rate": device.slower})
        tab.add_init_script(f"({_OBSERVE})()")
        tab.goto(own + page, wait_until="networkidle")
        tab.wait_for_timeout(QUIET)
        paint, shift, blocking = tab.evaluate(_TAKE)
    finally:
        context.close()
    return Load(wire.bytes / 1000, wire.asked, wire.external, paint / 1000, shift, blocking)


def middle(loads: Sequence[Load]) -> Load:
    """The median of each figure by itself."""
    names = asdict(loads[0])
    return Load(**{name: median(getattr(one, name) for one in loads) for name in names})
