import CXLSXWriter

/// What a sheet needs to be filled in by people.
extension XLSXCalls {
  /// Gives a column a width and a look of all its cells, so that empty rows can be filled in, too.
  mutating func open(_ sheet: Int, column: Int, width: Int, _ look: CellLook) {
    let format = unsafe format(look)
    XLSXCalls.check(
      unsafe worksheet_set_column(
        sheets[sheet], UInt16(column), UInt16(column), Double(width), format))
  }

  /// Locks a sheet without a password; columns may be made wider and rows sorted.
  func protect(_ sheet: Int) {
    var options = lxw_protection()
    options.format_columns = 1
    options.format_rows = 1
    options.sort = 1
    options.autofilter = 1
    unsafe worksheet_protect(sheets[sheet], nil, &options)
  }

  /// Writes a note at a cell.
  func comment(_ text: String, _ sheet: Int, row: Int, column: Int) {
    XLSXCalls.check(
      unsafe "Karez".withCString { author in
        var options = unsafe lxw_comment_options()
        unsafe options.author = UnsafeMutablePointer(mutating: author)
        unsafe options.width = 240
        return unsafe worksheet_write_comment_opt(
          sheets[sheet], UInt32(row), UInt16(column), text, &options)
      })
  }

  /// Says what cells take; anything else is refused with a message.
  func validate(
    _ sheet: Int, rows: ClosedRange<Int>, column: Int, _ entry: SheetForm.Entry, title: String,
    refusal: String
  ) {
    var rule = unsafe lxw_data_validation()
    var words: [String] = []
    switch entry {
    case .text: return
    case .number(let least, let most):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
      unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      unsafe rule.minimum_number = least ?? -XLSXCalls.largest
      unsafe rule.maximum_number = most ?? XLSXCalls.largest
    case .whole(let least, let most):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_INTEGER.rawValue)
      unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
      unsafe rule.minimum_number = Double(least)
      unsafe rule.maximum_number = Double(most)
    case .choice(let list):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      words = list
    }
    unsafe add(rule, words, sheets[sheet], rows, column, title, refusal)
  }

  /// No number that is typed is larger; Excel takes bounds up to 10^307.
  private static let largest = 1e300

  private func add(
    _ rule: lxw_data_validation, _ words: [String], _ sheet: UnsafeMutablePointer<lxw_worksheet>,
    _ rows: ClosedRange<Int>, _ column: Int, _ title: String, _ refusal: String
  ) {
    var rule = unsafe rule
    unsafe title.withCString { title in
      unsafe refusal.withCString { refusal in
        unsafe XLSXCalls.withList(words) { list in
          unsafe rule.error_title = UnsafeMutablePointer(mutating: title)
          unsafe rule.error_message = UnsafeMutablePointer(mutating: refusal)
          unsafe rule.value_list = list
          XLSXCalls.check(
            unsafe worksheet_data_validation_range(
              sheet, UInt32(rows.lowerBound), UInt16(column), UInt32(rows.upperBound),
              UInt16(column), &rule))
        }
      }
    }
  }

  /// Calls with a list of C strings that ends with nil; nil for an empty list.
  private static func withList(
    _ words: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Void
  ) {
    if words.isEmpty { return body(nil) }
    let texts = words.map { Array($0.utf8CString) }
    let bytes = texts.flatMap { $0 }
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      var list: [UnsafeMutablePointer<CChar>?] = unsafe []
      var offset = 0
      for text in texts {
        unsafe list.append(UnsafeMutablePointer(mutating: start.advanced(by: offset)))
        offset += text.count
      }
      unsafe list.append(nil)
      unsafe list.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    }
  }
}
