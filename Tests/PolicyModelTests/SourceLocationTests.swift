import PolicyModel
import Testing

struct SourceLocationTests {
  @Test func `places in texts and workbooks`() {
    #expect(SourceLocation(file: "a.csv").text == "a.csv")
    #expect(SourceLocation(file: "a.csv", line: 3).text == "a.csv:3")
    #expect(SourceLocation(file: "a.yaml", line: 3, column: 5).text == "a.yaml:3:5")
    #expect(SourceLocation(file: "a.xlsx", sheet: "b").text == "a.xlsx:b")
    #expect(SourceLocation(file: "a.xlsx", sheet: "b", line: 12).text == "a.xlsx:b!12:12")
    #expect(SourceLocation(file: "a.xlsx", sheet: "b", line: 12, column: 3).text == "a.xlsx:b!C12")
  }

  @Test(arguments: [
    (1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD"),
  ])
  func `letters of columns`(column: Int, letters: String) {
    #expect(SourceLocation.letters(column) == letters)
  }
}
