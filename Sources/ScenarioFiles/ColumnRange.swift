/// What the model refuses of columns that it knows by name (model, sections 1, 2 and 8).
public enum ColumnRange {
  private static let notNegative = 0...Double.greatestFiniteMagnitude
  private static let any = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude

  /// The values that a column of indicators may hold.
  ///
  /// - Parameter name: The column's name.
  /// - Returns: The range; every finite number where the model knows nothing of the column.
  public static func allowed(_ name: String) -> ClosedRange<Double> {
    switch name {
    case "score": return 0...100
    case "staff", "effort", "goal_share", "execution", "execution_rate": return 0...1
    case "asset_stock", "spent", "rural_population", "monitored": return notNegative
    default: break
    }
    if name.hasPrefix("level_") { return 0...1 }
    if name.hasPrefix("previous_") || name.hasPrefix("pipeline_") { return notNegative }
    return any
  }
}
