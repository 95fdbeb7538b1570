// settle: the months up to one, and what came of it.
#include <fmt/format.h>

#include "cli/office_papers.hpp"
#include "cli/office_place.hpp"
#include "cli/terminal.hpp"
#include "office/papers.hpp"
#include "office/settle_through.hpp"
#include "statement/words.hpp"

namespace xiaoyuan::cli {

namespace {

Text effect_text(const office::Run& run) {
  switch (run.effect) {
    case office::Effect::settled:
      return {fmt::format("settled, revision {}, entries: {}", run.record.revision, run.entries),
              fmt::format("已结算,第 {} 版,记账 {} 条", run.record.revision, run.entries)};
    case office::Effect::unchanged:
      return {fmt::format("unchanged since revision {}", run.record.revision),
              fmt::format("与第 {} 版一致,无新记账", run.record.revision)};
    case office::Effect::looked:
      break;
  }
  return {"as it was known then; nothing was posted", "按当时已知读数,未记账"};
}

std::string kwh(const std::optional<MeteredEnergy>& energy) {
  return energy ? statement::short_kwh(*energy) : "–";
}

Text totals_text(const office::Run& run) {
  const settle::VillageTotals& totals = run.month.totals;
  return {fmt::format("{}: made {}, sold {}, bought {} kWh; bought for {}, sold for {} yuan ({})",
                      text_of(run.month.month), kwh(totals.energy.made), kwh(totals.energy.sold),
                      kwh(totals.energy.bought), statement::yuan_text(-totals.bought),
                      statement::yuan_text(totals.sold), effect_text(run).en),
          fmt::format("{}:发电 {}、上网 {}、购电 {} 千瓦时;购电费 {} 元,上网电费 {} 元({})",
                      text_of(run.month.month), kwh(totals.energy.made), kwh(totals.energy.sold),
                      kwh(totals.energy.bought), statement::yuan_text(-totals.bought),
                      statement::yuan_text(totals.sold), effect_text(run).zh)};
}

/// One line a month, and one for each thing that kept a household from being settled; what all of
/// them lack is nearly always one file, so that a few lines say it.
Text month_told(const office::Run& run, const Zone& zone) {
  constexpr std::size_t most_refusals = 12;
  Text text = totals_text(run);
  std::size_t refusals = 0;
  for (const settle::SettledMember& member : run.month.members) {
    for (const Error& error : member.refused) {
      if (++refusals <= most_refusals) {
        text.en += fmt::format("\n  {} not settled: {}", member.statement.party,
                               office::in_local_time(message(error, Language::english), zone));
        text.zh += fmt::format("\n  {} 未能结算:{}", member.statement.party,
                               office::in_local_time(message(error, Language::chinese), zone));
      }
    }
  }
  if (refusals > most_refusals) {
    text.en += fmt::format("\n  and {} more", refusals - most_refusals);
    text.zh += fmt::format("\n  另有 {} 处", refusals - most_refusals);
  }
  if (refusals > 0) {
    text.en += fmt::format(
        "\n  {} of {} households are not settled; import what is missing and "
        "settle again",
        run.record.refused.size(), run.month.members.size());
    text.zh += fmt::format("\n  共 {} 户,{} 户未能结算;请补导入所缺数据后重新结算",
                           run.month.members.size(), run.record.refused.size());
  }
  return text;
}

void add(Text& all, const Text& more) {
  all.en += (all.en.empty() ? "" : "\n") + more.en;
  all.zh += (all.zh.empty() ? "" : "\n") + more.zh;
}

class Settling {
 public:
  Settling(const SettleOptions& options, Language language)
      : options_(options), language_(language) {}

  /// Of the months that are settled so far.
  const Text& told() const { return told_; }

  Result<Text> run() {
    TRY(const office::Village village, read_settled_village(options_.place));
    TRY(const ledger::Period month, office::settled_month(options_.month, village, "--month"));
    TRY(const auto store,
        open_store_of(village, options_.place,
                      options_.known_at.empty() ? office::Use::write : office::Use::read));
    TRY(office::Office office, office::Office::open(*store, village, options_.threads));
    if (!options_.known_at.empty()) {
      return look(office, village, month);
    }
    if (auto done = settle_through(office, village, month); !done) {
      return std::unexpected(std::move(done.error()));
    }
    if (options_.seal) {
      TRY(const ledger::Head head, office.seal(month, now()));
      static_cast<void>(head);
      add(told_,
          {fmt::format("{} is sealed", text_of(month)), fmt::format("{} 已封账", text_of(month))});
    }
    const std::string head = text_of(office.book().head());
    add(told_, {"Head of the book, to be kept by village, grid company and town: " + head,
                "账本摘要(请村、电网企业、镇各自留存):" + head});
    if (!options_.out.empty()) {
      TRY(const std::vector<statement::Sheet> sheets,
          office::sheets_of({*store, office.book(), village.agreement}, month));
      TRY(const Text written, write_papers(sheets, {"pdf", "html", "csv", "xlsx"}, options_.out,
                                           {language_, village.zone()}));
      add(told_, written);
    }
    return told_;
  }

 private:
  Result<void> settle_through(office::Office& office, const office::Village& village,
                              ledger::Period last) {
    Progress progress({"settling", "结算"}, {"months", "月"}, language_);
    const auto on_run = [&](const office::Run& run, std::size_t done, std::size_t all) {
      progress.show(done, all);
      if (run.month.month == last || run.effect == office::Effect::settled) {
        add(told_, month_told(run, village.zone()));
      }
      return done == all || !interrupted();
    };
    return office::settle_through(office, village, {.last = last, .now = now, .on_run = on_run});
  }

  Result<Text> look(office::Office& office, const office::Village& village, ledger::Period month) {
    TRY(const Instant known_at,
        office::instant_from(options_.known_at, village.zone(), "--as-known-at"));
    TRY(const office::Run run, office.as_known_at(month, known_at));
    if (!options_.out.empty()) {
      std::vector<statement::Sheet> sheets;
      for (const settle::SettledMember& member : run.month.members) {
        sheets.push_back({.statement = member.statement});
      }
      for (const settle::Statement& party : run.month.parties) {
        sheets.push_back({.statement = party});
      }
      add(told_, month_told(run, village.zone()));
      TRY(const Text written, write_papers(sheets, {"pdf", "html", "csv", "xlsx"}, options_.out,
                                           {language_, village.zone()}));
      add(told_, written);
      return told_;
    }
    return month_told(run, village.zone());
  }

  const SettleOptions& options_;
  Language language_;
  Text told_;
};

}  // namespace

int run_settle(const SettleOptions& options, Language language) {
  catch_interrupts();
  Settling settling(options, language);
  const Result<Text> told = settling.run();
  if (!told) {  // the months before the one that failed are settled
    answer(settling.told(), language);
  }
  return answer(told, language);
}

}  // namespace xiaoyuan::cli
