// Spam: valid transactions that nobody needs, as many as the attacker pays for, at the block limit and above it.
//
// From `from` until `until` each of the attacker's machines publishes `size` bytes every `every`, pays `fee` times what others offer per byte,
// and lets its peer announce it like anything else. Every rule is kept: what keeps others out is the price. His coins come back as change
// less the fees, until they are used up.
#include "models/attacks/director.h"
#include "models/attacks/rows.h"
#include "models/attacks/wrapper.h"
#include "models/protocols/nakamoto.h"
#include "models/protocols/peer_discovery.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

/// Records of somebody who is nobody: no user misses them.
constexpr UserId nobody_in_particular{0x7ffffffe};

class Spam final : public Wrapper {
 public:
  Spam(std::unique_ptr<Node> honest, const AttackSetup& setup)
      : Wrapper(std::move(honest), setup.home),
        peer_(dynamic_cast<Nakamoto&>(innermost(participant()))),
        wallet_(*peer_.shared().book, UserId(setup.home.self.value),
                {peer_.shared().options.fee_rate * static_cast<std::uint64_t>(setup.params.whole("fee")), false,
                 setup.home.has_key}),
        from_(Time::zero() + setup.params.duration("from")),
        until_(setup.params.duration("until").ns == 0 ? Time::never() : Time::zero() + setup.params.duration("until")),
        every_(setup.params.duration("every")),
        size_(static_cast<std::uint32_t>(setup.params.size("size"))) {}

  void start(Time now, const Disk& survived, Outbox& out) override {
    Wrapper::start(now, survived, out);
    out.arm(slot(), std::max(now, from_));
  }

 private:
  void strike(Time now, Outbox& out) override {
    if (now >= until_) return;
    Request request;
    request.number = first_forged + made_;
    request.what = Asked::publish;
    request.user = wallet_.user();
    request.record = {nobody_in_particular, home().self.value << 16 | (made_ & 0xffff)};
    request.size = size_;
    request.issued = now;
    ++made_;
    const Replica& seen = peer_.replica();
    Wallet::Made made = wallet_.make(request, *home().pool, seen.tree, seen.mempool, out.work);
    if (made.tx) {  // otherwise his coins are used up, or all on their way
      const TxRef tx = home().pool->transactions.intern(std::move(*made.tx));
      honest().receive(now, home().self, transaction(tx), out);
    }
    out.arm(slot(), now + every_);
  }

  Nakamoto& peer_;
  Wallet wallet_;
  Time from_;
  Time until_;
  Duration every_;
  std::uint32_t size_;
  std::uint32_t made_ = 0;
};

Fields fields() {
  return {
      field("from", Kind::duration, "0 s", "When the spam begins.", "1 h", "0 s", "10000 d"),
      field("until", Kind::duration, "0 s", "When it ends; 0 s: never.", "4 h", "0 s", "10000 d"),
      field("every", Kind::duration, "10 s", "Time between two transactions of each of the attacker's machines.", "1 s",
            "10 ms", "30 d"),
      field("size", Kind::size, "10 kB", "Content of each.", "100 kB", "1 B", "900 kB"),
      field("fee", Kind::whole, "1", "Fee per byte, in multiples of what everybody else's wallet offers.", "3", "1",
            "10000"),
  };
}

}  // namespace

AttackRow spam_row() {
  AttackRow row;
  row.name = "spam";
  row.sentence = "Fills blocks with valid transactions that nobody needs, for as long as it can pay.";
  row.source = "Baqer, Huang, McCoy & Weaver 2016, Stressing Out: Bitcoin Stress Testing, FC workshops";
  row.fields = fields;
  row.wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
    return std::make_unique<Spam>(std::move(honest), setup);
  };
  row.full_peer = true;
  row.decides = "what its coins pay for";
  row.fits = [](const Params& system) -> std::string {
    if (!system.has("fee_rate")) return "nothing is paid for there.";
    if (system.whole("fee_rate") == 0) return "with `fee_rate: 0` nothing is paid for there.";
    return {};
  };
  row.check = [](const Params& params, Duration run) -> std::string {
    if (params.duration("from") >= run) {
      return "from: the attack would begin when the run is over (" + write_duration(run) + ").";
    }
    if (params.duration("until").ns != 0 && params.duration("until") <= params.duration("from")) {
      return "until: the attack would end before it begins.";
    }
    return {};
  };
  return row;
}

}  // namespace peerlab
