// Villages with readings for the tests of the settlement office: the shipped pilot year, and a
// village of three households with one month, whose money can be reckoned by hand.
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "office/intake.hpp"
#include "office/settlement.hpp"
#include "support/villages.hpp"

namespace xiaoyuan::office::test {

/// office::Run, whose name is another's inside a test of GoogleTest.
using MonthRun = office::Run;

/// A village's folder with files beside sub-folders, as on a disk.
Files village_files(xiaoyuan::test::Folder folder);

/// share/villages/xinggezhuang with its agreement and its meters; read once.
const Village& pilot();
/// A file of its readings, "registers.csv".
ForeignFile pilot_file(const std::string& name);

/// H1 sells what is left over, H2 only buys, H3's roof is leased by the company C1.
xiaoyuan::test::Folder small_folder();
const Village& small_village();
/// The month's registers at both ends; in the second file one of them again, corrected.
ForeignFile small_registers();
ForeignFile small_correction();
/// Two days of H1's meter by the hour.
ForeignFile small_intervals();

/// How a table is read by a mapping of share/mappings ("registers", "intervals_60").
IntakeTerms terms_by(const std::string& mapping, Instant recorded_at,
                     readings::Resend resend = readings::Resend::refuse);

/// 00:00 UTC of a day.
Instant day_at(int year, unsigned month, unsigned day);
/// {2026, 10} is October.
ledger::Period month_of(int year, int month);

/// What a test cannot go on without; says why not where it is not there.
template <class T>
T got(Result<T> result) {
  if (!result) {
    throw std::runtime_error(message(result.error().front(), Language::english));
  }
  return std::move(*result);
}

/// One thing that is done to a store, as a command of the program does it.
using Step = std::function<Result<void>(store::Store& store)>;
/// Imports, a settlement, a correction, and the settlement again, in the small village.
std::vector<Step> small_story();

/// All that a store holds, to be held against another.
struct Content {
  std::vector<store::BatchRecord> batches;
  std::vector<readings::RegisterReading> registers;
  std::vector<store::StoredDay> days;
  std::vector<ledger::Entry> entries;
  std::vector<store::Document> documents;
  friend bool operator==(const Content&, const Content&) = default;
};
Content content_of(store::Store& store);

/// Credit less debit of every account, by its code.
std::map<std::string, std::int64_t> balances_of(const ledger::Book& book);

}  // namespace xiaoyuan::office::test
