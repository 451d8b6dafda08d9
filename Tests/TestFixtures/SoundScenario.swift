/// A small scenario without a mistake, in which nearly every key occurs.
public enum SoundScenario {
  /// Its files by name; the first one read is `scenario.yaml`.
  public static let files = [
    "scenario.yaml": scenario,
    "counties.csv": """
    code,name,prefecture,remote
    650001,East,650000,0
    650002,Middle,650000,0
    650003,West,650000,1

    """,
    "indicators.csv": """
    code,year,rural_population,income,roads,minus,score,level_plan,execution,previous_s0
    650001,2024,20000,20000,1,0,90,0.9,0.9,220
    650002,2024,30000,18000,,-1,80,0.8,0.8,250
    650003,2024,50000,8000,3,0,30,0.3,0.3,480

    """,
    "indicators.meta.yaml": """
    income: { title: Income, unit: 元/人, status: synthetic }
    previous_s0: { title: Last year, unit: 万元 }

    """,
  ]

  private static let scenario = """
    schema: 1
    name: base
    title: Base
    currency: CNY
    data:
      counties: counties.csv
      indicators: indicators.csv
    years: [2024, 2025]
    quantum: 1 万元
    seed: 7
    groups:
      remote: { column: remote }
      poor: { indicator: income, below: 9000 }
      pilot: { counties: [650001] }
    derived:
      gap: max(0, 20000 - income)
    streams:
      s0:
        pool: { amount: 1000 万元, growth: 0.02 }
        factors:
          people: { indicator: rural_population, weight: 0.6 }
          gap: { weight: 0.4 }
        coefficients:
          place: { by: group, table: { remote: 1.1 } }
          grade: { by: grade, table: { A: 1.1 } }
        guarantees: [{ group: remote, share: 0.2 }]
        floor: 0.9
        cap: 1.2
        minimum: 1 万元
    assessment:
      indicators:
        plan: { points: 50 }
        execution: { points: 50, low: 0.1, high: 0.9 }
      cutoffs: { A: 90, B: 70, C: 50 }
    incentives:
      reserve: 0.05
      rewards: { A: 1, B: 0.5 }
      deductions: { D: 0.1 }
      basis: allocation
      streams: [s0]
    gates: [{ indicator: gap, below: 0, effect: hold, streams: all }]
    carryover: { years: 2, recycle: true }
    execution: { delay: 1 }
    integration: remote
    projections: { rural_population: -0.01 }
    behaviour:
      reach: 10
      effort: { start: 0.5, adjustment: 0.4, response: 1 }
      levels: { plan: { persistence: 0.3, response: 0.4, noise: 0 } }
      pipeline: { growth: 0.02, response: 0.5 }
      assets: { depreciation: 0.08, fixed_share: 0.6, return: 0.06, asset_indicator: plan }
      income: { growth: 0.05, noise: 0 }
    need: gap

    """
}
