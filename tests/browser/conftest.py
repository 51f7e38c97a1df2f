"""A page in a real Chromium (Debian's), driven by the DevTools protocol over a pair of pipes.

One browser serves the whole run, and each test gets a page of its own, without the state of others.
"""

import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
REQUIRED = "browser" in os.environ.get("ONRECORD_REQUIRE", "")
AXE = Path(__file__).parent / "axe" / "axe.min.js"
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Message = dict[str, Any]


class Browser:
    """A Chromium that is told what to do on its descriptor 3 and answers on its descriptor 4, one JSON text a time."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM, "chromium is required here: apt-get install chromium"
        (its_input, self._out), (inp, its_output) = os.pipe(), os.pipe()
        pipes = f'exec "$@" 3<&{its_input} 4>&{its_output}'
        command = ["bash", "-c", pipes, "bash", CHROMIUM, *FLAGS, f"--user-data-dir={profile}"]
        self._process = subprocess.Popen(command, pass_fds=(its_input, its_output), stderr=subprocess.DEVNULL)
        os.close(its_input)
        os.close(its_output)
        self._in, self._buffer, self._last = inp, b"", 0
        self.events: list[Message] = []

    def call(self, method: str, session: str = "", **params: Any) -> Message:
        """Call a method of the protocol and wait for its answer; what happens meanwhile is kept in `events`."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._last:
            self.events.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: Message = answer["result"]
        return result

    def wait(self, method: str, session: str) -> Message:
        """The parameters of the next event of a kind, one that came already first."""
        while True:
            for event in self.events:
                if event.get("method") == method and event.get("sessionId") == session:
                    self.events.remove(event)
                    params: Message = event["params"]
                    return params
            self.events.append(self._read())

    def _read(self) -> Message:
        while b"\0" not in self._buffer:
            read = os.read(self._in, 1 << 16)
            assert read, "chromium has ended"
            self._buffer += read
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: Message = json.loads(text)
        return message

    def close(self) -> None:
        """End the browser."""
        self.call("Browser.close")
        self._process.wait(20)
        os.close(self._out)
        os.close(self._in)


class Page:
    """A page of the browser; `problems` are errors of its scripts and what its policy or its network refused."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._context = browser.call("Target.createBrowserContext")["browserContextId"]
        target = browser.call("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> Message:
        """Call a method of the protocol on this page."""
        return self._browser.call(method, self._session, **params)

    def open(self, url: str) -> None:
        """Go to an address and wait until all is loaded."""
        self.call("Page.navigate", url=url)
        self._browser.wait("Page.loadEventFired", self._session)

    def run(self, script: str) -> Any:
        """The value of an expression, or of a promise, in the page."""
        done = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def look(self, width: int = 1280, height: int = 900, **media: str) -> None:
        """The size of the screen, and media features: `prefers_color_scheme="dark"`."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        self.call("Emulation.setEmulatedMedia", features=features)

    def hover(self, selector: str) -> None:
        """Move the pointer to the first element that a selector finds."""
        box = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])

    def press(self, key: str) -> None:
        """Press a key: "Tab", "Enter"."""
        codes = {"Tab": 9, "Enter": 13}
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=codes[key], **text)

    def axe(self) -> list[str]:
        """What axe-core finds wrong: its rules on accessibility and its best practices."""
        self.run(AXE.read_text(encoding="utf-8"))
        found = self.run("axe.run(document, {resultTypes: ['violations']}).then((done) => done.violations)")
        return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]

    def picture(self, **clip: float) -> bytes:
        """The screen, or the part that `x, y, width, height` cut out of the page, as a PNG."""
        region = {"clip": clip | {"scale": 1}, "captureBeyondViewport": True} if clip else {}
        return b64decode(self.call("Page.captureScreenshot", format="png", **region)["data"])

    @property
    def problems(self) -> list[str]:
        """What went wrong so far."""
        self.run("0")  # so that all that is under way has arrived
        found = []
        for event in self._browser.events:
            if event.get("sessionId") == self._session:
                params = event["params"]
                if event["method"] == "Log.entryAdded":
                    found.append(params["entry"]["text"])
                elif event["method"] in ("Runtime.exceptionThrown", "Network.loadingFailed"):
                    found.append(str(params))
        return found

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for so far."""
        self.run("0")
        return [
            event["params"]["request"]["url"]
            for event in self._browser.events
            if event.get("sessionId") == self._session and event["method"] == "Network.requestWillBeSent"
        ]

    def close(self) -> None:
        """Close the page and forget its state."""
        self._browser.call("Target.disposeBrowserContext", browserContextId=self._context)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser of this run; without one, tests are skipped, unless ONRECORD_REQUIRE has `browser`."""
    if CHROMIUM is None and not REQUIRED:
        pytest.skip("needs Debian's chromium (apt-get install chromium)")
    browser = Browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A blank page, 1280 by 900."""
    page = Page(browser)
    page.look()
    yield page
    page.close()
