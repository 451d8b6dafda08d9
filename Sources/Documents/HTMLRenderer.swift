/// Writes pages as HTML, everything escaped, styles and the small script within the file.
///
/// A policy in the head forbids every request, so that opening the page can tell nobody that it was
/// opened. Source: HTML Living Standard; WAI-ARIA Authoring Practices, sortable table example.
enum HTMLRenderer {
  /// Nothing from elsewhere; styles and script as they stand in the page.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

  static func text(_ page: Page) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(escaped(page.languageTag))">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="Karez">
    <title>\(escaped(page.title))</title>
    <link rel="icon" href="data:,">
    <style>
    \(PageStyle.css)\(printedMark(page))</style>
    </head>
    <body>
    <a class="skip" href="#main">\(escaped(page.words.skip))</a>
    <header>
    <h1>\(escaped(page.title))</h1>
    <p class="subtitle">\(escaped(page.subtitle))</p>
    \(page.mark.isEmpty ? "" : "<p class=\"mark\">\(escaped(page.mark))</p>\n")</header>
    \(contents(page))<main id="main">
    \(sections(page))</main>
    <script>
    \(PageScript.text(sortBy: page.words.sortBy))</script>
    </body>
    </html>

    """
  }

  /// The mark at the foot of every printed page, as a string of a style sheet.
  private static func printedMark(_ page: Page) -> String {
    if page.mark.isEmpty { return "" }
    var text = ""
    for scalar in page.mark.unicodeScalars {
      if ["\"", "\\", "<", ">", "&"].contains(scalar) {
        text += "\\" + String(scalar.value, radix: 16) + " "
      } else if scalar.value >= 32 {
        text.unicodeScalars.append(scalar)
      }
    }
    return "@page { @bottom-left { content: \"\(text)\"; font-size: 7pt; color: #b00020; } }\n"
  }

  private static func contents(_ page: Page) -> String {
    let items = page.blocks.compactMap { block -> String? in
      guard case .heading(let title, let anchor) = block else { return nil }
      return "<li><a href=\"#\(escaped(anchor))\">\(escaped(title))</a></li>"
    }
    if items.isEmpty { return "" }
    return "<nav aria-label=\"\(escaped(page.words.contents))\">\n<ol>\n"
      + items.joined(separator: "\n") + "\n</ol>\n</nav>\n"
  }

  /// The blocks, those from a heading to the next in a section of their own.
  private static func sections(_ page: Page) -> String {
    var text = ""
    var isOpen = false
    for block in page.blocks {
      if case .heading(_, let anchor) = block {
        if isOpen { text += "</section>\n" }
        text += "<section aria-labelledby=\"\(escaped(anchor))\">\n"
        isOpen = true
      }
      text += html(block) + "\n"
    }
    return text + (isOpen ? "</section>\n" : "")
  }

  private static func html(_ block: Page.Block) -> String {
    switch block {
    case .heading(let title, let anchor):
      return "<h2 id=\"\(escaped(anchor))\">\(escaped(title))</h2>"
    case .paragraph(let text): return "<p>\(escaped(text))</p>"
    case .answer(let lines): return lines.isEmpty ? "" : box("answer", lines)
    case .warning(let lines): return lines.isEmpty ? "" : box("warning", lines)
    case .list(let lines): return list(lines)
    case .definitions(let entries):
      let rows = entries.map { "<dt>\(escaped($0.term))</dt><dd>\(escaped($0.text))</dd>" }
      return "<dl>\n" + rows.joined(separator: "\n") + "\n</dl>"
    case .table(let table, let isSortable): return HTMLTable.text(table, isSortable: isSortable)
    case .figure(let svg, let caption):
      return "<figure>\n\(svg)\n<figcaption>\(escaped(caption))</figcaption>\n</figure>"
    case .code(let lines):
      return "<pre tabindex=\"0\"><code>\(escaped(lines.joined(separator: "\n")))</code></pre>"
    }
  }

  private static func box(_ name: String, _ lines: [String]) -> String {
    let paragraphs = lines.map { "<p>\(escaped($0))</p>" }
    return "<div class=\"\(name)\">\n" + paragraphs.joined(separator: "\n") + "\n</div>"
  }

  private static func list(_ lines: [String]) -> String {
    "<ul>\n" + lines.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n") + "\n</ul>"
  }

  /// Text that HTML shows as it is, in elements and in quoted attributes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      default:
        // Control characters are no characters of HTML; those that turn the direction of writing
        // would turn the figures behind a name.
        if scalar.value < 32 || (127...159).contains(scalar.value) || turnsText(scalar) { continue }
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Whether a character turns the direction of the text behind it (Unicode, bidirectional controls).
func turnsText(_ scalar: Unicode.Scalar) -> Bool {
  (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    || [0x200E, 0x200F, 0x061C].contains(scalar.value)
}
