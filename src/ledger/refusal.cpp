#include "ledger/refusal.hpp"

#include <fmt/format.h>

#include "base/money.hpp"

namespace xiaoyuan::ledger {

namespace {

class FormCheck {
 public:
  explicit FormCheck(const Heading& heading) : heading_(heading) {
    if (!is_text(heading.key, longest_key) || heading.key.empty()) {
      wrong("key", {fmt::format("expected a key of 1 to {} bytes of UTF-8", longest_key),
                    fmt::format("应为 1 至 {} 字节的 UTF-8 键", longest_key)});
    }
    if (!is_datable(heading.dated)) {
      wrong("dated", {"expected a date of the calendar, from year 1 to 9999",
                      "应为公历日期,公元 1 年至 9999 年"});
    }
    text("memo", heading.memo);
  }

  void wrong(std::string_view field, Text what) {
    errors_.push_back(refusal(heading_, field, std::move(what), Fault::bad_input));
  }

  void text(std::string_view field, const std::string& text) {
    if (!is_text(text, longest_text)) {
      wrong(field, {fmt::format("expected at most {} bytes of UTF-8", longest_text),
                    fmt::format("应为不超过 {} 字节的 UTF-8 文本", longest_text)});
    }
  }

  void needed(std::string_view field, const std::string& value) {
    text(field, value);
    if (value.empty()) {
      wrong(field, {"is missing", "未填写"});
    }
  }

  void list(std::string_view field, std::size_t size) {
    if (size > most_transfers) {
      wrong(field, {fmt::format("expected at most {} transfers, found {}", most_transfers, size),
                    fmt::format("分录至多 {} 笔,实为 {} 笔", most_transfers, size)});
    }
  }

  void transfers(const std::vector<Transfer>& transfers) {
    list("transfers", transfers.size());
    for (std::size_t i = 0; i < transfers.size() && errors_.size() < most_errors; ++i) {
      const Transfer& transfer = transfers[i];
      if (transfer.amount <= 0) {
        wrong(fmt::format("transfers[{}].amount", i),
              {fmt::format("expected more than 0, found {}", transfer.amount),
               fmt::format("金额应大于 0,实为 {}", transfer.amount)});
      }
      if (transfer.debit == transfer.credit) {
        wrong(fmt::format("transfers[{}]", i),
              {"debits and credits the same account", "借方与贷方为同一账户"});
      }
    }
  }

  void stretch(const Stretch& stretch) {
    needed("stretch.meter", stretch.meter);
    if (stretch.begin >= stretch.end) {
      wrong("stretch.end", {"expected an end after the beginning", "时段终点应晚于起点"});
    }
    if (stretch.from_wh < 0 || stretch.from_wh >= stretch.to_wh) {
      wrong(
          "stretch",
          {fmt::format("expected 0 ≤ from < to, found {} to {} Wh", stretch.from_wh, stretch.to_wh),
           fmt::format("应满足 0 ≤ 起点 < 终点,实为 {} 至 {} Wh", stretch.from_wh, stretch.to_wh)});
    }
  }

  Errors take() { return std::move(errors_); }

 private:
  static constexpr std::size_t most_errors = 20;
  static bool is_text(const std::string& text, std::size_t longest) {
    return text.size() <= longest && is_utf8(text);
  }

  const Heading& heading_;
  Errors errors_;
};

void check(FormCheck& form, const OpenAccount& command) {
  const Account& account = command.account;
  form.needed("owner", account.owner);
  form.needed("name.en", account.name.en);
  form.needed("name.zh", account.name.zh);
  if (account.kind == AccountKind::environment) {
    form.wrong("kind", {"environmental accounts are opened with their pool",
                        "环境权益账户随权益池一并开立"});
  } else if (account.kind != AccountKind::ordinary && account.limit != Limit::none) {
    form.wrong("limit",
               {fmt::format("an account of kind \"{}\" has no limit", name_of(account.kind).en),
                fmt::format("“{}”类账户不设余额限制", name_of(account.kind).zh)});
  }
}

void check(FormCheck& form, const Post& command) {
  if (command.transfers.empty()) {
    form.wrong("transfers", {"expected at least one", "至少应有一笔分录"});
  }
  form.transfers(command.transfers);
}

void check(FormCheck& form, const Confirm& command) {
  form.list("amounts", command.amounts.size());
  std::int64_t most = command.amounts.empty() ? 1 : 0;
  for (const std::int64_t amount : command.amounts) {
    if (amount < 0) {
      form.wrong("amounts", {fmt::format("expected 0 or more, found {}", amount),
                             fmt::format("金额不得为负,实为 {}", amount)});
      return;
    }
    most = std::max(most, amount);
  }
  if (most == 0) {
    form.wrong("amounts", {"expected one above 0; void what is not to be posted",
                           "至少一笔金额应大于 0;全部不入账时请作废"});
  }
}

void check(FormCheck& form, const Seal& command) {
  if (command.period < Period::of(1, 1) || command.period > Period::of(9999, 12)) {
    form.wrong("period",
               {"expected a month from 0001-01 to 9999-12", "应为 0001-01 至 9999-12 之间的月份"});
  }
}

void check(FormCheck& form, const OpenDispute& command) {
  if (command.transfers.empty()) {
    form.wrong("transfers", {"expected at least one", "至少应有一笔分录"});
  }
  form.transfers(command.transfers);
}

void check(FormCheck& form, const ResolveDispute& command) { form.transfers(command.transfers); }

void check(FormCheck& form, const OpenPool& command) {
  form.needed("owner", command.owner);
  form.needed("name.en", command.name.en);
  form.needed("name.zh", command.name.zh);
}

void check(FormCheck& form, const Recognise& command) { form.stretch(command.stretch); }
void check(FormCheck& form, const ClawBack& command) { form.stretch(command.stretch); }

void check(FormCheck& form, const Restate& command) {
  if (command.wh <= 0) {
    form.wrong("wh", {fmt::format("expected more than 0, found {}", command.wh),
                      fmt::format("电量应大于 0,实为 {}", command.wh)});
  }
}

void check(FormCheck& form, const Void& command) { form.text("pending", command.pending); }
void check(FormCheck& form, const Reverse& command) { form.text("reversed", command.reversed); }

}  // namespace

Error refusal(const Heading& heading, std::string_view field, Text what, Fault fault) {
  return {fault, std::move(what), {heading.key, 0, std::string(field)}};
}

std::unexpected<Errors> refused(const Heading& heading, std::string_view field, Text what,
                                Fault fault) {
  return std::unexpected(Errors{refusal(heading, field, std::move(what), fault)});
}

Errors errors_of_form(const Command& command) {
  FormCheck form(heading_of(command));
  std::visit([&](const auto& kind) { check(form, kind); }, command);
  return form.take();
}

Text amount_text(std::int64_t amount, Unit unit) {
  if (unit == Unit::fen) {
    const std::string yuan = text_of(Money{amount});
    return {yuan + " yuan", yuan + " 元"};
  }
  return {fmt::format("{} {}", amount, name_of(unit).en),
          fmt::format("{} {}", amount, name_of(unit).zh)};
}

}  // namespace xiaoyuan::ledger
