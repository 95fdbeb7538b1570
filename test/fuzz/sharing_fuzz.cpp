// Any bytes as the table of a community and as its weights; what is read can be shared, and closes.
#include <algorithm>
#include <numeric>

#include "foreign.hpp"
#include "settle/sharing_print.hpp"

namespace {

using namespace xiaoyuan;

void expect_closed(const settle::SharingFile& file, const settle::SharingRule& rule) {
  const auto month = settle::share(file.table, rule);
  if (!month) {
    fuzz::expect_sense(month);
    return;
  }
  for (std::size_t at = 0; at < month->received_wh.size(); ++at) {
    expects(month->received_wh[at] >= 0 && month->received_wh[at] <= file.table.imported_wh[at]);
    expects(month->sold_wh[at] >= 0 && month->sold_wh[at] <= file.table.exported_wh[at]);
  }
  expects(std::reduce(month->received_wh.begin(), month->received_wh.end(), std::int64_t{0}) ==
          std::reduce(month->sold_wh.begin(), month->sold_wh.end(), std::int64_t{0}));
  expects(!settle::sharing_text(file, *month, rule, Language::chinese).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using settle::SharingKey;
  const std::string_view text = fuzz::text(bytes, size);
  const auto file = settle::read_sharing_table(text, "x.csv", settle::BeyondMwh::round_half_up);
  fuzz::expect_sense(file);
  if (file) {
    const std::size_t members = file->table.members.size();
    expects(members > 0 && file->table.imported_wh.size() == members * file->times.size());
    for (const SharingKey key :
         {SharingKey::static_weights, SharingKey::static_offered_again, SharingKey::dynamic,
          SharingKey::equal, SharingKey::prosumer_first}) {
      expect_closed(*file, {.key = key,
                            .weights = std::vector<std::int64_t>(members, 3),
                            .whole = static_cast<std::int64_t>(4 * members),
                            .first = settle::producers_of(file->table)});
    }
  }
  static const auto small =
      settle::read_sharing_table("time,A_import_wh,B_export_wh\n1,3,4\n2,5,6\n", "s.csv");
  expects(small.has_value());
  for (const auto& weights : {settle::read_weights(text, "w.csv", *small),
                              settle::weights_from(text, small->table.members)}) {
    fuzz::expect_sense(weights);
    if (weights) {
      expect_closed(*small, {.key = SharingKey::static_weights,
                             .weights = weights->weights,
                             .whole = weights->whole,
                             .first = {}});
    }
  }
  return 0;
}
