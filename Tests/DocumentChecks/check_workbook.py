"""Reads tables.xlsx of a folder with openpyxl and with LibreOffice and compares every number with the
CSV files beside it; draws every sheet.

    check_workbook.py FOLDER
"""

import csv
import decimal
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

import openpyxl

FILES = ["ledger", "pools", "ensemble", "ensemble_differences", "ensemble_counties"]
SHEETS = {
    "ledger": ["Ledger", "资金台账"],
    "pools": ["Pools", "资金总额"],
    "ensemble": ["Ensemble", "抽样结果"],
    "ensemble_differences": ["Ensemble differences", "抽样差异"],
    "ensemble_counties": ["Ensemble counties", "抽样分县"],
    "metrics": ["Metrics", "指标"],
}
TEXTS = {"scenario", "stream", "county", "metric"}


def fail(text):
    sys.exit(f"FAILED: {text}")


def value(text, name):
    """A cell of a CSV file: a text, a number, or nothing."""
    if name in TEXTS:
        return text
    return None if text == "" else float(text)


def csv_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], [[value(c, n) for c, n in zip(row, rows[0])] for row in rows[1:]]


def table(rows, header):
    """The rows under the line that holds the names of a CSV file, in the order of these names."""
    # The titles may read the same in English; the names stand under them.
    for position, row in reversed(list(enumerate(rows[:10]))):
        names = [str(cell) for cell in row]
        if all(name in names for name in header):
            places = [names.index(name) for name in header]
            return [[row[place] for place in places] for row in rows[position + 1 :]]
    fail(f"no line with the names {header}")


def same(found, wanted, name):
    if name in TEXTS:
        return str(found) == wanted
    if wanted is None:
        return found in (None, "")
    return found not in (None, "") and number(found) == wanted


def number(cell):
    """LibreOffice writes a share as it is typed: 12.5%."""
    text = str(cell)
    return float(decimal.Decimal(text[:-1]) / 100) if text.endswith("%") else float(text)


def compare(place, rows, folder, file):
    header, wanted = csv_rows(folder / f"{file}.csv")
    found = table(rows, header)
    if file == "ledger" and len(wanted) > 30_000:
        wanted = [line for line in wanted if any(line[6:])]
    for number, line in enumerate(wanted):
        for name, cell, text in zip(header, found[number], line):
            if not same(cell, text, name):
                fail(f"{place}, {file}, row {number + 1}, {name}: {cell!r} is not {text!r}")
    return len(wanted)


def compare_metrics(place, rows, folder):
    _, wanted = csv_rows(folder / "metrics.csv")
    # The titles may read the same in English; the names stand under them.
    start = max(i for i, row in enumerate(rows[:10]) if row[1] == "metric" and row[3] == "year")
    names = rows[start]
    found = {}
    for row in rows[start + 1 :]:
        for column in range(4, len(names)):
            if names[column] and row[1]:
                found[names[column], float(row[3]), row[1]] = row[column]
    for scenario, year, metric, number in wanted:
        if not same(found.get((scenario, year, metric)), number, "value"):
            fail(f"{place}, metrics, {scenario} {year} {metric}")
    return len(wanted)


def compare_all(place, sheets, folder):
    count = 0
    for file in FILES:
        if (folder / f"{file}.csv").exists():
            rows = next(sheets[name] for name in SHEETS[file] if name in sheets)
            count += compare(place, rows, folder, file)
    rows = next(sheets[name] for name in SHEETS["metrics"] if name in sheets)
    count += compare_metrics(place, rows, folder)
    print(f"  {place}: {count} rows are those of the CSV files")


def openpyxl_sheets(path, data_only):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = openpyxl.load_workbook(path, data_only=data_only)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def check_totals(path):
    """Sums worked out here are those kept beside the formulas."""
    formulas = openpyxl_sheets(path, data_only=False)
    values = openpyxl_sheets(path, data_only=True)
    count = 0
    for name, rows in formulas.items():
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                match = re.fullmatch(r"=SUBTOTAL\(109,[A-Z]+(\d+):[A-Z]+(\d+)\)", str(cell))
                match = match or re.fullmatch(r"=SUM\([A-Z]+(\d+):[A-Z]+(\d+)\)", str(cell))
                if not match:
                    continue
                first, last = int(match[1]), int(match[2])
                parts = [values[name][k][j] or 0 for k in range(first - 1, last)]
                total = sum(parts)
                kept = values[name][i][j]
                if abs(total - kept) > 1e-12 * sum(abs(part) for part in parts):
                    fail(f"{name}, row {i + 1}: {kept} is not the sum {total}")
                count += 1
    if count == 0:
        fail("no totals")
    print(f"  openpyxl: {count} totals are right")


def office(arguments, folder):
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", *arguments],
            cwd=folder, check=True, capture_output=True, timeout=600)


def office_sheets(path):
    """Every sheet as LibreOffice reads it: numbers in full, formulas worked out."""
    with tempfile.TemporaryDirectory() as folder:
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
        office(["--convert-to", form, "--outdir", folder, str(path)], folder)
        sheets = {}
        for file in pathlib.Path(folder).glob("*.csv"):
            with open(file, encoding="utf-8", newline="") as lines:
                sheets[file.stem.split("-", 1)[1]] = list(csv.reader(lines))
    return sheets


def draw(path, folder):
    office(["--convert-to", "pdf", "--outdir", str(folder), str(path)], folder)
    pdf = folder / "tables.pdf"
    pages = re.search(r"Pages:\s+(\d+)", subprocess.run(
        ["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout)[1]
    subprocess.run(["pdftoppm", "-r", "60", "-l", "20", "-png", pdf, folder / "page"], check=True)
    print(f"  LibreOffice: {pages} pages, the first 20 drawn")


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    path = folder / "tables.xlsx"
    print(path.parent.name)
    compare_all("openpyxl", openpyxl_sheets(path, data_only=True), folder)
    check_totals(path)
    compare_all("LibreOffice", office_sheets(path), folder)
    draw(path, folder)


main()
