#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace artificer {

/**
 * Memory for arrays of many megabytes: in huge pages where the system gives them, and left as it is found. Touching 4 KiB
 * pages for the first time took a third of the set-up of a million degrees of freedom.
 */
template <typename Value>
class LargeAllocator {
 public:
  using value_type = Value;

  LargeAllocator() = default;
  template <typename Other>
  LargeAllocator(const LargeAllocator<Other>&) {}

  Value* allocate(std::size_t count) {
    if (count > SIZE_MAX / sizeof(Value) - HUGE_PAGE) throw std::bad_alloc();
    const std::size_t bytes = count * sizeof(Value);
    void* memory = nullptr;
#ifdef __linux__
    if (bytes >= LARGE) {
      const std::size_t pages = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
      memory = std::aligned_alloc(HUGE_PAGE, pages);
      if (memory != nullptr) madvise(memory, pages, MADV_HUGEPAGE);  // advice: small pages do as well
    } else
#endif
      memory = std::malloc(bytes);
    if (memory == nullptr && bytes > 0) throw std::bad_alloc();
    return static_cast<Value*>(memory);
  }
  void deallocate(Value* memory, std::size_t) { std::free(memory); }

  /** `resize` leaves new numbers as they are found: what is filled at once need not be cleared before. */
  template <typename Other>
  void construct(Other* at) {
    ::new (static_cast<void*>(at)) Other;
  }
  template <typename Other, typename... Arguments>
  void construct(Other* at, Arguments&&... arguments) {
    ::new (static_cast<void*>(at)) Other(std::forward<Arguments>(arguments)...);
  }

  friend bool operator==(const LargeAllocator&, const LargeAllocator&) { return true; }

 private:
  static constexpr std::size_t HUGE_PAGE = std::size_t{2} << 20, LARGE = 2 * HUGE_PAGE;
};

template <typename Value>
using LargeVector = std::vector<Value, LargeAllocator<Value>>;

}  // namespace artificer
