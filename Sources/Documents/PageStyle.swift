/// The style sheet of pages: light and dark, on screens and on A4 paper.
///
/// Contrast of text to its ground is 4.5 : 1 or more in both themes (WCAG 2.2, 1.4.3). Gains and losses
/// differ by sign and weight as well as by color, so that the page reads in black and white.
enum PageStyle {
  static let css = """
    :root { --ground: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --band: #f6f8fa;
      --accent: #0b4f8a; --up: #005a8c; --down: #9a3b00; --warn: #7a1020; --warn-band: #fff1f1; }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #14181d; --text: #e6e9ec; --soft: #a9b3bd; --line: #3a424b; --band: #1d232a;
        --accent: #7cc0ff; --up: #7cc7ff; --down: #ffb077; --warn: #ffb3b8; --warn-band: #33191c; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 76rem;
      background: var(--ground); color: var(--text); line-height: 1.6;
      font-family: "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei",
        "PingFang SC", "Segoe UI", system-ui, sans-serif; }
    html:lang(en) body { font-family: "Segoe UI", "Noto Sans", "Helvetica Neue", Arial, system-ui,
      "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
    h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: .75rem;
      border-top: 2px solid var(--accent); }
    a { color: var(--accent); }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem; z-index: 2; }
    .subtitle { color: var(--soft); margin: 0; }
    .mark { color: var(--warn); border: 1px solid var(--warn); padding: .4rem .75rem;
      border-radius: .25rem; font-weight: 600; }
    nav ol { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 1rem 0;
      list-style: none; }
    .answer { background: var(--band); border-left: 5px solid var(--accent); padding: .5rem 1.25rem;
      font-size: 1.05rem; }
    .warning { background: var(--warn-band); border-left: 5px solid var(--warn);
      padding: .25rem 1.25rem; }
    .answer p, .warning p { margin: .5rem 0; }
    .scroll { overflow-x: auto; margin: 1rem 0 .25rem; }
    table { border-collapse: collapse; width: 100%; font-size: .875rem;
      font-variant-numeric: tabular-nums; }
    caption { text-align: left; font-weight: 600; padding: .25rem 0; }
    th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left;
      vertical-align: top; word-break: keep-all; overflow-wrap: break-word; }
    tbody th { font-weight: 400; }
    thead th { border-bottom: 2px solid var(--soft); vertical-align: bottom; }
    .number { text-align: right; white-space: nowrap; }
    .inner { padding-left: 1.6rem; }
    tr.group th { font-weight: 600; background: var(--band); }
    tbody tr:hover > * { background: var(--band); }
    .up { color: var(--up); }
    .down { color: var(--down); font-weight: 600; }
    .note { color: var(--soft); font-size: .8125rem; margin: .15rem 0; }
    th button { border: 0; background: none; padding: 0 .25rem; font: inherit; cursor: pointer; }
    th button::after { content: "\\2195"; color: var(--soft); }
    th[aria-sort="ascending"] button::after { content: "\\2191"; color: var(--text); }
    th[aria-sort="descending"] button::after { content: "\\2193"; color: var(--text); }
    figure { margin: 1.25rem 0; }
    figure svg { max-width: 100%; height: auto; background: #ffffff; border-radius: .25rem; }
    figcaption { color: var(--soft); font-size: .875rem; }
    dl { display: grid; grid-template-columns: minmax(10rem, max-content) 1fr; gap: .25rem 1.25rem; }
    dt { font-weight: 600; }
    dd { margin: 0; overflow-wrap: anywhere; }
    pre { background: var(--band); border: 1px solid var(--line); padding: .75rem 1rem;
      overflow-x: auto; font-size: .8125rem; }
    #tip { position: fixed; z-index: 3; pointer-events: none; background: var(--text);
      color: var(--ground); padding: .2rem .5rem; border-radius: .2rem; font-size: .8125rem; }
    @page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / "
      counter(pages); font-size: 8pt; } }
    @media print {
      :root { --ground: #fff; --text: #000; --soft: #444; --line: #bbb; --band: #f2f2f2;
        --accent: #0b4f8a; --up: #00476e; --down: #7a2e00; --warn: #7a1020; --warn-band: #fff; }
      body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.4; }
      nav, .skip, #tip { display: none; }
      h1 { font-size: 17pt; }
      h2 { font-size: 12.5pt; break-after: avoid; margin-top: 1.25rem; }
      table { font-size: 7.5pt; }
      th, td { padding: .15rem .35rem; }
      thead { display: table-header-group; }
      tr, figure, .answer, .warning { break-inside: avoid; }
      caption { break-after: avoid; }
      .scroll { overflow: visible; }
      th button { display: none; }
      pre { white-space: pre-wrap; }
      a { color: inherit; text-decoration: none; }
    }

    """
}

/// The script of pages: sorting by a column, and what a mark of a picture stands for.
///
/// The page says everything without it.
enum PageScript {
  static func text(sortBy: String) -> String {
    """
    "use strict";
    (() => {
      const value = (row, column) => {
        const cell = row.cells[column];
        if (!cell) return "";
        return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
      };
      const compare = (a, b) => {
        const numbers = typeof a === "number" && typeof b === "number";
        if (numbers) return a - b;
        if (typeof a === "number") return -1;
        if (typeof b === "number") return 1;
        return a < b ? -1 : a > b ? 1 : 0;
      };
      for (const table of document.querySelectorAll("table.sortable")) {
        const heads = Array.from(table.tHead.rows[0].cells);
        heads.forEach((head, column) => {
          const button = document.createElement("button");
          button.type = "button";
          button.setAttribute("aria-label", \(quoted(sortBy)) + head.textContent);
          head.append(button);
          button.addEventListener("click", () => {
            const down = head.getAttribute("aria-sort") === "ascending";
            for (const other of heads) other.removeAttribute("aria-sort");
            head.setAttribute("aria-sort", down ? "descending" : "ascending");
            const rows = Array.from(table.tBodies[0].rows);
            const keyed = rows.map((row, index) => [value(row, column), index, row]);
            keyed.sort((a, b) => (down ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1]);
            table.tBodies[0].append(...keyed.map((entry) => entry[2]));
          });
        });
      }
      const tip = document.createElement("div");
      tip.id = "tip";
      tip.hidden = true;
      tip.setAttribute("aria-hidden", "true");
      document.body.append(tip);
      document.addEventListener("pointermove", (event) => {
        const mark = event.target.closest ? event.target.closest("[data-label]") : null;
        tip.hidden = !mark;
        if (!mark) return;
        tip.textContent = mark.dataset.label;
        const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
        tip.style.left = Math.max(4, left) + "px";
        tip.style.top = event.clientY + 18 + "px";
      });
    })();

    """
  }

  /// A text of the page as a string of the script.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      let isPlain =
        scalar.value >= 32 && !["\"", "\\", "<", ">", "&", "'"].contains(scalar)
        && !(0x2028...0x2029).contains(scalar.value)
      if isPlain {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16)
        result += "\\u{" + digits + "}"
      }
    }
    return result + "\""
  }
}
