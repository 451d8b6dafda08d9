import ArgumentParser
import Documents
import Foundation
import Reporting
import ScenarioRunner

/// Which picture.
enum ChartKind: String, ExpressibleByArgument, CaseIterable {
  case changeByCounty = "change-by-county"
  case map
  case trajectories
  case lorenz
  case gradeFlows = "grade-flows"
  case waterfall
  case needScatter = "need-scatter"
  case dots
  case tornado
  case all

  var selection: ChartRequest.Selection {
    switch self {
    case .tornado: .tornado
    case .all: .all
    default: ChartGallery.Kind(rawValue: rawValue).map { .one($0) } ?? .all
    }
  }
}

extension ChartRequest.Image: ExpressibleByArgument {}

struct Chart: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws pictures of a run as SVG or PNG.",
    discussion: """
      Reads the folder that karez run --out or karez compare --out wrote, makes sure that its inputs \
      are unchanged and runs them again, so that pictures show exact numbers. Intervals come from \
      the draws of karez compare; tornado reads the folder's sensitivity.csv.

      KINDS
        change-by-county  bars of the change of every county, sorted
        map               one tile a county where it lies, coloured by change
        trajectories      --metric, or the amount of --county, by year
        lorenz            Lorenz curves of amounts, or of income
        grade-flows       how many counties go from grade to grade each year
        waterfall         how the amount of --county came about, or of one --stream
        need-scatter      need against amount per rural person
        dots              amounts by county, or --metric by scenario, with intervals
        tornado           what drives a metric
        all               every one of them for which there are data, into a folder

      EXAMPLE
        karez run baseline.yaml reform.yaml --out results
        karez chart results --kind map --lang zh --out map.svg
        karez chart results --kind waterfall --county 653101 --out why.png
        karez chart results --kind all --out pictures
      """)

  @Argument(
    help: "Folder that karez run --out or karez compare --out wrote.", completion: .directory)
  var folder: String

  @Option(help: "Which picture.")
  var kind: ChartKind

  @Option(help: "File to write (.svg or .png); for all a folder.")
  var out: String

  @Option(help: "Name of the scenario; the first reform if left out.")
  var scenario: String?

  @Option(help: "Year; the last one if left out.")
  var year: Int?

  @Option(help: "Code of the county; the one that changes most if left out.")
  var county: String?

  @Option(help: "Metric, as metrics.csv names it; gini_amount if left out.")
  var metric: String?

  @Option(help: "Stream of a waterfall; all of them together if left out.")
  var stream: String?

  @Option(help: "Form of the pictures, svg or png; by the ending of --out if left out.")
  var image: ChartRequest.Image?

  @OptionGroup var common: CommonOptions

  /// The form by the ending of the file; SVG in a folder.
  private var ending: ChartRequest.Image? {
    if kind == .all { return image ?? .svg }
    return ChartRequest.Image(rawValue: (out as NSString).pathExtension.lowercased())
  }

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out takes the name of a file or folder") }
    guard let ending else {
      throw ValidationError("--out takes a file that ends in .svg or .png")
    }
    if let image, image != ending {
      throw ValidationError("--image \(image.rawValue) and the ending of --out differ")
    }
  }

  func run() throws {
    try common.guarded { () throws(RunFailure) in
      var request = ChartRequest(
        folder: folder, selection: kind.selection, language: common.language, out: out,
        image: ending ?? .svg)
      request.scenario = scenario
      request.year = year
      request.county = county
      request.metric = metric
      request.stream = stream
      let outcome = try ChartOutcome(request)
      try outcome.write()
      common.warn(outcome.notes)
      if common.format == .csv { common.warn(outcome.marks) }
      common.show(outcome.document)
    }
  }
}
