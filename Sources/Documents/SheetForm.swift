/// What people may fill in on a sheet, and what is kept from them.
///
/// All cells but those to be filled in are locked, without a password: the lock keeps from slips, not
/// from intent.
public struct SheetForm: Sendable, Hashable {
  /// What a cell takes.
  public enum Entry: Sendable, Hashable {
    /// Any text; digits stay as they are typed, leading zeros too.
    case text
    /// A number within bounds; nil: no bound.
    case number(least: Double?, most: Double?)
    /// A whole number within bounds.
    case whole(least: Int, most: Int)
    /// One of a few words or digits, from a list.
    case choice([String])
  }

  /// A column.
  public struct Column: Sendable, Hashable {
    /// What its cells take.
    public let entry: Entry
    /// Whether cells that hold something already are locked.
    public let isKept: Bool
    /// What is said where something else is typed; at most 255 UTF-16 units.
    public let refusal: String
    /// A note at its title; empty for none.
    public let comment: String

    /// Makes a column.
    public init(_ entry: Entry, isKept: Bool = false, refusal: String = "", comment: String = "") {
      self.entry = entry
      self.isKept = isKept
      self.refusal = refusal
      self.comment = comment
    }

    /// Whether a cell can be filled in.
    func isOpen(for cell: WorkbookCell) -> Bool { !isKept || cell.content == .empty }
  }

  /// The columns of the sheet's table.
  public let columns: [Column]
  /// Rows under the table that can be filled in, too.
  public let spareRows: Int
  /// Title of the window that refuses an entry; at most 32 UTF-16 units.
  public let refusalTitle: String

  /// Makes a form.
  public init(columns: [Column], spareRows: Int, refusalTitle: String) {
    precondition(refusalTitle.utf16.count <= 32, "Excel takes the title")
    precondition(columns.allSatisfy { $0.refusal.utf16.count <= 255 }, "Excel takes the refusals")
    self.columns = columns
    self.spareRows = spareRows
    self.refusalTitle = refusalTitle
  }
}
