#include "base/error.hpp"

#include <fmt/format.h>

namespace xiaoyuan {

std::unexpected<Errors> fail(Fault fault, Text what, Where where) {
  Errors errors;
  errors.push_back({fault, std::move(what), std::move(where)});
  return std::unexpected(std::move(errors));
}

std::string message(const Error& error, Language language) {
  std::string text = error.where.file;
  if (error.where.line > 0) {
    text += fmt::format(":{}", error.where.line);
  }
  if (!text.empty()) {
    text += ": ";
  }
  if (!error.where.field.empty()) {
    text += error.where.field + ": ";
  }
  return text + error.what.in(language);
}

}  // namespace xiaoyuan
