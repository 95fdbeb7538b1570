#include "store/postgres.hpp"

#include <fmt/format.h>

#include <set>
#include <thread>
#include <unordered_map>

#include "base/check.hpp"
#include "store/answers.hpp"
#include "store/postgres_keeper.hpp"
#include "store/row_values.hpp"
#include "store/write_batch.hpp"

namespace xiaoyuan::store {

namespace {

/// Meters that are asked for at once.
constexpr std::size_t meters_at_once = 500;

class PostgresStore final : public Store {
 public:
  Result<void> open(const std::string& where, const PostgresOptions& options) {
    patience_ = std::chrono::milliseconds(options.patience_ms);
    return keeper_.open(where, options);
  }

  /// Sent again after the connection was lost: a batch that is there by then is the one that was
  /// sent before, whose acknowledgement did not come back.
  Result<Written> write(const Batch& batch) override {
    expects(!reading_);
    bool was_sent = false;
    return persistently<Written>([&] {
      Result<Written> written = write_batch(keeper_, batch);
      if (was_sent && written == Written::before) {
        written = Written::now;
      }
      was_sent = was_sent || (!written && keeper_.commit_was_sent());
      return written;
    });
  }

  Result<void> fill(const Portions& next) override {
    expects(!reading_);
    return fill_keeper(keeper_, next);
  }

  Result<void> at_one_moment(const std::function<Result<void>()>& read) override {
    expects(!reading_);
    auto begun = persistently<void>([&] {
      return keeper_.connection.execute("begin isolation level repeatable read read only");
    });
    if (!begun) {
      return begun;
    }
    reading_ = true;
    Result<void> done = read();
    reading_ = false;
    keeper_.roll_back();
    return done;
  }

  Result<std::vector<readings::RegisterReading>> registers(const Asked& asked) override {
    return persistently<std::vector<readings::RegisterReading>>(
        [&]() -> Result<std::vector<readings::RegisterReading>> {
          std::vector<readings::RegisterReading> answer;
          auto done = for_meters(asked, [&](const std::vector<std::string>& meters) {
            return registers_of(meters, asked, answer);
          });
          if (!done) {
            return std::unexpected(std::move(done.error()));
          }
          return answer;
        });
  }

  Result<void> days(const Asked& asked,
                    const std::function<bool(const StoredDay&)>& each) override {
    // What was given cannot be given again: a connection that is lost on the way is an error.
    bool given = false;
    bool goes_on = true;
    const auto note = [&](const StoredDay& day) {
      given = true;
      return each(day);
    };
    const auto ask = [&] {
      return for_meters(asked, [&](const std::vector<std::string>& meters) -> Result<void> {
        if (!goes_on) {
          return {};
        }
        TRY(goes_on, days_of(meters, asked, note));
        return {};
      });
    };
    Result<void> done = ask();
    return done || given ? done : persistently<void>(ask);
  }

  Result<std::uint64_t> book_size() override {
    return persistently<std::uint64_t>([&] { return keeper_.size(); });
  }

  Result<std::vector<ledger::Entry>> entries(std::uint64_t from, std::uint64_t to) override {
    return persistently<std::vector<ledger::Entry>>([&] { return keeper_.entries(from, to); });
  }

  Result<std::optional<Document>> document(const std::string& name) override {
    return persistently<std::optional<Document>>([&] { return keeper_.document(name); });
  }

  Result<std::vector<std::string>> documents(const std::string& prefix) override {
    return persistently<std::vector<std::string>>([&] { return keeper_.documents(prefix); });
  }

  Result<std::vector<BatchRecord>> batches() override {
    return persistently<std::vector<BatchRecord>>([&] { return keeper_.batches(); });
  }

  Result<std::optional<BatchRecord>> batch(const std::string& key) override {
    return persistently<std::optional<BatchRecord>>([&] { return keeper_.find_batch(key); });
  }

 private:
  /// Does it, and where the server went away meanwhile calls it until it comes back or patience
  /// ends. Within one moment nothing is repeated: another connection would see another moment.
  template <class T, class Do>
  Result<T> persistently(Do once) {
    const auto end = std::chrono::steady_clock::now() + patience_;
    while (true) {
      Result<T> done = once();
      if (done || reading_ || !keeper_.connection.is_lost()) {
        return done;
      }
      while (!keeper_.reconnect()) {
        if (std::chrono::steady_clock::now() > end) {
          done.error().front().fault = Fault::unwritable;
          return done;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
      if (std::chrono::steady_clock::now() > end) {
        return done;
      }
    }
  }

  template <class Of>
  Result<void> for_meters(const Asked& asked, Of of) {
    if (auto read = keeper_.refresh_names(); !read) {
      return read;
    }
    const std::vector<std::string> meters = meters_of(asked, keeper_.meters().sorted());
    for (std::size_t i = 0; i < meters.size(); i += meters_at_once) {
      const auto begin = meters.begin() + static_cast<std::ptrdiff_t>(i);
      const auto size = static_cast<std::ptrdiff_t>(std::min(meters_at_once, meters.size() - i));
      if (auto done = of(std::vector<std::string>(begin, begin + size)); !done) {
        return done;
      }
    }
    return {};
  }

  Result<void> registers_of(const std::vector<std::string>& meters, const Asked& asked,
                            std::vector<readings::RegisterReading>& answer) {
    TRY(auto rows, keeper_.registers_of(meters, asked.from, asked.to));
    std::unordered_map<std::string, std::vector<readings::RegisterReading>> by_meter;
    for (readings::RegisterReading& row : rows) {
      by_meter[row.key.meter].push_back(std::move(row));
    }
    for (const std::string& meter : meters) {
      if (auto done = answer_registers(std::move(by_meter[meter]), asked, answer); !done) {
        return done;
      }
    }
    return {};
  }

  Result<bool> days_of(const std::vector<std::string>& meters, const Asked& asked,
                       const std::function<bool(const StoredDay&)>& each) {
    TRY(auto rows, keeper_.days_of(meters, asked.from, asked.to));
    std::unordered_map<std::string, std::vector<StoredDay>> by_meter;
    for (StoredDay& row : rows) {
      by_meter[row.meter].push_back(std::move(row));
    }
    for (const std::string& meter : meters) {
      TRY(const bool goes_on, answer_days(std::move(by_meter[meter]), asked, each));
      if (!goes_on) {
        return false;
      }
    }
    return true;
  }

  PostgresKeeper keeper_;
  std::chrono::milliseconds patience_{0};
  bool reading_ = false;
};

}  // namespace

Result<std::unique_ptr<Store>> open_postgres(const std::string& where,
                                             const PostgresOptions& options) {
  auto store = std::make_unique<PostgresStore>();
  if (auto opened = store->open(where, options); !opened) {
    if (opened.error().front().fault == Fault::interrupted) {
      opened.error().front().fault = Fault::unwritable;
    }
    return std::unexpected(std::move(opened.error()));
  }
  return store;
}

}  // namespace xiaoyuan::store
