// How work is handed to threads by those who start none themselves.
#pragma once
#include <cstddef>
#include <functional>

namespace xiaoyuan {

/// Does `work(0)` … `work(count − 1)`, in any order and on as many threads as the caller likes; the
/// result has the same bits for all of them.
using Spread = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

/// One after another, on the caller's thread.
inline void in_turn(std::size_t count, const std::function<void(std::size_t)>& work) {
  for (std::size_t i = 0; i < count; ++i) {
    work(i);
  }
}

}  // namespace xiaoyuan
