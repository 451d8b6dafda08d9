import PolicyModel

/// A scenario with its data, ready to be compiled.
public struct LoadedScenario: Sendable {
  /// The scenario.
  public let scenario: Scenario
  /// The counties of its data.
  public let counties: CountyTable
  /// The indicators of its data.
  public let panel: Panel
  /// The data files it reads, in order.
  public let dataFiles: [String]
}

/// Reads scenario files and the data they name; a file is read once however many name it.
public struct ScenarioLoader: Sendable {
  /// Every file that was read, in order.
  public private(set) var inputs: [InputFile] = []
  private var trees: [String: YAMLNode] = [:]
  private var countyTables: [String: CountyTable] = [:]
  private var panels: [String: Panel] = [:]
  private var failed: Set<String> = []
  /// Everything that is wrong with what was read, in the order in which it was met.
  public var problems: [Problem] {
    var seen: Set<Problem> = []
    return found.filter { seen.insert($0).inserted }
  }

  private var found: [Problem] = []

  /// Keys that stacked reforms set differently; the later one counts.
  public private(set) var conflicts: [Problem] = []

  /// Makes a loader that has read nothing.
  public init() {}

  /// Reads scenarios, sweeps laid out, in the order given.
  ///
  /// Where something is wrong it stands in `problems`; what could be made out is returned all the
  /// same, so that further problems can be found, but must not be run.
  public mutating func load(_ paths: [String]) -> [LoadedScenario] {
    var loaded: [LoadedScenario] = []
    for path in paths {
      guard let source = source(path) else { continue }
      for variant in variants(of: source.tree) {
        if let scenario = read(variant, source) { loaded.append(scenario) }
      }
    }
    checkNames(loaded)
    return loaded
  }

  /// Takes a text as the content of a file that is not written yet; it is read in place of the file.
  ///
  /// - Throws: `Problem` if it is no YAML.
  public mutating func provide(_ text: String, as path: String) throws(Problem) {
    trees[path] = try YAMLReader.read(text, file: path)
  }

  /// Reads one scenario, a sweep passed over.
  public mutating func read(_ source: ScenarioSource) -> LoadedScenario? {
    read(SweepVariant(whole: ScenarioTree.without(["sweep"], source.tree)), source)
  }

  /// The merged scenario of one argument: a file, or `base.yaml+a.yaml+b.yaml`, reforms laid one on
  /// another.
  public mutating func source(_ argument: String) -> ScenarioSource? {
    let parts = argument.split(separator: "+").map(String.init)
    if parts.count < 2 || fileExists(argument) {
      return mergedTree(argument, chain: []).map { ScenarioSource(tree: $0, file: argument) }
    }
    guard let base = mergedTree(parts[0], chain: []) else { return nil }
    var stack = ScenarioStack(base: base)
    for path in parts.dropFirst() {
      guard let layers = layers(of: path, above: parts[0]) else { return nil }
      for layer in layers { stack.add(layer, file: path) }
    }
    conflicts += stack.conflicts
    return ScenarioSource(tree: stack.tree, file: argument)
  }

  /// A reform's own trees from just above a base down to itself.
  private mutating func layers(of path: String, above base: String) -> [YAMLNode]? {
    var layers: [YAMLNode] = []
    var current = path
    var seen: Set<String> = []
    while resolve(current, besideFile: "") != resolve(base, besideFile: "") {
      guard seen.insert(current).inserted, let own = tree(current, from: nil) else { return nil }
      layers.insert(own, at: 0)
      guard let link = own["extends"], let target = link.text else { break }
      current = resolve(target, besideFile: current)
    }
    return layers
  }

  private mutating func checkNames(_ loaded: [LoadedScenario]) {
    var seen: [String: String] = [:]
    for scenario in loaded.map(\.scenario) {
      if let other = seen[scenario.name] {
        found.append(
          Problem(
            SourceLocation(file: scenario.file), path: "name",
            Wording(
              "the name \"\(scenario.name)\" is taken by \(other) already; names must differ",
              "名称“\(scenario.name)”已被 \(other) 使用；名称不得重复")))
      }
      seen[scenario.name] = scenario.file
    }
  }

  // MARK: Files

  private mutating func open(_ path: String, from location: SourceLocation?) -> String? {
    guard let file = input(path, from: location) else { return nil }
    do throws(Problem) {
      return try file.text()
    } catch {
      fail(path, from: location, error)
      return nil
    }
  }

  private mutating func input(_ path: String, from location: SourceLocation?) -> InputFile? {
    if failed.contains(path) { return nil }
    do throws(Problem) {
      let file = try InputFile(path: path)
      inputs.append(file)
      return file
    } catch {
      fail(path, from: location, error)
      return nil
    }
  }

  private mutating func fail(_ path: String, from location: SourceLocation?, _ problem: Problem) {
    failed.insert(path)
    found.append(problem)
    if let location {
      found.append(
        Problem(
          location,
          Wording("\"\(path)\" is named here", "此处引用了“\(path)”")))
    }
  }

  private mutating func tree(_ path: String, from location: SourceLocation?) -> YAMLNode? {
    if let known = trees[path] { return known }
    guard let text = open(path, from: location) else { return nil }
    do throws(Problem) {
      let tree = try YAMLReader.read(text, file: path)
      trees[path] = tree
      return tree
    } catch {
      failed.insert(path)
      found.append(error)
      return nil
    }
  }

  /// A scenario's tree laid on what it extends.
  private mutating func mergedTree(
    _ path: String, chain: [String], from location: SourceLocation? = nil
  ) -> YAMLNode? {
    guard let own = tree(path, from: location) else { return nil }
    guard own.entries != nil else {
      found.append(
        Problem(
          own.location,
          Wording("a scenario is a map of keys; this is \(own.kind.english)", "情景文件应为键值映射")))
      return nil
    }
    guard let link = own["extends"] else { return own }
    if case .null = link.content { return own }
    guard let name = link.text else {
      found.append(
        Problem(
          link.location, path: "extends",
          Wording(
            "\(link.kind.english) stands where the path of one scenario should",
            "此处应为一个情景文件的路径，而不是\(link.kind.chinese)")))
      return nil
    }
    let target = resolve(name, besideFile: path)
    if chain.contains(target) || target == path {
      let circle = (chain + [path, target]).joined(separator: " → ")
      found.append(
        Problem(
          link.location, path: "extends",
          Wording("files extend each other in a circle: \(circle)", "extends 循环引用：\(circle)")))
      return nil
    }
    guard let base = mergedTree(target, chain: chain + [path], from: link.location) else {
      return nil
    }
    let inherited = ScenarioTree.without(["name", "extends"], base)
    return ScenarioTree.laid(own, on: inherited)
  }

  // MARK: Sweeps

  private mutating func variants(of tree: YAMLNode) -> [SweepVariant] {
    let bare = ScenarioTree.without(["sweep"], tree)
    guard let sweep = tree["sweep"] else { return [SweepVariant(whole: bare)] }
    if case .null = sweep.content { return [SweepVariant(whole: bare)] }
    var grid = SweepGrid()
    let variants = grid.variants(of: bare, sweep: sweep)
    found += grid.problems
    return variants
  }

  // MARK: One scenario

  private mutating func read(
    _ variant: SweepVariant, _ source: ScenarioSource
  ) -> LoadedScenario? {
    var reader = ScenarioReader(
      tree: ScenarioTree.withoutNulls(variant.tree), file: source.file)
    let result = reader.read()
    found += reader.problems
    guard let (scenario, paths) = result, let data = data(paths) else { return nil }
    return LoadedScenario(
      scenario: variant.named(scenario), counties: data.counties, panel: data.panel,
      dataFiles: data.files)
  }

  /// The rules of one scenario, and its data where these are there; a sweep is passed over.
  ///
  /// Where the files of the data are not there yet this is no problem; where they are and cannot be
  /// read, it stands in `problems`.
  public mutating func rules(
    _ source: ScenarioSource
  ) -> (scenario: Scenario, data: LoadedScenario?)? {
    let tree = ScenarioTree.withoutNulls(ScenarioTree.without(["sweep"], source.tree))
    var reader = ScenarioReader(tree: tree, file: source.file)
    let result = reader.read()
    found += reader.problems
    guard let (scenario, paths) = result else { return nil }
    if !paths.all.allSatisfy({ fileExists($0.path) }) { return (scenario, nil) }
    return data(paths).map { data in
      (
        scenario,
        LoadedScenario(
          scenario: scenario, counties: data.counties, panel: data.panel, dataFiles: data.files)
      )
    }
  }

  // MARK: Data

  /// The data that a scenario names.
  private typealias Data = (counties: CountyTable, panel: Panel, files: [String])

  private mutating func data(_ paths: DataPaths) -> Data? {
    switch paths {
    case .texts(let counties, let indicators): texts(counties, indicators)
    case .workbook(let path): workbook(path)
    }
  }

  private mutating func texts(_ path: DataPath, _ indicators: DataPath?) -> Data? {
    guard let counties = counties(path) else { return nil }
    guard let indicators else { return (counties, .empty, [path.path]) }
    return self.indicators(indicators, counties, countiesPath: path.path).map {
      (counties, $0, [path.path, indicators.path])
    }
  }

  /// Both tables of a workbook.
  private mutating func workbook(_ path: DataPath) -> Data? {
    if let counties = countyTables[path.path], let panel = panels[path.path] {
      return (counties, panel, [path.path])
    }
    guard let input = input(path.path, from: path.writtenAt) else { return nil }
    do throws(ProblemList) {
      let workbook = try WorkbookFile.opened(input)
      let own = try workbook.descriptions()
      let descriptions = own ?? descriptions(beside: path.path)
      let data = try WorkbookData(workbook, descriptions: descriptions)
      countyTables[path.path] = data.counties
      panels[path.path] = data.panel
      return (data.counties, data.panel, [path.path])
    } catch {
      failed.insert(path.path)
      found += error.problems
      return nil
    }
  }

  private mutating func table(_ path: DataPath) -> CSVTable? {
    guard let text = open(path.path, from: path.writtenAt) else { return nil }
    do throws(ProblemList) {
      return try CSVTable(text, file: path.path)
    } catch {
      failed.insert(path.path)
      found += error.problems
      return nil
    }
  }

  private mutating func counties(_ path: DataPath) -> CountyTable? {
    if let known = countyTables[path.path] { return known }
    guard let table = table(path) else { return nil }
    do throws(ProblemList) {
      let counties = try CountyReader.read(table)
      countyTables[path.path] = counties
      return counties
    } catch {
      failed.insert(path.path)
      found += error.problems
      return nil
    }
  }

  private mutating func indicators(
    _ path: DataPath, _ counties: CountyTable, countiesPath: String
  ) -> Panel? {
    let key = path.path + "\n" + countiesPath
    if let known = panels[key] { return known }
    guard let table = table(path) else { return nil }
    let descriptions = descriptions(beside: path.path)
    do throws(ProblemList) {
      let panel = try IndicatorReader.read(
        table, counties: counties, descriptions: descriptions)
      panels[key] = panel
      return panel
    } catch {
      failed.insert(path.path)
      found += error.problems
      return nil
    }
  }

  /// What the meta file beside a table says.
  private mutating func descriptions(beside path: String) -> [String: ColumnDescription] {
    guard let meta = MetaReader.candidates(beside: path).first(where: { fileExists($0) }),
      let tree = tree(meta, from: nil)
    else { return [:] }
    return MetaReader.read(ScenarioTree.withoutNulls(tree), into: &found)
  }
}
