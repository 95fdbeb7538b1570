#include "store/compressed.hpp"

#include <zstd.h>

#include <memory>

#include "base/check.hpp"

namespace xiaoyuan::store {

namespace {

constexpr int level = 3;

}  // namespace

std::string compressed(std::string_view bytes) {
  // Its tables are kept for the next document: making them costs more than a small one does.
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                                  &ZSTD_freeCCtx);
  std::string frame(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compressCCtx(context.get(), frame.data(), frame.size(),
                                             bytes.data(), bytes.size(), level);
  expects(ZSTD_isError(size) == 0);
  frame.resize(size);
  frame.shrink_to_fit();
  return frame;
}

Result<std::string> expanded(std::string_view bytes, std::size_t size, const std::string& name) {
  const auto damaged = [&] {
    return fail(Fault::unreadable, {"its compressed bytes are damaged", "压缩数据已损坏"},
                {name, 0, ""});
  };
  // The frame says its size itself: nothing is set aside for a size that is only claimed.
  if (ZSTD_getFrameContentSize(bytes.data(), bytes.size()) != size) {
    return damaged();
  }
  std::string whole(size, '\0');
  const std::size_t found = ZSTD_decompress(whole.data(), whole.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(found) != 0 || found != size) {
    return damaged();
  }
  return whole;
}

}  // namespace xiaoyuan::store
