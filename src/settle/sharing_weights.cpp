#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/csv.hpp"
#include "readings/decimal.hpp"
#include "settle/sharing_errors.hpp"
#include "settle/sharing_table.hpp"

namespace xiaoyuan::settle {

namespace {

constexpr int weight_decimals = 6;
constexpr std::int64_t hundred_per_cent = 100'000'000;

/// Weights as they are read: per cent or parts, never both.
class WeightsRead {
 public:
  WeightsRead(std::string file, std::size_t members) : file_(std::move(file)), members_(members) {}

  void complain(int line, std::string_view field, Text what) {
    errors_.push_back({Fault::bad_input, std::move(what), {file_, line, std::string(field)}});
  }
  /// A row of weights that are still 0.
  void begin_row(int line) {
    weights_.resize(weights_.size() + members_, 0);
    lines_.push_back(line);
  }
  void take(std::size_t member, std::string_view text, int line, std::string_view field);
  Result<SharingWeights> finish();

 private:
  std::string file_;
  std::size_t members_;
  std::vector<std::int64_t> weights_;
  std::vector<int> lines_;
  std::optional<bool> are_per_cent_;
  Errors errors_;
};

void WeightsRead::take(std::size_t member, std::string_view text, int line,
                       std::string_view field) {
  const bool is_per_cent = text.ends_with('%');
  const std::string_view digits = trimmed(text.substr(0, text.size() - (is_per_cent ? 1 : 0)));
  const auto number = readings::parse_decimal(digits, weight_decimals);
  if (!number || *number < 0 || *number > 1'000 * hundred_per_cent) {
    complain(line, field,
             {fmt::format("expected a weight like 30% or 3, with up to {} decimals, found \"{}\"",
                          weight_decimals, text),
              fmt::format("权重应形如 30% 或 3,至多 {} 位小数,实为“{}”", weight_decimals, text)});
    return;
  }
  if (are_per_cent_.value_or(is_per_cent) != is_per_cent) {
    complain(line, field,
             {"some weights are per cent and some are parts; write all the one way",
              "权重须统一写成百分比或份数,不可混用"});
    return;
  }
  are_per_cent_ = is_per_cent;
  weights_[weights_.size() - members_ + member] = *number;
}

/// Rows within the whole, and everything divided by what divides it all.
Result<SharingWeights> WeightsRead::finish() {
  SharingWeights result{.weights = std::move(weights_),
                        .whole = are_per_cent_.value_or(false) ? hundred_per_cent : 0};
  std::int64_t divisor = result.whole;
  for (std::size_t row = 0; row < lines_.size() && errors_.empty(); ++row) {
    std::int64_t sum = 0;
    for (std::size_t i = row * members_; i < (row + 1) * members_; ++i) {
      sum += result.weights[i];
      divisor = std::gcd(divisor, result.weights[i]);
    }
    if (result.whole > 0 && sum > result.whole) {
      std::string found = fmt::format("{}.{:06}", sum / 1'000'000, sum % 1'000'000);
      found.resize(found.find_last_not_of('0') + 1);
      found.resize(found.size() - (found.ends_with('.') ? 1 : 0));
      complain(lines_[row], "",
               {fmt::format("the shares add up to {} %, more than 100 %", found),
                fmt::format("各户比例合计 {}%,超过 100%", found)});
    }
    if (sum == 0) {
      complain(lines_[row], "", {"all weights are 0", "权重全部为 0"});
    }
  }
  if (!errors_.empty()) {
    return sharing_refusal(std::move(errors_), file_);
  }
  result.whole /= std::max<std::int64_t>(divisor, 1);
  for (std::int64_t& weight : result.weights) {
    weight /= std::max<std::int64_t>(divisor, 1);
  }
  return result;
}

std::optional<std::size_t> sharing_member(const std::vector<std::string>& members,
                                          std::string_view name) {
  const auto found = std::ranges::find(members, name);
  return found == members.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - members.begin()));
}

Result<SharingWeights> read_member_weights(const CsvTable& rows, const std::string& name,
                                           const SharingFile& file) {
  const auto& members = file.table.members;
  Errors errors;
  CsvColumns columns(rows, name, {"member", "weight"}, errors);
  if (!errors.empty()) {
    return sharing_refusal(std::move(errors), name);
  }
  WeightsRead read(name, members.size());
  read.begin_row(0);
  std::vector<int> lines(members.size(), 0);
  for (std::size_t r = 1; r < rows.rows.size(); ++r) {
    const CsvRow& row = rows.rows[r];
    const auto member = sharing_member(members, columns.cell(row, "member"));
    if (!member) {
      read.complain(row.line, "member", unknown_name(columns.cell(row, "member"), members));
    } else if (lines[*member] != 0) {
      read.complain(row.line, "member",
                    {fmt::format("stands in line {} already", lines[*member]),
                     fmt::format("已在第 {} 行出现", lines[*member])});
    } else {
      lines[*member] = row.line;
      read.take(*member, columns.cell(row, "weight"), row.line, "weight");
    }
  }
  return read.finish();
}

Result<SharingWeights> read_interval_weights(const CsvTable& rows, const std::string& name,
                                             const SharingFile& file) {
  const auto& members = file.table.members;
  std::vector<std::string> known = members;
  known.insert(known.begin(), "time");
  Errors errors;
  CsvColumns columns(rows, name, known, errors);
  if (!errors.empty()) {
    return sharing_refusal(std::move(errors), name);
  }
  WeightsRead read(name, members.size());
  for (std::size_t t = 0; t < std::max(file.times.size(), rows.rows.size() - 1); ++t) {
    const bool has_row = t + 1 < rows.rows.size();
    const std::string time = has_row ? std::string(columns.cell(rows.rows[t + 1], "time")) : "";
    const std::string wanted = t < file.times.size() ? file.times[t] : "";
    if (time != wanted) {
      read.complain(has_row ? rows.rows[t + 1].line : 0, "time",
                    {fmt::format("expected the intervals of the energy in their order: \"{}\", "
                                 "found \"{}\"",
                                 wanted, time),
                     fmt::format("时段须与电量表逐行对应:应为“{}”,实为“{}”", wanted, time)});
      break;
    }
    const CsvRow& row = rows.rows[t + 1];
    read.begin_row(row.line);
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (columns.has(members[i])) {
        read.take(i, columns.cell(row, members[i]), row.line, members[i]);
      }
    }
  }
  return read.finish();
}

}  // namespace

std::unexpected<Errors> sharing_refusal(Errors errors, const std::string& file) {
  constexpr std::size_t most_named = 20;
  if (errors.size() > most_named) {
    const std::size_t others = errors.size() - most_named;
    errors.resize(most_named);
    errors.push_back(
        {Fault::bad_input,
         {fmt::format("{} errors beside these", others), fmt::format("此外还有 {} 处错误", others)},
         {file, 0, ""}});
  }
  return std::unexpected(std::move(errors));
}

Result<SharingWeights> weights_from(std::string_view words,
                                    const std::vector<std::string>& members) {
  const auto parts = parts_of(words, ',');
  const bool are_named = words.find('=') != std::string_view::npos;
  WeightsRead read("--weights", members.size());
  read.begin_row(0);
  if (!are_named && parts.size() != members.size()) {
    read.complain(0, "",
                  {fmt::format("expected {} weights in the order of the members ({}), found {}",
                               members.size(), joined(members), parts.size()),
                   fmt::format("应按成员顺序({})给出 {} 个权重,实为 {} 个", joined(members, "、"),
                               members.size(), parts.size())});
    return read.finish();
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].rfind('=');
    const bool is_named = equals != std::string_view::npos;
    const std::string_view name = is_named ? trimmed(parts[i].substr(0, equals)) : parts[i];
    const auto member = are_named ? sharing_member(members, name) : std::optional(i);
    if (!member) {
      read.complain(0, "", unknown_name(name, members));
    } else {
      read.take(*member, is_named ? trimmed(parts[i].substr(equals + 1)) : parts[i], 0,
                members[*member]);
    }
  }
  return read.finish();
}

Result<SharingWeights> read_weights(std::string_view bytes, const std::string& name,
                                    const SharingFile& file) {
  TRY(const CsvTable rows, parse_csv(bytes, name));
  const bool by_member =
      !rows.rows.empty() && std::ranges::any_of(rows.rows.front().cells, [](std::string_view cell) {
        return trimmed(cell) == "member";
      });
  return by_member || rows.rows.empty() ? read_member_weights(rows, name, file)
                                        : read_interval_weights(rows, name, file);
}

Result<std::vector<std::uint8_t>> first_from(std::string_view words,
                                             const std::vector<std::string>& members) {
  std::vector<std::uint8_t> first(members.size(), 0);
  Errors errors;
  for (const std::string_view name : parts_of(words, ',')) {
    const auto member = sharing_member(members, name);
    if (member) {
      first[*member] = 1;
    } else {
      errors.push_back({Fault::bad_input, unknown_name(name, members), {"--first", 0, ""}});
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return first;
}

}  // namespace xiaoyuan::settle
