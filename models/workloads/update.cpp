// Owners replace the content of a record by another.
#include "models/workloads/arrivals.h"
#include "models/workloads/content.h"
#include "models/workloads/keys.h"
#include "models/workloads/rows.h"

namespace peerlab {

namespace {

Fields fields() {
  Fields all = arrival_fields("10 min", false);
  for (Field& field : record_fields("uniform", "1 min")) all.push_back(std::move(field));
  all.push_back(size_field());
  return all;
}

class Update final : public Asker {
 public:
  Update(const Params& params, const WorkloadContext& context) : choice_(params), size_(params, context) {}

  bool ask(Stream& random, History& history, Request& request) override {
    const std::optional<std::size_t> index = choice_.draw(random, history, request.issued);
    if (!index) return false;
    RecordSoFar& record = history.at(*index);
    request.what = Asked::update;
    request.record = record.name;
    request.is_private = record.is_private;
    request.user = record.owner;
    request.size = size_.draw(random);
    record.changed = request.issued;
    return true;
  }

 private:
  RecordChoice choice_;
  ContentSize size_;
};

std::unique_ptr<Asker> make(const Params& params, const WorkloadContext& context, std::uint32_t) {
  return std::make_unique<Update>(params, context);
}

}  // namespace

WorkloadRow update_workload() {
  return {.name = "update",
          .sentence = "Owners replace the content of their records; who asks follows from the record that is chosen.",
          .fields = fields,
          .needs_records = true,
          .check = check_keys,
          .make = make};
}

}  // namespace peerlab
