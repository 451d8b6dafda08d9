import Foundation
import Testing

@testable import Documents

struct PageTests {
  private let table = Table(
    title: "Amounts <b>",
    columns: [
      Table.Column("county", .leading), Table.Column("amount"),
      Table.Column("change", isTied: true),
    ],
    rows: [
      [Cell("Group"), .empty, .empty],
      [Cell("  Qira & Lop"), Cell(1_234.5, text: "1,234.5"), Cell(-2, text: "−2")],
      [Cell("Hotan"), Cell(7, text: "7"), Cell(3, text: "+3")],
    ], notes: ["Note \"one\""])

  private func page(_ blocks: [Page.Block], mark: String = "") -> Page {
    Page(
      title: "Title", subtitle: "Subtitle", languageTag: "en",
      words: Page.Words(contents: "Contents", skip: "Skip", sortBy: "Sort by "), mark: mark,
      blocks: blocks)
  }

  @Test func `sections, tables and pictures stand where they should`() {
    let html = page([
      .heading("First", anchor: "first"), .answer(["Say it."]), .table(table, isSortable: true),
      .heading("Second", anchor: "second"), .figure(svg: "<svg></svg>", caption: "Read this"),
      .definitions([(term: "a", text: "b")]), .code(["karez run x.yaml"]),
    ]).html
    #expect(html.contains("<section aria-labelledby=\"first\">\n<h2 id=\"first\">First</h2>"))
    #expect(html.components(separatedBy: "<section").count == 3)
    #expect(html.components(separatedBy: "</section>").count == 3)
    #expect(html.contains("<li><a href=\"#second\">Second</a></li>"))
    #expect(html.contains("<div class=\"answer\">\n<p>Say it.</p>\n</div>"))
    #expect(html.contains("<figure>\n<svg></svg>\n<figcaption>Read this</figcaption>\n</figure>"))
    #expect(html.contains("<caption>Amounts &lt;b&gt;</caption>"))
    #expect(html.contains("<th scope=\"col\" class=\"number\">amount</th>"))
    #expect(
      html.contains("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\">Group</th></tr>"))
    #expect(
      html.contains(
        "<tr><th scope=\"row\" class=\"inner\">Qira &amp; Lop</th>"
          + "<td class=\"number\" data-value=\"1234.5\">1,234.5</td>"
          + "<td class=\"number down\" data-value=\"-2\">−2</td></tr>"))
    #expect(html.contains("<td class=\"number up\" data-value=\"3\">+3</td>"))
    #expect(html.contains("<p class=\"note\">Note &quot;one&quot;</p>"))
  }

  @Test func `nothing of a name becomes markup, style or script`() {
    let name = "</style></script><script>alert(1)</script>\"' onload=x\\ \u{2028}\u{7}"
    let hostile = Page(
      title: name, subtitle: name, languageTag: name,
      words: Page.Words(contents: name, skip: name, sortBy: name), mark: name,
      blocks: [
        .heading(name, anchor: name), .paragraph(name), .answer([name]), .warning([name]),
        .list([name]), .definitions([(term: name, text: name)]), .code([name]),
        .table(
          Table(title: name, columns: [Table.Column(name)], rows: [[Cell(name)]], notes: [name]),
          isSortable: true), .figure(svg: "", caption: name),
      ])
    let html = hostile.html
    #expect(html.components(separatedBy: "<script").count == 2)
    #expect(html.components(separatedBy: "</script").count == 2)
    #expect(html.components(separatedBy: "</style").count == 2)
    #expect(!html.contains("alert(1)</script>"))
    #expect(!html.contains("\"' onload"))
    #expect(!html.contains("\u{7}"))
  }

  @Test func `the page asks nothing of the network`() {
    let html = page([.table(table, isSortable: false)], mark: "Synthetic").html
    for mark in ["http://", "https://", "//cdn", "@import", "url("] {
      #expect(!html.contains(mark), "\(mark)")
    }
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("@bottom-left { content: \"Synthetic\""))
  }

  @Test func `wide tables are split with their first columns again`() {
    let columns = ["a", "b", "c", "c±", "d", "d±", "e", "e±"].map {
      Table.Column($0, isTied: $0.hasSuffix("±"))
    }
    let wide = Table(
      title: "T", columns: columns, rows: [columns.map { Cell($0.title) }], notes: ["n"])
    let parts = wide.split(fixed: 2, most: 4)
    #expect(
      parts.map { $0.columns.map(\.title) } == [
        ["a", "b", "c", "c±", "d", "d±"], ["a", "b", "e", "e±"],
      ])
    #expect(parts[1].rows[0].map(\.text) == ["a", "b", "e", "e±"])
    #expect(parts.map(\.title) == ["T (1/2)", "T (2/2)"])
    #expect(parts.map(\.notes) == [[], ["n"]])
    #expect(wide.split(fixed: 2, most: 6).count == 1)
  }
}
