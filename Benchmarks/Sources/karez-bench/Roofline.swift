import Foundation

/// What the machine can do at the most, measured by a small program in C++: multiplications and
/// additions in registers, and bytes from each level of memory.
struct Roofline {
  let program: String
  let rounds: Int

  /// Also the rate without fusing, in Gflop/s.
  func measured() throws -> (rows: [ResultRow], peak: Double) {
    let peer = try Peer(program)
    defer { peer.end() }
    var values: [String: [Double]] = [:]
    for _ in 0..<rounds {
      for figure in ["fused", "separate", "l1", "l2", "memory"] {
        values[figure, default: []].append(try peer.seconds(figure))
      }
    }
    func row(_ kernel: String, _ figure: String, _ unit: ResultRow.Unit) -> ResultRow {
      ResultRow(
        kernel: "machine: " + kernel, size: "one core",
        median: Sample(values: values[figure] ?? []),
        unit: unit)
    }
    let rows = [
      row("fused multiply-add", "fused", .gigaflops),
      row("multiply and add, not fused (as Karez)", "separate", .gigaflops),
      row("bandwidth, 16 kB", "l1", .gigabytes), row("bandwidth, 512 kB", "l2", .gigabytes),
      row("bandwidth, 256 MB", "memory", .gigabytes),
    ]
    return (rows, Sample(values: values["separate"] ?? []).median)
  }
}
