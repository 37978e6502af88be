"""Makes the pictures of digests in docs/pictures from the newsroom's articles: python -m tests.pictures [FOLDER]"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from monitor.digests.charts import packed
from monitor.digests.message import write_view
from monitor.digests.render import Rendered, render
from tests.monitor.digests.replay import MORNING, a_daily, open_replay, replay

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
SCREENS = {
    "digest-phone": (390, "light"), "digest-phone-dark": (390, "dark"), "digest-desktop": (900, "light"),
    "digest-desktop-dark": (900, "dark"), "digest-empty": (390, "light"),
}  # fmt: skip


def digests() -> dict[str, Rendered]:
    """A morning with news, and one without."""
    with tempfile.TemporaryDirectory() as folder, open_replay(Path(folder)) as desk:
        subscription = a_daily()
        told = replay(desk, subscription)
        quiet = a_daily(id="s2", name="Chuyển đổi số Lào Cai", query='"dữ liệu mở" "Lào Cai"', tells_silence=True)
        desk.archive.alerts.add(quiet)
        empty = desk.archive.alerts.cut(
            quiet,
            MORNING,
            next_due_at=None,
            message_id=lambda digest, place: f"<{digest}.{place}@a>",
            even_if_empty=True,
        )
        assert empty is not None
        news = render(write_view(desk, subscription, told[-1], now=MORNING))
        return {"digest": news, "digest-empty": render(write_view(desk, quiet, empty, now=MORNING))}


def as_a_client_shows(rendered: Rendered) -> str:
    """The HTML with its pictures in place, as mail clients set them."""
    html = rendered.html
    for image in rendered.images:
        html = html.replace(f"cid:{image.cid}", f"data:image/png;base64,{base64.b64encode(image.png).decode()}")
    return html


def photograph(browser: Browser, html: str, path: Path, *, width: int, scheme: str) -> None:
    """The whole mail at a screen's width."""
    page = browser.new_page(
        viewport={"width": width, "height": 200},
        device_scale_factor=1,
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page.set_content(html)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        raise RuntimeError(f"{path.name}: {overflow} pixels wider than the screen")
    path.write_bytes(packed(page.screenshot(full_page=True)))
    page.close()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = digests()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, (width, scheme) in SCREENS.items():
            html = as_a_client_shows(made.get(name, made["digest"]))
            photograph(browser, html, folder / f"{name}.png", width=width, scheme=scheme)
            print(folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
