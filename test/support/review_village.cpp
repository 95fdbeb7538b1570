#include "support/review_village.hpp"

#include <stdexcept>

#include "office/intake.hpp"
#include "store/folder.hpp"
#include "store/open.hpp"
#include "support/cases.hpp"

namespace xiaoyuan::office::test {

namespace {

template <class T>
T taken(Result<T> result) {
  if (!result) {
    throw std::runtime_error(message(result.error().front(), Language::english));
  }
  return std::move(*result);
}

ReviewVillage made() {
  const std::string share = std::string(XIAOYUAN_SOURCE) + "/share";
  ReviewVillage made{.village = taken(read_village(store::folder(share + "/villages/xinggezhuang"),
                                                   store::folder(share))),
                     .store = taken(store::open("memory:")),
                     .office = std::nullopt};
  const std::string mapping = xiaoyuan::test::project_bytes("share/mappings/registers.toml");
  const std::string registers =
      xiaoyuan::test::project_bytes("share/villages/xinggezhuang/readings/registers.csv");
  const Instant november = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
  taken(take_file(*made.store, {"registers.csv", registers},
                  {.mapping = taken(readings::read_mapping(mapping, "registers")),
                   .mapping_text = mapping,
                   .zone = made.village.zone(),
                   .recorded_at = november,
                   .resend = readings::Resend::refuse,
                   .on_progress = {}}));
  return made;
}

}  // namespace

ReviewVillage& review_village() {
  static ReviewVillage village = made();
  if (!village.office) {
    village.office = taken(Office::open(*village.store, village.village, 1));
    for (int month = 1; month <= 10; ++month) {
      taken(village.office->settle(month_of_2026(month),
                                   std::chrono::sys_days{std::chrono::year{2026} / 11 / 2}));
    }
  }
  return village;
}

}  // namespace xiaoyuan::office::test
