import CXLSXWriter

/// How a cell looks.
struct CellLook: Hashable {
  /// What the cell is for.
  enum Role: Hashable {
    case title, mark, header, key, body, heading, total, note
  }

  var role: Role
  var style = NumberStyle.text
  var isWrapped = false
  /// Whether people fill it in.
  var isOpen = false
}

/// The only place where Karez calls libxlsxwriter, and the unsafe code of writing workbooks.
///
/// Every pointer that the library hands out lives until `close`, which is always called; every text
/// handed over lives for the one call. Rows are written from the top, since the library may keep one
/// row of a sheet only. What the library refuses is our own mistake, so it stops the program; that
/// a file cannot be written is told by `close`.
@safe struct XLSXCalls: ~Copyable {
  /// A color as 0xRRGGBB.
  typealias Color = UInt32

  private let book: UnsafeMutablePointer<lxw_workbook>
  private(set) var sheets: [UnsafeMutablePointer<lxw_worksheet>] = unsafe []
  private var formats: [CellLook: UnsafeMutablePointer<lxw_format>] = unsafe [:]

  /// A day that never changes, so that the same workbook is the same file: 1 January 2024, UTC.
  private static let created = 1_704_067_200

  /// Starts a file; nil if the library has no memory for it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - folder: Where the library may put files of its own until `close`.
  ///   - title: The title in the properties.
  ///   - keepsRows: Whether all rows stay in memory until `close`: smaller files, and charts that show
  ///     without being worked out anew. Else one row of a sheet is kept.
  init?(path: String, folder: String, title: String, keepsRows: Bool) {
    let made = unsafe folder.withCString { folder in
      var options = unsafe lxw_workbook_options(
        constant_memory: keepsRows ? 0 : 1, tmpdir: UnsafeMutablePointer(mutating: folder),
        use_zip64: 0)
      return unsafe workbook_new_opt(path, &options)
    }
    guard let made = unsafe made else { return nil }
    unsafe book = made
    unsafe title.withCString { title in
      unsafe "Karez".withCString { author in
        var properties = unsafe lxw_doc_properties()
        unsafe properties.title = UnsafeMutablePointer(mutating: title)
        unsafe properties.author = UnsafeMutablePointer(mutating: author)
        unsafe properties.created = XLSXCalls.created
        XLSXCalls.check(unsafe workbook_set_properties(book, &properties))
      }
    }
  }

  static func check(_ status: lxw_error) {
    precondition(status == LXW_NO_ERROR, "libxlsxwriter refused a call: \(status.rawValue)")
  }

  /// Writes the file and frees everything.
  ///
  /// - Returns: Whether the whole file could be written.
  consuming func close() -> Bool { unsafe workbook_close(book) == LXW_NO_ERROR }

  // MARK: Sheets

  /// Adds a sheet; sheets are numbered from 0.
  mutating func addSheet(_ name: String) {
    guard let sheet = unsafe workbook_add_worksheet(book, name) else {
      preconditionFailure("Excel takes the name of the sheet")
    }
    unsafe sheets.append(sheet)
    unsafe worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
  }

  /// Sets the width of a column in characters.
  func setWidth(_ sheet: Int, column: Int, _ width: Int) {
    XLSXCalls.check(
      unsafe worksheet_set_column(
        sheets[sheet], UInt16(column), UInt16(column), Double(width), nil))
  }

  /// Sets the height of a row in points.
  func setHeight(_ sheet: Int, row: Int, _ height: Double) {
    XLSXCalls.check(unsafe worksheet_set_row(sheets[sheet], UInt32(row), height, nil))
  }

  /// Keeps the rows above and the columns left of a cell in sight.
  func freeze(_ sheet: Int, row: Int, column: Int) {
    unsafe worksheet_freeze_panes(sheets[sheet], UInt32(row), UInt16(column))
  }

  /// Gives a range buttons that filter its rows.
  func filter(_ sheet: Int, rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    XLSXCalls.check(
      unsafe worksheet_autofilter(
        sheets[sheet], UInt32(rows.lowerBound), UInt16(columns.lowerBound),
        UInt32(rows.upperBound), UInt16(columns.upperBound)))
  }

  /// Numbers that are kept as texts, such as codes, are no mistake.
  func allowNumbersAsText(_ sheet: Int, range: String) {
    XLSXCalls.check(
      unsafe worksheet_ignore_errors(
        sheets[sheet], UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), range))
  }

  /// Shows numbers above 0 of some cells in one color and those below in another.
  func color(
    _ sheet: Int, rows: ClosedRange<Int>, column: Int, above: Color, below: Color
  ) {
    for (criteria, color) in [
      (LXW_CONDITIONAL_CRITERIA_GREATER_THAN, above), (LXW_CONDITIONAL_CRITERIA_LESS_THAN, below),
    ] {
      let format = unsafe workbook_add_format(book)
      unsafe format_set_font_color(format, color)
      var rule = unsafe lxw_conditional_format()
      unsafe rule.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
      unsafe rule.criteria = UInt8(criteria.rawValue)
      unsafe rule.format = format
      XLSXCalls.check(
        unsafe worksheet_conditional_format_range(
          sheets[sheet], UInt32(rows.lowerBound), UInt16(column), UInt32(rows.upperBound),
          UInt16(column), &rule))
    }
  }

  /// How a sheet is printed: A4 across, on so many pages side by side and one below the other (0: as
  /// many as it takes), with repeated rows and columns.
  func setPrint(
    _ sheet: Int, pagesAcross: Int, pagesDown: Int, repeatedRows: ClosedRange<Int>?,
    repeatedColumns: Int,
    footer: String
  ) {
    let sheet = unsafe sheets[sheet]
    unsafe worksheet_set_paper(sheet, 9)
    unsafe worksheet_set_landscape(sheet)
    unsafe worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.7)
    unsafe worksheet_fit_to_pages(sheet, UInt16(pagesAcross), UInt16(pagesDown))
    if let repeatedRows {
      XLSXCalls.check(
        unsafe worksheet_repeat_rows(
          sheet, UInt32(repeatedRows.lowerBound), UInt32(repeatedRows.upperBound)))
    }
    if pagesAcross > 1 && repeatedColumns > 0 {
      XLSXCalls.check(unsafe worksheet_repeat_columns(sheet, 0, UInt16(repeatedColumns - 1)))
    }
    XLSXCalls.check(unsafe worksheet_set_footer(sheet, footer))
  }

  /// Prints a sheet of charts at a scale in percent, pages ending before some rows.
  func setChartPages(_ sheet: Int, scale: Int, breaks: [Int]) {
    let sheet = unsafe sheets[sheet]
    unsafe worksheet_set_print_scale(sheet, UInt16(scale))
    if breaks.isEmpty { return }
    // A list ends with 0.
    var rows = breaks.map { UInt32($0) } + [0]
    XLSXCalls.check(unsafe worksheet_set_h_pagebreaks(sheet, &rows))
  }

  // MARK: Cells

  /// Writes a text.
  mutating func write(_ text: String, _ sheet: Int, row: Int, column: Int, _ look: CellLook) {
    let format = unsafe format(look)
    XLSXCalls.check(
      unsafe worksheet_write_string(sheets[sheet], UInt32(row), UInt16(column), text, format))
  }

  /// Writes a number.
  mutating func write(_ number: Double, _ sheet: Int, row: Int, column: Int, _ look: CellLook) {
    let format = unsafe format(look)
    XLSXCalls.check(
      unsafe worksheet_write_number(sheets[sheet], UInt32(row), UInt16(column), number, format))
  }

  /// Writes a formula with its value; nil: the value is an empty text.
  mutating func write(
    formula: String, value: Double?, _ sheet: Int, row: Int, column: Int, _ look: CellLook
  ) {
    let format = unsafe format(look)
    let status =
      if let value {
        unsafe worksheet_write_formula_num(
          sheets[sheet], UInt32(row), UInt16(column), formula, format, value)
      } else {
        unsafe worksheet_write_formula_str(
          sheets[sheet], UInt32(row), UInt16(column), formula, format, "")
      }
    XLSXCalls.check(status)
  }

  /// Writes a cell without content.
  mutating func writeBlank(_ sheet: Int, row: Int, column: Int, _ look: CellLook) {
    let format = unsafe format(look)
    XLSXCalls.check(
      unsafe worksheet_write_blank(sheets[sheet], UInt32(row), UInt16(column), format))
  }

  // MARK: Looks

  private enum Palette {
    static let ink: Color = 0x1F2937
    static let faint: Color = 0x6B7280
    static let warning: Color = 0xB42318
    static let headerFill: Color = 0xDCE6F1
    static let headingFill: Color = 0xF3F4F6
    static let line: Color = 0xBFC7D1
  }

  mutating func format(_ look: CellLook) -> UnsafeMutablePointer<lxw_format>? {
    if let known = unsafe formats[look] { return unsafe known }
    guard let format = unsafe workbook_add_format(book) else { return nil }
    unsafe format_set_font_color(format, Palette.ink)
    unsafe setText(format, look.role)
    unsafe setFill(format, look.role)
    if look.role != .header && look.style != .text {
      unsafe format_set_num_format(format, look.style.code)
    }
    if look.isOpen {
      unsafe format_set_unlocked(format)
      if look.style == .text { unsafe format_set_num_format(format, look.style.code) }
    }
    if look.style == .plain {
      unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    }
    if look.isWrapped || look.role == .header { unsafe format_set_text_wrap(format) }
    unsafe formats[look] = unsafe format
    return unsafe format
  }

  private func setText(_ format: UnsafeMutablePointer<lxw_format>, _ role: CellLook.Role) {
    switch role {
    case .title:
      unsafe format_set_bold(format)
      unsafe format_set_font_size(format, 14)
    case .mark:
      unsafe format_set_bold(format)
      unsafe format_set_font_color(format, Palette.warning)
    case .header:
      unsafe format_set_bold(format)
      unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    case .key:
      unsafe format_set_font_size(format, 9)
      unsafe format_set_font_color(format, Palette.faint)
      unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    case .heading, .total: unsafe format_set_bold(format)
    case .note: unsafe format_set_font_color(format, Palette.faint)
    case .body: break
    }
    unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
  }

  private func setFill(_ format: UnsafeMutablePointer<lxw_format>, _ role: CellLook.Role) {
    switch role {
    case .title, .mark, .note: return
    case .header, .key: unsafe format_set_bg_color(format, Palette.headerFill)
    case .heading, .total: unsafe format_set_bg_color(format, Palette.headingFill)
    case .body: break
    }
    unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    unsafe format_set_border_color(format, Palette.line)
  }

  // MARK: Charts

  /// Cells that a chart reads: a sheet, its first and last row, and a column.
  struct ChartCells {
    let sheet: String
    let rows: ClosedRange<Int>
    let column: Int
  }

  /// A chart that is being put together.
  @safe struct ChartHandle {
    fileprivate let chart: UnsafeMutablePointer<lxw_chart>
  }

  /// Starts a chart with its titles.
  func addChart(_ chart: WorkbookChart) -> ChartHandle {
    let kind =
      switch chart.kind {
      case .columns: LXW_CHART_COLUMN
      case .bars: LXW_CHART_BAR
      case .lines: LXW_CHART_LINE
      }
    guard let made = unsafe workbook_add_chart(book, UInt8(kind.rawValue)) else {
      preconditionFailure("libxlsxwriter knows the kind of chart")
    }
    unsafe chart_title_set_name(made, chart.title)
    var font = unsafe lxw_chart_font()
    unsafe font.size = 12
    unsafe font.bold = 1
    unsafe chart_title_set_name_font(made, &font)
    if chart.series.count > 1 {
      unsafe chart_legend_set_position(made, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
    } else {
      unsafe chart_legend_set_position(made, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    }
    unsafe setAxes(made, chart)
    return unsafe ChartHandle(chart: made)
  }

  private func setAxes(_ made: UnsafeMutablePointer<lxw_chart>, _ chart: WorkbookChart) {
    // To this library the upright axis is y, so with lying bars the categories are on y.
    let isLying = chart.kind == .bars
    let categories = unsafe isLying ? made.pointee.y_axis : made.pointee.x_axis
    let values = unsafe isLying ? made.pointee.x_axis : made.pointee.y_axis
    unsafe chart_axis_set_name(categories, chart.categoryTitle)
    unsafe chart_axis_set_name(values, chart.valueTitle)
    var font = unsafe lxw_chart_font()
    unsafe font.size = 8
    unsafe font.bold = 0
    unsafe chart_axis_set_num_font(categories, &font)
    unsafe chart_axis_set_name_font(categories, &font)
    unsafe chart_axis_set_num_font(values, &font)
    unsafe chart_axis_set_name_font(values, &font)
    unsafe chart_axis_set_num_format(values, chart.style.code)
    unsafe chart_axis_set_label_position(
      categories, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
    var line = lxw_chart_line()
    line.color = Palette.line
    line.width = 0.75
    unsafe chart_axis_major_gridlines_set_visible(values, 1)
    unsafe chart_axis_major_gridlines_set_line(values, &line)
    if isLying {
      // The first bar at the top, the axis of values below the last, every bar named.
      unsafe chart_axis_set_reverse(categories)
      unsafe chart_axis_set_crossing_max(categories)
      unsafe chart_axis_set_interval_unit(categories, 1)
      unsafe chart_axis_major_gridlines_set_visible(categories, 0)
      unsafe chart_set_series_gap(made, 40)
    }
  }

  /// Adds a series in a color.
  func addSeries(
    _ handle: ChartHandle, name: String, categories: ChartCells, values: ChartCells,
    color: Color, isLine: Bool
  ) {
    let series = unsafe chart_add_series(handle.chart, nil, nil)
    unsafe chart_series_set_name(series, name)
    unsafe chart_series_set_categories(
      series, categories.sheet, UInt32(categories.rows.lowerBound), UInt16(categories.column),
      UInt32(categories.rows.upperBound), UInt16(categories.column))
    unsafe chart_series_set_values(
      series, values.sheet, UInt32(values.rows.lowerBound), UInt16(values.column),
      UInt32(values.rows.upperBound), UInt16(values.column))
    if isLine {
      var line = lxw_chart_line()
      line.color = color
      line.width = 2
      unsafe chart_series_set_line(series, &line)
      unsafe chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
    } else {
      var fill = lxw_chart_fill()
      fill.color = color
      unsafe chart_series_set_fill(series, &fill)
    }
  }

  /// Puts a chart on a sheet; sizes in pixels, 480 × 288 at scale 1.
  func insert(_ handle: ChartHandle, _ sheet: Int, row: Int, left: Int, width: Int, height: Int) {
    var options = unsafe lxw_chart_options()
    unsafe options.x_offset = Int32(left)
    unsafe options.x_scale = Double(width) / 480
    unsafe options.y_scale = Double(height) / 288
    XLSXCalls.check(
      unsafe worksheet_insert_chart_opt(sheets[sheet], UInt32(row), 0, handle.chart, &options))
  }
}
