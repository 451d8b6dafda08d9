import Comparison
import Documents
import Foundation
import PolicyModel
import Reporting
import ScenarioFiles

/// What `karez chart` is asked for.
public struct ChartRequest: Sendable {
  /// Which pictures.
  public enum Selection: Sendable, Equatable {
    /// One picture of a run.
    case one(ChartGallery.Kind)
    /// What drives a metric, from `sensitivity.csv`.
    case tornado
    /// Every picture for which the folder has what it needs.
    case all
  }

  /// How pictures are written.
  public enum Image: String, Sendable, CaseIterable {
    /// Scalable, with text as text.
    case svg
    /// Pixels.
    case png
  }

  /// The folder that a run or a comparison wrote.
  public var folder: String
  /// Which pictures.
  public var selection: Selection
  /// Name of the scenario; nil for the first reform.
  public var scenario: String?
  /// The year; nil for the last.
  public var year: Int?
  /// Code of the county; nil for the one that changes most.
  public var county: String?
  /// Name of the metric; nil for the kind's own.
  public var metric: String?
  /// Key of the stream; nil for all.
  public var stream: String?
  /// Language of the pictures.
  public var language: Language
  /// The file to write, or the folder for all pictures.
  public var out: String
  /// How pictures are written.
  public var image: Image

  /// Makes a request with defaults for what the pictures show.
  public init(
    folder: String, selection: Selection, language: Language, out: String, image: Image
  ) {
    self.folder = folder
    self.selection = selection
    self.language = language
    self.out = out
    self.image = image
  }
}

/// Pictures of a folder of results, ready to be written.
public struct ChartOutcome: Sendable {
  private let request: ChartRequest
  private let charts: [(name: String, chart: Chart)]
  private let inputs: [InputFile]
  /// What the user should know: pictures that were left out, one line each.
  public let notes: [String]
  /// What must be said of the data.
  public let marks: [String]

  /// Runs again what the folder records and makes the pictures.
  ///
  /// - Throws: `RunFailure.badInput` if the folder holds no run, an input has changed since, or the
  ///   run lacks what a picture needs.
  public init(_ request: ChartRequest) throws(RunFailure) {
    self.request = request
    var charts: [(name: String, chart: Chart)] = []
    var notes: [String] = []
    var inputs: [InputFile] = []
    var marks: [String] = []
    var gaps: [Problem] = []
    if request.selection != .tornado {
      let subject = try ChartSubject(request)
      inputs = subject.inputs
      marks = subject.marks
      for kind in ChartOutcome.kinds(request) {
        do throws(ChartGap) {
          let chart = try subject.gallery.chart(kind, subject.choice)
          charts.append((ChartOutcome.fileName(kind.rawValue, request), chart))
        } catch {
          gaps.append(Problem(nil, error.wording))
          notes.append("\(kind.rawValue): \(error.wording.text(in: request.language))")
        }
      }
    }
    if request.selection == .tornado || (request.selection == .all && hasSensitivity(request)) {
      let tornado = try SensitivityTable(folder: request.folder)
        .chart(metric: request.metric, year: request.year, language: request.language)
      inputs.append(tornado.input)
      marks = marks.isEmpty ? tornado.chart.marks : marks
      charts.append((ChartOutcome.fileName("tornado", request), tornado.chart))
    }
    if charts.isEmpty { throw .badInput(gaps) }
    self.charts = charts
    self.notes = notes
    self.inputs = inputs
    self.marks = marks
  }

  private static func kinds(_ request: ChartRequest) -> [ChartGallery.Kind] {
    if case .one(let kind) = request.selection { return [kind] }
    return ChartGallery.Kind.allCases
  }

  private static func fileName(_ kind: String, _ request: ChartRequest) -> String {
    if request.selection == .all { return "\(kind).\(request.image.rawValue)" }
    return URL(fileURLWithPath: request.out).lastPathComponent
  }

  private var outFolder: String {
    if request.selection == .all { return request.out }
    let parts = request.out.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return parts.isEmpty ? "." : (parts == [""] ? "/" : parts.joined(separator: "/"))
  }

  /// The pictures as files.
  ///
  /// - Throws: `RunFailure.badInput` if a PNG is asked for and no program is there to make it.
  public func files() throws(RunFailure) -> [OutputFile] {
    var files: [OutputFile] = []
    for chart in charts {
      let text = chart.chart.svgFile
      switch request.image {
      case .svg: files.append(OutputFile(name: chart.name, text: text))
      case .png:
        files.append(OutputFile(name: chart.name, bytes: try PNGConverter().png(ofSVG: text)))
      }
    }
    return files
  }

  /// Writes every picture, whole or not at all.
  public func write() throws(RunFailure) {
    try OutputWriter.write(try files(), to: outFolder, inputs: inputs)
  }

  /// What was written, as a document.
  public var document: Document {
    let words = request.language.words
    let rows = charts.map { [Cell($0.name), Cell($0.chart.title)] }
    let table = Table(
      title: "",
      columns: [
        Table.Column(words("file", "文件"), .leading),
        Table.Column(words("title", "标题"), .leading),
      ], rows: rows)
    let head = marks.isEmpty ? [] : [Document.Block.text(marks)]
    return Document(
      title: words("Pictures in \(outFolder)", "图表（\(outFolder)）"), blocks: head + [.table(table)])
  }
}

private func hasSensitivity(_ request: ChartRequest) -> Bool {
  FileManager.default.fileExists(atPath: request.folder + "/" + SensitivityTable.fileName)
}
