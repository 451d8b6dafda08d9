/// How a number stands in a cell; the cell itself keeps every digit.
public enum NumberStyle: Sendable, Hashable {
  /// A text, on the left.
  case text
  /// A year or another whole number without separators.
  case plain
  /// A whole number with thousands separators.
  case whole
  /// A fixed number of decimals with thousands separators.
  case decimals(Int)
  /// In millions, without decimals.
  case millions
  /// As many digits as the number has.
  case general
  /// A fraction as a percentage with so many decimals.
  case percent(Int)
  /// A signed difference with so many decimals, coloured by its sign.
  case signed(Int)
  /// A signed fraction as a percentage, coloured by its sign.
  case signedPercent(Int)
  /// A signed difference with so many decimals and a unit behind it, coloured by its sign.
  case signedUnit(Int, String)

  /// Whether it is coloured by its sign.
  public var isSigned: Bool {
    switch self {
    case .signed, .signedPercent, .signedUnit: true
    default: false
    }
  }

  /// Excel's code of it; section 18.8.30 of ECMA-376, part 1.
  var code: String {
    switch self {
    case .text: "@"
    case .plain: "0"
    case .general: "General"
    case .whole: "#,##0"
    case .millions: "#,##0,,"
    case .decimals(let count): grouped(count)
    case .percent(let count): "0" + fraction(count) + "%"
    case .signed(let count): "+\(grouped(count));-\(grouped(count));0"
    case .signedPercent(let count):
      "+#,##0\(fraction(count))%;-#,##0\(fraction(count))%;0%"
    case .signedUnit(let count, let unit):
      "+\(grouped(count))\"\(unit)\";-\(grouped(count))\"\(unit)\";0"
    }
  }

  private func grouped(_ decimals: Int) -> String { "#,##0" + fraction(decimals) }

  private func fraction(_ decimals: Int) -> String {
    decimals == 0 ? "" : "." + String(repeating: "0", count: decimals)
  }

  /// The number as a reader sees it, for the width of columns.
  func shown(_ value: Double) -> String {
    switch self {
    case .text, .general: NumberText.significant(value)
    case .plain: NumberText.fixed(value, decimals: 0)
    case .whole: NumberText.grouped(value, decimals: 0)
    case .millions: NumberText.grouped(value / 1e6, decimals: 0)
    case .decimals(let count): NumberText.grouped(value, decimals: count)
    case .percent(let count): NumberText.fixed(value * 100, decimals: count) + "%"
    case .signed(let count): NumberText.signed(value, decimals: count)
    case .signedPercent(let count): NumberText.signed(value * 100, decimals: count) + "%"
    case .signedUnit(let count, let unit): NumberText.signed(value, decimals: count) + unit
    }
  }
}

/// One cell of a workbook: a text, a number in full, or a formula with its value.
public struct WorkbookCell: Sendable, Hashable {
  /// A formula over cells near its own; columns count from 0.
  public enum Formula: Sendable, Hashable {
    /// A cell of the same row less another, times a factor.
    case difference(of: Int, less: Int, times: Double)
    /// A cell of the same row divided by the size of another; empty where that is 0.
    case ratio(of: Int, to: Int)
    /// The sum of so many cells above.
    case sumAbove(Int)
  }

  /// What a cell holds.
  public enum Content: Sendable, Hashable {
    /// Nothing.
    case empty
    /// A text.
    case text(String)
    /// A number.
    case number(Double)
    /// A formula and its value; nil: the formula gives an empty text.
    case formula(Formula, value: Double?)
  }

  /// What it holds.
  public let content: Content
  /// How it is shown; nil: as its column.
  public let style: NumberStyle?

  /// Makes a cell.
  public init(_ content: Content, _ style: NumberStyle? = nil) {
    self.content = content
    self.style = style
  }

  /// A text.
  public init(_ text: String) { self.init(.text(text)) }

  /// A number; empty if there is none or it is not finite.
  public init(_ number: Double?, _ style: NumberStyle? = nil) {
    self.init(number.flatMap { $0.isFinite ? .number($0) : nil } ?? .empty, style)
  }

  /// Nothing.
  public static let empty = WorkbookCell(.empty)

  /// The number it shows, if any.
  public var number: Double? {
    switch content {
    case .number(let number): number
    case .formula(_, let value): value
    case .empty, .text: nil
    }
  }
}

/// One row of a sheet.
public struct WorkbookRow: Sendable, Hashable {
  /// How a row stands out.
  public enum Role: Sendable, Hashable {
    /// It does not.
    case body
    /// A heading within the table.
    case heading
    /// A total.
    case total
  }

  /// Its cells.
  public let cells: [WorkbookCell]
  /// How it stands out.
  public let role: Role

  /// Makes a row.
  public init(_ cells: [WorkbookCell], role: Role = .body) {
    self.cells = cells
    self.role = role
  }
}
