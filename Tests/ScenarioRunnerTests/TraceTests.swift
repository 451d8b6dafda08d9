import Foundation
import ScenarioRunner
import Testing

/// The trace holds what its schema says, and its steps sum to every amount.
@Suite struct TraceTests {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(arguments: ["worked/baseline.yaml", "xinjiang/through-prefectures.yaml"])
  func `every cell's steps sum to its amount`(file: String) throws {
    let request = TraceRequest(scenario: ShippedScenario.path(file), counties: nil)
    let trace = try json(try request.trace(to: nil))
    let cells = try #require(trace["cells"] as? [[String: Any]])
    #expect(!cells.isEmpty)
    for cell in cells {
      let steps = try #require(cell["steps"] as? [[String: Any]])
      let sum = steps.reduce(0) { $0 + ($1["amount_fen"] as? Int ?? Int.min / 2) }
      #expect(sum == cell["final_fen"] as? Int)
    }
  }

  @Test func `the trace holds to its schema`() throws {
    let root = ShippedScenario.folder + "/../Documentation/trace.schema.json"
    let schema = try json(try String(contentsOfFile: root, encoding: .utf8))
    let request = TraceRequest(
      scenario: ShippedScenario.path("xinjiang/baseline-2024.yaml"),
      counties: ["653101", "652324", "659001"])
    var trace = try json(try request.trace(to: nil))
    #expect(faults(of: trace, against: schema, at: "$") == [])
    trace["extra"] = 1
    #expect(faults(of: trace, against: schema, at: "$") == ["$: extra is not allowed"])
  }

  @Test func `an unknown county is refused and no file is written`() throws {
    try ShippedScenario.withTemporaryFolder { folder in
      let request = TraceRequest(
        scenario: ShippedScenario.path("worked/baseline.yaml"), counties: ["1"])
      #expect(throws: RunFailure.self) { try request.trace(to: folder + "/t.json") }
      #expect(!FileManager.default.fileExists(atPath: folder + "/t.json"))
    }
  }

  // MARK: The part of JSON Schema that the trace's schema uses

  private func faults(of value: Any, against schema: [String: Any], at path: String) -> [String] {
    var faults: [String] = []
    if let allowed = schema["enum"] as? [Any] {
      let texts = allowed.map { "\($0)" }
      if !texts.contains("\(value)") { faults.append("\(path): \(value) is none of \(texts)") }
    }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    if !types.isEmpty && !types.contains(where: { isOfType(value, $0) }) {
      faults.append("\(path): \(value) is not \(types)")
    }
    if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
      for (index, item) in list.enumerated() {
        faults += self.faults(of: item, against: items, at: "\(path)[\(index)]")
      }
    }
    if let object = value as? [String: Any] { faults += self.faults(of: object, schema, path) }
    return faults
  }

  private func faults(
    of object: [String: Any], _ schema: [String: Any], _ path: String
  ) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    var faults = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
      .map { "\(path): \($0) is missing" }
    for key in object.keys.sorted() {
      if let inner = properties[key] {
        faults += self.faults(of: object[key] ?? NSNull(), against: inner, at: "\(path).\(key)")
      } else if schema["additionalProperties"] as? Bool == false {
        faults.append("\(path): \(key) is not allowed")
      }
    }
    return faults
  }

  private func isOfType(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": value is Bool
    case "integer": (value as? Double).map { $0 == $0.rounded() } ?? false
    case "number": value is Double
    default: false
    }
  }
}
