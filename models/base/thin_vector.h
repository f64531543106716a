// A vector that is one pointer: for lists that nearly every object has and nearly none fills. Empty it costs eight bytes.
//
// As std::vector, with two differences: length and room lie in front of the elements, so asking either of a list that has ever
// held something reads its memory; and there are at most 2^32 - 1 elements. It grows by half, from a few elements on.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace peerlab {

template <class T>
class ThinVector {
  static_assert(std::is_nothrow_move_constructible_v<T>);
  static_assert(alignof(T) <= alignof(std::max_align_t));

 public:
  using value_type = T;
  using size_type = std::size_t;
  using iterator = T*;
  using const_iterator = const T*;

  ThinVector() = default;
  ThinVector(std::initializer_list<T> list) { assign(list.begin(), list.end()); }
  ThinVector(const ThinVector& other) { assign(other.begin(), other.end()); }
  ThinVector(ThinVector&& other) noexcept : head_(std::exchange(other.head_, nullptr)) {}
  ThinVector& operator=(const ThinVector& other) {
    if (this != &other) assign(other.begin(), other.end());
    return *this;
  }
  ThinVector& operator=(ThinVector&& other) noexcept {
    swap(other);
    return *this;
  }
  ~ThinVector() { release(); }
  void swap(ThinVector& other) noexcept { std::swap(head_, other.head_); }

  [[nodiscard]] bool empty() const { return head_ == nullptr || head_->size == 0; }
  [[nodiscard]] std::size_t size() const { return head_ == nullptr ? 0 : head_->size; }
  [[nodiscard]] std::size_t capacity() const { return head_ == nullptr ? 0 : head_->room; }
  /// Bytes on the heap.
  [[nodiscard]] std::size_t memory() const { return head_ == nullptr ? 0 : offset + capacity() * sizeof(T); }

  /// Where length, room and elements begin, for who fetches memory ahead of its use; null while it never held anything.
  [[nodiscard]] const void* head() const { return head_; }
  [[nodiscard]] T* data() { return head_ == nullptr ? nullptr : elements(head_); }
  [[nodiscard]] const T* data() const { return head_ == nullptr ? nullptr : elements(head_); }
  [[nodiscard]] T* begin() { return data(); }
  [[nodiscard]] const T* begin() const { return data(); }
  [[nodiscard]] T* end() { return data() + size(); }
  [[nodiscard]] const T* end() const { return data() + size(); }
  [[nodiscard]] T& operator[](std::size_t i) { return elements(head_)[i]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return elements(head_)[i]; }
  [[nodiscard]] T& front() { return elements(head_)[0]; }
  [[nodiscard]] const T& front() const { return elements(head_)[0]; }
  [[nodiscard]] T& back() { return elements(head_)[head_->size - 1]; }
  [[nodiscard]] const T& back() const { return elements(head_)[head_->size - 1]; }

  template <class... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    if (size() == capacity()) {
      T made(std::forward<Arguments>(arguments)...);  // it may lie in here
      grow(size() + 1);
      return *new (elements(head_) + head_->size++) T(std::move(made));
    }
    return *new (elements(head_) + head_->size++) T(std::forward<Arguments>(arguments)...);
  }
  void push_back(const T& value) { emplace_back(value); }
  void push_back(T&& value) { emplace_back(std::move(value)); }
  void pop_back() { std::destroy_at(elements(head_) + --head_->size); }
  T* insert(const T* place, T value) {
    const std::ptrdiff_t at = place - data();
    emplace_back(std::move(value));
    std::rotate(begin() + at, end() - 1, end());
    return begin() + at;
  }
  T* erase(const T* first, const T* last) {
    const auto from = static_cast<std::size_t>(first - data());
    const auto count = static_cast<std::size_t>(last - first);
    for (std::size_t i = from; i + count < size(); ++i) (*this)[i] = std::move((*this)[i + count]);
    for (std::size_t i = 0; i < count; ++i) pop_back();
    return data() + from;
  }
  T* erase(const T* place) { return erase(place, place + 1); }
  template <class Iterator>
  void assign(Iterator first, Iterator last) {
    clear();
    reserve(static_cast<std::size_t>(std::distance(first, last)));
    for (; first != last; ++first) emplace_back(*first);
  }
  /// Appends what does not lie in here.
  template <class Iterator>
  void append(Iterator first, Iterator last) {
    const std::size_t wanted = size() + static_cast<std::size_t>(std::distance(first, last));
    if (wanted > capacity()) grow(wanted);
    for (; first != last; ++first) emplace_back(*first);
  }
  void resize(std::size_t count) {
    reserve(count);
    while (size() > count) pop_back();
    while (size() < count) emplace_back();
  }
  void reserve(std::size_t room) {
    if (room > capacity()) move_to(room);
  }
  /// Keeps the memory.
  void clear() {
    while (!empty()) pop_back();
  }

  friend bool operator==(const ThinVector& a, const ThinVector& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  struct Head {
    std::uint32_t size = 0;
    std::uint32_t room = 0;
  };
  static constexpr std::size_t offset = std::max(sizeof(Head), alignof(T));
  /// What the smallest piece of most heaps holds.
  static constexpr std::size_t least = offset + sizeof(T) > 24 ? 1 : (24 - offset) / sizeof(T);

  static T* elements(Head* head) {
    return std::launder(reinterpret_cast<T*>(reinterpret_cast<std::byte*>(head) + offset));
  }
  static const T* elements(const Head* head) {
    return std::launder(reinterpret_cast<const T*>(reinterpret_cast<const std::byte*>(head) + offset));
  }
  void grow(std::size_t wanted) { move_to(std::max({wanted, least, capacity() + capacity() / 2})); }
  void move_to(std::size_t room) {
    Head* const fresh = new (::operator new(offset + room * sizeof(T))) Head;
    fresh->size = static_cast<std::uint32_t>(size());
    fresh->room = static_cast<std::uint32_t>(room);
    std::uninitialized_move(begin(), end(), elements(fresh));
    release();
    head_ = fresh;
  }
  void release() {
    if (head_ == nullptr) return;
    std::destroy(begin(), end());
    ::operator delete(head_);
    head_ = nullptr;
  }

  Head* head_ = nullptr;
};

/// As std::erase and std::erase_if.
template <class T, class Value>
std::size_t erase(ThinVector<T>& list, const Value& value) {
  T* const rest = std::remove(list.begin(), list.end(), value);
  const auto gone = static_cast<std::size_t>(list.end() - rest);
  if (gone > 0) list.erase(rest, list.end());
  return gone;
}
template <class T, class Predicate>
std::size_t erase_if(ThinVector<T>& list, Predicate goes) {
  T* const rest = std::remove_if(list.begin(), list.end(), goes);
  const auto gone = static_cast<std::size_t>(list.end() - rest);
  if (gone > 0) list.erase(rest, list.end());
  return gone;
}

}  // namespace peerlab
