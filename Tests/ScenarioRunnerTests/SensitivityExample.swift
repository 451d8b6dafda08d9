import PolicyModel
import ScenarioRunner

/// The worked example, asked what drives its results.
enum SensitivityExample {
  /// A copy of the worked example with a reform of it beside it.
  static func withExample<Value>(
    _ reform: String = "", _ body: (SensitivityRequest) throws -> Value
  ) throws -> Value {
    try ShippedScenario.withTemporaryFolder { folder in
      try Example.write(to: folder + "/x")
      let path = folder + "/x/reform.yaml"
      try ("extends: baseline.yaml\nname: reform\n" + reform)
        .write(toFile: path, atomically: true, encoding: .utf8)
      var request = SensitivityRequest(scenario: path)
      request.threads = 2
      request.resamples = 16
      return try body(request)
    }
  }

  /// The document of a request as text.
  static func text(
    _ request: SensitivityRequest, _ language: Language = .english
  ) throws -> String {
    try SensitivityOutcome(request, language: language).document(top: 15).rendered(as: .table)
  }
}
