import Documents
import Testing

struct CSVRowsTests {
  @Test func `lines come back as cells, quoted ones too`() {
    let cells = ["plain", "a,b", "say \"x\"", "two\nlines", "县", "", "\""]
    let line = cells.map { CSVText.escaped($0) }.joined(separator: ",")
    let rows = CSVRows("a,b,c,d,e,f,g\n" + line + "\n" + line + "\n")
    #expect(rows.header == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(rows.count == 2)
    #expect(rows[0] == cells)
    #expect(rows.source[1] == cells)
  }

  @Test func `an empty last cell is a cell`() {
    let rows = CSVRows("a,b\n1,\n,\n")
    #expect(rows[0] == ["1", ""])
    #expect(rows[1] == ["", ""])
  }

  @Test func `a header alone has no rows`() {
    #expect(CSVRows("a,b\n").count == 0)
    #expect(CSVRows("").count == 0)
  }
}
