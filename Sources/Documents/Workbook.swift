/// A spreadsheet of several sheets, as plain values; `WorkbookWriter` makes a file of it.
public struct Workbook: Sendable {
  /// Its title in the properties of the file.
  public let title: String
  /// The sheets in order.
  public let sheets: [WorkbookSheet]

  /// Makes a workbook.
  ///
  /// - Precondition: Names of sheets are different and such as Excel takes.
  public init(title: String, sheets: [WorkbookSheet]) {
    precondition(
      Set(sheets.map { $0.name.lowercased() }).count == sheets.count,
      "sheets have names of their own")
    precondition(sheets.allSatisfy { Workbook.isSheetName($0.name) }, "Excel takes the name")
    self.title = title
    self.sheets = sheets
  }

  /// Whether Excel takes a name for a sheet: 1 to 31 UTF-16 units, none of `[]:*?/\`, no apostrophe
  /// at either end.
  public static func isSheetName(_ name: String) -> Bool {
    (1...31).contains(name.utf16.count) && !name.contains { "[]:*?/\\".contains($0) }
      && !name.hasPrefix("'") && !name.hasSuffix("'")
  }

  /// The most rows that a sheet of Excel has.
  public static let mostRows = 1_048_576
}

/// One sheet: a title, marks, a table, notes and charts, one below the other.
public struct WorkbookSheet: Sendable {
  /// A column of the table.
  public struct Column: Sendable, Hashable {
    /// Its title, with the unit on a line of its own.
    public let title: String
    /// Its name in files for programs; nil if it has none.
    public let key: String?
    /// How its numbers are shown.
    public let style: NumberStyle
    /// Whether the total has its sum.
    public let isSummed: Bool

    /// Makes a column.
    public init(
      _ title: String, key: String? = nil, _ style: NumberStyle = .text, isSummed: Bool = false
    ) {
      self.title = title
      self.key = key
      self.style = style
      self.isSummed = isSummed
    }
  }

  /// The total over the rows that a filter leaves.
  public struct Total: Sendable, Hashable {
    /// Where it stands.
    public enum Place: Sendable, Hashable {
      /// Between marks and header, in sight whatever the length of the table.
      case above
      /// Under the last row.
      case below
    }

    /// What stands in its first cell.
    public let label: String
    /// Where it stands.
    public let place: Place

    /// Makes a total.
    public init(_ label: String, _ place: Place) {
      self.label = label
      self.place = place
    }
  }

  /// Its name.
  public let name: String
  /// What the table shows.
  public let title: String
  /// Lines that must be seen, such as that data are made up.
  public var marks: [String] = []
  /// The columns.
  public var columns: [Column] = []
  /// The rows.
  public var rows = RowSource<WorkbookRow>([])
  /// The total, if there is one.
  public var total: Total?
  /// Lines under the table.
  public var notes: [String] = []
  /// Charts under the notes, two side by side.
  public var charts: [WorkbookChart] = []
  /// Columns that stay when the table is moved to the left, and are repeated on every page.
  public var frozenColumns = 1
  /// Whether readers can filter the rows.
  public var hasFilter = true
  /// What people fill in; nil where the sheet is for reading.
  public var form: SheetForm?
  /// What stands in the marks where rows are left out, of how many are shown and how many there are.
  public var cutMark: @Sendable (_ shown: Int, _ all: Int) -> String = { "\($0) / \($1)" }
  /// Small lines at the foot of every printed page: left and right.
  public var footer = (left: "", right: "")

  /// Makes an empty sheet.
  public init(name: String, title: String) {
    self.name = name
    self.title = title
  }

  /// The sheet with no more rows than there is room for; one that lost rows says so.
  func fitted(rowLimit: Int) -> WorkbookSheet {
    let layout = WorkbookLayout(self)
    let room = rowLimit - (layout.height - rows.count) - 1
    if rows.count <= room { return self }
    var sheet = self
    sheet.rows = rows.prefix(max(0, room))
    sheet.marks.append(cutMark(sheet.rows.count, rows.count))
    return sheet
  }

  /// Sums of the summed columns over all rows; nil for the others.
  ///
  /// Neumaier's sum, so that the value kept beside a formula does not depend on how the spreadsheet
  /// adds. Source: Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation.
  public var totals: [Double?] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: columns.count)
    for index in 0..<rows.count {
      for (column, cell) in rows[index].cells.enumerated() where columns[column].isSummed {
        if let number = cell.number { sums[column].add(number) }
      }
    }
    return zip(columns, sums).map { $0.isSummed ? $1.value : nil }
  }
}

/// A sum with the error of its additions beside it.
private struct CompensatedSum {
  private var sum = 0.0
  private var rest = 0.0

  var value: Double { sum + rest }

  mutating func add(_ number: Double) {
    let next = sum + number
    rest += abs(sum) >= abs(number) ? (sum - next) + number : (number - next) + sum
    sum = next
  }
}
