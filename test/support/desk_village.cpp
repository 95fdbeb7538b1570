#include "support/desk_village.hpp"

#include <fstream>

namespace xiaoyuan::test {

DeskVillage::DeskVillage() {
  std::filesystem::create_directories(folder.path / "villages" / "small");
  for (const auto& [name, bytes] : office::test::small_folder()) {
    put(name, bytes);
  }
  villages = office::test::got(desk::Villages::open(
      {.folder = folder.path / "villages", .store = "", .share = shipped_share()},
      [this](const desk::VillageView&) { ++changes; }));
}

void DeskVillage::put(const std::string& name, const std::string& bytes) const {
  std::ofstream(folder.path / "villages" / "small" / name, std::ios::binary) << bytes;
}

void DeskVillage::tell(std::size_t steps) const {
  const std::vector<office::test::Step> story = office::test::small_story();
  for (std::size_t i = 0; i < steps; ++i) {
    const auto done =
        desk()->work([&](desk::Table& table) -> Result<void> { return story[i](table.store); });
    EXPECT_TRUE(done);
  }
}

}  // namespace xiaoyuan::test
