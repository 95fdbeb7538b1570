// The JSON object of a request, read key by key: every error at once, each with its field, unknown
// keys with the nearest known one.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/expected.hpp"
#include "people/account.hpp"

namespace xiaoyuan::api {

class AskedBody {
 public:
  explicit AskedBody(std::string_view bytes);
  AskedBody(const AskedBody&) = delete;
  AskedBody& operator=(const AskedBody&) = delete;
  ~AskedBody();

  // What has to be there.
  std::string text(const char* key);
  /// Of at most so many bytes, with something but white space in it.
  std::string text(const char* key, std::size_t most_bytes);
  std::int64_t whole(const char* key);
  double number(const char* key);
  bool truth(const char* key);

  // What may be left out; null is as if it were.
  std::optional<std::string> text_if(const char* key);
  std::optional<std::string> text_if(const char* key, std::size_t most_bytes);
  std::optional<std::int64_t> whole_if(const char* key);
  std::optional<double> number_if(const char* key);
  std::optional<bool> truth_if(const char* key);
  /// Seconds since 1970.
  std::optional<Instant> instant_if(const char* key);
  /// The place of the word in the list.
  std::optional<std::size_t> choice_if(const char* key, const std::vector<std::string>& words);
  /// A list of at most so many texts; empty where it is left out.
  std::vector<std::string> texts_or_none(const char* key, std::size_t most);
  std::optional<std::vector<people::Grant>> grants_if(const char* key);
  /// Whatever stands there, as JSON.
  std::optional<std::string> json_if(const char* key);

  /// What a reader of a part found wrong with it.
  void take(Errors errors);
  /// All that was wrong; also the keys that nobody asked for.
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace xiaoyuan::api
