#include "report/network_words.hpp"

#include <fmt/format.h>

namespace xiaoyuan::report {

std::string local_time(const plan::Inputs& inputs, std::size_t step) {
  const Civil& time = inputs.times[step];
  return fmt::format("{}T{:02}:{:02}", text_of(time.date()), time.hour(), time.minute % 60);
}

std::string spoken_time(const plan::Inputs& inputs, std::size_t step) {
  std::string time = local_time(inputs, step);
  time[time.find('T')] = ' ';
  return time;
}

std::string letter_of(std::size_t wire) { return std::string(1, "ABCN"[wire]); }

std::string letters_of(wires::Phases phases) {
  switch (phases) {
    case wires::Phases::a:
      return "A";
    case wires::Phases::b:
      return "B";
    case wires::Phases::c:
      return "C";
    case wires::Phases::ab:
      return "AB";
    case wires::Phases::bc:
      return "BC";
    case wires::Phases::ca:
      return "CA";
    case wires::Phases::abc:
      break;
  }
  return "ABC";
}

std::optional<std::string> wire_of(const wires::LimitUse& use) {
  const bool is_neutral = use.wire == 3 && use.kind == wires::LimitKind::line;
  const bool is_phase = use.wire < 3 && use.kind != wires::LimitKind::unbalance &&
                        use.kind != wires::LimitKind::solution;
  return is_neutral || is_phase ? std::optional(letter_of(use.wire)) : std::nullopt;
}

}  // namespace xiaoyuan::report
