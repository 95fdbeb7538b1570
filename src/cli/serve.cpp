#include "cli/serve.hpp"

#include <fmt/format.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "api/serve.hpp"
#include "api/serve_demo.hpp"
#include "cli/office_place.hpp"
#include "cli/one_file.hpp"
#include "cli/terminal.hpp"
#include "store/folder.hpp"

namespace xiaoyuan::cli {

namespace {

namespace fs = std::filesystem;

Result<api::ServeSettings> settings_file(const std::string& file) {
  if (file.empty()) {
    return api::ServeSettings{};
  }
  const fs::path path(file);
  TRY(const std::string bytes, store::folder(folder_of(path)).read(path.filename().string()));
  return api::read_serve_settings(bytes, path.filename().string());
}

/// What the words of the command line say counts more than the file.
Result<api::ServeSettings> settings_of(const ServeOptions& options) {
  TRY(api::ServeSettings settings, settings_file(options.settings));
  const auto say = [](auto& setting, const std::string& word) {
    if (!word.empty()) {
      setting = word;
    }
  };
  say(settings.data, options.data);
  say(settings.listen, options.listen);
  say(settings.tls_certificate, options.tls_certificate);
  say(settings.tls_key, options.tls_key);
  say(settings.store, options.store);
  settings.proxies.insert(settings.proxies.end(), options.proxies.begin(), options.proxies.end());
  settings.villages.insert(settings.villages.end(), options.villages.begin(),
                           options.villages.end());
  if (options.demo || options.demo_anywhere) {
    settings.demo = options.demo_anywhere ? api::Demo::anywhere : api::Demo::on_loopback;
  }
  if (options.access_log) {
    settings.access_log = api::AccessLog::on;
  }
  TRY(settings.share, store::share_folder());
  if (settings.demo != api::Demo::off) {
    for (const std::string_view village : api::demo_villages()) {
      settings.villages.push_back(settings.share / "villages" / village);
    }
  }
  return settings;
}

void tell_demo(const api::World& world, Language language) {
  fmt::print(
      "{}\n",
      Text{"Accounts of the demonstration (name / password):", "演示账号(用户名 / 口令):"}.in(
          language));
  for (const api::DemoAccount& account : world.demo_accounts) {
    fmt::print("  {:<14} {:<27} {}\n", account.name, account.password,
               people::name_of(account.grant.role).in(language));
  }
}

void tell_address(const api::Serving& serving, Language language) {
  const std::string address = serving.address();
  fmt::print("{}\n", Text{"Xiaoyuan serves at " + address + "  (Ctrl-C ends it)",
                          "小院已启动:" + address + "(按 Ctrl-C 停止)"}
                         .in(language));
  if (serving.world().demo) {
    tell_demo(serving.world(), language);
  } else if (!serving.world().setup_code.empty()) {
    // Behind "#" it is sent to no server and stands in no log.
    fmt::print("{}\n", Text{fmt::format("First run: make the administrator at {}/setup#{}", address,
                                        serving.world().setup_code),
                            fmt::format("首次启用:请打开 {}/setup#{} 建立管理员账号", address,
                                        serving.world().setup_code)}
                           .in(language));
  }
  std::fflush(stdout);
}

/// What the server writes nobody else of this machine reads; and whoever opens many connections
/// takes no file away from a store.
void keep_to_itself() {
  ::umask(S_IRWXG | S_IRWXO);
  rlimit descriptors{};
  if (::getrlimit(RLIMIT_NOFILE, &descriptors) == 0) {
    descriptors.rlim_cur = descriptors.rlim_max;
    static_cast<void>(::setrlimit(RLIMIT_NOFILE, &descriptors));
  }
}

void serve_until_interrupted(api::Serving& serving, Language language) {
  using Clock = std::chrono::steady_clock;
  constexpr auto between = std::chrono::seconds(20);
  for (auto last = Clock::now(); !interrupted();) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (Clock::now() - last < between) {
      continue;
    }
    last = Clock::now();
    if (const auto tended = serving.tend(now()); !tended) {
      report_errors(tended.error(), language);
    }
  }
}

/// Whatever still works after the time that a stop may take is let go: what is kept is kept in
/// whole batches, and jobs begin again with the next server.
void end_within(unsigned seconds) {
  std::signal(SIGALRM, [](int) { std::_Exit(0); });
  ::alarm(seconds);
}

}  // namespace

const CLI::App* add_serve(CLI::App& app, Language language, ServeOptions& options) {
  const auto say = [language](const char* en, const char* zh) {
    return std::string(language == Language::chinese ? zh : en);
  };
  CLI::App* serve =
      app.add_subcommand("serve", say("Serve pages and API of villages", "启动服务器:网页与接口"));
  serve->footer(
      say("Examples:\n"
          "  xiaoyuan serve --demo\n"
          "  xiaoyuan serve --data /var/lib/xiaoyuan my-village\n",
          "示例:\n"
          "  xiaoyuan serve --demo\n"
          "  xiaoyuan serve --data /var/lib/xiaoyuan my-village\n"));
  serve->add_option("village", options.villages,
                    say("Village folders, copied into the data at the first start",
                        "村庄文件夹,首次启动时复制到数据文件夹"));
  serve->add_option("--settings", options.settings,
                    say("A file of settings (share/serve.toml)", "设置文件(见 share/serve.toml)"));
  serve->add_option(
      "--data", options.data,
      say("Folder of the server's data (xiaoyuan-data)", "服务器数据文件夹,缺省为 xiaoyuan-data"));
  serve->add_option("--listen", options.listen,
                    say("Address and port (127.0.0.1:8470); port 0: any free one",
                        "监听地址与端口,缺省 127.0.0.1:8470;端口 0 为任一空闲端口"));
  serve->add_option("--tls-cert", options.tls_certificate,
                    say("Certificate with its chain, PEM", "证书(含证书链),PEM"));
  serve->add_option("--tls-key", options.tls_key, say("Its key, PEM", "证书私钥,PEM"));
  serve->add_option("--store", options.store,
                    say("Where villages keep readings and books: postgresql://…{village}…; SQLite "
                        "in their folders if left out",
                        "各村读数与账本的存放处,如 postgresql://…{village}…;缺省为村庄文件夹中的 "
                        "SQLite"));
  serve->add_option("--proxy", options.proxies,
                    say("Address of a proxy whose X-Forwarded-* is believed; may be repeated",
                        "可信反向代理的地址(采信其 X-Forwarded-*),可重复"));
  serve->add_flag("--demo", options.demo,
                  say("The shipped villages, settled months and told passwords",
                      "演示:随附村庄、已结算月份与公开口令"));
  serve->add_flag("--demo-anywhere", options.demo_anywhere,
                  say("The same, not on this machine alone", "同上,但不限于本机访问"));
  serve->add_flag("--access-log", options.access_log,
                  say("A line for every request", "逐条记录请求"));
  return serve;
}

int run_serve(const ServeOptions& options, Language language) {
  catch_interrupts();
  keep_to_itself();
  const auto settings = settings_of(options);
  if (!settings) {
    return report_errors(settings.error(), language);
  }
  const auto serving = api::Serving::start(
      *settings, [language](const Text& line) { fmt::print(stderr, "{}\n", line.in(language)); });
  if (!serving) {
    return report_errors(serving.error(), language);
  }
  tell_address(**serving, language);
  serve_until_interrupted(**serving, language);
  end_within(5);
  (*serving)->stop(std::chrono::seconds(3));
  return 0;
}

}  // namespace xiaoyuan::cli
