// The book of a village: entries as people can read them, its head, and proofs checked.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <ranges>

#include "api/asked_body.hpp"
#include "api/settlement_doors.hpp"
#include "api/settlement_json.hpp"
#include "api/settlement_parts.hpp"
#include "api/world.hpp"
#include "base/expected.hpp"
#include "ledger/codec.hpp"
#include "statement/proof_text.hpp"

namespace xiaoyuan::api {

namespace {

constexpr std::size_t most_shown = 100;  // transfers of an entry
constexpr std::size_t longest_proof = 20'000;
constexpr std::size_t most_heads = 100;

constexpr std::array kind_words{"open_account", "post",      "confirm",      "void",
                                "reverse",      "seal",      "open_dispute", "resolve_dispute",
                                "open_pool",    "recognise", "restate",      "claw_back"};
constexpr std::array fate_words{"standing", "open", "confirmed", "voided", "reversed", "resolved"};
constexpr std::array unit_words{"fen", "wh", "gco2e", "certificate"};

SettlementJson transfers_json(const ledger::Book& book, std::uint64_t entry) {
  SettlementJson list = SettlementJson::array();
  for (const ledger::Transfer& transfer : book.transfers(entry)) {
    if (list.size() == most_shown) {
      break;
    }
    const ledger::Account& debit = book.balances().account(transfer.debit);
    list.push_back({{"debit", debit.owner},
                    {"credit", book.balances().account(transfer.credit).owner},
                    {"amount", transfer.amount},
                    {"unit", unit_words.at(static_cast<std::size_t>(debit.unit))}});
  }
  return list;
}

Result<SettlementJson> entry_json(const ledger::Book& book, const ledger::Entry& entry) {
  TRY(const ledger::Command command,
      ledger::read_command(entry.bytes, fmt::format("entry {}", entry.number)));
  const ledger::Heading& heading = ledger::heading_of(command);
  const ledger::Record& record = book.record(entry.number);
  return SettlementJson{
      {"number", entry.number},
      {"key", entry.key},
      {"kind", kind_words.at(record.kind)},
      {"kind_name", json_of(ledger::kind_name(record.kind))},
      {"dated", fmt::format("{:04}-{:02}-{:02}", static_cast<int>(heading.dated.year()),
                            static_cast<unsigned>(heading.dated.month()),
                            static_cast<unsigned>(heading.dated.day()))},
      {"period", record.period == ledger::Period{} ? SettlementJson(nullptr)
                                                   : SettlementJson(text_of(record.period))},
      {"memo", heading.memo},
      {"fate", fate_words.at(static_cast<std::size_t>(record.fate))},
      {"transfers", transfers_json(book, entry.number)},
      {"transfers_count", book.transfers(entry.number).size()},
      {"hash", hex(entry.hash)}};
}

/// The entries before ?after=, or the newest ones: [from, to).
Result<std::pair<std::uint64_t, std::uint64_t>> span_of(const PageOf& page, std::uint64_t size) {
  std::uint64_t end = size;
  if (!page.after.empty()) {
    const char* last = page.after.data() + page.after.size();
    const auto [stop, error] = std::from_chars(page.after.data(), last, end);
    if (error != std::errc() || stop != last) {
      return fail(Fault::bad_input, number_expected(not_negative, page.after), {"", 0, "after"});
    }
    end = std::min(end, size);
  }
  return std::pair{end > page.limit ? end - page.limit : 0, end};
}

/// The village whose book had this head and whose head the caller may see.
SettlementJson book_with(const Call& call, const ledger::Head& head) {
  for (const auto& desk : call.world.villages->all()) {
    const auto view = desk->view();
    const auto reach = people::reach_of(
        call.caller,
        {.rights = "pvvvvvvv", .village = view->name, .holder = {}, .is_open = view->is_open});
    if (reach && view->book && head.size > 0 && head.size <= view->book->size() &&
        view->book->log().head(head.size) == head) {
      return view->name;
    }
  }
  return nullptr;
}

const char* kept_word(const std::vector<ledger::Head>& kept, const ledger::Head& head) {
  const char* word = "unknown";
  for (const ledger::Head& one : kept) {
    if (one == head) {
      return "same";
    }
    word = one.size == head.size ? "other" : word;
  }
  return word;
}

Result<std::vector<ledger::Head>> kept_heads(const std::vector<std::string>& texts) {
  std::vector<ledger::Head> heads;
  Errors errors;
  for (const std::string& text : texts) {
    auto head = ledger::read_head(text, {"", 0, "heads"});
    if (gather(head, errors)) {
      heads.push_back(*head);
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return heads;
}

}  // namespace

Result<http::Response> book(const Call& call) {
  TRY(const PageOf page, page_of(call));
  SettlementJson items = SettlementJson::array();
  std::uint64_t size = 0;
  std::uint64_t from = 0;
  auto looked = desk_of(call)->look([&](desk::Table& table) -> Result<void> {
    if (!table.view.book) {
      return {};
    }
    const ledger::Book& book = *table.view.book;
    size = book.size();
    TRY(const auto span, span_of(page, size));
    from = span.first;
    TRY(const std::vector<ledger::Entry> entries, table.store.entries(span.first, span.second));
    for (const ledger::Entry& entry : std::views::reverse(entries)) {
      TRY(SettlementJson json, entry_json(book, entry));
      items.push_back(std::move(json));
    }
    return {};
  });
  if (!looked) {
    return std::unexpected(std::move(looked.error()));
  }
  SettlementJson next = from == 0 ? SettlementJson(nullptr) : SettlementJson(std::to_string(from));
  return json_answer(
      call, bytes_of({{"items", std::move(items)}, {"next", std::move(next)}, {"size", size}}));
}

Result<http::Response> book_head(const Call& call) {
  return json_answer(call, bytes_of(head_json(*desk_of(call)->view())));
}

Result<http::Response> check_proof(const Call& call) {
  AskedBody body(call.request.body);
  const std::string text = body.text("proof", longest_proof);
  const std::vector<std::string> heads = body.texts_or_none("heads", most_heads);
  if (auto done = body.finish(); !done) {
    return std::unexpected(std::move(done.error()));
  }
  TRY(const std::vector<ledger::Head> kept, kept_heads(heads));
  TRY(const settle::EntryProof proof, statement::read_proof_text(text, {"", 0, "proof"}));
  const bool is_valid = ledger::proves(proof.proof, proof.entry_hash, proof.head);
  return json_answer(
      call, bytes_of({{"valid", is_valid},
                      {"key", proof.key},
                      {"index", proof.proof.index},
                      {"size", proof.head.size},
                      {"head", text_of(proof.head)},
                      {"kept", kept_word(kept, proof.head)},
                      {"book", is_valid ? book_with(call, proof.head) : SettlementJson(nullptr)}}));
}

}  // namespace xiaoyuan::api
