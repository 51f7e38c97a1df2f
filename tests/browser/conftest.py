"""A page in a real Chromium (Debian's), driven by the DevTools protocol over a pair of pipes.

One browser serves the whole run, and each test gets a page of its own, without the state of others.
"""

import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
REQUIRED = "browser" in os.environ.get("ONRECORD_REQUIRE", "")
AXE = Path(__file__).parent / "axe" / "axe.min.js"
PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
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

# The codes of keys on Windows, by which Chromium knows them, and the text that some of them type.
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " "), "ArrowDown": (40, ""), "ArrowUp": (38, "")}

MARKUP = (
    """<h1>Not a heading</h1> <script>document.title = "run"</script> "><img src=x onerror="document.title='run'">

“The <b>old</b> {{ pier }} & its <!-- posts --> are rotten,” said Ines Calder, </p></div><style>p { top: 0 }</style>
the harbour master, on Tuesday. javascript:alert(1) &lt;not an entity&gt; &amp; ]]> <svg onload=alert(1)>

Officials familiar with the budget said the council may sell the land. """
    + "The town has not decided. " * 12
)
RIGHT_TO_LEFT = "\n\n".join(
    ["«الميناء القديم سيغلق في مايو» قالت إيناس كالدر، مديرة الميناء، يوم الثلاثاء.", "העירייה לא הגיבה לבקשה להתייחס."]
    * 8
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
        x, y = self._middle(selector)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, selector: str, *, leads: bool = True) -> None:
        """Click on the first element that a selector finds, and wait for the page that it leads to."""
        x, y = self._middle(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        if leads:
            self.arrive()

    def arrive(self) -> None:
        """Wait until the next page is loaded."""
        self._browser.wait("Page.loadEventFired", self._session)

    def write(self, text: str, selector: str = "") -> None:
        """Type into what has the focus, or into the field that a selector finds."""
        if selector:
            self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)

    def choose(self, selector: str, file: Path) -> None:
        """Choose a file, as the dialogue of the browser does."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(file)])

    def drop(self, selector: str, file: Path) -> None:
        """Drag a file from outside onto an element and let go of it."""
        x, y = self._middle(selector)
        data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.call("Input.dispatchDragEvent", type=kind, x=x, y=y, data=data)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press one of KEYS."""
        code, typed = KEYS[key]
        text = {"text": typed} if typed else {}
        name = " " if key == "Space" else key
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=name,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=8 * shift,
                **text,
            )

    @property
    def shown(self) -> str:
        """The text of the page, as it can be seen."""
        text: str = self.run("document.querySelector('main').innerText")
        return text

    @property
    def overflow(self) -> int:
        """The pixels by which the page is wider than the screen."""
        pixels: int = self.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return pixels

    def _middle(self, selector: str) -> tuple[float, float]:
        """Where the middle of an element is when it has been scrolled to."""
        x, y = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        return x, y

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


@pytest.fixture
def markup() -> str:
    """An article full of what would be markup, scripts and entities if it were not text."""
    return MARKUP


@pytest.fixture
def right_to_left() -> str:
    """An article in Arabic and Hebrew."""
    return RIGHT_TO_LEFT


@pytest.fixture
def picture() -> Callable[..., None]:
    """`picture(page, name, **clip)` keeps a picture of the page for the documentation, if those are to be drawn."""
    if "ONRECORD_SCREENSHOTS" not in os.environ:
        pytest.skip("set ONRECORD_SCREENSHOTS to draw docs/screenshots")
    return keep


def keep(page: Page, name: str, **clip: float) -> None:
    """Write a picture in 256 colours, as small as a PNG gets."""
    from PIL import Image

    PICTURES.mkdir(exist_ok=True)
    image = Image.open(BytesIO(page.picture(**clip))).convert("RGB").quantize(256, kmeans=3, dither=Image.Dither.NONE)
    file = PICTURES / f"{name}.png"
    image.save(file, optimize=True)
    assert file.stat().st_size < 150_000
