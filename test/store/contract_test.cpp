// The promises of a store, on memory, SQLite and PostgreSQL alike.
#include <algorithm>
#include <thread>

#include "ledger/log.hpp"
#include "made.hpp"

namespace xiaoyuan::store::test {
namespace {

Batch full_batch(const std::string& key, Entries& entries) {
  Batch batch = batch_of(key);
  batch.registers = {reading("m2", 0, 5, 100), reading("m1", 1, 7, 100)};
  batch.days = {stored_day("m2", 0, 30, 100), stored_day("m1", 0, 20, 100)};
  batch.entries = entries.next(3);
  batch.documents = {{"run/2026-10/2", std::string(5000, 'b')}, {"run/2026-10/1", ""}};
  return batch;
}

void keeps_all_of_a_batch(const World& world) {
  Entries entries(1);
  const Batch batch = full_batch("import/1", entries);
  kept(*world.open(), batch);
  const auto store = world.open();
  const auto registers = store->registers({}).value();
  ASSERT_EQ(registers.size(), 2U);
  EXPECT_EQ(registers[0], batch.registers[1]);
  EXPECT_EQ(registers[1], batch.registers[0]);
  const std::vector<StoredDay> days = days_in(*store);
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[0], batch.days[1]);
  EXPECT_EQ(days[1], batch.days[0]);
  EXPECT_EQ(store->book_size().value(), 3U);
  EXPECT_EQ(store->entries(0, 99).value(), batch.entries);
  EXPECT_EQ(store->entries(1, 2).value(), std::vector{batch.entries[1]});
  EXPECT_TRUE(store->entries(3, 9).value().empty());
  for (const Document& document : batch.documents) {
    EXPECT_EQ(store->document(document.name).value(), document);
  }
  EXPECT_FALSE(store->document("run/2026-10").value());
  const auto record = store->batch("import/1").value();
  ASSERT_TRUE(record);
  EXPECT_EQ(record->recorded_at, batch.recorded_at);
  EXPECT_EQ(record->registers, 2U);
  EXPECT_EQ(record->days, 2U);
  EXPECT_EQ(record->entries, 3U);
  EXPECT_EQ(record->documents, 2U);
  EXPECT_FALSE(store->batch("import/2").value());
}

void keeps_a_batch_once(const World& world) {
  Entries entries(1);
  const auto store = world.open();
  Batch batch = full_batch("import/1", entries);
  kept(*store, batch);
  batch.recorded_at += std::chrono::hours(5);
  std::ranges::reverse(batch.registers);
  std::ranges::reverse(batch.documents);
  batch.days.push_back(batch.days.front());
  EXPECT_EQ(store->write(batch).value(), Written::before);
  EXPECT_EQ(world.open()->write(batch).value(), Written::before);
  EXPECT_EQ(days_in(*store).size(), 2U);
  EXPECT_EQ(store->book_size().value(), 3U);
  EXPECT_EQ(store->batches().value().size(), 1U);
}

void refuses_another_batch_under_a_key(const World& world) {
  const auto changes = std::vector<void (*)(Batch&)>{
      [](Batch& b) { b.registers.front().value.mwh += 1; },
      [](Batch& b) { b.registers.front().source = "other.csv"; },
      [](Batch& b) { b.days.pop_back(); }, [](Batch& b) { b.entries.pop_back(); },
      [](Batch& b) { b.documents.front().bytes += "x"; }};
  Entries entries(1);
  const auto store = world.open();
  const Batch batch = full_batch("import/1", entries);
  kept(*store, batch);
  for (const auto& change : changes) {
    Batch other = batch;
    change(other);
    EXPECT_NE(refused(*store, other, Fault::conflict).find("import/1"), std::string::npos);
  }
  EXPECT_EQ(store->write(batch).value(), Written::before);
}

void keeps_nothing_of_a_refused_batch(const World& world) {
  Entries entries(1);
  const auto store = world.open();
  Batch first = full_batch("import/1", entries);
  kept(*store, first);
  Batch second_batch = batch_of("import/2");
  second_batch.registers = {reading("m3", 0, 5, 100)};
  second_batch.days = {stored_day("m3", 0, 5, 100)};
  second_batch.entries = entries.next(2);
  second_batch.documents = {{"a", "1"}, {"run/2026-10/1", "other"}};
  EXPECT_NE(refused(*store, second_batch, Fault::conflict), "");
  EXPECT_EQ(store->registers({}).value().size(), 2U);
  EXPECT_EQ(days_in(*store).size(), 2U);
  EXPECT_EQ(store->book_size().value(), 3U);
  EXPECT_FALSE(store->document("a").value());
  EXPECT_FALSE(store->batch("import/2").value());
  second_batch.documents.pop_back();
  kept(*store, second_batch);
  EXPECT_EQ(store->registers({}).value().size(), 3U);
}

void answers_what_was_known(const World& world) {
  const auto store = world.open();
  Batch batch = batch_of("1");
  batch.registers = {reading("m1", 0, 1, 100), reading("m1", 31, 9, 200)};
  batch.days = {stored_day("m1", 0, 10, 100), stored_day("m1", 1, 10, 100),
                stored_day("m2", 0, 10, 100)};
  kept(*store, batch);
  batch = batch_of("2");
  batch.registers = {reading("m1", 0, 2, 300)};
  batch.days = {stored_day("m1", 0, 11, 300), stored_day("m1", 0, 12, 200)};
  kept(*store, batch);

  const auto values = [&](const Asked& asked) {
    std::vector<std::int64_t> all;
    const auto registers = store->registers(asked).value();
    for (const auto& found : registers) {
      all.push_back(found.value.mwh);
    }
    return all;
  };
  using Numbers = std::vector<std::int64_t>;
  EXPECT_EQ(values({}), (Numbers{1, 2, 9}));
  Asked asked;
  asked.known_at = second(299);
  EXPECT_EQ(values(asked), (Numbers{1, 9}));
  asked.known_at = second(300);
  asked.to = second(october);
  EXPECT_EQ(values(asked), (Numbers{1, 2}));
  asked.from = second(october + 1);
  EXPECT_EQ(values(asked), Numbers{});

  const auto wh = [&](const Asked& about) {
    Numbers all;
    for (const StoredDay& day : days_in(*store, about)) {
      const auto intervals = readings::unpack(day.packed, day.meter).value();
      all.push_back(intervals.counts.front());
    }
    return all;
  };
  EXPECT_EQ(wh({}), (Numbers{11, 10, 10}));
  asked = {};
  asked.known_at = second(250);
  EXPECT_EQ(wh(asked), (Numbers{12, 10, 10}));
  asked.known_at = second(99);
  EXPECT_EQ(wh(asked), Numbers{});
  asked = {};
  asked.versions = Versions::all;
  EXPECT_EQ(wh(asked), (Numbers{10, 12, 11, 10, 10}));
  asked.known_at = second(200);
  asked.to = second(october);
  EXPECT_EQ(wh(asked), (Numbers{10, 12, 10}));
}

void answers_in_order_of_names(const World& world) {
  const auto store = world.open();
  Batch batch = batch_of("1");
  // By bytes: upper case before lower, ASCII before Chinese; and not in the order in which they
  // came.
  const std::vector<std::string> names{"院表3", "b", "a", "B", "a1", "表1"};
  for (const std::string& name : names) {
    batch.days.push_back(stored_day(name, 3, 1, 100));
    batch.registers.push_back(reading(name, 3, 1, 100));
  }
  batch.registers.push_back(reading("a", 2, 1, 100));
  batch.registers.push_back(batch.registers.back());
  batch.registers.back().key.channel = readings::Channel::exported;
  kept(*store, batch);
  std::vector<std::string> found;
  for (const StoredDay& day : days_in(*store)) {
    found.push_back(day.meter);
  }
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  EXPECT_EQ(found, sorted);
  auto registers = store->registers({}).value();
  EXPECT_TRUE(std::ranges::is_sorted(registers, {}, &readings::RegisterReading::key));
  EXPECT_EQ(registers.size(), 8U);

  Asked asked;
  asked.meters = {"表1", "nobody", "a", "a"};
  EXPECT_EQ(store->registers(asked).value().size(), 4U);
  EXPECT_EQ(days_in(*store, asked).size(), 2U);
  asked.meters = {"nobody"};
  EXPECT_TRUE(store->registers(asked).value().empty());
  std::size_t given = 0;
  EXPECT_TRUE(store->days({}, [&](const StoredDay&) { return ++given < 2; }));
  EXPECT_EQ(given, 2U);
}

void keeps_the_same_once_and_refuses_another(const World& world) {
  const auto store = world.open();
  Batch batch = batch_of("1");
  batch.registers = {reading("m1", 0, 1, 100)};
  batch.days = {stored_day("m1", 0, 10, 100)};
  batch.documents = {{"a", "1"}};
  kept(*store, batch);
  batch.key = "2";
  batch.registers.push_back(reading("m2", 0, 1, 100));
  batch.days.push_back(stored_day("m2", 0, 10, 100));
  batch.documents.push_back({"b", "2"});
  kept(*store, batch);
  EXPECT_EQ(store->registers({}).value().size(), 2U);
  EXPECT_EQ(days_in(*store).size(), 2U);
  EXPECT_EQ(store->documents("").value(), (std::vector<std::string>{"a", "b"}));

  const auto contradicting = [&](auto change) {
    Batch other = batch_of("3");
    other.registers = {reading("m0", 0, 1, 100)};
    other.days = {stored_day("m0", 0, 1, 100)};
    change(other);
    return refused(*store, other, Fault::conflict);
  };
  EXPECT_NE(contradicting([](Batch& b) {
              b.registers.push_back(reading("m1", 0, 2, 100));
            }).find("contradicts 0.00 kWh from \"file.csv\""),
            std::string::npos);
  EXPECT_NE(contradicting([](Batch& b) {
              b.days.push_back(stored_day("m1", 0, 11, 100));
            }).find("meter m1: "),
            std::string::npos);
  EXPECT_NE(contradicting([](Batch& b) { b.documents = {{"a", "2"}}; }).find("document \"a\""),
            std::string::npos);
  EXPECT_NE(contradicting([](Batch& b) { b.days.push_back(stored_day("m0", 0, 2, 100)); }), "");
  EXPECT_EQ(store->registers({}).value().size(), 2U);
  EXPECT_EQ(days_in(*store).size(), 2U);
}

void takes_only_the_next_entries(const World& world) {
  Entries entries(2);
  const auto store = world.open();
  Batch batch = batch_of("1");
  batch.entries = entries.next(4);
  const std::vector<ledger::Entry> four = batch.entries;
  for (const auto& wrong :
       {std::vector{four[1]}, std::vector{four[0], four[2]}, std::vector{four[0], four[0]}}) {
    batch.entries = wrong;
    EXPECT_NE(refused(*store, batch, Fault::conflict).find("is not the book's next"),
              std::string::npos);
  }
  batch.entries = four;
  kept(*store, batch);
  batch.key = "2";
  EXPECT_NE(refused(*store, batch, Fault::conflict).find("which is 4"), std::string::npos);
  EXPECT_EQ(ledger::verified(store->entries(0, 4).value(), {}).value(), entries.head());
}

void refuses_what_is_not_sealed(const World& world) {
  Entries entries(2);
  const auto store = world.open();
  Batch batch = batch_of("1");
  batch.days = {stored_day("m1", 0, 10, 100)};
  batch.days.front().packed += '\0';
  EXPECT_NE(refused(*store, batch, Fault::bad_input).find("digest"), std::string::npos);
  batch = batch_of("1");
  batch.entries = entries.next(1);
  batch.entries.front().bytes += '\0';
  EXPECT_NE(refused(*store, batch, Fault::bad_input).find("digest"), std::string::npos);
  batch = batch_of("1");
  batch.registers = {reading("", 0, 1, 1)};
  EXPECT_NE(refused(*store, batch, Fault::bad_input), "");
  batch.registers = {reading("m1", 0, 1, 1)};
  batch.registers.front().key.at = Instant::min();
  EXPECT_NE(refused(*store, batch, Fault::bad_input), "");
  batch.registers = {reading(std::string("m\0", 2), 0, 1, 1)};
  EXPECT_NE(refused(*store, batch, Fault::bad_input), "");
  batch = batch_of("");
  EXPECT_NE(refused(*store, batch, Fault::bad_input), "");
  EXPECT_TRUE(store->batches().value().empty());
}

void lists_documents_and_batches(const World& world) {
  const auto store = world.open();
  const std::vector<std::string> names{"run/2026-10/2", "run/2026-10/10", "run_2026-10/1",
                                       "statement/甲",  "run/2026-1",     "RUN/2026-10/1"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    Batch batch = batch_of(std::to_string(names.size() - i));
    batch.documents = {{names[i], names[i]}};
    kept(*store, batch);
  }
  EXPECT_EQ(store->documents("run/2026-10/").value(),
            (std::vector<std::string>{"run/2026-10/10", "run/2026-10/2"}));
  EXPECT_EQ(store->documents("statement/甲").value().size(), 1U);
  EXPECT_TRUE(store->documents("%").value().empty());
  EXPECT_EQ(store->documents("").value().size(), names.size());
  std::vector<std::string> keys;
  const std::vector<BatchRecord> trail = store->batches().value();
  for (const BatchRecord& record : trail) {
    keys.push_back(record.key);
    EXPECT_EQ(store->batch(record.key).value(), record);
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"6", "5", "4", "3", "2", "1"}));
}

/// A writer that comes while another reads is either kept waiting or not seen.
void reads_as_of_one_moment(const World& world) {
  Entries entries(5);
  const auto reader = world.open();
  Batch batch = full_batch("1", entries);
  kept(*reader, batch);
  Batch later = batch_of("2");
  later.entries = entries.next(2);
  later.registers = {reading("m9", 0, 1, 1)};
  std::jthread writer;
  const auto done = reader->at_one_moment([&]() -> Result<void> {
    EXPECT_EQ(reader->registers({}).value().size(), 2U);
    std::atomic<bool> written = false;
    writer = std::jthread([&] { kept(*world.open(), later); });
    for (int i = 0; i < 20; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      EXPECT_EQ(reader->book_size().value(), 3U);
      EXPECT_EQ(reader->registers({}).value().size(), 2U);
    }
    return fail(Fault::interrupted, {"as it was", "原样"});
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().front().what.en, "as it was");
  writer.join();
  EXPECT_EQ(reader->book_size().value(), 5U);
  EXPECT_EQ(reader->registers({}).value().size(), 3U);
}

/// Writes to the book what another may have written to meanwhile, until it is taken.
void write_at_last(Store& store, int writer, int number) {
  const std::string key = std::to_string(writer) + "/" + std::to_string(number);
  for (int i = 0; i < 1000; ++i) {
    auto entries = store.entries(0, 1'000'000).value();
    ledger::Book book = ledger::rebuilt(entries).value();
    Batch batch = batch_of(key);
    batch.registers = {reading("m" + key, 0, number, 100)};
    batch.entries = {book.apply(ledger::OpenAccount{{key, std::chrono::year(2026) / 10 / 1, ""},
                                                    {"owner",
                                                     {"n", "n"},
                                                     ledger::Unit::fen,
                                                     ledger::AccountKind::ordinary,
                                                     ledger::Limit::none}})
                         .value()
                         .entry};
    const auto written = store.write(batch);
    if (written) {
      return;
    }
    ASSERT_EQ(written.error().front().fault, Fault::conflict)
        << message(written.error().front(), Language::english);
  }
  ADD_FAILURE() << key << " was never taken";
}

void lets_two_write_at_once(const World& world) {
  constexpr int each = 8;
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 2; ++writer) {
      writers.emplace_back([&world, writer] {
        const auto store = world.open();
        for (int number = 0; number < each; ++number) {
          write_at_last(*store, writer, number);
        }
      });
    }
  }
  const auto store = world.open();
  EXPECT_EQ(store->batches().value().size(), 2U * each);
  EXPECT_EQ(store->registers({}).value().size(), 2U * each);
  const auto book = ledger::rebuilt(store->entries(0, 1'000'000).value());
  ASSERT_TRUE(book);
  EXPECT_EQ(book->size(), 2U * each);
}

struct Promise {
  const char* name;
  void (*check)(const World&);
};

const std::vector<Promise>& promises() {
  static const std::vector<Promise> all{
      {"KeepsAllOfABatch", keeps_all_of_a_batch},
      {"KeepsABatchOnce", keeps_a_batch_once},
      {"RefusesAnotherBatchUnderAKey", refuses_another_batch_under_a_key},
      {"KeepsNothingOfARefusedBatch", keeps_nothing_of_a_refused_batch},
      {"AnswersWhatWasKnown", answers_what_was_known},
      {"AnswersInOrderOfNames", answers_in_order_of_names},
      {"KeepsTheSameOnceAndRefusesAnother", keeps_the_same_once_and_refuses_another},
      {"TakesOnlyTheNextEntries", takes_only_the_next_entries},
      {"RefusesWhatIsNotSealed", refuses_what_is_not_sealed},
      {"ListsDocumentsAndBatches", lists_documents_and_batches},
      {"ReadsAsOfOneMoment", reads_as_of_one_moment},
      {"LetsTwoWriteAtOnce", lets_two_write_at_once}};
  return all;
}

class Contract : public ::testing::TestWithParam<Promise> {};

TEST_P(Contract, HoldsInMemory) { GetParam().check(memory_world()); }

TEST_P(Contract, HoldsOnSqlite) {
  const Folder folder;
  GetParam().check(world_at("sqlite", folder.path / "store.db"));
}

INSTANTIATE_TEST_SUITE_P(Store, Contract, ::testing::ValuesIn(promises()),
                         [](const auto& promise) { return std::string(promise.param.name); });

// In one test: a server takes a second to start, and each test may be a program of its own.
TEST(ContractOnPostgres, Holds) {
  POSTGRES_OR_SKIP(server);
  for (const Promise& promise : promises()) {
    SCOPED_TRACE(promise.name);
    promise.check(world_at("postgres", server->where(promise.name)));
  }
}

}  // namespace
}  // namespace xiaoyuan::store::test
