#include "settle/statement.hpp"

namespace xiaoyuan::settle {

Money Statement::total() const {
  Money sum;
  for (const StatementLine& line : lines) {
    sum += line.amount.value_or(Money{});
  }
  return sum;
}

const std::vector<std::string>& words_of(Holder /*unused*/) {
  static const std::vector<std::string> words{"household", "company",      "cooperative",
                                              "committee", "grid_company", "lender"};
  return words;
}

const std::vector<std::string>& words_of(Section /*unused*/) {
  static const std::vector<std::string> words{"energy", "bought",    "sold",       "mechanism",
                                              "shared", "contracts", "adjustment", "environment"};
  return words;
}

Text name_of(Holder holder) {
  switch (holder) {
    case Holder::household:
      return {"household", "农户"};
    case Holder::company:
      return {"company", "企业"};
    case Holder::cooperative:
      return {"co-operative", "合作社"};
    case Holder::committee:
      return {"village committee", "村委会"};
    case Holder::grid_company:
      return {"grid company", "电网企业"};
    case Holder::lender:
      return {"lender", "贷款方"};
  }
  return {};
}

Text name_of(Section section) {
  switch (section) {
    case Section::energy:
      return {"Energy", "电量"};
    case Section::bought:
      return {"Bought from the grid", "购电"};
    case Section::sold:
      return {"Sold to the grid", "上网售电"};
    case Section::mechanism:
      return {"Mechanism difference", "机制电价差价"};
    case Section::shared:
      return {"Shared in the village", "村内共享"};
    case Section::contracts:
      return {"Contracts", "合同往来"};
    case Section::adjustment:
      return {"Earlier months", "以往月份调整"};
    case Section::environment:
      return {"Environment", "环境价值"};
  }
  return {};
}

}  // namespace xiaoyuan::settle
