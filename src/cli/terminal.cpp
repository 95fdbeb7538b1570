#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace xiaoyuan::cli {

namespace {

volatile std::sig_atomic_t interrupt_seen = 0;

void on_interrupt(int) { interrupt_seen = 1; }

int exit_code(Fault fault) {
  switch (fault) {
    case Fault::bad_input:
    case Fault::not_found:
    case Fault::impossible:
    case Fault::conflict:
      return 2;
    case Fault::interrupted:
      return 130;
    case Fault::unreadable:
    case Fault::unwritable:
      break;
  }
  return 1;
}

}  // namespace

Language language_of(int argc, const char* const* argv) {
  std::string_view chosen;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lang" && i + 1 < argc) {
      chosen = argv[i + 1];
    } else if (argument.starts_with("--lang=")) {
      chosen = argument.substr(7);
    }
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (chosen.empty() && value != nullptr) {
      chosen = value;
    }
  }
  return chosen.starts_with("zh") ? Language::chinese : Language::english;
}

int report_errors(const Errors& errors, Language language) {
  for (const Error& error : errors) {
    fmt::print(stderr, "xiaoyuan: {}\n", message(error, language));
  }
  if (errors.size() > 1) {
    const Text count{fmt::format("{} errors; nothing was written", errors.size()),
                     fmt::format("共 {} 处错误;未写出任何文件", errors.size())};
    fmt::print(stderr, "xiaoyuan: {}\n", count.in(language));
  }
  return errors.empty() ? 0 : exit_code(errors.front().fault);
}

bool interrupted() { return interrupt_seen != 0; }

void catch_interrupts() {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
}

Progress::Progress(const Text& label, const Text& counted, Language language)
    : label_(label.in(language)),
      counted_(counted.in(language)),
      language_(language),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      begin_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
  if (is_terminal_) {
    fmt::print(stderr, "\r\033[K");
  }
}

void Progress::show(std::size_t done, std::size_t all) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_terminal_ || all == 0 || (done < all && now - last_ < std::chrono::milliseconds(100))) {
    return;
  }
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const double rate = static_cast<double>(done) / std::max(seconds, 1e-9);
  const double left = static_cast<double>(all - done) / std::max(rate, 1e-9);
  constexpr std::size_t width = 30;
  const std::size_t full = done * width / all;
  const Text tail{
      fmt::format("{}/{} {}, {:.0f}/s, {:.0f} s left", done, all, counted_, rate, left),
      fmt::format("{}/{} {},每秒 {:.0f},约剩 {:.0f} 秒", done, all, counted_, rate, left)};
  fmt::print(stderr, "\r\033[K{} [{}{}] {}", label_, std::string(full, '#'),
             std::string(width - full, '.'), tail.in(language_));
  std::fflush(stderr);
}

}  // namespace xiaoyuan::cli
