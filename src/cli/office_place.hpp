// What the commands of the settlement office share: the village, its store, mappings, answers.
#pragma once
#include <filesystem>
#include <memory>

#include "cli/office_words.hpp"
#include "office/owner.hpp"
#include "office/settlement.hpp"
#include "office/written.hpp"

namespace xiaoyuan::cli {

/// The village's own and the shipped files.
Result<office::Village> read_settled_village(const OfficePlace& place);
Result<std::unique_ptr<store::Store>> open_store(const OfficePlace& place);

/// The store of this village (office/owner.hpp).
Result<std::unique_ptr<store::Store>> open_store_of(const office::Village& village,
                                                    const OfficePlace& place, office::Use use);

/// The present, to the second.
Instant now();

/// A mapping by its name (the village's own come first) or its path.
Result<std::string> mapping_text(const std::string& name, const std::string& village);
Result<std::string> file_bytes(const std::filesystem::path& file);

/// Prints the errors of a result, or what it says; gives the exit code.
int answer(const Result<Text>& result, Language language);

}  // namespace xiaoyuan::cli
