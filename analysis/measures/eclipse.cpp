// How much of a victim's outbound connections the attacker holds.
//
//   eclipse.taken  attacker's nodes in outbound slots / outbound slots; the mean over victims, over time and at the end
//   eclipse.all    victims all of whose outbound slots are the attacker's: at the end, ever, and over time
//
// Victims are those that an attack names; when none does, all honest nodes that choose their neighbours. Links that a node was asked for,
// and the ones that it opens for a minute to look around, hold no slot.
#include <algorithm>

#include "analysis/measures/rows.h"
#include "analysis/measures/telling.h"
#include "models/node/peering.h"

namespace peerlab {
namespace {

class Eclipse : public Measure {
 public:
  std::span<const HappeningKind> kinds() const override {
    static constexpr HappeningKind all[] = {happened::outbound_opened, happened::outbound_closed,
                                            happened::machine_down};
    return all;
  }
  void begin(const Cast& cast, std::span<const Request>) override {
    warmup_ = cast.warmup;
    at_ = Time::zero();
    nodes_.assign(cast.nodes.size(), {});
    const bool named = std::any_of(cast.nodes.begin(), cast.nodes.end(), [](const CastNode& n) { return n.victim; });
    for (std::size_t i = 0; i < cast.nodes.size(); ++i) {
      const CastNode& node = cast.nodes[i];
      nodes_[i].hostile = node.attacker;
      nodes_[i].victim = !node.attacker && (named ? node.victim : true);
      attacked_ = attacked_ || node.attacker;
    }
  }
  void see(const Row& row) override {
    Node& node = nodes_[row.who.index()];
    if (!node.victim) return;
    pass(row.at);
    if (row.kind == happened::machine_down) {
      change(node, 0, node.slots);
      return;
    }
    const bool opened = row.kind == happened::outbound_opened;
    const bool its = row.subject < nodes_.size() && nodes_[row.subject].hostile;
    if (node.slots == 0 && row.detail > 0) ++victims_;
    change(node, node.held + (its ? (opened ? 1U : ~0U) : 0U), static_cast<std::uint32_t>(row.detail));
  }
  void finish(Time end, const Totals&) override {
    pass(end);
    victims_at_end_ = victims_;
    all_at_end_ = whole_;
    taken_at_end_ = taken_;
    for (const Node& node : nodes_) ever_ += node.ever ? 1U : 0U;
    nodes_.clear();
  }
  void merge(const Measure& other) override {
    const auto& o = dynamic_cast<const Eclipse&>(other);
    attacked_ = attacked_ || o.attacked_;
    victims_at_end_ += o.victims_at_end_;
    all_at_end_ += o.all_at_end_;
    taken_at_end_ += o.taken_at_end_;
    ever_ += o.ever_;
    taken_seconds_ += o.taken_seconds_;
    whole_seconds_ += o.whole_seconds_;
    seconds_ += o.seconds_;
  }
  void metrics(MetricSink& sink) const override {
    if (victims_at_end_ == 0 || !attacked_) {
      const Standing standing = attacked_ ? Standing::no_sample : Standing::not_challenged;
      const std::string_view why = attacked_ ? "no node chooses its neighbours" : "nobody attacks";
      for (const std::string_view stat : {"mean", "end"})
        sink.metric(absent("eclipse.taken", stat, "share", standing, why, stat == "mean"));
      for (const std::string_view stat : {"end", "ever", "mean"})
        sink.metric(absent("eclipse.all", stat, "share", standing, why, stat != "mean"));
      return;
    }
    const auto victims = static_cast<double>(victims_at_end_);
    const double seconds = std::max(seconds_, 1e-9);
    sink.metric(number("eclipse.taken", "mean", taken_seconds_ / seconds, "share", victims_at_end_));
    sink.metric(number("eclipse.taken", "end", taken_at_end_ / victims, "share", victims_at_end_, false));
    sink.metric(share("eclipse.all", "end", all_at_end_, victims_at_end_, "no victim"));
    sink.metric(share("eclipse.all", "ever", ever_, victims_at_end_, "no victim"));
    sink.metric(number("eclipse.all", "mean", whole_seconds_ / seconds, "share", victims_at_end_, false));
  }

 private:
  struct Node {
    std::uint32_t held = 0;   ///< slots that are the attacker's
    std::uint32_t slots = 0;  ///< that it has; 0: none was ever taken
    bool hostile = false;
    bool victim = false;
    bool ever = false;
  };
  void change(Node& node, std::uint32_t held, std::uint32_t slots) {
    if (node.slots > 0) {
      taken_ -= static_cast<double>(node.held) / node.slots;
      whole_ -= node.held == node.slots ? 1U : 0U;
    }
    node.held = held;
    node.slots = slots;
    if (slots == 0) return;
    taken_ += static_cast<double>(held) / slots;
    whole_ += held == slots ? 1U : 0U;
    node.ever = node.ever || held == slots;
  }
  /// Time goes by as it stands.
  void pass(Time to) {
    const Time from = std::max(at_, warmup_);
    at_ = std::max(at_, to);
    if (to <= from || victims_ == 0) return;
    const double span = (to - from).seconds();
    taken_seconds_ += span * taken_;
    whole_seconds_ += span * static_cast<double>(whole_);
    seconds_ += span * static_cast<double>(victims_);
  }

  Time warmup_;
  Time at_;
  std::vector<Node> nodes_;
  bool attacked_ = false;
  std::uint64_t victims_ = 0;  ///< with slots
  std::uint64_t whole_ = 0;    ///< of these, wholly the attacker's now
  double taken_ = 0;           ///< sum over victims of their share now
  std::uint64_t victims_at_end_ = 0;
  std::uint64_t all_at_end_ = 0;
  std::uint64_t ever_ = 0;
  double taken_at_end_ = 0;
  double taken_seconds_ = 0;
  double whole_seconds_ = 0;
  double seconds_ = 0;
};

}  // namespace

MeasureRow eclipse_measure() {
  return {.name = "eclipse",
          .sentence = "How much of a victim's outbound connections the attacker holds.",
          .numerator =
              "`eclipse.taken`: outbound slots that the attacker's nodes hold; `eclipse.all`: victims of whom they "
              "hold all slots, at the end, at some instant, and over time",
          .denominator =
              "the victims' outbound slots, free ones included; the victims: whom an attack names, otherwise every "
              "honest node that chooses its neighbours",
          .sampling = "means are time-weighted over [warmup, end]; `end` and `ever` look at the whole run",
          .censoring = "without an attacker it prints `not challenged`; on a fixed graph nobody has slots",
          .source = "Heilman, Kendler, Zohar & Goldberg 2015, USENIX Security",
          .moved_by =
              "share of the identities, tables of addresses and what poisons them, number of slots, restarts, anchors, "
              "feelers",
          .metrics = {{"eclipse.taken", {{"mean", "share"}, {"end", "share"}}},
                      {"eclipse.all", {{"end", "share"}, {"ever", "share"}, {"mean", "share"}}}},
          .make = [](std::string_view) -> std::unique_ptr<Measure> { return std::make_unique<Eclipse>(); }};
}

}  // namespace peerlab
