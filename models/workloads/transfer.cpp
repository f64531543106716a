// A record is given to another user by whoever owns it in the drawn history. Giving it away again at once would ask for
// what most systems cannot have seen yet, hence a least age of a minute.
#include "models/workloads/arrivals.h"
#include "models/workloads/keys.h"
#include "models/workloads/people.h"
#include "models/workloads/rows.h"

namespace peerlab {

namespace {

Fields fields() {
  Fields all = arrival_fields("10 min", false);
  for (Field& field : record_fields("uniform", "1 min")) all.push_back(std::move(field));
  return all;
}

class Transfer final : public Asker {
 public:
  Transfer(const Params& params, std::uint32_t users) : choice_(params), users_(users) {}

  bool ask(Stream& random, History& history, Request& request) override {
    const std::optional<std::size_t> index = choice_.draw(random, history, request.issued);
    if (!index) return false;
    RecordSoFar& record = history.at(*index);
    request.what = Asked::transfer;
    request.record = record.name;
    request.is_private = record.is_private;
    request.user = record.owner;
    request.other = somebody_else(random, record.owner, users_);
    record.owner = request.other;
    record.changed = request.issued;
    return true;
  }

 private:
  RecordChoice choice_;
  std::uint32_t users_;
};

std::unique_ptr<Asker> make(const Params& params, const WorkloadContext& context, std::uint32_t) {
  return std::make_unique<Transfer>(params, context.users);
}

}  // namespace

WorkloadRow transfer_workload() {
  return {.name = "transfer",
          .sentence = "Owners give records to other users; who asks follows from the record that is chosen.",
          .fields = fields,
          .needs_records = true,
          .needs_two_users = true,
          .check = check_keys,
          .make = make};
}

}  // namespace peerlab
