"""The worked example as workbooks of openpyxl, with and without formulas. See SOURCES.md."""
import csv
import datetime
import pathlib
import sys
import zipfile

import openpyxl
import yaml
from msoffcrypto.format.ooxml import OOXMLFile

data = pathlib.Path(__file__).resolve().parents[4] / "Scenarios/worked/data"
out = pathlib.Path(sys.argv[1])
texts = {"name", "name_zh", "prefecture_name", "prefecture_name_zh"}
codes = {"code", "prefecture"}
when = datetime.datetime(2024, 1, 26)


def rows(name):
    with open(data / name, encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file) if row]


def value(column, text):
    if text == "" or column in texts:
        return text or None
    return float(text) if "." in text else int(text)


def write(path, formulas):
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = when
    for name in ("counties", "indicators"):
        sheet = book.create_sheet(name)
        header, *body = rows(name + ".csv")
        sheet.append(header)
        for row in body:
            sheet.append([value(column, text) for column, text in zip(header, row)])
        for cells in sheet.iter_rows(min_row=2):
            for cell, column in zip(cells, header):
                if column in codes:
                    cell.number_format = "000000"
                if formulas and column == "income":
                    cell.value = f"=2*{cell.value // 2}"
    sheet = book.create_sheet("columns")
    sheet.append(["column", "title", "title_zh", "unit", "source", "status"])
    for column, entry in yaml.safe_load(open(data / "indicators.meta.yaml", encoding="utf-8")).items():
        sheet.append([column] + [entry[key] for key in ("title", "title_zh", "unit", "source", "status")])
    book.save(path)


write(out / "openpyxl.xlsx", formulas=False)
write(out / "openpyxl-formulas.xlsx", formulas=True)

# A sheet of three million spaces: small to send, large to open.
with zipfile.ZipFile(out / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    with zipfile.ZipFile(out / "openpyxl.xlsx") as sound:
        for entry in sound.infolist():
            content = sound.read(entry)
            if entry.filename == "xl/worksheets/sheet2.xml":
                content = content.replace(b"<sheetData>", b" " * 3_000_000 + b"<sheetData>")
            archive.writestr(zipfile.ZipInfo(entry.filename, (2024, 1, 26, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)

# An .xlsx with a password, which is a compound file.
with open(out / "openpyxl.xlsx", "rb") as plain, open(out / "encrypted.xlsx", "wb") as target:
    OOXMLFile(plain).encrypt("karez", target)
