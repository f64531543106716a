#include "models/attacks/forked_views.h"

namespace peerlab {
namespace {

/// The proof anew, in the tree with the lies in it.
AuditProof prove_with(const std::map<std::uint32_t, Hash256>& lies, const AuditProof& honest,
                      const CentralServer& server, Work& work) {
  AuditTree tree = server.audit().tree();
  for (const auto& [index, leaf] : lies) {
    if (index < tree.size()) tree.replace(index, leaf);
  }
  std::vector<std::uint32_t> indices;
  for (const AuditProof::Entry& entry : honest.entries) indices.push_back(entry.index);
  return prove(tree, honest.from, indices, server.heads(), work);
}

}  // namespace

std::optional<Message> ForkedViews::fit(NodeId reader, const Message& message, const CentralServer& server,
                                        Parcels& parcels, Work& work) {
  if (message.kind == kind::logged) {
    const auto lies = told_.find(reader);
    if (lies == told_.end()) return std::nullopt;
    const auto& parcel = parcels.as<LoggedParcel>(message);
    return logged(parcels, parcel.number, prove_with(lies->second, parcel.proof, server, work));
  }
  if (message.kind != kind::answer) return std::nullopt;
  const auto& parcel = parcels.as<AnswerParcel>(message);
  if (!parcel.proof || parcel.proof->entries.size() != parcel.answer.custody.size()) return std::nullopt;
  const AuditTree& truth = server.audit().tree();
  Lies wanted;
  for (std::size_t i = 0; i < parcel.answer.custody.size(); ++i) {
    const std::uint32_t index = parcel.proof->entries[i].index;
    const Hash256 leaf = leaf_of(*parcel.answer.custody[i], work);
    if (index < truth.size() && leaf != truth.leaf(index)) wanted.emplace(index, leaf);
  }
  Lies lies;
  if (const auto told = told_.find(reader); told != told_.end()) lies = told->second;
  for (const auto& [index, leaf] : wanted) {
    const auto known = lies.find(index);
    const bool can_be_told = known != lies.end() ? known->second == leaf : index >= parcel.proof->from;
    if (!can_be_told) return std::nullopt;
  }
  lies.insert(wanted.begin(), wanted.end());
  if (lies.empty()) return std::nullopt;
  told_[reader] = lies;
  AuditProof proof = prove_with(lies, *parcel.proof, server, work);
  return answer(parcels, parcel.number, parcel.answer, std::move(proof));
}

}  // namespace peerlab
