#include "api/serve_settings.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/fields.hpp"

namespace xiaoyuan::api {

namespace {

constexpr Range thread_range{1, 256};

unsigned threads_of(Fields& fields, std::string_view key, unsigned otherwise) {
  return static_cast<unsigned>(fields.whole_or(key, static_cast<int>(otherwise), thread_range));
}

std::unexpected<Errors> wrong_address(const std::string& text) {
  return fail(Fault::bad_input,
              {fmt::format("expected an address and port like 127.0.0.1:8470, found \"{}\"", text),
               fmt::format("应为形如 127.0.0.1:8470 的地址与端口,实为“{}”", text)},
              {"--listen", 0, ""});
}

}  // namespace

Result<ListenAt> listen_at(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) {
    return wrong_address(text);
  }
  ListenAt at{.address = text.substr(0, colon)};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, at.port);
  if (error != std::errc() || stop != end) {
    return wrong_address(text);
  }
  if (at.address.starts_with('[') && at.address.ends_with(']')) {
    at.address = at.address.substr(1, at.address.size() - 2);
  } else if (at.address.contains(':')) {
    return wrong_address(text);
  }
  if (at.address == "localhost") {
    at.address = "127.0.0.1";
  }
  at.is_loopback = at.address.starts_with("127.") || at.address == "::1";
  return at;
}

Result<ServeSettings> read_serve_settings(std::string_view bytes, const std::string& name) {
  TRY(const Node root, parse_toml(bytes, name));
  Errors errors;
  Fields fields(root, name, errors);
  ServeSettings settings;
  settings.data = fields.text_or("data", "");
  settings.listen = fields.text_or("listen", settings.listen);
  settings.tls_certificate = fields.text_or("tls_certificate", "");
  settings.tls_key = fields.text_or("tls_key", "");
  settings.store = fields.text_or("store", "");
  if (fields.has("proxies")) {
    settings.proxies = fields.texts("proxies");
  }
  if (fields.has("villages")) {
    for (const std::string& village : fields.texts("villages")) {
      settings.villages.emplace_back(village);
    }
  }
  settings.demo =
      static_cast<Demo>(fields.choice_or("demo", {"off", "on-loopback", "anywhere"}, 0));
  settings.access_log = fields.truth_or("access_log", false) ? AccessLog::on : AccessLog::off;
  settings.threads = threads_of(fields, "threads", settings.threads);
  settings.workers = threads_of(fields, "workers", settings.workers);
  settings.jobs_at_once = threads_of(fields, "jobs_at_once", settings.jobs_at_once);
  fields.finish();
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return settings;
}

Result<void> check_settings(const ServeSettings& settings) {
  Errors errors;
  const auto at = listen_at(settings.listen);
  if (!at) {
    errors = at.error();
  } else if (settings.demo == Demo::on_loopback && !at->is_loopback) {
    errors.push_back({Fault::bad_input,
                      {fmt::format("a demonstration tells its passwords to everybody; {} is not "
                                   "this machine alone (--demo-anywhere does it all the same)",
                                   at->address),
                       fmt::format("演示服务器会公开其口令,而 {} 不限于本机(确需如此请用 "
                                   "--demo-anywhere)",
                                   at->address)},
                      {"--listen", 0, ""}});
  }
  if (settings.tls_certificate.empty() != settings.tls_key.empty()) {
    errors.push_back({Fault::bad_input,
                      {"a certificate and its key go together", "证书与私钥须同时给出"},
                      {settings.tls_key.empty() ? "--tls-key" : "--tls-cert", 0, ""}});
  }
  if (!settings.store.empty() && !settings.store.contains("{village}")) {
    errors.push_back({Fault::bad_input,
                      {"villages do not share a store: the place needs {village} in it",
                       "各村不共用一个库:地址中须含 {village}"},
                      {"--store", 0, ""}});
  }
  if (!errors.empty()) {
    return std::unexpected(std::move(errors));
  }
  return {};
}

}  // namespace xiaoyuan::api
