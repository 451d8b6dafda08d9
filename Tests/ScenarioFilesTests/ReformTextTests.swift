import PolicyModel
import ScenarioFiles
import TestFixtures
import Testing

/// The text of a reform that sets parameters: read again, it sets them and nothing else.
struct ReformTextTests {
  private let base = """
    schema: 1
    name: base
    groups: { pilot: { counties: ["01001", '02002'] } }
    streams:
      a:
        pool: 40 亿元
        guarantees: [{ group: pilot, share: 0.6 }, { group: "odd, name", share: 0.1 }]
        factors: { people: { weight: 0.5 }, gap: { weight: 0.5 } }
    incentives: { reserve: { 2024: 0.1, 2026: 0.2 } }

    """

  private func source(_ loader: inout ScenarioLoader) throws -> ScenarioSource {
    try loader.provide(base, as: "base.yaml")
    let source = loader.source("base.yaml")
    return try #require(source)
  }

  @Test func `keys nest, in the order of the parameters`() throws {
    var loader = ScenarioLoader()
    let text = try source(&loader).reformText([
      ("streams.a.factors.people.weight", "0.4"), ("incentives.reserve", "0.15"),
      ("streams.a.factors.gap.weight", "0.6"), ("streams.a.pool", "41 亿元"),
    ])
    #expect(
      text == """
        streams:
          a:
            factors:
              people:
                weight: 0.4
              gap:
                weight: 0.6
            pool: 41 亿元
        incentives:
          reserve: 0.15

        """)
  }

  @Test func `a list is written whole, its texts quoted where they must be`() throws {
    var loader = ScenarioLoader()
    let text = try source(&loader).reformText([
      ("streams.a.guarantees.0.share", "0.7"), ("streams.a.guarantees.1.share", "0.2"),
    ])
    #expect(
      text == """
        streams:
          a:
            guarantees: [{ group: pilot, share: 0.7 }, { group: "odd, name", share: 0.2 }]

        """)
  }

  @Test func `a key that the file has not is added`() throws {
    var loader = ScenarioLoader()
    #expect(
      try source(&loader).reformText([("execution.delay", "2")])
        == "execution:\n  delay: 2\n")
  }

  @Test func `read again only what was set differs`() throws {
    var loader = ScenarioLoader()
    let source = try source(&loader)
    let text = source.reformText([
      ("incentives.reserve", "0.15"), ("streams.a.guarantees.0.share", "0.7"),
    ])
    try loader.provide("extends: base.yaml\nname: r\n" + text, as: "reform.yaml")
    let read = loader.source("reform.yaml")
    let reform = try #require(read)
    #expect(
      source.changes(to: reform).map(\.path).sorted() == [
        "incentives.reserve", "streams.a.guarantees",
      ])
    #expect(loader.problems.isEmpty)
  }

  @Test func `a text that is no YAML is refused when it is provided`() {
    var loader = ScenarioLoader()
    #expect(throws: Problem.self) { try loader.provide("a: [1", as: "x.yaml") }
  }

  @Test(arguments: [
    ("plain", "plain"), ("两个 词", "两个 词"), ("a: b", "\"a: b\""), ("0123", "\"0123\""),
    ("yes", "\"yes\""), ("say \"no\"", "\"say \\\"no\\\"\""), ("", "\"\""), ("-1", "\"-1\""),
    ("end ", "\"end \""),
  ])
  func `texts are quoted where YAML would take them for something else`(
    text: String, wanted: String
  ) {
    #expect(YAMLScalar.quoted(text) == wanted)
  }
}
