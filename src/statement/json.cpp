#include "statement/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/expected.hpp"

namespace xiaoyuan::statement {

namespace {

using Json = nlohmann::ordered_json;

template <class S, class Plain>
concept IsA = std::is_same_v<std::remove_const_t<S>, Plain>;

// Each part names its fields once, in the order of the file; writer and reader both follow.
template <class V, IsA<Text> S>
void fields(V& visit, S& text) {
  visit("en", text.en);
  visit("zh", text.zh);
}

template <class V, IsA<readings::Period> S>
void fields(V& visit, S& period) {
  visit("from_unix_s", period.from);
  visit("to_unix_s", period.to);
}

template <class V, IsA<readings::Piece> S>
void fields(V& visit, S& piece) {
  visit("meter", piece.meter);
  visit("multiplier", piece.multiplier);
  visit("period", piece.period);
  visit("start_mWh", piece.start);
  visit("end_mWh", piece.end);
  visit("rolled_over", piece.rolled_over);
  visit("energy_mWh", piece.energy);
}

template <class V, IsA<settle::Source> S>
void fields(V& visit, S& source) {
  visit("channel", source.channel);
  visit("rate", source.rate);
  visit("piece", source.piece);
  visit("grade", source.grade);
}

template <class V, IsA<readings::RuleNote> S>
void fields(V& visit, S& note) {
  visit("rule", note.rule);
  visit("outcome", note.outcome);
  visit("why", note.why);
}

template <class V, IsA<settle::Theirs> S>
void fields(V& visit, S& theirs) {
  visit("energy_mWh", theirs.energy);
  visit("price_yuan_e8", theirs.price);
  visit("amount_fen", theirs.amount);
  visit("document", theirs.document);
}

template <class V, IsA<settle::StatementLine> S>
void fields(V& visit, S& line) {
  visit("id", line.id);
  visit("section", line.section);
  visit("label", line.label);
  visit("explanation", line.explanation);
  visit("energy_mWh", line.energy);
  visit("price_yuan_e8", line.price);
  visit("amount_fen", line.amount);
  visit("gco2e", line.gco2e);
  visit("certificates", line.certificates);
  visit("grade", line.grade);
  visit("document", line.document);
  visit("version", line.version);
  visit("sources", line.sources);
  visit("rules", line.rules);
  visit("entry", line.entry);
  visit("party", line.party);
  visit("theirs", line.theirs);
}

template <class V, IsA<settle::MonthEnergy> S>
void fields(V& visit, S& energy) {
  visit("made_mWh", energy.made);
  visit("self_used_mWh", energy.self_used);
  visit("sold_mWh", energy.sold);
  visit("bought_mWh", energy.bought);
  visit("shared_in_mWh", energy.shared_in);
  visit("shared_out_mWh", energy.shared_out);
}

template <class V, IsA<settle::Change> S>
void fields(V& visit, S& change) {
  visit("label", change.label);
  visit("explanation", change.explanation);
  visit("difference_fen", change.difference);
}

template <class V, IsA<ledger::InclusionProof> S>
void fields(V& visit, S& proof) {
  visit("index", proof.index);
  visit("size", proof.size);
  visit("path", proof.path);
}

template <class V, IsA<settle::EntryProof> S>
void fields(V& visit, S& proof) {
  visit("key", proof.key);
  visit("entry_hash", proof.entry_hash);
  visit("head", proof.head);
  visit("proof", proof.proof);
}

template <class V, IsA<settle::Statement> S>
void fields(V& visit, S& statement) {
  visit("id", statement.id);
  visit("revision", statement.revision);
  visit("holder", statement.holder);
  visit("party", statement.party);
  visit("name", statement.name);
  visit("village", statement.village);
  visit("illustrative", statement.illustrative);
  visit("month", statement.month);
  visit("known_at_unix_s", statement.known_at);
  visit("energy", statement.energy);
  visit("lines", statement.lines);
  visit("last_month_fen", statement.last_month);
  visit("changes", statement.changes);
  visit("proof", statement.proof);
}

template <class E>
const std::vector<std::string>& words() {
  if constexpr (std::is_same_v<E, readings::Grade>) {
    static const std::vector<std::string> grades{"measured", "estimated", "edited", "missing",
                                                 "refused"};
    return grades;
  } else {
    return words_of(E{});
  }
}

/// Writes the file as text at once: a tree of its parts first would take ten times as long.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <class T>
  void operator()(const char* name, const T& value) {
    out_ += is_first_ ? "\"" : ",\"";
    is_first_ = false;
    out_ += name;
    out_ += "\":";
    put(value);
  }

  void put(const std::string& value) {
    const bool is_plain = std::ranges::all_of(value, [](char c) {
      return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\';
    });
    if (is_plain && is_utf8(value)) {
      out_ += '"';
      out_ += value;
      out_ += '"';
    } else {
      out_ += Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
  }
  void put(bool value) { out_ += value ? "true" : "false"; }
  template <std::integral T>
  void put(T value) {
    const fmt::format_int digits(value);
    out_.append(digits.data(), digits.size());
  }
  void put(Money value) { put(value.fen); }
  void put(Price value) { put(value.units); }
  void put(MeteredEnergy value) { put(value.mwh); }
  void put(Instant value) { put(std::int64_t{value.time_since_epoch().count()}); }
  void put(ledger::Period value) { put(text_of(value)); }
  void put(const Digest& value) { put(hex(value)); }
  void put(const ledger::Head& value) { put(text_of(value)); }
  template <class T>
    requires std::is_enum_v<T>
  void put(T value) {
    put(words<T>()[static_cast<std::size_t>(value)]);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    if (value) {
      put(*value);
    } else {
      out_ += "null";
    }
  }
  template <class T>
  void put(const std::vector<T>& values) {
    out_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      out_ += i == 0 ? "" : ",";
      put(values[i]);
    }
    out_ += ']';
  }
  template <class T>
    requires std::is_class_v<T>
  void put(const T& value) {
    out_ += '{';
    Writer parts(out_);
    fields(parts, value);
    out_ += '}';
  }

 private:
  std::string& out_;
  bool is_first_ = true;
};

/// Reads one object; errors go to the list that all readers of the file share.
class Reader {
 public:
  Reader(const Json& object, std::string path, const std::string& file, Errors& errors)
      : object_(object), path_(std::move(path)), file_(file), errors_(errors) {}

  template <class T>
  void operator()(const char* name, T& value) {
    known_.emplace_back(name);
    const std::string path = path_.empty() ? name : fmt::format("{}.{}", path_, name);
    const auto found = object_.find(name);
    if (found == object_.end()) {
      complain(path, missing());
      return;
    }
    take(*found, value, path);
  }

  void refuse_unknown() {
    for (const auto& [name, value] : object_.items()) {
      if (std::ranges::find(known_, name) == known_.end()) {
        complain(path_.empty() ? name : fmt::format("{}.{}", path_, name),
                 unknown_name(name, known_));
      }
    }
  }

 private:
  void complain(const std::string& path, Text what) {
    errors_.push_back({Fault::bad_input, std::move(what), {file_, 0, path}});
  }
  void expected(const std::string& path, const Text& kind, const Json& found) {
    const std::string shown =
        found.is_structured() ? std::string(found.type_name()) : found.dump().substr(0, 40);
    const std::string told = is_utf8(shown) ? shown : std::string(found.type_name());
    complain(path, {fmt::format("expected {}, found {}", kind.en, told),
                    fmt::format("应为{},实为 {}", kind.zh, told)});
  }

  void take(const Json& json, std::string& value, const std::string& path) {
    if (!json.is_string()) {
      expected(path, {"text", "文本"}, json);
      return;
    }
    value = json.get<std::string>();
  }
  void take(const Json& json, bool& value, const std::string& path) {
    if (!json.is_boolean()) {
      expected(path, {"true or false", "true 或 false"}, json);
      return;
    }
    value = json.get<bool>();
  }
  template <std::integral T>
  void take(const Json& json, T& value, const std::string& path) {
    const bool fits = json.is_number_unsigned()
                          ? std::in_range<T>(json.get<std::uint64_t>())
                          : json.is_number_integer() && std::in_range<T>(json.get<std::int64_t>());
    if (!fits) {
      expected(path, {"a whole number that its field can hold", "字段范围内的整数"}, json);
      return;
    }
    value = json.get<T>();
  }
  void take(const Json& json, Money& value, const std::string& path) {
    take(json, value.fen, path);
  }
  void take(const Json& json, Price& value, const std::string& path) {
    take(json, value.units, path);
  }
  void take(const Json& json, MeteredEnergy& value, const std::string& path) {
    take(json, value.mwh, path);
  }
  void take(const Json& json, Instant& value, const std::string& path) {
    std::int64_t seconds = 0;
    take(json, seconds, path);
    value = Instant(std::chrono::seconds(seconds));
  }
  void take(const Json& json, ledger::Period& value, const std::string& path) {
    Date first;
    if (json.is_string() && parse_date(json.get<std::string>() + "-01", first) &&
        ledger::is_datable(first)) {
      value = ledger::Period::of(first);
      return;
    }
    expected(path, {"a month like \"2026-10\"", "形如“2026-10”的月份"}, json);
  }
  void take(const Json& json, Digest& value, const std::string& path) {
    const auto digest = json.is_string() ? digest_from_hex(json.get<std::string>()) : std::nullopt;
    if (!digest) {
      expected(path, {"64 hexadecimal digits", "64 位十六进制摘要"}, json);
      return;
    }
    value = *digest;
  }
  void take(const Json& json, ledger::Head& value, const std::string& path) {
    if (!json.is_string()) {
      expected(path, {"a book's head", "账本头"}, json);
      return;
    }
    auto head = ledger::read_head(json.get<std::string>(), {file_, 0, path});
    if (gather(head, errors_)) {
      value = *head;
    }
  }
  template <class T>
    requires std::is_enum_v<T>
  void take(const Json& json, T& value, const std::string& path) {
    const auto& choices = words<T>();
    const std::string word = json.is_string() ? json.get<std::string>() : json.type_name();
    const auto found = std::ranges::find(choices, word);
    if (!json.is_string() || found == choices.end()) {
      complain(path, choice_expected(choices, word));
      return;
    }
    value = T(static_cast<std::uint8_t>(found - choices.begin()));
  }
  template <class T>
  void take(const Json& json, std::optional<T>& value, const std::string& path) {
    if (!json.is_null()) {
      take(json, value.emplace(), path);
    }
  }
  template <class T>
  void take(const Json& json, std::vector<T>& values, const std::string& path) {
    if (!json.is_array()) {
      expected(path, {"a list", "列表"}, json);
      return;
    }
    values.resize(json.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      take(json[i], values[i], fmt::format("{}[{}]", path, i));
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void take(const Json& json, T& value, const std::string& path) {
    if (!json.is_object()) {
      expected(path, {"an object", "对象"}, json);
      return;
    }
    Reader parts(json, path, file_, errors_);
    fields(parts, value);
    parts.refuse_unknown();
  }

  const Json& object_;
  std::string path_;
  const std::string& file_;
  Errors& errors_;
  std::vector<std::string> known_;
};

int line_of(std::string_view bytes, std::size_t at) {
  const std::string_view before = bytes.substr(0, std::min(at, bytes.size()));
  return 1 + static_cast<int>(std::ranges::count(before, '\n'));
}

}  // namespace

std::string json(const settle::Statement& statement) {
  std::string out;
  Writer(out).put(statement);
  out += '\n';
  return out;
}

Result<settle::Statement> read_json(std::string_view bytes, const std::string& name) {
  Json root;
  try {
    root = Json::parse(bytes);
  } catch (const Json::exception& error) {
    const auto* parse = dynamic_cast<const Json::parse_error*>(&error);
    const int line = parse ? line_of(bytes, parse->byte) : 0;
    return fail(Fault::bad_input, {"is no JSON", "不是有效的 JSON"}, {name, line, ""});
  }
  if (!root.is_object()) {
    return fail(Fault::bad_input, {"expected a statement, an object", "应为一份结算单(对象)"},
                {name, 0, ""});
  }
  settle::Statement statement;
  Errors errors;
  Reader reader(root, "", name, errors);
  fields(reader, statement);
  reader.refuse_unknown();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return statement;
}

}  // namespace xiaoyuan::statement
