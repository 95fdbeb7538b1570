// Statements of a month: searched, one as it is kept, a line explained, an entry proved.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "api/settlement_doors.hpp"
#include "api/settlement_json.hpp"
#include "api/settlement_parts.hpp"
#include "base/expected.hpp"
#include "statement/explain.hpp"
#include "statement/json.hpp"
#include "statement/proof_text.hpp"
#include "statement/qr.hpp"

namespace xiaoyuan::api {

namespace {

using Statements = std::vector<const desk::StatementView*>;

/// A parameter that is one of these words; the first where it is missing.
Result<std::size_t> choice_of(const Call& call, const char* name,
                              const std::vector<std::string>& words) {
  const auto given = call.request.parameter(name);
  if (!given) {
    return 0;
  }
  const auto found = std::ranges::find(words, *given);
  if (found == words.end()) {
    return fail(Fault::bad_input, choice_expected(words, *given), {"", 0, name});
  }
  return static_cast<std::size_t>(found - words.begin());
}

bool has_part(const desk::StatementView& one, std::string_view part) {
  return one.party.find(part) != std::string::npos || one.name.zh.find(part) != std::string::npos ||
         one.name.en.find(part) != std::string::npos;
}

/// What is not measured comes first.
std::int64_t mwh_of(const std::optional<MeteredEnergy>& energy) {
  return energy ? energy->mwh : std::numeric_limits<std::int64_t>::min();
}

std::int64_t change_of(const desk::StatementView& one) {
  return one.last_month ? (one.total - *one.last_month).fen : 0;
}

void sort_by(Statements& all, std::size_t key) {
  using View = desk::StatementView;
  const auto by = [&all](auto value) {
    std::ranges::stable_sort(all, {}, [&](const View* one) { return value(*one); });
  };
  by([](const View& one) -> const std::string& { return one.party; });
  switch (key) {
    case 1:
      by([](const View& one) -> const std::string& { return one.name.zh; });
      break;
    case 2:
      by([](const View& one) { return mwh_of(one.energy.made); });
      break;
    case 3:
      by([](const View& one) { return mwh_of(one.energy.sold); });
      break;
    case 4:
      by([](const View& one) { return mwh_of(one.energy.bought); });
      break;
    case 5:
      by([](const View& one) { return one.total.fen; });
      break;
    case 6:
      by(change_of);
      break;
    default:
      break;
  }
}

/// Those that the caller may see and asks for, in the order that he asks for.
Result<Statements> wanted_statements(const Call& call, const desk::MonthView& month) {
  static const std::vector<std::string> keys{"party",  "name",  "made",  "sold",
                                             "bought", "total", "change"};
  TRY(const std::size_t key, choice_of(call, "sort", keys));
  TRY(const std::size_t order, choice_of(call, "order", {"asc", "desc"}));
  TRY(const std::size_t holder, choice_of(call, "holder", settle::words_of(settle::Holder{})));
  const bool of_holder = call.request.parameter("holder").has_value();
  const std::string_view part = call.request.parameter("q").value_or("");
  const StatementSight sight = sight_of(call);
  Statements wanted;
  for (const desk::StatementView& one : month.statements) {
    if (sight.sees(one.party) && (!of_holder || one.holder == settle::Holder(holder)) &&
        has_part(one, part)) {
      wanted.push_back(&one);
    }
  }
  sort_by(wanted, key);
  if (order == 1) {
    std::ranges::reverse(wanted);
  }
  return wanted;
}

/// The line's id as one part of an address has "~" where the id has "/".
const settle::StatementLine* line_of(const settle::Statement& statement, std::string id) {
  for (const bool as_written : {true, false}) {
    const auto found = std::ranges::find(statement.lines, id, &settle::StatementLine::id);
    if (found != statement.lines.end()) {
      return &*found;
    }
    if (as_written) {
      std::ranges::replace(id, '~', '/');
    }
  }
  return nullptr;
}

/// An SVG path of the dark modules, row by row; runs of them are one rectangle.
std::string path_of(const statement::QrModules& modules) {
  std::string path;
  for (int row = 0; row < modules.width; ++row) {
    for (int column = 0; column < modules.width; ++column) {
      int end = column;
      while (end < modules.width && modules.is_dark(row, end)) {
        ++end;
      }
      if (end > column) {
        path += fmt::format("M{} {}h{}v1h-{}z", column, row, end - column, end - column);
        column = end;
      }
    }
  }
  return path;
}

SettlementJson qr_json(const std::string& text) {
  const auto modules = statement::qr_modules(text);
  if (!modules) {
    return nullptr;
  }
  return {{"modules", modules->width}, {"path", path_of(*modules)}};
}

}  // namespace

Result<http::Response> statements(const Call& call) {
  TRY(const PageOf page, page_of(call));
  const auto view = desk_of(call)->view();
  TRY(const desk::MonthView* const month, month_of(call, *view));
  TRY(const Statements wanted, wanted_statements(call, *month));
  auto first = wanted.begin();
  if (!page.after.empty()) {
    first = std::ranges::find(wanted, page.after, &desk::StatementView::party);
    first = first == wanted.end() ? first : std::next(first);
  }
  SettlementJson items = SettlementJson::array();
  for (; first != wanted.end() && items.size() < page.limit; ++first) {
    items.push_back(json_of(**first, month->text));
  }
  const bool is_last = first == wanted.end();
  SettlementJson next = is_last ? SettlementJson(nullptr) : items.back()["party"];
  return json_answer(
      call,
      bytes_of({{"items", std::move(items)}, {"next", std::move(next)}, {"count", wanted.size()}}));
}

Result<http::Response> statement(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const desk::StatementView* const kept, statement_of(call, *view));
  return json_answer(call, kept->json);
}

Result<http::Response> statement_line(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const desk::StatementView* const kept, statement_of(call, *view));
  TRY(const statement::Style style, style_of(call, *view));
  TRY(const settle::Statement statement, statement::read_json(*kept->json.bytes, kept->document));
  const settle::StatementLine* line = line_of(statement, std::string(call["line"]));
  const std::string id = line != nullptr ? line->id : std::string(call["line"]);
  TRY(const std::string text, statement::explain(statement, id, style));
  const SettlementJson whole = SettlementJson::parse(*kept->json.bytes);
  const auto place = static_cast<std::size_t>(line - statement.lines.data());
  return json_answer(
      call, bytes_of({{"statement", kept->id}, {"line", whole["lines"][place]}, {"text", text}}));
}

Result<http::Response> statement_proof(const Call& call) {
  const auto view = desk_of(call)->view();
  TRY(const desk::StatementView* const kept, statement_of(call, *view));
  TRY(const settle::Statement statement, statement::read_json(*kept->json.bytes, kept->document));
  const std::string asked(call.request.parameter("line").value_or(""));
  const settle::StatementLine* only = asked.empty() ? nullptr : line_of(statement, asked);
  for (const settle::StatementLine& line : statement.lines) {
    const bool is_wanted = asked.empty() || &line == only;
    const auto entry =
        is_wanted && !line.entry.empty() ? view->book->find(line.entry) : std::nullopt;
    if (!entry) {
      continue;
    }
    const settle::EntryProof proof{.key = line.entry,
                                   .entry_hash = view->book->log().entry_hash(*entry),
                                   .head = *view->head,
                                   .proof = view->book->log().inclusion(*entry, view->head->size)};
    const std::string text = statement::proof_text(proof);
    return json_answer(call, bytes_of({{"statement", kept->id},
                                       {"line", line.id},
                                       {"key", proof.key},
                                       {"entry_hash", hex(proof.entry_hash)},
                                       {"index", *entry},
                                       {"head", text_of(proof.head)},
                                       {"text", text},
                                       {"qr", qr_json(text)}}));
  }
  return fail(Fault::not_found,
              {"nothing of it was posted to the book, so there is nothing to prove",
               "该结算单(该项)未记账,没有可证明的分录"},
              {kept->id, 0, asked});
}

}  // namespace xiaoyuan::api
