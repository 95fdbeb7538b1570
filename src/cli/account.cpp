#include "cli/account.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "base/expected.hpp"
#include "base/zone.hpp"
#include "cli/office_place.hpp"
#include "cli/terminal.hpp"
#include "people/people.hpp"

namespace xiaoyuan::cli {

namespace {

/// The terminal shows nothing of what is typed, as long as this lives.
class WithoutEcho {
 public:
  WithoutEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) == 0) {
      termios quiet = before_;
      quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      is_quiet_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;
  ~WithoutEcho() {
    if (is_quiet_) {
      ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
  }

 private:
  termios before_{};
  bool is_quiet_ = false;
};

std::string line_of(const Text& prompt, Language language) {
  std::string line;
  if (::isatty(STDIN_FILENO) == 1) {
    const WithoutEcho quiet;
    fmt::print(stderr, "{}", prompt.in(language));
    std::getline(std::cin, line);
    fmt::print(stderr, "\n");
  } else {
    std::getline(std::cin, line);
  }
  return line;
}

/// Never from the words of a command: those stand in lists of processes and histories.
Result<std::string> password_of(Language language) {
  std::string password = line_of({"New password: ", "新密码:"}, language);
  if (::isatty(STDIN_FILENO) == 1 &&
      line_of({"Once more: ", "再输入一次:"}, language) != password) {
    return fail(Fault::bad_input, {"the two differ", "两次输入不一致"}, {"", 0, "password"});
  }
  return password;
}

Result<std::unique_ptr<people::People>> opened(const AccountOptions& options) {
  const std::filesystem::path store = std::filesystem::path(options.data) / "server.db";
  std::error_code ignored;
  if (!std::filesystem::is_directory(options.data, ignored)) {
    return fail(Fault::not_found, {"there is no such folder of a server", "没有此服务器数据文件夹"},
                {options.data, 0, ""});
  }
  return people::People::open(store.string());
}

people::By by_terminal() { return {.account = "", .peer = "terminal", .at = now()}; }

Result<people::Account> found(const people::People& people, const std::string& name) {
  std::vector<std::string> names;
  for (people::Account& account : people.accounts()) {
    if (account.name == name) {
      return account;
    }
    names.push_back(std::move(account.name));
  }
  return fail(Fault::not_found, unknown_name(name, names), {"", 0, "name"});
}

std::string words_of_grants(const people::Account& account) {
  std::vector<std::string> words;
  for (const people::Grant& grant : account.grants) {
    words.push_back(fmt::format("{} {}{}{}",
                                people::words_of(grant.role)[static_cast<std::size_t>(grant.role)],
                                grant.village, grant.holder.empty() ? "" : "/", grant.holder));
  }
  return joined(words);
}

Result<Text> listed(const AccountOptions& options) {
  TRY(const auto people, opened(options));
  std::string en;
  std::string zh;
  for (const people::Account& account : people->accounts()) {
    const std::string line = fmt::format("{}{:<6} {:<20} {}", en.empty() ? "" : "\n", account.id,
                                         account.name, words_of_grants(account));
    en += line + (account.disabled ? " (disabled)" : "");
    zh += line + (account.disabled ? "(已停用)" : "");
  }
  if (en.empty()) {
    return Text{"no account yet", "尚无账户"};
  }
  return Text{en, zh};
}

Result<Text> added(const AccountOptions& options, Language language) {
  const auto& words = people::words_of(people::Role{});
  const auto role = std::ranges::find(words, options.role);
  if (role == words.end()) {
    return fail(Fault::bad_input, choice_expected(words, options.role), {"--role", 0, ""});
  }
  TRY(const auto people, opened(options));
  TRY(const std::string password, password_of(language));
  TRY(const people::Account account,
      people->add({.name = options.name,
                   .display = options.display,
                   .password = password,
                   .grants = {{.role = static_cast<people::Role>(role - words.begin()),
                               .village = options.village,
                               .holder = options.holder}},
                   .password_is = people::PasswordIs::theirs},
                  by_terminal()));
  return Text{fmt::format("{} added: {}", account.name, words_of_grants(account)),
              fmt::format("已添加 {}:{}", account.name, words_of_grants(account))};
}

Result<Text> changed(const AccountOptions& options, const people::AccountChange& change,
                     const Text& what) {
  TRY(const auto people, opened(options));
  TRY(const people::Account account, found(*people, options.name));
  TRY(const people::Account after, people->change(account.id, change, by_terminal()));
  return Text{fmt::format("{}: {}", after.name, what.en),
              fmt::format("{}:{}", after.name, what.zh)};
}

Result<Text> with_new_password(const AccountOptions& options, Language language) {
  TRY(const std::string password, password_of(language));
  people::AccountChange change;
  change.password = password;
  return changed(options, change,
                 {"new password, to be changed at the next sign-in; all sessions have ended",
                  "密码已重置,下次登录时须修改;原有会话均已结束"});
}

Result<Text> switched(const AccountOptions& options, bool disabled) {
  people::AccountChange change;
  change.disabled = disabled;
  return changed(options, change,
                 disabled ? Text{"disabled", "已停用"} : Text{"enabled", "已启用"});
}

}  // namespace

const CLI::App* add_account(CLI::App& app, Language language, AccountOptions& options) {
  const auto say = [language](const char* en, const char* zh) {
    return std::string(language == Language::chinese ? zh : en);
  };
  CLI::App* command = app.add_subcommand(
      "account", say("The people of a server, from its own terminal: list, add, password, disable",
                     "在服务器本机管理账户:列出、添加、重置密码、停用"));
  command->footer(
      say("The password is asked for without showing it, or read from standard input.\n"
          "Example:\n  xiaoyuan account password admin --data /var/lib/xiaoyuan",
          "密码在终端输入且不回显,或由标准输入读取。\n"
          "示例:\n  xiaoyuan account password admin --data /var/lib/xiaoyuan"));
  command->require_subcommand(1);
  const auto part = [&](const char* name, const char* en, const char* zh) {
    CLI::App* one = command->add_subcommand(name, say(en, zh));
    one->add_option("--data", options.data, say("The server's folder", "服务器数据文件夹"))
        ->required();
    return one;
  };
  const auto named = [&](CLI::App* one) {
    one->add_option("name", options.name, say("By which one signs in", "用户名"))->required();
    return one;
  };
  part("list", "Everybody who may sign in", "列出全部账户");
  CLI::App* add = named(part("add", "A new account", "添加账户"));
  add->add_option("--display", options.display, say("What one is called", "显示名称"));
  add->add_option("--role", options.role,
                  say("villager, committee, company, grid-company, town, researcher or "
                      "administrator",
                      "角色:villager 村民、committee 村委会、company 企业、grid-company 供电公司、"
                      "town 镇政府、researcher 研究人员、administrator 系统管理员"))
      ->capture_default_str();
  add->add_option("--village", options.village, say("Its folder's name, or *", "村庄文件夹名,或 *"))
      ->capture_default_str();
  add->add_option(
      "--holder", options.holder,
      say("Of a villager the household, of a company the party", "村民填住户编号,企业填主体编号"));
  named(part("password", "Another password, for whoever forgot it", "重置密码"));
  named(part("disable", "Let somebody in no more", "停用账户"));
  named(part("enable", "Let somebody in again", "启用账户"));
  return command;
}

int run_account(const CLI::App& command, const AccountOptions& options, Language language) {
  const auto is = [&command](const char* name) { return command.got_subcommand(name); };
  if (is("list")) {
    return answer(listed(options), language);
  }
  if (is("add")) {
    return answer(added(options, language), language);
  }
  if (is("password")) {
    return answer(with_new_password(options, language), language);
  }
  return answer(switched(options, is("disable")), language);
}

}  // namespace xiaoyuan::cli
