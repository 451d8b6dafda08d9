"""The page in a real browser: nothing to complain of, nothing asked of the network, sorting, paper.

    check_page.py REPORT.html [FOLDER FOR SCREENSHOTS]

Ends with 1 and says what is wrong. Needs selenium, chromium and chromium-driver.
"""

import base64
import json
import pathlib
import re
import sys

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

# Contrast of texts and marks against what lies behind them (WCAG 2.2, 1.4.3), and names of what can be
# used (4.1.2), as far as a script can tell.
CHECKS = """
const problems = [];
const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
const channel = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const contrast = (a, b) => {
  const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
};
const ground = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || (c.length === 4 && c[3] > 0.99)) return c;
  }
  return document.documentElement.dataset.dark ? [20, 24, 29] : [255, 255, 255];
};
for (const e of document.querySelectorAll("h1,h2,p,a,th,td,caption,dt,dd,li,figcaption,code")) {
  const box = e.getBoundingClientRect();
  if (!box.width || e.closest(".skip") || !e.textContent.trim()) continue;
  const ratio = contrast(parse(getComputedStyle(e).color), ground(e));
  if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)}: ${e.tagName} ${e.textContent.slice(0, 40)}`);
}
for (const e of document.querySelectorAll("button,a")) {
  if (!(e.getAttribute("aria-label") || e.textContent).trim()) problems.push("a control without a name");
}
for (const e of document.querySelectorAll("svg")) {
  if (e.getAttribute("role") !== "img" || !e.querySelector("title")) problems.push("a picture without a title");
}
for (const e of document.querySelectorAll("table")) {
  if (!e.caption) problems.push("a table without a caption");
}
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
for (const id of new Set(ids)) {
  if (ids.filter((other) => other === id).length > 1) problems.push(`the id ${id} stands twice`);
}
for (const e of document.querySelectorAll("[aria-labelledby]")) {
  for (const id of e.getAttribute("aria-labelledby").split(" ")) {
    if (!document.getElementById(id)) problems.push(`nothing has the id ${id}`);
  }
}
if (!document.documentElement.lang) problems.push("the page has no language");
if (document.querySelectorAll("h1").length !== 1) problems.push("the page has not one h1");
if (document.documentElement.scrollWidth > innerWidth + 1) problems.push("the page scrolls sideways");
return problems;
"""


def open_browser(dark):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1600"]:
        options.add_argument(argument)
    if dark:
        options.add_argument("--blink-settings=preferredColorScheme=0")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def requests(driver, own):
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if url != own and not url.startswith("data:"):
                yield url


def sorting_problem(driver):
    table = driver.find_elements(By.CSS_SELECTOR, "table.sortable")[0]
    head = table.find_elements(By.CSS_SELECTOR, "thead th")[2]
    button = head.find_element(By.TAG_NAME, "button")

    def column():
        return driver.execute_script(
            "return [...arguments[0].tBodies[0].rows].map(r => Number(r.cells[2].dataset.value))", table
        )

    before = column()
    driver.execute_script("arguments[0].click()", button)
    if column() != sorted(before) or head.get_attribute("aria-sort") != "ascending":
        return "a click does not sort upwards"
    driver.execute_script("arguments[0].click()", button)
    if column() != sorted(before, reverse=True) or head.get_attribute("aria-sort") != "descending":
        return "a second click does not sort downwards"
    return None


def print_problems(driver, folder):
    paper = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    data = base64.b64decode(paper["data"])
    if folder:
        (folder / "report.pdf").write_bytes(data)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    if not 3 <= pages <= 60:
        yield f"{pages} pages on paper"
    for width, height in boxes:
        if sorted([round(float(width)), round(float(height))]) != [595, 842]:
            yield f"a page of {width} × {height} points is no A4"


def check(path, folder):
    url = pathlib.Path(path).resolve().as_uri()
    problems = []
    for dark in [False, True]:
        driver = open_browser(dark)
        try:
            driver.get(url)
            if dark:
                driver.execute_script("document.documentElement.dataset.dark = '1'")
            theme = "dark" if dark else "light"
            problems += [f"{theme}: {text}" for text in driver.execute_script(CHECKS)]
            problems += [f"{theme}: console: {entry['message']}" for entry in driver.get_log("browser")]
            problems += [f"{theme}: asks for {other}" for other in requests(driver, url)]
            if not dark:
                problems += [text for text in [sorting_problem(driver)] if text]
                problems += list(print_problems(driver, folder))
            if folder:
                driver.get(url)
                size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
                shot = driver.execute_cdp_cmd(
                    "Page.captureScreenshot",
                    {
                        "captureBeyondViewport": True,
                        "clip": {"x": 0, "y": 0, "width": 1280, "height": min(6000, size["height"]), "scale": 1},
                    },
                )
                (folder / f"report-{theme}.png").write_bytes(base64.b64decode(shot["data"]))
        finally:
            driver.quit()
    return problems


def main():
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    problems = check(sys.argv[1], folder)
    for problem in problems[:40]:
        print(problem)
    print(f"{sys.argv[1]}: {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
