#!/usr/bin/env python3
"""Opens reports in a headless Chromium and checks what only a browser can tell.

    tests/browser/check.py [--shots DIR] REPORT.html...

Of every report: nothing is logged as an error, nothing is fetched, nothing is wider than a phone; values show below the pointer and by the
arrow keys at each of three widths; tables sort, the register filters; all of it is there without scripts. With --shots, pictures of each at 390, 820 and 1440 pixels,
in light and dark, and as printed, for somebody to look at. Needs Chromium and Python, nothing else.
"""

import argparse
import sys
import time
from pathlib import Path

# Nothing is to be left beside the source.
sys.dont_write_bytecode = True
from chromium import Browser, program  # noqa: E402

WIDTHS = (390, 820, 1440)


class Check:
    """Checks one report and collects what is wrong."""

    def __init__(self, page, report):
        self.page, self.report, self.passed, self.problems = page, Path(report), 0, []

    def expect(self, fits, what):
        if fits:
            self.passed += 1
        else:
            self.problems.append(f"{self.report}: {what}")

    def quiet(self, when):
        """Nothing was logged, no dialog opened, and the page is all that was asked for."""
        complaints, others = self.page.complaints(), self.page.fetched()[1:]
        self.expect(not complaints, f"{when}: {complaints}")
        self.expect(not others, f"{when}: fetched {others}")

    def widths(self, shots):
        for width in WIDTHS:
            self.page.resize(width)
            self.page.open(self.report)
            self.quiet(f"at {width} pixels")
            wide = self.page.ask("document.scrollingElement.scrollWidth")
            self.expect(wide <= width, f"at {width} pixels it is {wide} wide")
            self.attempt(lambda: self.hover(width))
            if shots:
                self.page.shoot(shots / f"{self.report.parent.name}-{width}.png")

    def middle(self, selector):
        """Scrolls to an element and gives its middle, once it is painted there: a busy machine is late with that, and a click
        before it goes elsewhere."""
        box = self.page.ask(
            f"(async () => {{ const e = document.querySelector({selector!r}); e.scrollIntoView({{block: 'center', behavior: 'instant'}});"
            " for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        return tuple(box)

    def soon(self, is_true):
        """Waits up to two seconds."""
        for _ in range(20):
            if is_true():
                return
            time.sleep(0.1)

    def attempt(self, check):
        try:
            check()
        except RuntimeError as error:
            self.expect(False, str(error)[:200])

    def hover(self, width):
        """Every chart that has data shows the values of a row that its table has, in the window, and hides them again."""
        charts = self.page.ask("[...document.querySelectorAll('figure.chart:has(details)')].map((chart) => chart.id)")
        self.expect(charts, "no chart has data")
        for chart in charts:
            self.page.point(*self.middle(f"#{chart} svg"))
            said = self.page.ask(f"document.querySelector('#{chart} .reading:not([hidden]) b')?.textContent")
            rows = self.page.ask(f"[...document.querySelectorAll('#{chart} tbody th')].map((cell) => cell.textContent)")
            self.expect(said in rows, f"{chart}: the pointer shows {said!r}")
            values = self.page.ask(f"document.querySelectorAll('#{chart} .reading em').length")
            self.expect(values > 0, f"{chart}: the pointer shows no values")
            left, right = self.page.ask(
                f"(() => {{ const b = document.querySelector('#{chart} .reading').getBoundingClientRect(); return [b.left, b.right]; }})()"
            )
            self.expect(left >= 0 and right <= width, f"{chart}: at {width} pixels the values stand from {left} to {right}")
            self.page.point(1, 1)
            hidden = self.page.ask(f"document.querySelector('#{chart} .reading')?.hidden === true")
            self.expect(hidden, f"{chart}: the values stay when the pointer is gone")
        for chart in charts[:1]:
            self.page.ask(f"document.querySelector('#{chart} svg').focus()")
            self.page.press("ArrowRight")
            first = self.page.ask(f"document.querySelector('#{chart} .reading b')?.textContent")
            known = self.page.ask(f"document.querySelector('#{chart} tbody th').textContent")
            self.expect(first == known, f"{chart}: the arrow key shows {first!r}, not {known!r}")

    def sorting(self):
        """A click sorts a column of numbers from the largest, another one back."""
        keys = (
            "[...document.querySelectorAll('.sortable tbody')[0].rows]"
            ".map((row) => Number([...row.cells].find((cell) => cell.className === 'number').dataset.key))"
        )
        before = self.page.ask(keys)
        for way, expected in (("descending", sorted(before, reverse=True)), ("ascending", sorted(before))):
            self.page.click(*self.middle(".sortable thead .number button"))
            self.soon(lambda expected=expected: self.page.ask(keys) == expected)
            self.expect(self.page.ask(keys) == expected, f"a column is not sorted {way}")
            said = self.page.ask("document.querySelector('.sortable thead .number').getAttribute('aria-sort')")
            self.expect(said == way, f"a column sorted {way} is said to be {said}")

    def filtering(self):
        """The first table with a search shows the rows that hold a word, and none where none does."""
        if not self.page.ask("document.querySelector('.filter') !== null"):
            return
        rows = "document.querySelector('.filter').parentElement.querySelectorAll('tbody tr:not([hidden])').length"
        everything = self.page.ask(rows)
        word = self.page.ask("document.querySelector('.filter ~ .scroll tbody th').firstChild.textContent")
        self.page.click(*self.middle(".filter input[type=search]"))
        self.page.type(word)
        found = self.page.ask(rows)
        self.expect(0 < found <= everything, f"{found} of {everything} rows hold {word!r}")
        self.page.type(" nothing has this")
        self.expect(self.page.ask(rows) == 0, "a search for what isn't there finds something")

    def without_scripts(self):
        self.page.scripts(False)
        self.page.open(self.report)
        # Asking is a script too: it runs again from here on, but nothing on the page has been set up.
        self.page.scripts(True)
        seen = self.page.ask("document.body.innerText")
        for words in ("In short", "Exports", "Assumptions", "How to reproduce it"):
            self.expect(words in seen, f"without scripts there is no {words!r}")
        charts = self.page.ask("document.querySelectorAll('figure.chart svg text').length")
        self.expect(charts > 0, "without scripts there are no charts")
        self.expect("judgement only" not in seen, "without scripts there are controls that do nothing")

    def foreign_text(self):
        """What was written into titles is text: the page has no element that it didn't bring itself."""
        found = self.page.ask("document.querySelectorAll('img, iframe, object, embed, video, audio, form').length")
        self.expect(found == 0, f"{found} elements are there that no template has")
        handlers = self.page.ask(
            "[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => a.name.startsWith('on'))).length"
        )
        self.expect(handlers == 0, f"{handlers} elements have handlers of events")

    def headings(self):
        levels = self.page.ask("[...document.querySelectorAll('h1, h2, h3')].map((heading) => Number(heading.tagName[1]))")
        steps = all(b <= a + 1 for a, b in zip(levels, levels[1:]))
        self.expect(levels and levels[0] == 1 and levels.count(1) == 1 and steps, f"headings are {levels}")
        nameless = self.page.ask(
            "[...document.querySelectorAll('figure svg:not([aria-hidden])')]"
            ".filter((svg) => !document.getElementById(svg.getAttribute('aria-labelledby'))?.textContent).length"
        )
        self.expect(nameless == 0, f"{nameless} charts have no name")
        twice = self.page.ask("(() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id); return ids.length - new Set(ids).size; })()")
        self.expect(twice == 0, f"{twice} ids are there twice")

    def dark_and_printed(self, shots):
        if shots:
            self.page.scheme("dark")
            self.page.shoot(shots / f"{self.report.parent.name}-dark.png")
            self.page.scheme("light")
            self.page.resize(794)
            self.page.media("print")
            self.page.shoot(shots / f"{self.report.parent.name}-print.png")
            self.page.media("")
            self.page.resize(WIDTHS[-1])
            self.page.print(shots / f"{self.report.parent.name}.pdf")

    def all(self, shots):
        self.widths(shots)
        for check in (self.headings, self.foreign_text, self.sorting, self.filtering):
            self.attempt(check)
        self.quiet("after all that")
        self.dark_and_printed(shots)
        self.without_scripts()
        return self


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="+", metavar="REPORT.html")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="save pictures here")
    arguments = parser.parse_args()
    if program() is None:
        print("no Chromium here: nothing was checked")
        return 0
    if arguments.shots:
        arguments.shots.mkdir(parents=True, exist_ok=True)
    with Browser() as browser:
        checks = [Check(browser.page(), report).all(arguments.shots) for report in arguments.reports]
    problems = [problem for check in checks for problem in check.problems]
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{sum(check.passed for check in checks)} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
