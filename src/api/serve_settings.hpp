// What a server is told: by the command line, or by a file that holds the same words
// (share/serve.toml).
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace xiaoyuan::api {

/// A demonstration tells its passwords, and so stays on this machine unless one says otherwise.
enum class Demo : std::uint8_t { off, on_loopback, anywhere };
enum class AccessLog : std::uint8_t { off, on };

struct ServeSettings {
  std::filesystem::path data{};  ///< "" is xiaoyuan-data, of a demonstration xiaoyuan-demo
  std::filesystem::path share{};
  std::string listen = "127.0.0.1:8470";  ///< address:port; [address]:port of IPv6
  std::string tls_certificate{};
  std::string tls_key{};
  std::string store{};  ///< of villages: "" (SQLite in their folders) or with "{village}" in it
  std::vector<std::string> proxies{};
  std::vector<std::filesystem::path> villages{};  ///< copied into the data at the first start
  Demo demo = Demo::off;
  AccessLog access_log = AccessLog::off;
  unsigned threads = 2;  ///< of the HTTP server
  unsigned workers = 2;
  unsigned jobs_at_once = 1;
};

/// Reads a file of settings. Errors, all at once: unknown keys, values that cannot be, half of a
/// certificate and its key.
Result<ServeSettings> read_serve_settings(std::string_view bytes, const std::string& name);

struct ListenAt {
  std::string address;
  std::uint16_t port = 0;
  bool is_loopback = false;
};
Result<ListenAt> listen_at(const std::string& text);

/// What does not go together, however it was said.
Result<void> check_settings(const ServeSettings& settings);

}  // namespace xiaoyuan::api
