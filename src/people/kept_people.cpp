#include "people/kept_people.hpp"

#include <algorithm>

#include "store/open.hpp"

namespace xiaoyuan::people {

namespace {

constexpr int most_tries = 20;
constexpr std::uint64_t most_lines_looked_at = 5'000;

}  // namespace

Result<std::unique_ptr<People>> People::open(const std::string& where) {
  TRY(auto store, store::open(where));
  return open(std::move(store));
}

Result<std::unique_ptr<People>> People::open(std::unique_ptr<store::Store> store) {
  auto people = std::make_unique<KeptPeople>(std::move(store));
  if (auto read = people->catch_up(Instant::min()); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return people;
}

KeptPeople::~KeptPeople() {
  const std::scoped_lock lock(writing_);
  // What cannot be kept now ends some sessions a little earlier; nobody is there to be told.
  const auto kept = keep_uses(Instant::max());
  static_cast<void>(kept);
}

void KeptPeople::take(const Line& line) {
  const std::unique_lock lock(guard_);
  state_.apply(line);
  if (line.deed.what == "session.opened" && !line.deed.peer.empty()) {
    if (const AccountRecord* record = state_.find(line.deed.account); record != nullptr) {
      attempts_.trust(record->account.name, line.deed.peer, line.deed.at);
    }
  }
}

Result<void> KeptPeople::read_new() {
  return journal_.read_new([this](const Line& line) { take(line); });
}

Result<Line> KeptPeople::write(Instant at, const Make& make) {
  const std::scoped_lock lock(writing_);
  for (int i = 0; i < most_tries; ++i) {
    if (auto read = read_new(); !read) {
      return std::unexpected(std::move(read.error()));
    }
    if (auto kept = keep_uses(at); !kept) {
      return std::unexpected(std::move(kept.error()));
    }
    // The state changes under writing_ alone, so it may be read here without guard_.
    TRY(Line line, make(state_, journal_.next()));
    TRY(const bool is_kept, journal_.append(line));
    if (is_kept) {
      take(line);
      return line;
    }
  }
  return fail(Fault::unwritable, {"other programs write to the journal of people all the time",
                                  "用户日志持续被其他程序写入"});
}

Result<void> KeptPeople::keep_uses(Instant now) {
  Line line;
  line.used = state_.uses_to_keep();
  if (line.used.empty()) {
    return {};
  }
  for (const auto& [id, at] : line.used) {
    line.deed.at = std::max(line.deed.at, at);
  }
  line.deed.at = std::min(line.deed.at, now);
  line.deed.what = "used";
  TRY(const bool is_kept, journal_.append(line));
  if (is_kept) {
    take(line);
  }
  return {};
}

Result<void> KeptPeople::catch_up(Instant now) {
  const std::scoped_lock lock(writing_);
  if (auto read = read_new(); !read) {
    return read;
  }
  return keep_uses(now);
}

bool KeptPeople::is_empty() const {
  const std::shared_lock lock(guard_);
  return state_.accounts().empty();
}

std::vector<Account> KeptPeople::accounts() const {
  std::vector<Account> all;
  {
    const std::shared_lock lock(guard_);
    for (const auto& [id, record] : state_.accounts()) {
      all.push_back(record.account);
    }
  }
  std::ranges::sort(all, {}, &Account::name);
  return all;
}

std::optional<Account> KeptPeople::account(const std::string& id) const {
  const std::shared_lock lock(guard_);
  const AccountRecord* record = state_.find(id);
  return record == nullptr ? std::nullopt : std::optional(record->account);
}

Caller KeptPeople::caller_of_session(std::string_view secret, Instant now) const {
  const std::shared_lock lock(guard_);
  return state_.session(secret, now);
}

Caller KeptPeople::caller_of_token(std::string_view secret, Instant now) const {
  const std::shared_lock lock(guard_);
  return state_.token(secret, now);
}

std::vector<Token> KeptPeople::tokens(const std::string& account) const {
  const std::shared_lock lock(guard_);
  return state_.tokens(account);
}

Result<void> KeptPeople::note(const Deed& deed) {
  auto line = write(deed.at, [&deed](const State&, std::uint64_t) -> Result<Line> {
    Line made;
    made.deed = deed;
    return made;
  });
  if (!line) {
    return std::unexpected(std::move(line.error()));
  }
  return {};
}

Result<TrailPage> KeptPeople::trail(const TrailAsked& asked) const {
  const std::scoped_lock lock(writing_);
  TrailPage page;
  std::uint64_t number = journal_.next();
  if (asked.before > 0) {
    number = std::min(number, asked.before);
  }
  const std::uint64_t last = number > most_lines_looked_at ? number - most_lines_looked_at : 1;
  while (number > last && page.deeds.size() < asked.most) {
    --number;
    TRY(Line line, journal_.line(number));
    const Deed& deed = line.deed;
    if (line.is_deed() && (asked.account.empty() || deed.account == asked.account) &&
        deed.what.starts_with(asked.what)) {
      page.deeds.push_back(std::move(line.deed));
    }
  }
  page.next = number > 1 ? number : 0;
  return page;
}

}  // namespace xiaoyuan::people
