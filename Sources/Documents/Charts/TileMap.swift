/// Equal tiles that stand about where the places stand; no outline of any place is drawn.
public struct TileMap: Sendable {
  /// One tile.
  public struct Tile: Sendable {
    /// A short name.
    public let label: String
    /// All about it.
    public let detail: String
    /// What colours it; nil if there is nothing to show.
    public let value: Double?
    /// The value as text.
    public let text: String
    /// Index of its group.
    public let group: Int
    /// Where it stands.
    public let cell: GridCell

    /// Makes a tile.
    public init(
      label: String, detail: String, value: Double?, text: String, group: Int, cell: GridCell
    ) {
      self.label = label
      self.detail = detail
      self.value = value
      self.text = text
      self.group = group
      self.cell = cell
    }
  }

  /// The tiles.
  public let tiles: [Tile]
  /// Names of the groups, whose borders are drawn.
  public let groups: [String]
  /// What the colours mean, with the unit.
  public let axis: Chart.Axis
  /// What a tile without a value is called.
  public let emptyTitle: String

  /// Makes a map.
  public init(tiles: [Tile], groups: [String], axis: Chart.Axis, emptyTitle: String) {
    self.tiles = tiles
    self.groups = groups
    self.axis = axis
    self.emptyTitle = emptyTitle
  }
}
