// The book against the plain book, step by step, on an office drawn from a seed.
// XIAOYUAN_BOOK_SEED and XIAOYUAN_BOOK_STEPS run others.
#include <gtest/gtest.h>

#include <cstdlib>

#include "ledger/log.hpp"
#include "support/office.hpp"
#include "support/plain_book.hpp"

namespace xiaoyuan::ledger {
namespace {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

test::Verdict verdict_of(const Result<Applied>& applied) {
  if (applied) {
    return applied->outcome == Applied::Outcome::taken ? test::Verdict::taken
                                                       : test::Verdict::repeated;
  }
  return applied.error().front().fault == Fault::conflict ? test::Verdict::conflict
                                                          : test::Verdict::refused;
}

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed) : office_(seed) {}

  /// "" when book and plain book agree after the step.
  std::string step() {
    const Command command = office_.next();
    const Head before = book_.head();
    const auto applied = book_.apply(command);
    const test::Verdict expected = plain_.apply(command);
    const std::string kind = kind_name(command.index()).en;
    if (verdict_of(applied) != expected) {
      return kind + ": verdict " + std::to_string(static_cast<int>(verdict_of(applied))) + " not " +
             std::to_string(static_cast<int>(expected)) +
             (applied ? "" : ": " + message(applied.error().front(), Language::english));
    }
    counts_[static_cast<std::size_t>(expected)][command.index()] += 1;
    if (expected == test::Verdict::taken) {
      entries_.push_back(applied->entry);
      const auto* post = std::get_if<Post>(&command);
      if (post != nullptr && post->stage == Stage::posted &&
          applied->period.month != plain_.month_for(post->heading.dated)) {
        return "period " + text_of(applied->period);
      }
    } else if (book_.head() != before) {
      return kind + ": changed the head without being taken";
    }
    const std::string wrong = compare();
    return wrong.empty() ? "" : kind + ": " + wrong;
  }

  const Book& book() const { return book_; }
  const std::vector<Entry>& entries() const { return entries_; }
  std::uint64_t count(test::Verdict verdict, std::size_t kind) const {
    return counts_[static_cast<std::size_t>(verdict)][kind];
  }

 private:
  std::string compare() const {
    if (book_.size() != plain_.size() || book_.balances().size() != plain_.accounts()) {
      return "sizes";
    }
    if (!book_.balances().is_conserved()) {
      return "debits are not credits";
    }
    const std::vector<test::PlainBalance> balances = plain_.balances();
    for (std::uint32_t i = 0; i < balances.size(); ++i) {
      if (plain_.account(i).kind == AccountKind::environment) {
        continue;
      }
      const Balance& b = book_.balances().balance({i});
      if (b.debits != balances[i].debits || b.credits != balances[i].credits ||
          b.debits_pending != balances[i].debits_pending ||
          b.credits_pending != balances[i].credits_pending) {
        return "balance of account " + std::to_string(i);
      }
    }
    if (const std::string wrong = compare_turnover(balances.size()); !wrong.empty()) {
      return wrong;
    }
    return compare_green();
  }

  std::string compare_turnover(std::size_t accounts) const {
    if (accounts == 0) {
      return "";
    }
    const auto account = static_cast<std::uint32_t>(book_.size() * 7 % accounts);
    const Period period{2026 * 12 + static_cast<int>(book_.size() % 40)};
    const Turnover turnover = book_.balances().turnover({account}, period);
    const test::PlainBalance expected = plain_.turnover(account, period.month);
    const bool green = plain_.account(account).kind == AccountKind::environment;
    return green || (turnover.debits == expected.debits && turnover.credits == expected.credits)
               ? ""
               : "turnover of account " + std::to_string(account);
  }

  std::string compare_green() const {
    for (std::uint32_t id = 0; id < plain_.pools().size(); ++id) {
      const test::PlainBook::Pool& pool = plain_.pools()[id];
      const PoolAccounts& accounts = book_.accounts_of({id});
      for (const State state :
           {State::carried, State::claimed, State::issued, State::sold, State::cancelled}) {
        const std::int64_t wh = plain_.count(id, state) * test::PlainBook::block_wh;
        if (-book_.balances().balance(accounts.wh(state)).credit() != wh) {
          return "Wh " + name_of(state).en + " of pool " + std::to_string(id);
        }
        const auto found = pool.certificates.find(state);
        const std::int64_t certificates = found == pool.certificates.end() ? 0 : found->second;
        if (state >= State::issued &&
            -book_.balances().balance(accounts.certificates(state)).credit() != certificates) {
          return "certificates " + name_of(state).en + " of pool " + std::to_string(id);
        }
        if (state >= State::sold &&
            book_.owed_wh({id}, state) != certificates * certificate_wh - wh) {
          return "owed of pool " + std::to_string(id);
        }
      }
    }
    return compare_places();
  }

  /// Every block stands where the plain book has it, and nothing else stands anywhere.
  std::string compare_places() const {
    std::map<std::tuple<std::string, std::int64_t, std::int64_t>, std::pair<std::uint32_t, State>>
        places;
    for (const test::PlainBook::Block& block : plain_.blocks()) {
      places[{block.meter, block.begin, block.index}] = {block.pool, block.state};
    }
    for (const char* meter : {"pv-h001", "pv-h002", "pv-h010"}) {
      for (const Environment::Piece& piece : book_.environment().pieces(meter)) {
        for (std::int64_t wh = piece.stretch.from_wh; wh < piece.stretch.to_wh;
             wh += test::PlainBook::block_wh) {
          const auto place = places.find({meter, piece.stretch.begin.time_since_epoch().count(),
                                          wh / test::PlainBook::block_wh});
          if (place == places.end() || place->second != std::pair(piece.pool.number, piece.state)) {
            return std::string("a stretch of ") + meter;
          }
          places.erase(place);
        }
      }
    }
    return places.empty() ? "" : "a stretch is missing";
  }

  test::Office office_;
  Book book_;
  test::PlainBook plain_;
  std::vector<Entry> entries_;
  std::array<std::array<std::uint64_t, std::variant_size_v<Command>>, 4> counts_{};
};

/// "" when all steps agreed, and the log rebuilds the book and proves every earlier head.
std::string run(Simulation& simulation, std::uint64_t steps) {
  std::vector<Head> heads;
  for (std::uint64_t i = 0; i < steps; ++i) {
    if (const std::string wrong = simulation.step(); !wrong.empty()) {
      return "step " + std::to_string(i) + ": " + wrong;
    }
    if (i % 250 == 0) {
      heads.push_back(simulation.book().head());
    }
  }
  const auto head = verified(simulation.entries(), heads);
  if (!head) {
    return message(head.error().front(), Language::english);
  }
  return *head == simulation.book().head() ? "" : "the rebuilt book has another head";
}

TEST(BookSimulator, AgreesWithThePlainBookAfterEveryStep) {
  const std::uint64_t seed = number_from("XIAOYUAN_BOOK_SEED", 20261031);
  const std::uint64_t steps = number_from("XIAOYUAN_BOOK_STEPS", 10'000);
  Simulation simulation(seed);
  ASSERT_EQ(run(simulation, steps), "") << "seed " << seed;
  for (std::size_t kind = 0; kind < std::variant_size_v<Command>; ++kind) {
    const std::string name = kind_name(kind).en;
    RecordProperty(name, static_cast<int>(simulation.count(test::Verdict::taken, kind)));
    if (steps >= 10'000) {  // the office did all there is to do, and did it wrongly too
      EXPECT_GT(simulation.count(test::Verdict::taken, kind), 2U) << name;
      EXPECT_GT(simulation.count(test::Verdict::repeated, kind), 0U) << name;
      EXPECT_GT(simulation.count(test::Verdict::conflict, kind), 0U) << name;
      const bool always = kind == kind_of<OpenAccount> || kind == kind_of<OpenPool>;
      EXPECT_GT(simulation.count(test::Verdict::refused, kind), always ? 0U : 2U) << name;
    }
  }
}

TEST(BookSimulator, AgreesOnManyShortDays) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Simulation simulation(seed);
    ASSERT_EQ(run(simulation, 300), "") << "seed " << seed;
  }
}

}  // namespace
}  // namespace xiaoyuan::ledger
