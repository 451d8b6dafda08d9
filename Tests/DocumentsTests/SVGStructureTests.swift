import TestFixtures
import Testing

@testable import Documents

/// The SVG as a document: well formed, accessible, closed in itself.
struct SVGStructureTests {
  private func chart(_ content: Chart.Content, title: String = "A & B <c> \"d\"") -> Chart {
    Chart(
      title: title, subtitle: "sub", marks: ["SYNTHETIC DATA"], summary: "One sentence.",
      notes: ["note"], source: "source", languageTag: "zh-Hans", content: content)
  }

  private func bars(_ count: Int) -> Chart.Content {
    .divergingBars(
      DivergingBars(
        axis: Chart.Axis("change, 万元", isSigned: true),
        rows: (0..<count).map { row in
          DivergingBars.Row(
            label: "县\(row)", value: Double(row) - 5, text: "\(row - 5)", detail: "县\(row): \(row)")
        }, gainTitle: "more", lossTitle: "less"))
  }

  private var waterfall: Chart.Content {
    .waterfall(
      Waterfall(
        axis: Chart.Axis("amount"),
        steps: [
          Waterfall.Step(label: "a", value: 100, isTotal: false, text: "+100", detail: "a"),
          Waterfall.Step(label: "b", value: -40, isTotal: false, text: "−40", detail: "b"),
          Waterfall.Step(label: "end", value: 60, isTotal: true, text: "60", detail: "end"),
        ], gainTitle: "adds", lossTitle: "takes", totalTitle: "amount"))
  }

  @Test func `a chart has a name, a description, a role and a language`() throws {
    let document = try SVGDocument(chart(bars(3)).svg(prefix: "p7"))
    let root = document.elements[0]
    #expect(root.name == "svg" && root.attributes["role"] == "img")
    #expect(root.attributes["aria-labelledby"] == "p7-title p7-desc")
    #expect(root.attributes["lang"] == "zh-Hans")
    #expect(document.elements[1].attributes["id"] == "p7-title")
    #expect(document.elements[1].text == "A & B <c> \"d\" – sub")
    #expect(document.elements[2].text == "One sentence. SYNTHETIC DATA")
    #expect(document.texts.contains { $0.text == "SYNTHETIC DATA" })
  }

  @Test func `every id starts with the prefix, and every reference is to one`() throws {
    let text = chart(bars(12)).svg(prefix: "fig2")
    let document = try SVGDocument(text)
    let ids = document.elements.compactMap { $0.attributes["id"] }
    #expect(ids.count == 3 && ids.allSatisfy { $0.hasPrefix("fig2-") })
    let references = document.elements.compactMap { $0.attributes["fill"] }
      .filter { $0.hasPrefix("url(#") }.map { String($0.dropFirst(5).dropLast()) }
    #expect(!references.isEmpty && references.allSatisfy { ids.contains($0) })
  }

  @Test func `nothing is fetched and nothing runs`() {
    let text = chart(bars(5), title: "<script>alert(1)</script>").svgFile
    #expect(!text.contains("<script") && !text.contains("href") && !text.contains("onload"))
    let links = text.split(separator: "http").count - 1
    #expect(links == 1, "the name space alone")
  }

  @Test func `one bar a row, with what it is`() throws {
    let document = try SVGDocument(chart(bars(12)).svg())
    let marks = document.elements.filter { $0.attributes["data-label"] != nil }
    #expect(marks.count == 12)
    #expect(marks[3].attributes["data-label"] == "县3: 3")
    let titles = document.named("title").dropFirst().map(\.text)
    #expect(Array(titles) == (0..<12).map { "县\($0): \($0)" })
    let losses = marks.count { $0.attributes["fill"] == "url(#chart-hatch-loss)" }
    #expect(losses == 5)
  }

  @Test func `bars stand for their numbers`() throws {
    let marks = try SVGDocument(chart(bars(12)).svg()).elements
      .filter { $0.attributes["data-label"] != nil }
    let unit = marks[11].number("width") / 6
    for (row, mark) in marks.enumerated() where row != 5 {
      #expect(abs(mark.number("width") - Double(abs(row - 5)) * unit) < 0.11)
    }
    #expect(abs(marks[0].number("x") + marks[0].number("width") - marks[11].number("x")) < 0.11)
  }

  @Test func `a waterfall's steps start where the last ended`() throws {
    let marks = try SVGDocument(chart(waterfall).svg()).elements
      .filter { $0.attributes["data-label"] != nil }
    #expect(marks.map { $0.attributes["data-label"] } == ["a", "b", "end"])
    func end(_ index: Int) -> Double { marks[index].number("x") + marks[index].number("width") }
    #expect(abs(end(0) - end(1)) < 0.11)
    #expect(abs(end(2) - marks[1].number("x")) < 0.11)
    #expect(marks[0].number("x") == marks[2].number("x"))
  }

  @Test(arguments: [3, 20, 41, 98, 200]) func `rows never touch, whatever their number`(
    count: Int
  ) throws {
    let boxes = try SVGDocument(chart(bars(count)).svg()).textBoxes {
      TextMeasure.width($0, size: $1, isBold: $2)
    }
    #expect(SVGDocument.overlap(boxes) == nil)
  }

  @Test func `a file has plain colours, a page named ones`() {
    let plain = chart(bars(3)).svg()
    let named = chart(bars(3)).svg(colors: .named)
    #expect(!plain.contains("var("))
    #expect(named.contains("fill=\"var(--karez-gain, #0072B2)\""))
    #expect(named.contains("fill=\"var(--karez-ink, #1A1A1A)\""))
  }

  @Test func `the same chart has the same bytes`() {
    #expect(chart(bars(98)).svgFile == chart(bars(98)).svgFile)
    #expect(chart(bars(3)).svgFile.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg"))
  }

  @Test func `signs of control are no part of a document`() throws {
    let text = chart(bars(2), title: "a\u{1B}\u{FFFE}b").svg()
    #expect(try SVGDocument(text).elements[1].text.hasPrefix("a\u{FFFD}\u{FFFD}b"))
  }

  @Test func `colours keep their contrast`() {
    let paper = Paint.paper.color
    let texts: [Paint] = [.ink, .muted]
    #expect(texts.allSatisfy { contrast($0.color, paper) >= 4.5 })
    let marks = [Paint.gain, .loss, .total, .axis] + (0..<Paint.seriesCount).map { .series($0) }
    #expect(marks.allSatisfy { contrast($0.color, paper) >= 3 })
    for paint in (-3...3).map({ Paint.tint($0) }) + (0..<5).map({ Paint.rank($0) }) + [.badge] {
      for ground in [paint.color, paint.strokes ?? paint.color] {
        #expect(contrast(Paint.ink.color, ground) >= 4.5, "\(paint.name)")
      }
    }
  }
}
