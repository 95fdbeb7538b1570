// A JSON object that comes with a request: all that is wrong with it is told at once, each with its
// field.
#pragma once
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::api {

class RequestBody {
 public:
  /// Errors: it is no JSON object.
  static Result<RequestBody> read(const std::string& bytes);
  RequestBody(RequestBody&&) noexcept;
  RequestBody& operator=(RequestBody&&) noexcept;
  ~RequestBody();

  /// Of at most so many bytes, with something but white space in it.
  std::string text(const char* name, std::size_t most_bytes);
  std::string text_or(const char* name, std::size_t most_bytes, const std::string& otherwise);
  std::int64_t whole(const char* name);
  std::int64_t whole_or(const char* name, std::int64_t otherwise);
  /// A list of texts; empty where it is missing.
  std::vector<std::string> texts_or_none(const char* name, std::size_t most);

  /// Errors: all that was found, and fields that nothing asked for.
  Result<void> finish();

 private:
  explicit RequestBody(nlohmann::ordered_json json);
  const nlohmann::ordered_json* find(const char* name);
  void complain(const char* name, Text what);
  std::string text_of(const char* name, const nlohmann::ordered_json& value,
                      std::size_t most_bytes);

  std::unique_ptr<nlohmann::ordered_json> json_;
  std::vector<std::string> known_;
  Errors errors_;
};

}  // namespace xiaoyuan::api
