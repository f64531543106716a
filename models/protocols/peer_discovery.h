// A node that finds its neighbours itself, around one that only talks to them.
//
// The inner node is any participant: it is told of links that opened and closed, as by a host. This one decides which: it asks for links
// until its outbound slots are taken, grants inbound ones while there is room, asks anew when a neighbour is gone, and hands everything
// else on. Whoever breaks the inner node's rules is not asked again.
//
//   slots    `outbound` links that it asked for. With tables of addresses no two lie in one group, and after a restart the
//            `anchors`, the neighbours that it had longest, come first
//   inbound  granted up to `inbound`. When they are all granted a newcomer takes the place of the youngest neighbour of the
//            largest group, the older half apart (what Bitcoin Core's eviction does, in short)
//   extra    every `extra_every` one more link for a minute: its headers show whether the others keep something back, and two
//            halves of a network that was cut find each other again
//   feelers  every `feeler_every` an address heard of, or the holder of a tried place that somebody waits for, is reached and let go
//
// Under `uniform` every reachable node is as likely as any other. Under `address-manager` an AddressManager chooses; it learns from seed
// servers when it knows nobody, from the neighbours that it asks, and from what they pass on; what is fresh is passed on to two
// neighbours. The tables lie on the disk, as a log of what entered them: `on_disk` says what is whose there.
//
// Files: peer_discovery.cpp has links, peer_discovery_addresses.cpp what is said and kept of addresses.
#pragma once

#include <memory>
#include <vector>

#include "models/node/node.h"
#include "models/node/peering.h"
#include "models/protocols/peer_selection.h"
#include "models/replication/address_book.h"
#include "models/replication/address_messages.h"

namespace peerlab {

/// Kinds of entries on the disk; those of inner nodes are smaller.
enum class AddressStored : std::uint32_t { source = 16, heard, reached, slot_opened, slot_closed };

/// What all nodes of a world share.
struct DiscoveryShared {
  PeerSelection selection;
  AddressBook book;
  std::uint64_t seed = 0;
};

class PeerDiscovery final : public Node {
 public:
  static constexpr Slot timer_slot = 14;

  /// `slots`: links that it asks for; `grants`: that it grants at most.
  PeerDiscovery(std::unique_ptr<Node> inner, const Home& home, const DiscoveryShared& shared, std::uint32_t slots,
                std::uint32_t grants);

  void start(Time now, const Disk& survived, Outbox& out) override;
  void receive(Time now, NodeId from, const Message& message, Outbox& out) override;
  [[nodiscard]] bool expect(const Message& message) const override { return inner_->expect(message); }
  void expect_more() const override { inner_->expect_more(); }
  void wake(Time now, Slot slot, Outbox& out) override;
  void submit(Time now, const Request& request, Outbox& out) override;
  void connected(Time now, NodeId peer, bool inbound, Outbox& out) override;
  void disconnected(Time now, NodeId peer, Reason reason, Outbox& out) override;
  void won(Time now, Outbox& out) override;
  void show(HoldingsSink& sink) const override { inner_->show(sink); }

  /// From now on it keeps nothing on the disk and finds nothing there: it is the machine's further identity, and the disk is the
  /// first one's. Called before start.
  void forgo_disk() { diskless_ = true; }

  [[nodiscard]] Node& inner() { return *inner_; }
  [[nodiscard]] const Node& inner() const { return *inner_; }
  [[nodiscard]] const AddressBook& book() const { return shared_.book; }
  [[nodiscard]] const AddressManager& addresses_known() const { return manager_; }
  /// Neighbours that hold outbound slots, oldest first.
  [[nodiscard]] std::vector<NodeId> outbound() const;
  [[nodiscard]] std::size_t inbound_count() const;
  /// Whoever stands around this node is about to ask for a link to `peer`: it is kept beside the slots.
  void let_in(NodeId peer, Time now);

 private:
  enum class Part : std::uint8_t { slot, extra, inbound, beside };
  struct Peer {
    NodeId node;
    NetAddress address;
    Part part = Part::slot;
    bool was_told = false;  ///< it asked for addresses and got them
    bool answers = false;   ///< it was asked for addresses: its next list is the answer
    Time since{};
    double may_tell = 1;  ///< addresses that it may tell now
    Time counted{};       ///< when `may_tell` was worked out
  };
  /// A connection that was asked for and has not opened.
  struct Dial {
    enum class Why : std::uint8_t { slot, extra, feeler, beside };
    NetAddress address;
    NodeId node;
    Time due;
    Why why = Why::slot;
  };

  // peer_discovery.cpp
  void after(Time now, Outbox& out);
  void fill(Time now, Outbox& out);
  [[nodiscard]] NetAddress choose(Time now, bool fresh);
  [[nodiscard]] NetAddress draw(Time now, bool fresh);
  [[nodiscard]] bool usable(NetAddress address, bool for_slot) const;
  void dial(NetAddress address, Dial::Why why, Time now, Outbox& out);
  void open(Time now, NodeId peer, Part part, Outbox& out);
  void hang_up(Time now, std::size_t row, Reason reason, Outbox& out);
  void forget(Time now, std::size_t row, Outbox& out);
  [[nodiscard]] bool make_room(Time now, Outbox& out);
  void feel(Time now, Outbox& out);
  void ring(Outbox& out);
  [[nodiscard]] std::size_t find(NodeId peer) const;
  [[nodiscard]] std::uint32_t count(Part part) const;
  [[nodiscard]] bool dials(Dial::Why why) const;

  // peer_discovery_addresses.cpp
  void load(Time now, const Disk& survived, Outbox& out, Disk& of_inner);
  void ask_seeds(Time now, Outbox& out);
  void exchange(Time now, Peer& with, Outbox& out);
  void tell(NodeId peer, Time now, Outbox& out);
  void learn(Time now, NodeId from, const AddressesParcel& parcel, Outbox& out);
  void hear(NetAddress address, NetAddress source, Time seen, Time now, Outbox& out);
  void reached(NetAddress address, Time now, Outbox& out);
  void keep(AddressStored kind, NetAddress address, Outbox& out);
  [[nodiscard]] bool keeps_addresses() const { return shared_.selection.keeps_addresses(); }

  std::unique_ptr<Node> inner_;
  Home home_;
  const DiscoveryShared& shared_;
  std::uint32_t slots_;
  std::uint32_t grants_;
  bool diskless_ = false;
  NetAddress self_;
  Stream chance_;
  AddressManager manager_;
  std::vector<Peer> peers_;  ///< open links, in the order of opening
  std::vector<Dial> dials_;
  std::vector<NodeId> banned_;
  std::vector<NetAddress> anchors_;  ///< still to be asked
  NetAddress source_;                ///< the last one named on the disk
  Time seeds_again_{};               ///< they are not asked before
  Time retry_ = Time::never();       ///< there was nobody to ask
  Time next_feeler_ = Time::never();
  Time next_extra_ = Time::never();
  Time next_telling_ = Time::never();  ///< of its own address
  Time rings_ = Time::never();
};

/// The participant itself, whether it finds its neighbours or has them.
inline Node& innermost(Node& node) {
  auto* around = dynamic_cast<PeerDiscovery*>(&node);
  return around == nullptr ? node : around->inner();
}

}  // namespace peerlab
