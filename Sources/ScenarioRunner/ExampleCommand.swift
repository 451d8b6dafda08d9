import PolicyModel

/// The worked example that `karez init` writes.
public enum Example {
  /// Its files; data in a folder of their own.
  public static var files: [(path: String, bytes: [UInt8])] {
    [
      ("README.md", PackageResources.README_md),
      ("baseline.yaml", PackageResources.baseline_yaml),
      ("performance-40.yaml", PackageResources.performance_40_yaml),
      ("data/counties.csv", PackageResources.counties_csv),
      ("data/indicators.csv", PackageResources.indicators_csv),
      ("data/indicators.meta.yaml", PackageResources.indicators_meta_yaml),
    ]
  }

  /// Writes the example into a folder that is new or empty.
  ///
  /// - Throws: `RunFailure.cannotWrite` if the folder holds anything or cannot be written.
  public static func write(to folder: String) throws(RunFailure) {
    try OutputWriter.refuseFullFolder(folder)
    let top = files.filter { !$0.path.contains("/") }
    let data = files.filter { $0.path.hasPrefix("data/") }
    try OutputWriter.write(
      data.map { OutputFile(name: String($0.path.dropFirst(5)), bytes: $0.bytes) },
      to: folder + "/data", inputs: [])
    try OutputWriter.write(
      top.map { OutputFile(name: $0.path, bytes: $0.bytes) }, to: folder, inputs: [])
  }
}
