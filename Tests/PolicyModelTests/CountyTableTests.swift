import PolicyModel
import Testing

struct CountyTableTests {
  private func county(_ code: String, in prefecture: String) -> County {
    County(
      code: code, name: Wording(same: code), prefecture: prefecture,
      prefectureName: Wording(same: prefecture))
  }

  @Test func `counties and flags stand by ascending code`() {
    let table = CountyTable(
      counties: [county("3", in: "b"), county("10", in: "a"), county("2", in: "b")],
      flags: ["remote": [true, false, false]])
    #expect(table.counties.map(\.code) == ["10", "2", "3"])
    #expect(table.flags["remote"] == [false, false, true])
    #expect(table.indexOfCode["3"] == 2)
    #expect(table.prefectures == ["a", "b"])
    #expect(table.prefectureOfCounty == [0, 1, 1])
    #expect(table.membersOfPrefectures == [[0], [1, 2]])
  }

  @Test func `codes are compared as text, by Unicode scalars`() {
    #expect(isBefore("10", "9"))
    #expect(isBefore("Z", "a"))
    #expect(!isBefore("a", "a"))
    #expect(isBefore("a", "a0"))
    #expect(isBefore("e\u{301}", "\u{E9}"))
  }

  @Test func `a problem names place, key and words`() {
    let wording = Wording("is wrong", "有误")
    let place = SourceLocation(file: "a.yaml", line: 3, column: 7)
    #expect(Problem(place, path: "x.y", wording).text(in: .english) == "a.yaml:3:7: x.y: is wrong")
    #expect(Problem(place, path: "x.y", wording).text(in: .chinese) == "a.yaml:3:7: x.y: 有误")
    let file = SourceLocation(file: "a.yaml")
    #expect(Problem(file, wording).text(in: .english) == "a.yaml: is wrong")
    let line = SourceLocation(file: "a.yaml", line: 3)
    #expect(Problem(line, wording).text(in: .english) == "a.yaml:3: is wrong")
    #expect(Problem(nil, wording).text(in: .english) == "is wrong")
  }
}
