// The worked example as a workbook of libxlsxwriter: rows of labels above the names, a rich text, a
// truth value, formulas with their values, a percentage. See SOURCES.md.
#include <xlsxwriter.h>

static void texts(lxw_worksheet *sheet, int row, const char **list, lxw_format *format) {
  for (int column = 0; list[column]; column++)
    worksheet_write_string(sheet, row, column, list[column], format);
}

int main(int count, char **arguments) {
  lxw_workbook *book = workbook_new(arguments[1]);
  lxw_doc_properties properties = {.created = 1706227200};
  workbook_set_properties(book, &properties);
  lxw_format *bold = workbook_add_format(book);
  format_set_bold(bold);
  lxw_format *percent = workbook_add_format(book);
  format_set_num_format(percent, "0%");
  lxw_format *grouped = workbook_add_format(book);
  format_set_num_format(grouped, "#,##0");

  lxw_worksheet *notes = workbook_add_worksheet(book, "说明");
  worksheet_write_string(notes, 0, 0, "Not read.", NULL);
  lxw_worksheet *counties = workbook_add_worksheet(book, "Counties");
  texts(counties, 0, (const char *[]){"县市区", NULL}, bold);
  texts(counties, 2, (const char *[]){"code", "name", "name_zh", "prefecture", "prefecture_name",
                                      "prefecture_name_zh", "remote", NULL}, bold);
  const char *names[] = {"East", "Middle", "West"}, *chinese[] = {"东", "中", "西"};
  for (int row = 0; row < 3; row++) {
    char code[7], name[40], tail[10];
    sprintf(code, "65000%d", row + 1);
    sprintf(name, "%s example county", names[row]);
    sprintf(tail, "%s县", chinese[row]);
    worksheet_write_string(counties, 3 + row, 0, code, NULL);
    worksheet_write_string(counties, 3 + row, 1, name, NULL);
    lxw_rich_string_tuple first = {NULL, "示例"}, second = {bold, tail}, *parts[] = {&first, &second, NULL};
    worksheet_write_rich_string(counties, 3 + row, 2, parts, NULL);
    worksheet_write_string(counties, 3 + row, 3, "650000", NULL);
    worksheet_write_string(counties, 3 + row, 4, "Example prefecture", NULL);
    worksheet_write_string(counties, 3 + row, 5, "示例地区", NULL);
    worksheet_write_boolean(counties, 3 + row, 6, row == 2, NULL);
  }

  lxw_worksheet *panel = workbook_add_worksheet(book, "indicators");
  texts(panel, 0, (const char *[]){"代码", "年份", "乡村人口", NULL}, bold);
  texts(panel, 1, (const char *[]){"code", "year", "rural_population", "income", "road_km", "score",
                                   "level_project_plan", "execution", "previous_consolidation", NULL}, bold);
  const double values[3][7] = {{20000, 20000, 100, 90, 0.9, 0.9, 220},
                               {30000, 18000, 100, 80, 0.8, 0.8, 250},
                               {50000, 12000, 200, 30, 0.3, 0.3, 480}};
  for (int row = 0; row < 3; row++) {
    char code[7];
    sprintf(code, "65000%d", row + 1);
    worksheet_write_string(panel, 2 + row, 0, code, NULL);
    worksheet_write_number(panel, 2 + row, 1, 2024, NULL);
    worksheet_write_number(panel, 2 + row, 2, values[row][0], grouped);
    worksheet_write_formula_num(panel, 2 + row, 3, "=1000*20", NULL, values[row][1]);
    for (int column = 2; column < 7; column++)
      worksheet_write_number(panel, 2 + row, column + 2, values[row][column], column == 4 ? percent : NULL);
  }
  return workbook_close(book);
}
