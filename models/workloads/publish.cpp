// Users publish records: photos, say. Each gets a name that exists before any system has answered: (user, ordinal), where
// the ordinal's upper 8 bits are the number of the line among the publish lines, so that another line renames nothing.
#include "models/base/check.h"
#include "models/workloads/arrivals.h"
#include "models/workloads/content.h"
#include "models/workloads/rows.h"

namespace peerlab {

namespace {

constexpr std::uint32_t ordinals_per_line = 1U << 24;

Fields fields() {
  Fields all = arrival_fields("10 min", true);
  all.push_back(size_field());
  all.push_back({.name = "private",
                 .kind = Kind::share,
                 .fallback = "0 %",
                 .sentence = "Share of the records that are meant for their owner only.",
                 .example = "50 %"});
  return all;
}

class Publish final : public Asker {
 public:
  Publish(const Params& params, const WorkloadContext& context, std::uint32_t nth)
      : size_(params, context), private_share_(params.share("private")), nth_(nth), published_(context.users, 0) {}

  bool ask(Stream& random, History& history, Request& request) override {
    request.what = Asked::publish;
    request.size = size_.draw(random);
    request.is_private = random.chance(private_share_);
    std::uint32_t& count = published_[request.user.index()];
    CHECK(count < ordinals_per_line);
    request.record = {request.user, nth_ * ordinals_per_line + count++};
    history.publish({.name = request.record,
                     .owner = request.user,
                     .published = request.issued,
                     .changed = request.issued,
                     .is_private = request.is_private,
                     .erased = false});
    return true;
  }

 private:
  ContentSize size_;
  double private_share_;
  std::uint32_t nth_;
  std::vector<std::uint32_t> published_;
};

std::unique_ptr<Asker> make(const Params& params, const WorkloadContext& context, std::uint32_t nth) {
  return std::make_unique<Publish>(params, context, nth);
}

}  // namespace

WorkloadRow publish_workload() {
  return {.name = "publish", .sentence = "Users publish records of their own.", .fields = fields, .make = make};
}

}  // namespace peerlab
