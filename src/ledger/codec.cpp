#include "ledger/codec.hpp"

#include <fmt/format.h>

#include <tuple>

#include "ledger/bytes.hpp"

namespace xiaoyuan::ledger {

namespace {

constexpr std::uint8_t form = 1;

// Each kind names its fields once; the writer and the reader both follow that list.
template <class C>
auto fields(C& command) {
  using Plain = std::remove_const_t<C>;
  if constexpr (std::is_same_v<Plain, OpenAccount>) {
    return std::tie(command.account);
  } else if constexpr (std::is_same_v<Plain, Account>) {
    return std::tie(command.owner, command.name, command.unit, command.kind, command.limit);
  } else if constexpr (std::is_same_v<Plain, Text>) {
    return std::tie(command.en, command.zh);
  } else if constexpr (std::is_same_v<Plain, Transfer>) {
    return std::tie(command.debit, command.credit, command.amount);
  } else if constexpr (std::is_same_v<Plain, Post>) {
    return std::tie(command.stage, command.transfers);
  } else if constexpr (std::is_same_v<Plain, Confirm>) {
    return std::tie(command.pending, command.amounts);
  } else if constexpr (std::is_same_v<Plain, Void>) {
    return std::tie(command.pending);
  } else if constexpr (std::is_same_v<Plain, Reverse>) {
    return std::tie(command.reversed);
  } else if constexpr (std::is_same_v<Plain, Seal>) {
    return std::tie(command.period);
  } else if constexpr (std::is_same_v<Plain, OpenDispute>) {
    return std::tie(command.disputed, command.transfers);
  } else if constexpr (std::is_same_v<Plain, ResolveDispute>) {
    return std::tie(command.dispute, command.transfers);
  } else if constexpr (std::is_same_v<Plain, OpenPool>) {
    return std::tie(command.owner, command.name, command.kind);
  } else if constexpr (std::is_same_v<Plain, Stretch>) {
    return std::tie(command.meter, command.begin, command.end, command.from_wh, command.to_wh);
  } else if constexpr (std::is_same_v<Plain, Restate>) {
    return std::tie(command.pool, command.from, command.to, command.wh);
  } else {
    static_assert(std::is_same_v<Plain, Recognise> || std::is_same_v<Plain, ClawBack>);
    return std::tie(command.pool, command.stretch);
  }
}

struct FieldWriter {
  ByteWriter& bytes;

  void operator()(const std::string& text) { bytes.text(text); }
  void operator()(std::int64_t number) { bytes.number(number); }
  void operator()(AccountId id) { bytes.number(id.number); }
  void operator()(PoolId id) { bytes.number(id.number); }
  void operator()(Period period) { bytes.number(period.month); }
  void operator()(const Instant& instant) {
    bytes.number(std::int64_t{instant.time_since_epoch().count()});
  }
  void operator()(const Date& date) {
    bytes.number(static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count()));
  }
  template <class T>
    requires std::is_enum_v<T>
  void operator()(T choice) {
    bytes.number(static_cast<std::uint8_t>(choice));
  }
  template <class T>
  void operator()(const std::vector<T>& list) {
    bytes.number(static_cast<std::uint32_t>(list.size()));
    for (const T& item : list) {
      (*this)(item);
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void operator()(const T& parts) {
    std::apply([this](const auto&... field) { ((*this)(field), ...); }, fields(parts));
  }
};

template <class T>
constexpr T last_choice();
template <>
constexpr Unit last_choice() {
  return Unit::certificate;
}
template <>
constexpr AccountKind last_choice() {
  return AccountKind::environment;
}
template <>
constexpr Limit last_choice() {
  return Limit::credits_within_debits;
}
template <>
constexpr Stage last_choice() {
  return Stage::pending;
}
template <>
constexpr PoolKind last_choice() {
  return PoolKind::non_tradable;
}
template <>
constexpr State last_choice() {
  return State::cancelled;
}

struct FieldReader {
  ByteReader& bytes;

  void operator()(std::string& text) { text = bytes.text(); }
  void operator()(std::int64_t& number) { number = bytes.number<std::int64_t>(); }
  void operator()(AccountId& id) { id.number = bytes.number<std::uint32_t>(); }
  void operator()(PoolId& id) { id.number = bytes.number<std::uint32_t>(); }
  void operator()(Period& period) { period.month = bytes.number<std::int32_t>(); }
  void operator()(Instant& instant) {
    instant = Instant(std::chrono::seconds(bytes.number<std::int64_t>()));
  }
  void operator()(Date& date) {
    const auto days = bytes.number<std::int32_t>();
    date = Date(std::chrono::sys_days(std::chrono::days(days)));
    if (!is_datable(date)) {
      bytes.refuse();
    }
  }
  template <class T>
    requires std::is_enum_v<T>
  void operator()(T& choice) {
    const auto number = bytes.number<std::uint8_t>();
    if (number > static_cast<std::uint8_t>(last_choice<T>())) {
      bytes.refuse();
      return;
    }
    choice = static_cast<T>(number);
  }
  template <class T>
  void operator()(std::vector<T>& list) {
    constexpr std::size_t size = std::is_same_v<T, Transfer> ? 16 : sizeof(T);
    list.resize(bytes.count(size));
    for (T& item : list) {
      (*this)(item);
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void operator()(T& parts) {
    std::apply([this](auto&... field) { ((*this)(field), ...); }, fields(parts));
  }
};

template <std::size_t alternative = 0>
bool choose(Command& command, std::size_t wanted) {
  if constexpr (alternative < std::variant_size_v<Command>) {
    if (wanted == alternative) {
      command.emplace<alternative>();
      return true;
    }
    return choose<alternative + 1>(command, wanted);
  }
  return false;
}

}  // namespace

std::string bytes_of(const Command& command) {
  ByteWriter bytes;
  bytes.number(form);
  bytes.number(static_cast<std::uint8_t>(command.index()));
  FieldWriter write{bytes};
  std::visit(
      [&](const auto& kind) {
        write(kind.heading.key);
        write(kind.heading.dated);
        write(kind.heading.memo);
        write(kind);
      },
      command);
  return bytes.take();
}

Result<Command> read_command(std::string_view bytes, const std::string& name) {
  ByteReader reader(bytes);
  Command command;
  if (reader.number<std::uint8_t>() != form || !choose(command, reader.number<std::uint8_t>())) {
    reader.refuse();
  }
  FieldReader read{reader};
  std::visit(
      [&](auto& kind) {
        read(kind.heading.key);
        read(kind.heading.dated);
        read(kind.heading.memo);
        read(kind);
      },
      command);
  if (!reader.is_whole()) {
    return fail(
        Fault::bad_input,
        {fmt::format("expected the bytes of an entry; byte {} is not one of them", reader.at()),
         fmt::format("应为一条账目的字节;第 {} 字节处不符", reader.at())},
        {name, 0, ""});
  }
  return command;
}

}  // namespace xiaoyuan::ledger
