// What the commands of the settlement office share: the village, its store, months and times as
// they are written.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>

#include "base/money.hpp"
#include "cli/office_words.hpp"
#include "office/settlement.hpp"

namespace xiaoyuan::cli {

/// The village's own and the shipped files.
Result<office::Village> read_settled_village(const OfficePlace& place);
Result<std::unique_ptr<store::Store>> open_store(const OfficePlace& place);

enum class Use { read, write };
/// The store of this village: what is kept of another village is not mixed with it. The first
/// command that writes says in the store whose it is.
Result<std::unique_ptr<store::Store>> open_store_of(const office::Village& village,
                                                    const OfficePlace& place, Use use);

/// The present, to the second.
Instant now();

/// "2026-10"
Result<ledger::Period> month_from(const std::string& text, const std::string& field);
/// "2026-11-03" (the beginning of the local day), or with a time behind it.
Result<Instant> instant_from(const std::string& text, const Zone& zone, const std::string& field);
/// Yuan: "3.20", "-3.2"
Result<Money> money_from(const std::string& text, const std::string& field);

/// A mapping by its name (the village's own come first) or its path.
Result<std::string> mapping_text(const std::string& name, const std::string& village);
Result<std::string> file_bytes(const std::filesystem::path& file);

/// A message with its instants ("2026-03-31T16:00:00Z") in the village's time: 2026-04-01 00:00.
std::string in_local_time(std::string message, const Zone& zone);
Errors in_local_time(Errors errors, const Zone& zone);

/// Prints the errors of a result, or what it says; gives the exit code.
int answer(const Result<Text>& result, Language language);

}  // namespace xiaoyuan::cli
