#include "ledger/command.hpp"

#include <array>

namespace xiaoyuan::ledger {

const Heading& heading_of(const Command& command) {
  return std::visit([](const auto& kind) -> const Heading& { return kind.heading; }, command);
}

Text kind_name(std::size_t alternative) {
  static const std::array<Text, std::variant_size_v<Command>> names{{
      {"the opening of an account", "开户"},
      {"a posting", "凭证"},
      {"a confirmation", "确认入账"},
      {"a voiding", "作废"},
      {"a reversal", "冲销"},
      {"the seal of a period", "封账"},
      {"a dispute", "争议"},
      {"the resolution of a dispute", "争议处理"},
      {"the opening of a pool", "权益池开立"},
      {"a recognition of energy", "电量确认"},
      {"a restatement of energy", "权益状态变更"},
      {"a claw-back", "核减"},
  }};
  return names[alternative];
}

Text name_of(State state) {
  switch (state) {
    case State::carried:
      return {"carried", "结转"};
    case State::claimed:
      return {"claimed", "已主张"};
    case State::issued:
      return {"issued", "已核发"};
    case State::sold:
      return {"sold", "已售出"};
    case State::cancelled:
      return {"cancelled", "已核销"};
  }
  return {};
}

}  // namespace xiaoyuan::ledger
