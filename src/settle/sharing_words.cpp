#include "settle/sharing.hpp"

namespace xiaoyuan::settle {

const std::vector<std::string>& words_of(SharingMode /*unused*/) {
  static const std::vector<std::string> words{"off", "single_meter_internal",
                                              "physical_private_wire", "virtual_credit"};
  return words;
}

const std::vector<std::string>& words_of(SharingKey /*unused*/) {
  static const std::vector<std::string> words{"static", "static-offered-again", "dynamic", "equal",
                                              "prosumer-first"};
  return words;
}

Text name_of(SharingMode mode) {
  switch (mode) {
    case SharingMode::off:
      return {"no sharing", "不共享"};
    case SharingMode::single_meter_internal:
      return {"one meter at the gate, shared within", "总表计量、村内分摊"};
    case SharingMode::physical_private_wire:
      return {"private wire behind the gate", "自有线路供电"};
    case SharingMode::virtual_credit:
      return {"credit between members", "虚拟抵扣"};
  }
  return {};
}

Text name_of(SharingKey key) {
  switch (key) {
    case SharingKey::static_weights:
      return {"static shares", "固定比例"};
    case SharingKey::static_offered_again:
      return {"static shares, what is refused offered again", "固定比例,余量再分配"};
    case SharingKey::dynamic:
      return {"in proportion to import", "按用网电量比例"};
    case SharingKey::equal:
      return {"equal parts, what is refused offered again", "等量分配,余量再分配"};
    case SharingKey::prosumer_first:
      return {"producers first, then in proportion to import", "发电户优先,其余按用网电量比例"};
  }
  return {};
}

}  // namespace xiaoyuan::settle
