#include "office/mapping_shelf.hpp"

#include <algorithm>

#include "base/expected.hpp"

namespace xiaoyuan::office {

namespace {

constexpr std::string_view mapping_ending = ".toml";

std::vector<std::string> mapping_names(const Files& folder) {
  std::vector<std::string> names;
  for (const std::string& file : folder.list("mappings")) {
    if (file.ends_with(mapping_ending)) {
      names.push_back(file.substr(0, file.size() - mapping_ending.size()));
    }
  }
  return names;
}

std::string mapping_file(const std::string& name) {
  return "mappings/" + name + std::string(mapping_ending);
}

}  // namespace

Result<std::vector<ShelvedMapping>> shelved_mappings(const Files& village, const Files& share) {
  std::vector<ShelvedMapping> all;
  for (const Files* folder : {&village, &share}) {
    for (const std::string& name : mapping_names(*folder)) {
      TRY(std::string text, folder->read(mapping_file(name)));
      all.push_back({name, folder == &village, std::move(text)});
    }
  }
  return all;
}

Result<std::optional<std::string>> find_mapping(const std::string& name, const Files& village,
                                                const Files& share) {
  for (const Files* folder : {&village, &share}) {
    const std::vector<std::string> names = mapping_names(*folder);
    if (std::ranges::find(names, name) != names.end()) {
      TRY(std::string text, folder->read(mapping_file(name)));
      return std::optional(std::move(text));
    }
  }
  return std::nullopt;
}

Result<std::string> mapping_text(const std::string& name, const Files& village, const Files& share,
                                 const std::string& field) {
  TRY(std::optional<std::string> text, find_mapping(name, village, share));
  if (!text) {
    std::vector<std::string> known = mapping_names(village);
    std::ranges::copy(mapping_names(share), std::back_inserter(known));
    return fail(Fault::not_found, unknown_name(name, known), {field, 0, ""});
  }
  return std::move(*text);
}

}  // namespace xiaoyuan::office
