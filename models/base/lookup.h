// The one hash table of the project: find, insert, erase, count, and nothing to iterate with.
//
// The order of a hash table differs between libraries, and an order that leaks into a result breaks "same seed, same
// bytes". So this wrapper has no begin() and no end(). Who needs an order keeps a vector beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "models/base/bytes.h"
#include "models/base/ids.h"
#include "models/base/random.h"

namespace peerlab {

/// How a key spreads. Specialise or add overloads of `spread` beside the key's type.
inline std::uint64_t spread(std::uint64_t key) { return mix64(key); }
inline std::uint64_t spread(const Hash256& key) { return mix64(key.low64()); }
template <class Tag>
std::uint64_t spread(Id<Tag> key) {
  return mix64(key.value);
}
inline std::uint64_t spread(const std::string& key) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const char c : key) h = (h ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  return mix64(h);
}

template <class Key, class Value>
class Lookup {
 public:
  /// The value under `key`, or nullptr.
  [[nodiscard]] const Value* find(const Key& key) const {
    const auto it = map_.find(key);
    return it == map_.end() ? nullptr : &it->second;
  }
  [[nodiscard]] Value* find(const Key& key) {
    const auto it = map_.find(key);
    return it == map_.end() ? nullptr : &it->second;
  }
  [[nodiscard]] bool contains(const Key& key) const { return map_.contains(key); }
  /// Adds `value` unless the key is there; returns the stored value and whether it was added.
  std::pair<Value*, bool> insert(const Key& key, Value value) {
    const auto [it, added] = map_.try_emplace(key, std::move(value));
    return {&it->second, added};
  }
  /// The value under `key`, default-made if it was not there.
  Value& operator[](const Key& key) { return map_[key]; }
  bool erase(const Key& key) { return map_.erase(key) > 0; }
  void clear() { map_.clear(); }
  void reserve(std::size_t n) { map_.reserve(n); }
  [[nodiscard]] std::size_t size() const { return map_.size(); }
  [[nodiscard]] bool empty() const { return map_.empty(); }

 private:
  struct Spread {
    std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(spread(key)); }
  };
  std::unordered_map<Key, Value, Spread> map_;
};

}  // namespace peerlab
