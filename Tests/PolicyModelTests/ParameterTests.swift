import PolicyModel
import Testing

struct ParameterTests {
  private func timeline(_ steps: [(Int?, Double)]) -> Parameter {
    Parameter(
      path: "x", steps: steps.map { Parameter.Step(year: $0.0, value: $0.1, location: nil) })
  }

  @Test func `a value holds until the next`() {
    let parameter = timeline([(2024, 0.1), (2026, 0.15)])
    #expect((2023...2027).map { parameter.value(in: $0) } == [0.1, 0.1, 0.1, 0.15, 0.15])
    #expect(parameter.largest == 0.15)
  }

  @Test func `steps may be written in any order`() {
    let parameter = timeline([(2026, 3), (2024, 1), (2025, 2)])
    #expect((2024...2026).map { parameter.value(in: $0) } == [1, 2, 3])
    #expect(parameter.step(in: 2025).year == 2025)
  }

  @Test func `a plain number holds always`() {
    let parameter = Parameter(path: "x", defaultValue: -4)
    #expect(parameter.value(in: 1900) == -4)
    #expect(parameter.value(in: 2200) == -4)
    #expect(parameter.largest == -4)
    #expect(parameter.step(in: 2000).location == nil)
  }
}
