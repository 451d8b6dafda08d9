import PolicyModel

/// Why nothing can be read from a cell of a sheet.
enum CellFault {
  /// An error of the spreadsheet program, such as `#N/A`.
  static func error(_ text: String) -> Wording {
    let shown = String(text.prefix(20))
    return Wording(
      "the cell holds the error \(shown); mend its formula, or leave the cell empty if the value is "
        + "missing",
      "单元格为错误值\(shown)；请修正公式，数据缺失时请留空")
  }

  /// A formula that no spreadsheet program has worked out.
  static let formula = Wording(
    "the formula has no computed value; open the workbook in Excel, WPS or LibreOffice and save it, "
      + "or paste the cells as values",
    "公式没有计算结果；请用Excel、WPS或LibreOffice打开并保存，或将单元格粘贴为数值")

  /// A day or a time.
  static let date = Wording(
    "the cell is formatted as a date or a time; set its format to General and type the value again",
    "单元格为日期或时间格式；请将格式改为“常规”后重新填写")

  /// Something that no spreadsheet program writes.
  static let damaged = Wording(
    "the cell is damaged; open the workbook in Excel or WPS, check the cell and save",
    "单元格已损坏；请用Excel或WPS打开工作簿，核对该单元格后保存")

  /// A code that a number does not keep.
  static let code = Wording(
    "a code is text; as a number it has decimals or loses digits: format the column as text and type "
      + "the code again",
    "代码应为文本；数字格式会带小数或丢失位数：请将该列设为文本格式后重新填写")

  /// A percentage among plain numbers, or the reverse.
  static func mixedPercent(isPercent: Bool, other: String) -> Wording {
    isPercent
      ? Wording(
        "the cell is formatted as a percentage and \(other) of the same column is not; give the "
          + "column one format and check its values (20 % is read as 0.2)",
        "单元格为百分比格式，而同列的\(other)不是；请统一该列格式并核对数值（20%按0.2读取）")
      : Wording(
        "the cell is not formatted as a percentage and \(other) of the same column is; give the "
          + "column one format and check its values (20 % is read as 0.2)",
        "单元格不是百分比格式，而同列的\(other)是；请统一该列格式并核对数值（20%按0.2读取）")
  }
}
