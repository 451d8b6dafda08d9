/// One cell: what a person reads, and the number behind it where there is one.
public struct Cell: Sendable, Hashable {
  /// The text for people.
  public let text: String
  /// The number for machines.
  public let number: Double?

  /// A text.
  public init(_ text: String) {
    self.text = text
    number = nil
  }

  /// A number with the text that shows it.
  public init(_ number: Double, text: String) {
    self.text = text
    self.number = number
  }

  /// Nothing.
  public static let empty = Cell("")
}

/// A table for people and machines; it does not know what its cells mean.
public struct Table: Sendable {
  /// Which side a column's cells stand on.
  public enum Alignment: Sendable {
    /// Texts.
    case leading
    /// Numbers.
    case trailing
  }

  /// A column.
  public struct Column: Sendable {
    /// Its title.
    public let title: String
    /// Which side its cells stand on.
    public let alignment: Alignment
    /// Whether it belongs to the column before it, as a difference to a value.
    public let isTied: Bool

    /// Makes a column.
    public init(_ title: String, _ alignment: Alignment = .trailing, isTied: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.isTied = isTied
    }
  }

  /// What the table shows.
  public let title: String
  /// The columns.
  public let columns: [Column]
  /// The rows.
  ///
  /// Shape: [row][column].
  public var rows: [[Cell]]
  /// Lines that stand under the table.
  public var notes: [String]

  /// Makes a table.
  public init(title: String, columns: [Column], rows: [[Cell]], notes: [String] = []) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}

/// A form in which tables leave.
public enum TableFormat: String, Sendable, CaseIterable {
  /// For a terminal.
  case table
  /// For pasting into documents.
  case markdown
  /// For other programs.
  case csv
  /// For other programs.
  case json
}

/// A sequence of tables and paragraphs.
public struct Document: Sendable {
  /// A part of a document.
  public enum Block: Sendable {
    /// Lines of text.
    case text([String])
    /// A table.
    case table(Table)
  }

  /// The title.
  public let title: String
  /// The parts in order.
  public var blocks: [Block]
  /// The text of a YAML file that stands word for word after the parts, to be copied; nil for none.
  public var attachment: String?

  /// Makes a document.
  public init(title: String, blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }

  /// Its tables in order.
  public var tables: [Table] {
    blocks.compactMap { block in if case .table(let table) = block { table } else { nil } }
  }

  /// The document in one form.
  ///
  /// - Parameters:
  ///   - format: The form.
  ///   - width: Columns of the terminal; wider tables are folded.
  /// - Returns: The text.
  public func rendered(as format: TableFormat, width: Int = 100) -> String {
    switch format {
    case .table: TerminalRenderer(width: width).text(self)
    case .markdown: MarkdownRenderer.text(self)
    case .csv: tables.map { CSVText.text($0) }.joined(separator: "\n")
    case .json: JSONText.text(self)
    }
  }
}
