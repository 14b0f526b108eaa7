"""How smoothly a chart is panned and zoomed, how soon it stands, and what its scripts weigh.

    python -m benchmarks.chart [items …]

A headless Chromium with software drawing (the case of a police desktop without a graphics card); the network
is invented, the house is a dictionary (chart_page.py). A frame counts when the browser asked for the next one
and the chart had moved since: what is measured is script and drawing together.
"""

import gzip
import shutil
import statistics
import sys
from typing import Any

from benchmarks.chart_page import Pretended, served
from playwright.sync_api import Page, sync_playwright

from entente.web.statics import FOLDER

FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking".split()
VIEW = {"width": 1440, "height": 900}
SECONDS = 4

DRIVE = """
async ([how, seconds]) => {
  const sheet = document.querySelector(".c-canvas");
  const box = sheet.getBoundingClientRect();
  const at = (x, y) => ({bubbles: true, cancelable: true, view: window, button: 0, buttons: 1,
    clientX: box.left + x, clientY: box.top + y});
  const top = sheet.querySelector("canvas") ?? sheet;
  const start = performance.now();
  const stamps = [start];
  let i = 0;
  if (how === "pan") top.dispatchEvent(new MouseEvent("mousedown", at(5, 5)));
  while (performance.now() - start < seconds * 1000) {
    i++;
    if (how === "pan") window.dispatchEvent(new MouseEvent("mousemove",
      at(5 + 160 * Math.sin(i / 9), 5 + 90 * Math.cos(i / 7))));
    else top.dispatchEvent(new WheelEvent("wheel", {...at(box.width / 2, box.height / 2),
      deltaY: Math.sin(i / 12) * 40}));
    await new Promise(requestAnimationFrame);
    stamps.push(performance.now());
  }
  if (how === "pan") window.dispatchEvent(new MouseEvent("mouseup", at(5, 5)));
  return stamps.slice(1).map((s, j) => s - stamps[j]);
}
"""


def moved(page: Page, how: str) -> tuple[float, float]:
    """Frames a second, and the 95th percentile of a frame in milliseconds."""
    frames: list[float] = page.evaluate(DRIVE, [how, SECONDS])
    return 1000 / statistics.fmean(frames), sorted(frames)[int(0.95 * len(frames))]


def measure(size: int) -> dict[str, Any]:
    house = Pretended(size, size)
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with served(house) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport=VIEW)  # type: ignore[arg-type]
        page.goto(address)
        page.locator(".c-counts", has_text="items").wait_for()
        stands = page.evaluate("performance.now()")
        page.locator(".c-canvas").focus()
        page.keyboard.press("l")
        began = page.evaluate("performance.now()")
        page.keyboard.press("Enter")
        page.locator(".c-said", has_text="laid out").wait_for()
        laid = page.evaluate("performance.now()") - began
        page.wait_for_timeout(1000)
        pan, pan_slow = moved(page, "pan")
        zoom, zoom_slow = moved(page, "zoom")
        browser.close()
    return {
        "items": size,
        "links": len(house.links),
        "stands_ms": stands,
        "layout_ms": laid,
        "pan_fps": pan,
        "pan_p95_ms": pan_slow,
        "zoom_fps": zoom,
        "zoom_p95_ms": zoom_slow,
    }


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [100, 300, 1000]
    rows = [measure(size) for size in sizes]
    for name in rows[0]:
        print(f"{name:<14}" + "".join(f"{row[name]:>12,.0f}" for row in rows))
    weights = {
        file.name: len(gzip.compress(file.read_bytes(), 9)) for file in (FOLDER / "dist").glob("*.js*")
    }
    for name, weight in sorted(weights.items()):
        print(f"{name:<14}{weight / 1000:>12.1f} kB gzipped")
    islands = sum(weight for name, weight in weights.items() if name.endswith(".js"))
    last = rows[-1]
    figures = " ".join(
        f"{name}={last[name]:.1f}" for name in ("pan_fps", "zoom_fps", "stands_ms", "layout_ms")
    )
    print(f"items={last['items']} {figures} islands_kb={islands / 1000:.1f}")


if __name__ == "__main__":
    main()
