import PolicyModel
import TestFixtures
import Testing

@testable import ScenarioFiles

/// The columns of `counties.csv` that say where a county lies.
struct PlaceColumnsTests {
  private func read(_ text: String) throws(ProblemList) -> CountyTable {
    try CountyReader.read(try CSVTable(text, file: "counties.csv"))
  }

  private func problems(_ text: String, _ language: Language) -> [String] {
    do throws(ProblemList) {
      _ = try read(text)
      return []
    } catch {
      return error.problems.map { $0.text(in: language) }
    }
  }

  @Test(arguments: ["lon,lat", "longitude,latitude"])
  func `places are read and put in the order of the codes`(names: String) throws {
    let table = try read(
      "code,name,prefecture,\(names),remote\n2,West,1,75.9,39.5,1\n1,East,1,,,0\n")
    #expect(table.places == [nil, GeoPoint(longitude: 75.9, latitude: 39.5)])
    #expect(table.flags.keys.sorted() == ["remote"])
  }

  @Test func `a table without places has none`() throws {
    #expect(try read("code,name,prefecture\n1,East,1\n").places == [nil])
  }

  @Test func `half a place is refused`() {
    let text = "code,name,prefecture,lon,lat\n1,East,1,87,\n"
    #expect(
      problems(text, .english) == [
        "counties.csv:2: of longitude and latitude one is missing; give both, or leave both empty"
      ])
    #expect(problems(text, .chinese) == ["counties.csv:2: 经度和纬度缺少其一；请同时填写或同时留空"])
  }

  @Test func `a place off the globe is refused`() {
    let text = "code,name,prefecture,lon,lat\n1,East,1,187,north\n"
    #expect(
      problems(text, .english) == [
        "counties.csv:2: lon: \"187\" is no number of degrees from −180 to 180",
        "counties.csv:2: lat: \"north\" is no number of degrees from −90 to 90",
      ])
    #expect(
      problems(text, .chinese) == [
        "counties.csv:2: lon: “187”不是−180至180之间的度数",
        "counties.csv:2: lat: “north”不是−90至90之间的度数",
      ])
  }

  @Test func `one column without the other is refused`() {
    let text = "code,name,prefecture,lon\n1,East,1,87\n"
    #expect(
      problems(text, .english) == [
        "counties.csv:1: lon: a place needs both columns: longitude (lon) and latitude (lat)"
      ])
    #expect(
      problems(text, .chinese) == [
        "counties.csv:1: lon: 位置需要两列：经度（longitude或lon）和纬度（latitude或lat）"
      ])
  }
}
