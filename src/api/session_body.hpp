// The JSON object of a request, read key by key: every error at once, unknown keys with the nearest
// known one.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "people/account.hpp"

namespace xiaoyuan::api {

class AskedBody {
 public:
  explicit AskedBody(std::string_view bytes);
  AskedBody(const AskedBody&) = delete;
  AskedBody& operator=(const AskedBody&) = delete;
  ~AskedBody();

  std::string text(const char* key);  ///< has to be there
  std::optional<std::string> text_if(const char* key);
  std::optional<bool> truth_if(const char* key);
  /// Seconds since 1970; null is as if it were not there.
  std::optional<Instant> instant_if(const char* key);
  std::optional<std::vector<people::Grant>> grants_if(const char* key);
  bool has(const char* key) const;

  /// All that was wrong; also the keys that nobody asked for.
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace xiaoyuan::api
