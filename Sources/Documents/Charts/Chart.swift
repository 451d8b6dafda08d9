/// A picture of numbers, ready to be drawn; it does not know what its numbers mean.
///
/// All texts are in the reader's language already.
public struct Chart: Sendable {
  /// The kinds of picture.
  public enum Content: Sendable {
    /// Signed bars, one a row.
    case divergingBars(DivergingBars)
    /// Equal tiles in geographic arrangement.
    case tileMap(TileMap)
    /// Lines over years, with fans.
    case trajectories(Trajectories)
    /// Cumulated shares against cumulated shares.
    case lorenzCurves(LorenzCurves)
    /// How many go from which class to which, from column to column.
    case flows(Flows)
    /// Signed steps from a start to an end.
    case waterfall(Waterfall)
    /// Points of two quantities.
    case scatter(Scatter)
    /// Points with intervals, one a row.
    case dotPlot(DotPlot)
    /// Bars of influence, the longest first.
    case tornado(Tornado)
  }

  /// The axis of a quantity.
  public struct Axis: Sendable, Hashable {
    /// What it shows, with the unit.
    public let title: String
    /// What stands behind every number, such as ` %`.
    public let suffix: String
    /// Whether numbers bear a sign.
    public let isSigned: Bool

    /// Makes an axis.
    public init(_ title: String, suffix: String = "", isSigned: Bool = false) {
      self.title = title
      self.suffix = suffix
      self.isSigned = isSigned
    }
  }

  /// What it shows, in a few words.
  public var title: String
  /// For which case, year and unit.
  public var subtitle: String
  /// What must be said beside the picture wherever it goes, such as that data are made up.
  public var marks: [String]
  /// One sentence for those who cannot see the picture.
  public var summary: String
  /// How to read it.
  public var notes: [String]
  /// Where the numbers come from; empty if not said.
  public var source: String
  /// Language of all texts as a web page names it: `en`, `zh-Hans`.
  public var languageTag: String
  /// The picture itself.
  public var content: Content

  /// Makes a chart.
  public init(
    title: String, subtitle: String, marks: [String] = [], summary: String, notes: [String] = [],
    source: String = "", languageTag: String, content: Content
  ) {
    self.title = title
    self.subtitle = subtitle
    self.marks = marks
    self.summary = summary
    self.notes = notes
    self.source = source
    self.languageTag = languageTag
    self.content = content
  }

  /// The picture as SVG: text as text, no script, nothing from elsewhere, the same bytes always.
  ///
  /// - Parameters:
  ///   - prefix: Starts every id, so that several charts can stand in one page.
  ///   - colors: Plain colours for a file, or named ones that a page can restyle.
  /// - Returns: One `svg` element.
  public func svg(prefix: String = "chart", colors: ColorMode = .plain) -> String {
    var renderer = SVGRenderer(self, prefix: prefix, colors: colors)
    return renderer.render()
  }

  /// The picture as a file of its own.
  public var svgFile: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg()
  }
}

/// How colours are written.
public enum ColorMode: Sendable {
  /// As such, for files: programs other than browsers know no named colours.
  case plain
  /// As `var(--karez-NAME, COLOUR)`, so that the style of a page can set them.
  case named
}
