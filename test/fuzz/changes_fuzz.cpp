// Any bytes as the changes of a plan: refused with reasons, or laid over a village whose own keys
// they leave as they are.
#include "base/document.hpp"
#include "desk/plans_changes.hpp"
#include "foreign.hpp"

namespace {

using namespace xiaoyuan;

constexpr const char* village_text = "[village]\nid = \"v\"\n[assumptions]\npv.soiling = 0.05\n";
constexpr const char* households_text = "id,load_kwh\nH1,100\n\nH2,200\n";

Files village() {
  return {[](const std::string& name) -> Result<std::string> {
            return name == "village.toml" ? village_text : households_text;
          },
          [](const std::string&) { return std::vector<std::string>(); }};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto changes = desk::read_changes(fuzz::text(bytes, size));
  fuzz::expect_sense(changes);
  if (!changes) {
    return 0;
  }
  const auto changed = desk::lay_changes(village(), *changes, "a \"name\"\n[x]");
  fuzz::expect_sense(changed);
  if (!changed) {
    return 0;
  }
  if (const auto root = parse_toml(changed->toml, "village.toml")) {
    expects(root->find("village")->find("id")->text == "v");
    expects(root->find("assumptions")->find("pv")->find("soiling")->number == 0.05);
    expects(root->names.size() <= 3);
  }
  return 0;
}
