#include "store/memory.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <ranges>
#include <set>

#include "store/answers.hpp"
#include "store/write_batch.hpp"

namespace xiaoyuan::store {

class MemoryShelf {
 public:
  template <class Row>
  struct RowOrder {
    bool operator()(const Row& a, const Row& b) const { return before(a, b); }
  };
  template <class Row>
  using RowSet = std::set<Row, RowOrder<Row>>;
  template <class Row>
  using ByMeter = std::map<std::string, RowSet<Row>>;

  std::recursive_mutex mutex;
  ByMeter<readings::RegisterReading> registers;
  ByMeter<StoredDay> days;
  std::vector<ledger::Entry> entries;
  RowSet<Document> documents;
  std::vector<BatchRecord> batches;
  std::map<std::string, std::size_t> keys;
};

std::shared_ptr<MemoryShelf> new_shelf() { return std::make_shared<MemoryShelf>(); }

namespace {

template <class Row>
using RowSet = MemoryShelf::RowSet<Row>;
template <class Row>
using ByMeter = MemoryShelf::ByMeter<Row>;

const std::string& meter_of(const readings::RegisterReading& reading) { return reading.key.meter; }
const std::string& meter_of(const StoredDay& day) { return day.meter; }

/// Remembers what it put, to take it back.
class MemoryStore final : public Store {
 public:
  explicit MemoryStore(std::shared_ptr<MemoryShelf> shelf) : shelf_(std::move(shelf)) {}

  Result<Written> write(const Batch& batch) override {
    const std::scoped_lock lock(shelf_->mutex);
    return write_batch(*this, batch);
  }
  Result<void> fill(const Portions& next) override {
    const std::scoped_lock lock(shelf_->mutex);
    return fill_keeper(*this, next);
  }
  Result<void> at_one_moment(const std::function<Result<void>()>& read) override {
    const std::scoped_lock lock(shelf_->mutex);
    return read();
  }

  Result<std::vector<readings::RegisterReading>> registers(const Asked& asked) override {
    const std::scoped_lock lock(shelf_->mutex);
    std::vector<readings::RegisterReading> answer;
    for (const std::string& meter : meters_of(asked, names(shelf_->registers))) {
      const auto& rows = shelf_->registers.at(meter);
      if (auto done = answer_registers({rows.begin(), rows.end()}, asked, answer); !done) {
        return std::unexpected(std::move(done.error()));
      }
    }
    return answer;
  }

  Result<void> days(const Asked& asked,
                    const std::function<bool(const StoredDay&)>& each) override {
    const std::scoped_lock lock(shelf_->mutex);
    for (const std::string& meter : meters_of(asked, names(shelf_->days))) {
      const auto& rows = shelf_->days.at(meter);
      TRY(const bool goes_on, answer_days({rows.begin(), rows.end()}, asked, each));
      if (!goes_on) {
        break;
      }
    }
    return {};
  }

  Result<std::uint64_t> book_size() override {
    const std::scoped_lock lock(shelf_->mutex);
    return shelf_->entries.size();
  }

  Result<std::vector<ledger::Entry>> entries(std::uint64_t from, std::uint64_t to) override {
    const std::scoped_lock lock(shelf_->mutex);
    std::vector<ledger::Entry> answer;
    for (std::uint64_t i = from; i < std::min<std::uint64_t>(to, shelf_->entries.size()); ++i) {
      answer.push_back(shelf_->entries[i]);
    }
    return answer;
  }

  Result<std::optional<Document>> document(const std::string& name) override {
    const std::scoped_lock lock(shelf_->mutex);
    const auto found = shelf_->documents.find({name, {}});
    return found == shelf_->documents.end() ? std::nullopt : std::optional(*found);
  }

  Result<std::vector<std::string>> documents(const std::string& prefix) override {
    const std::scoped_lock lock(shelf_->mutex);
    std::vector<std::string> answer;
    for (auto found = shelf_->documents.lower_bound({prefix, {}});
         found != shelf_->documents.end() && found->name.starts_with(prefix); ++found) {
      answer.push_back(found->name);
    }
    return answer;
  }

  Result<std::vector<BatchRecord>> batches() override {
    const std::scoped_lock lock(shelf_->mutex);
    return shelf_->batches;
  }

  Result<std::optional<BatchRecord>> batch(const std::string& key) override {
    const std::scoped_lock lock(shelf_->mutex);
    return find_batch(key);
  }

  // The steps of write_batch.hpp.
  Result<void> begin() {
    undo_.clear();
    return {};
  }
  Result<void> commit() { return {}; }
  void roll_back() {
    for (const std::function<void()>& step : std::views::reverse(undo_)) {
      step();
    }
  }
  Result<std::optional<BatchRecord>> find_batch(const std::string& key) {
    const auto found = shelf_->keys.find(key);
    return found == shelf_->keys.end() ? std::nullopt
                                       : std::optional(shelf_->batches[found->second]);
  }
  Result<std::uint64_t> size() { return shelf_->entries.size(); }
  Result<bool> is_empty() {
    return shelf_->batches.empty() && shelf_->entries.empty() && shelf_->registers.empty() &&
           shelf_->days.empty() && shelf_->documents.empty();
  }
  Result<void> put(const Pointers<readings::RegisterReading>& rows) {
    return put_all(rows,
                   [this](const auto& row) -> auto& { return of_meter(shelf_->registers, row); });
  }
  Result<void> put(const Pointers<StoredDay>& rows) {
    return put_all(rows, [this](const auto& row) -> auto& { return of_meter(shelf_->days, row); });
  }
  Result<void> put(const Pointers<Document>& rows) {
    return put_all(rows, [this](const auto& /*row*/) -> auto& { return shelf_->documents; });
  }
  Result<void> put(const Pointers<ledger::Entry>& rows) {
    undo_.emplace_back([this, size = shelf_->entries.size()] { shelf_->entries.resize(size); });
    for (const ledger::Entry* entry : rows) {
      shelf_->entries.push_back(*entry);
    }
    return {};
  }
  Result<void> put(const BatchRecord& record) {
    undo_.emplace_back([this, key = record.key] {
      shelf_->batches.pop_back();
      shelf_->keys.erase(key);
    });
    shelf_->keys.emplace(record.key, shelf_->batches.size());
    shelf_->batches.push_back(record);
    return {};
  }

 private:
  template <class Row>
  static std::vector<std::string> names(const ByMeter<Row>& by_meter) {
    std::vector<std::string> all;
    for (const auto& [meter, rows] : by_meter) {
      all.push_back(meter);
    }
    return all;
  }

  template <class Row>
  RowSet<Row>& of_meter(ByMeter<Row>& by_meter, const Row& row) {
    const auto [found, is_new] = by_meter.try_emplace(meter_of(row));
    if (is_new) {
      undo_.emplace_back([&by_meter, meter = meter_of(row)] { by_meter.erase(meter); });
    }
    return found->second;
  }

  template <class Row, class SetOf>
  Result<void> put_all(const Pointers<Row>& rows, SetOf set_of) {
    for (const Row* row : rows) {
      RowSet<Row>& set = set_of(*row);
      const auto [kept, is_new] = set.insert(*row);
      if (!is_new && *kept != *row) {
        return contradicts(*kept, *row);
      }
      if (is_new) {
        undo_.emplace_back([&set, kept] { set.erase(kept); });
      }
    }
    return {};
  }

  std::shared_ptr<MemoryShelf> shelf_;
  std::vector<std::function<void()>> undo_;
};

}  // namespace

std::unique_ptr<Store> open_memory(std::shared_ptr<MemoryShelf> shelf) {
  return std::make_unique<MemoryStore>(std::move(shelf));
}

}  // namespace xiaoyuan::store
