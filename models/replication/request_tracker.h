// A RequestBook that is made when something is first wanted: most nodes of a large world never ask for anything, because what they
// would want is sent to them. What it does, and by which rules, says request_book.h.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/replication/request_book.h"

namespace peerlab {

class RequestTracker {
 public:
  using Late = RequestBook::Late;
  static constexpr std::size_t most_announcers = RequestBook::most_announcers;

  RequestTracker(Duration block_timeout, Duration transaction_timeout) : timeout_{block_timeout, transaction_timeout} {}

  /// How long an answer may take.
  [[nodiscard]] Duration patience(Wanted::Class what) const { return timeout_[static_cast<std::size_t>(what)]; }
  [[nodiscard]] Time deadline(Wanted::Class what, Time now) const { return now + patience(what); }

  NodeId announced(Wanted thing, NodeId peer, Time now) { return book().announced(thing, peer, now); }
  void announced(std::span<const MaskWord> mask, std::span<const TxRef> list, NodeId peer, Time now,
                 std::vector<TxRef>& ask, TxMask* ask_mask = nullptr) {
    book().announced(mask, list, peer, now, ask, ask_mask);
  }
  void announced_too(Wanted thing, std::span<const NodeId> peers) {
    if (book_) book_->announced_too(thing, peers);
  }
  void settled(Wanted thing) {
    if (book_) book_->settled(thing);
  }
  template <class F>
  void settled(std::span<const MaskWord> mask, F&& f) {
    if (book_) book_->settled(mask, std::forward<F>(f));
  }
  void silent(NodeId peer) { book().silent(peer); }
  void heard(NodeId peer) {
    if (book_) book_->heard(peer);
  }
  NodeId failed(Wanted thing, Time now) { return book_ ? book_->failed(thing, now) : nobody; }
  std::span<const Late> expire(Time now) { return book_ ? book_->expire(now) : std::span<const Late>(); }
  std::span<const Late> gone(NodeId peer, Time now) { return book_ ? book_->gone(peer, now) : std::span<const Late>(); }
  [[nodiscard]] Time next_deadline() { return book_ ? book_->next_deadline() : Time::never(); }

  [[nodiscard]] bool wants(Wanted thing) const { return book_ && book_->wants(thing); }
  [[nodiscard]] NodeId asked(Wanted thing) const { return book_ ? book_->asked(thing) : nobody; }
  [[nodiscard]] std::span<const NodeId> announcers(Wanted thing) const {
    return book_ ? book_->announcers(thing) : std::span<const NodeId>();
  }
  [[nodiscard]] std::uint32_t in_flight(NodeId peer, Wanted::Class what) const {
    return book_ ? book_->in_flight(peer, what) : 0;
  }
  /// What is known will be read soon.
  void fetch() const {
    for (std::size_t at = 0; book_ && at < sizeof(RequestBook); at += 64)
      __builtin_prefetch(reinterpret_cast<const char*>(book_.get()) + at, 1);
  }
  [[nodiscard]] bool at_rest() const { return !book_ || book_->at_rest(); }
  [[nodiscard]] std::size_t size() const { return book_ ? book_->size() : 0; }
  void clear() { book_.reset(); }

 private:
  RequestBook& book() {
    if (!book_) book_ = std::make_unique<RequestBook>(timeout_[0], timeout_[1]);
    return *book_;
  }
  Duration timeout_[2];
  std::unique_ptr<RequestBook> book_;
};

}  // namespace peerlab
