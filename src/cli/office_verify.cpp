// verify and book: what anybody can check without this office, and what it hands out for that.
#include <fmt/format.h>

#include <filesystem>

#include "cli/office_place.hpp"
#include "cli/one_file.hpp"
#include "ledger/log.hpp"
#include "statement/proof_text.hpp"
#include "statement/words.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

constexpr std::string_view proof_head = "xiaoyuan-proof/";

Result<std::vector<ledger::Head>> heads_of(const VerifyOptions& options) {
  std::vector<ledger::Head> heads;
  Errors errors;
  for (const std::string& text : options.heads) {
    auto head = ledger::read_head(text, {"--head", 0, ""});
    if (gather(head, errors)) {
      heads.push_back(*head);
    }
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return heads;
}

Result<Text> verify_proof(const std::string& text, const std::vector<ledger::Head>& heads,
                          const Where& where) {
  TRY(const settle::EntryProof proof, statement::read_proof_text(text, where));
  if (!ledger::proves(proof.proof, proof.entry_hash, proof.head)) {
    return fail(Fault::bad_input,
                {"the proof does not lead from its entry to its head",
                 "证明不成立:由该条目推不出所附账本摘要"},
                where);
  }
  for (const ledger::Head& head : heads) {
    if (head.size == proof.head.size && head != proof.head) {
      return fail(Fault::conflict,
                  {fmt::format("the proof is of another book: its head is {}, yours {}",
                               text_of(proof.head), text_of(head)),
                   fmt::format("证明属于另一账本:其摘要为 {},您留存的为 {}", text_of(proof.head),
                               text_of(head))},
                  where);
    }
  }
  const bool is_known = std::ranges::find(heads, proof.head) != heads.end();
  const Text known = is_known
                         ? Text{"the head that you keep", "即您留存的摘要"}
                         : Text{"compare it with the head that you keep", "请与您留存的摘要核对"};
  return Text{fmt::format("Entry \"{}\" is number {} of the book {}: {}.", proof.key,
                          proof.proof.index, text_of(proof.head), known.en),
              fmt::format("条目“{}”为账本第 {} 条,账本摘要 {},{}。", proof.key, proof.proof.index,
                          text_of(proof.head), known.zh)};
}

Result<Text> verify_book(const std::string& bytes, const std::string& name,
                         const std::vector<ledger::Head>& heads) {
  TRY(const std::vector<ledger::Entry> entries, ledger::read_exported(bytes, name));
  TRY(const ledger::Head head, ledger::verified(entries, heads));
  const Text known =
      heads.empty() ? Text{"no head of your own was given (--head)", "未提供留存的摘要(--head)"}
      : heads.size() == 1
          ? Text{"and it goes on from the head that you keep", "与留存的摘要相符"}
          : Text{fmt::format("and it goes on from the {} heads that you keep", heads.size()),
                 fmt::format("与留存的 {} 个摘要均相符", heads.size())};
  return Text{
      fmt::format("{}: {} entries, every one follows from those before it, debits equal credits, "
                  "{}.\nHead: {}",
                  name, entries.size(), known.en, text_of(head)),
      fmt::format("{}:{} 条记录逐条相承,借贷平衡,{}。\n账本摘要:{}", name, entries.size(), known.zh,
                  text_of(head))};
}

Result<Text> verified(const VerifyOptions& options) {
  TRY(const std::vector<ledger::Head> heads, heads_of(options));
  if (!options.proof.empty()) {
    return verify_proof(options.proof, heads, {"--proof", 0, ""});
  }
  if (options.file.empty()) {
    return fail(Fault::bad_input, {"name a file, or give --proof", "请指定文件或 --proof"},
                {"verify", 0, ""});
  }
  const std::filesystem::path file(options.file);
  TRY(const std::string bytes, store::folder(folder_of(file)).read(file.filename().string()));
  return trimmed(bytes).starts_with(proof_head) ? verify_proof(bytes, heads, {options.file, 0, ""})
                                                : verify_book(bytes, options.file, heads);
}

/// What each holder is owed, or owes (below zero).
Text balances_of(const ledger::Book& book) {
  Text text;
  for (std::uint32_t number = 0; number < book.balances().size(); ++number) {
    const ledger::AccountId id{number};
    const ledger::Account& account = book.balances().account(id);
    const ledger::Balance& balance = book.balances().balance(id);
    const std::int64_t pending = balance.debits_pending + balance.credits_pending;
    if (account.unit != ledger::Unit::fen || (balance.credit() == 0 && pending == 0)) {
      continue;
    }
    const std::string amount = statement::signed_yuan(Money{balance.credit()});
    const Text frozen = pending == 0 ? Text{}
                                     : Text{fmt::format("  ({} disputed)", text_of(Money{pending})),
                                            fmt::format("  (争议 {})", text_of(Money{pending}))};
    text.en += fmt::format("\n  {:<12} {:>14}{}", account.owner, amount, frozen.en);
    text.zh += fmt::format("\n  {:<12} {:>14}{}", account.owner, amount, frozen.zh);
  }
  if (!text.en.empty()) {
    text.en = "\nYuan that the others owe each (below zero: it owes):" + text.en;
    text.zh = "\n各账户余额(元;正为应收,负为应付):" + text.zh;
  }
  return text;
}

Result<Text> shown(const BookOptions& options) {
  TRY(const auto store, open_store(options.place));
  TRY(const std::uint64_t size, store->book_size());
  TRY(const std::vector<ledger::Entry> entries, store->entries(0, size));
  TRY(const ledger::Book book, ledger::rebuilt(entries));
  if (!options.out.empty()) {
    if (auto written = write_one(options.out, ledger::exported(entries)); !written) {
      return std::unexpected(std::move(written.error()));
    }
  }
  const std::string month = book.sealed() ? text_of(*book.sealed()) : "";
  const Text sealed = month.empty() ? Text{"nothing sealed", "尚未封账"}
                                    : Text{"sealed up to " + month, "已封账至 " + month};
  Text balances = balances_of(book);
  if (!options.out.empty()) {
    balances.en += "\nWritten to " + options.out;
    balances.zh += "\n已写入 " + options.out;
  }
  return Text{
      fmt::format("{} entries, {}\nHead: {}{}", size, sealed.en, text_of(book.head()), balances.en),
      fmt::format("共 {} 条,{}\n账本摘要:{}{}", size, sealed.zh, text_of(book.head()),
                  balances.zh)};
}

}  // namespace

int run_verify(const VerifyOptions& options, Language language) {
  return answer(verified(options), language);
}

int run_book(const BookOptions& options, Language language) {
  return answer(shown(options), language);
}

}  // namespace xiaoyuan::cli
