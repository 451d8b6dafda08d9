// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "karez-benchmarks",
  dependencies: [.package(name: "karez-toolkit", path: "..")],
  targets: [
    .executableTarget(
      name: "karez-bench",
      dependencies: [.product(name: "Karez", package: "karez-toolkit")],
      swiftSettings: [
        .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
      ])
  ]
)
