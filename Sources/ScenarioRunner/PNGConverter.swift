import Foundation
import PolicyModel

/// Makes PNG of SVG by librsvg's program, where it is installed.
struct PNGConverter {
  /// Pixels of the PNG a pixel of the SVG: enough for print at 16 cm (260 dots an inch).
  private static let zoom = "2"
  private static let program = "rsvg-convert"
  private let folders: [String]

  /// Looks for the program in these folders; by default where the shell does.
  init(folders: [String]? = nil) {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    self.folders = folders ?? path.split(separator: ":").map(String.init)
  }

  /// The picture as PNG.
  ///
  /// - Throws: `RunFailure.badInput` if the program is missing or fails.
  func png(ofSVG text: String) throws(RunFailure) -> [UInt8] {
    let found = folders.map { $0 + "/" + Self.program }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { throw missing }
    let folder = FileManager.default.temporaryDirectory.path + "/karez-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let (source, target) = (folder + "/chart.svg", folder + "/chart.png")
      try Data(text.utf8).write(to: URL(fileURLWithPath: source))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: found)
      process.arguments = ["--zoom", Self.zoom, "--output", target, source]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus != 0 { throw CocoaError(.fileWriteUnknown) }
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: target)))
    } catch {
      throw failed(found)
    }
  }

  private var missing: RunFailure {
    .badInput([
      Problem(
        nil,
        Wording(
          "PNG needs the program rsvg-convert (Debian package librsvg2-bin), which is not installed; "
            + "write .svg instead, which Word opens as it is",
          "生成PNG需要程序rsvg-convert（Debian软件包librsvg2-bin），当前未安装；可改用.svg，Word可直接打开"))
    ])
  }

  private func failed(_ program: String) -> RunFailure {
    .badInput([
      Problem(
        SourceLocation(file: program),
        Wording(
          "the program could not make the PNG; write .svg instead",
          "该程序未能生成PNG；请改用.svg"))
    ])
  }
}
