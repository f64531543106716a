// Memory for large arrays that are read here and there: on pages of 2 MiB where the system has them.
//
// A run touches memory all over. With pages of 4 KiB nearly every such access also misses the processor's table of pages, and
// what is fetched ahead is not fetched. Arrays of at least `worth_it` bytes ask for large pages; the rest come from the heap. It changes
// speed alone, and where the system refuses, nothing.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <vector>

namespace peerlab {

template <class T>
class BigPages {
 public:
  using value_type = T;
  static constexpr std::size_t page = std::size_t{1} << 21;
  static constexpr std::size_t worth_it = page / 4;

  BigPages() = default;
  template <class U>
  BigPages(const BigPages<U>&) {}

  [[nodiscard]] T* allocate(std::size_t n) {
    if (n > std::numeric_limits<std::size_t>::max() / sizeof(T) - page) throw std::bad_alloc();
    const std::size_t bytes = n * sizeof(T);
    const std::size_t alignment = bytes < worth_it ? alignof(T) : page;
    void* const memory = ::operator new (bytes, std::align_val_t{alignment});
    if (bytes >= worth_it) (void)::madvise(memory, bytes, MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t n) noexcept {
    const std::size_t alignment = n * sizeof(T) < worth_it ? alignof(T) : page;
    ::operator delete (memory, std::align_val_t{alignment});
  }
  template <class U>
  bool operator==(const BigPages<U>&) const {
    return true;
  }
};

/// As std::vector.
template <class T>
using BigVector = std::vector<T, BigPages<T>>;

/// Bytes for objects that are made one by one: zeros at first, and memory is taken only where something was written.
class BigRoom {
 public:
  explicit BigRoom(std::size_t bytes) : whole_(std::calloc(1, bytes + page)) {
    if (whole_ == nullptr) throw std::bad_alloc();
    void* place = whole_;
    std::size_t room = bytes + page;
    first_ = static_cast<std::byte*>(std::align(page, bytes, place, room));
    if (bytes >= BigPages<std::byte>::worth_it) (void)::madvise(first_, bytes, MADV_HUGEPAGE);
  }
  ~BigRoom() { std::free(whole_); }
  BigRoom(const BigRoom&) = delete;
  BigRoom& operator=(const BigRoom&) = delete;
  [[nodiscard]] std::byte* at(std::size_t offset) const { return first_ + offset; }

 private:
  static constexpr std::size_t page = BigPages<std::byte>::page;
  void* whole_;
  std::byte* first_ = nullptr;
};

}  // namespace peerlab
