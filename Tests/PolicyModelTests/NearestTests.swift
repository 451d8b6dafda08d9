import PolicyModel
import Testing

struct NearestTests {
  @Test func `the nearest name is the one with the fewest changes`() {
    let names = ["floor", "cap", "pool", "factors"]
    #expect(nearestName(to: "flor", among: names) == "floor")
    #expect(nearestName(to: "Floor", among: names) == "floor")
    #expect(nearestName(to: "pol", among: names) == "pool")
    #expect(nearestName(to: "factor", among: names) == "factors")
  }

  @Test func `the first of equals wins`() {
    #expect(nearestName(to: "cat", among: ["car", "cap"]) == "car")
  }

  @Test func `a name that is far from all has none`() {
    #expect(nearestName(to: "xylophone", among: ["floor", "cap"]) == nil)
    #expect(nearestName(to: "floor", among: [String]()) == nil)
  }

  @Test func `the hint stands in both languages`() {
    let hint = nearestHint("flor", among: ["floor"])
    #expect(hint == Wording("; did you mean \"floor\"?", "；是否指“floor”？"))
    #expect(nearestHint("xylophone", among: ["cap"]) == Wording("", ""))
  }

  @Test func `very long names are compared by their beginning`() {
    let long = String(repeating: "a", count: 100_000)
    #expect(nearestName(to: long, among: [long + "b", "c"]) == long + "b")
  }
}
