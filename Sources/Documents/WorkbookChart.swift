/// A chart that the spreadsheet draws itself from cells of a workbook.
public struct WorkbookChart: Sendable, Hashable {
  /// What is drawn.
  public enum Kind: Sendable, Hashable {
    /// Upright columns side by side.
    case columns
    /// Lying bars, the first at the top.
    case bars
    /// Lines with marks.
    case lines
  }

  /// Some rows of one column of a sheet.
  public struct Range: Sendable, Hashable {
    /// The sheet's name.
    public let sheet: String
    /// The column, from 0.
    public let column: Int
    /// The rows of its table, from 0; not empty.
    public let rows: Swift.Range<Int>

    /// Makes a range.
    public init(sheet: String, column: Int, rows: Swift.Range<Int>) {
      self.sheet = sheet
      self.column = column
      self.rows = rows
    }
  }

  /// One series.
  public struct Series: Sendable, Hashable {
    /// Its name in the legend.
    public let name: String
    /// What stands along the axis.
    public let categories: Range
    /// The values.
    public let values: Range

    /// Makes a series.
    public init(name: String, categories: Range, values: Range) {
      self.name = name
      self.categories = categories
      self.values = values
    }
  }

  /// What is drawn.
  public let kind: Kind
  /// The title.
  public let title: String
  /// Title of the axis of categories.
  public let categoryTitle: String
  /// Title of the axis of values, with the unit.
  public let valueTitle: String
  /// How values stand along their axis.
  public let style: NumberStyle
  /// The series.
  public let series: [Series]

  /// Makes a chart.
  public init(
    _ kind: Kind, title: String, categoryTitle: String, valueTitle: String, style: NumberStyle,
    series: [Series]
  ) {
    self.kind = kind
    self.title = title
    self.categoryTitle = categoryTitle
    self.valueTitle = valueTitle
    self.style = style
    self.series = series
  }
}
