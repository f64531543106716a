#include "models/attacks/stubborn.h"

#include "models/attacks/mining_fields.h"
#include "models/attacks/rows.h"
#include "models/attacks/withholding_miner.h"

namespace peerlab {
namespace {

Field option(std::string_view name, Kind kind, std::string_view fallback, std::string_view sentence,
             std::string_view example) {
  Field f;
  f.name = name;
  f.kind = kind;
  f.fallback = fallback;
  f.sentence = sentence;
  f.example = example;
  return f;
}

Fields fields() {
  Fields all = mining_attack_fields("33 %");
  all.push_back(option("lead", Kind::flag, "yes",
                       "Goes on competing with equal branches where SM1 would publish its last lead.", "no"));
  all.push_back(
      option("equal_fork", Kind::flag, "no", "Keeps a block that is found while two equal branches compete.", "yes"));
  all.push_back(
      option("trail", Kind::whole, "0", "How many blocks the own branch may be behind before it is given up.", "1"));
  all.back().least = "0";
  all.back().most = "50";
  return all;
}

}  // namespace

BranchMove stubborn_move(const Stubbornness& how, const BranchState& s) {
  if (s.own == 0) return BranchMove::adopt;  // there is no branch to be stubborn about
  if (s.own < s.others) return s.others - s.own > how.trail ? BranchMove::adopt : BranchMove::wait;
  if (s.others == 0) return BranchMove::wait;
  if (s.contest == Contest::active) {
    return s.own == s.others + 1 && !how.equal_fork ? BranchMove::override_public : BranchMove::wait;
  }
  if (s.contest == Contest::relevant) {
    return s.own == s.others + 1 && !how.lead ? BranchMove::override_public : BranchMove::match;
  }
  // A block of his own, and nobody is divided: either he trailed and is one ahead now, or he hides a longer lead.
  return s.own == s.others + 1 ? BranchMove::override_public : BranchMove::wait;
}

AttackRow stubborn_row() {
  return {
      .name = "stubborn",
      .sentence =
          "One pool withholds blocks as a selfish one does, but does not give in where that would: lead, equal-fork "
          "and trail stubbornness.",
      .source = "Nayak, Kumar, Miller & Shi, Stubborn mining, EuroS&P 2016, section 3",
      .fields = fields,
      .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
        const Stubbornness how{setup.params.flag("lead"), setup.params.flag("equal_fork"),
                               static_cast<std::uint32_t>(setup.params.whole("trail"))};
        return std::make_unique<WithholdingMiner>(std::move(honest), setup,
                                                  [how](const BranchState& s) { return stubborn_move(how, s); });
      },
      .mines = true,
      .one_machine = true,
      .check = check_mining_attack};
}

}  // namespace peerlab
