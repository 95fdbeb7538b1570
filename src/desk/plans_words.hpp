// JSON that came in, as the values of TOML and of cells: the one place where words of strangers
// become text of our files.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace xiaoyuan::desk {

/// "…" with everything escaped that would end it.
std::string toml_text(std::string_view text);
/// Numbers, texts, truths, lists and tables of them; nothing for null.
std::optional<std::string> toml_value(const nlohmann::ordered_json& value);
/// Keys of letters, digits, "_" and "-", joined by dots.
bool is_toml_key(std::string_view key);

}  // namespace xiaoyuan::desk
