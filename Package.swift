// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, warnings are errors, unsafe code must be marked.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The tests of a module, which may need others; `reference` is a folder of files that are read
/// where they stand.
func tests(
  of module: String, with others: [Target.Dependency] = [], reference: [String] = []
) -> Target {
  .testTarget(
    name: module + "Tests", dependencies: [.byName(name: module), "TestFixtures"] + others,
    exclude: reference, swiftSettings: strict)
}

let package = Package(
  name: "karez-toolkit",
  products: [
    .executable(name: "karez", targets: ["karez"]),
    .library(
      name: "Karez",
      targets: [
        "LinearAlgebra", "Optimization", "Statistics", "PolicyModel", "FundAllocation",
        "Simulation", "WeightFitting", "Comparison", "Sensitivity", "Documents", "ScenarioFiles",
        "Reporting",
        "ScenarioRunner",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLAPACK", pkgConfig: "lapack", providers: [.apt(["liblapack-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .target(name: "LinearAlgebra", dependencies: ["CLAPACK"], swiftSettings: strict),
    .systemLibrary(
      name: "CNLopt", pkgConfig: "nlopt", providers: [.apt(["libnlopt-dev"])]),
    .target(name: "Optimization", dependencies: ["CNLopt"], swiftSettings: strict),
    .systemLibrary(name: "CVectors"),
    .target(name: "Statistics", dependencies: ["CVectors"], swiftSettings: strict),
    .target(name: "PolicyModel", swiftSettings: strict),
    .target(
      name: "FundAllocation", dependencies: ["CVectors", "PolicyModel"], swiftSettings: strict),
    .target(
      name: "Simulation", dependencies: ["FundAllocation", "PolicyModel", "Statistics"],
      swiftSettings: strict),
    .target(
      name: "Comparison",
      dependencies: [
        "Simulation", "FundAllocation", "Optimization", "PolicyModel", "Statistics",
      ],
      swiftSettings: strict),
    .target(
      name: "WeightFitting",
      dependencies: ["FundAllocation", "LinearAlgebra", "Statistics"], swiftSettings: strict),
    .target(name: "Sensitivity", dependencies: ["Statistics"], swiftSettings: strict),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "Documents", dependencies: ["CXLSXWriter", "CSQLite"], swiftSettings: strict),
    .target(
      name: "ScenarioFiles",
      dependencies: [
        "CZip", "WeightFitting", "PolicyModel", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: [
        "Documents", "Comparison", "Sensitivity", "Simulation", "WeightFitting", "FundAllocation",
        "Optimization", "PolicyModel", "Statistics",
      ],
      swiftSettings: strict),
    .target(
      name: "ScenarioRunner",
      dependencies: [
        "ScenarioFiles", "Reporting", "Documents", "Comparison", "Sensitivity", "Simulation",
        "WeightFitting", "Optimization", "Statistics", "PolicyModel",
      ],
      resources: [.embedInCode("Example")],
      swiftSettings: strict),
    .executableTarget(
      name: "karez",
      dependencies: [
        "ScenarioRunner", "Reporting", "Documents", "WeightFitting", "PolicyModel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestFixtures", dependencies: ["FundAllocation"], path: "Tests/TestFixtures",
      swiftSettings: strict),
    tests(of: "LinearAlgebra", reference: ["Reference"]),
    tests(of: "Optimization"),
    tests(of: "Statistics", reference: ["Reference"]),
    tests(of: "PolicyModel"),
    tests(of: "WeightFitting", with: ["LinearAlgebra", "Statistics"], reference: ["Reference"]),
    tests(of: "Documents"),
    .testTarget(
      name: "ArchitectureTests", dependencies: ["TestFixtures"], swiftSettings: strict),
    .testTarget(
      name: "LawTests",
      dependencies: [
        "ScenarioFiles", "Simulation", "Comparison", "FundAllocation", "PolicyModel",
        "Statistics", "TestFixtures",
      ],
      swiftSettings: strict),
    tests(of: "ScenarioFiles", with: ["PolicyModel"], reference: ["Reference"]),
    tests(of: "Simulation", with: ["PolicyModel", "ScenarioFiles"], reference: ["Reference"]),
    tests(of: "Comparison", with: ["ScenarioFiles", "Simulation", "PolicyModel", "Statistics"]),
    tests(of: "Sensitivity", with: ["Statistics"], reference: ["Reference"]),
    tests(of: "FundAllocation", with: ["PolicyModel"], reference: ["Reference"]),
    tests(
      of: "ScenarioRunner",
      with: [
        "Reporting", "Comparison", "Documents", "Optimization", "ScenarioFiles", "Simulation",
        "PolicyModel", "WeightFitting", "karez",
      ], reference: ["Reference"]),
  ]
)
