import Comparison
import PolicyModel

extension AmountExplanation.Step {
  /// What the step is called: the factor's title, or the rule that acts.
  func title(_ language: Language) -> String {
    switch kind {
    case .factor: factor?.title.text(in: language) ?? ""
    case .coefficients: language.words("Coefficients", "调节系数")
    case .guarantees: language.words("Guaranteed shares", "保障比例")
    case .bounds: language.words("Floors and caps of others", "其他县上下限的影响")
    case .floor: language.words("Own floor", "本县保底")
    case .cap: language.words("Own cap", "本县上限")
    case .rounding: language.words("Rounding to the quantum", "取整")
    case .deduction: language.words("Deduction", "扣减资金")
    case .reward: language.words("Reward", "奖励资金")
    case .held: language.words("Held by the region", "暂由自治区保留")
    }
  }
}
