#include "models/attacks/forged_writes.h"

#include <algorithm>
#include <map>
#include <set>

namespace peerlab {
namespace {

/// The last content of every record that lies somewhere, by the record's name.
class Finds final : public HoldingsSink {
 public:
  explicit Finds(std::size_t requests) : requests_(requests) {}
  void state_digest(const Hash256&) override {}
  void tip(std::uint32_t, const Hash256&) override {}
  void key(std::uint32_t) override {}
  bool begin_bundle(std::uint64_t) override { return true; }
  void end_bundle() override {}
  void held(const HeldWrite& write) override {
    if (!write.intact || write.number >= requests_) return;
    std::uint32_t& last = last_[write.record];
    last = std::max(last, static_cast<std::uint32_t>(write.number));
  }
  [[nodiscard]] const std::map<std::uint64_t, std::uint32_t>& last() const { return last_; }

 private:
  std::size_t requests_;
  std::map<std::uint64_t, std::uint32_t> last_;
};

constexpr std::uint32_t forged_size = 1000;

}  // namespace

Fields forged_write_fields() {
  return {
      field("act", Kind::choice, "alter", "What is done to the records: other content, another owner, or gone.",
            "give-away", "", "", {"alter", "give-away", "erase"}),
      field("records", Kind::whole, "20", "To how many records it is done, a second apart; fewer when fewer are there.",
            "50", "1", "100000"),
  };
}

ForgedWrites::ForgedWrites(const Params& params) : records(static_cast<std::uint32_t>(params.whole("records"))) {
  const std::string& act = params.text("act");
  deed = act == "alter" ? Deed::alter : act == "erase" ? Deed::erase : Deed::give_away;
}

std::vector<Request> ForgedWrites::plan(Reach& reach, std::span<const MachineId> machines, std::span<const UserId> only,
                                        std::span<const UserId> not_of, std::uint32_t first) const {
  const std::span<const Request> requests = reach.requests();
  Finds finds(requests.size());
  for (const MachineId machine : machines) reach.read(machine, finds);
  reach.join(finds);
  if (!only.empty()) reach.ask_as(only, finds);
  struct Chosen {
    std::uint64_t lot;
    std::uint64_t record;
    std::uint32_t write;
  };
  std::vector<Chosen> all;
  std::uint32_t users = 0;
  for (const Member& member : reach.layout().members) users += member.user.valid() ? 1U : 0U;
  std::set<std::uint64_t> given_away;
  for (const Request& request : requests) {
    if (request.issued > reach.now()) break;
    if (request.what == Asked::transfer) given_away.insert(request.record.packed());
  }
  const auto among = [](std::span<const UserId> list, UserId user) {
    return std::find(list.begin(), list.end(), user) != list.end();
  };
  for (const auto& [record, write] : finds.last()) {
    const UserId owner = requests[write].user;
    if (given_away.contains(record) || (!only.empty() && !among(only, owner)) || among(not_of, owner)) continue;
    all.push_back({mix64(reach.seed() ^ mix64(record)), record, write});
  }
  std::sort(all.begin(), all.end(),
            [](const Chosen& a, const Chosen& b) { return a.lot != b.lot ? a.lot < b.lot : a.record < b.record; });
  if (all.size() > records) all.resize(records);
  std::vector<Request> forged;
  for (const Chosen& chosen : all) {
    Request request = requests[chosen.write];
    request.number = first + static_cast<std::uint32_t>(forged.size());
    request.what = deed == Deed::alter ? Asked::update : deed == Deed::erase ? Asked::erase : Asked::transfer;
    request.other = deed == Deed::give_away ? UserId((request.user.value + 1) % std::max(users, 1U)) : UserId();
    request.size = forged_size;
    request.issued = reach.now();
    request.deadline = {};
    forged.push_back(request);
  }
  return forged;
}

}  // namespace peerlab
