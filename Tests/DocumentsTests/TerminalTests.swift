import Documents
import TestFixtures
import Testing

struct ControlCharacterTests {
  @Test func `a name cannot steer the terminal`() {
    #expect(withoutControls("a\u{1B}[2Jb\u{7F}") == "a\u{FFFD}[2Jb\u{FFFD}")
    #expect(withoutControls("两行\n文字") == "两行\n文字")
    let table = Table(title: "x\u{1B}y", columns: [Table.Column("c", .leading)], rows: [])
    let text = Document(title: "", blocks: [.table(table)]).rendered(as: .table)
    #expect(!text.contains("\u{1B}"))
  }
}

struct TerminalTests {
  private func lines(_ table: Table, width: Int = 100) -> [String] {
    Document(title: "", blocks: [.table(table)]).rendered(as: .table, width: width)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("县", 2), ("塔什库尔干 Tashkurgan", 21), ("（）", 4), ("ｆ", 2), ("e\u{301}", 1),
    ("\u{E9}", 1), ("−─", 2), ("한국", 4), ("ｱ", 1), ("𠀀", 2), ("\u{200B}", 0), ("、。", 4),
  ])
  func `columns that a text takes`(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func `Chinese columns line up`() {
    let table = Table(
      title: "", columns: [Table.Column("县", .leading), Table.Column("金额")],
      rows: [[Cell("疏附县"), Cell(12, text: "12")], [Cell("Kashi"), Cell(1_234, text: "1,234")]])
    #expect(
      lines(table) == ["县       金额", "──────  ─────", "疏附县     12", "Kashi   1,234", ""])
  }

  @Test(arguments: 0..<100) func `cells of a column end at the same place`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let letters = ["a", "县", "é", "（", "9", " "]
    func word() -> String {
      "x" + (0..<random.whole(0...8)).map { _ in letters[random.whole(0...5)] }.joined() + "x"
    }
    let rows = (0..<random.whole(1...6)).map { _ in [Cell(word()), Cell(word()), Cell(word())] }
    let table = Table(
      title: "",
      columns: [Table.Column(word(), .leading), Table.Column(word()), Table.Column(word())],
      rows: rows)
    let shown = lines(table).filter { !$0.isEmpty }
    #expect(shown.count == rows.count + 2)
    #expect(Set(shown.map { displayWidth($0) }).count == 1)
  }

  /// A table with columns `c0`, `c1`, … of a width.
  private func wide(_ count: Int, width: Int, tied: Set<Int> = []) -> Table {
    let columns = (0..<count).map { index in
      Table.Column("c\(index)", index == 0 ? .leading : .trailing, isTied: tied.contains(index))
    }
    let row = (0..<count).map { _ in Cell(String(repeating: "7", count: width)) }
    return Table(title: "T", columns: columns, rows: [row, row])
  }

  private func headers(_ lines: [String]) -> [[String]] {
    lines.filter { $0.hasPrefix("c0") }.map { $0.split(separator: " ").map(String.init) }
  }

  @Test func `a table is folded only where it is wider than the terminal`() {
    let fitting = wide(7, width: 12)  // 7 · 12 + 6 · 2 = 96
    #expect(headers(lines(fitting)).count == 1)
    #expect(headers(lines(fitting, width: 96)).count == 1)
    #expect(headers(lines(fitting, width: 95)).count == 2)
  }

  @Test(arguments: 0..<100)
  func `folds repeat the first column and show every other once`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = random.whole(2...30)
    let tied = Set((2..<max(3, count)).filter { $0 % 2 == 0 && random.happens(0.4) })
    let table = wide(count, width: random.whole(1...20), tied: tied)
    let width = random.whole(64...120)  // two tied columns of 20 beside the first fit
    let lines = lines(table, width: width)
    let headers = headers(lines)
    let shown = headers.flatMap { $0.dropFirst() }
    #expect(shown == (1..<count).map { "c\($0)" })
    for header in headers where header.count > 1 {
      #expect(!tied.contains(Int(header[1].dropFirst()) ?? -1), "a fold begins with a tied column")
    }
    #expect(lines.allSatisfy { displayWidth($0) <= width })
  }

  @Test func `notes are broken at spaces`() {
    var table = wide(1, width: 3)
    table.notes = [String(repeating: "word ", count: 40) + "end"]
    let lines = lines(table)
    #expect(lines.allSatisfy { displayWidth($0) <= 100 })
    #expect(lines.joined().contains("end"))
  }

  @Test func `Chinese notes are broken too`() {
    var table = wide(1, width: 3)
    let note = String(repeating: "资金来源说明，", count: 20)
    table.notes = [note]
    let lines = lines(table)
    #expect(lines.allSatisfy { displayWidth($0) <= 100 })
    #expect(lines.joined().filter { $0 != " " }.contains(note))
  }

  @Test func `titles and paragraphs stand in order`() {
    let document = Document(
      title: "Title", blocks: [.text(["one", "two"]), .table(wide(1, width: 1))])
    #expect(
      document.rendered(as: .table) == "Title\n\none\ntwo\n\nT\nc0\n──\n7\n7\n")
  }
}
