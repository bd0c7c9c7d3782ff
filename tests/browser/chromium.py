"""A headless Chromium driven through a pipe: no driver program, no port, nothing but Python's standard library."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# A page that takes longer than this on a slow machine hangs.
PATIENCE = 60.0
# A picture of so many pixels can be looked at; Chromium's canvas ends at 16,384, which are 8,192 where a pixel is two.
TILE = 2400


def program():
    """The path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """Chromium in a profile of its own; use it in a `with`."""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True)
        # Chromium reads commands from file 3 and writes to file 4, each message ended by a zero byte.
        commands, self.to = os.pipe()
        self.answers, events = os.pipe()
        high = [os.dup(commands), os.dup(events)]

        def place():
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        # The sandbox can't be had by root in a container. The pages are our own.
        flags = [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
            "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage",
            f"--user-data-dir={self.profile.name}", "about:blank",
        ]
        self.process = subprocess.Popen(
            [program(), *flags], preexec_fn=place, close_fds=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for end in (commands, events, *high):
            os.close(end)
        self.buffer, self.number, self.events = b"", 0, []
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.profile.cleanup()

    def read(self):
        """The next message."""
        while b"\0" not in self.buffer:
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium has ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, session=None, **parameters):
        """Calls a method of the DevTools protocol and gives its result; events on the way are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)
        raise RuntimeError(f"{method}: no answer")

    def page(self):
        """A new page."""
        return Page(self)


class Page:
    """One tab."""

    def __init__(self, browser):
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method, **parameters):
        return self.browser.send(method, self.session, **parameters)

    def resize(self, width, height=900):
        narrow = width < 600
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=2 if narrow else 1, mobile=narrow,
        )

    def scheme(self, scheme):
        """`light` or `dark`."""
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def scripts(self, on):
        self.send("Emulation.setScriptExecutionDisabled", value=not on)

    def open(self, path):
        """Opens a file and waits until it is loaded; forgets earlier events."""
        self.browser.events.clear()
        self.send("Page.navigate", url=Path(path).resolve().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.browser.events):
            self.browser.events.append(self.browser.read())

    def ask(self, expression):
        """The value of a JavaScript expression."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def point(self, x, y):
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, x, y):
        self.point(x, y)
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text):
        self.send("Input.insertText", text=text)

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def complaints(self):
        """What was logged as an error or a warning, and every dialog that opened."""
        found = []
        for event in self.browser.events:
            method, about = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
                found.append(about["entry"]["text"])
            elif method == "Runtime.consoleAPICalled" and about["type"] in ("error", "warning", "assert"):
                found.append(str([argument.get("value") for argument in about["args"]]))
            elif method == "Runtime.exceptionThrown":
                found.append(about["exceptionDetails"]["text"])
            elif method == "Page.javascriptDialogOpening":
                found.append(f"a dialog opened: {about['message']}")
        return found

    def fetched(self):
        """Every address that was asked for."""
        sent = [e["params"]["request"]["url"] for e in self.browser.events if e.get("method") == "Network.requestWillBeSent"]
        return [url for url in sent if not url.startswith("data:")]

    def media(self, media):
        """`print`, or nothing for the screen."""
        self.send("Emulation.setEmulatedMedia", media=media)

    def shoot(self, path):
        """Saves pictures of the whole page, from top to bottom: NAME-1.png, NAME-2.png and so on."""
        # What scrolls along or has the focus is shown as somebody sees it who has just opened the page.
        self.ask("(() => { document.activeElement?.blur(); window.scrollTo({ top: 0, behavior: 'instant' }); })()")
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        for number, top in enumerate(range(0, int(size["height"]), TILE), start=1):
            height = min(TILE, size["height"] - top)
            clip = {"x": 0, "y": top, "width": size["width"], "height": height, "scale": 1}
            answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
            Path(path).with_stem(f"{Path(path).stem}-{number}").write_bytes(base64.b64decode(answer["data"]))

    def print(self, path):
        """Saves the page as it is printed."""
        Path(path).write_bytes(base64.b64decode(self.send("Page.printToPDF", preferCSSPageSize=True)["data"]))
