// dispute, resolve: amounts that somebody doubts.
#include <fmt/format.h>

#include "cli/office_place.hpp"
#include "office/dispute.hpp"
#include "office/papers.hpp"

namespace xiaoyuan::cli {

namespace {

Result<Text> listed(store::Store& store, const ledger::Book& book, const std::string& id) {
  TRY(const settle::Statement statement, office::statement_of(store, id));
  TRY(const auto notes, office::disputes_of(store, book, statement));
  if (notes.empty()) {
    return Text{fmt::format("{}: no dispute", id), fmt::format("{}:无争议", id)};
  }
  Text text;
  for (const statement::DisputeNote& note : notes) {
    const bool is_open = note.state == statement::DisputeState::open;
    text.en += fmt::format("{}{}: {} yuan, {}: {}", text.en.empty() ? "" : "\n", note.key,
                           text_of(note.frozen), is_open ? "frozen" : "resolved",
                           is_open ? note.reason.en : note.outcome.en);
    text.zh +=
        fmt::format("{}{}:{} 元,{}:{}", text.zh.empty() ? "" : "\n", note.key, text_of(note.frozen),
                    is_open ? "已冻结" : "已处理", is_open ? note.reason.zh : note.outcome.zh);
  }
  return text;
}

Error missing_word(const char* word, const Text& what) {
  return {Fault::bad_input, {"is missing: " + what.en, "未填写:" + what.zh}, {word, 0, ""}};
}

/// All that a dispute about a line still lacks.
Errors lacking(const DisputeOptions& options) {
  Errors errors;
  if (options.amount.empty()) {
    errors.push_back(missing_word("--amount", {"the yuan that are doubted", "争议金额(元)"}));
  }
  if (options.reason.empty()) {
    errors.push_back(missing_word("--reason", {"what is wrong with the line", "争议理由"}));
  }
  return errors;
}

Result<Text> disputed(const DisputeOptions& options) {
  if (options.statement.empty()) {
    return std::unexpected(Errors{missing_word(
        "statement", {"whose month, 2026-10/H001 for instance", "结算单编号,如 2026-10/H001"})});
  }
  TRY(const auto store, open_store(options.place));
  TRY(ledger::Book book, office::stored_book(*store));
  if (options.line.empty()) {
    return listed(*store, book, options.statement);
  }
  if (Errors errors = lacking(options); !errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  TRY(const Money amount, office::money_from(options.amount, "--amount"));
  TRY(const std::string key, office::open_dispute(*store, book,
                                                  {.statement = options.statement,
                                                   .line = options.line,
                                                   .amount = amount,
                                                   .reason = options.reason},
                                                  now()));
  return Text{fmt::format("{}: {} yuan frozen until it is resolved", key, text_of(amount)),
              fmt::format("{}:已冻结 {} 元,待处理", key, text_of(amount))};
}

Result<Text> resolved(const DisputeOptions& options) {
  TRY(const auto store, open_store(options.place));
  TRY(ledger::Book book, office::stored_book(*store));
  Money correction;
  if (!options.correction.empty()) {
    if (options.other.empty()) {
      return std::unexpected(
          Errors{missing_word("--with", {"who the other side of the correction is: grid, C1, H002",
                                         "更正的对方,如 grid、C1、H002"})});
    }
    TRY(correction, office::money_from(options.correction, "--correct"));
  }
  TRY(const std::string key, office::resolve_dispute(*store, book,
                                                     {.dispute = options.statement,
                                                      .correction = correction,
                                                      .other = options.other,
                                                      .outcome = options.reason},
                                                     now()));
  return Text{
      fmt::format(
          "{}: {}", key,
          correction == Money{} ? "the line stands" : text_of(correction) + " yuan corrected"),
      fmt::format("{}:{}", key,
                  correction == Money{} ? "维持原账" : "更正 " + text_of(correction) + " 元")};
}

}  // namespace

int run_dispute(const DisputeOptions& options, Language language) {
  return answer(disputed(options), language);
}

int run_resolve(const DisputeOptions& options, Language language) {
  return answer(resolved(options), language);
}

}  // namespace xiaoyuan::cli
