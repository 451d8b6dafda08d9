#!/usr/bin/env python3
"""Turns the French grant tables of 2020 and 2021 into the data of this scenario.

Usage:  python3 make_data.py dsr_perequation_2021.csv

The input is one row per commune that got the "péréquation" fraction of the rural solidarity grant
in 2021, drawn from the DGCL tables of allocation criteria of 2020 and 2021 (README.md, section
Origin). It has these columns, money in whole euros:

  insee, name, dep                            code, name and département
  pop_dgf                                     population as counted for the grant
  fin_potential_per_cap, stratum_mean_fin_potential
  fin_potential_per_ha, mean_fin_potential_per_ha
  fiscal_effort, mountain, insular, road_m, kids_3_16
  part_pfi_eur, part_road_eur, part_kids_eur, part_pfi_ha_eur                 paid in 2021
  prev_part_pfi_eur, prev_part_road_eur, prev_part_kids_eur, prev_part_pfi_ha_eur  paid in 2020

Writes data/ (all communes) and data-lozere/ (département 48): counties.csv, indicators.csv and
indicators.meta.yaml. Nothing is estimated, dropped or rounded. Standard library only.
"""

import csv
import os
import sys

PARTS = ["pfi", "road", "kids", "pfi_ha"]

COLUMNS = [
    # column, source column or function of the row, title, title_zh, unit
    ("pop_dgf", "pop_dgf", "Population counted for the grant", "DGF人口", "persons"),
    ("potential_per_head", "fin_potential_per_cap", "Financial potential per head",
     "人均财政潜力", "EUR/person"),
    ("stratum_mean", "stratum_mean_fin_potential", "Mean financial potential of the size class",
     "同档平均人均财政潜力", "EUR/person"),
    ("potential_per_ha", "fin_potential_per_ha", "Financial potential per hectare",
     "每公顷财政潜力", "EUR/ha"),
    ("fiscal_effort", "fiscal_effort", "Fiscal effort", "财政努力程度", "coefficient"),
    ("mountain_or_island",
     lambda row: "1" if "1" in (row["mountain"], row["insular"]) else "0",
     "Mountain commune or island", "山区或海岛市镇", "0/1"),
    ("road_m", "road_m", "Length of communal roads", "市镇道路长度", "m"),
    ("kids_3_16", "kids_3_16", "Children of 3 to 16 years", "3至16岁儿童", "persons"),
]
for part in PARTS:
    COLUMNS.append(("previous_" + part, f"prev_part_{part}_eur", f"Part {part} paid in 2020",
                    f"2020年{part}部分实拨", "EUR"))
for part in PARTS:
    COLUMNS.append((part + "_paid", f"part_{part}_eur", f"Part {part} paid in 2021",
                    f"2021年{part}部分实拨", "EUR"))

SOURCE = "DGCL, criteres de repartition 2020 and 2021"


def cell(row, source):
    """The text of one cell: a column of the input, or a function of the row."""
    return source(row) if callable(source) else row[source]


def write(folder, rows):
    """Writes the three files of one folder."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "counties.csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "name", "name_zh", "prefecture", "prefecture_name",
                      "prefecture_name_zh"])
        for row in rows:
            dep = row["dep"]
            out.writerow([row["insee"], row["name"], row["name"], dep, dep, dep])
    with open(os.path.join(folder, "indicators.csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "year"] + [column[0] for column in COLUMNS])
        for row in rows:
            out.writerow([row["insee"], "2021"] + [cell(row, column[1]) for column in COLUMNS])
    with open(os.path.join(folder, "indicators.meta.yaml"), "w", encoding="utf-8") as file:
        for name, _, title, title_zh, unit in COLUMNS:
            file.write(f"{name}:\n  title: {title}\n  title_zh: {title_zh}\n  unit: {unit}\n"
                       f"  source: {SOURCE}\n  status: observed\n")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["insee"])
    means = {row["mean_fin_potential_per_ha"] for row in rows}
    if means != {"605.271697"}:
        sys.exit(f"the scenarios state 605.271697 as the mean potential per hectare, not {means}")
    here = os.path.dirname(os.path.abspath(__file__))
    write(os.path.join(here, "data"), rows)
    write(os.path.join(here, "data-lozere"), [row for row in rows if row["dep"] == "48"])
    print(f"{len(rows)} communes; pools in euros:",
          {part: sum(int(row[f"part_{part}_eur"]) for row in rows) for part in PARTS})


main()
