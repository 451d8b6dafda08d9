import Documents
import Foundation
import TestFixtures
import Testing

struct MachineFormatTests {
  private func document(_ table: Table) -> Document {
    Document(title: "", blocks: [.table(table)])
  }

  private func nasty(_ random: inout SplitMix64) -> String {
    let parts = [
      "a", "\"", ",", "\n", "\r\n", ";", "\t", "县", "\\", "|", "*", "\u{1}", "\u{1F}", " ",
    ]
    return (0..<random.whole(0...8)).map { _ in parts[random.whole(0...13)] }.joined()
  }

  // MARK: CSV

  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), ("a;b", "\"a;b\""),
    ("a\tb", "\"a\tb\""), ("县", "县"), ("\"", "\"\"\"\""),
  ])
  func `CSV cells are quoted where they must be`(text: String, wanted: String) {
    #expect(CSVText.escaped(text) == wanted)
  }

  @Test func `CSV has the numbers behind the cells`() {
    let table = Table(
      title: "T", columns: [Table.Column("name, long", .leading), Table.Column("x")],
      rows: [[Cell("a"), Cell(1.0 / 3, text: "0.33")], [Cell("b"), .empty]])
    #expect(
      document(table).rendered(as: .csv) == "\"name, long\",x\na,0.333333333333\nb,\n")
  }

  /// Cells of one line of CSV by RFC 4180.
  private func cells(_ text: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"" where isQuoted && rest.first == "\"":
        cells[cells.count - 1].unicodeScalars.append(scalar)
        rest.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].unicodeScalars.append(scalar)
      }
    }
    return cells
  }

  @Test(arguments: 0..<200) func `CSV cells come back`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let texts = (0..<4).map { _ in nasty(&random) }
    #expect(cells(texts.map { CSVText.escaped($0) }.joined(separator: ",")) == texts)
  }

  // MARK: JSON

  @Test func `JSON of a document`() {
    let table = Table(
      title: "T", columns: [Table.Column("a", .leading), Table.Column("x")],
      rows: [[Cell("q\"\\\n"), Cell(0.5, text: "50 %")], [.empty, Cell(.nan, text: "–")]],
      notes: ["n"])
    let wanted = """
      {
        "title": "",
        "text": [],
        "tables": [
          {
            "title": "T",
            "columns": ["a", "x"],
            "rows": [
              ["q\\"\\\\\\n", 0.5],
              [null, null]
            ],
            "notes": ["n"]
          }
        ]
      }

      """
    #expect(document(table).rendered(as: .json) == wanted)
  }

  @Test(arguments: 0..<200) func `JSON texts and numbers come back`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let text = nasty(&random)
    let number = (random.fraction() - 0.5) * pow(10, Double(random.whole(-30...30)))
    let json = JSONText.text(
      .object([
        ("t", .text(text)), (text + "k", .list([.number(number), .null, .list([])])),
        ("e", .object([])), ("s", .literal("18446744073709551615")), ("n", .number(.infinity)),
      ]))
    let data = try #require(json.data(using: .utf8))
    let read = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(read["t"] as? String == text)
    let list = try #require(read[text + "k"] as? [Any])
    let found = try #require(list[0] as? Double)
    #expect(abs(found - number) <= abs(number) * 1e-14)
    #expect(read["s"] as? UInt64 == UInt64.max)
    #expect(read["n"] is NSNull)
  }

  // MARK: Markdown

  @Test func `an attached file stands word for word`() {
    var document = Document(title: "T", blocks: [])
    document.attachment = "a_b:\n  c: 1\n"
    #expect(document.rendered(as: .markdown).hasSuffix("```yaml\na_b:\n  c: 1\n```\n"))
    #expect(document.rendered(as: .table).hasSuffix("a_b:\n  c: 1\n"))
    #expect(document.rendered(as: .json).contains("\"attachment\": \"a_b:\\n  c: 1\\n\""))
  }

  @Test func `Markdown shows every character as it is`() {
    let table = Table(
      title: "a*b", columns: [Table.Column("x|y", .leading), Table.Column("z")],
      rows: [[Cell("<b>&`_[]#\\"), Cell(1, text: "1")]], notes: ["50 | 60"])
    let wanted = """
      ## a\\*b

      | x\\|y | z |
      | :-- | --: |
      | &lt;b&gt;&amp;\\`\\_\\[\\]\\#\\\\ | 1 |

      50 \\| 60\u{20}\u{20}

      """
    #expect(document(table).rendered(as: .markdown) == wanted)
  }

  @Test(arguments: 0..<100) func `a Markdown row stays one row`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let table = Table(
      title: "", columns: [Table.Column(nasty(&random)), Table.Column(nasty(&random))],
      rows: [[Cell(nasty(&random)), Cell(nasty(&random))]])
    let lines = document(table).rendered(as: .markdown).split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    for line in lines {
      let bars = line.indices.count { index in
        line[index] == "|" && (index == line.startIndex || line[line.index(before: index)] != "\\")
      }
      // An escaped backslash before a bar would unescape it, so every bar is escaped by itself.
      #expect(bars <= 3)
    }
  }
}
