#include "district/checked_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/random.hpp"
#include "district/table_errors.hpp"

namespace xiaoyuan::district {

namespace {

struct Id {
  std::uint64_t hash;
  int line;
  friend auto operator<=>(const Id&, const Id&) = default;
};

/// What one chunk came to.
struct Checked {
  std::vector<Id> ids;
  Errors errors;
};

/// Ids are held as hashes of 64 bits: a few bytes a household, whatever people write there.
void check_ids(std::vector<Id>& ids, Errors& errors) {
  std::ranges::sort(ids);
  std::vector<Id> twice;
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (ids[i].hash == ids[i - 1].hash) {
      twice.push_back({static_cast<std::uint64_t>(ids[i].line), ids[i - 1].line});
    }
  }
  std::ranges::sort(twice);
  for (const Id& id : twice) {
    errors.push_back({Fault::bad_input,
                      {fmt::format("this id stands in line {} too", id.line),
                       fmt::format("此编号在第 {} 行已出现", id.line)},
                      {"district.csv", static_cast<int>(id.hash), "id"}});
  }
}

}  // namespace

void on_threads(unsigned threads, std::size_t size, const std::function<bool(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> goes_on{true};
  const auto loop = [&] {
    for (std::size_t i = next++; goes_on && i < size; i = next++) {
      if (!work(i)) {
        goes_on = false;
      }
    }
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < threads; ++i) {
    helpers.emplace_back(loop);
  }
  loop();
}

Result<std::vector<Household>> chunk_households(const TableIndex& index, std::size_t chunk,
                                                const District& district) {
  const ChunkPlace& place = index.chunks[chunk];
  TRY(const std::string rows, read_chunk(index, place));
  return read_households({index.header, rows, place.first_line}, district);
}

Result<std::vector<std::size_t>> check_table(const TableIndex& index, const District& district,
                                             unsigned threads) {
  std::vector<Checked> checked(index.chunks.size());
  on_threads(threads, checked.size(), [&](std::size_t chunk) {
    auto homes = chunk_households(index, chunk, district);
    if (gather(homes, checked[chunk].errors)) {
      for (const Household& home : *homes) {
        checked[chunk].ids.push_back({seed_of(home.id, 0), home.line});
      }
    }
    return true;
  });
  Errors errors;
  std::vector<Id> ids;
  std::vector<std::size_t> households;
  for (Checked& of : checked) {
    std::ranges::move(of.errors, std::back_inserter(errors));
    ids.insert(ids.end(), of.ids.begin(), of.ids.end());
    households.push_back(of.ids.size());
  }
  check_ids(ids, errors);
  if (errors.empty() && ids.empty()) {
    // An empty table still has its header read, whose errors say more than "no rows".
    auto header = read_households({index.header, "", 2}, district);
    gather(header, errors);
    if (errors.empty()) {
      errors.push_back({Fault::bad_input, {"has no rows", "没有数据行"}, {"district.csv", 0, ""}});
    }
  }
  if (!errors.empty()) {
    keep_first(errors, "district.csv");
    return std::unexpected(std::move(errors));
  }
  return households;
}

}  // namespace xiaoyuan::district
